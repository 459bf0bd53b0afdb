"""House rules that are set on their page: looked at first, told by versions, and felt where a raise is decided."""

import re
from typing import Any

import pytest

from apprenticeship.people.model import Role, RoleHeld
from apprenticeship.people.repo import add_roles
from apprenticeship.store import transaction
from tests.web.pages.conftest import Site, text_of
from tests.web.shop import BEGAN
from web.pages.house_rules_form import READERS

pytestmark = pytest.mark.anyio
PAGE = "/house-rules"
SINCE = {"since": "2026-11-01", "place": "keystone"}
MEMPHIS = SINCE | {"kind": "month_per_report", "due_day": "10"}


async def save(site: Site, rule: str, form: dict[str, Any], who: str = "employer") -> Any:
    return await site.send(who, f"{PAGE}/{rule}", form)


async def test_looking_says_what_would_be_and_saves_nothing(own_site: Site) -> None:
    site = own_site
    asked: list[tuple[str, dict[str, str], str]] = [
        ("late_logs", {"kind": "day_per_day", "due_day": "20"}, "One handed in on the 22nd costs two days."),
        (
            "objection",
            {"objection_days": "21"},
            "counts until 11 December 2026; without one the raise stands from",
        ),
        (
            "second",
            {"dollars": "2.00"},
            "A raise of $3.00 an hour needs two people; one of $2.00 needs one person.",
        ),
        (
            "paid",
            {"paid_from": "next_period", "every": "fortnight", "anchor": "2026-01-05"},
            "A raise reached on 21 November 2026 is paid from 23 November 2026.",
        ),
        ("minimums", {"since_day": "2026-01-01", "dollars": "19.00"}, "under the minimum of $19.00"),
        ("minimums", {"since_day": "2026-01-01", "dollars": "1.00"}, "No program of yours begins under it"),
    ]
    for rule, form, words in asked:
        shown = await save(site, rule, SINCE | form | {"then": "look"})
        assert shown.status_code == 200, rule
        assert words in text_of(shown), rule
        assert "Nothing is saved yet." in text_of(shown)
        assert ("example" in text_of(shown)) == (rule != "minimums")
        assert "No house rule was ever set" in text_of(shown)


async def test_each_rule_is_saved_by_itself_and_versions_are_told(own_site: Site) -> None:
    site = own_site
    forms: dict[str, dict[str, Any]] = {
        "late_logs": {"kind": "months_after_grace"},
        "objection": {"objection_days": "21"},
        "second": {"dollars": "5"},
        "paid": {"paid_from": "next_period", "every": "half_month", "anchor": "2026-01-01"},
        "minimums": {"since_day": ["2027-01-01", "2026-01-01", ""], "dollars": ["17.00", "16.50", ""]},
    }
    assert forms.keys() == READERS.keys()
    for rule, form in forms.items():
        saved = await save(site, rule, SINCE | form)
        assert saved.headers["location"] == f"{PAGE}?done=1&place=keystone#{rule}"
    said = await site.read("admin", f"{PAGE}?done=1&place=keystone")
    assert "Saved. It holds from the day that you named" in said
    for words in (
        "From 1 November 2026, in force today",
        "Hours of a month are due by the 15th of the next.",
        "The employer may object to a raise within 21 days.",
        "A raise of more than $5.00 an hour needs two people.",
        "Raises are paid from the next pay period; one lasts half a month, and one begins on 1 January 2026.",
        "Minimum wage from 1 January 2026: $16.50 an hour. Minimum wage from 1 January 2027: $17.00 an hour.",
        "Entered by Rosa Novak on 21 November 2026",
    ):
        assert words in said, words
    assert (await save(site, "late_logs", SINCE | {"kind": "off"}, "admin")).status_code == 303
    assert "Entered by Sam Adeyemi" in await site.read("employer", PAGE)


GIVE = {"program": "machinist", "step": "machinist:s2", "verdict": "approved", "effective_on": "2025-06-02"}
OCTOBER = {"program": "machinist", "month": "2026-10-01"}


async def test_a_missing_log_is_told_appealed_and_excused(own_site: Site) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    assert (await save(site, "late_logs", MEMPHIS)).status_code == 303
    held = "No raise before the log of October 2026 is handed in or excused."
    assert held in await site.read("employer", path)
    assert "October 2026 Late: Due 10 November 2026, not handed in, 11 days late so far" in await site.read(
        "ada", "/raise"
    )
    refused = await site.send("employer", path, GIVE)
    assert refused.status_code == 422
    assert 'aria-describedby="approved-effective_on-wrong"' in refused.text

    bare = await site.send("ada", "/raise/late-logs", OCTOBER | {"reason": ""})
    assert bare.status_code == 422
    assert 'aria-describedby="late-2026-10-01-wrong"' in bare.text
    asked = await site.send("ada", "/raise/late-logs", OCTOBER | {"reason": "I was ill."})
    assert asked.headers["location"] == "/raise?done=asked"
    assert "Ada Tran asked to be excused: I was ill." in await site.read("employer", path)
    bare = await site.send("employer", f"{path}/late-logs", OCTOBER | {"reason": ""})
    assert bare.status_code == 422
    assert "Say why; the other side reads it." in text_of(bare)
    excused = await site.send("employer", f"{path}/late-logs", OCTOBER | {"reason": "Seen the note."})
    assert excused.headers["location"] == f"{path}?done=excused"
    said = await site.read("ada", "/raise")
    assert "Rosa Novak excused it: Seen the note." in said
    assert held not in said
    assert (await site.send("employer", path, GIVE)).headers["location"] == "/raises?done=approved"


async def test_two_people_give_a_large_raise_and_both_are_named(own_site: Site) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    held = RoleHeld(
        person=site.shop.people["mentor"], role=Role.EMPLOYER, organisation=site.shop.employer, since=BEGAN
    )
    async with transaction():
        await add_roles([held])
    assert (await save(site, "second", SINCE | {"dollars": "2.00"})).status_code == 303
    assert "Your house rules ask two people for a raise of more than $2.00 an hour" in await site.read(
        "employer", path
    )
    first = await site.send("employer", path, GIVE)
    assert first.headers["location"] == f"{path}?done=seconded"
    assert (await site.send("employer", path, GIVE)).status_code == 409
    page = await site.get("mentor", path)
    assert "Rosa Novak approved it from 2 June 2025." in text_of(page)
    assert re.search(r'name="effective_on" type="date" value="2025-06-02"', page.text)
    assert "Waits for a second person: Rosa Novak approved the raise to Step 2" in text_of(page)
    given = await site.send("mentor", path, GIVE)
    assert given.headers["location"] == "/raises?done=approved"
    told = await site.read("ada", "/raise")
    lines = [
        "Given: Maria Ortiz raised the wage to Step 2",
        "Approved first: Rosa Novak approved the raise to",
    ]
    places = [told.find(line) for line in lines]
    assert -1 not in places, told
    assert places == sorted(places)


async def test_three_late_logs_ask_for_the_word_of_the_committee(own_site: Site) -> None:
    site, path = own_site, f"/raises/{own_site.person('ada')}"
    form = {"kind": "months_after_grace", "since": "2025-02-01", "place": "keystone"}
    assert (await save(site, "late_logs", form)).status_code == 303
    said = await site.read("employer", path)
    assert "Three late logs in 12 months: the committee decides." in said
    assert "What the committee decided" in said
    assert "moves from 2 June 2025 to 2 February 2027." in said, "each of twenty missing logs costs a month"
    assert "It can be given from then on." in said


async def test_a_rule_from_an_earlier_day_goes_on_in_what_was_entered_from_a_later_one(
    own_site: Site,
) -> None:
    site = own_site
    await save(site, "objection", {"since": "2026-11-10", "place": "keystone", "objection_days": "21"})
    saved = await save(site, "second", SINCE | {"dollars": "5"})
    assert saved.headers["location"] == f"{PAGE}?done=1&place=keystone&carried=2026-11-10#second"
    said = await site.read("employer", saved.headers["location"])
    assert "What you had entered from 10 November 2026 was entered anew with it" in said
    both = "The employer may object to a raise within 21 days. A raise of more than $5.00 an hour needs two people."
    assert f"From 10 November 2026, in force today {both}" in said
    ended = await save(
        site, "objection", {"since": "2026-10-01", "place": "keystone", "objection_days": "14"}
    )
    assert "until 10 November 2026, when a version" in await site.read("employer", ended.headers["location"])
    assert "Saved." in await site.read("employer", f"{PAGE}?done=1&carried=x&until=2026-99-99")
