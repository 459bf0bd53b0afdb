"""Saving questions about a crew: one's own, asked anew when opened, and thrown away when one likes."""

from datetime import datetime
from uuid import UUID, uuid4

from apprenticeship.policy import Actor
from apprenticeship.refusals import Invalid, Missing
from apprenticeship.scenarios import repo
from apprenticeship.scenarios.model import Scenario
from apprenticeship.texts import check_text

LONGEST_NAME = 200
LONGEST_QUESTION = 20_000
MOST = 100


async def save(actor: Actor, *, name: str, question: str, now: datetime) -> Scenario:
    """Keep a question under a name.

    Raises:
        Invalid: the name is missing or too long, or so many are saved already.
    """
    if not name.strip():
        raise Invalid("Give it a name to find it by.", where="name")
    check_text(name, longest=LONGEST_NAME, where="name")
    check_text(question, longest=LONGEST_QUESTION, where="name")
    if len(await repo.of(actor.person)) >= MOST:
        raise Invalid(f"{MOST} are saved; throw one away first.", where="name")
    scenario = Scenario(id=uuid4(), name=name.strip(), question=question, saved_at=now)
    await repo.add(scenario, actor.person)
    return scenario


async def saved(actor: Actor) -> tuple[Scenario, ...]:
    """Return what the actor saved, the latest first."""
    return await repo.of(actor.person)


async def throw_away(actor: Actor, scenario: UUID) -> None:
    """Forget a question.

    Raises:
        Missing: the actor saved no such question.
    """
    if not await repo.drop(scenario, actor.person):
        raise Missing("You saved no such question.")
