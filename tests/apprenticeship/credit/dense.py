"""Random small worlds in which much is earned and awards quarrel over the same evidence."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.apprenticeship.credit.agreements import Request, limits_of
from tests.oracle.dice import Dice
from tests.oracle.rules import tree
from tests.oracle.worlds import RandomWorld

Tree = dict[str, Any]
AS_OF = date(2026, 6, 30)


@st.composite
def quarrels(draw: st.DrawFn, pieces: int = 7) -> Request:
    dice = Dice(draw)
    world = RandomWorld([framework(dice), program()], record(dice, pieces), AS_OF)
    awards = [award(dice, number) for number in range(dice.number(2, 6))]
    return Request(world, {"journeymark": 1, "agreement": head(dice, awards), "awards": awards})


def framework(dice: Dice) -> Tree:
    """Five credentials, of which two may share a theory test and one may be composed, and two competencies."""
    parts = {"parts": ["performance", "theory"]}
    credentials: list[Tree] = [{"id": f"m{n}", "title": f"Credential {n}", "level": 1} for n in range(5)]
    if dice.chance(1, 2):
        credentials[0] |= {**parts, "shares": {"theory": "m1"}}
        credentials[1] |= parts
    if dice.chance(1, 2):
        credentials[4]["composed_of"] = tree(dice, lambda: {"credential": f"m{dice.number(0, 3)}"}, 1)
    if dice.chance(1, 2):
        credentials[dice.number(0, 4)]["valid_for"] = {"years": dice.number(1, 3)}
    if dice.chance(1, 2):
        credentials[3]["prerequisites"] = {"credential": "m2"}
    proof = {"satisfied_by": {"any": [{"credential": "m0"}, {"credential": "m3"}]}}
    return {
        "journeymark": 1,
        "framework": {
            "id": "f",
            "title": "Framework",
            "version": "1",
            "issuer": "A made-up issuer",
            "source": "Made up",
            "effective": {"from": "2001-01-01"},
            "gate": dice.pick(["enforce", "advise"]),
        },
        "competencies": [
            {"id": "c0", "title": "Layout", "kind": "duty", **(proof if dice.chance(1, 2) else {})},
            {"id": "c1", "title": "Benchwork", "kind": "duty", "prerequisites": {"competency": "c0"}},
        ],
        "credentials": credentials,
        "courses": [{"id": "k0", "title": "Theory", "hours": 48}],
    }


def program() -> Tree:
    work = {"id": "milling", "title": "Milling", "hours": {"min": 100, "max": 300}, "competencies": []}
    return {
        "journeymark": 1,
        "program": {
            "id": "p",
            "title": "Program",
            "uses": ["f"],
            "approach": "hybrid",
            "work_processes": [work],
            "related_instruction": {"hours": 144},
            "term": {"months": 12},
        },
    }


def record(dice: Dice, pieces: int) -> Tree:
    entries: list[Tree] = []
    for number in range(dice.number(pieces - 2, pieces)):
        day = AS_OF - timedelta(days=dice.pick([30, 400, 800, 1200, 365, 731]))
        head_ = {"id": f"e{number}", "on": day.isoformat(), "status": "verified"}
        way = dice.number(0, 9)
        if way < 6:
            name = f"m{dice.number(0, 4)}"
            entries.append({**head_, "credential": name})
        elif way < 8:
            entries.append(
                {**head_, "hours": dice.pick([100, 150, 200, 250]), "in": dice.pick(["milling", "ojl"])}
            )
        elif way == 8:
            entries.append({**head_, "competency": f"c{dice.number(0, 1)}"})
        else:
            entries.append({**head_, "course": "k0", "college": "lakeside", "credits": 3, "grade": "B"})
    return {
        "journeymark": 1,
        "record": {
            "person": {"id": "a", "name": "Ada Tran"},
            "enrolments": [{"program": "p", "registered": "2020-01-06", "suspended": [], "ended": None}],
            "evidence": entries,
        },
    }


def award(dice: Dice, number: int) -> Tree:
    def leaf() -> Tree:
        way = dice.number(0, 9)
        if way < 6:
            found: Tree = {"credential": f"f:m{dice.number(0, 4)}"}
            return {**found, "current": True} if dice.chance(1, 5) else found
        if way < 8:
            return {"hours": dice.pick([100, 250, 300]), "in": dice.pick(["ojl", "p:milling"])}
        return dice.pick(
            [{"competency": "f:c0"}, {"credentials": 2}, {"competency": "f:c1"}, {"course": "f:k0"}]
        )

    found: Tree = {
        "id": f"a{number}",
        "course": f"MFG {number}",
        "title": f"Course {number}",
        "credits": dice.pick([3, 2, 4, 1.5]),
        "when": tree(dice, leaf, 1),
    }
    if dice.chance(1, 3):
        found["group"] = "technical"
    if dice.chance(1, 5):
        found["one_of"] = "x"
    if dice.chance(1, 8):
        found["request_within"] = {"years": dice.number(1, 3)}
    if dice.chance(1, 10):
        found["earned_here_first"] = 3
    return found


def head(dice: Dice, awards: list[Tree]) -> Tree:
    names = [award_["id"] for award_ in awards]
    pairs = [[dice.pick(names), dice.pick(names)] for _ in range(2)]
    found: Tree = {
        "id": "agreement",
        "college": "Lakeside College",
        "college_id": "lakeside",
        "program": {"title": "Machining", "credits": dice.pick([60, 12, 24])},
        "effective": {"from": "2017-01-15"},
        "limits": limits_of(dice) if dice.chance(1, 3) else {},
        "reuse": dice.pick(["forbid", "forbid", "forbid", pairs, "allow"]),
    }
    if dice.chance(1, 6):
        found["stale_after"] = {"years": 3}
    return found
