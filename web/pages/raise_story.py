"""The decisions about somebody's raises, told as a story."""

from dataclasses import dataclass
from datetime import date

from apprenticeship.raises.model import Kind, RaiseDecision
from apprenticeship.standing.model import Standing
from apprenticeship.views_people import names_of
from graph.evaluating import cents_of
from web import words
from web.pages import evidence_words
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
NAMED = 2


@dataclass(frozen=True)
class StoryLine:
    """One decision in words; `undoable` tells whether it stands, so that it can be undone."""

    number: int
    on: date
    text: str
    what: str
    look: words.Look
    undoable: bool


async def story(standing: Standing) -> tuple[StoryLine, ...]:
    """Tell what was decided, the last first."""
    names = await names_of(one.decided_by for one in standing.decisions if one.decided_by is not None)
    told = [_line(standing, one, _by(one, names)) for one in standing.decisions]
    return tuple(reversed(told))


def _line(standing: Standing, decision: RaiseDecision, by: str) -> StoryLine:
    step = _step(standing, decision.step)
    stands = standing.in_force.of(decision.step) == decision
    what = {
        Kind.APPROVED: f"the raise to {step}",
        Kind.DENIED: f"the refusal of {step}",
        Kind.POSTPONED: f"the postponement of {step}",
    }
    return StoryLine(
        number=decision.id,
        on=decision.decided_at.date(),
        text=f"{by} {_said(standing, decision, step)}{_why(standing, decision)}",
        what=what.get(decision.kind, ""),
        look=LOOKS[decision.kind] if stands or decision.kind is Kind.UNDONE else words.Look("locked", "Was"),
        undoable=stands,
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
    because = set(decision.because)
    rows = [row.fact for row in standing.evidence if row.key in because]
    texts = list(dict.fromkeys(evidence_words.fact_words(standing.world, fact) for fact in rows))
    more = len(texts) - NAMED
    shown = [*texts[:NAMED], *([f"{more} more"] if more > 0 else [])]
    rests = f", because of {'; '.join(shown)}" if shown else ""
    return f"{rests}. {decision.reason}" if decision.reason else rests


def _step(standing: Standing, key: str) -> str:
    keys = [step.key for step in standing.program.steps]
    return step_title(standing.program.steps[keys.index(key)], keys.index(key)) if key in keys else key


def set_aside_words(standing: Standing) -> str:
    """Say why a step that was reached is not due; empty where it is, or none is reached."""
    decision = standing.reached_set_aside
    if decision is None or not standing.raise_reached:
        return ""
    step = _step(standing, decision.step)
    why = f": {decision.reason}" if decision.reason else "."
    if decision.postponed_until is not None:
        return f"{step} is put off until {words.day(decision.postponed_until)}{why}"
    return f"{step} was not given on {words.day(decision.decided_at)}{why}"
