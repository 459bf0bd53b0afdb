"""What a search may not see changes nothing of what it answers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.hiring.window import hidden, profile, seen, window
from graph import facts
from graph.evaluating import Evaluation
from graph.facts import Status
from graph.fixing import fix
from graph.progress import progress_on
from graph.requirement import Requirement
from standards.asked_rules import rule_of_text
from standards.compiling import compile_world
from tests.standards.asking import read
from tests.thoroughness import examples

SHOP = """
---
journeymark: 1
framework: {id: shop, title: A shop, version: "1"}
competencies:
  - {id: jpp, title: Job planning, prerequisites: {credential: c1}}
  - {id: layout, title: Layout, satisfied_by: {credential: c2}}
  - {id: bench, title: Benchwork, satisfied_by: {hours: 40, in: ojl}}
credentials:
  - {id: c1, title: One, level: 1, parts: [performance, theory]}
  - {id: c2, title: Two, level: 1, parts: [performance, theory], shares: {theory: c1}, prerequisites: {credential: c1}}
  - {id: c3, title: Three, level: 2, valid_for: {years: 1}}
  - {id: half, title: Half, level: 2, parts: [performance, theory]}
  - {id: c4, title: Four, level: 2, composed_of: {all: [{credential: c1}, {credential: c3}]}}
courses: [{id: theory, title: Theory, hours: 48}]
requirements:
  - {id: open, title: Open, when: {any: [{credential: c1}, {competency: layout}]}}
  - {id: shut, title: Shut, when: {all: [{credential: c1}, {hours: 40, in: ojl}]}}
  - {id: round-about, title: Shut behind another, when: {requirement: shut}}
"""
WORLD = compile_world(read(SHOP))
THROUGH = window(WORLD)
DAY = date(2026, 11, 21)
CREDENTIALS = sorted(set(WORLD.credentials) - {"shop:half"})
COMPETENCIES = sorted(WORLD.competencies)
RULES = [
    rule_of_text(text, WORLD)
    for text in (
        "credential c1 and credential c2",
        "2 credentials of shop level 1 or 3 credentials",
        "credential c3 current and competency layout",
        "2 of (competency jpp rating 4, competency layout, credential c4)",
        "2 competencies and requirement open",
    )
]
days = st.dates(date(2024, 1, 1), DAY)
numbers = st.integers(0, 999).map("e{:03}".format)


def common(status: Status = Status.VERIFIED) -> dict[str, Any]:
    recorded = st.just(datetime(2024, 1, 1, tzinfo=UTC))
    return {"id": numbers, "on": days, "recorded": recorded, "status": st.just(status)}


shown = st.lists(
    st.builds(facts.Pass, **common(), credential=st.sampled_from(CREDENTIALS))
    | st.builds(
        facts.Rating,
        **common(),
        competency=st.sampled_from(COMPETENCIES),
        value=st.none() | st.integers(3, 4),
    ),
    max_size=6,
)
secret = st.lists(
    st.one_of(
        st.builds(facts.Pass, **common(Status.SUBMITTED), credential=st.sampled_from(CREDENTIALS)),
        st.builds(
            facts.Rating,
            **common(Status.REJECTED),
            competency=st.sampled_from(COMPETENCIES),
            value=st.just(4),
        ),
        st.builds(facts.Waiver, **common(), credential=st.sampled_from(CREDENTIALS)),
        st.builds(facts.Waiver, **common(), competency=st.sampled_from(COMPETENCIES)),
        # half of a credential, and hours that are not enough for anything
        st.builds(facts.Pass, **common(), credential=st.just("shop:half"), part=st.just("performance")),
        st.builds(facts.Hours, **common(), minutes=st.integers(1, 60), within=st.just("ojl")),
        st.builds(facts.CourseResult, **common(), course=st.just("shop:theory"), passed=st.booleans()),
    ),
    max_size=6,
)


def answers(of: list[facts.Fact], rule: Requirement) -> tuple[Any, ...]:
    """Give all that a search says of somebody."""
    numbered = [facts_with(one, number) for number, one in enumerate(of)]
    person = facts.Person(id=str(UUID(int=1)), name="Ada", facts=tuple(numbered))
    own = profile(Evaluation(WORLD, person, program=None, as_of=DAY, known_at=None))
    evaluation = seen(own, rule, THROUGH, DAY)
    progress = progress_on(evaluation.actual, rule, evaluation.scope, DAY)
    return own.credentials, own.competencies, progress, fix(evaluation, rule)


def facts_with(fact: facts.Fact, number: int) -> facts.Fact:
    return replace(fact, id=f"e{number:03}")


@examples(60)
@given(shown=shown, secret=secret, rule=st.sampled_from(RULES))
def test_what_is_hidden_changes_no_answer(
    shown: list[facts.Fact], secret: list[facts.Fact], rule: Requirement
) -> None:
    assert answers(shown, rule) == answers([*shown, *secret], rule)


@examples(60)
@given(shown=shown, rule=st.sampled_from(RULES))
def test_without_waivers_a_search_says_what_the_standards_say(
    shown: list[facts.Fact], rule: Requirement
) -> None:
    numbered = tuple(facts_with(one, number) for number, one in enumerate(shown))
    person = facts.Person(id=str(UUID(int=1)), name="Ada", facts=numbered)
    own = Evaluation(WORLD, person, program=None, as_of=DAY, known_at=None)
    assert answers(shown, rule)[2] == progress_on(own.actual, rule, own.scope, DAY)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("requirement open", None),
        ("requirement shut", "hours"),
        ("credential c1 or requirement round-about", "hours"),
        ("course theory", "courses"),
        ("1 month since registered", "months"),
        ("credential c1 current and 2 competencies kind duty", None),
    ],
)
def test_a_rule_that_asks_for_more_is_known_also_through_a_name(text: str, word: str | None) -> None:
    assert hidden(rule_of_text(text, WORLD), WORLD) == word
    assert set(THROUGH.requirements) == {"shop:open"}
