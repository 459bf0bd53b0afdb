"""Standards for everybody who has signed in: what is published, and each standard with its rules and findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Response, get
from litestar.params import FromPath

from apprenticeship.policy import Action
from apprenticeship.refusals import Missing
from apprenticeship.views_standards import StandardView, published, standard_view
from graph.evaluating import evaluate
from graph.facts import Person
from graph.requirement import Requirement
from standards.documents import AgreementDocument, FrameworkDocument, ProgramDocument
from standards.storage.model import Kind
from web import words
from web.access import Whose, asks
from web.pages.agreement_words import agreement_facts, award_lines
from web.pages.asked import AnyRequest, now_of
from web.pages.mapping import MapSheet, Tile, draw, tiles_of
from web.pages.narrows import Narrows, narrows_of
from web.rendering import page
from web.rules import RuleLine, rule_line, step_title

READING = asks(Action.READ_STANDARDS, Whose.SHARED)
NOBODY = Person(id="nobody", name="")


@dataclass(frozen=True)
class FrameworkPage:
    """One framework with what its rules say."""

    sheet: MapSheet
    groups: tuple[tuple[str, tuple[Tile, ...]], ...]
    named: tuple[tuple[str, RuleLine], ...]
    narrows: Narrows


@dataclass(frozen=True)
class ProgramPage:
    """One program with its rules in words; steps with their share or their dollars."""

    facts: tuple[tuple[str, str], ...]
    completion: RuleLine | None
    steps: tuple[tuple[str, str, RuleLine | None], ...]
    processes: tuple[tuple[str, str, int], ...]


@get("/standards", opt=READING)
async def show_standards(request: AnyRequest) -> Response[str]:
    """List frameworks, programs and agreements in their newest version."""
    return page(request, "standards.html", kinds=await published())


@get("/standards/frameworks/{framework_id:str}", opt=READING)
async def show_framework(request: AnyRequest, framework_id: FromPath[str]) -> Response[str]:
    """Show one framework: its findings, its items and their order."""
    view = await _view("framework", framework_id)
    if not isinstance(view.model, FrameworkDocument):
        raise Missing("No such standard.")
    return page(
        request,
        "framework.html",
        view=view,
        head=view.model.framework,
        shown=_framework_page(view, now_of(request).date()),
        here="/standards",
    )


@get("/standards/programs/{program_id:str}", opt=READING)
async def show_program(request: AnyRequest, program_id: FromPath[str]) -> Response[str]:
    """Show one program: its work processes, what completion and each wage step ask."""
    view = await _view("program", program_id)
    if not isinstance(view.model, ProgramDocument):
        raise Missing("No such standard.")
    shown = _program_page(view, view.model)
    return page(request, "program.html", view=view, head=view.model.program, shown=shown, here="/standards")


@get("/standards/agreements/{agreement_id:str}", opt=READING)
async def show_agreement(request: AnyRequest, agreement_id: FromPath[str]) -> Response[str]:
    """Show one agreement: its limits, and each award with its rule."""
    view = await _view("agreement", agreement_id)
    if not isinstance(view.model, AgreementDocument):
        raise Missing("No such standard.")
    head = view.model.agreement
    return page(
        request,
        "agreement.html",
        view=view,
        head=head,
        facts=agreement_facts(view.model),
        awards=award_lines(view, view.model),
        here="/standards",
    )


async def _view(kind: Kind, key: str) -> StandardView:
    view = await standard_view(kind, key)
    if view is None:
        raise Missing("No such standard.")
    return view


def _framework_page(view: StandardView, today: date) -> FrameworkPage:
    blank = evaluate(view.world, NOBODY, program=None, as_of=today)
    tiles = tiles_of(blank, view.standard.key, "")
    groups: dict[str, list[Tile]] = {}
    for tile in tiles:
        groups.setdefault(tile.group, []).append(tile)
    named = tuple(
        (one.title or key, rule_line(view.world, one.when))
        for key, one in view.world.requirements.items()
        if key.startswith(f"{view.standard.key}:")
    )
    return FrameworkPage(
        draw(blank, tiles),
        tuple((name, tuple(found)) for name, found in groups.items()),
        named,
        narrows_of(view.world, view.standard.key, {(tile.kind, tile.key) for tile in tiles}),
    )


def _program_page(view: StandardView, model: ProgramDocument) -> ProgramPage:
    program = view.world.programs[view.standard.key]
    return ProgramPage(
        facts=_program_facts(model),
        completion=_line(view, program.completion),
        steps=tuple(
            (step_title(step, position), _pay(step.percent, step.cents), _line(view, step.when))
            for position, step in enumerate(program.steps)
        ),
        processes=tuple(
            (one.title or one.key, _range(one.minimum, one.maximum), len(one.competencies))
            for one in program.work_processes
        ),
    )


def _line(view: StandardView, rule: Requirement | None) -> RuleLine | None:
    return None if rule is None else rule_line(view.world, rule)


def _pay(percent: int | None, cents: int | None) -> str:
    said = [f"{percent / 100:g} % of the journey rate"] if percent is not None else []
    if cents is not None:
        said.append(f"{words.money(cents)} an hour")
    return ", ".join(said)


def _range(least: int | None, most: int | None) -> str:
    if least is None and most is None:
        return ""
    bounds = [words.hours(bound) for bound in dict.fromkeys((least, most)) if bound is not None]
    if len(bounds) > 1:
        return f"{bounds[0]} to {bounds[1]} hours"
    return f"{'at most ' if least is None else 'at least ' if most is None else ''}{bounds[0]} hours"


def _program_facts(model: ProgramDocument) -> tuple[tuple[str, str], ...]:
    head = model.program
    approach = {"competency": "Competency-based", "time": "Time-based", "hybrid": "Hybrid"}[head.approach]
    class_hours = head.related_instruction
    facts = (
        ("Approach", approach),
        ("RAPIDS code", head.occupation.rapids or ""),
        ("O*NET code", head.occupation.onet or ""),
        ("Term", _said([_range(head.term.hours.min, head.term.hours.max), _months(head.term.months)])),
        ("Related instruction", "" if class_hours is None else f"{words.hours(class_hours.hours)} hours"),
        ("Apprentices to journeyworkers", head.ratio or ""),
    )
    return tuple(fact for fact in facts if fact[1])


def _months(months: int | None) -> str:
    return words.counted(months, "month") if months else ""


def _said(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)


HANDLERS = [show_standards, show_framework, show_program, show_agreement]
