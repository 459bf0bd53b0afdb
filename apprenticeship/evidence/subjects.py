"""Evidence names only what the person's program, or a published framework, knows."""

from uuid import UUID

from apprenticeship.evidence.model import EvidenceKind, Fact
from apprenticeship.refusals import Invalid
from apprenticeship.standing.worlds import catalog_world, worlds_of
from graph.requirement import OJL, RTI
from graph.world import World


async def check_subject(person: UUID, fact: Fact) -> None:
    """Go on only when what the evidence names exists.

    Raises:
        Invalid: it does not; the message says what would be right.
    """
    enrolled = await worlds_of(person)
    if fact.work_process is not None:
        _check_work_process(fact.work_process, enrolled)
    if fact.subject is not None:
        _check_item(fact, (*enrolled, await catalog_world()))


async def subject_of(person: UUID, kind: str, reference: str) -> str:
    """Return the key ("framework:id") of an item that is named by it, or by its bare id where only one has that.

    Raises:
        Invalid: several have it; the message names them. What nobody knows is returned as it is.
    """
    if ":" in reference:
        return reference
    worlds = (*await worlds_of(person), await catalog_world())
    keys = sorted({key for world in worlds for key in _items(world, kind) if key.endswith(f":{reference}")})
    if len(keys) > 1:
        raise Invalid(f"Several are called {reference}: write one of {', '.join(keys)}.", where=kind)
    return keys[0] if keys else reference


def _check_work_process(work_process: str, worlds: tuple[World, ...]) -> None:
    known = {OJL, RTI} | {
        process.key.rpartition(":")[2]
        for world in worlds
        for program in world.programs.values()
        for process in program.work_processes
    }
    if work_process not in known:
        raise Invalid(
            f"The program has no work process {work_process!r}; it has {', '.join(sorted(known))}.",
            where="work_process",
        )


def _check_item(fact: Fact, worlds: tuple[World, ...]) -> None:
    kind = fact.waives if fact.kind is EvidenceKind.WAIVER else fact.kind.value
    found = next((items for world in worlds if fact.subject in (items := _items(world, str(kind)))), None)
    if found is None:
        raise Invalid(f"There is no {kind} {fact.subject!r} in the published standards.", where="subject")
    if fact.kind is EvidenceKind.CREDENTIAL:
        _check_part(fact, worlds)
    if fact.kind is EvidenceKind.COMPETENCY and fact.rating is not None:
        _check_rating(fact, worlds)


def _items(world: World, kind: str) -> frozenset[str]:
    kinds = {
        "credential": world.credentials,
        "competency": world.competencies,
        "course": world.courses,
        "score": world.scores,
    }
    return frozenset(kinds.get(kind, {}))


def _check_part(fact: Fact, worlds: tuple[World, ...]) -> None:
    subject = str(fact.subject)
    credential = next(w.credentials[subject] for w in worlds if subject in w.credentials)
    if fact.part is not None and fact.part not in credential.tests:
        parts = ", ".join(sorted(credential.tests))
        raise Invalid(f"{credential.title} has no part {fact.part!r}; it has {parts}.", where="part")


def _check_rating(fact: Fact, worlds: tuple[World, ...]) -> None:
    subject = str(fact.subject)
    competency = next(w.competencies[subject] for w in worlds if subject in w.competencies)
    scale = competency.framework.scale
    if fact.rating not in scale:
        raise Invalid(
            f"{fact.rating} is not on the scale {', '.join(str(mark) for mark in scale)}.", where="rating"
        )
