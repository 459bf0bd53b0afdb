"""Forecasts in the words of a shop: ranges of days, why there is none, and how they are reached."""

from dataclasses import dataclass
from datetime import date

from apprenticeship.forecasts.model import Measured, PersonForecast
from graph.forecasting.crew import Foreseen, Outlook, Unforeseen
from graph.forecasting.needs import Kind
from web import words

UNPACED = {
    Kind.LEARNING: "nobody here has had anything signed off or passed in the last twelve months",
    Kind.JOB: "nobody here has logged hours at work in the last twelve months",
    Kind.RELATED: "nobody here has logged related instruction in the last twelve months",
}
WHY_NOT = {
    Unforeseen.NOT_ENROLLED: "not enrolled in the program today",
    Unforeseen.ENDED: "the registration has ended",
    Unforeseen.SUSPENDED: "suspended, with no end stated",
    Unforeseen.QUIET: "nothing has been verified for six months, so there is no pace to go by",
    Unforeseen.NO_WAY: "there is no way to it by evidence alone; somebody has to change or waive something",
    Unforeseen.TOO_FAR: "at the present pace it lies more than five years away",
}
REFUSED = "it was refused, and is not paid before it is decided anew"
METHOD = (
    (
        "For each person a hundred futures are put together from blocks of three months that really happened: the "
        "person's own last twelve months, and with less weight those of the other people in the program (with m own "
        "months the own ones count m / (m + 3))."
    ),
    (
        "In each future, work goes first to what the next step still needs, then to the step after it, the shortest "
        "way, prerequisites first. Things signed off and tests passed count by the hours of effort that their "
        "standard states, 40 where it states none; what comes first is taken to be half done."
    ),
    (
        "Months that a rule asks for pass as the calendar does. A rule that offers a choice is met by whichever comes "
        "first. Then: one future in ten is there by the first day, five by the expected one, nine by the last."
    ),
    "Everybody is taken to go on as before: nobody leaves, nobody joins, and nothing is lost or runs out.",
)
PAY_METHOD = (
    "A step is paid from the day its rule holds, and never less than what was given. A step that was refused, and "
    "what lies above it, is not paid, as nobody knows when it is decided anew; one put off is not paid before its "
    "day. From an expected completion on the journey rate is reckoned; who is complete today is paid on as now, by "
    "the step given. Rates are those of each day, also where a change is dated ahead. Hours are the mean of those "
    "logged at work in the last twelve months, and 173⅓ a month where none are. The expected amount is the mean over "
    "all futures; four futures in five lie between low and high."
)


@dataclass(frozen=True)
class GoalLine:
    """One goal ahead in words; `span` is empty where no day is foreseen, and then `why_not` is not."""

    title: str
    expected: str
    span: str
    why_not: str


def goal_lines(forecast: PersonForecast) -> tuple[GoalLine, ...]:
    """Tell of every goal that is not reached, and of what was refused although it is."""
    told = (one for one in forecast.outlooks if not one.reached or one.goal in forecast.refused)
    return tuple(goal_line(forecast, one) for one in told)


def goal_line(forecast: PersonForecast, outlook: Outlook) -> GoalLine:
    """Tell of one goal. What was refused is promised for no day."""
    title = forecast.titles.get(outlook.goal, outlook.goal)
    found = outlook.foreseen
    if outlook.goal in forecast.refused:
        return GoalLine(title, "", "", REFUSED)
    if found is None:
        return GoalLine(title, "", "", why_not_words(outlook))
    return GoalLine(title, month_words(found.expected), span_words(found), "")


def month_words(day: date) -> str:
    """Say a month: a day would sound surer than it is."""
    return f"{day:%B %Y}"


def span_words(found: Foreseen) -> str:
    """Say the range of days."""
    first = words.day(found.earliest)
    if found.latest is None:
        return f"from {first} to more than five years away"
    if found.latest == found.earliest:
        return f"on {first}"
    return f"between {first} and {words.day(found.latest)}"


def why_not_words(outlook: Outlook) -> str:
    """Say why no day is foreseen."""
    if outlook.why_not is Unforeseen.UNPACED:
        return words.listed([UNPACED[kind] for kind in outlook.unpaced])
    return "" if outlook.why_not is None else WHY_NOT[outlook.why_not]


def measured_words(measured: Measured) -> str:
    """Say what somebody's forecast rests on."""
    if not measured.months:
        return (
            "No whole month of their own is there yet, so it goes by the pace of the others in the program."
        )
    return (
        f"{words.sentence(words.counted(measured.months, 'month'))} measured: {words.hours(measured.learning)} "
        f"hours of effort a month shown (all in the program: {words.hours(measured.usual)}), "
        f"{words.hours(measured.job)} hours a month logged at work. Their own months have a weight of "
        f"{round(measured.weight * 100)} in a hundred."
    )
