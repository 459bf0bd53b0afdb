"""The life of a college's agreements: handed in, reviewed, approved by the faculty, in force, ended; rows only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from apprenticeship.agreements import repo
from apprenticeship.agreements.model import (
    DONE,
    LEADS,
    NEEDS_REASON,
    AgreementDraft,
    End,
    Kind,
    Move,
    ended,
)
from apprenticeship.audit.services import record
from apprenticeship.people import repo as people
from apprenticeship.people.model import Organisation, Role
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor
from apprenticeship.publishing import as_published, publish_agreement
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, permit
from apprenticeship.store import transaction
from apprenticeship.texts import check_text, in_words
from standards.documents import AgreementDocument
from standards.linting import Finding, lint
from standards.problems import DocumentError
from standards.reading import Document, read_text
from standards.storage import repo as standards
from standards.storage.model import Published

LONGEST = 200_000
LONGEST_WHY = 1000
LONGEST_NAME = 200
HIGHEST = 2**63
FILE = "draft.yaml"
ERROR = "error"


async def hand_in(actor: Actor, text: str, *, now: datetime) -> int:
    """Hand in a draft of an agreement of one's own college; return its number.

    Raises:
        Invalid: it is no agreement, of another college, has errors, or its version is published with other content.
    """
    document, model = read_draft(text)
    college = await _college(actor, model, now)
    head = model.agreement
    if head.approval is not None and head.approval.state != "in_force":
        raise Invalid(
            "Leave `approval` out of the draft, or let it say in_force: where it stands is kept here.",
            where="draft",
        )
    errors = [one for one in await findings(text) if one.severity == ERROR]
    if errors:
        raise Invalid(f"{errors[0].where}: {errors[0].message}", where="draft")
    standard = as_published(document, now)
    there = await standards.find("agreement", standard.key, standard.version)
    if there is not None:
        raise Invalid(
            f"{standard.key} {standard.version} is published already; give the draft a new version.",
            where="draft",
        )
    draft = AgreementDraft(
        id=0,
        college=college.id,
        agreement_key=standard.key,
        version=standard.version,
        title=standard.title,
        content=text,
        sha256=standard.sha256,
        handed_in_at=now,
        handed_in_by=actor.person,
    )
    async with transaction():
        number = await repo.add_draft(draft)
        detail = {"key": draft.agreement_key, "version": draft.version, "sha256": draft.sha256}
        await record(actor, Action.KEEP_AGREEMENTS, "agreement_draft", number, now=now, detail=detail)
    return number


async def findings(text: str) -> tuple[Finding, ...]:
    """What lint says of a draft, among the published frameworks and programs."""
    document, _ = read_draft(text)
    published = (*await standards.newest("framework"), *await standards.newest("program"))
    others = [each for one in published for each in read_text(f"{one.key}.json", one.canonical)]
    return tuple(one for one in lint([document, *others]) if one.where.startswith(f"{FILE}:"))


def read_draft(text: str) -> tuple[Document, AgreementDocument]:
    """Read a draft.

    Raises:
        Invalid: it is not one agreement.
    """
    if not text.strip():
        raise Invalid("Paste the draft, or choose its file.", where="draft")
    check_text(text, longest=LONGEST, where="draft")
    try:
        documents = read_text(FILE, text)
    except DocumentError as error:
        raise Invalid(str(error), where="draft") from error
    models = [one.model for one in documents if isinstance(one.model, AgreementDocument)]
    if len(documents) != 1 or len(models) != 1:
        raise Invalid("The draft is one agreement; this has something else in it.", where="draft")
    return documents[0], models[0]


async def move(
    actor: Actor,
    number: int,
    kind: Kind,
    *,
    turn: int,
    why: str = "",
    approver: str = "",
    approved_on: date | None = None,
    now: datetime,
) -> AgreementDraft:
    """Move a draft on. `turn`: how many moves the actor saw; who saw fewer than there are is told what came first.

    Raises:
        Missing: there is no such draft of a college of the actor's.
        AlreadyDecided: somebody moved it in the meantime.
        Invalid: it cannot be moved so, or who approves, when or why is missing.
    """
    why, approver = why.strip(), approver.strip()
    check_text(why, longest=LONGEST_WHY, where="why")
    check_text(approver, longest=LONGEST_NAME, where="approver")
    async with transaction():
        await draft_of(actor, number, now=now)
        await repo.hold(number)
        draft = await draft_of(actor, number, now=now)
        if turn != len(draft.moves):
            raise AlreadyDecided(await _who_was_first(draft))
        await _check(actor, draft, kind, why=why, approver=approver, approved_on=approved_on, now=now)
        approves = kind is Kind.APPROVE
        step = Move(
            draft=number,
            turn=turn,
            kind=kind,
            why=why,
            moved_at=now,
            moved_by=actor.person,
            approver=approver if approves else None,
            approved_on=approved_on if approves else None,
            standard=await _published(actor, draft, now) if kind is Kind.PUT_IN_FORCE else None,
        )
        await repo.add_move(step)
        detail = {"kind": kind.value, "turn": turn}
        await record(actor, Action.KEEP_AGREEMENTS, "agreement_draft", number, now=now, detail=detail)
    return replace(draft, moves=(*draft.moves, step))


async def _check(
    actor: Actor,
    draft: AgreementDraft,
    kind: Kind,
    *,
    why: str,
    approver: str,
    approved_on: date | None,
    now: datetime,
) -> None:
    if (draft.state, kind) not in LEADS:
        raise Invalid(f"What is {draft.state.value} cannot be {DONE[kind]}.", where="kind")
    if kind in NEEDS_REASON and not why:
        raise Invalid("Say why; the other registrars read it.", where="why")
    if kind is not Kind.APPROVE:
        return
    if not approver:
        raise Invalid("Say who of the faculty approved, by name and role.", where="approver")
    if approved_on is None or approved_on > now.date():
        raise Invalid("Say the day of the approval; it is no later than today.", where="approved_on")
    if actor.person == draft.handed_in_by and await _others(draft.college, actor, now.date()):
        raise Invalid(
            "Who handed the draft in does not keep its approval; ask another registrar.", where="kind"
        )


async def _others(college: UUID, actor: Actor, day: date) -> bool:
    held = await people.roles_in(college)
    return any(one.role is Role.REGISTRAR and one.covers(day) and one.person != actor.person for one in held)


async def _who_was_first(draft: AgreementDraft) -> str:
    if not draft.moves:
        return "Nobody has moved this draft yet; look at it again."
    last = draft.moves[-1]
    (who,) = await people.people_of([last.moved_by])
    return f"{who.name} was first: the draft was {DONE[last.kind]} on {in_words(last.moved_at.date())}."


async def _published(actor: Actor, draft: AgreementDraft, now: datetime) -> UUID:
    document, _ = read_draft(draft.content)
    return (await publish_agreement(actor, draft.college, document, now=now)).id


async def draft_of(actor: Actor, number: int, *, now: datetime) -> AgreementDraft:
    """Return a draft of a college of the actor's.

    Raises:
        Missing: there is none.
    """
    draft = await repo.find(number) if 0 < number < HIGHEST else None
    if draft is None:
        raise Missing("There is no such draft.")
    permit(actor, Action.KEEP_AGREEMENTS, await organisation_resource(draft.college), now)
    return draft


async def drafts_of(actor: Actor, *, now: datetime) -> tuple[AgreementDraft, ...]:
    """Return the drafts of the colleges that the actor is a registrar of, the latest first."""
    return await repo.of_colleges(sorted(actor.organisations(Role.REGISTRAR, now.date())))


async def end(actor: Actor, standard: UUID, *, until: date, why: str, now: datetime) -> End:
    """End a published version of one's own college: from `until` on it gives nothing.

    Raises:
        Missing: there is no such version of a college of the actor's.
        AlreadyDecided: it was ended before.
        Invalid: the reason is missing, or the day lies behind or is no earlier than the version's own last.
    """
    why = why.strip()
    check_text(why, longest=LONGEST_WHY, where="why")
    found = await standards.by_ids([standard])
    if not found or found[0].kind != "agreement":
        raise Missing("There is no such agreement.")
    (_, model) = read_draft(found[0].canonical)
    await _college(actor, model, now)
    if not why:
        raise Invalid("Say why it ends.", where="why")
    if until < now.date():
        raise Invalid("The end is today or later: what was given before stays given.", where="until")
    last = found[0].effective_until
    if last is not None and until >= last:
        raise Invalid(f"It ends by itself on {in_words(last)}; choose an earlier day.", where="until")
    kept = End(standard=standard, until=until, why=why, ended_at=now, ended_by=actor.person)
    async with transaction():
        if not await repo.add_end(kept):
            first = (await repo.ends())[standard]
            (who,) = await people.people_of([first.ended_by])
            raise AlreadyDecided(f"{who.name} was first: it ends on {in_words(first.until)}.")
        detail = {"key": found[0].key, "version": found[0].version, "until": until}
        await record(actor, Action.KEEP_AGREEMENTS, "standard", standard, now=now, detail=detail)
    return kept


async def as_ended(
    published: Sequence[Published], *, known_at: datetime | None = None
) -> tuple[Published, ...]:
    """Published versions as their ends leave them, all ends or those kept by a moment."""
    ends = await repo.ends(known_at)
    return tuple(ended(one, ends.get(one.id)) for one in published)


async def _college(actor: Actor, model: AgreementDocument, now: datetime) -> Organisation:
    key = model.agreement.college_id
    own = actor.organisations(Role.REGISTRAR, now.date())
    mine = [one for one in await people.organisations() if one.id in own]
    found = next((one for one in mine if one.key == key), None)
    if found is None:
        known = ", ".join(sorted(one.key for one in mine)) or "none"
        raise Invalid(f"This is of another college; `college_id` is one of yours: {known}.", where="draft")
    permit(actor, Action.KEEP_AGREEMENTS, await organisation_resource(found.id), now)
    return found
