"""What of a crew the matrix shows: the filters, as they stand in the address, and what they leave."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request

from apprenticeship.raises.glance import DAYS, Glance
from apprenticeship.texts import plain
from graph.evaluating import State
from web.pages import standings

LAPSING = "lapsing"
STATES: Mapping[str, tuple[str, Collection[State]]] = {
    "waiting": ("Waiting for sign-off", (State.PENDING,)),
    "ready": ("Ready, or part passed", (State.READY, State.IN_PROGRESS)),
    LAPSING: (f"Lapsing within {DAYS} days", ()),
    "lapsed": ("Lapsed or expired", (State.LAPSED, State.EXPIRED)),
}
LONGEST = 200

Node = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is asked for; empty means all of it.

    Attributes:
        framework: which standard the columns are of; empty for that of most people.
        program: the key of a program.
        mentor: whose apprentices, as text.
        within: a work process or an area: ``process:p:milling``, ``area:f:a1``.
        state: one of `STATES`.
        name: a part of the name.
        gaps: leave out what everybody can do, and who can do everything.
        everybody: all on one page, as for printing.
    """

    framework: str = ""
    program: str = ""
    mentor: str = ""
    within: str = ""
    state: str = ""
    name: str = ""
    gaps: bool = False
    everybody: bool = False

    @property
    def any(self) -> bool:
        """Whether anybody or anything may be left out."""
        return bool(
            self.program or self.mentor or self.within or self.state in STATES or self.name or self.gaps
        )

    @property
    def query(self) -> str:
        """Give what is asked for as it stands in an address, each part followed by an ampersand."""
        said = {name: value for name, value in vars(self).items() if value}
        return urlencode({name: "1" if value is True else value for name, value in said.items()} | {"": ""})[
            :-1
        ]


def filters_of(request: Request[Any, Any, Any]) -> Filters:
    """Read the filters from the address; what is not known there is let pass."""

    def text(name: str) -> str:
        return plain(request.query_params.get(name, "")[:LONGEST]).strip()

    return Filters(
        framework=text("framework"),
        program=text("program"),
        mentor=text("mentor"),
        within=text("within"),
        state=text("state"),
        name=text("name"),
        gaps=bool(text("gaps")),
        everybody=bool(text("everybody")),
    )


@dataclass(frozen=True)
class Narrowed:
    """What the filters leave.

    Attributes:
        crew: whom program, mentor and name leave: those whom the counts are about.
        shown: those of them who have a row.
        columns: the items that have a column.
    """

    crew: tuple[Glance, ...]
    shown: tuple[Glance, ...]
    columns: tuple[Node, ...]


def narrowed(
    members: Sequence[Glance], framework: str, asked: Filters, mentors: Mapping[UUID, Collection[str]]
) -> Narrowed:
    """Leave out of a crew what is not asked for.

    Args:
        members: everybody.
        framework: the standard of the columns.
        asked: the filters.
        mentors: for each apprentice those who mentor them, as text.
    """
    fitting = {id(one.world): framework in standings.frameworks_in(one.world) for one in members}
    crew = tuple(one for one in members if fitting[id(one.world)] and _is_asked(one, asked, mentors))
    crew = tuple(sorted(crew, key=lambda one: one.person.name))
    columns = tuple(node for node in _nodes(crew, framework) if _is_within(crew, node, asked.within))
    shown = crew
    if asked.state in STATES:
        hits = [(one, {node for node in columns if _has(one, node, asked.state)}) for one in crew]
        shown = tuple(one for one, found in hits if found)
        columns = tuple(node for node in columns if any(node in found for _, found in hits))
    if asked.gaps:
        shown = tuple(one for one in shown if not all(can_do(one, node) for node in columns))
        columns = tuple(node for node in columns if not all(can_do(one, node) for one in shown))
    return Narrowed(crew, shown, columns)


def _is_asked(one: Glance, asked: Filters, mentors: Mapping[UUID, Collection[str]]) -> bool:
    return (
        asked.program in ("", one.enrolment.program_key)
        and (not asked.mentor or asked.mentor in mentors.get(one.person.id, ()))
        and asked.name.casefold() in one.person.name.casefold()
    )


def _nodes(crew: Sequence[Glance], framework: str) -> tuple[Node, ...]:
    """Give the items of a framework as the first of the crew has them, then what only later versions have."""
    found: dict[Node, None] = {}
    for world in {id(one.world): one.world for one in crew}.values():
        for key, item in world.competencies.items():
            if item.framework.id == framework and item.kind != "area":
                found[("competency", key)] = None
        for key, credential in world.credentials.items():
            if credential.framework.id == framework:
                found[("credential", key)] = None
    return tuple(sorted(found, key=lambda node: node[0] == "credential"))


def _is_within(crew: Sequence[Glance], node: Node, within: str) -> bool:
    kind, _, key = within.partition(":")
    if kind == "process":
        return any(
            node[1] in process.competencies
            for program in {one.enrolment.program_key: one.program for one in crew}.values()
            for process in program.work_processes
            if process.key == key and node[0] == "competency"
        )
    if kind == "area":
        return node[0] == "competency" and any(
            node[1] in one.world.competencies and one.world.competencies[node[1]].part_of == key
            for one in crew
        )
    return True


def can_do(one: Glance, node: Node) -> bool:
    """Whether somebody has shown it and it has not run out; who was excused has not."""
    return one.states.get(node) in (State.MET, State.HELD)


def _has(one: Glance, node: Node, state: str) -> bool:
    if state == LAPSING:
        return node in one.lapsing
    return one.states.get(node) in STATES[state][1]
