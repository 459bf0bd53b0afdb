"""The shortest way: the address holds the question, the steps stand in order, and the map shows them."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standing_of
from graph.actions import Earn
from graph.planning import Plan, Wishes, plan
from graph.pricing import Minimise
from tests.web.pages.conftest import Site, text_of
from tests.web.shop import NOW
from web.api.goals import requirement_of
from web.forms import Form
from web.pages.plan import answered
from web.pages.plan_form import MEASURES, PlanAsked
from web.pages.plan_words import goal_words
from web.rules import item_title

MIL1 = "credential:nims-machining-1:mil1"
TURN = re.compile(r'<a class="turn" href="#turn-(\d+)">')


async def standing_now(site: Site) -> Standing:
    ada = site.shop.people["ada"]
    found = await standing_of(await actor_of_person(ada), ada, as_of=NOW.date(), now=NOW)
    assert found is not None
    return found


async def planned(site: Site, goal: str, minimise: Minimise, wishes: Wishes) -> Plan:
    standing = await standing_now(site)
    found = plan(standing.evaluation, *requirement_of(standing, goal), minimise=minimise, wishes=wishes)
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize(
    ("goal", "minimise"),
    [
        ("completion", Minimise.COUNT),
        ("completion", Minimise.USD),
        ("step:machinist:s4", Minimise.HOURS),
        ("competency:nims-machining-1:square-block", Minimise.HOURS),
    ],
)
async def test_the_steps_of_the_engine_stand_in_their_order(
    site: Site, goal: str, minimise: Minimise
) -> None:
    found = await planned(site, goal, minimise, Wishes(ties=0, alternatives=0))
    standing = await standing_now(site)
    said = await site.read("ada", f"/plan?goal={goal}&minimise={minimise.value}")
    steps = said.partition("In this order")[2].partition("What if")[0]
    at = 0
    for step in found.steps:
        if isinstance(step.action, Earn) and step.action.kind in ("competency", "credential"):
            title = item_title(standing.world, step.action.kind, step.action.key)
            # what comes after names what came before, so the place is that of the next mention
            at = steps.index(title, at) + len(title)
    assert at > 0
    assert "that is proven." in said
    assert f"The way to {goal_words(standing, goal)}" in said


async def test_without_a_question_it_is_the_way_to_journeyworker_with_the_fewest_things(site: Site) -> None:
    found = await planned(site, "completion", Minimise.COUNT, Wishes(ties=0, alternatives=0))
    said = await site.read("ada", "/plan")
    assert said == await site.read("ada", "/plan?goal=&minimise=&by=&hours_per_week=&refuse=")
    assert f"{len(found.steps)} things:" in said
    assert "The way to journeyworker" in said
    assert "No way has fewer things: that is proven." in said


async def test_the_map_shows_the_way_and_its_numbers_and_the_rest_is_faint(site: Site) -> None:
    found = await planned(site, "completion", Minimise.COUNT, Wishes(ties=0, alternatives=0))
    page = (await site.get("ada", "/plan")).text
    assert 'class="map way"' in page
    numbered = [int(number) for number in TURN.findall(page)]
    items = [n for n, step in enumerate(found.steps, 1) if isinstance(step.action, Earn)]
    assert numbered == items
    for number in numbered:
        step = found.steps[number - 1].action
        assert isinstance(step, Earn)
        folder = "credentials" if step.kind == "credential" else "competencies"
        href = f"/{folder}/{step.key.replace(':', '/')}"
        assert re.search(
            rf'<a id="turn-{number}" class="node \w+ goal" href="{href}"><title>{number}\. ', page
        )
    assert len(re.findall(r'class="node \w+ goal"', page)) == len(numbered)
    assert len(re.findall(r'class="node \w+"', page)) > 10


async def test_what_is_refused_is_left_out_and_what_is_waived_is_only_pretended(site: Site) -> None:
    said = await site.read("ada", f"/plan?refuse={MIL1}")
    assert "Left out, as you asked: Manual Milling." in said
    steps = said.partition("In this order")[2].partition("What would do instead")[0]
    assert "Manual Milling" not in steps
    said = await site.read("ada", f"/plan?waive={MIL1}")
    assert "Only pretended: Manual Milling as if waived. A waiver is the sponsor's to give" in said
    page = (await site.get("ada", f"/plan?refuse={MIL1}&waive=competency:nims-machining-1:chucking")).text
    assert f'name="refuse" value="{MIL1}" checked' in page
    assert 'name="waive" value="competency:nims-machining-1:chucking" checked' in page


async def test_each_alternative_leads_to_its_own_plan(site: Site) -> None:
    page = (await site.get("ada", "/plan?goal=step:machinist:s4&minimise=hours")).text
    links = re.findall(r'<a class="link" href="(/plan\?[^"]+)">Plan it so', page)
    assert links
    for link in links:
        assert "Left out, as you asked: " in await site.read("ada", unescape(link))
    assert "hours more." in text_of(await site.get("ada", "/plan?goal=step:machinist:s4&minimise=hours"))


async def test_a_day_is_kept_or_said_to_be_missed(site: Site) -> None:
    goal = "credential:nims-machining-1:mil1"
    free = await planned(site, goal, Minimise.COUNT, Wishes(ties=0, alternatives=0))
    last = max(step.done_by for step in free.steps)
    kept = await site.read("ada", f"/plan?goal={goal}&by={last}")
    assert "No way was found" not in kept
    missed = await site.read("ada", f"/plan?goal={goal}&by=2026-11-22")
    assert (
        "No way was found that is done by 22 November 2026 at 40 hours a week. This one takes until" in missed
    )
    assert "In this order" in missed
    slower = await site.read("ada", f"/plan?goal={goal}&hours_per_week=10")
    assert "at 10 hours a week." in slower


async def test_what_is_reached_and_what_cannot_be_reached_is_said(site: Site) -> None:
    reached = await site.read("ada", "/plan?goal=credential:nims-machining-1:mms")
    assert "Nothing is missing: this is reached." in reached
    assert "In this order" not in reached
    never = await site.read("ada", f"/plan?goal={MIL1}&refuse={MIL1}")
    assert "There is no way as it was asked for: Manual Milling is refused." in never


@pytest.mark.parametrize(
    ("query", "said", "field"),
    [
        ("goal=nothing", "nothing is no goal; write completion", "goal"),
        ("goal=credential:mil9", "The program and its standards have no credential mil9.", "goal"),
        ("minimise=luck", "Choose one of: Fewest things, Fewest hours, Least money.", None),
        ("by=soon", "The day is not a date; write it like 2026-05-12.", "by"),
        ("hours_per_week=many", "Write a whole number.", "hours_per_week"),
        ("hours_per_week=0", "Write hours a week from 1 to 168.", "hours_per_week"),
        ("hours_per_week=169", "Write hours a week from 1 to 168.", "hours_per_week"),
        ("refuse=credential:mil9", "credential:mil9: The credential 'mil9' is in no published standard", None),
        ("waive=course:x", "course:x: No such item; write credential:ID or competency:ID.", None),
        ("&".join(f"refuse=x{n}" for n in range(101)), "Choose at most 100 things.", None),
    ],
)  # fmt: skip
async def test_what_cannot_be_asked_is_said_at_its_field_and_the_rest_is_kept(
    site: Site, query: str, said: str, field: str | None
) -> None:
    found = await site.get("ada", f"/plan?{query}&waive={MIL1}")
    assert found.status_code == 422
    assert said in text_of(found)
    assert f'name="waive" value="{MIL1}" checked' in found.text
    if field is not None:
        assert re.search(
            rf'name="{field}"[^>]*aria-invalid="true" aria-describedby="plan-{field}-wrong"', found.text
        )
        assert f'id="plan-{field}-wrong"' in found.text


async def test_strange_questions_do_no_harm(site: Site) -> None:
    for query in (
        "goal=%00",
        "goal=step:",
        "goal=competency::",
        "refuse=%ED%A0%80&waive=%F0%9F%94%A7",
        "refuse=" + "x" * 9000,
        "hours_per_week=1&by=2199-12-31",
        "by=1900-01-01",
        "goal=completion&goal=nothing",
    ):
        assert (await site.get("ada", f"/plan?{query}")).status_code in (200, 422), query[:40]
    found = await site.get(
        "ada", f"/plan?goal={quote('<script>alert(1)</script>')}&refuse={quote('<script>alert(2)')}"
    )
    assert "<script>alert" not in found.text


async def test_others_see_it_for_their_people_and_raises_only_with_wages(site: Site) -> None:
    path = f"/apprentices/{site.person('ada')}/plan"
    employer = await site.read("employer", path)
    assert "Ada Tran: the way to journeyworker" in employer
    assert "Step 4, $" in employer
    assert "Ada Tran: the way to Step 4" in await site.read("employer", f"{path}?goal=step:machinist:s4")
    for who in ("mentor", "registrar"):
        said = await site.read(who, path)
        assert "Ada Tran: the way to journeyworker" in said
        assert "an hour" not in said
        refused = await site.get(who, f"{path}?goal=step:machinist:s4")
        assert refused.status_code == 422
        assert "Wage steps are for those who may know wages." in text_of(refused)
    assert (await site.get("stranger", path)).status_code == 404
    page = (await site.get("employer", path)).text
    assert f'action="{path}"' in page
    assert f'href="/apprentices/{site.person("ada")}/credentials/nims-machining-1/mil1"' in page


async def test_nothing_is_kept(site: Site) -> None:
    before = await site.read("ada", "/record")
    await site.read("ada", f"/plan?waive={MIL1}&minimise=usd")
    assert await site.read("ada", "/record") == before


async def test_home_map_raise_and_the_person_lead_here(site: Site) -> None:
    assert 'href="/plan"' in (await site.get("ada", "/home")).text
    assert 'href="/plan"' in (await site.get("ada", "/completion")).text
    for page in ("/map", "/raise"):
        found = re.search(r'href="(/plan\?goal=step[^"]+)"', (await site.get("ada", page)).text)
        assert found is not None, page
        assert "The way to Step 3" in await site.read("ada", unescape(found[1]))
    base = f"/apprentices/{site.person('ada')}"
    assert f'href="{base}/plan"' in (await site.get("mentor", base)).text
    assert f'href="{base}/plan"' in (await site.get("mentor", f"{base}/map")).text


async def test_the_address_of_a_question_asks_it_again(site: Site) -> None:
    standing = await standing_now(site)
    asked = PlanAsked(MIL1, Minimise.HOURS, ("credential:nims-machining-1:cto",), (), NOW.date(), 12)
    query = asked.address("").partition("?")[2]
    assert text_of(await site.get("ada", f"/plan?{query}")).count("12 hours a week") >= 1
    form = Form({"goal": [MIL1], "minimise": ["hours"], "hours_per_week": ["12"]})
    question, shown = answered(standing, form, "", wages=True)
    assert shown is not None
    assert [one.chosen for one in question.measures] == [name == "Fewest hours" for name in MEASURES.values()]
    chosen = [option.name for _, group in question.goals for option in group if option.chosen]
    assert chosen == ["Manual Milling"]
