"""An employer's planning at a glance: whose raise comes soon, who is stuck on one thing, what would move most."""

from typing import Annotated, Any, Literal

from litestar import get
from litestar.params import QueryParameter

from apprenticeship.policy import Action
from apprenticeship.raises.glance import DAYS, Glance
from apprenticeship.raises.moving import Moves, what_moves_most
from apprenticeship.raises.outlook import Held, Near, outlook
from graph.bottleneck import Best
from standards.answers import Labels, action_answer
from standards.naming import bare
from web.access import Whose, asks
from web.api.models import outlook as models
from web.api.models.people import Named
from web.api.operations import AnyRequest, refusals
from web.api.raises import RAISES
from web.pages.asked import now_of
from web.visitors import asking

CREW = asks(Action.READ_CREW, Whose.ORGANISATION)
By = Annotated[
    Literal["person", "session"],
    QueryParameter(
        description="What counts as one: a sign-off of one person, or a session of one item for everybody."
    ),
]


@get("/raises/outlook", opt=CREW, operation_id="readOutlook", tags=RAISES, responses=refusals())
async def read_outlook(request: AnyRequest) -> models.Outlook:
    """Show whose raise comes by itself within 90 days and how, and who is stuck on one thing."""
    now = now_of(request)
    found = await outlook(asking(request).actor, as_of=now.date(), now=now)
    return models.Outlook(
        as_of=now.date().isoformat(),
        days=DAYS,
        due=[_named(one) for one in found.due],
        near=[_near(one) for one in found.near],
        stuck=[_stuck(one) for one in found.stuck],
    )


def _named(standing: Glance) -> Named:
    return Named(id=standing.person.id, name=standing.person.name)


def _to_step(standing: Glance) -> dict[str, Any]:
    wage = standing.wage
    return {
        "learner": _named(standing),
        "program": standing.enrolment.program_key,
        "step": "" if wage is None or wage.next is None else bare(wage.next),
    }


def _near(near: Near) -> models.NearRaise:
    return models.NearRaise(**_to_step(near.who), on=near.coming.on.isoformat(), by=near.coming.how.value)


def _stuck(held: Held) -> models.Stuck:
    people = []
    for one in held.people:
        labels = Labels(one.who.world)
        people.append(
            models.OneAway.model_validate(
                {
                    **_to_step(one.who),
                    "action": action_answer(one.action, labels),
                    "others": [action_answer(other, labels) for other in one.others],
                    "handed_in": one.handed_in,
                }
            )
        )
    return models.Stuck(thing=held.thing, people=people)


@get("/raises/bottleneck", opt=CREW, operation_id="findBottleneck", tags=RAISES, responses=refusals())
async def find_bottleneck(request: AnyRequest, by: By = "person") -> models.Bottleneck:
    """Find the few sign-offs that would bring the most raises and completions, for one and up to ten of them.

    Of all choices the one that brings most; then the fewest sign-offs; then the first by name.
    """
    now = now_of(request)
    moves = await what_moves_most(asking(request).actor, sessions=by == "session", as_of=now.date(), now=now)
    return models.Bottleneck(
        as_of=now.date().isoformat(), by=by, best=[_best(moves, best) for best in moves.best]
    )


def _best(moves: Moves, best: Best) -> models.BestSignOffs:
    return models.BestSignOffs(
        most=best.most,
        signoffs=[
            models.SignOffAsked(
                learner=None if one.person < 0 else _named(moves.people[one.person]), item=one.item
            )
            for one in best.signoffs
        ],
        brings=[
            models.StepBrought.model_validate({"learner": _named(moves.people[one.person]), "what": one.aim})
            for one in best.steps
        ],
        proven=best.proven,
        bound=best.bound,
    )


HANDLERS: list[Any] = [read_outlook, find_bottleneck]
