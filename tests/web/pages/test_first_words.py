"""Each role finds its pages, with the right words and numbers on them."""

import re

import pytest

from tests.web.pages.conftest import Site

HOME = {
    "ada": "/home",
    "mentor": "/sign-off",
    "employer": "/raises",
    "registrar": "/learners",
    "admin": "/people",
}


@pytest.mark.parametrize("who", HOME)
async def test_everybody_begins_at_their_own_page(site: Site, who: str) -> None:
    begun = await site.get(who, "/")
    assert begun.status_code == 303
    assert begun.headers["location"] == HOME[who]


async def test_home_gives_the_three_answers(site: Site) -> None:
    said = await site.read("ada", "/home")
    assert "28.1 %" in said
    assert "5 of 17 duties, 2 of 11 credentials." in said
    assert "Next raise $22.40 an hour Paid now: $17.60" in said
    assert "Two things missing" in said
    assert "$19.84 is due: Step 2 was reached" in said
    assert "College credit Up to" in said
    assert "An estimate, until the college decides." in said


async def test_home_says_what_to_do_next_and_what_it_opens(site: Site) -> None:
    page = (await site.get("ada", "/home")).text
    assert page.count("Hand in evidence<span") == 5
    said = await site.read("ada", "/home")
    assert "Drill Press Ready. One of two things missing for the next raise. Opens 2 more." in said
    assert "Also proves 2.8 Drill Press. About 60 hours." in said
    assert "Waiting for sign-off 2.4 Chucking handed in 21 November 2026" in said
    assert "Last changes" in said


async def test_somebody_who_has_just_begun_is_told_what_to_do_first(site: Site) -> None:
    said = await site.read("cho", "/home")
    assert "Nothing waits. What you hand in shows here" in said
    assert "Nothing yet. Log your first day" in said


async def test_the_map_tells_every_state_by_word_and_the_goal_by_name(site: Site) -> None:
    said = await site.read("ada", "/map")
    assert "7 of 28 done, 7 ready to start." in said
    assert "the smallest way to this goal: Next raise." in said
    assert "Done 7 Ready 5 Part passed 2 Waiting 1 Locked 13" in said
    page = (await site.get("ada", "/map")).text
    assert page.count('<a class="node ') == 28
    assert page.count('class="node ready goal"') + page.count('class="node locked goal"') == 2


@pytest.mark.parametrize(
    ("query", "boxes"),
    [
        ("state=done", 7),
        ("state=locked", 13),
        ("process=machinist:turning&state=ready", 0),
        ("state=nonsense", 28),
    ],
)
async def test_the_map_is_narrowed_by_state_and_work_process(site: Site, query: str, boxes: int) -> None:
    page = (await site.get("ada", f"/map?{query}")).text
    assert page.count('<a class="node ') == boxes
    if not boxes:
        assert "Nothing here matches." in page


async def test_another_goal_highlights_another_way(site: Site) -> None:
    said = await site.read("ada", "/map?goal=credential:nims-machining-1:grn1")
    assert "the smallest way to this goal: Surface Grinding." in said
    page = (await site.get("ada", "/map?goal=credential:nims-machining-1:grn1")).text
    assert page.count(' goal" href=') == 2


async def test_a_locked_item_says_why_with_the_clause_and_the_smallest_way(site: Site) -> None:
    said = await site.read("ada", "/credentials/nims-machining-1/cmp")
    assert "Why it is locked This is still missing:" in said
    assert "2 of these 3" in said
    assert "nims-machining-1, credential 9, prerequisites, condition 2, part 1" in said
    assert "Smallest way" in said
    assert said.index("Drill Press Ready") < said.index("Operations Locked")


async def test_an_item_in_hand_says_its_history_and_what_it_opens(site: Site) -> None:
    said = await site.read("ada", "/competencies/nims-machining-1/chucking")
    assert "Waiting for sign-off, of 17 November 2026" in said
    assert "What it opens" in said
    assert "2.9 CNC Programming" in said
    assert "signed off by a mentor who has seen you do it." in said


async def test_the_raise_page_shows_ladder_conditions_and_way(site: Site) -> None:
    said = await site.read("ada", "/raise")
    assert "Next raise: $22.40 an hour" in said
    assert "Step 2 reached on 2 June 2025 $19.84 an hour 62 %" in said
    assert "4 credentials of NIMS Machining Level I 2 so far" in said
    assert "50 %" in said
    assert "Your employer decides it." in said


async def test_completion_is_worked_out_in_the_open(site: Site) -> None:
    said = await site.read("ada", "/completion")
    assert "28.1 % to journeyworker" in said
    assert "the registration agency issues the certificate" in said
    assert "576 hours in class 0 so far" in said


async def test_the_record_holds_credentials_hours_and_everything_handed_in(site: Site) -> None:
    said = await site.read("ada", "/record")
    assert "Measurement, Materials & Safety Held since 10 February 2025" in said
    assert "Theory passed 1 September 2025; performance missing." in said
    assert "Verified, vouched for by NIMS." in said
    assert "Manual milling and drilling 8 8" in said
    assert "2.4 Chucking Waiting for sign-off 17 November 2026" in said


async def test_the_queue_shows_only_whom_the_mentor_may_judge(site: Site) -> None:
    said = await site.read("mentor", "/sign-off")
    assert "Two things wait for you" in said
    assert "Ada Tran 2.4 Chucking of 17 November 2026" in said
    assert "Ben Okafor 2.5 Milling: Square Up a Block" in said
    assert "Cho" not in said


async def test_the_item_page_of_the_queue_says_what_it_would_open(site: Site) -> None:
    page = (await site.get("mentor", "/sign-off")).text
    entry = page.split('href="/sign-off/e')[1][:9]
    said = await site.read("mentor", f"/sign-off/e{entry}")
    assert "2.4 Chucking Ada Tran" in said
    assert "What it would open" in said
    assert "This is the first for it." in said


async def test_the_crew_is_a_matrix_of_people_by_competency(site: Site) -> None:
    page = await site.get("employer", "/crew")
    said = await site.read("employer", "/crew")
    assert "Three apprentices" in said
    assert page.text.count('<tr><th scope="row"><a href=') == 3
    assert page.text.count('role="img" aria-label="Done"') == 5
    assert 'aria-label="Waiting for sign-off"' in page.text


async def test_raises_name_who_has_reached_one_and_who_is_next(site: Site) -> None:
    said = await site.read("employer", "/raises")
    assert "One person has reached a raise. Two people are on the way to the next." in said
    assert "Ada Tran Step 1 to Step 2, reached 2 June 2025: $17.60 to $19.84 an hour" in said
    assert "Ben Okafor Step 1 to Step 2, $17.60 to $19.84 an hour. Still asked: Job Planning" in said


async def test_a_decision_shows_the_rule_and_the_evidence(site: Site) -> None:
    said = await site.read("employer", f"/raises/{site.person('ada')}")
    assert "Step 2 is reached: $19.84 an hour, $2.24 more." in said
    assert "Measurement, Materials & Safety held since 10 February 2025" in said
    assert "The evidence it rests on" in said
    assert "Signed off, of 2 June 2025, by NIMS" in said
    assert "Award Step 2" in said


async def test_wages_are_for_those_who_may_see_them(site: Site) -> None:
    page = f"/apprentices/{site.person('ada')}"
    assert "$19.84" in await site.read("employer", page)
    assert "$" not in await site.read("mentor", page)
    assert "28.1 %" in await site.read("mentor", page)


async def test_people_and_organisation_for_the_administrator(site: Site) -> None:
    said = await site.read("admin", "/people")
    assert "Keystone Precision" in said
    assert "Ada Tran Apprentice Open Shut out Ada Tran" in said
    assert "Sam Adeyemi Administrator Open yourself" in said
    place = await site.read("admin", "/organisation")
    assert "With a role today six people" in place
    assert "Jobs None waits longer than five minutes." in place


@pytest.mark.parametrize("who", ["ada", "mentor", "employer", "registrar", "admin"])
async def test_standards_are_open_to_everybody_who_signed_in(site: Site, who: str) -> None:
    said = await site.read(who, "/standards")
    assert "NIMS Machining Level I" in said
    assert "Lakeside College (sample)" in said


async def test_a_framework_says_its_version_findings_and_what_is_sample(site: Site) -> None:
    said = await site.read("ada", "/standards/frameworks/nims-machining-1")
    assert "Version 2001" in said
    assert "Sample data" in said
    assert "None: no circle, no unknown name" in said
    assert "Source: National Institute for Metalworking Skills" in said


async def test_a_framework_says_its_longest_path_and_its_bottlenecks_with_links_to_its_items(
    site: Site,
) -> None:
    said = await site.read("ada", "/standards/frameworks/nims-machining-1")
    assert "The longest path These come one after the other, whatever else is done beside them. 1 " in said
    assert "Four others ask for it, 25 wait for it in all, and nothing leads round it." in said
    page = await site.get("ada", "/standards/frameworks/nims-machining-1")
    linked = re.findall(r'href="#((?:credential|competency)-[^"]+)"', page.text)
    assert "credential-mms" in linked
    for name in linked:
        assert page.text.count(f'id="{name}"') == 1


async def test_a_program_says_its_rules_in_words(site: Site) -> None:
    said = await site.read("ada", "/standards/programs/machinist")
    assert "0296CB" in said
    assert "Step 3 Both of these 4 credentials of NIMS Machining Level I" in said
    assert "70 % of the journey rate" in said
    assert "Related instruction 576 hours" in said


async def test_an_agreement_says_that_it_is_an_estimate(site: Site) -> None:
    said = await site.read("registrar", "/standards/agreements/lakeside-mfgt")
    assert "an estimate until the college decides" in said
    assert "MFG 101, Shop safety and measurement" in said
    assert "Sample data throughout. There is no such college." in said
