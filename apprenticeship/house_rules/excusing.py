"""Appeals against late logs: an apprentice asks, the sponsor excuses or refuses; each is a row with its reason."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.house_rules import repo
from apprenticeship.house_rules.bounds import House
from apprenticeship.house_rules.excuses import ExcuseWord, Said, excused_months, open_asks
from apprenticeship.house_rules.houses import house_of
from apprenticeship.house_rules.wording import said_month
from apprenticeship.people.model import Role
from apprenticeship.people.repo import lock_people
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction
from apprenticeship.texts import check_text

LONGEST_REASON = 4_000


async def ask_excuse(
    actor: Actor, person: UUID, *, program: str, month: date, reason: str, now: datetime
) -> ExcuseWord:
    """Ask the sponsor to let a late log of one's own pass.

    Raises:
        Missing: the actor is somebody else, or not registered in the program.
        Invalid: the log of the month is not late, or there is no reason.
        AlreadyDecided: it was asked already, or is excused.
    """
    return await _say(actor, person, program, (month, Said.ASKED, reason), now=now)


async def judge_excuse(
    actor: Actor, person: UUID, *, program: str, month: date, excused: bool, reason: str, now: datetime
) -> ExcuseWord:
    """Let a late log pass, asked or not, or refuse to. What was decided about raises before stays decided.

    Raises:
        Missing: there is no such person or enrolment, or the actor does not speak for its sponsor.
        Invalid: the log of the month is not late, nothing was asked that could be refused, or there is no reason.
        AlreadyDecided: the same was said before.
    """
    kind = Said.EXCUSED if excused else Said.REFUSED
    return await _say(actor, person, program, (month, kind, reason), now=now)


async def _say(
    actor: Actor, person: UUID, program: str, said: tuple[date, Said, str], *, now: datetime
) -> ExcuseWord:
    """Keep what is said: the month, which of the three words it is, and why."""
    month, kind, reason = said
    action = Action.APPEAL_LATE_LOG if kind is Said.ASKED else Action.EXCUSE_LATE_LOG
    _check_reason(reason)
    async with transaction():
        permit(actor, action, await learner_of(person), now)
        await lock_people([person])
        enrolment = await _enrolment(person, program, now.date())
        if kind is not Said.ASKED and enrolment.sponsor not in actor.organisations(Role.EMPLOYER, now.date()):
            raise Missing("This person is not enrolled in this program by you.")
        house = await house_of(enrolment, today=now.date())
        _check_word(house, month.replace(day=1), kind, now.date())
        word = ExcuseWord(
            id=0,
            enrolment=enrolment.id,
            month=month.replace(day=1),
            kind=kind,
            said_at=max([now, *(one.said_at for one in house.said)]),
            said_by=actor.person,
            reason=reason.strip(),
        )
        word = replace(word, id=await repo.add_word(word))
        detail = {"word": word.id, "month": word.month, "kind": word.kind}
        await record(actor, action, "enrolment", enrolment.id, now=now, detail=detail)
    return word


async def _enrolment(person: UUID, program: str, today: date) -> Enrolment:
    """Return the registration in a program that a person is in on a day: the last one begun."""
    of_program = [one for one in await enrolments.of_people([person]) if one.program_key == program]
    begun = [one for one in of_program if one.registered <= today]
    if not begun:
        raise Missing("This person is not enrolled in this program.")
    return max(begun, key=lambda one: one.registered)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("Say why; the other side reads it.", where="reason")
    check_text(reason, longest=LONGEST_REASON, where="reason")


def _check_word(house: House, month: date, kind: Said, today: date) -> None:
    """Go on only with a word that the late log of a month still waits for."""
    excused = month in excused_months(house.said)
    report = next((one for one in house.reports if one.month == month), None)
    if report is None or not replace(report, excused=False).days_late(today):
        raise Invalid(f"The log of {said_month(month)} is not late by the house rules.", where="month")
    asked = month in {word.month for word in open_asks(house.said)}
    if kind is Said.REFUSED and not (asked or excused):
        raise Invalid(f"Nobody asked to excuse the log of {said_month(month)}.", where="month")
    if kind is not Said.REFUSED and excused:
        raise AlreadyDecided(f"The log of {said_month(month)} is excused already.")
    if kind is Said.ASKED and asked:
        raise AlreadyDecided(f"You asked already to excuse the log of {said_month(month)}.")
