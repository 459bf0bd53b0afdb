"""Planning training as a page: what is filled in, for whom, and what cannot be planned."""

import re
from uuid import uuid4

import pytest

from tests.web.pages.conftest import Site, text_of

pytestmark = pytest.mark.anyio


def form_of(page: str, **changes: str | list[str]) -> dict[str, str | list[str]]:
    """Give the form as the page has it, with something else in it."""
    fields = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', page))
    people = re.findall(r'name="person" value="([^"]+)" checked', page)
    return {**fields, "person": people, **changes}


async def test_it_is_filled_in_from_the_programs_of_the_crew(site: Site) -> None:
    said = await site.read("employer", "/training")
    assert "Plan training Say what there is to train with." in said
    assert "Manual turning" in said
    assert "Tests, classes and everything else" in said
    assert "Ada Tran" in said
    assert 'href="/training"' in (await site.get("employer", "/raises")).text
    nobody = await site.read("stranger", "/training")
    assert "There is nobody to plan for yet." in nobody


@pytest.mark.parametrize("who", ["ada", "mentor", "registrar"])
async def test_it_is_for_those_who_plan_raises(site: Site, who: str) -> None:
    for path in ("/training", f"/training/{uuid4()}", f"/training/progress?plan_id={uuid4()}"):
        assert (await site.get(who, path)).status_code == 403
    assert (await site.send(who, "/training", {"months": "3"})).status_code == 403


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"months": "0"}, "A plan is for 1 to 24 months."),
        ({"months": "twelve"}, "Write a whole number."),
        ({"months": ""}, "A plan is for 1 to 24 months."),
        ({"budget": "much"}, "Write dollars as a number"),
        ({"budget": "-1"}, "Write dollars as a number from 0 on."),
        ({"budget": "NaN"}, "Write dollars as a number from 0 on."),
        ({"training": "0"}, "An apprentice is trained for 1 to 744 hours a month."),
        ({"training": ""}, "An apprentice is trained for 1 to 744 hours a month."),
        ({"hours-machinist:turning": "1e5"}, "A station has 0 to 10,000 hours a month."),
        ({"slots-machinist:turning": "-1"}, "A station takes 0 to 1,000 people at a time."),
        ({"person": []}, "Choose at least one apprentice"),
        ({"person": ["x"]}, "Somebody chosen is not in your crew any more"),
    ],
)
async def test_what_cannot_be_planned_is_said(site: Site, changes: dict[str, str], said: str) -> None:
    page = await site.get("employer", "/training")
    refused = await site.send("employer", "/training", form_of(page.text, **changes))
    assert refused.status_code == 422
    assert said in text_of(refused)


async def test_without_any_station_nothing_is_planned(site: Site) -> None:
    page = await site.get("employer", "/training")
    none = {name: "0" for name in form_of(page.text) if name.startswith("hours-")}
    refused = await site.send("employer", "/training", form_of(page.text, **none))
    assert refused.status_code == 422
    assert "Give at least one station some hours." in text_of(refused)
