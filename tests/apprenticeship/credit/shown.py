"""Evidence written short, and what one agreement gives for it on a day, with the words that people read."""

from datetime import date
from itertools import count
from typing import Any

from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.model import CreditAnswer, LeftOut
from graph.evaluating import evaluate
from graph.world import World
from standards.catalog import load_catalog
from standards.compiling import compile_awards, compile_world
from standards.documents import AgreementDocument
from standards.reading import Document, read_data
from standards.recording import person_of
from web.pages.credit_words import reason_sentences

Tree = dict[str, Any]
AS_OF = date(2026, 11, 21)
RECENT = "2026-03-02"
CATALOG: tuple[Document, ...] = load_catalog()
WORLD: World = compile_world(CATALOG)
DUTIES = sorted(
    key
    for key, one in WORLD.competencies.items()
    if key.startswith("nims-machining-1:") and one.kind == "duty"
)
TASKS = sorted(
    key
    for key, one in WORLD.competencies.items()
    if key.startswith("nims-cnc-turning-basic:") and one.kind == "task"
)
LEVEL_1 = sorted(key for key in WORLD.credentials if key.startswith("nims-machining-1:"))


def credential(*keys: str, on: str = RECENT) -> list[Tree]:
    """Whole credentials by their qualified keys."""
    return [{"credential": key, "on": on, "status": "verified"} for key in keys]


def hours(amount: float, within: str = "ojl", on: str = RECENT) -> list[Tree]:
    return [{"hours": amount, "in": within, "on": on, "status": "verified"}]


def course(key: str, grade: str = "A", on: str = RECENT, **more: object) -> list[Tree]:
    return [{"course": key, "grade": grade, "on": on, "status": "verified", **more}]


def score(key: str, value: int, on: str = RECENT) -> list[Tree]:
    return [{"score": key, "value": value, "on": on, "status": "verified"}]


def here(college: str, credits_: float) -> list[Tree]:
    """Credits earned at a college."""
    return course("ri-machining:ri-101", college=college, credits=credits_)


def machinist(ojl: float, rti: float = 576) -> list[Tree]:
    """Everything that completes the machinist program, with so many hours."""
    signed = [{"competency": key, "rating": 3, "on": RECENT, "status": "verified"} for key in DUTIES]
    return [*signed, *credential(*LEVEL_1, "osha:osha-10"), *hours(ojl), *hours(rti, "rti")]


def cnc_operator(ojl: float, rti: float = 288) -> list[Tree]:
    """Everything that completes the CNC operator's program, with so many hours."""
    signed = [{"competency": key, "rating": 3, "on": RECENT, "status": "verified"} for key in TASKS]
    earned = credential("nims-machining-1:mms", "nims-machining-1:cto", "osha:osha-10")
    return [*signed, *earned, *hours(ojl), *hours(rti, "rti")]


def agreement(key: str) -> Document:
    return next(d for d in CATALOG if d.model.id == key)


def answer(
    document: Document | str,
    evidence: list[Tree],
    as_of: date = AS_OF,
    documents: tuple[Document, ...] = CATALOG,
    world: World = WORLD,
) -> CreditAnswer:
    """What an agreement gives; the person is registered in both programs since 2025."""
    found = agreement(document) if isinstance(document, str) else document
    assert isinstance(found.model, AgreementDocument)
    enrolments = [
        {"program": program, "registered": "2025-01-06"}
        for program in ("machinist", "cnc-operator-turning")
        if program in world.programs
    ]
    numbers = count()
    body = {
        "person": {"id": "a", "name": "Ada"},
        "enrolments": enrolments,
        "evidence": [{"id": f"e{next(numbers):03}", **one} for one in evidence],
    }
    record = read_data("record.json", {"journeymark": 1, "record": body})
    person = person_of(record, documents, world)
    evaluation = evaluate(world, person, program=None, as_of=as_of)
    return articulate(found.model, compile_awards(found, documents), evaluation, as_of)


def left_out(found: CreditAnswer, award: str) -> LeftOut:
    return next(one for one in found.left_out if one.award.id == award)


def why_not(found: CreditAnswer, award: str, world: World = WORLD) -> str:
    """The sentences that a person reads about an award that is left out."""
    return " ".join(reason_sentences(world, found, left_out(found, award)))
