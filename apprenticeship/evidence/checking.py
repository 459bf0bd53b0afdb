"""Whether a piece of evidence holds together by itself. Pure; the database holds the same rules."""

from collections.abc import Mapping
from datetime import date

from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.refusals import Invalid
from apprenticeship.texts import check_text
from graph.requirement import RTI

DAY_MINUTES = 24 * 60
OLDEST = date(1950, 1, 1)
LONGEST_NOTE = 4_000
LONGEST_WORDS = 200
MOST_COURSE_MINUTES = 5_000 * 60
MOST_CREDITS = 100_00
HIGHEST_MARK = 100
HIGHEST_SCORE = 1_000_000
RESULTS = (None, "pass", "fail")

# what each kind says beside its day; a claim can be of no other kind
FIELDS: Mapping[EvidenceKind, frozenset[str]] = {
    EvidenceKind.CREDENTIAL: frozenset({"subject", "part", "result", "attested_by"}),
    EvidenceKind.COMPETENCY: frozenset({"subject", "rating", "result", "attested_by"}),
    EvidenceKind.HOURS: frozenset({"minutes", "work_process", "attested_by"}),
    EvidenceKind.COURSE: frozenset(
        {"subject", "result", "minutes", "work_process", "college", "grade", "credits", "attested_by"}
    ),
    EvidenceKind.SCORE: frozenset({"subject", "score", "attested_by"}),
}
EVERY_FIELD = frozenset().union(*FIELDS.values()) | {"waives", "revokes", "until"}
TEXTS = ("subject", "part", "work_process", "college", "grade", "attested_by")
NUMBERS = {
    "minutes": (1, MOST_COURSE_MINUTES),
    "credits": (0, MOST_CREDITS),
    "rating": (0, HIGHEST_MARK),
    "score": (-HIGHEST_SCORE, HIGHEST_SCORE),
}


def check_claim(fact: Fact, note: str | None, today: date) -> None:
    """Go on only with evidence that somebody can hand in.

    Raises:
        Invalid: it does not hold together; `where` names the field.
    """
    if fact.kind not in FIELDS:
        raise Invalid("Waivers and revocations are not handed in; a sponsor decides them.", where="kind")
    check_day(fact.happened_on, today)
    for name in TEXTS:
        check_text(getattr(fact, name), longest=LONGEST_WORDS, where=name)
    check_text(note, longest=LONGEST_NOTE, where="note")
    _check_fields(fact)
    _check_numbers(fact)


def check_day(day: date, today: date) -> None:
    """Go on only with a day on which evidence can have come about.

    Raises:
        Invalid: it lies ahead, or before anybody's working life.
    """
    if day > today:
        raise Invalid("The day lies ahead; evidence is of what has happened.", where="happened_on")
    if day < OLDEST:
        raise Invalid(f"The day lies before {OLDEST}; look at the year.", where="happened_on")


def _check_fields(fact: Fact) -> None:
    for name in sorted(EVERY_FIELD - FIELDS[fact.kind]):
        if getattr(fact, name) is not None:
            raise Invalid(f"Evidence of this kind ({fact.kind}) says nothing of this.", where=name)
    needed = {EvidenceKind.HOURS: ("minutes", "work_process"), EvidenceKind.SCORE: ("subject", "score")}
    for name in needed.get(fact.kind, ("subject",)):
        if getattr(fact, name) in (None, ""):
            raise Invalid(f"Evidence of this kind ({fact.kind}) needs this.", where=name)
    if (fact.minutes is None) != (fact.work_process is None):
        raise Invalid(f"Hours of a course are counted as {RTI}: give both or neither.", where="work_process")
    if fact.result not in RESULTS:
        raise Invalid("A result is pass or fail.", where="result")


def _check_numbers(fact: Fact) -> None:
    for name, (lowest, highest) in NUMBERS.items():
        value = getattr(fact, name)
        if value is not None and not lowest <= value <= highest:
            raise Invalid(f"{value} is out of range: {lowest:,} to {highest:,}.", where=name)
    if fact.kind is EvidenceKind.HOURS and (fact.minutes or 0) > DAY_MINUTES:
        raise Invalid("Hours of one day are more than 0 and at most 24.", where="minutes")
