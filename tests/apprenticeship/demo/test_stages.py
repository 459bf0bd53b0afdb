"""Every stage of an apprenticeship occurs in the demo, worked out by the engine from what was stored."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from apprenticeship.demo.apprentices import APPRENTICES
from apprenticeship.evidence.model import EvidenceKind, Status
from apprenticeship.standing.model import Standing
from apprenticeship.standing.progress import progress_over_time
from graph.evaluating import State
from graph.fixing import Fix
from tests.apprenticeship.demo.conftest import NOW

pytestmark = pytest.mark.stack

TODAY = NOW.date()


def states(standing: Standing) -> set[State]:
    competencies = {answer.state for answer in standing.evaluation.competencies.values()}
    return competencies | {answer.state for answer in standing.evaluation.credentials.values()}


def kinds(standing: Standing) -> set[EvidenceKind]:
    return {row.fact.kind for row in standing.evidence}


def statuses(standing: Standing) -> set[Status | None]:
    return {row.status for row in standing.evidence}


def is_just_registered(standing: Standing) -> bool:
    is_new = TODAY - standing.enrolment.registered < timedelta(days=8)
    return is_new and not states(standing) & {State.MET, State.HELD, State.PENDING}


def is_out_of_order(standing: Standing) -> bool:
    return any(answer.out_of_order for answer in standing.evaluation.competencies.values())


def lacks_one_thing_for_a_raise(standing: Standing) -> bool:
    wage = standing.evaluation.wage
    if wage is None or wage.next is None or standing.raise_due or wage.progress < 0.5:
        return False
    fix = standing.fix(f"step:{wage.next}")
    return isinstance(fix, Fix) and len(fix.actions) == 1


def lost_a_credential(standing: Standing) -> bool:
    return EvidenceKind.REVOCATION in kinds(standing) and any(
        answer.state is not State.HELD
        for key, answer in standing.evaluation.credentials.items()
        if key == "nims-machining-1:drl1"
    )


def is_suspended_now(standing: Standing) -> bool:
    return any(pause.covers(TODAY) for pause in standing.enrolment.suspended)


def was_suspended(standing: Standing) -> bool:
    return any(pause.until is not None and pause.until <= TODAY for pause in standing.enrolment.suspended)


def works_by_the_hour(standing: Standing) -> bool:
    processes = {row.fact.work_process for row in standing.evidence if row.fact.kind is EvidenceKind.HOURS}
    return standing.enrolment.program_key == "cnc-machinist-hybrid" and len(processes) >= 5


def has_credits_and_grades(standing: Standing) -> bool:
    return any(
        row.fact.kind is EvidenceKind.COURSE and row.fact.credits and row.fact.grade and row.fact.college
        for row in standing.evidence
    )


STAGES: dict[str, tuple[Callable[[Standing], bool], int]] = {
    "just registered": (is_just_registered, 3),
    "out of order": (is_out_of_order, 2),
    "pending": (lambda one: State.PENDING in states(one), 10),
    "in progress": (lambda one: State.IN_PROGRESS in states(one), 5),
    "ready and locked": (lambda one: {State.READY, State.LOCKED} <= states(one), 20),
    "expired": (lambda one: State.EXPIRED in states(one), 1),
    "waived": (lambda one: State.WAIVED in states(one), 1),
    "revoked": (lost_a_credential, 1),
    "sent back": (lambda one: Status.REJECTED in statuses(one), 3),
    "one thing short of a raise": (lacks_one_thing_for_a_raise, 4),
    "raise to decide": (lambda one: one.raise_due, 6),
    "raises decided": (lambda one: len(one.awarded) > 0 and not one.raise_due, 15),
    "complete": (lambda one: one.evaluation.complete, 4),
    "suspended": (is_suspended_now, 1),
    "suspended once": (was_suspended, 1),
    "left": (lambda one: one.enrolment.ended is not None, 1),
    "hours in work processes": (works_by_the_hour, 8),
    "courses with credits and grades": (has_credits_and_grades, 25),
    "scores": (lambda one: EvidenceKind.SCORE in kinds(one), 3),
}


def test_forty_people_are_enrolled_in_three_programs(standings: dict[str, Standing]) -> None:
    assert len(standings) == len(APPRENTICES) == 40
    programs = [one.enrolment.program_key for one in standings.values()]
    assert {program: programs.count(program) >= 10 for program in set(programs)} == {
        "machinist": True,
        "cnc-machinist-hybrid": True,
        "cnc-operator-turning": True,
    }


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_occurs(stage: str, standings: dict[str, Standing]) -> None:
    is_there, least = STAGES[stage]
    found = [login for login, standing in standings.items() if is_there(standing)]
    assert len(found) >= least, found


def test_the_story_of_a_raise_to_decide_is_the_one_that_happens(standings: dict[str, Standing]) -> None:
    due = {login for login, standing in standings.items() if standing.raise_due}
    assert {one.login for one in APPRENTICES if one.due} <= due


def test_a_technician_certificate_is_over_and_another_is_nearly(standings: dict[str, Standing]) -> None:
    over = standings["gus"].evaluation.credentials["mssc:cpt"]
    nearly = standings["noor"].evaluation.credentials["mssc:cpt"]
    assert over.state is State.EXPIRED
    assert nearly.state is State.HELD
    assert nearly.expires is not None
    assert timedelta() < nearly.expires - TODAY < timedelta(days=100)


def test_what_was_given_stays_when_a_credential_is_withdrawn(standings: dict[str, Standing]) -> None:
    standing = standings["dmitri"]
    assert standing.awarded_step is not None
    assert {row.fact.kind for row in standing.evidence} >= {EvidenceKind.REVOCATION}


def test_progress_over_time_is_a_curve(standings: dict[str, Standing]) -> None:
    for login in ("fatima", "ivan", "hana", "kofi"):
        points = [point.done for point in progress_over_time(standings[login])]
        assert points == sorted(points)
        assert len(set(points)) >= 12
        assert points[0] < 0.1
        assert points[-1] > 0.7
