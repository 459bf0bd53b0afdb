"""From which day a raise may be paid by the house rules, and why. Pure."""

from dataclasses import dataclass, field
from datetime import date

from apprenticeship.house_rules.excuses import ExcuseWord
from apprenticeship.house_rules.late_logs import Effect, effect_of
from apprenticeship.house_rules.model import OFF, HouseRules, RulesVersion
from apprenticeship.house_rules.pay_days import paid_day
from apprenticeship.house_rules.reports import Report
from apprenticeship.house_rules.telling import effect_words
from apprenticeship.house_rules.versions import rules_on
from apprenticeship.house_rules.wording import said_day
from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from graph import timeline


@dataclass(frozen=True, kw_only=True)
class House:
    """What a sponsor's house knows about one enrolment on a day.

    Attributes:
        today: the day.
        rules: those in force on it.
        line: the versions that hold one after the other, the earliest first.
        reports: the logs that were due by it, the first month first; none where no rule asks for them.
        said: what was said about late ones, in the order of saying.
    """

    today: date
    rules: HouseRules = OFF
    line: tuple[RulesVersion, ...] = ()
    reports: tuple[Report, ...] = ()
    said: tuple[ExcuseWord, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Bound:
    """When one raise may be paid from.

    Attributes:
        day: the first day.
        effect: what late logs do to it.
        words: why it is not the day on which it was reached; empty where it is.
        paid_by: the rules in force on the day on which it was reached: they say from which days it is paid.
    """

    day: date
    effect: Effect
    words: str
    paid_by: HouseRules


def bound_of(house: House, standing: Standing, step: str) -> Bound:
    """Return from when a step that somebody has reached may be paid.

    When pay periods begin is asked of the rules in force on the day on which the step was reached: a rule reaches back
    to no raise that was reached before it held.
    """
    reached = reached_on(standing, step)
    effect = effect_of(
        house.rules.late_logs,
        house.reports,
        reached=reached,
        since=_paid_since(standing),
        as_of=house.today,
    )
    paid_by = rules_on(house.line, reached)
    day = paid_day(paid_by, effect.raise_on)
    said = [effect_words(effect)]
    if day != effect.raise_on:
        said.append(f"Raises are paid from the next pay period, which begins on {said_day(day)}.")
    return Bound(day=day, effect=effect, words=" ".join(one for one in said if one), paid_by=paid_by)


def reached_on(standing: Standing, step: str) -> date:
    """Return the first day of the stretch in which a step is reached; for one that was passed, of the one reached."""
    line, day = standing.evaluation.actual.step(step), standing.as_of.toordinal()
    registered = standing.enrolment.registered
    if not timeline.is_true(line, day):
        wage = standing.evaluation.wage
        return registered if wage is None or wage.since is None else max(registered, wage.since)
    first = timeline.since(line, day)
    return registered if first is None else max(registered, date.fromordinal(first))


def _paid_since(standing: Standing) -> date:
    """Return from when the step before is paid: given last, or with the registration."""
    days = [one.effective_on for one in standing.awarded if one.effective_on is not None]
    return max([standing.enrolment.registered, *days])


def check_bound(bound: Bound, effective_on: date, reason: str) -> None:
    """Go on only with a day that the house rules allow.

    Raises:
        Invalid: it is too early or in the middle of a pay period, a log is missing, or the committee's word is.
    """
    where = "effective_on"
    if bound.effect.held:
        raise Invalid(bound.words, where=where)
    if effective_on < bound.day:
        raise Invalid(f"{bound.words} The earliest day is {said_day(bound.day)}.", where=where)
    begins = paid_day(bound.paid_by, effective_on)
    if begins != effective_on:
        raise Invalid(
            f"Name the first day of a pay period; the next one begins on {said_day(begins)}.", where=where
        )
    if bound.effect.needs_committee and not reason.strip():
        raise Invalid(f"{bound.words} Write what it decided.", where="reason")
