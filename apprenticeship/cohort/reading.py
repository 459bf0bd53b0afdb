"""Published versions as gates, compiled once; and what people come to under them."""

import asyncio
from dataclasses import dataclass
from datetime import date

from apprenticeship.cohort.layout import Layout, layout_of
from apprenticeship.cohort.results import Rows, results_of
from apprenticeship.snapshots.model import Kept, Versions
from apprenticeship.snapshots.seeing import seen_in
from apprenticeship.standing.worlds import sha256_of, world_of
from graph.gates.compiling import compile_gates
from graph.gates.program import GateProgram
from graph.world import World


@dataclass(frozen=True, eq=False)
class Reader:
    """One program under one set of published versions, ready to evaluate anybody."""

    gates: GateProgram
    layout: Layout
    sha256: str

    @property
    def world(self) -> World:
        """The standards as they are read."""
        return self.gates.world


# keyed by identifiers that never come to mean anything else, so nothing here grows stale
_readers: dict[tuple[str, Versions], Reader] = {}


async def reader_of(program: str, versions: Versions) -> Reader:
    """Return what evaluates people who are read with some published versions.

    Raises:
        LookupError: one of them was never published.
    """
    if (program, versions) not in _readers:
        world, sha256 = await world_of(versions), await sha256_of(versions)
        # off the event loop: gates take a moment to compile
        _readers[program, versions] = await asyncio.to_thread(reader_in, world, program, sha256)
    return _readers[program, versions]


def reader_in(world: World, program: str, sha256: str = "") -> Reader:
    """What evaluates people in a program of a world; KeyError where it has no such program."""
    gates = compile_gates(world, program)
    return Reader(gates, layout_of(gates), sha256)


def evaluated(reader: Reader, kept: Kept, as_of: date) -> Rows:
    """The results of people, in their order."""
    crowd = seen_in(reader.world, kept.crowd)
    return results_of(reader.gates, reader.layout, crowd, kept.people, as_of)
