"""The smallest fix of a tiny world, by trying every set of things to do, the small ones first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from tests.oracle.book import Book, Tree, leaves, minutes_of
from tests.oracle.oracle import Oracle

Earned = tuple[str, str]  # kind, qualified key
HORIZON = timedelta(days=800)


@dataclass(frozen=True)
class Case:
    """A goal of one person in one program on one day."""

    documents: Sequence[Tree]
    record: Tree
    program: str
    as_of: date
    goal: Tree


def with_done(case: Case, earned: Sequence[Earned], hours: dict[str, int]) -> Case:
    """The same case with these earned, at the best rating, and these minutes logged, on the as-of date."""
    found: list[Tree] = []
    scale = {
        d["framework"]["id"]: d["framework"]["ratings"]["scale"] for d in case.documents if "framework" in d
    }
    for kind, key in earned:
        best = {"rating": scale[key.partition(":")[0]][-1]} if kind == "competency" else {}
        found.append({kind: key, **best})
    found += [{"hours": minutes / 60, "in": place} for place, minutes in hours.items()]
    head = {"on": case.as_of.isoformat(), "status": "verified"}
    entries = [{"id": f"zz-fix-{number}", **head, **entry} for number, entry in enumerate(found)]
    record = case.record["record"]
    longer = {**record, "evidence": [*(record.get("evidence") or ()), *entries]}
    return Case(case.documents, {"journeymark": 1, "record": longer}, case.program, case.as_of, case.goal)


def answers(case: Case) -> Oracle:
    return Oracle(case.documents, case.record, program=case.program, as_of=case.as_of)


def reaches(case: Case, earned: Sequence[Earned], hours: dict[str, int]) -> bool:
    """Whether these fix the goal, each one earned when its prerequisites hold, in some order."""
    left, done = list(earned), list[Earned]()
    while left:
        now = answers(with_done(case, done, hours)).now
        able = [item for item in left if now.prerequisites_hold(*item)]
        if not able:
            return False
        done += able
        left = [item for item in left if item not in able]
    return answers(with_done(case, done, hours)).holds_since(case.goal)[0]


def smallest_fix(case: Case, most: int) -> tuple[list[Earned], dict[str, int]] | None:
    """The first set that reaches the goal, by size, then by ids; None if no set of up to `most` does."""
    book = Book(case.documents)
    items = [(kind, key) for kind in ("competency", "credential") for key in book.items[kind]]
    items.sort(key=lambda item: f"{item[0]}:{item[1]}")
    amounts = useful_minutes(case, book)
    for size in range(most + 1):
        for places in range(min(size, len(amounts)) + 1):
            for earned in combinations(items, size - places):
                for hours in hour_choices(amounts, places):
                    if reaches(case, earned, hours):
                        return list(earned), hours
    return None


def hour_choices(amounts: dict[str, set[int]], places: int) -> Iterator[dict[str, int]]:
    for chosen in combinations(sorted(amounts), places):
        for minutes in product(*(sorted(amounts[place]) for place in chosen)):
            yield dict(zip(chosen, minutes, strict=True))


def useful_minutes(case: Case, book: Book) -> dict[str, set[int]]:
    """What is missing to any hours that a rule asks for, by the place where they could be logged."""
    now = answers(case).now
    found: dict[str, set[int]] = {}
    for leaf, program in hour_leaves(case, book):
        missing = minutes_of(leaf["hours"]) - now.minutes(leaf["in"], program)
        works = [key for key, work in book.items["work"].items() if work["home"] == program]
        for place in [leaf["in"], *(works if leaf["in"] == "ojl" else ())]:
            if missing > 0:
                found.setdefault(place, set()).add(missing)
    return found


def hour_leaves(case: Case, book: Book) -> Iterator[tuple[Tree, str]]:
    trees: list[tuple[Tree, str]] = [(book.qualified(case.goal, case.program), case.program)]
    trees += [(program["completion"], name) for name, program in book.programs.items()]
    for items in book.items.values():
        for item in items.values():
            clauses: list[Any] = [item.get(name) for name in ("prerequisites", "satisfied_by", "when")]
            home = item["home"] if item["home"] in book.programs else case.program
            trees += [(clause, home) for clause in clauses if clause]
    return ((leaf, home) for tree, home in trees for leaf in leaves(tree) if "hours" in leaf)


def first_day_of(case: Case, earned: Sequence[Earned], hours: dict[str, int]) -> date | None:
    """The first day within the horizon on which the goal holds, if only time passes after these."""
    done = with_done(case, earned, hours)
    until = Oracle(done.documents, done.record, program=case.program, as_of=case.as_of + HORIZON)
    goal = until.book.qualified(case.goal, case.program)
    for day, moment in zip(until.days, until.real.moments, strict=True):
        if day >= case.as_of and moment.holds(goal):
            return day
    return None
