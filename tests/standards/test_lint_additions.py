"""A program that extends a registered one may add to it, and never drop or lower anything of it."""

import pytest

from standards.linting import lint
from tests.standards.asking import framework, program, read

SHOP = framework("competencies:\n" + "".join(f"  - {{id: u{n}, title: Unit {n}}}\n" for n in range(4)))
CORE = """
    uses: [shop]
    work_processes:
      - {id: milling, title: Milling, hours: {min: 500, max: 900}, competencies: [u0, u1]}
      - {id: turning, title: Turning, hours: {min: 300}}
    related_instruction: {hours: 144}
    term: {hours: {min: 800}, months: 24}
    ratio: "1:1"
    requirements:
      - {id: basics, title: Basics, when: {all: [{competency: u0}, {competency: u1}]}}
    completion:
      all:
        - {requirement: basics}
        - {hours: 500, in: milling}
        - {months: 12, since: registered}
    wages:
      journey_rate: {usd_per_hour: 30.00, from: 2026-01-01}
      steps:
        - {id: start, percent: 50}
        - {id: s2, percent: 70, when: {hours: 400, in: milling}}
        - {id: s3, percent: 90, when: {competency: u1}}
"""


S3 = "- {id: s3, percent: 90, when: {competency: u1}}"


def found(*changes: tuple[str, str], core: str = CORE) -> list[tuple[str, str]]:
    """The findings about a program that extends the core and is otherwise like it, but for some changes of text."""
    own = CORE
    for old, new in changes:
        assert old in own, old
        own = own.replace(old, new)
    text = SHOP + program(core, "core") + program("extends: core\n" + _flush(own), "own")
    return [
        (one.code, one.message)
        for one in lint(read(text))
        if one.code.startswith(("core-", "extends-", "ratio-"))
    ]


def _flush(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.strip("\n").splitlines())


def test_the_core_itself_is_enough() -> None:
    assert found() == []


@pytest.mark.parametrize(
    "changes",
    [
        [("competencies: [u0, u1]", "competencies: [u0, u1, u2]")],
        [("min: 500", "min: 600")],
        [("hours: {min: 300}}", "hours: {min: 300}}\n      - {id: more, title: More, hours: {min: 100}}")],
        [("hours: 144", "hours: 200")],
        [("months: 24", "months: 30"), ("min: 800", "min: 900")],
        [('ratio: "1:1"', 'ratio: "1:2"')],
        [('ratio: "1:1"', 'ratio: "2:2"')],
        [("- {hours: 500, in: milling}", "- {hours: 600, in: milling}\n        - {competency: u3}")],
        [("{months: 12,", "{months: 18,")],
        [("percent: 50", "percent: 55")],
        [("usd_per_hour: 30.00", "usd_per_hour: 31.00")],
        [("{hours: 400, in: milling}", "{hours: 300, in: milling}")],
        [("{hours: 400, in: milling}", "{any: [{hours: 400, in: milling}, {competency: u3}]}")],
        [(S3, "- {id: s2b, percent: 80, when: {any: [{competency: u0}, {competency: u1}]}}\n        " + S3)],
        [("percent: 70,", "usd_per_hour: 22.00,")],
    ],
)
def test_what_adds_or_pays_more_is_no_finding(changes: list[tuple[str, str]]) -> None:
    assert found(*changes) == []


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        (
            [("competencies: [u0, u1]", "competencies: [u0]")],
            "core-dropped",
            "milling: the competency shop:u1",
        ),
        (
            [("min: 500, max", "min: 499, max")],
            "core-lowered",
            "milling: 499 hours, and the core asks 500 hours",
        ),
        (
            [("hours: {min: 300}", "hours: {}")],
            "core-lowered",
            "turning: nothing, and the core asks 300 hours",
        ),
        ([("hours: {min: 300}", "hours: {min: 300, max: 200}")], "core-lowered", "turning: 200 hours"),
        ([("      - {id: turning, title: Turning, hours: {min: 300}}\n", "")], "core-dropped", "turning"),
        (
            [("related_instruction: {hours: 144}", "related_instruction: {hours: 143}")],
            "core-lowered",
            "143 hours",
        ),
        ([("min: 800", "min: 700")], "core-lowered", "700 hours, and the core asks 800 hours"),
        ([("months: 24", "months: 12")], "core-lowered", "12 months, and the core asks 24 months"),
        ([('ratio: "1:1"', 'ratio: "2:1"')], "core-lowered", "2:1 has more apprentices"),
        ([('    ratio: "1:1"\n', "")], "core-lowered", "no ratio has more apprentices"),
        (
            [("        - {hours: 500, in: milling}\n", "")],
            "core-lowered",
            "condition 2 of the core's completion",
        ),
        ([("{hours: 500, in: milling}", "{hours: 499, in: milling}")], "core-lowered", "condition 2"),
        (
            [("{all: [{competency: u0}, {competency: u1}]}", "{competency: u0}")],
            "core-lowered",
            "condition 1",
        ),
        ([("{months: 12,", "{months: 6,")], "core-lowered", "condition 3"),
        ([("percent: 70,", "percent: 69,")], "core-lowered", "s2 pays 69 %, and the core pays 70 %"),
        (
            [("percent: 70,", "usd_per_hour: 20.99,")],
            "core-lowered",
            "s2 pays $20.99 an hour from 2026-01-01",
        ),
        ([("usd_per_hour: 30.00", "usd_per_hour: 29.00")], "core-lowered", "start pays $14.50 an hour"),
        ([("from: 2026-01-01", "from: 2026-02-01")], "core-lowered", "pays nothing an hour from 2026-01-01"),
        ([("{hours: 400, in: milling}", "{hours: 500, in: milling}")], "core-lowered", "is paid later"),
        ([("        - {id: s3, percent: 90, when: {competency: u1}}\n", "")], "core-dropped", "wage step s3"),
        (
            [
                ("        - {id: s2, percent: 70, when: {hours: 400, in: milling}}\n", ""),
                (
                    "when: {competency: u1}}\n",
                    "when: {competency: u1}}\n        - {id: s2, percent: 95, when: {hours: 400, in: milling}}\n",
                ),
            ],
            "core-lowered",
            "stand in another order",
        ),
        (
            [(S3, "- {id: s2b, percent: 80, when: {competency: u0}}\n        " + S3)],
            "core-lowered",
            "not reached s2b",
        ),
        ([("    uses: [shop]\n", "")], "core-dropped", "the core uses shop"),
    ],
)
def test_what_is_dropped_or_lowered_is_named(changes: list[tuple[str, str]], code: str, words: str) -> None:
    said = found(*changes)
    assert any(one == code and words in message for one, message in said), said
    assert {one for one, _ in said} <= {"core-dropped", "core-lowered"}


def test_a_core_that_is_not_given_is_a_warning_and_a_circle_an_error() -> None:
    alone = lint(read(SHOP + program("extends: elsewhere\nuses: [shop]", "own")))
    assert [(one.code, one.severity) for one in alone if "core" in one.code] == [
        ("core-not-given", "warning")
    ]
    itself = lint(read(program("extends: own", "own")))
    assert [(one.code, one.severity) for one in itself if "extends" in one.code] == [
        ("extends-itself", "error")
    ]
    both = lint(read(program("extends: b", "a") + program("extends: a", "b")))
    assert [one.code for one in both if "extends" in one.code] == ["extends-itself"] * 2


def test_a_ratio_of_nobody_is_an_error() -> None:
    assert ("ratio-of-nobody", "error") in {
        (one.code, one.severity) for one in lint(read(program('ratio: "0:1"')))
    }
