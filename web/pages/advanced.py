"""Credit for previous experience: the apprentice's claim, and the employer's decisions about claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.advanced.model import Claim, Outcome
from apprenticeship.advanced.report import SMALLEST, OutcomeLine
from apprenticeship.advanced.rules import EARLIEST, most, most_in, remaining
from apprenticeship.advanced.services import (
    claim_credit,
    claims_of,
    claims_to_decide,
    decide_claim,
    probation_end_of,
    tell_agency,
)
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid
from apprenticeship.standing.model import Standing
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages.addresses import person_address
from web.pages.asked import AnyRequest, now_of, own_standing, standing_for
from web.rendering import page
from web.visitors import asking

OWN = asks(Action.HAND_IN, Whose.OWN)
LIST = asks(Action.AWARD_STEP, Whose.THEIRS)
DECIDING = asks(Action.AWARD_STEP, Whose.LEARNER)
MOST_HOURS = 100_000
LOOKS = {
    Outcome.WAITING: words.Look("wait", "Waiting for the sponsor"),
    Outcome.IN_FULL: words.Look("done", "Granted in full"),
    Outcome.IN_PART: words.Look("part", "Granted in part"),
    Outcome.NOT: words.Look("back", "Not granted"),
}
DONE = {
    "claimed": "Sent. Your sponsor decides before probation ends.",
    "decided": "Decided. What was granted counts from today.",
    "told": "Written down: the agency was told.",
}


@dataclass(frozen=True)
class HoursLine:
    """One work process of a claim, in minutes; `left` is what is still asked of its minimum after the credit."""

    id: str
    title: str
    asked: int
    granted: int | None
    most: int | None
    left: int | None


@dataclass(frozen=True)
class ClaimShown:
    """One claim in words."""

    claim: Claim
    look: words.Look
    name: str
    href: str
    lines: tuple[HoursLine, ...]
    ends: date | None = None
    why: str = ""
    over: bool = False
    late: bool = False


@get("/raise/claim", opt=OWN)
async def show_claim(request: AnyRequest) -> Response[str]:
    """Show one's claim and what became of it, or the form for it."""
    return await _claim(request, None)


@post("/raise/claim", opt=OWN, status_code=SEE_OTHER)
async def send_claim(request: AnyRequest) -> Response[str]:
    """Claim credit for previous experience."""
    form = await read_form(request)
    standing = await own_standing(request)
    try:
        await claim_credit(
            asking(request).actor,
            standing.person.id,
            applied_on=form.day("applied_on", "The day of the application"),
            asked=_hours(form, standing),
            documents=[line.strip() for line in form.text("documents").splitlines() if line.strip()],
            now=now_of(request),
        )
    except Invalid as refusal:
        return await _claim(request, Filled("claim", form, refusal.where, str(refusal)))
    except AlreadyDecided as refusal:
        return await _claim(request, Filled("claim", form, "hours", str(refusal)))
    return see_other("/raise/claim?done=claimed")


async def _claim(request: AnyRequest, wrong: Filled | None) -> Response[str]:
    standing = await own_standing(request)
    made = await claims_of(asking(request).actor, standing.person.id, now=now_of(request))
    end = probation_end_of(standing)
    here = next((one for one in made if one.enrolment == standing.enrolment.id), None)
    return page(
        request,
        "claim.html",
        status=REFUSED if wrong else 200,
        standing=standing,
        shown=None if here is None else _shown(here, standing),
        processes=[
            (one.key.rpartition(":")[2], one.title or one.key, most_in(one))
            for one in standing.program.work_processes
        ],
        form=wrong or filled("claim", {"applied_on": standing.enrolment.registered.isoformat()}),
        most=most(standing.program),
        earliest=EARLIEST,
        ended=end if end.day <= now_of(request).date() else None,
        notice=None if wrong else DONE.get(request.query_params.get("done", "")),
        here="/raise",
    )


def _hours(form: Form, standing: Standing) -> dict[str, int]:
    """Read hours by work process, in minutes; an empty field is none.

    Raises:
        Invalid: what stands in a field is no number of hours.
    """
    found = {}
    for process in standing.program.work_processes:
        name = process.key.rpartition(":")[2]
        text = form.text(f"hours-{name}").replace(",", ".")
        try:
            hours = Decimal(text or "0")
        except InvalidOperation:
            raise Invalid("Write hours as a number, like 120.", where=f"hours-{name}") from None
        if not hours.is_finite() or not 0 <= hours <= MOST_HOURS:
            raise Invalid(f"From 0 to {MOST_HOURS:,} hours.", where=f"hours-{name}")
        found[name] = int((hours * 120 + 1) // 2)
    return found


def _shown(claim: Claim, standing: Standing) -> ClaimShown:
    granted: Mapping[str, int] | None = None if claim.decided is None else claim.decided.granted
    known = {one.key.rpartition(":")[2]: one for one in standing.program.work_processes}
    lines = []
    for name, minutes in claim.asked.items():
        process = known.get(name)
        least = None if process is None else process.minimum
        given = None if granted is None else granted.get(name, 0)
        lines.append(
            HoursLine(
                id=name,
                title=(process.title if process else "") or name,
                asked=minutes,
                granted=given,
                most=None if process is None else most_in(process),
                left=None if least is None or given is None else remaining(least, given),
            )
        )
    base = person_address(claim.person)
    return ClaimShown(claim, LOOKS[claim.outcome], standing.person.name, base, tuple(lines))


@get("/standing-claims", opt=LIST)
async def show_claims(request: AnyRequest) -> Response[str]:
    """Show the claims to decide, the decided ones with the clock to tell the agency, and how all were treated."""
    return await _claims(request, None)


@post("/standing-claims/{apprentice_id:uuid}/{claim_id:int}", opt=DECIDING, status_code=SEE_OTHER)
async def decide(
    request: AnyRequest, apprentice_id: FromPath[UUID], claim_id: FromPath[int]
) -> Response[str]:
    """Decide a claim."""
    form = await read_form(request)
    standing = await standing_for(request, apprentice_id)
    try:
        granted = _hours(form, standing) if form.text("verdict") != "no" else {}
        await decide_claim(
            asking(request).actor,
            apprentice_id,
            claim_id,
            granted=granted,
            reason=form.text("reason"),
            now=now_of(request),
        )
    except Invalid as refusal:
        return await _claims(request, Filled(f"claim-{claim_id}", form, refusal.where, str(refusal)))
    return see_other("/standing-claims?done=decided")


@post("/standing-claims/{apprentice_id:uuid}/{claim_id:int}/told", opt=DECIDING, status_code=SEE_OTHER)
async def tell(request: AnyRequest, apprentice_id: FromPath[UUID], claim_id: FromPath[int]) -> Response[str]:
    """Write down that the agency was told."""
    form = await read_form(request)
    try:
        day = form.day("told_on", "The day")
        await tell_agency(asking(request).actor, apprentice_id, claim_id, told_on=day, now=now_of(request))
    except Invalid as refusal:
        return await _claims(request, Filled(f"told-{claim_id}", form, refusal.where, str(refusal)))
    return see_other("/standing-claims?done=told")


async def _claims(request: AnyRequest, wrong: Filled | None) -> Response[str]:
    now = now_of(request)
    today = now.date()
    report = await claims_to_decide(asking(request).actor, now=now)
    shown = []
    for claim, standing, end in report.claims:
        one = _shown(claim, standing)
        decided = claim.decided
        late = decided is not None and decided.told_on is None and decided.tell_by < today
        shown.append(
            ClaimShown(
                one.claim,
                one.look,
                one.name,
                one.href,
                one.lines,
                ends=end.day,
                why=end.why,
                over=end.day <= today,
                late=late,
            )
        )
    return page(
        request,
        "standing_claims.html",
        status=REFUSED if wrong else 200,
        waiting=[one for one in shown if one.claim.decided is None],
        decided=[one for one in shown if one.claim.decided is not None],
        outcomes=[_outcome(one) for one in report.outcomes],
        smallest=SMALLEST,
        wrong=wrong,
        today=today,
        notice=None if wrong else DONE.get(request.query_params.get("done", "")),
        here="/raises",
    )


def _outcome(line: OutcomeLine) -> tuple[str, str, str, str]:
    if line.claims is None:
        return (words.sentence(line.outcome.value), "hidden", "hidden", "hidden")
    return (
        words.sentence(line.outcome.value),
        f"{line.claims:,}",
        words.hours(line.asked or 0),
        words.hours(line.granted or 0),
    )


HANDLERS = [show_claim, send_claim, show_claims, decide, tell]
