"""What if, of a crew: train people, certify more, hire, pay otherwise; beside how things are. Nothing is kept."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

from apprenticeship.forecasts.differing import Crew, CrewDifference, difference
from apprenticeship.forecasts.making import Group
from apprenticeship.forecasts.questions import CrewQuestion, check_question
from apprenticeship.forecasts.services import groups_of
from apprenticeship.people.services import visible_learners
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import Invalid
from graph.world import World
from standards.problems import DocumentError
from standards.reading import Document, read_text
from standards.storage import repo as standards
from standards.wage_texts import compiled, wages_text, with_rate, with_wages

SHOWN_PROBLEMS = 5


async def crews_of(actor: Actor, *, as_of: date, now: datetime) -> tuple[Crew, ...]:
    """Return those whose wages the actor may know, by program; the program of most people first."""
    listed = [one.id for one in await visible_learners(actor, Action.READ_WAGES, now=now)]
    by_program: dict[str, list[Group]] = {}
    for group in await groups_of(listed, frozenset(listed), as_of):
        by_program.setdefault(group.gates.focus or "", []).append(group)
    crews = [Crew(program, tuple(groups)) for program, groups in by_program.items()]
    return tuple(sorted(crews, key=lambda one: (-len(one.people()), one.program)))


async def wages_of(crew: Crew) -> str:
    """Return the wage schedule of most people of a program, as a text."""
    return wages_text(_program(await _documents(crew.largest), crew.program))


async def crew_what_if(crew: Crew, asked: CrewQuestion, *, as_of: date) -> CrewDifference:
    """Answer a question about the people of a program.

    Raises:
        Missing: somebody named is not among them.
        Invalid: something asked cannot be; it says where, what and what would be right.
    """
    check_question(asked, crew.people(), crew.world, as_of)
    worlds = [await _world(group, crew.program, asked) for group in crew.groups]
    return await asyncio.to_thread(difference, crew, asked, worlds, as_of)


async def _documents(group: Group) -> list[Document]:
    published = await standards.by_ids(list(group.versions))
    return [one for each in published for one in read_text(f"{each.key}.json", each.canonical)]


def _program(documents: Sequence[Document], key: str) -> Document:
    return next(one for one in documents if one.kind == "program" and one.model.id == key)


async def _world(group: Group, program: str, asked: CrewQuestion) -> World | None:
    """The standards of a group with the wages asked about; None where nothing is asked of them."""
    if asked.rate is None and not asked.wages.strip():
        return None
    documents = await _documents(group)
    own = _program(documents, program)
    where = "wages" if asked.wages.strip() else "rate"
    try:
        if asked.wages.strip():
            own = with_wages(own, asked.wages)
        if asked.rate is not None:
            own = with_rate(own, asked.rate[0], asked.rate[1].isoformat())
        return await asyncio.to_thread(compiled, documents, own)
    except DocumentError as error:
        said = "; ".join(_said(one.path, one.what, one.right) for one in error.problems[:SHOWN_PROBLEMS])
        raise Invalid(said, where=where) from error


def _said(path: str, what: str, right: str) -> str:
    place = path.removeprefix("program.")
    return f"{place}: {what}; {right}" if place else f"{what}; {right}"
