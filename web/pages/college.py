"""What a college registrar comes for, and an apprentice who asks what college gives: credit, with reasons."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from apprenticeship.audit.looking import looks_at
from apprenticeship.credit.services import CollegeLearner, college_learners, credit_of
from apprenticeship.credit_decisions.services import own_requests
from apprenticeship.policy import Action
from web import words
from web.access import Whose, asks
from web.figures.credit import Stack, credit_figure
from web.pages import credit
from web.pages.asked import AnyRequest, now_of
from web.pages.credit import CollegeSection
from web.pages.looks import look_lines
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.READ_CREDIT, Whose.OWN)
LOOKING_UP = asks(Action.READ_CREDIT, Whose.THEIRS)
LEARNER = asks(Action.READ_CREDIT, Whose.LEARNER)
LOOKS = 10


@dataclass(frozen=True)
class LearnerLine:
    """One learner in the registrar's list."""

    name: str
    href: str
    why: str


@get("/credit", opt=OWN)
async def show_credit(request: AnyRequest) -> Response[str]:
    """Show what each college gives for what one has shown, what is near, and why not the rest."""
    actor = asking(request).actor
    found = await credit_of(actor, actor.person, now=now_of(request))
    shown = credit.sections(found)
    asked = await own_requests(actor, now=now_of(request))
    looks = (await looks_at(actor.person))[:LOOKS]
    return page(
        request,
        "credit.html",
        charts=True,
        figure=credit_figure(_stacks([one for one in shown if one.here] or list(shown))),
        here_colleges=[one for one in shown if one.here],
        elsewhere=[one for one in shown if not one.here and _gives(one)],
        nothing_yet=[one for one in shown if not one.here and not _gives(one)],
        waiting={one.agreement_key: one.id for one in asked if one.is_open},
        unreadable=found.unreadable,
        looks=await look_lines(looks),
    )


def _gives(college: CollegeSection) -> bool:
    return bool(college.credits or college.reach or college.undecided)


@get("/learners", opt=LOOKING_UP)
async def show_learners(request: AnyRequest, q: FromQuery[str] = "") -> Response[str]:
    """List the learners whose credit the registrar may look up, by name."""
    wanted = q[:100].strip()
    learners, more = await college_learners(asking(request).actor, now=now_of(request), search=wanted)
    return page(
        request,
        "learners.html",
        lines=[_line(learner) for learner in learners],
        more=more,
        wanted=wanted,
    )


def _line(learner: CollegeLearner) -> LearnerLine:
    said = ["on the roster"] if learner.on_roster else []
    if learner.by_consent:
        # the day named is the last one that counts, as on the learner's own page
        until = f" until {words.day(learner.until - timedelta(days=1))}" if learner.until else ""
        said.append(f"with consent{until}")
    href = f"/learners/{learner.person.id}/credit"
    return LearnerLine(learner.person.name, href, words.sentence(words.listed(said)))


@get("/learners/{learner_id:uuid}/credit", opt=LEARNER)
async def show_learner(request: AnyRequest, learner_id: FromPath[UUID]) -> Response[str]:
    """Show one learner's credit with reasons, evidence, limits, conditions and fees; the look is kept."""
    now = now_of(request)
    found = await credit_of(asking(request).actor, learner_id, now=now)
    shown = credit.sections(found)
    return page(
        request,
        "learner_credit.html",
        charts=True,
        name=found.person.name,
        learner=found.person.id,
        as_of=found.as_of,
        colleges=shown,
        figure=credit_figure(_stacks(list(shown))),
        unreadable=found.unreadable,
        here="/learners",
    )


def _stacks(shown: list[CollegeSection]) -> list[Stack]:
    return [
        Stack(
            one.college,
            one.program,
            one.unit,
            one.credits + one.granted,
            one.counted_here,
            one.reach,
            one.size,
        )
        for one in shown
        if one.size and one.in_force
    ]


HANDLERS = [show_credit, show_learners, show_learner]
