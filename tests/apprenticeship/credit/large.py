"""Agreements of sixty awards about records of forty pieces of evidence, each hard in its own way."""

from random import Random
from typing import Any

from tests.apprenticeship.credit.agreements import Request
from tests.apprenticeship.credit.dense import AS_OF
from tests.oracle.worlds import RandomWorld

Tree = dict[str, Any]
AWARDS, EVIDENCE = 60, 40


def request(seed: int, way: str, limits: Tree | None = None, **head: Any) -> Request:
    """``way``: single, pairs, choice, many, hours or mixed: what an award asks for."""
    dice = Random(seed)
    names = [f"m{number}" for number in range(EVIDENCE)]
    ways = {"single": single, "pairs": pairs, "choice": choice, "many": many, "hours": hours}
    awards = []
    for number in range(AWARDS):
        make = ways[dice.choice(sorted(ways)) if way == "mixed" else way]
        award: Tree = {"id": f"a{number:02}", "course": f"MFG {number}", "title": f"Course {number}"}
        award |= {"credits": dice.choice([2, 3, 3, 4, 1.5]), "when": make(dice, names)}
        award |= {"group": dice.choice(["technical", "general"])}
        awards.append(award)
    agreement = {
        "journeymark": 1,
        "agreement": {
            "id": "agreement",
            "college": "Lakeside College",
            "program": {"title": "Machining", "credits": 120},
            "effective": {"from": "2017-01-15"},
            "limits": limits or {},
            **head,
        },
        "awards": awards,
    }
    return Request(RandomWorld([framework(names), program()], record(dice, names, way), AS_OF), agreement)


def single(dice: Random, names: list[str]) -> Tree:
    return {"credential": f"f:{dice.choice(names)}"}


def pairs(dice: Random, names: list[str]) -> Tree:
    return {"all": [{"credential": f"f:{name}"} for name in dice.sample(names, 2)]}


def choice(dice: Random, names: list[str]) -> Tree:
    return {"at_least": 2, "of": [{"credential": f"f:{name}"} for name in dice.sample(names, 6)]}


def many(dice: Random, _: list[str]) -> Tree:
    return {"credentials": dice.randint(2, 8)}


def hours(dice: Random, _: list[str]) -> Tree:
    return {"hours": dice.choice([100, 216, 500, 1000]), "in": "ojl"}


def framework(names: list[str]) -> Tree:
    head = {"id": "f", "title": "Framework", "version": "1", "issuer": "Made up", "source": "Made up"}
    return {
        "journeymark": 1,
        "framework": {**head, "effective": {"from": "2001-01-01"}},
        "credentials": [{"id": name, "title": f"Credential {name}", "level": 1} for name in names],
    }


def program() -> Tree:
    work = {"id": "milling", "title": "Milling", "hours": {"min": 100, "max": 3000}, "competencies": []}
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


def record(dice: Random, names: list[str], way: str) -> Tree:
    logged = EVIDENCE if way == "hours" else EVIDENCE // 2 if way == "mixed" else 0
    evidence: list[Tree] = [
        {"id": f"h{n:02}", "hours": dice.choice([80, 120.5, 160, 173]), "in": "milling"}
        for n in range(logged)
    ]
    evidence += [{"id": f"e{n:02}", "credential": names[n]} for n in range(EVIDENCE - logged)]
    return {
        "journeymark": 1,
        "record": {
            "person": {"id": "a", "name": "Ada Tran"},
            "enrolments": [{"program": "p", "registered": "2020-01-06", "suspended": [], "ended": None}],
            "evidence": [{**entry, "on": "2025-05-09", "status": "verified"} for entry in evidence],
        },
    }
