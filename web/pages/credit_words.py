"""College credit in words: why an award is left out, what it lacks, on what it rests."""

from dataclasses import dataclass
from datetime import date

from apprenticeship.credit.fees import fee_text
from apprenticeship.credit.model import CreditAnswer, Given, Hint, LeftOut, LimitUse, Reason
from apprenticeship.credit.reach import Near
from apprenticeship.credit.services import CollegeCredit, LearnerCredit
from graph.explaining import Missing, More, Remaining, Until
from graph.requirement import OJL, RTI, All, Any, AtLeast, Requirement
from graph.world import World
from standards.documents.agreement import AwardEntry
from web import words
from web.pages import evidence_words
from web.rules import requirement_words, within_words

LOCKED = words.Look("locked", "Not earned")
LOOKS = {
    Reason.STALE: words.Look("lapsed", "Too old"),
    Reason.WINDOW_OVER: words.Look("lapsed", "Asked too late"),
    Reason.CAP_REACHED: words.Look("waived", "Earned, no room left"),
    Reason.EVIDENCE_USED: words.Look("waived", "Evidence used"),
    Reason.ALTERNATIVE_CHOSEN: words.Look("waived", "An alternative is given"),
    Reason.COLLEGE_DECIDES: words.Look("waived", "Earned, the college decides"),
    Reason.ALREADY_GRANTED: words.Look("done", "Granted before"),
}
KINDS = {OJL: "on the job", RTI: "in class"}
LIMITS = {
    "share": "share of the program that prior learning may fill",
    "credits": "most credits by prior learning",
    "residency": "what residency leaves for prior learning",
}
MANY = 4
CREDIT = 100
TENTH = 6  # minutes


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as the registrar sees it."""

    key: str
    text: str
    on: date
    by: str


@dataclass(frozen=True)
class Line:
    """One award: given, near or left out; ``amount`` says its credits."""

    course: str
    title: str
    amount: str
    look: words.Look
    why: str
    evidence: tuple[Piece, ...] = ()
    conditions: str = ""
    fee: str = ""


def given_line(credit: LearnerCredit, given: Given) -> Line:
    """Say an award that is given, and on which evidence."""
    evidence = pieces(credit, given.evidence)
    return Line(
        given.award.course,
        given.award.title,
        amount_words(given.award),
        words.Look("done", "Earned"),
        _with_table(f"Earned {words.day(given.earned_on)}." if given.earned_on else "Earned.", given.award),
        evidence,
        words.sentence("; ".join(given.award.conditions)),
        fee_text(given.award) or "",
    )


def pieces(credit: LearnerCredit, keys: tuple[str, ...]) -> tuple[Piece, ...]:
    """Say pieces of evidence."""
    rows = [credit.evidence[key] for key in keys if key in credit.evidence]
    return tuple(
        Piece(
            row.key,
            evidence_words.fact_words(credit.world, row.fact),
            row.fact.happened_on,
            row.fact.attested_by or "",
        )
        for row in rows
    )


def near_line(credit: LearnerCredit, near: Near) -> Line:
    """Say an award that one more thing would earn."""
    if near.step is None:
        waiting = [piece.text for piece in pieces(credit, near.left_out.evidence)]
        look, why = words.Look("wait", "Waits for sign-off"), f"Waits for sign-off: {words.listed(waiting)}."
    else:
        look = words.Look("ready", "One thing missing")
        why = f"One thing missing: {requirement_words(credit.world, near.step)}."
    award = near.left_out.award
    return Line(
        award.course,
        award.title,
        amount_words(award),
        look,
        _with_table(why, award),
        fee=fee_text(award) or "",
    )


def left_out_line(credit: LearnerCredit, college: CollegeCredit, left_out: LeftOut) -> Line:
    """Say why an award is left out."""
    said = reason_sentences(credit.world, college.answer, left_out)
    award = left_out.award
    look = LOOKS.get(left_out.reason, LOCKED)
    evidence = pieces(credit, left_out.evidence)
    conditions = words.sentence("; ".join(award.conditions))
    return Line(
        award.course,
        award.title,
        amount_words(award),
        look,
        _with_table(" ".join(said), award),
        evidence,
        conditions,
        fee_text(award) or "",
    )


def reason_sentences(world: World, answer: CreditAnswer, left_out: LeftOut) -> list[str]:
    """Say every reason why an award is left out, the first one first."""
    also = [reason for reason in left_out.also if reason is not Reason.NO_CREDITS]
    return [_because(world, answer, left_out, reason) for reason in (left_out.reason, *also)]


def _because(world: World, answer: CreditAnswer, left_out: LeftOut, reason: Reason) -> str:
    over, short = words.day(left_out.over_on), words.credit_hours(left_out.credits_short)
    limits = words.listed([limit_words(name) for name in left_out.limits])
    given = {one.award.id: one.award for one in answer.best.given}
    before = {one.id: one.course for one in answer.granted}
    awards = words.listed(
        [before.get(name) or _award_name(given.get(name), name, left_out.award) for name in left_out.awards]
    )
    said = {
        Reason.NOT_IN_FORCE: "The agreement is not in force on this day.",
        Reason.ALREADY_GRANTED: f"The college has granted {awards} already, and counts it once.",
        Reason.NOT_MET: _not_met(world, left_out),
        Reason.STALE: f"The evidence became too old on {over}.",
        Reason.WINDOW_OVER: f"It had to be asked for before {over}.",
        Reason.TOO_EARLY: f"{short} more credits have to be earned at the college first.",
        Reason.ALTERNATIVE_CHOSEN: f"{awards} is given instead; only one of them can be.",
        Reason.CAP_REACHED: f"Earned, but no room is left: {limits}.",
        Reason.EVIDENCE_USED: f"Its evidence is used for {awards}, and counts once.",
        Reason.COLLEGE_DECIDES: _ceiling_words(left_out.award),
        Reason.NO_CREDITS: "It gives no credit.",
    }
    return said[reason]


def _award_name(award: AwardEntry | None, name: str, beside: AwardEntry) -> str:
    """Name an award by its course, and beside one for the same course by its title."""
    if award is None:
        return name
    return award.title if award.course == beside.course else award.course


def _ceiling_words(award: AwardEntry) -> str:
    if award.up_to is None:
        return "No number is published; the college decides course by course."
    most = words.credit_hours(award.up_to)
    return f"Only a ceiling is published, {most} credits; the college decides how many it gives."


def table_words(award: AwardEntry) -> str:
    """Say how the credits of a table by hours are worked out; nothing where they are not."""
    table = award.per_hours
    if table is None:
        return ""
    one = words.credit_hours(table.credits)
    per = f"{one} {'credit' if table.credits == CREDIT else 'credits'}"
    kind = KINDS.get(table.in_, f"in {table.in_}")
    most = words.credit_hours(table.at_most)
    return f"{per} for every {words.hours(table.hours)} hours {kind}, at most {most}"


def _with_table(why: str, award: AwardEntry) -> str:
    """Add to a reason how the credits of a table are worked out, of which a row is shown."""
    said = table_words(award)
    return f"{why} {said}." if said else why


def undecided_words(answer: CreditAnswer) -> str:
    """Say what is earned beside the credits, where the college decides how many it is; nothing where nothing is."""
    decided = [one.award for one in answer.left_out if one.reason is Reason.COLLEGE_DECIDES]
    if not decided:
        return ""
    ceilings = [one.up_to for one in decided if one.up_to is not None]
    if len(ceilings) == len(decided):
        return f"{'and ' if answer.credits else ''}up to {words.credit_hours(sum(ceilings))} as the college decides"
    return f"{'and more, ' if answer.credits else ''}course by course, as the college decides"


def amount_words(award: AwardEntry) -> str:
    """Say the credits of an award."""
    if award.up_to is not None:
        return f"up to {words.credit_hours(award.up_to)} credits"
    if award.open:
        return "course by course"
    return f"{words.credit_hours(award.credits)} {'credit' if award.credits == CREDIT else 'credits'}"


def limit_words(name: str) -> str:
    """Say a limit."""
    group = name.removeprefix("groups.")
    return LIMITS.get(name) or f"most credits in {group}"


def _not_met(world: World, left_out: LeftOut) -> str:
    missing = words.sentence(words.listed([missing_words(world, one) for one in left_out.missing]))
    hints = {
        Hint.PENDING: " It waits for sign-off.",
        Hint.EXPIRED: " It was earned, and has expired.",
        Hint.WAIVED: " It was waived; a waiver counts in the program only.",
    }
    hint = hints[left_out.hint] if left_out.hint else ""
    return f"Missing: {missing}.{hint}" if missing else f"Not met.{hint}"


def missing_words(world: World, missing: Missing) -> str:
    """Say what is missing of a rule."""
    match missing:
        case More():
            return _more_words(world, missing.needed, missing.choices)
        case Remaining():
            tenths = -(-missing.minutes // TENTH) * TENTH  # up: what is missing is never said to be nothing
            return f"{words.hours(tenths)} more hours {within_words(world, missing.within)}"
        case Until():
            return f"waiting until {words.day(missing.day)}" if missing.day else "months that no longer run"
        case _:
            return _rule_words(world, missing)


def _more_words(world: World, needed: int, choices: tuple[Requirement, ...]) -> str:
    said = [_rule_words(world, choice) for choice in choices]
    shown = said if len(said) <= MANY else [*said[: MANY - 1], f"{len(said) - MANY + 1} others"]
    if needed == len(choices):
        return words.listed(shown)
    return f"{words.counted(needed, 'of', 'of')} {words.listed(shown, 'or')}"


def _rule_words(world: World, rule: Requirement) -> str:
    match rule:
        case All():
            return words.listed([_rule_words(world, member) for member in rule.members])
        case Any():
            return _more_words(world, 1, rule.members)
        case AtLeast():
            return _more_words(world, rule.needed, rule.members)
        case _:
            return requirement_words(world, rule)


def limit_line(use: LimitUse) -> tuple[str, int, int, int]:
    """Give a limit in words with what it allows, what is used and what is left, in hundredths."""
    return words.sentence(limit_words(use.name)), use.allowed, use.used, use.left
