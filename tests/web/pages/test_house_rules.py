"""The page of house rules: what each would cost, what does not hold together, and for whom it is."""

from typing import Any

import pytest

from tests.web.pages.conftest import Site, text_of

pytestmark = pytest.mark.anyio
PAGE = "/house-rules"
SINCE = {"since": "2026-11-01", "place": "keystone"}
MEMPHIS = SINCE | {"kind": "month_per_report", "due_day": "10"}


async def save(site: Site, rule: str, form: dict[str, Any], who: str = "employer") -> Any:
    return await site.send(who, f"{PAGE}/{rule}", form)


async def test_the_page_tells_what_each_rule_would_cost(site: Site) -> None:
    said = await site.read("employer", PAGE)
    assert "House rules of Keystone Precision" in said
    assert "A log handed in on the 10th costs nothing. One handed in on the 12th costs two days." in said
    assert "One handed in on the 12th costs one month. Two late logs cost two months." in said
    assert "One handed in on the 17th costs nothing. Two late logs within a year cost two months." in said
    assert "With three late logs within a year the committee decides." in said
    assert "A raise reached on 21 November 2026 is paid from that day, also when it is decided later." in said
    assert "No house rule was ever set: the registered program alone decides." in said
    assert "One person can decide raises here today" in said


@pytest.mark.parametrize(
    ("rule", "form", "words"),
    [
        ("late_logs", {"kind": "x"}, "Choose a rule from the list."),
        ("late_logs", {"kind": "day_per_day", "due_day": "31"}, "a whole number from 1 to 28"),
        ("late_logs", {"kind": "day_per_day", "due_day": "ten"}, "Write a whole number."),
        ("objection", {"objection_days": "0"}, "a whole number from 1 to 365"),
        ("second", {"dollars": "five"}, "Write dollars as a number, like 16.94."),
        ("second", {"dollars": "nan"}, "Write dollars"),
        ("second", {"dollars": "1.005"}, "at most two decimals"),
        ("paid", {"paid_from": "next_period", "anchor": ""}, "Say when your pay periods begin."),
        ("paid", {"paid_from": "soon"}, "Choose from when a raise is paid."),
        (
            "paid",
            {"paid_from": "reached", "anchor": "2026-01-01", "every": "day"},
            "how long a pay period is",
        ),
        ("paid", {"paid_from": "next_period", "every": "month", "anchor": "2026-01-31"}, "from 1 to 28"),
        ("minimums", {"since_day": "soon", "dollars": "1"}, "The day is not a date"),
        ("minimums", {"since_day": "2026-01-01", "dollars": ""}, "Write dollars"),
        ("minimums", {"since_day": ["2026-01-01"] * 2, "dollars": ["1", "2"]}, "a day of its own"),
        ("objection", {"objection_days": "21", "since": "1066-01-01"}, "year 1066"),
        ("objection", {"objection_days": "21", "since": "2100-01-01"}, "to the end of 2031"),
        ("objection", {"objection_days": "21", "since": "1900-01-01"}, "Give a day from 1990-01-01"),
    ],
)
async def test_what_does_not_hold_together_is_said_at_its_form(
    site: Site, rule: str, form: dict[str, Any], words: str
) -> None:
    for then in ({}, {"then": "look"}):
        refused = await save(site, rule, SINCE | form | then)
        assert refused.status_code == 422
        assert words in text_of(refused), text_of(refused)
        assert f'id="{rule}-' in refused.text


async def test_the_page_is_for_those_who_set_the_rules(site: Site) -> None:
    for who in ("ada", "mentor", "registrar", "agency"):
        assert (await site.get(who, PAGE)).status_code == 403, who
        assert (await save(site, "late_logs", MEMPHIS, who)).status_code == 403, who
    assert (await site.get("stranger", f"{PAGE}?place=keystone")).status_code == 404
    assert (await save(site, "late_logs", MEMPHIS, "stranger")).status_code == 404
    assert (await save(site, "no_such", MEMPHIS)).status_code == 404
    assert 'href="/house-rules"' in (await site.get("employer", "/raises")).text
    assert 'href="/house-rules"' not in (await site.get("mentor", "/sign-off")).text
    assert 'href="/house-rules?place=keystone"' in (await site.get("admin", "/organisation")).text
