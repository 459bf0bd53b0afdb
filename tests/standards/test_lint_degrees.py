"""Findings about degrees: names, circles, groups that nothing fills, sums, residency, the order of a stack."""

import pytest

from standards.degree_plans import compile_degree, within
from standards.documents import DegreeDocument
from standards.lint_degrees import plain
from standards.linting import ERROR, WARNING, lint
from standards.problems import DocumentError
from tests.apprenticeship.degrees.lakeside import DEGREES, SHOP, named
from tests.standards.asking import read

WHOLE = SHOP + DEGREES


def found(*changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """(code, severity, path) of what is said about degrees after some changes of text."""
    text = WHOLE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    said = [(one.code, one.severity, one.where.rpartition(": ")[2]) for one in lint(read(text))]
    return [one for one in said if one[2].startswith(("degree", "groups", "electives"))]


def test_the_stack_itself_is_sound() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("contains: [cert]", "contains: [cret]"), ("unknown-name", ERROR, "degree.contains[0]")),
        (
            ("contains: [cert]", "contains: [cert]\n  stacks_on: [x]"),
            ("unknown-name", ERROR, "degree.stacks_on[0]"),
        ),
        (
            ("{credential: cpt}\ngroups", "{credential: ctp}\ngroups"),
            ("unknown-name", ERROR, "degree.requires.credential"),
        ),
        (("awards: [block]", "awards: [blok]"), ("unknown-name", ERROR, "groups[0].awards[0]")),
        (
            ("taken_as: [math]", "taken_as: [maths]"),
            ("unknown-name", ERROR, "groups[1].courses[0].taken_as[0]"),
        ),
        (
            ("    courses: [{course: MTH 101, title: Mathematics, credits: 3, taken_as: [math]}]", ""),
            ("group-cannot-be-filled", ERROR, "groups[1].credits"),
        ),
        (
            ("title: Mathematics, credits: 3, taken", "title: M, credits: 2, taken"),
            ("group-cannot-be-filled", ERROR, "groups[1].credits"),
        ),
        (
            ("electives: {credits: 3, free: true}", "electives: {credits: 3}"),
            ("group-cannot-be-filled", ERROR, "electives.credits"),
        ),
        (("credits: 18\n", "credits: 20\n"), ("credits-do-not-add-up", WARNING, "degree.credits")),
        (
            ("residency: {share: 0.25}", "residency: {credits: 19}"),
            ("residency-too-large", ERROR, "degree.residency.credits"),
        ),
        (("level: certificate", "level: bachelor"), ("stack-upside-down", WARNING, "degree.contains[0]")),
        (
            ("MAC 102, title", "mac101, title"),
            ("course-listed-twice", WARNING, "groups[0].courses[1].course"),
        ),
        (
            ("taken_as: [math]", "taken_as: [math]}, {course: MTH 2, credits: 1, taken_as: [math]"),
            ("taken-as-twice", ERROR, "groups[1].courses[1].taken_as[0]"),
        ),
        (
            ("  credits: 18\n", "  credits: 18\n  unit: quarter\n"),
            ("contained-elsewhere", ERROR, "degree.contains[0]"),
        ),
    ],
)  # fmt: skip
def test_a_finding_and_where(change: tuple[str, str], expected: tuple[str, str, str]) -> None:
    assert expected in found(change)


def test_a_circle_is_printed_once() -> None:
    text = WHOLE.replace("  credits: 9\n", "  credits: 9\n  stacks_on: [aas]\n")
    (circle,) = [one for one in lint(read(text)) if one.code == "degree-cycle"]
    assert "aas -> cert -> aas" in circle.message


def test_of_awards_that_exclude_each_other_the_largest_counts() -> None:
    both = ("awards: [block]", "awards: [milling, turning]")
    single = ("    courses: [{course: PRD 1, title: Quality, credits: 6}]\n", "")
    assert found(both, single) == []
    either = [(f"title: {name}, credits: {n}, when", f"title: {name}, credits: {n}, one_of: x, when")
              for name, n in (("Milling", 3), ("Turning", 4))]  # fmt: skip
    assert found(both, single, *either) == [("group-cannot-be-filled", ERROR, "groups[0].credits")]


def test_a_plan_has_the_groups_of_what_it_contains_first() -> None:
    documents = read(WHOLE)
    plan = compile_degree(named(documents, "aas"), documents)
    keys = ["cert:machines", "cert:electives", "aas:production", "aas:general"]
    assert [group.key for group in plan.groups] == keys
    assert (plan.asked, plan.here) == (1800, 450)
    assert [degree for degree, _ in plan.requires] == ["aas"]


def test_what_is_contained_twice_counts_once() -> None:
    documents = read(
        WHOLE
        + "---\n"
        + DEGREES.split("---\n")[2].replace("id: aas", "id: bas").replace("[cert]", "[cert, aas]")
    )
    degrees = {d.model.id: (d, d.model) for d in documents if isinstance(d.model, DegreeDocument)}
    assert within("bas", degrees) == ("cert", "aas", "bas")


def test_a_degree_with_an_unknown_name_does_not_compile() -> None:
    documents = read(WHOLE.replace("awards: [block]", "awards: [blok]"))
    with pytest.raises(DocumentError, match="hill:blok"):
        compile_degree(named(documents, "aas"), documents)


def test_course_numbers_are_compared_without_spaces_and_capitals() -> None:
    assert plain("MFG 101") == plain("mfg101")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("{share: 0.25}", "{share: 0.25, credits: 3}"), "either credits or share"),
        (("level: associate", "level: master"), "is not one of the choices"),
        (("contains: [cert]", "contain: [cert]"), "nearest known key is 'contains'"),
    ],
)
def test_what_cannot_be_read_says_what_would_be_right(change: tuple[str, str], words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        read(WHOLE.replace(*change))


def test_printed_numbers_that_do_not_add_up_are_said() -> None:
    """Metropolitan Community College, Nebraska (carpenters): 56 and 15 credits of 98, printed so.

    Source: North Central States Regional Council of Carpenters, Apprentices and college.
    """
    text = """
journeymark: 1
degree:
  {id: mcc, college: Metropolitan Community College, title: Carpentry, level: associate, credits: 98, unit: quarter}
groups:
  - {id: apprenticeship, title: Apprenticeship, credits: 56, free: true}
  - {id: further, title: Further, credits: 15, free: true}
"""
    (finding,) = lint(read(text))
    assert finding.code == "credits-do-not-add-up"
    assert "71 credits and the degree for 98" in finding.message
