"""A table of broken documents, each with exactly what is said about it and where."""

from decimal import Decimal
from pathlib import Path

import pytest

from standards.documents.program import RateEntry
from standards.linting import lint
from standards.problems import DocumentError
from standards.reading import read_files

BROKEN = Path(__file__).parent / "broken"

UNREADABLE: dict[str, list[tuple[str, str]]] = {
    "award-that-says-no-amount.yaml": [("7:10: awards[0]", "say one of credits, courses, per_hours")],
    "award-that-says-two-amounts.yaml": [("7:10: awards[0]", "say one of credits, courses, per_hours")],
    "courses-that-do-not-add-up.yaml": [("7:10: awards[0]", "the sum of the credits of the courses")],
    "ended-on-no-day.yaml": [("7:13: agreement.approval", "needs the day, on:")],
    "table-of-no-rows.yaml": [("7:59: awards[0].per_hours", "at_most is 1 to 200 times")],
    "a-day-that-never-was.yaml": [("2:68: framework.effective.from", "'2025-02-30'")],
    "anchor-and-alias.yaml": [("4:42: ", "anchor or alias")],
    "at-least-none.yaml": [("5:58: credentials[1].prerequisites.at_least", "at least 1")],
    "broken-yaml.yaml": [("3:1: ", "not YAML")],
    "capital-letters-in-an-id.yaml": [("4:10: credentials[0].id", "'MMS'")],
    "credentials-inside-the-framework.yaml": [("6:16: framework.credentials", "that key belongs elsewhere")],
    "empty-all.yaml": [("4:56: credentials[0].prerequisites.all", "at least one")],
    "empty-any.yaml": [("4:45: requirements[0].when.any", "at least one")],
    "evidence-without-status.yaml": [("5:7: record.evidence[0].status", "'status' is missing")],
    "hundred-and-one-levels.yaml": [("6:879: ", "100 levels")],
    "misspelt-key-in-a-requirement.yaml": [("6:20: credentials[0].prerequisites", "credental")],
    "misspelt-key.yaml": [("4:47: competencies[0].prerequsites", "nearest known key is 'prerequisites'")],
    "negative-hours.yaml": [("5:23: record.evidence[0].hours", "from 0 to")],
    "no-format-version.yaml": [("1:1: journeymark", "write journeymark: 1")],
    "no-kind.yaml": [("1:1: ", "exactly one of framework, program, record, agreement")],
    "not-is-no-form.yaml": [("5:47: credentials[1].prerequisites", "no requirement")],
    "not-quite-json.json": [("2:58: framework.version", 'quote it: "1"')],
    "tag.yaml": [("4:22: ", "a tag")],
    "the-same-key-twice.yaml": [("4:35: ", "'title' twice")],
    "two-forms-in-one-leaf.yaml": [("5:72: credentials[1].prerequisites.hours", "unknown key 'hours'")],
    "two-kinds-in-one-document.yaml": [("1:1: ", "found framework and record")],
    "unknown-format-version.yaml": [("1:14: journeymark", "format version 2")],
    "unknown-status.yaml": [("5:57: record.evidence[0].status", "'approved' is not one of the choices")],
    "unquoted-code.yaml": [("4:26: competencies[0].code", 'quote it: "1.10"')],
    "unquoted-grade.yaml": [
        ("7:12: agreement.grades[0]", 'quote it: "1"'),
        ("7:15: agreement.grades[1]", 'quote it: "2"'),
        ("7:18: agreement.grades[2]", 'quote it: "3"'),
    ],
    "unquoted-version.yaml": [("2:45: framework.version", 'quote it: "2001"')],
    "waiver-with-status.yaml": [("5:98: record.evidence[0].status", "unknown key 'status'")],
}

E, W, INFO = "error", "warning", "info"
FINDINGS: dict[str, list[tuple[str, str, str]]] = {
    "addition-that-drops-a-process.yaml": [("core-dropped", E, "5:10: program.work_processes")],
    "addition-that-lowers-hours.yaml": [("core-lowered", E, "5:94: program.related_instruction.hours")],
    "addition-to-what-is-not-given.yaml": [("core-not-given", W, "2:59: program.extends")],
    "degrees-that-contain-each-other.yaml": [("degree-cycle", E, "2:9: degree")],
    "degrees-that-do-not-add-up.yaml": [
        ("credits-do-not-add-up", W, "15:12: degree.credits"),
        ("contained-elsewhere", E, "16:14: degree.contains[0]"),
        ("stack-upside-down", W, "16:14: degree.contains[0]"),
        ("residency-too-large", E, "17:24: degree.residency.credits"),
        ("group-cannot-be-filled", E, "21:14: groups[0].credits"),
        ("course-listed-twice", W, "24:18: groups[0].courses[1].course"),
        ("taken-as-twice", E, "25:48: groups[0].courses[2].taken_as[0]"),
    ],
    "program-that-extends-itself.yaml": [("extends-itself", E, "2:59: program.extends")],
    "ratio-of-nobody.yaml": [("ratio-of-nobody", E, "2:57: program.ratio")],
    "agreement-on-a-credential-nobody-has.yaml": [("unknown-name", E, "8:77: awards[0].when.credential")],
    "competency-based-in-six-months.yaml": [("no-twelve-months", W, "6:15: program.completion")],
    "composed-of-a-competency.yaml": [
        ("composed-of-credentials", E, "5:51: credentials[0].composed_of.all[0]")
    ],
    "count-that-nothing-reaches.yaml": [("unsatisfiable", E, "6:35: requirements[0].when")],
    "course-grade-off-the-scale.yaml": [("unknown-grade", E, "5:57: requirements[0].when.grade")],
    "cycle-of-compositions.yaml": [("proof-cycle", E, "4:5: credentials[0]")],
    "cycle-of-prerequisites.yaml": [("prerequisite-cycle", E, "4:5: competencies[0]")],
    "cycle-of-proofs.yaml": [("proof-cycle", E, "4:5: competencies[0]")],
    "dollars-against-percent.yaml": [
        ("dollars-and-percent-disagree", W, "9:45: program.wages.steps[0].usd_per_hour")
    ],
    "enforced-currency.yaml": [("current-prerequisite", W, "5:47: credentials[1].prerequisites")],
    "first-step-asks-for-something.yaml": [("first-step-rule", E, "8:37: program.wages.steps[0].when")],
    "hours-that-do-not-add-up.yaml": [("hours-do-not-add-up", W, "9:34: program.term.hours.max")],
    "misprinted-codes.yaml": [
        ("misprinted-code", W, "6:24: program.occupation.rapids"),
        ("misprinted-code", W, "6:39: program.occupation.onet"),
    ],
    "months-since-a-step-outside-wages.yaml": [("step-outside-wages", E, "4:37: requirements[0].when")],
    "more-hours-than-the-cap.yaml": [("unsatisfiable", E, "8:15: program.completion")],
    "more-than-there-are.yaml": [("unsatisfiable", E, "5:58: credentials[1].prerequisites.at_least")],
    "name-that-two-frameworks-have.yaml": [("ambiguous-name", E, "11:61: requirements[0].when.credential")],
    "needs-itself.yaml": [("prerequisite-cycle", E, "4:5: credentials[0]")],
    "orphan.yaml": [("orphan", W, "4:5: competencies[0]")],
    "probation-of-half-the-term.yaml": [("probation-too-long", W, "8:22: program.probation.hours")],
    "programs-that-wait-for-each-other.yaml": [("requirement-cycle", E, "2:10: program")],
    "raise-after-the-term.yaml": [("step-beyond-term", W, "10:37: program.wages.steps[1].when")],
    "raise-for-more-hours-than-the-term.yaml": [
        ("step-beyond-term", W, "10:37: program.wages.steps[1].when")
    ],
    "rating-off-the-scale.yaml": [("rating-off-scale", E, "6:39: requirements[0].when")],
    "redundant-prerequisite.yaml": [("redundant-prerequisite", W, "6:38: competencies[2].prerequisites")],
    "requirement-that-names-itself.yaml": [("requirement-cycle", E, "4:5: requirements[0]")],
    "reserved-word.yaml": [("reserved-name", E, "6:25: program.work_processes[0].id")],
    "score-out-of-range.yaml": [("score-out-of-range", E, "5:39: requirements[0].when")],
    "shares-a-part-it-has-not.yaml": [("unknown-part", E, "4:72: credentials[0].shares.theory")],
    "shares-with-nobody.yaml": [("unknown-name", E, "4:80: credentials[0].shares.theory")],
    "step-that-waits-for-itself.yaml": [("requirement-cycle", E, "9:9: program.wages.steps[1]")],
    "step-without-rule-and-wage.yaml": [
        ("step-without-rule", E, "9:9: program.wages.steps[1]"),
        ("step-without-wage", E, "9:9: program.wages.steps[1]"),
    ],
    "the-same-id-twice.yaml": [("duplicate-id", E, "5:10: credentials[1].id")],
    "time-based-and-too-short.yaml": [("term-too-short", W, "7:9: program.term")],
    "two-frameworks-of-one-name.yaml": [("duplicate-document", E, "5:17: framework.id")],
    "unknown-credential.yaml": [("unknown-name", E, "4:60: credentials[0].prerequisites.credential")],
    "unknown-part-of.yaml": [("unknown-name", E, "4:42: competencies[0].part_of")],
    "uses-a-framework-nobody-gave.yaml": [("unknown-name", E, "2:61: program.uses[0]")],
    "wages-that-fall.yaml": [("wage-does-not-rise", W, "10:27: program.wages.steps[1].percent")],
    "work-process-of-nobody.yaml": [("unknown-name", E, "7:32: program.completion.in")],
    "alternative-behind-a-name.yaml": [
        ("pointless-alternative", W, "6:44: requirements[1].when.any[0]"),
    ],
    "alternative-that-asks-for-more.yaml": [
        ("pointless-alternative", W, "7:35: requirements[0].when.any[1]"),
    ],
    "award-for-more-than-there-is.yaml": [
        ("award-never-earned", E, "11:66: awards[0].when"),
        ("unsatisfiable", E, "11:66: awards[0].when"),
    ],
    "award-after-the-whole-program.yaml": [("award-never-earned", E, "11:102: awards[0].earned_here_first")],
    "award-larger-than-its-limit.yaml": [("award-over-limit", E, "12:57: awards[0].credits")],
    "group-without-awards.yaml": [("limit-without-awards", W, "11:32: agreement.limits.groups.technical")],
    "limit-that-nothing-fills.yaml": [
        ("limit-never-reached", INFO, "11:32: agreement.limits.groups.technical")
    ],
    "course-of-two-awards.yaml": [("course-twice", W, "13:22: awards[1].course")],
    "two-versions-on-one-day.yaml": [("versions-overlap", E, "19:14: agreement.effective")],
    "row-and-award-of-one-id.yaml": [("duplicate-id", E, "12:10: awards[0].id")],
    "condition-that-follows-from-another.yaml": [
        ("redundant-condition", W, "7:18: requirements[0].when.all[0]"),
    ],
    "count-of-what-is-named-anyway.yaml": [
        ("redundant-condition", W, "5:74: requirements[0].when.all[2]"),
    ],
    "credential-that-proves-nothing.yaml": [
        ("idle-credential", INFO, "6:53: credentials[2]"),
    ],
    "finding-in-the-first-of-two-documents.yaml": [
        ("unsatisfiable", E, "4:37: requirements[0].when"),
    ],
    "no-hours-at-all.yaml": [
        ("always-holds", W, "10:39: program.completion.all[1]"),
    ],
    "one-credential-for-two.yaml": [
        ("counted-twice", W, "7:64: requirements[0].when.of[2]"),
    ],
    "one-duty-in-ten-without-proof.yaml": [
        ("unproven-competency", INFO, "13:5: competencies[9]"),
    ],
    "prerequisite-that-a-named-rule-needs.yaml": [
        ("redundant-prerequisite", W, "7:50: competencies[3].prerequisites"),
    ],
    "program-that-is-never-completed.yaml": [
        ("unsatisfiable", E, "12:66: program.completion"),
    ],
    "raise-that-is-reached-already.yaml": [
        ("always-holds", W, "13:37: program.wages.steps[1].when"),
        ("always-holds", W, "14:61: program.wages.steps[2].when.all[1]"),
    ],
    "the-same-condition-twice.yaml": [
        ("redundant-condition", W, "3:127: credentials[2].prerequisites.all[2]"),
    ],
    "dollars-that-fall-below-a-percentage.yaml": [
        ("wage-does-not-rise", W, "12:32: program.wages.steps[1].usd_per_hour"),
        ("wage-does-not-rise", W, "13:27: program.wages.steps[2].percent"),
    ],
    "dollars-that-the-journey-rate-left-behind.yaml": [
        ("dollars-and-percent-disagree", W, "11:45: program.wages.steps[0].usd_per_hour"),
    ],
    "eleven-periods.yaml": [("more-than-ten-periods", INFO, "18:9: program.wages.steps[10]")],
    "raise-for-two-work-processes-beyond-the-term.yaml": [
        ("step-beyond-term", W, "12:37: program.wages.steps[1].when"),
        ("step-beyond-term", W, "13:37: program.wages.steps[2].when"),
    ],
    "raise-that-nobody-can-reach.yaml": [
        ("step-never-reached", E, "10:37: program.wages.steps[1].when"),
        ("unsatisfiable", E, "10:44: program.wages.steps[1].when.all[0]"),
    ],
    "raise-that-nobody-is-ever-paid.yaml": [("step-never-paid", W, "10:37: program.wages.steps[2].when")],
    "twelve-months-four-times-in-three-years.yaml": [
        ("step-beyond-term", W, "13:37: program.wages.steps[4].when"),
    ],
    "wage-under-the-minimum.yaml": [
        ("wage-under-minimum", W, "11:27: program.wages.steps[0].percent"),
        ("wage-under-minimum", W, "12:32: program.wages.steps[1].usd_per_hour"),
    ],
    "two-of-what-cannot-be.yaml": [
        ("unsatisfiable", E, "7:11: requirements[0].when"),
        ("unsatisfiable", E, "7:47: requirements[0].when.of[1]"),
        ("unsatisfiable", E, "7:65: requirements[0].when.of[2]"),
    ],
}

MINIMUM_WAGES = {
    "wage-under-the-minimum.yaml": [
        RateEntry.model_validate({"usd_per_hour": Decimal(dollars), "from": since})
        for dollars, since in (("16.50", "2026-05-01"), ("14.00", "2020-01-01"))
    ]
}

CIRCLES = {
    "cycle-of-compositions.yaml": "shop:a -> shop:b -> shop:a",
    "cycle-of-prerequisites.yaml": "shop:a -> shop:b -> shop:c -> shop:a",
    "cycle-of-proofs.yaml": "shop:a -> shop:b -> shop:a",
    "needs-itself.yaml": "shop:mms -> shop:mms",
    "programs-that-wait-for-each-other.yaml": "one -> two -> one",
    "requirement-that-names-itself.yaml": "shop:one -> shop:two -> shop:one",
    "step-that-waits-for-itself.yaml": "trade:s2 -> step trade:s3 -> step trade:s2",
}

SUGGESTIONS = {
    "dollars-that-fall-below-a-percentage.yaml": "$18.50 an hour after $18.60 on 2027-01-01",
    "dollars-that-the-journey-rate-left-behind.yaml": "50 % of the journey rate of 2027-01-01 is $16.00",
    "raise-for-two-work-processes-beyond-the-term.yaml": "2400 hours together",
    "raise-that-nobody-is-ever-paid.yaml": "whoever reaches s2 has reached s3 as well",
    "twelve-months-four-times-in-three-years.yaml": "step after step it takes 48 months",
    "wage-under-the-minimum.yaml": "$15.00 an hour on 2026-05-01, under the minimum wage of $16.50",
    "alternative-behind-a-name.yaml": "whoever meets this meets any[1] as well; leave it out",
    "condition-that-follows-from-another.yaml": "all[1] asks for this anyway; leave it out",
    "count-of-what-is-named-anyway.yaml": "the others together ask for this anyway",
    "no-hours-at-all.yaml": "because any[1] does",
    "one-credential-for-two.yaml": "one thing shown counts here and for of[0]",
    "one-duty-in-ten-without-proof.yaml": "nothing but a sign-off proves d9, unlike 9 others of its kind",
    "name-that-two-frameworks-have.yaml": "shop:mms, yard:mms",
    "shares-with-nobody.yaml": "did you mean tcs1?",
    "unknown-credential.yaml": "did you mean mms?",
    "work-process-of-nobody.yaml": "did you mean milling?",
}


def test_the_table_has_every_broken_document() -> None:
    assert {*UNREADABLE, *FINDINGS} == {path.name for path in BROKEN.iterdir()}
    assert not {*UNREADABLE} & {*FINDINGS}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_document_is_refused_where_it_is_broken(name: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        read_files([BROKEN / name])
    problems = refusal.value.problems
    assert [f"{p.line}:{p.column}: {p.path}" for p in problems] == [place for place, _ in UNREADABLE[name]]
    assert {p.file for p in problems} == {str(BROKEN / name)}
    for problem, (_, words) in zip(problems, UNREADABLE[name], strict=True):
        assert words in f"{problem.what}; {problem.right}"


@pytest.mark.parametrize("name", FINDINGS)
def test_a_broken_document_has_exactly_its_findings(name: str) -> None:
    found = lint(read_files([BROKEN / name]), MINIMUM_WAGES.get(name, ()))
    file = f"{BROKEN / name}:"
    assert [(f.code, f.severity, f.where.removeprefix(file)) for f in found] == FINDINGS[name]


@pytest.mark.parametrize(("name", "words"), [*CIRCLES.items(), *SUGGESTIONS.items()])
def test_a_finding_prints_the_circle_or_the_candidates(name: str, words: str) -> None:
    said = [found.message for found in lint(read_files([BROKEN / name]), MINIMUM_WAGES.get(name, ()))]
    assert words in said[0]
