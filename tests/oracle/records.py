"""Random records for a world: evidence of every kind, around the dates that surprise."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Tree = dict[str, Any]
AWKWARD = [
    date(2024, 1, 31),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 8, 31),
    date(2024, 12, 31),
    date(2025, 1, 31),
    date(2025, 2, 28),
    date(2025, 3, 1),
    date(2026, 2, 28),
]
STATUSES = ["verified"] * 5 + ["submitted", "submitted", "claimed", "rejected"]


def days() -> st.SearchStrategy[date]:
    return st.one_of(st.sampled_from(AWKWARD), st.dates(date(2024, 1, 1), date(2026, 6, 30)))


def later(draw: st.DrawFn, day: date, most: int) -> str:
    return (day + timedelta(days=draw(st.integers(1, most)))).isoformat()


def recorded(draw: st.DrawFn, day: date) -> dict[str, str]:
    """When the entry reached its status, in one of the spellings of a time."""
    shift = timedelta(days=draw(st.sampled_from([0, 0, 1, 30, 90])))
    spelling = draw(st.sampled_from(["", "", "", "T09:30:00", "T09:30:00Z", "T00:30:00+02:00"]))
    return {"recorded": (day + shift).isoformat() + spelling} if spelling else {}


@st.composite
def records(draw: st.DrawFn, documents: Sequence[Tree], most: int) -> Tree:
    entries: list[Tree] = []
    kinds = entry_kinds(documents)
    for number in range(draw(st.integers(min(8, most), most)) * draw(st.sampled_from([1, 1, 1, 0]))):
        day = draw(days())
        head = {"id": f"e{number}", "on": day.isoformat(), **recorded(draw, day)}
        if entries and draw(st.integers(0, 7)) == 0:
            target = draw(st.sampled_from(entries))["id"]
            entries.append({**head, "revokes": target, "reason": "withdrawn"})
        else:
            entries.append({**head, **draw(st.sampled_from(kinds))(draw, day)})
    return {
        "journeymark": 1,
        "record": {
            "person": {"id": "a", "name": "Ada Tran"},
            "enrolments": draw(enrolments([d["program"]["id"] for d in documents if "program" in d])),
            "evidence": entries,
        },
    }


@st.composite
def enrolments(draw: st.DrawFn, names: Sequence[str]) -> list[Tree]:
    found: list[Tree] = []
    for name in names:
        registered = sorted(draw(st.sets(days(), max_size=2)), reverse=draw(st.booleans()))
        if not registered and draw(st.integers(0, 3)):
            registered = [draw(days())]
        found += [enrolment(draw, name, day) for day in registered]
    return found


def enrolment(draw: st.DrawFn, name: str, day: date) -> Tree:
    found: Tree = {"program": name, "registered": day.isoformat(), "suspended": [], "ended": None}
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        start = day + timedelta(days=draw(st.integers(0, 400)))
        stop = later(draw, start, 90) if draw(st.integers(0, 5)) else None
        found["suspended"].append({"from": start.isoformat(), "until": stop})
    if draw(st.integers(0, 4)) == 0:
        found["ended"] = later(draw, day, 700)
    return found


Maker = Callable[[st.DrawFn, date], Tree]


def entry_kinds(documents: Sequence[Tree]) -> list[Maker]:
    """Ways to make one entry in this world, the frequent ones several times."""
    homes = [document for document in documents if "framework" in document]
    competencies = [f"{d['framework']['id']}:{c['id']}" for d in homes for c in d["competencies"]]
    credentials = {f"{d['framework']['id']}:{c['id']}": c for d in homes for c in d["credentials"]}
    works = [w["id"] for d in documents if "program" in d for w in d["program"]["work_processes"]]

    def rating(draw: st.DrawFn, _: date) -> Tree:
        found = {"competency": draw(st.sampled_from(competencies)), "by": "m.ortiz", **status(draw)}
        return {**found, "rating": draw(st.integers(0, 4))} if draw(st.booleans()) else found

    def award(draw: st.DrawFn, _: date) -> Tree:
        name = draw(st.sampled_from(list(credentials)))
        found = {"credential": name, **status(draw)}
        if draw(st.booleans()):
            found["part"] = draw(st.sampled_from(credentials[name].get("parts", ["performance"])))
        if draw(st.integers(0, 4)) == 0:
            found["result"] = draw(st.sampled_from(["pass", "fail"]))
        return found

    def waiver(draw: st.DrawFn, day: date) -> Tree:
        names = [("competency", name) for name in competencies]
        names += [("credential", name) for name in credentials]
        kind, name = draw(st.sampled_from(names))
        until = later(draw, day, 300) if draw(st.booleans()) else None
        return {"waiver": {kind: name}, "reason": "shown before", "by": "sponsor", "until": until}

    def hours(draw: st.DrawFn, _: date) -> Tree:
        logged = draw(st.sampled_from([0.01, 8, 12.75, 30]))
        return {"hours": logged, "in": draw(st.sampled_from(["ojl", "rti", *works])), **status(draw)}

    return [
        *([rating] * 3 if competencies else []),
        *([award] * 5 if credentials else []),
        *([waiver] if competencies or credentials else []),
        hours,
        hours,
        course,
        score,
    ]


def status(draw: st.DrawFn) -> Tree:
    return {"status": draw(st.sampled_from(STATUSES))}


def course(draw: st.DrawFn, _: date) -> Tree:
    found = {
        "course": "k0",
        "college": "lakeside",
        "credits": 3,
        "grade": draw(st.sampled_from(["A", "B", "C", "D", "F"])),
        **status(draw),
    }
    return {**found, "hours": 48, "in": "rti"} if draw(st.booleans()) else found


def score(draw: st.DrawFn, _: date) -> Tree:
    return {"score": "x0", "value": draw(st.integers(0, 7)), **status(draw)}
