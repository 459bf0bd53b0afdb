"""No unknown or ambiguous name passes silently, wherever in the documents it can be written."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from graph.evaluating import evaluate
from standards.compiling import compile_awards, compile_world
from standards.goals import GoalError, goal_of
from standards.naming import Names
from standards.problems import DocumentError, path_text
from standards.reading import read_data
from standards.recording import person_of

Tree = dict[str, Any]
Path = tuple[str | int, ...]

EVERY_LEAF: list[Tree] = [
    {"credential": "m1"},
    {"credential": "f:m1", "current": True},
    {"competency": "c1"},
    {"hours": 5, "in": "w1"},
    {"credentials": 1, "where": {"framework": "f", "level": 1}},
    {"competencies": 1, "where": {"framework": "f", "work_process": "w1"}},
    {"course": "k1", "grade": "B"},
    {"score": "x1", "at_least": 1},
    {"requirement": "r1"},
    {"at_least": 1, "of": [{"any": [{"all": [{"competency": "f:c1", "rating": 3}]}]}]},
]
FRAMEWORK: Tree = {
    "journeymark": 1,
    "framework": {"id": "f", "title": "F", "version": "1"},
    "competencies": [
        {"id": "c1", "title": "One"},
        {
            "id": "c2",
            "title": "Two",
            "part_of": "c1",
            "prerequisites": {"all": EVERY_LEAF},
            "satisfied_by": {"any": EVERY_LEAF},
        },
    ],
    "credentials": [
        {"id": "m1", "title": "One", "parts": ["performance", "theory"]},
        {
            "id": "m2",
            "title": "Two",
            "parts": ["performance", "theory"],
            "shares": {"theory": "m1"},
            "prerequisites": {"all": EVERY_LEAF},
            "composed_of": {"all": [{"credential": "m1"}]},
        },
    ],
    "courses": [{"id": "k1", "title": "Course"}],
    "scores": [{"id": "x1", "title": "Score"}],
    "requirements": [
        {"id": "r1", "title": "First", "when": {"credential": "m1"}},
        {"id": "r2", "title": "Second", "when": {"requirement": "r1"}},
    ],
}
OTHER: Tree = {
    "journeymark": 1,
    "program": {
        "id": "q",
        "title": "Q",
        "approach": "time",
        "completion": {"credential": "m1"},
        "wages": {"steps": [{"id": "q1", "percent": 50}]},
    },
}
PROGRAM: Tree = {
    "journeymark": 1,
    "program": {
        "id": "p",
        "title": "P",
        "uses": ["f"],
        "approach": "hybrid",
        "work_processes": [{"id": "w1", "title": "Work", "competencies": ["c1", "f:c2"]}],
        "completion": {"all": [*EVERY_LEAF, {"step": "s1"}, {"step": "q:q1"}, {"program": "q"}]},
        "wages": {
            "steps": [
                {"id": "s1", "percent": 50},
                {"id": "s2", "percent": 60, "when": {"all": [*EVERY_LEAF, {"step": "s1"}]}},
            ]
        },
    },
}
RECORD: Tree = {
    "journeymark": 1,
    "record": {
        "person": {"id": "a"},
        "enrolments": [{"program": "p", "registered": "2025-01-06"}],
        "evidence": [
            {"id": "e1", "credential": "m1", "part": "theory", "on": "2025-01-07", "status": "verified"},
            {"id": "e2", "competency": "c1", "on": "2025-01-07", "status": "claimed"},
            {"id": "e3", "hours": 8, "in": "w1", "on": "2025-01-07", "status": "submitted"},
            {"id": "e4", "hours": 8, "in": "p:w1", "on": "2025-01-07", "status": "rejected"},
            {"id": "e5", "course": "k1", "hours": 1, "in": "w1", "on": "2025-01-07", "status": "verified"},
            {"id": "e6", "score": "x1", "value": 1, "on": "2025-01-07", "status": "verified"},
            {"id": "e7", "waiver": {"competency": "c1"}, "reason": "r", "on": "2025-01-07"},
            {"id": "e8", "waiver": {"credential": "m1"}, "reason": "r", "on": "2025-01-07"},
            {"id": "e9", "revokes": "e1", "reason": "r", "on": "2025-01-07"},
            {"id": "e10", "course": "k1", "result": "fail", "on": "2025-01-07", "status": "verified"},
            {"id": "e11", "credential": "m1", "result": "fail", "on": "2025-01-07", "status": "verified"},
        ],
    },
}
AGREEMENT: Tree = {
    "journeymark": 1,
    "agreement": {
        "id": "l",
        "college": "L",
        "program": {"title": "T", "credits": 60},
        "effective": {"from": "2025-01-01"},
        "unit": "semester",
        "limits": {},
        "grades": ["A", "B"],
    },
    "awards": [
        {"id": "a1", "course": "A 1", "title": "A", "credits": 3, "when": {"all": EVERY_LEAF}},
    ],
}
DOCUMENTS = {
    "framework": FRAMEWORK,
    "program": PROGRAM,
    "other": OTHER,
    "record": RECORD,
    "agreement": AGREEMENT,
}

NAMING = {
    "credential",
    "competency",
    "course",
    "score",
    "requirement",
    "step",
    "program",
    "in",
    "framework",
    "work_process",
    "part_of",
    "part",
    "revokes",
}
"""Keys whose text is a name, wherever they stand."""


def names_written(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every name of something else."""
    if isinstance(value, dict):
        for key, inner in value.items():
            named = key in NAMING and isinstance(inner, str) and "awards" not in path[-2:-1]
            listed = key in ("uses", "shares") or (key == "competencies" and "work_processes" in path)
            if named:
                yield (*path, key)
            elif listed:
                places: Iterator[str | int] = iter(inner if isinstance(inner, dict) else range(len(inner)))
                yield from ((*path, key, place) for place in places)
            else:
                yield from names_written(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from names_written(inner, (*path, place))


PLACES = [(kind, path) for kind, document in DOCUMENTS.items() for path in names_written(document)]


def put(document: Tree, path: Path, name: str) -> Tree:
    changed = deepcopy(document)
    at: Any = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = name
    return changed


def look_up(documents: dict[str, Tree]) -> None:
    """Resolve every name, as evaluating and articulating do."""
    given = {kind: read_data(f"{kind}.json", document) for kind, document in documents.items()}
    rules = [document for kind, document in given.items() if kind not in ("record", "agreement")]
    world = compile_world(rules)
    person_of(given["record"], rules, world)
    compile_awards(given["agreement"], rules)


def test_the_documents_resolve_as_they_are() -> None:
    look_up(DOCUMENTS)
    assert len(PLACES) == 93


@pytest.mark.parametrize(("kind", "path"), PLACES, ids=[f"{kind} {path_text(path)}" for kind, path in PLACES])
def test_an_unknown_name_is_an_error_where_it_stands(kind: str, path: Path) -> None:
    for name in (
        ("nobody-knows-it", "f:nobody-knows-it", "nowhere:m1") if of_an_item(path) else ("nobody-knows-it",)
    ):
        refused_where_it_stands(kind, path, name)


def of_an_item(path: Path) -> bool:
    """What is named here is an item of a document, and not a whole document, a part or a piece of evidence."""
    return path[-1] not in ("program", "framework", "part", "revokes") and path[-2] != "uses"


def refused_where_it_stands(kind: str, path: Path, name: str) -> None:
    with pytest.raises(DocumentError) as error:
        look_up({**DOCUMENTS, kind: put(DOCUMENTS[kind], path, name)})
    assert (path_text(path), True) in [(p.path, name in p.what) for p in error.value.problems]


KINDS = ("credential", "competency", "course", "score", "requirement")


@pytest.mark.parametrize(("kind", "path"), [p for p in PLACES if p[0] != "framework" and p[1][-1] in KINDS])
def test_a_name_that_two_frameworks_have_is_an_error_that_names_both(kind: str, path: Path) -> None:
    twin = {**deepcopy(FRAMEWORK), "framework": {"id": "g", "title": "G", "version": "1"}}
    at: Any = DOCUMENTS[kind]
    for key in path:
        at = at[key]
    name = at.rpartition(":")[2]
    look_up({**everything_qualified(), "twin": twin})
    with pytest.raises(DocumentError) as error:
        look_up({**everything_qualified(), "twin": twin, kind: put(everything_qualified()[kind], path, name)})
    said = [problem for problem in error.value.problems if problem.path == path_text(path)]
    assert any(f"f:{name}, g:{name}" in problem.right for problem in said)


def everything_qualified() -> dict[str, Tree]:
    """The documents with every name of an item of the framework in full."""
    found = deepcopy(DOCUMENTS)
    for kind, path in PLACES:
        at: Any = found[kind]
        for key in path:
            at = at[key]
        of_framework = path[-1] in KINDS or (path[-2:-1] == ("competencies",) and kind == "program")
        if of_framework and kind != "framework" and ":" not in at:
            found[kind] = put(found[kind], path, f"f:{at}")
    return found


@pytest.mark.parametrize("kind", ["step", "credential", "competency", "requirement"])
def test_a_goal_that_names_nothing_is_an_error(kind: str) -> None:
    documents = [read_data(f"{name}.json", DOCUMENTS[name]) for name in ("framework", "program", "other")]
    world = compile_world(documents)
    person = person_of(read_data("record.json", RECORD), documents, world)
    evaluation = evaluate(world, person, program="p", as_of=date(2025, 6, 1))
    with pytest.raises(GoalError, match="nobody-knows-it"):
        goal_of(f"{kind}:nobody-knows-it", Names(documents), evaluation)
    with pytest.raises(GoalError, match="is no goal"):
        goal_of("nobody-knows-it", Names(documents), evaluation)
    with pytest.raises(KeyError, match="nobody-knows-it"):
        evaluate(world, person, program="nobody-knows-it", as_of=date(2025, 6, 1))
