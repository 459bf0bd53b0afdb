"""What lint says of agreements, and what it does not; the broken documents show where each finding stands."""

import pytest

from standards.catalog import load_catalog
from standards.linting import lint
from tests.standards.asking import framework, read

SHOP = framework(
    "credentials: [{id: a, title: A}, {id: b, title: B}]\n"
    "courses: [{id: c, title: C}]\n"
    "competencies: [{id: u, title: U, satisfied_by: {any: [{credential: a}, {credential: b}]}}]\n"
)
A = "when: {credential: a}"
B = "when: {credential: b}"
SPOKEN = (
    *("award-never-earned", "award-over-limit", "limit-without-awards", "limit-never-reached"),
    *("course-twice", "versions-overlap", "duplicate-document", "unsatisfiable"),
)


def agreement(
    *awards: str, head: str = "", effective: str = "{from: 2025-01-01}", size: str = ", credits: 60"
) -> str:
    lines = "".join(f"  - {{{award}}}\n" for award in awards)
    return (
        "---\njourneymark: 1\nagreement:\n  id: college\n  college: College\n"
        f"  program: {{title: Machining{size}}}\n  effective: {effective}\n"
        f"{head and f'  {head}'}\nawards:{(lines and chr(10) + lines) or ' []'}\n"
    )


def award(name: str = "m1", rule: str = A, course: str = "", **more: object) -> str:
    amount = more or {"credits": 3}
    said = "".join(f", {key}: {value}" for key, value in amount.items())
    return f"id: {name}, course: {course or name}, title: T{said}, {rule}"


def found(*texts: str) -> list[str]:
    return [one.code for one in lint(read("".join((SHOP, *texts)))) if one.code in SPOKEN]


def test_an_ordinary_agreement_is_no_finding() -> None:
    assert found(agreement(award(), award("m2", B), head="limits: {share: 0.1, credits: 30}")) == []


def test_the_catalog_has_no_finding() -> None:
    assert lint(load_catalog()) == []


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("when: {credentials: 2}", []),
        ("when: {credentials: 3}", ["award-never-earned", "unsatisfiable"]),
        ("when: {any: [{credentials: 3}, {credential: a}]}", ["unsatisfiable"]),
        ("when: {all: [{credentials: 3}, {credential: a}]}", ["award-never-earned", "unsatisfiable"]),
    ],
)
def test_an_award_that_no_credential_can_reach(rule: str, codes: list[str]) -> None:
    assert found(agreement(award(rule=rule))) == codes


@pytest.mark.parametrize(("first", "codes"), [(59.5, []), (60, ["award-never-earned"])])
def test_credits_to_earn_first_stay_below_the_program(first: float, codes: list[str]) -> None:
    assert found(agreement(award(credits=3, earned_here_first=first))) == codes
    assert found(agreement(award(credits=3, earned_here_first=first), size="")) == []


@pytest.mark.parametrize(
    ("head", "most"),
    [
        ("limits: {share: 0.25}", 15),
        ("limits: {credits: 12}", 12),
        ("limits: {residency: 50}", 10),
        ("limits: {residency_share: 0.75}", 15),
        ("limits: {groups: {g: 6}}", 6),
        ("limits: {share: 0.5, credits: 12, groups: {g: 20}}", 12),
    ],
)
def test_an_award_larger_than_a_limit_lets_through(head: str, most: int) -> None:
    alone = [code for code in found(agreement(award(credits=most, group="g"), head=head)) if "limit" in code]
    assert "award-over-limit" not in alone
    assert "award-over-limit" in found(agreement(award(credits=most + 0.5, group="g"), head=head))


def test_a_limit_of_another_group_says_nothing_of_an_award() -> None:
    head = "limits: {groups: {g: 6}}"
    assert found(agreement(award(credits=9), award("m2", B, credits=6, group="g"), head=head)) == []


def test_a_table_is_too_large_where_its_lowest_row_is() -> None:
    table = award(per_hours="{hours: 100, in: ojl, credits: 4, at_most: 12}")
    assert found(agreement(table, head="limits: {credits: 4}")) == []
    assert found(agreement(table, head="limits: {credits: 3}")) == ["award-over-limit"]


@pytest.mark.parametrize(
    ("awards", "codes"),
    [
        ([award(credits=3)], ["limit-without-awards"]),
        ([award(credits=1, group="g")], []),
        ([award(credits=3, group="g"), award("m2", B, credits=3, group="g")], []),
        ([award(credits=3, group="g"), award("m2", B, credits=2.5, group="g")], ["limit-never-reached"]),
        (
            [
                award(credits=4, group="g", one_of="x"),
                award("m2", B, credits=5, group="g", one_of="x"),
            ],
            ["limit-never-reached"],
        ),
        ([award(up_to=5, group="g"), award("m2", B, credits=1, group="g")], []),
        ([award(up_to=4, group="g"), award("m2", B, credits=1, group="g")], ["limit-never-reached"]),
        ([award(course_by_course="true", group="g"), award("m2", B, credits=1, group="g")], []),
        ([award(per_hours="{hours: 100, in: ojl, at_most: 5}", group="g")], []),
        (
            [
                award(per_hours="{hours: 9, in: ojl, at_most: 5}", group="g"),
                award("m2", B, credits=1, group="g"),
            ],
            [],
        ),
        (
            [
                award(per_hours="{hours: 9, in: ojl, at_most: 4}", group="g"),
                award("m2", B, credits=1, group="g"),
            ],
            ["limit-never-reached"],
        ),
    ],
)
def test_a_limit_that_no_award_can_fill(awards: list[str], codes: list[str]) -> None:
    assert found(agreement(*awards, head="limits: {groups: {g: 6}}")) == codes


COURSES = "[{course: M 1, title: One, credits: 1}, {course: %s, title: Two, credits: 2}]"


@pytest.mark.parametrize(
    ("awards", "codes"),
    [
        ([award(course="M 1"), award("m2", B, "M 2")], []),
        ([award(course="M 1"), award("m2", B, " m  1")], ["course-twice"]),
        (
            [
                award(course="M 1", credits=3, one_of="x"),
                award("m2", B, "M 1", credits=3, one_of="x"),
            ],
            [],
        ),
        (
            [
                award(course="M 1", credits=3, one_of="x"),
                award("m2", B, "M 1", credits=3, one_of="y"),
            ],
            ["course-twice"],
        ),
        ([award(courses=COURSES % "M 2")], []),
        ([award(courses=COURSES % "M 1")], ["course-twice"]),
        ([award(courses=COURSES % "M 2"), award("m2", B, "M 2")], ["course-twice"]),
        ([award("m1", A, "M 1-2", courses=COURSES % "M 2"), award("m2", B, "M 1-2")], []),
    ],
)
def test_a_course_is_given_once(awards: list[str], codes: list[str]) -> None:
    assert found(agreement(*awards)) == codes


def version(number: int, effective: str, state: str = "") -> str:
    approval = f"\n  approval: {{{state}}}" if state else ""
    return agreement(award(), head=f'version: "{number}"{approval}', effective=effective)


@pytest.mark.parametrize(
    ("versions", "codes"),
    [
        ([("{from: 2025-01-01, until: 2026-01-01}", ""), ("{from: 2026-01-01}", "")], []),
        ([("{from: 2026-01-01}", ""), ("{from: 2025-01-01, until: 2026-01-01}", "")], []),
        (
            [("{from: 2025-01-01, until: 2026-01-02}", ""), ("{from: 2026-01-01}", "")],
            ["versions-overlap"],
        ),
        ([("{from: 2025-01-01}", ""), ("{from: 2026-01-01}", "")], ["versions-overlap"]),
        ([("{from: 2025-01-01}", ""), ("{from: 2026-01-01}", "state: draft")], []),
        ([("{from: 2025-01-01}", ""), ("{from: 2026-01-01}", "state: in_review")], []),
        ([("{from: 2025-01-01}", ""), ("{from: 2026-01-01}", "state: in_force")], ["versions-overlap"]),
        ([("{from: 2025-01-01}", "state: ended, on: 2026-01-01"), ("{from: 2026-01-01}", "")], []),
        (
            [("{from: 2025-01-01}", "state: ended, on: 2026-01-02"), ("{from: 2026-01-01}", "")],
            ["versions-overlap"],
        ),
        (
            [
                ("{from: 2025-01-01, until: 2025-07-01}", ""),
                ("{from: 2025-09-01, until: 2026-01-01}", ""),
                ("{from: 2025-06-01, until: 2025-08-01}", ""),
            ],
            ["versions-overlap"],
        ),
    ],
)
def test_no_day_has_two_versions(versions: list[tuple[str, str]], codes: list[str]) -> None:
    texts = [version(number, *one) for number, one in enumerate(versions, start=1)]
    assert found(*texts) == codes


def test_the_same_version_twice_is_a_document_given_twice() -> None:
    one = version(1, "{from: 2025-01-01, until: 2026-01-01}")
    assert found(one, version(1, "{from: 2026-01-01}")) == ["duplicate-document"]
