"""Requests for credit: the learner asks, takes back, appeals; the registrar decides award by award."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from apprenticeship.credit.model import CreditAnswer
from apprenticeship.credit.services import CollegeCredit, LearnerCredit
from apprenticeship.credit_decisions.model import (
    CreditDecision,
    CreditRequest,
    Override,
    RequestLine,
    Ruling,
    State,
    Verdict,
)
from apprenticeship.credit_decisions.services import (
    Asked,
    appeal,
    ask_credit,
    asked_of,
    decide,
    own_requests,
    request_of,
    requests_to_decide,
    withdraw,
)
from apprenticeship.policy import Action
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.views_people import names_of
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, filled, read_form
from web.pages import credit_words
from web.pages.asked import AnyRequest, now_of
from web.pages.credit_words import Line
from web.rendering import page
from web.visitors import asking

ChoiceT = TypeVar("ChoiceT", Verdict, Override)
OWN = asks(Action.ASK_CREDIT, Whose.OWN)
LIST = asks(Action.DECIDE_CREDIT, Whose.THEIRS)
DECIDING = asks(Action.DECIDE_CREDIT, Whose.LEARNER)
STATES = {
    State.WAITING: words.Look("wait", "Waits for the college"),
    State.DECIDED: words.Look("done", "Decided"),
    State.APPEALED: words.Look("wait", "Appealed, waits for the college"),
    State.WITHDRAWN: words.Look("back", "Taken back"),
}
VERDICTS = {
    Verdict.ACCEPTED: words.Look("done", "Granted"),
    Verdict.CHANGED: words.Look("part", "Granted with a change"),
    Verdict.REFUSED: words.Look("back", "Not granted"),
}
OVERRIDES = {
    Override.SUBSTITUTE: "other evidence stands for what is asked",
    Override.WAIVE: "a condition or limit is set aside",
    Override.FORCE: "by decision of the college",
}
DONE = {
    "asked": "Sent. The college decides; you see it here.",
    "withdrawn": "Taken back.",
    "appealed": "Sent. The college decides again.",
    "decided": "Decided. The learner sees it with your reasons.",
}


@dataclass(frozen=True)
class RequestShown:
    """One request in a list. Credits in hundredths."""

    href: str
    name: str
    college: str
    program: str
    asked_at: datetime
    state: words.Look
    credits: int
    granted: int
    unit: str


@dataclass(frozen=True)
class DecidedShown:
    """One decision in words."""

    at: datetime
    who: str
    look: words.Look
    what: str
    reason: str


@dataclass(frozen=True)
class LineShown:
    """One award of a request: what the rules said, and what the college decided."""

    line: RequestLine
    said: Line
    decided: tuple[DecidedShown, ...]
    turn: int

    @property
    def award(self) -> str:
        return self.line.award


@get("/credit/requests/{request_id:int}", opt=OWN)
async def show_own(request: AnyRequest, request_id: FromPath[int]) -> Response[str]:
    """Show one's own request: what the rules said, what the college decided, and the history."""
    return await _own(request, request_id, None)


async def _own(request: AnyRequest, request_id: int, wrong: Filled | None) -> Response[str]:
    found = await asked_of(asking(request).actor, request_id, now=now_of(request))
    if found.request.person != asking(request).actor.person:
        raise Missing("There is no such request.")
    return await _page(request, found, wrong, here="/credit")


@post("/credit/requests", opt=OWN, status_code=SEE_OTHER)
async def ask(request: AnyRequest) -> Response[str]:
    """Ask a college for the credit that its agreement gives today."""
    form = await read_form(request)
    try:
        agreement = UUID(form.text("agreement"))
    except ValueError:
        raise Missing("There is no such agreement.") from None
    try:
        number = await ask_credit(asking(request).actor, agreement, now=now_of(request))
    except (Invalid, AlreadyDecided) as refusal:
        return await _requests(request, str(refusal))
    return see_other(f"/credit/requests/{number}?done=asked")


@get("/credit/requests", opt=OWN)
async def show_requests(request: AnyRequest) -> Response[str]:
    """List one's own requests."""
    return await _requests(request, "")


async def _requests(request: AnyRequest, problem: str) -> Response[str]:
    now = now_of(request)
    found = await own_requests(asking(request).actor, now=now)
    return page(
        request,
        "credit_requests.html",
        status=REFUSED if problem else 200,
        lines=[_listed(one, "", f"/credit/requests/{one.id}", now.date()) for one in found],
        own=True,
        problem=problem,
        here="/credit",
    )


@post("/credit/requests/{request_id:int}/withdraw", opt=OWN, status_code=SEE_OTHER)
async def take_back(request: AnyRequest, request_id: FromPath[int]) -> Response[str]:
    """Take one's request back."""
    form = await read_form(request)
    try:
        await withdraw(asking(request).actor, request_id, reason=form.text("reason"), now=now_of(request))
    except (Invalid, AlreadyDecided) as refusal:
        return await _own(request, request_id, Filled("say", form, "reason", str(refusal)))
    return see_other(f"/credit/requests/{request_id}?done=withdrawn")


@post("/credit/requests/{request_id:int}/appeal", opt=OWN, status_code=SEE_OTHER)
async def appeal_it(request: AnyRequest, request_id: FromPath[int]) -> Response[str]:
    """Ask the college to decide again."""
    form = await read_form(request)
    try:
        await appeal(asking(request).actor, request_id, reason=form.text("reason"), now=now_of(request))
    except (Invalid, AlreadyDecided) as refusal:
        return await _own(request, request_id, Filled("say", form, "reason", str(refusal)))
    return see_other(f"/credit/requests/{request_id}?done=appealed")


@get("/credit-requests", opt=LIST)
async def show_queue(request: AnyRequest) -> Response[str]:
    """List the requests to the registrar's college, those to decide first."""
    now = now_of(request)
    found = await requests_to_decide(asking(request).actor, now=now)
    names = await names_of([one.person for one in found])
    return page(
        request,
        "credit_requests.html",
        lines=[_listed(one, names.get(one.person, ""), _address(one), now.date()) for one in found],
        own=False,
        problem="",
        here="/credit-requests",
    )


def _address(request: CreditRequest) -> str:
    return f"/credit-requests/{request.person}/{request.id}"


def _listed(request: CreditRequest, name: str, href: str, day: date) -> RequestShown:
    return RequestShown(
        href=href,
        name=name,
        college=request.answer["college"],
        program=request.answer["program"],
        asked_at=request.asked_at,
        state=STATES[request.state],
        credits=sum(line.credits for line in request.lines if line.given),
        granted=sum(one.credits for one in request.granted_on(day)),
        unit=request.answer["unit"],
    )


@get("/credit-requests/{learner_id:uuid}/{request_id:int}", opt=DECIDING)
async def show_request(
    request: AnyRequest, learner_id: FromPath[UUID], request_id: FromPath[int]
) -> Response[str]:
    """Show one request with its reasons, and the form to decide it."""
    return await _deciding(request, learner_id, request_id, None)


async def _deciding(
    request: AnyRequest, learner_id: UUID, request_id: int, wrong: Filled | None
) -> Response[str]:
    found = await asked_of(asking(request).actor, request_id, now=now_of(request))
    if found.request.person != learner_id:
        raise Missing("There is no such request.")
    return await _page(request, found, wrong, here="/credit-requests")


@post("/credit-requests/{learner_id:uuid}/{request_id:int}", opt=DECIDING, status_code=SEE_OTHER)
async def decide_it(
    request: AnyRequest, learner_id: FromPath[UUID], request_id: FromPath[int]
) -> Response[str]:
    """Decide some awards, all or none of them."""
    form = await read_form(request)
    actor, now = asking(request).actor, now_of(request)
    found = await request_of(actor, request_id, now=now)
    if found.person != learner_id:
        raise Missing("There is no such request.")
    try:
        await decide(actor, request_id, _rulings(form, found), now=now)
    except Invalid as refusal:
        return await _deciding(
            request, learner_id, request_id, Filled("decide", form, refusal.where, str(refusal))
        )
    except AlreadyDecided as refusal:
        return await _deciding(request, learner_id, request_id, Filled("decide", form, "form", str(refusal)))
    return see_other(f"{_address(found)}?done=decided")


def _rulings(form: Form, request: CreditRequest) -> list[Ruling]:
    """Read what was decided; the button for all says yes to whatever the rules give and nobody has decided.

    Raises:
        Invalid: a field holds something else than it asks for.
    """
    if form.text("all"):
        waiting = [line for line in request.lines if line.given and request.standing(line.award) is None]
        return [Ruling(award=line.award, verdict=Verdict.ACCEPTED) for line in waiting]
    return [_ruling(form, line) for line in request.lines if form.text(f"verdict-{line.award}")]


def _ruling(form: Form, line: RequestLine) -> Ruling:
    award = line.award
    verdict = _one_of(Verdict, form, f"verdict-{award}")
    override = _one_of(Override, form, f"override-{award}") if form.text(f"override-{award}") else None
    until = f"until-{award}"
    evidence = form.text(f"evidence-{award}").replace(",", " ").split()
    if verdict is Verdict.REFUSED:
        return Ruling(
            award=award,
            verdict=verdict,
            after=form.number(f"after-{award}") or 0,
            override=override,
            reason=form.text(f"reason-{award}"),
        )
    return Ruling(
        award=award,
        verdict=verdict,
        after=form.number(f"after-{award}") or 0,
        credits=_credits(form, f"credits-{award}"),
        course=form.text(f"course-{award}") or None,
        evidence=tuple(evidence) or None,
        override=override,
        override_until=form.day(until, "The end of the exception") if form.text(until) else None,
        reason=form.text(f"reason-{award}"),
    )


def _one_of(kind: type[ChoiceT], form: Form, name: str) -> ChoiceT:
    try:
        return kind(form.text(name))
    except ValueError:
        raise Invalid("Choose one of the answers.", where=name) from None


def _credits(form: Form, name: str) -> int | None:
    text = form.text(name).replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Invalid("Write credits as a number, like 3 or 1.5.", where=name) from None
    if not number.is_finite() or abs(number) > 1_000 or number * 100 % 1:  # noqa: PLR2004 - far more than a degree
        raise Invalid("Write credits with at most two places, like 1.5.", where=name)
    return int(number * 100)


async def _page(request: AnyRequest, found: Asked, wrong: Filled | None, *, here: str) -> Response[str]:
    asked = found.request
    own = asked.person == asking(request).actor.person
    names = await names_of([asked.person, *(one.decided_by for one in asked.decisions)])
    day = now_of(request).date()
    shown = _lines(found, names)
    return page(
        request,
        "credit_request.html",
        status=REFUSED if wrong else 200,
        own=own,
        name=names.get(asked.person, ""),
        found=found,
        asked=asked,
        state=STATES[asked.state],
        answer=found.drawn.answer,
        given=[one for one in shown if one.line.given],
        left_out=[one for one in shown if not one.line.given],
        granted=asked.granted_on(day),
        granted_credits=sum(one.credits for one in asked.granted_on(day)),
        can_withdraw=own and asked.state is State.WAITING and not asked.decisions,
        can_appeal=own and asked.state is State.DECIDED,
        can_decide=not own and asked.state is not State.WITHDRAWN,
        waits_for_all=any(one.line.given and not one.decided for one in shown),
        verdicts=[(one.value, look.word) for one, look in VERDICTS.items()],
        overrides=[(one.value, said) for one, said in OVERRIDES.items()],
        form=wrong or filled("say" if own else "decide"),
        wrong=wrong,
        address=_address(asked),
        notice=None if wrong else DONE.get(request.query_params.get("done", "")),
        here=here,
    )


def _lines(found: Asked, names: dict[UUID, str]) -> list[LineShown]:
    answer = found.drawn.answer
    credit = LearnerCredit(
        person=found.case.person,
        as_of=found.request.as_of,
        world=found.case.evaluation.world,
        evidence=found.case.rows,
        colleges=(),
        unreadable=(),
    )
    college = CollegeCredit(
        organisation=found.college, standard=found.standard, answer=answer, near=(), reach=0
    )
    said = _said(credit, college, answer)
    return [
        LineShown(
            line,
            said[line.award],
            tuple(_decided(one, line, names) for one in found.request.decisions if one.award == line.award),
            sum(one.award == line.award for one in found.request.decisions),
        )
        for line in found.request.lines
        if line.award in said
    ]


def _said(credit: LearnerCredit, college: CollegeCredit, answer: CreditAnswer) -> dict[str, Line]:
    given = {one.award.id: credit_words.given_line(credit, one) for one in answer.best.given}
    left = {one.award.id: credit_words.left_out_line(credit, college, one) for one in answer.left_out}
    return given | left


def _decided(decision: CreditDecision, line: RequestLine, names: dict[UUID, str]) -> DecidedShown:
    what = ""
    if decision.verdict is not Verdict.REFUSED:
        what = f"{words.credit_hours(decision.credits)} credits as {decision.course}"
        if decision.override is not None:
            what += f", {OVERRIDES[decision.override]}"
        if decision.evidence and decision.evidence != line.evidence:
            what += f", on {words.listed(list(decision.evidence))}"
        if decision.override_until is not None:
            what += f", until {words.day(decision.override_until)}"
    look = VERDICTS[decision.verdict]
    look = replace(look, word="Granted by exception") if decision.override else look
    return DecidedShown(
        decision.decided_at, names.get(decision.decided_by, ""), look, what, decision.reason or ""
    )


HANDLERS = [show_own, ask, show_requests, take_back, appeal_it, show_queue, show_request, decide_it]
