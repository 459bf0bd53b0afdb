"""What late logs do to a raise, said in plain words. Pure."""

from apprenticeship.house_rules.late_logs import COMMITTEE_AT, SPAN, Charge, Effect
from apprenticeship.house_rules.model import DayPerDay, LateLogs, MonthPerReport, MonthsAfterGrace
from apprenticeship.house_rules.reports import Report
from apprenticeship.house_rules.wording import counted, listed, ordinal, said_day, said_month, sentence


def effect_words(effect: Effect) -> str:
    """Say what late logs do to a raise and why; empty where they do nothing."""
    said = []
    if effect.charges:
        said.append(_moved(effect))
    if effect.held:
        said.append(
            f"No raise before the {_logs(effect.missing)} {_is(effect.missing)} handed in or excused."
        )
    if effect.needs_committee:
        said.append(f"{sentence(counted(COMMITTEE_AT, 'late log'))} in {SPAN} months: the committee decides.")
    return " ".join(said)


def _moved(effect: Effect) -> str:
    causes = listed([_cause(one, effect) for one in effect.charges])
    moved = f"so the raise moves from {said_day(effect.reached)} to {said_day(effect.raise_on)}"
    back = "; the days between are not paid later" if effect.no_back_pay else ""
    return f"{sentence(causes)}, {moved}{back}."


def _cause(charge: Charge, effect: Effect) -> str:
    month = said_month(charge.report.month)
    if charge.report in effect.missing:
        so_far = f", {counted(charge.days, 'day')} late so far" if charge.days else ""
        return f"the log of {month} is missing{so_far}"
    cost = counted(charge.days, "day") if charge.days else counted(charge.months, "month")
    return f"the log of {month} was late and costs {cost}"


def _logs(reports: tuple[Report, ...]) -> str:
    months = listed([said_month(one.month) for one in reports])
    return f"{'log' if len(reports) == 1 else 'logs'} of {months}"


def _is(reports: tuple[Report, ...]) -> str:
    return "is" if len(reports) == 1 else "are"


def rule_words(rule: LateLogs) -> str:
    """Say a rule in one sentence."""
    due = f"Hours of a month are due by the {ordinal(rule.due_day)} of the next."
    match rule:
        case MonthPerReport():
            return f"{due} Nobody is raised while a log is missing, and each late log delays the raise by one month."
        case MonthsAfterGrace():
            return (
                f"{due} In any {SPAN} months one late log costs nothing, two delay the raise by one month each, and "
                f"with {counted(COMMITTEE_AT, 'late log')} or more the committee decides."
            )
        case DayPerDay():
            return f"{due} Each day that a log is late delays the raise by one day, and those days are not paid later."
