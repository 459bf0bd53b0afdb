"""One competency's or credential's own page: what it is, why it is locked, what first, what it opens."""

from dataclasses import dataclass
from datetime import date

from apprenticeship.refusals import Missing
from apprenticeship.standing.model import Standing
from graph.evaluating import DONE, CompetencyAnswer, CredentialAnswer, Evaluation
from graph.explaining import explain
from graph.fixing import NoFix
from graph.requirement import Requirement
from graph.world import Competency, Credential
from web import words
from web.pages import standings
from web.pages.addresses import item_address, items_at
from web.pages.evidence_words import Shown, about, shown
from web.pages.proofs import ProofLine, parts_words, proof
from web.pages.standings import Move, Node
from web.rules import item_title


@dataclass(frozen=True)
class Neighbour:
    """Another item that this one opens."""

    name: str
    href: str
    look: words.Look


@dataclass(frozen=True)
class ItemPage:
    """Everything on the page."""

    kind: str
    key: str
    name: str
    what: str
    framework: str
    look: words.Look
    since: date | None
    expires: date | None
    parts: str
    out_of_order: bool
    effort: str
    prerequisites: ProofLine | None
    prerequisites_hold: bool
    otherwise: ProofLine | None
    moves: tuple[Move, ...]
    stuck: str
    opens: tuple[Neighbour, ...]
    history: tuple[Shown, ...]
    done: bool
    clause: str


def item_page(standing: Standing, node: Node, base: str) -> ItemPage:
    """Tell everything about one item for one person.

    Raises:
        Missing: the person's standards have no such item.
    """
    kind, key = node
    evaluation = standing.evaluation
    world = evaluation.world
    found = (world.competencies if kind == "competency" else world.credentials).get(key)
    if found is None:
        raise Missing("No such item.")
    done = evaluation.states[node] in DONE
    way = None if done else standing.fix(f"{kind}:{key}")
    return ItemPage(
        kind=kind,
        key=key,
        name=item_title(world, kind, key),
        what=_what(standing, found),
        framework=found.framework.title or found.framework.id,
        look=standings.look_of(evaluation, node),
        since=_answer(evaluation, node).since,
        expires=evaluation.credentials[key].expires if kind == "credential" else None,
        parts=_parts(evaluation, found),
        out_of_order=_answer(evaluation, node).out_of_order,
        effort=_effort(found),
        prerequisites=_proof(standing, found.prerequisites, base),
        prerequisites_hold=_holds(standing, found.prerequisites),
        otherwise=_proof(standing, _otherwise(found), base),
        moves=() if standings.earned_by(way) == {node} else standings.moves(standing, way, base),
        stuck=way.reason if isinstance(way, NoFix) else "",
        opens=_neighbours(evaluation, node, base),
        history=tuple(shown(world, row) for row in about(standing.evidence, key)),
        done=done,
        clause=found.clause,
    )


def _answer(evaluation: Evaluation, node: Node) -> CompetencyAnswer | CredentialAnswer:
    kind, key = node
    return evaluation.competencies[key] if kind == "competency" else evaluation.credentials[key]


def _what(standing: Standing, item: Competency | Credential) -> str:
    if isinstance(item, Credential):
        level = f" of level {item.level}" if item.level is not None else ""
        tests = words.listed([f"a {part} test" for part in item.tests])
        return f"A credential{level}: {tests}. Its issuer gives it; a mentor verifies the certificate here."
    processes = [p.title for p in standing.program.work_processes if item.key in p.competencies and p.title]
    place = f" in {words.listed(processes)}" if processes else ""
    return f"A {item.kind}{place}, signed off by a mentor who has seen you do it."


def _parts(evaluation: Evaluation, item: Competency | Credential) -> str:
    if isinstance(item, Competency):
        return ""
    parts = evaluation.credentials[item.key].parts
    return parts_words(parts) if len(parts) > 1 else ""


def _effort(item: Competency | Credential) -> str:
    said = []
    if item.effort.minutes:
        said.append(f"about {words.hours(item.effort.minutes)} hours")
    if item.effort.cents:
        said.append(f"{words.money(item.effort.cents)} in fees")
    return words.sentence(" and ".join(said))


def _otherwise(item: Competency | Credential) -> Requirement | None:
    return item.satisfied_by if isinstance(item, Competency) else item.composed_of


def _proof(standing: Standing, rule: Requirement | None, base: str) -> ProofLine | None:
    if rule is None:
        return None
    return proof(standing.evaluation, explain(standing.evaluation, rule), items_at(base))


def _holds(standing: Standing, rule: Requirement | None) -> bool:
    return rule is None or explain(standing.evaluation, rule).holds


def _neighbours(evaluation: Evaluation, node: Node, base: str) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(
            item_title(evaluation.world, *other),
            item_address(base, *other),
            standings.look_of(evaluation, other),
        )
        for other in standings.opens(evaluation, node)
    )
