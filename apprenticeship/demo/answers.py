"""What the rules propose in the demo, and what its people said about it this morning."""

from datetime import datetime, timedelta

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.demo import words
from apprenticeship.demo.apprentices import APPRENTICES
from apprenticeship.demo.cast import Cast
from apprenticeship.demo.places import BOSS_OF, EMPLOYER_OF
from apprenticeship.proposals.answering import appeal
from apprenticeship.proposals.looking import look_at
from apprenticeship.raises.model import Kind, Verdict
from apprenticeship.raises.services import decide
from apprenticeship.standing.services import standings_of

PROPOSED_BEFORE = timedelta(minutes=30)
DENIED_BEFORE = timedelta(minutes=20)
APPEALED_BEFORE = timedelta(minutes=10)


async def propose_and_answer(crew: Cast, now: datetime) -> None:
    """Look at everybody's steps, and let an employer deny one raise and the apprentice appeal, inside a transaction."""
    await look_at([crew.people[one.login] for one in APPRENTICES], now=now - PROPOSED_BEFORE)
    for story in APPRENTICES:
        if story.denied:
            boss = crew.people[BOSS_OF[EMPLOYER_OF[story.mentor]]]
            person = crew.people[story.login]
            moment = now - DENIED_BEFORE
            (standing,) = await standings_of([person], as_of=moment.date())
            if standing.reached_step is None or not standing.raise_reached:
                continue
            denied = await decide(
                await actor_of_person(boss),
                person,
                program=story.program,
                step=standing.reached_step.key,
                verdict=Verdict(kind=Kind.DENIED, reason=words.DENIED),
                now=moment,
            )
            await appeal(
                await actor_of_person(person),
                decision=denied.id,
                reason=words.APPEAL,
                now=now - APPEALED_BEFORE,
            )
