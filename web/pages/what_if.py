"""What if: a question about oneself, or somebody whose standing one may see. The address holds it, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from apprenticeship.credit.change import CreditChange
from apprenticeship.credit.services import credit_changes
from apprenticeship.evidence.model import Evidence, EvidenceKind, Status
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, can
from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from apprenticeship.standing.worlds import catalog_world
from graph.edges import Place, items
from graph.evaluating import DONE, State
from graph.requirement import RTI
from standards.suppositions import Asked, SuppositionError
from web import words
from web.access import Whose, asks
from web.forms import Form, asked_form
from web.pages import evidence_words, standings
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of, own_standing, standing_for
from web.pages.difference import DifferenceShown, difference_shown
from web.rendering import page
from web.rules import item_title, within_words
from web.visitors import asking

OWN = asks(Action.READ_STANDING, Whose.OWN)
PERSON = asks(Action.READ_STANDING, Whose.LEARNER)
OFFERED = 8
MOST_TAKEN = 60
HOURS = "hours-"
TAKEN = frozenset({EvidenceKind.CREDENTIAL, EvidenceKind.COMPETENCY, EvidenceKind.COURSE, EvidenceKind.SCORE})


@dataclass(frozen=True)
class Pick:
    """Something to tick."""

    value: str
    name: str
    detail: str
    look: words.Look | None
    chosen: bool


@dataclass(frozen=True)
class HoursField:
    """Hours to enter in one work process."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Question:
    """The form as it is filled in; `where` and `what` say what is wrong with it."""

    offered: tuple[Pick, ...]
    others: tuple[tuple[str, tuple[Pick, ...]], ...]
    hours: tuple[HoursField, ...]
    taken: tuple[Pick, ...]
    on: str
    where: str
    what: str

    @property
    def name(self) -> str:
        """What tells the fields of this form apart."""
        return "what-if"

    def wrong(self, field: str) -> str:
        """Say what is wrong with a field; empty where nothing is."""
        return self.what if field == self.where else ""


@get("/what-if", opt=OWN)
async def show_what_if(request: AnyRequest) -> Response[str]:
    """Show what would change for the visitor."""
    return await _answered(request, await own_standing(request), base="", here="/raise")


@get("/apprentices/{apprentice_id:uuid}/what-if", opt=PERSON)
async def show_person_what_if(request: AnyRequest, apprentice_id: FromPath[UUID]) -> Response[str]:
    """Show what would change for one apprentice; wages and credit only to those who may know them."""
    standing = await standing_for(request, apprentice_id)
    here = "/crew" if "employer" in asking(request).roles else "/apprentices"
    return await _answered(request, standing, base=person_address(apprentice_id), here=here)


async def _answered(request: AnyRequest, standing: Standing, *, base: str, here: str) -> Response[str]:
    form = asked_form(request)
    shown: DifferenceShown | None = None
    where = what = ""
    try:
        asked = asked_of(form)
        if asked is not None:
            shown = await _difference(request, standing, asked, base)
    except SuppositionError as error:
        where, what = _field(error, form), f"{words.sentence(str(error))}."
    except Invalid as refusal:
        where, what = refusal.where, str(refusal)
    return page(
        request,
        "what_if.html",
        status=422 if what else 200,
        question=question_of(standing, form, where, what),
        shown=shown,
        whose=standing.person.name if base else "",
        address=f"{base}/what-if",
        here=here,
    )


def asked_of(form: Form) -> Asked | None:
    """Read the question from the address; None where nothing is asked.

    Raises:
        Invalid: the day is none.
    """
    hours = [
        f"{name.removeprefix(HOURS)}={form.text(name).replace(',', '.')}"
        for name in form.fields
        if name.startswith(HOURS) and form.text(name)
    ]
    on = form.day("on", "The day") if form.text("on") else None
    asked = Asked(earn=_given(form, "earn"), hours=hours, revoke=_given(form, "revoke"), on=on)
    return asked if asked.earn or asked.hours or asked.revoke or on else None


def _given(form: Form, name: str) -> list[str]:
    return [word for word in dict.fromkeys(form.texts(name)) if word]


def _field(error: SuppositionError, form: Form) -> str:
    """The field of the form that a complaint is about."""
    if error.where != "hours":
        return error.where
    name = f"{HOURS}{error.word.partition('=')[0]}"
    return name if name in form.fields else "hours"


async def _difference(request: AnyRequest, standing: Standing, asked: Asked, base: str) -> DifferenceShown:
    supposition, difference = standing.supposing(asked, await catalog_world())
    actor, now = asking(request).actor, now_of(request)
    learner = await learner_of(standing.person.id)
    credit: Sequence[CreditChange] = ()
    if can(actor, Action.READ_CREDIT, learner, now).allowed:
        credit = await credit_changes(actor, standing.person.id, supposition, now=now, as_of=standing.as_of)
    wages = can(actor, Action.READ_WAGES, learner, now).allowed
    return difference_shown(standing, difference, credit, base=base, wages=wages)


# the form


def question_of(standing: Standing, form: Form, where: str, what: str) -> Question:
    """Show the form with what was asked: first what can be started now, then everything else that is not done."""
    chosen = set(form.texts("earn"))
    steps = [step.item for step in standing.next_steps[:OFFERED]]
    rest = [place for place, _ in items(standing.world) if place not in steps and _is_open(standing, place)]
    known = {_value(place) for place in (*steps, *rest)}
    extra = tuple(
        Pick(word, word, "", None, chosen=True) for word in _given(form, "earn") if word not in known
    )
    groups = [
        (title, tuple(_pick(standing, place, chosen) for place in rest if place[0] == kind))
        for kind, title in (("competency", "Competencies"), ("credential", "Credentials"))
    ]
    return Question(
        offered=(*(_pick(standing, place, chosen) for place in steps), *extra),
        others=tuple((title, picks) for title, picks in groups if picks),
        hours=tuple(_hours(standing, form)),
        taken=tuple(_taken(standing, set(form.texts("revoke")))),
        on=form.text("on"),
        where=where,
        what=what,
    )


def _is_open(standing: Standing, place: Place) -> bool:
    competency = standing.world.competencies.get(place[1]) if place[0] == "competency" else None
    area = competency is not None and competency.kind == "area"
    state = standing.evaluation.states[place]
    return not area and (state not in DONE or state is State.EXPIRED)


def _value(place: Place) -> str:
    return f"{place[0]}:{place[1]}"


def _pick(standing: Standing, place: Place, chosen: set[str]) -> Pick:
    look = standings.look_of(standing.evaluation, place)
    value = _value(place)
    return Pick(value, item_title(standing.world, *place), look.word, look, value in chosen)


def _hours(standing: Standing, form: Form) -> Iterator[HoursField]:
    for process in standing.program.work_processes:
        name = f"{HOURS}{process.key.rpartition(':')[2]}"
        yield HoursField(name, process.title or process.key, form.text(name))
    name = f"{HOURS}{RTI}"
    yield HoursField(name, words.sentence(within_words(standing.world, RTI)), form.text(name))


def _taken(standing: Standing, chosen: set[str]) -> Iterator[Pick]:
    """What could be taken back: what counts and is no day's hours, the latest first."""
    gone = {row.fact.revokes for row in standing.evidence if row.fact.revokes is not None}
    rows = [row for row in standing.evidence if _counts(row) and row.entry not in gone]
    for row in sorted(rows, key=lambda row: (row.fact.happened_on, row.id), reverse=True)[:MOST_TAKEN]:
        shown = evidence_words.shown(standing.world, row)
        yield Pick(shown.entry, shown.text, words.day(shown.on), shown.look, shown.entry in chosen)


def _counts(row: Evidence) -> bool:
    verified = row.status is None or row.status is Status.VERIFIED
    return verified and row.fact.kind in TAKEN and row.fact.result != "fail"


HANDLERS = [show_what_if, show_person_what_if]
