"""What the documents say, with every name looked up once; a requirement stays the dict that was written."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Tree = Mapping[str, Any]
RESERVED = ("ojl", "rti")
KINDS = {
    "credential": "credentials",
    "competency": "competencies",
    "course": "courses",
    "score": "scores",
    "requirement": "requirements",
}


class UnknownNameError(LookupError):
    """A name that nothing, or more than one thing, goes by."""


def minutes_of(hours: Any) -> int:
    return int((Decimal(str(hours)) * 60).quantize(Decimal(1), rounding=ROUND_HALF_UP))


class Book:
    """Items by kind and qualified key; requirements in them name qualified keys only."""

    def __init__(self, documents: Iterable[Tree]) -> None:
        self.items: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in (*KINDS, "step", "work")}
        self.frameworks: dict[str, Tree] = {}
        self.programs: dict[str, dict[str, Any]] = {}
        for document in documents:
            if "framework" in document:
                self._enter_framework(document)
            elif "program" in document:
                self._enter_program(document["program"])
        self._look_up_names()

    def key(self, kind: str, name: str, home: str | None = None) -> str:
        """The one item that a name means: qualified, else at home, else anywhere."""
        keys = self.items[kind]
        if ":" in name and name in keys:
            return name
        if f"{home}:{name}" in keys:
            return f"{home}:{name}"
        found = [key for key in keys if key.partition(":")[2] == name]
        if len(found) != 1:
            raise UnknownNameError(f"{kind} {name}: {found}")
        return found[0]

    def shared_parts(self, credential: str, part: str) -> set[tuple[str, str]]:
        """Every part that is the same test as this one, itself included."""
        pairs = [
            ((key, shared), (other, shared))
            for key, item in self.items["credential"].items()
            for shared, other in item.get("shares", {}).items()
        ]
        same = {(credential, part)}
        while more := {end for pair in pairs if same & set(pair) for end in pair} - same:
            same |= more
        return same

    def parts(self, credential: str) -> list[str]:
        return list(self.items["credential"][credential].get("parts") or ["performance"])

    def steps(self, program: str) -> list[str]:
        return [key for key in self.items["step"] if key.startswith(program + ":")]

    def _enter_framework(self, document: Tree) -> None:
        home = document["framework"]["id"]
        self.frameworks[home] = document["framework"]
        for kind, section in KINDS.items():
            for item in document.get(section) or ():
                self.items[kind][f"{home}:{item['id']}"] = {**item, "home": home}

    def _enter_program(self, program: Tree) -> None:
        home = program["id"]
        self.programs[home] = dict(program)
        for kind, found in (
            ("work", program.get("work_processes") or ()),
            ("step", (program.get("wages") or {}).get("steps") or ()),
        ):
            for item in found:
                self.items[kind][f"{home}:{item['id']}"] = {**item, "home": home}

    def _look_up_names(self) -> None:
        for items in self.items.values():
            for item in items.values():
                self._look_up_item(item)
        for home, program in self.programs.items():
            program["completion"] = self.qualified(program["completion"], home)

    def _look_up_item(self, item: dict[str, Any]) -> None:
        for clause in ("prerequisites", "satisfied_by", "composed_of", "when"):
            if item.get(clause):
                item[clause] = self.qualified(item[clause], item["home"])
        if "shares" in item:
            item["shares"] = {
                part: self.key("credential", name, item["home"]) for part, name in item["shares"].items()
            }
        if "competencies" in item:
            item["competencies"] = [
                self.key("competency", name, item["home"]) for name in item["competencies"]
            ]

    def qualified(self, requirement: Tree, home: str | None) -> dict[str, Any]:
        """The same requirement with every name in full."""
        found = dict(requirement)
        for group in ("all", "any", "of"):
            if group in found:
                found[group] = [self.qualified(member, home) for member in found[group]]
        for kind in (*KINDS, "step"):
            if kind in found:
                found[kind] = self.key(kind, found[kind], home)
        if "hours" in found and found["in"] not in RESERVED:
            found["in"] = self.key("work", found["in"], home)
        if "work_process" in found.get("where", {}):
            work = self.key("work", found["where"]["work_process"], home)
            found["where"] = {**found["where"], "work_process": work}
        return found


def leaves(requirement: Tree) -> Iterator[Tree]:
    """The leaves of one requirement, references not followed."""
    members = requirement.get("all") or requirement.get("any") or requirement.get("of")
    if members is None:
        yield requirement
        return
    for member in members:
        yield from leaves(member)
