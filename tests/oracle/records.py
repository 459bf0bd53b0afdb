"""Random records for a world: evidence of every kind, around the dates that surprise."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from tests.oracle.dice import Dice

Tree = dict[str, Any]
STATUSES = ("verified", "verified", "verified", "verified", "verified", "submitted", "claimed", "rejected")
SPELLINGS = ("T09:30:00", "T09:30:00Z", "T00:30:00+02:00", "")


def record_of(dice: Dice, documents: Sequence[Tree], most: int) -> Tree:
    """A person with up to ``most`` pieces of evidence, one in eight of them a revocation."""
    makers = Makers(dice, documents)
    entries: list[Tree] = []
    amount = 0 if dice.chance(1, 12) else dice.number(most // 2, most)
    for number in range(amount):
        day = dice.day()
        head = {"id": f"e{number}", "on": day.isoformat(), **recorded(dice, day)}
        if entries and dice.chance(1, 8):
            target = dice.pick(entries[-4:] if dice.chance(1, 2) else entries)
            day = max(day, date.fromisoformat(target["on"])) if dice.chance(2, 3) else day
            entries.append({**head, "on": day.isoformat(), "revokes": target["id"], "reason": "withdrawn"})
        else:
            entries.append({**head, **makers.entry(day)})
    return {
        "journeymark": 1,
        "record": {
            "person": {"id": "a", "name": "Ada Tran"},
            "enrolments": enrolments(dice, [d["program"]["id"] for d in documents if "program" in d]),
            "evidence": dice.shuffled(entries) if dice.chance(1, 4) else entries,
        },
    }


def recorded(dice: Dice, day: date) -> Tree:
    """When the entry reached its status, in one of the spellings of a time; often left out."""
    if not dice.chance(2, 3):
        return {}
    shift = timedelta(days=dice.pick([0, 0, 1, 30, 90]))
    return {"recorded": (day + shift).isoformat() + dice.pick(SPELLINGS)}


def enrolments(dice: Dice, names: Sequence[str]) -> list[Tree]:
    """Up to two registrations in each program, on different days, in any order."""
    found: list[Tree] = []
    for name in names:
        days = {dice.day() for _ in range(dice.pick([1, 1, 1, 1, 2, 2, 2, 0]))}
        found += [enrolment(dice, name, day) for day in sorted(days, reverse=dice.chance(1, 2))]
    return found


def enrolment(dice: Dice, name: str, day: date) -> Tree:
    found: Tree = {"program": name, "registered": day.isoformat(), "suspended": [], "ended": None}
    for _ in range(dice.pick([0, 1, 2, 2])):
        start = day + timedelta(days=dice.pick([dice.number(0, 60), dice.number(0, 400)]))
        stop = None if dice.chance(1, 6) else dice.after(start, 90)
        found["suspended"].append({"from": start.isoformat(), "until": stop})
    if dice.chance(1, 4):
        found["ended"] = dice.after(day, 700)
    return found


class Makers:
    """Ways to make one piece of evidence in a world, the frequent ones several times."""

    def __init__(self, dice: Dice, documents: Sequence[Tree]) -> None:
        self._dice = dice
        homes = [document for document in documents if "framework" in document]
        self._competencies = [f"{d['framework']['id']}:{c['id']}" for d in homes for c in d["competencies"]]
        self._credentials = {f"{d['framework']['id']}:{c['id']}": c for d in homes for c in d["credentials"]}
        programs = [document["program"] for document in documents if "program" in document]
        self._works = [
            name for p in programs for w in p["work_processes"] for name in (w["id"], f"{p['id']}:{w['id']}")
        ]
        self._ways: list[Callable[[date], Tree]] = [
            *([self.rating] * 6 if self._competencies else []),
            *([self.award] * 8 if self._credentials else []),
            *([self.waiver] * 3 if self._competencies or self._credentials else []),
            *([self.hours] * 4),
            self.course,
            self.score,
        ]

    def entry(self, day: date) -> Tree:
        return self._dice.pick(self._ways)(day)

    def rating(self, _: date) -> Tree:
        found = {"competency": self._often(self._competencies), "by": "m.ortiz", **self._status()}
        if self._dice.chance(1, 2):
            found["rating"] = self._dice.number(0, 4)
        return {**found, **self._result()}

    def award(self, _: date) -> Tree:
        name = self._often(list(self._credentials))
        found = {"credential": name, **self._status()}
        if self._dice.chance(1, 2):
            found["part"] = self._dice.pick(self._credentials[name].get("parts", ["performance"]))
        return {**found, **self._result()}

    def waiver(self, day: date) -> Tree:
        names = [("competency", name) for name in self._competencies]
        names += [("credential", name) for name in self._credentials] * 2
        kind, name = self._dice.pick(names)
        until = self._dice.after(day, 300) if self._dice.chance(1, 2) else None
        return {"waiver": {kind: name}, "reason": "shown before", "by": "sponsor", "until": until}

    def hours(self, _: date) -> Tree:
        logged = self._dice.pick([8, 12.75, 30, 40, 0.01, 0.025])
        return {
            "hours": logged,
            "in": self._dice.pick(["ojl", "rti", *self._works, *self._works[:4]]),
            **self._status(),
        }

    def course(self, _: date) -> Tree:
        found: Tree = {"course": "k0", "college": "lakeside", "credits": 3, **self._status()}
        if grade := self._dice.pick(["A", "B", "C", "D", "F", None]):
            found["grade"] = grade
        if self._dice.chance(1, 2):
            found |= {"hours": 48, "in": "rti"}
        return {**found, **self._result()}

    def score(self, _: date) -> Tree:
        return {"score": "x0", "value": self._dice.number(0, 7), **self._status()}

    def _often(self, names: Sequence[str]) -> str:
        """Any of them, half the time one of the first two, so that histories come about."""
        return self._dice.pick(names[:2] if self._dice.chance(1, 2) else names)

    def _status(self) -> Tree:
        return {"status": self._dice.pick(STATUSES)}

    def _result(self) -> Tree:
        return {"result": self._dice.pick(["pass", "fail"])} if self._dice.chance(1, 5) else {}
