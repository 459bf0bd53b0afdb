"""What college credit is worked out from: one person's evidence among the standards that they are measured by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.agreements import repo as agreements
from apprenticeship.agreements.model import ended
from apprenticeship.enrolments import repo as enrolments
from apprenticeship.enrolments.model import Enrolment
from apprenticeship.evidence import repo as evidence
from apprenticeship.evidence.model import Evidence, Mark, known_rows
from apprenticeship.people import repo as people
from apprenticeship.people.model import Person
from apprenticeship.shelves import Shelves
from apprenticeship.standing.facts import known_in, person_with
from apprenticeship.standing.worlds import world_of
from graph.evaluating import Evaluation
from graph.requirement import Requirement
from graph.world import World
from standards.compiling import compile_awards
from standards.documents import AgreementDocument
from standards.problems import DocumentError
from standards.reading import Document, read_text
from standards.storage import repo as standards
from standards.storage.model import Published

# published versions never change, so nothing here grows stale
_documents: dict[UUID, tuple[Document, ...]] = {}
_rules: dict[tuple[UUID, frozenset[UUID]], dict[str, Requirement] | str] = {}


ALONE = 20  # what a case weighs beside its evidence, in rows


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Everything that a case rests on: two with the same basis are the same."""

    person: Person
    registered: tuple[Enrolment, ...]
    as_of: date
    published: tuple[UUID, ...]
    evidence: Mark


@dataclass(frozen=True, kw_only=True)
class Case:
    """One person on one day.

    Attributes:
        published: the frameworks and programs that rules are read in.
        evaluation: outside any program.
        rows: the rows that stand, as answers name them.
    """

    basis: Basis
    published: tuple[Published, ...]
    evaluation: Evaluation
    rows: dict[str, Evidence]

    @property
    def person(self) -> Person:
        return self.basis.person


CASES: Shelves[Basis, Case] = Shelves(150_000, lambda case: ALONE + len(case.rows))


async def case_of(person: UUID, as_of: date) -> Case:
    """Load somebody's case with everything verified by now; the caller has asked who may know."""
    who = (await people.people_of([person]))[0]
    registered = await enrolments.of_people([person])
    published = await _standards_for(registered)
    # before the rows: an older mark only misses, never misleads
    mark = (await evidence.marks([person])).get(person, Mark())
    ids = tuple(one.id for one in published)
    basis = Basis(person=who, registered=registered, as_of=as_of, published=ids, evidence=mark)
    case = CASES.kept(basis)
    if case is None:
        case = _case(basis, published, await world_of(ids), await evidence.current([person]))
        CASES.keep(basis, case)
    return case


async def cases_of(people_: Sequence[UUID], as_of: date) -> tuple[Case, ...]:
    """Load the cases of several people, in order, in one go; the caller has asked who may know."""
    who = {one.id: one for one in await people.people_of(people_)}
    registered: dict[UUID, list[Enrolment]] = defaultdict(list)
    for one in await enrolments.of_people(people_):
        registered[one.person].append(one)
    marks = await evidence.marks(people_)
    rows: dict[UUID, list[Evidence]] = defaultdict(list)
    for row in await evidence.current(people_):
        rows[row.person].append(row)
    pinned: dict[frozenset[UUID], tuple[Published, ...]] = {}
    found = []
    for person in people_:
        versions = frozenset(one for entry in registered[person] for one in entry.standards)
        if versions not in pinned:
            pinned[versions] = await _standards_for(registered[person])
        published = pinned[versions]
        basis = Basis(
            person=who[person],
            registered=tuple(registered[person]),
            as_of=as_of,
            published=tuple(one.id for one in published),
            evidence=marks.get(person, Mark()),
        )
        found.append(_case(basis, published, await world_of(basis.published), rows[person]))
    return tuple(found)


async def case_as_it_was(
    person: UUID, as_of: date, standards_: Sequence[UUID], *, known_at: datetime, up_to: int
) -> Case:
    """Load somebody's case as it was at a moment: the rows and versions that were there then.

    Args:
        person: who.
        as_of: the day of the case.
        standards_: the published frameworks and programs that it was read in.
        known_at: the moment.
        up_to: the last row of evidence that was there.
    """
    who = (await people.people_of([person]))[0]
    registered = tuple(one for one in await enrolments.of_people([person]) if one.registered <= as_of)
    published = await standards.by_ids(sorted(standards_))
    rows = known_rows(await evidence.history(person), at=known_at, up_to=up_to)
    ids = tuple(one.id for one in published)
    basis = Basis(person=who, registered=registered, as_of=as_of, published=ids, evidence=Mark(last=up_to))
    return _case(basis, published, await world_of(ids), rows)


def _case(basis: Basis, published: tuple[Published, ...], world: World, rows: Sequence[Evidence]) -> Case:
    known = [one for one in basis.registered if one.program_key in world.programs]
    learner = known_in(world, person_with(world, basis.person, known, rows))
    return Case(
        basis=basis,
        published=published,
        evaluation=Evaluation(world, learner, program=None, as_of=basis.as_of, known_at=None),
        rows={row.key: row for row in rows},
    )


def rules_of(agreement: Published, published: Collection[Published]) -> dict[str, Requirement] | str:
    """The rules of an agreement, or what is wrong with it."""
    key = (agreement.id, frozenset(one.id for one in published))
    if key not in _rules:
        others = [document for one in published for document in _read(one)]
        (document,) = _read(agreement)
        try:
            _rules[key] = compile_awards(document, others)
        except DocumentError as error:
            _rules[key] = str(error)
    return _rules[key]


def model_of(agreement: Published) -> AgreementDocument:
    """An agreement as a document; where its college ended it sooner, with that end."""
    (document,) = _read(agreement)
    model, until = document.model, agreement.effective_until
    if not isinstance(model, AgreementDocument):
        raise TypeError(document.kind)
    own = model.agreement.effective
    if until is None or until == own.until:
        return model
    days = own.model_copy(update={"until": max(until, own.from_)})
    return model.model_copy(update={"agreement": model.agreement.model_copy(update={"effective": days})})


def college_key(agreement: Published) -> str | None:
    """The key of the college of an agreement, where it names one."""
    return model_of(agreement).agreement.college_id


def documents_of(published: Iterable[Published]) -> tuple[Document, ...]:
    """Published versions as documents; each is read once."""
    return tuple(document for one in published for document in _read(one))


async def agreements_on(day: date) -> tuple[Published, ...]:
    """Return the version of every agreement that is in force on a day, in the order of keys.

    Where several are, the one published last counts; where none is, the one published last is there to say so.
    """
    found: dict[str, Published] = {}
    ends = await agreements.ends()
    for one in (ended(each, ends.get(each.id)) for each in await standards.every("agreement")):
        known = found.get(one.key)
        if known is None or (not _in_force(known, day) and _in_force(one, day)):
            found[one.key] = one
    return tuple(found.values())


def _in_force(agreement: Published, day: date) -> bool:
    return model_of(agreement).agreement.in_force(day)


async def _standards_for(registered: Collection[Enrolment]) -> tuple[Published, ...]:
    """The newest frameworks and programs, but for those that the learner is registered in: their versions."""
    newest = (*await standards.newest("framework"), *await standards.newest("program"))
    pinned = await standards.by_ids(sorted({one for entry in registered for one in entry.standards}))
    found = {(one.kind, one.key): one for one in newest}
    return tuple((found | {(one.kind, one.key): one for one in pinned}).values())


def _read(published: Published) -> tuple[Document, ...]:
    if published.id not in _documents:
        _documents[published.id] = tuple(read_text(f"{published.key}.json", published.canonical))
    return _documents[published.id]
