"""The cheapest way to a goal: for oneself, or somebody whose standing one may see. The address holds the question."""

import asyncio
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, can
from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from graph.planning import Plan
from standards.wishing import WishError
from web import words
from web.access import Whose, asks
from web.forms import Form, asked_form
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of, own_standing, standing_for
from web.pages.plan_form import PlanForm, plan_asked, plan_form
from web.pages.plan_words import PlanShown, plan_found, plan_shown
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.READ_STANDING, Whose.OWN)
PERSON = asks(Action.READ_STANDING, Whose.LEARNER)


@get("/plan", opt=OWN)
async def show_plan(request: AnyRequest) -> Response[str]:
    """Show the visitor's cheapest way to a goal."""
    return await _answered(request, await own_standing(request), base="", here="/map")


@get("/apprentices/{apprentice_id:uuid}/plan", opt=PERSON)
async def show_person_plan(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Show one apprentice's cheapest way to a goal; raises only to those who may know wages."""
    standing = await standing_for(request, apprentice_id)
    here = "/crew" if "employer" in asking(request).roles else "/apprentices"
    return await _answered(request, standing, base=person_address(apprentice_id), here=here)


async def _answered(request: AnyRequest, standing: Standing, *, base: str, here: str) -> Response[str]:
    form = asked_form(request)
    learner = await learner_of(standing.person.id)
    wages = can(asking(request).actor, Action.READ_WAGES, learner, now_of(request)).allowed
    # searching and drawing take longer than others should wait for
    question, shown = await asyncio.to_thread(answered, standing, form, base, wages=wages)
    return page(
        request,
        "plan.html",
        status=422 if question.what else 200,
        question=question,
        shown=shown,
        whose=standing.person.name if base else "",
        address=f"{base}/plan",
        here=here,
    )


def answered(standing: Standing, form: Form, base: str, *, wages: bool) -> tuple[PlanForm, PlanShown | None]:
    """Answer what a form asks; nothing is shown where that cannot be read, or there is no goal."""
    shown, way, wrong = None, None, ("", "")
    try:
        asked = plan_asked(form, standing, wages=wages)
        if asked is not None:
            found, in_time = plan_found(standing, asked)
            shown = plan_shown(standing, asked, found, base, in_time=in_time)
            way = found if isinstance(found, Plan) else None
    except WishError as error:
        wrong = error.where, f"{error.word}: {words.sentence(str(error))}."
    except Invalid as refusal:
        wrong = refusal.where, str(refusal)
    return plan_form(standing, form, way, wrong, wages=wages), shown


HANDLERS = [show_plan, show_person_plan]
