"""Degrees as a stack that fills up, and what would be worth earning: one's own, and for the registrar a learner's."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from apprenticeship.credit.worth import Worthwhile
from apprenticeship.degrees.model import DegreeAnswer, GroupAnswer, OneThing, Thing, Why
from apprenticeship.degrees.services import LearnerDegrees, degrees_of, worth_of
from apprenticeship.policy import Action
from graph.actions import Earn, EarnHours
from graph.planning import PlanStep
from graph.pricing import Minimise
from graph.world import World
from web import words
from web.access import Whose, asks
from web.figures.degrees import degrees_figure
from web.figures.figure import Figure
from web.pages.asked import AnyRequest, now_of
from web.pages.credit_words import missing_words
from web.rendering import page
from web.rules import requirement_words, within_words
from web.visitors import asking

OWN = asks(Action.READ_CREDIT, Whose.OWN)
LEARNER = asks(Action.READ_CREDIT, Whose.LEARNER)
WHY = {
    Why.NOT_ASKED: "this degree does not ask for it",
    Why.NO_ROOM: "its groups are full without it",
    Why.COUNTED_ALREADY: "the same course counts already",
}
MOST_SHOWN = 8


@dataclass(frozen=True)
class GroupShown:
    """One group in words."""

    title: str
    filled: int
    credits: int
    counted: tuple[str, ...]
    open: str


@dataclass(frozen=True)
class DegreeShown:
    """One degree in words; `missing` is empty where nothing is."""

    id: str
    title: str
    level: str
    answer: DegreeAnswer
    groups: tuple[GroupShown, ...]
    missing: tuple[str, ...]
    one_thing: str
    spare: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class CollegeShown:
    """The degrees of one college, the highest first, as they stand on each other."""

    college: str
    agreement: str
    here: bool
    sample: bool
    figure: Figure
    degrees: tuple[DegreeShown, ...]


@dataclass(frozen=True)
class WorthShown:
    """One thing worth earning."""

    name: str
    credits: int
    takes: str
    first: str
    assumed: bool


@get("/credit/degrees", opt=OWN)
async def show_degrees(request: AnyRequest) -> Response[str]:
    """Show one's degrees, each filling up."""
    actor = asking(request).actor
    found = await degrees_of(actor, actor.person, now=now_of(request))
    return _page(request, found, "/credit", "")


@get("/learners/{learner_id:uuid}/credit/degrees", opt=LEARNER)
async def show_learner_degrees(request: AnyRequest, learner_id: FromPath[UUID]) -> Response[str]:
    """Show a learner's degrees at the registrar's college; the look is kept."""
    found = await degrees_of(asking(request).actor, learner_id, now=now_of(request))
    return _page(request, found, f"/learners/{learner_id}/credit", found.credit.person.name)


@get("/credit/worth/{agreement_id:str}", opt=OWN)
async def show_worth(
    request: AnyRequest, agreement_id: FromPath[str], by: FromQuery[str] = "hours"
) -> Response[str]:
    """Show what would be worth earning for one agreement, by hours or dollars."""
    actor = asking(request).actor
    measure = Minimise.USD if by == "usd" else Minimise.HOURS
    credit, worth = await worth_of(actor, actor.person, agreement_id, by=measure, now=now_of(request))
    college = next(one.answer for one in credit.colleges if one.standard.key == agreement_id)
    world = credit.world
    return page(
        request,
        "worth.html",
        college=college,
        by=measure.value,
        things=[_worth(world, one) for one in worth.things],
        pairs=[_worth(world, one) for one in worth.pairs[:MOST_SHOWN]],
        more_pairs=max(0, len(worth.pairs) - MOST_SHOWN),
        nothing=words.listed([requirement_words(world, one) for one in worth.nothing]),
        untried=worth.pairs_left_out,
        here="/credit",
    )


def _page(request: AnyRequest, found: LearnerDegrees, base: str, name: str) -> Response[str]:
    return page(
        request,
        "degrees.html",
        charts=True,
        colleges=_colleges(found),
        unreadable=found.unreadable,
        name=name,
        base=base,
        here="/learners" if name else "/credit",
    )


def _colleges(found: LearnerDegrees) -> list[CollegeShown]:
    """Those of this database first."""
    world = found.credit.world
    shown = []
    for college, those in groupby(found.degrees, key=lambda one: one.plan.head.college):
        answers = list(those)
        shown.append(
            CollegeShown(
                college=college,
                agreement=next((one.plan.head.agreement for one in answers if one.plan.head.agreement), ""),
                here=any(one.plan.head.id in found.here for one in answers),
                sample=any(one.plan.head.sample for one in answers),
                figure=degrees_figure(answers),
                degrees=tuple(_degree(world, one, answers) for one in reversed(answers)),
            )
        )
    return sorted(shown, key=lambda one: (not one.here, one.college))


def _degree(world: World, answer: DegreeAnswer, answers: Sequence[DegreeAnswer]) -> DegreeShown:
    head = answer.plan.head
    titles = {one.plan.head.id: one.plan.head.title for one in answers}
    return DegreeShown(
        id=head.id,
        title=head.title,
        level=words.sentence(head.level.replace("_", " ")),
        answer=answer,
        groups=tuple(_group(one, titles, head.id) for one in answer.groups),
        missing=tuple(_missing(world, answer)),
        one_thing=_one_thing(world, answer.one_thing),
        spare=tuple(f"{one.source.title}: {WHY[one.why]}" for one in answer.spare),
        note=head.note or "",
    )


def _group(one: GroupAnswer, titles: dict[str, str], own: str) -> GroupShown:
    degree = one.group.key.rpartition(":")[0]
    title = one.group.title if degree == own else f"{one.group.title} ({titles.get(degree, degree)})"
    counted = tuple(
        f"{part.source.title}, {words.credit_hours(part.credits)}"
        f"{'' if part.source.here else ', for prior learning'}"
        for part in one.counted
    )
    still = [f"{course.course} {course.title or ''}".strip() for course in one.open] if one.remaining else []
    if one.group.free and one.remaining:
        still.append("any credits of the college")
    return GroupShown(title, one.filled, one.group.credits, counted, words.listed(still, "or"))


def _missing(world: World, answer: DegreeAnswer) -> list[str]:
    said = [f"{words.credit_hours(answer.remaining)} credits"] if answer.remaining else []
    if answer.here_short:
        said.append(f"{words.credit_hours(answer.here_short)} credits to be earned at the college itself")
    for one in answer.required:
        said += [missing_words(world, missing) for missing in one.missing]
    return said


def _one_thing(world: World, one: OneThing | None) -> str:
    if one is None:
        return ""
    if one.thing is Thing.REQUIRED and one.missing is not None:
        return missing_words(world, one.missing)
    if one.course is not None:
        return f"{one.course.course} {one.course.title or ''}".strip()
    return f"{words.credit_hours(one.credits)} credits earned at the college"


def _worth(world: World, one: Worthwhile) -> WorthShown:
    names = words.listed([requirement_words(world, thing) for thing in one.things])
    own = {thing.key for thing in one.things}
    first = [_step(world, step) for step in one.steps if getattr(step.action, "key", None) not in own]
    takes = f"{words.hours(one.minutes)} hours, {words.money(one.cents)}"
    return WorthShown(names, one.credits, takes, words.listed(first), one.assumed)


def _step(world: World, step: PlanStep) -> str:
    match step.action:
        case EarnHours():
            return f"{words.hours(step.action.minutes)} hours {within_words(world, step.action.within)}"
        case Earn(kind="credential"):
            return world.credentials[step.action.key].title
        case Earn(kind="competency"):
            return world.competencies[step.action.key].title
        case Earn(kind="course"):
            return world.courses[step.action.key]
        case Earn():
            return world.scores[step.action.key]
        case _:
            return "waiting"


HANDLERS = [show_degrees, show_learner_degrees, show_worth]
