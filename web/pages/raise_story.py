"""What was proposed, said and decided about somebody's raises, told as a story."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apprenticeship.proposals.model import Flow, Proposal, ProposalKind, Statement, StatementKind
from apprenticeship.raises.model import Kind, RaiseDecision
from apprenticeship.standing.model import Standing
from apprenticeship.views_people import names_of
from graph.evaluating import cents_of
from web import words
from web.pages import evidence_words
from web.pages.first_approvals import first_lines
from web.rules import step_title

LOOKS = {
    Kind.APPROVED: words.Look("done", "Given"),
    Kind.DENIED: words.Look("back", "Not given"),
    Kind.POSTPONED: words.Look("wait", "Put off"),
    Kind.UNDONE: words.Look("back", "Taken back"),
}
TAKEN_BACK = {
    Kind.APPROVED: "took back the raise to",
    Kind.DENIED: "took back the refusal of",
    Kind.POSTPONED: "took back the postponement of",
}
SAYINGS = {
    StatementKind.OBJECTION: words.Look("back", "Objected to"),
    StatementKind.APPEAL: words.Look("info", "Appealed"),
    StatementKind.ACCEPTED: words.Look("done", "Corrected"),
    StatementKind.SET_ASIDE: words.Look("locked", "Set aside"),
    StatementKind.UPHELD: words.Look("locked", "Left as it is"),
}
NAMED = 2


BY_THEMSELVES = "Nobody objected in time, so the rules"


@dataclass(frozen=True)
class StoryLine:
    """One decision, proposal or saying in words.

    Attributes:
        number: the decision; 0 for what is none.
        what: the decision as others speak of it.
        undoable: whether the decision stands, so that it can be undone.
        appeal: what an appeal against this names, as a field of a form and its value; None where there is none.
    """

    number: int
    on: date
    text: str
    what: str
    look: words.Look
    undoable: bool = False
    appeal: tuple[str, int] | None = None


async def story(standing: Standing, flow: Flow) -> tuple[StoryLine, ...]:
    """Tell what was proposed, said and decided, the last first."""
    people = {one.decided_by for one in flow.decisions} | {one.said_by for one in flow.statements}
    names = await names_of(one for one in people if one is not None)
    told: list[tuple[datetime, int, float, StoryLine]] = [
        *((one.known_at, 0, one.id, proposal_line(standing, one)) for one in flow.proposals),
        *((one.decided_at, 1, one.id, _line(standing, flow, one, names)) for one in flow.decisions),
        *((one.said_at, 2, one.id, _saying(standing, flow, one, names)) for one in flow.statements),
    ]
    for first in await first_lines(standing, lambda key: step_name(standing, key)):
        made = first.approval
        line = StoryLine(number=0, on=made.approved_at.date(), text=first.text, what="", look=first.look)
        # where the clock gives no order, after the decisions made before it
        told.append((made.approved_at, 1, made.decisions_up_to + 0.5, line))
    return tuple(line for *_, line in sorted(told, key=lambda one: one[:3], reverse=True))


def proposal_line(standing: Standing, proposal: Proposal) -> StoryLine:
    """Tell one proposal."""
    step = step_name(standing, proposal.step)
    if proposal.kind is ProposalKind.CORRECTION:
        text = f"{step} is to be looked at again: {correction_words(standing, proposal)}"
    else:
        again = " once more" if proposal.turn else ""
        text = f"The rules proposed {step}{again}, reached on {words.day(proposal.holds_since)}"
    return StoryLine(
        number=0,
        on=proposal.known_at.date(),
        text=text,
        what="",
        look=words.Look("info" if proposal.kind is ProposalKind.CORRECTION else "ready", "Proposed"),
    )


def correction_words(standing: Standing, correction: Proposal) -> str:
    """Say what changed for a step that was given, and by which evidence."""
    was = f"it was reached on {words.day(correction.was_on)}"
    if correction.holds_since is not None:
        now = f"by what is known now it was reached on {words.day(correction.holds_since)}"
    elif correction.lost_on is not None:
        now = f"its rule holds no more since {words.day(correction.lost_on)}"
    else:
        now = "by what is known now it was never reached"
    because = _evidence_words(standing, correction.because)
    return f"{was}, and {now}{f', because of {because}' if because else ''}"


def _saying(standing: Standing, flow: Flow, said: Statement, names: dict[UUID, str]) -> StoryLine:
    step = step_name(standing, flow.step_of(said))
    what = f"the objection to {step}"
    if said.decision is not None:
        what = _whats(next(one for one in flow.decisions if one.id == said.decision), step)
    did = {
        StatementKind.OBJECTION: f"objected to {step}",
        StatementKind.APPEAL: f"appealed against {what}",
        StatementKind.ACCEPTED: f"accepted the correction of {step}",
        StatementKind.SET_ASIDE: f"set the correction of {step} aside",
        StatementKind.UPHELD: f"answered the appeal against {what} and left it as it is",
    }[said.kind]
    proposal = flow.proposal(said.proposal or 0)
    may_appeal = (
        said.kind is StatementKind.OBJECTION
        and proposal in flow.open_raises
        and proposal is not None
        and flow.about(proposal, StatementKind.APPEAL) is None
    )
    why = f": {said.reason}" if said.reason else ". The reason was erased."
    return StoryLine(
        number=0,
        on=said.said_at.date(),
        text=f"{names.get(said.said_by, 'Somebody')} {did}{why}",
        what=what,
        look=SAYINGS[said.kind],
        appeal=("proposal", said.proposal or 0) if may_appeal else None,
    )


def _whats(decision: RaiseDecision, step: str) -> str:
    what = {
        Kind.APPROVED: f"the raise to {step}",
        Kind.DENIED: f"the refusal of {step}",
        Kind.POSTPONED: f"the postponement of {step}",
        Kind.UNDONE: f"taking {step} back",
    }
    return what[decision.kind]


def _line(standing: Standing, flow: Flow, decision: RaiseDecision, names: dict[UUID, str]) -> StoryLine:
    step = step_name(standing, decision.step)
    stands = standing.in_force.of(decision.step) == decision
    by = BY_THEMSELVES if decision.decided_by is None else names.get(decision.decided_by, "Somebody")
    return StoryLine(
        number=decision.id,
        on=decision.decided_at.date(),
        text=f"{by} {_said(standing, decision, step)}{_why(standing, decision)}",
        what=_whats(decision, step),
        look=LOOKS[decision.kind] if stands or decision.kind is Kind.UNDONE else words.Look("locked", "Was"),
        undoable=stands,
        appeal=("decision", decision.id) if flow.can_be_appealed(decision) else None,
    )


def _said(standing: Standing, decision: RaiseDecision, step: str) -> str:
    match decision.kind:
        case Kind.APPROVED:
            pay = _pay(standing, decision)
            return f"raised the wage to {step}{pay}, from {words.day(decision.effective_on)}"
        case Kind.DENIED:
            return f"did not raise the wage to {step}"
        case Kind.POSTPONED:
            return f"put {step} off until {words.day(decision.postponed_until)}"
    undone = next(one for one in standing.decisions if one.id == decision.refers_to)
    return f"{TAKEN_BACK[undone.kind]} {step}"


def _pay(standing: Standing, decision: RaiseDecision) -> str:
    cents = cents_of(standing.program, decision.step, decision.as_of)
    return "" if cents is None else f", {words.money(cents)} an hour"


def _why(standing: Standing, decision: RaiseDecision) -> str:
    """Say the reason that was given; an approval is told by the evidence that it rests on."""
    if decision.kind is not Kind.APPROVED:
        return f": {decision.reason}" if decision.reason else ". The reason was erased."
    because = _evidence_words(standing, decision.because)
    rests = f", because of {because}" if because else ""
    return f"{rests}. {decision.reason}" if decision.reason else rests


def _evidence_words(standing: Standing, keys: tuple[str, ...]) -> str:
    """Name the first pieces of evidence, and say how many more there are."""
    rows = [row.fact for row in standing.evidence if row.key in set(keys)]
    texts = list(dict.fromkeys(evidence_words.fact_words(standing.world, fact) for fact in rows))
    more = len(texts) - NAMED
    return "; ".join([*texts[:NAMED], *([f"{more} more"] if more > 0 else [])])


def step_name(standing: Standing, key: str) -> str:
    """Name a wage step."""
    keys = [step.key for step in standing.program.steps]
    return step_title(standing.program.steps[keys.index(key)], keys.index(key)) if key in keys else key


def set_aside_words(standing: Standing) -> str:
    """Say why a step that was reached is not due; empty where it is, or none is reached."""
    decision = standing.reached_set_aside
    if decision is None or not standing.raise_reached:
        return ""
    step = step_name(standing, decision.step)
    why = f": {decision.reason}" if decision.reason else "."
    if decision.postponed_until is not None:
        return f"{step} is put off until {words.day(decision.postponed_until)}{why}"
    return f"{step} was not given on {words.day(decision.decided_at)}{why}"
