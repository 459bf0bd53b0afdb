"""A requirement as text: what is written reads back the same, and what cannot be read is said with its place."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.requirement import (
    OJL,
    RTI,
    All,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CourseLeaf,
    CredentialCount,
    CredentialLeaf,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    ScoreLeaf,
    StepLeaf,
)
from graph.requirement import Any as AnyOf
from graph.world import World
from standards.answers import Labels, requirement_answer
from standards.asked_rules import RuleProblem, rule_of, rule_of_data, rule_of_text
from standards.compiling import compile_world
from standards.rule_text import LONGEST_TEXT, MOST_CONDITIONS, RuleTextError, read_rule
from standards.rule_writing import rule_text
from tests.standards.asking import read
from tests.thoroughness import examples

SHOP = """
---
journeymark: 1
framework: {id: shop, title: A shop, version: "1", grades: [A, "B+", B, "a word", "\\"", and]}
competencies:
  - {id: jpp, title: Job planning}
  - {id: layout, title: Layout}
credentials:
  - {id: mms, title: Measuring, level: 1}
  - {id: tcs1, title: Chucking, level: 1}
  - {id: both, title: In two places}
courses: [{id: mac-101, title: Theory, hours: 48}]
scores: [{id: math, title: Math, range: [0, 7]}]
requirements: [{id: basic, title: Basic, when: {credential: mms}}]
---
journeymark: 1
framework: {id: other, title: Another, version: "1"}
credentials: [{id: both, title: In two places}]
---
journeymark: 1
program:
  id: trade
  title: A trade
  approach: competency
  uses: [shop]
  work_processes: [{id: milling, title: Milling, hours: {min: 10}}]
  wages: {journey_rate: {usd_per_hour: 30.00, from: 2026-01-01}, steps: [{id: s1, percent: 50}]}
"""
WORLD = compile_world(read(SHOP))
GRADES = WORLD.frameworks["shop"].grades
COUNTS = st.integers(1, 50_000)


def graded(grade: str | None) -> CourseLeaf:
    accepted = () if grade is None else GRADES[: GRADES.index(grade) + 1]
    return CourseLeaf("shop:mac-101", grade, accepted)


leaves = st.one_of(
    st.builds(CredentialLeaf, st.sampled_from(sorted(WORLD.credentials)), st.booleans()),
    st.builds(CompetencyLeaf, st.sampled_from(sorted(WORLD.competencies)), st.none() | st.integers(0, 1000)),
    st.builds(HoursLeaf, st.integers(0, 60_000_000_000), st.sampled_from([OJL, RTI, "trade:milling"])),
    st.builds(MonthsLeaf, st.integers(1, 1200), st.just("registered")),
    st.builds(
        CredentialCount,
        COUNTS,
        st.sampled_from([None, "shop", "other"]),
        st.none() | st.integers(-99, 99),
        st.booleans(),
    ),
    st.builds(
        CompetencyCount,
        COUNTS,
        st.sampled_from([None, "shop"]),
        st.sampled_from([None, "trade:milling"]),
        st.sampled_from([None, "area", "duty", "competency", "task"]),
    ),
    st.builds(graded, st.sampled_from([None, *GRADES])),
    st.builds(ScoreLeaf, st.just("shop:math"), st.integers(-9, 9)),
    st.sampled_from([NamedLeaf("shop:basic"), StepLeaf("trade:s1"), ProgramLeaf("trade")]),
)


def groups(rules: st.SearchStrategy[Requirement]) -> st.SearchStrategy[Requirement]:
    members = st.lists(rules, min_size=1, max_size=4).map(tuple)
    some = members.flatmap(lambda many: st.builds(AtLeast, st.integers(1, len(many)), st.just(many)))
    return st.one_of(st.builds(All, members), st.builds(AnyOf, members), some)


rules = st.recursive(leaves, groups, max_leaves=12)


@examples(400)
@given(rule=rules)
def test_what_is_written_reads_back_the_same(rule: Requirement) -> None:
    assert rule_of_text(rule_text(rule), WORLD) == rule


@examples(200)
@given(rule=rules)
def test_names_as_short_as_they_can_be_read_back_the_same(rule: Requirement) -> None:
    assert rule_of_text(rule_text(rule, Labels(WORLD).label), WORLD) == rule


WORDS = [
    "and",
    "or",
    "of",
    "all",
    "any",
    "at",
    "least",
    "credential",
    "competency",
    "rating",
    "hours",
    "hour",
    "in",
    "months",
    "since",
    "registered",
    "step",
    "(",
    ")",
    ",",
    "2",
    "0.5",
    "-1",
    "credentials",
    "level",
    "current",
    "kind",
    "course",
    "grade",
    "score",
    "requirement",
    "program",
    "mms",
    "shop:mms",
    '"B+"',
    '"',
    "\\",
    ":",
    "99999999999999",
    "é",
    "{",
]


def outcome(reader: Callable[[str, World], Requirement], text: str) -> Requirement | RuleProblem:
    """Give what a text is read as, or the complaint."""
    try:
        return reader(text, WORLD)
    except RuleProblem as problem:
        return problem


@examples(600)
@given(text=st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_whatever_is_written_is_read_or_refused_with_its_place(text: str) -> None:
    found = outcome(rule_of_text, text)
    if isinstance(found, RuleProblem):
        assert found.place.startswith("position ")
        assert 1 <= int(found.place.partition(" ")[2]) <= len(text) + 1
    else:
        assert rule_of_text(rule_text(found), WORLD) == found


@examples(200)
@given(text=st.text(max_size=60))
def test_nothing_that_is_written_crashes_in_either_form(text: str) -> None:
    for written in (text, "{" + text, "all: " + text):
        assert str(outcome(rule_of, written))


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("credential mms", {"credential": "mms"}),
        ("credential mms current", {"credential": "mms", "current": True}),
        ("CREDENTIAL mms AND Competency jpp", {"all": [{"credential": "mms"}, {"competency": "jpp"}]}),
        (
            "2 of (credential mms, credential tcs1) and competency jpp rating 4",
            {
                "all": [
                    {"at_least": 2, "of": [{"credential": "mms"}, {"credential": "tcs1"}]},
                    {"competency": "jpp", "rating": 4},
                ]
            },
        ),
        ("at least 1 of (credential mms)", {"at_least": 1, "of": [{"credential": "mms"}]}),
        ("all of (credential mms)", {"all": [{"credential": "mms"}]}),
        ("(((credential mms)))", {"credential": "mms"}),
        (
            "at least 2 credentials of shop level 1",
            {"credentials": 2, "where": {"framework": "shop", "level": 1}},
        ),
        (
            "10 competencies kind duty in milling",
            {"competencies": 10, "where": {"work_process": "milling", "kind": "duty"}},
        ),
        (
            "7.5 hours in milling or 1 month since registered",
            {"any": [{"hours": 7.5, "in": "milling"}, {"months": 1, "since": "registered"}]},
        ),
        ('course mac-101 grade "a word"', {"course": "mac-101", "grade": "a word"}),
        ("score math at least 5", {"score": "math", "at_least": 5}),
        (
            "requirement basic or step s1 or program trade",
            {"any": [{"requirement": "basic"}, {"step": "s1"}, {"program": "trade"}]},
        ),
    ],
)
def test_text_says_what_documents_say(text: str, data: dict[str, Any]) -> None:
    rule = rule_of_text(text, WORLD)
    assert rule == rule_of_data(data, WORLD)
    assert requirement_answer(rule, Labels(WORLD)) == data


@pytest.mark.parametrize(
    "written",
    [
        "{credential: mms}",
        '{"credential": "mms"}',
        "credential: mms",
        "---\ncredential: mms\n",
        "all:\n  - credential: mms\n  - at_least: 1\n    of: [{credential: tcs1}]\n",
    ],
)
def test_the_form_of_documents_is_read_too(written: str) -> None:
    assert isinstance(rule_of(written, WORLD), CredentialLeaf | All)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "position 1: the text ends here; expected a credential"),
        ("credential mmz", "position 12: the credential 'mmz' is in no published standard; did you mean mms"),
        (
            "credential both",
            "position 12: the credential 'both' is in several documents; write one of other:both",
        ),
        ("credentail mms", "position 1: 'credentail' does not fit here; did you mean credential?"),
        ("credential mms and", "position 19: the text ends here; expected a credential"),
        ("(credential mms", "position 16: the text ends here; expected )"),
        ("credential mms)", "position 15: this bracket closes nothing; take it away, or open one before"),
        (
            "credential mms credential tcs1",
            "position 16: 'credential' after the end of a condition; join conditions",
        ),
        ("credential mms and credential mms or credential mms", 'position 35: "and" and "or" in one rule'),
        ("3 of (credential mms)", "position 1: at least 3 of 1; ask for 1 or fewer"),
        ("0 of (credential mms)", "position 1: the number 0 is out of range; at least 1"),
        ("2.5 credentials", "position 1: 2.5 is not a whole number; only hours have parts"),
        (
            "2 credentials of shap",
            "position 18: the framework 'shap' is in no published standard; did you mean shop?",
        ),
        ("2 credentials level 1 level 1", "position 23: 'level' stands twice; say it once"),
        ("3 months since step", "position 16: months since a wage step; write since registered"),
        ("5 hours on milling", "position 9: 'on' does not fit here; expected in"),
        ('course mac-101 grade "B', "position 22: a quotation mark is never closed"),
        ("course mac-101 grade Z", "position 22: the grade 'Z' is not on the scale; expected one of A, B+"),
    ],
)
def test_what_cannot_be_read_says_where_what_and_what_would_be_right(text: str, said: str) -> None:
    with pytest.raises(RuleProblem) as refused:
        rule_of_text(text, WORLD)
    assert str(refused.value).startswith(said)


def test_depth_size_and_length_are_limited() -> None:
    with pytest.raises(RuleTextError, match="nested too deeply; 100 levels are the limit"):
        read_rule("(" * 5_000)
    with pytest.raises(RuleTextError, match=f"too many conditions; {MOST_CONDITIONS} are the limit"):
        read_rule(" or ".join(["step s"] * (MOST_CONDITIONS + 1)))
    with pytest.raises(RuleTextError, match="10,001 characters; 10,000 characters are the limit"):
        read_rule("x" * (LONGEST_TEXT + 1))
    for written in ("{" * 5_000, "[" * 5_000, "all: " * 3_000, "{a: &a [*a]}", "[]", "{}\n---\n{}"):
        with pytest.raises(RuleProblem):
            rule_of(written, WORLD)
    deep: dict[str, Any] = {"credential": "mms"}
    for _ in range(300):
        deep = {"all": [deep]}
    with pytest.raises(RuleProblem):
        rule_of_data(deep, WORLD)
    with pytest.raises(RuleProblem, match="too many conditions"):
        rule_of_data({"any": [{"credential": "mms"}] * (MOST_CONDITIONS + 1)}, WORLD)
