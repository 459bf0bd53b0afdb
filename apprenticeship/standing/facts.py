"""From rows to what the engine reads."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence.model import Evidence, EvidenceKind, Fact, entry_key
from apprenticeship.people.model import Person
from graph import facts
from graph.requirement import RTI
from graph.world import World


def person_with(
    world: World, person: Person, enrolments: Sequence[Enrolment], evidence: Iterable[Evidence]
) -> facts.Person:
    """Return somebody as the engine sees them in a world; evidence goes by the key of its entry."""
    return learner_with(person, enrolments, (fact for row in evidence for fact in facts_of(row, world)))


def learner_with(
    person: Person, enrolments: Sequence[Enrolment], known: Iterable[facts.Fact]
) -> facts.Person:
    """Return somebody as the engine sees them, of whom the facts are read already."""
    return facts.Person(
        id=str(person.id),
        name=person.name,
        enrolments=tuple(_enrolment(one) for one in enrolments),
        facts=tuple(known),
    )


def _enrolment(enrolment: Enrolment) -> facts.Enrolment:
    return facts.Enrolment(
        program=enrolment.program_key,
        registered=enrolment.registered,
        suspended=tuple((pause.since, pause.until) for pause in enrolment.suspended),
        ended=enrolment.ended,
    )


def facts_of(row: Evidence, world: World) -> Iterator[facts.Fact]:
    """Read one row as the engine does: none, one, or two for a course that is also hours."""
    fact = row.fact
    common: dict[str, Any] = {
        "id": row.key,
        "on": fact.happened_on,
        "recorded": row.recorded,
        "status": facts.Status.VERIFIED if row.status is None else facts.Status(row.status.value),
    }
    subject = fact.subject or ""
    match fact.kind:
        case EvidenceKind.CREDENTIAL if fact.result != "fail" and _is_tested(fact, world):
            yield facts.Pass(**common, credential=subject, part=fact.part)
        case EvidenceKind.COMPETENCY if fact.result != "fail":
            yield facts.Rating(**common, competency=subject, value=fact.rating)
        case EvidenceKind.COURSE:
            yield facts.CourseResult(
                **common,
                course=subject,
                passed=_passed(fact, world),
                grade=fact.grade,
                college=fact.college,
                credits=fact.credits or 0,
            )
        case EvidenceKind.SCORE:
            yield facts.ScoreResult(**common, score=subject, value=fact.score or 0)
        case EvidenceKind.WAIVER:
            common[str(fact.waives)] = subject
            yield facts.Waiver(**common, until=fact.until)
        case EvidenceKind.REVOCATION:
            yield facts.Revocation(**common, revokes=entry_key(fact.revokes or 0))
    if fact.minutes is not None and (fact.kind is EvidenceKind.HOURS or _passed(fact, world)):
        yield facts.Hours(**common, minutes=fact.minutes, within=fact.work_process or RTI)


def _is_tested(fact: Fact, world: World) -> bool:
    """What other programs test may stand in a record and proves nothing here."""
    credential = world.credentials.get(str(fact.subject))
    return credential is not None and (fact.part is None or fact.part in credential.tests)


def _passed(fact: Fact, world: World) -> bool:
    """A course without a grade was passed; else its framework says which grades pass."""
    framework = world.frameworks.get(str(fact.subject).partition(":")[0])
    graded = fact.grade is None or framework is None or fact.grade in framework.grades
    return fact.result != "fail" and graded
