"""The record of one person: credentials held, hours, and everything handed in with what became of it."""

from dataclasses import dataclass
from datetime import date

from apprenticeship.evidence.model import Evidence, Status
from apprenticeship.standing.model import Standing
from graph.evaluating import DONE, HoursAnswer, State
from graph.requirement import OJL, RTI
from web import words
from web.pages.addresses import item_address
from web.pages.evidence_words import Shown, latest, shown
from web.pages.proofs import parts_words
from web.rules import within_words

SHOWN = 40


@dataclass(frozen=True)
class HeldCredential:
    """One credential that was earned or begun."""

    title: str
    href: str
    issuer: str
    look: words.Look
    since: date | None
    expires: date | None
    parts: str
    vouched: str


@dataclass(frozen=True)
class HoursLine:
    """Hours in one work process, in minutes."""

    where: str
    approved: int
    counted: int
    asked: int | None
    most: int | None


@dataclass(frozen=True)
class RecordPage:
    """Everything on the page."""

    credentials: tuple[HeldCredential, ...]
    competencies: tuple[tuple[str, str, words.Look, date | None], ...]
    hours: tuple[HoursLine, ...]
    entries: tuple[Shown, ...]
    more: int


def record_page(standing: Standing, history: tuple[Evidence, ...], base: str = "") -> RecordPage:
    """Sum up a record; of the history the latest pieces of evidence are shown, each as it stands now."""
    rows = latest(history, SHOWN)
    return RecordPage(
        credentials=_credentials(standing, base),
        competencies=_competencies(standing, base),
        hours=tuple(_hours_line(standing, key, answer) for key, answer in standing.evaluation.hours.items()),
        entries=tuple(shown(standing.world, row) for row in rows),
        more=len({row.entry for row in history}) - len(rows),
    )


def _credentials(standing: Standing, base: str) -> tuple[HeldCredential, ...]:
    found = []
    for key, answer in standing.evaluation.credentials.items():
        if answer.state in DONE or answer.state in (State.IN_PROGRESS, State.PENDING):
            item = standing.world.credentials[key]
            found.append(
                HeldCredential(
                    title=item.title or key,
                    href=item_address(base, "credential", key),
                    issuer=item.framework.title,
                    look=words.CREDENTIAL_LOOKS[answer.state],
                    since=answer.since,
                    expires=answer.expires,
                    parts=parts_words(answer.parts) if len(answer.parts) > 1 else "",
                    vouched=_vouched(standing.evidence, key) if answer.state in DONE else "",
                )
            )
    return tuple(found)


def _vouched(evidence: tuple[Evidence, ...], credential: str) -> str:
    """Say who vouches for a credential, as it was written down when it was verified."""
    rows = (row for row in evidence if row.fact.subject == credential and row.status is Status.VERIFIED)
    return words.listed(list(dict.fromkeys(row.fact.attested_by for row in rows if row.fact.attested_by)))


def _competencies(standing: Standing, base: str) -> tuple[tuple[str, str, words.Look, date | None], ...]:
    found = []
    for key, answer in standing.evaluation.competencies.items():
        item = standing.world.competencies[key]
        if answer.state in DONE and item.kind != "area":
            name = f"{item.code} {item.title}" if item.code else item.title
            look = words.COMPETENCY_LOOKS[answer.state]
            found.append((name, item_address(base, "competency", key), look, answer.since))
    return tuple(found)


def _hours_line(standing: Standing, key: str, answer: HoursAnswer) -> HoursLine:
    names = {OJL: "On the job, all together", RTI: "In class"}
    where = names.get(key) or words.sentence(within_words(standing.world, key).removeprefix("in "))
    return HoursLine(where, answer.approved, answer.counted, answer.minimum, answer.maximum)
