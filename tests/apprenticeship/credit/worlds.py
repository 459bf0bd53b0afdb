"""`make worlds`: the solver against the slow way on 5,000 random worlds; ends with 1 on any difference.

The same check as `test_against_brute_force`, whose few worlds are the same every time; here each run draws new ones.
`--worlds=N` says how many, `--seed=N` repeats a run. Half are worlds of every kind, half such where awards quarrel.
"""

import json
import sys
import traceback
from dataclasses import dataclass, field
from random import SystemRandom
from time import perf_counter

from hypothesis import Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from rich.console import Console

from tests.apprenticeship.credit.agreements import Request, requests
from tests.apprenticeship.credit.dense import quarrels
from tests.apprenticeship.credit.test_against_brute_force import check

WORLDS = 5_000
SHOWN = 3
KINDS: dict[str, SearchStrategy[Request]] = {
    "worlds of every kind": requests(),
    "worlds in which awards quarrel over evidence": quarrels(),
}


@dataclass
class Compared:
    """Different worlds by their text, and what went wrong on which; an error counts as a difference."""

    seen: set[str] = field(default_factory=set)
    differences: list[tuple[str, str]] = field(default_factory=list)

    def take(self, request_: Request) -> None:
        """Compare on one world, but on none twice."""
        world = written(request_)
        if world in self.seen:
            return
        self.seen.add(world)
        try:
            check(request_)
        except Exception:  # noqa: BLE001 - whatever happens on a world is told with the world
            self.differences.append((traceback.format_exc(), world))


def written(request_: Request) -> str:
    """A world with its agreement as one line of JSON."""
    world = request_.world
    whole = [*world.documents, world.record, request_.agreement, world.as_of.isoformat()]
    return json.dumps(whole, default=str)


def compare(kind: SearchStrategy[Request], worlds: int, start: int) -> Compared:
    """Compare on so many different worlds, drawn from a seed."""
    compared = Compared()
    while len(compared.seen) < worlds:

        @seed(start)
        @settings(
            settings.get_profile("deep"),
            max_examples=worlds - len(compared.seen),
            database=None,
            phases=(Phase.generate,),
        )
        @given(kind)
        def drawn(request_: Request) -> None:
            compared.take(request_)

        drawn()
        start += 1
    return compared


def main(arguments: list[str]) -> int:
    """Compare, and say how many worlds and differences there are, with the first few of them."""
    said = {name: int(number) for name, _, number in (word.partition("=") for word in arguments)}
    worlds = said.get("--worlds", WORLDS)
    start = said.get("--seed", SystemRandom().randrange(10**9))
    out = Console(markup=False, highlight=False, soft_wrap=True)
    out.print(f"The solver against the slow way on {worlds:,} random worlds, --seed={start}")
    began = perf_counter()
    shares = (worlds - worlds // 2, worlds // 2)
    differing = sum(_compared(out, name, share, start) for name, share in zip(KINDS, shares, strict=True))
    out.print(f"{worlds:,} worlds, {differing:,} differences, {perf_counter() - began:,.0f} s")
    return 1 if differing else 0


def _compared(out: Console, kind: str, worlds: int, start: int) -> int:
    compared = compare(KINDS[kind], worlds, start)
    out.print(f"{kind}: {len(compared.seen):,} different ones, {len(compared.differences):,} differences")
    for what, world in compared.differences[:SHOWN]:
        out.print(what, world, sep="\n", end="\n\n")
    return len(compared.differences)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
