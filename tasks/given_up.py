"""Errands that were given up: what they were for, in words, and trying one again.

They are the installation's and belong to no organisation, so an administrator of any sees them, but nothing in them
that names a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from apprenticeship.audit.services import record
from apprenticeship.cohort import refreshing, runs
from apprenticeship.cohort.looks import services as looks
from apprenticeship.credit_rosters import services as credit_rosters
from apprenticeship.forecasts import keeping as forecasts
from apprenticeship.notices import services as notices
from apprenticeship.outbox import repo
from apprenticeship.outbox.model import GivenUp
from apprenticeship.policy import Action, Actor
from apprenticeship.proposals import asking
from apprenticeship.refusals import AlreadyDecided, Forbidden, Missing
from apprenticeship.roster import services as roster
from apprenticeship.store import transaction
from apprenticeship.training import services as training
from apprenticeship.views_people import organisations_for

MOST = 200
LARGEST = 2**63 - 1  # number of an errand
RETRY = "errand.retry"


@dataclass(frozen=True)
class Purpose:
    """What an errand is for.

    Attributes:
        words: in a few words.
        instead: what to do where trying again is of no use, because giving up has ended the matter.
    """

    words: str
    instead: str | None = None


PURPOSES: Mapping[str, Purpose] = {
    roster.TOPIC: Purpose(
        "Import some rows of a roster", "Import the file again; what came in stays as it is."
    ),
    runs.SPLIT: Purpose("Evaluate everybody in a program", "Nothing: the next refresh begins anew."),
    runs.RANGE: Purpose("Evaluate some people in a program", "Nothing: the next refresh begins anew."),
    refreshing.REFRESH: Purpose("Refresh the figures of everybody in a program"),
    looks.SPLIT: Purpose("Look at everybody in a program", "Ask for the look again."),
    looks.RANGE: Purpose("Look at some people in a program", "Ask for the look again."),
    asking.LOOK: Purpose("See whether wage steps are reached"),
    forecasts.KEEP: Purpose("Keep the forecast of a quarter"),
    credit_rosters.WORK: Purpose("Check what credit a college's learners have", "Ask for the check again."),
    training.WORK: Purpose("Work a training plan out", "Ask for the plan again."),
    runs.DROP: Purpose("Delete figures that were replaced"),
    notices.LETTER: Purpose("Send a letter with what is new"),
    notices.QUESTION: Purpose("Ask by letter whether an address is right"),
}
UNKNOWN = Purpose("Work of another release", "Nothing: this release does not know it.")


def purpose_of(errand: GivenUp) -> Purpose:
    return PURPOSES.get(errand.topic, UNKNOWN)


async def given_up(actor: Actor, *, now: datetime) -> tuple[GivenUp, ...]:
    """Return the latest errands that were given up.

    Raises:
        Forbidden: the actor administers nothing.
    """
    await _permit(actor, now)
    return await repo.given_up(MOST)


async def retry(actor: Actor, errand: int, *, attempts: int, now: datetime) -> GivenUp:
    """Let an errand that was given up be tried again, and return it as it was given up.

    `attempts` says how often it had been begun, as the actor saw it.

    Raises:
        Forbidden: the actor administers nothing.
        Missing: there is no such errand.
        AlreadyDecided: somebody has tried it again meanwhile, or trying is of no use.
    """
    await _permit(actor, now)
    async with transaction():
        known = await repo.given_up(1, errand=errand) if 0 < errand <= LARGEST else ()
        found = next(iter(known), None)
        if found is None:
            raise Missing("No such errand was given up.")
        instead = purpose_of(found).instead
        if instead is not None:
            raise AlreadyDecided(f"Trying this again is of no use, because it has been ended. {instead}")
        if found.attempts != attempts or not await repo.reopen(errand):
            raise AlreadyDecided("Somebody has let this be tried again already.")
        detail = {"topic": found.topic, "attempts": found.attempts}
        await record(actor, RETRY, "errand", errand, now=now, detail=detail)
    return found


async def _permit(actor: Actor, now: datetime) -> None:
    if not await organisations_for(actor, Action.MANAGE_PEOPLE, now=now):
        raise Forbidden("Errands that were given up are for administrators.")
