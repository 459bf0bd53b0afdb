"""An agreement in words: its head, what an award gives, what it asks beside its rule."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from apprenticeship.credit.fees import fee_text
from apprenticeship.views_standards import StandardView
from standards.documents import AgreementDocument
from standards.documents.agreement import AgreementHeader, AwardEntry
from standards.documents.agreement_terms import Rounding
from standards.documents.award_rows import award_rows, row_ids
from standards.documents.values import Duration
from web import words
from web.pages.credit_words import amount_words, table_words
from web.rules import RuleLine, rule_line

REUSE = {"forbid": "counts once", "allow": "may count several times"}
STATES = {"draft": "a draft", "in_review": "in review", "in_force": "in force", "ended": "ended"}
STEPS = {"whole": "whole credits", "half": "half credits", "hundredth": "hundredths of a credit"}
WAYS = {"down": "rounded down", "nearest": "rounded to the nearest", "up": "rounded up"}
SHARES = 10_000


def agreement_facts(model: AgreementDocument) -> tuple[tuple[str, str], ...]:
    """Name what the head of an agreement says, and say it."""
    head, limits = model.agreement, model.agreement.limits
    degree = head.program.credits
    facts = (
        ("Program", head.program.title),
        ("Catalog year", head.catalog_year or ""),
        ("Approval", approval_words(head)),
        ("Credits of the program", "" if degree is None else words.credit_hours(degree)),
        ("Counted in", f"{head.unit} hours"),
        ("In the other unit", "" if head.rounding is None else _rounding(head.rounding)),
        ("At most by prior learning", _said([_share(limits.share), _credits(limits.credits)])),
        ("To be earned at the college", _said([_share(limits.residency_share), _credits(limits.residency)])),
        *((f"At most in {name}", _credits(most)) for name, most in limits.groups.items()),
        ("Evidence counts for", "" if head.stale_after is None else _span(head.stale_after)),
        ("One piece of evidence", REUSE.get(str(head.reuse), "counts once, but for the pairs named")),
    )
    return tuple(fact for fact in facts if fact[1])


def counted_words(model: AgreementDocument) -> dict[str, str]:
    """Say what each award gives, by its id, in the unit of the agreement."""
    counted = {row.id: row for row in award_rows(model)}
    return {award.id: award_words(counted.get(award.id, award)) for award in model.awards}


def award_lines(view: StandardView, model: AgreementDocument) -> list[tuple[AwardEntry, RuleLine, str, str]]:
    """Each award with its rule, of a table the lowest row's, what it gives and its terms."""
    counted = counted_words(model)
    return [
        (one, rule_line(view.world, view.awards[row_ids(one)[0]]), counted[one.id], terms(one))
        for one in model.awards
    ]


def award_words(award: AwardEntry) -> str:
    """Say what an award gives: its credits, or how they are worked out."""
    return table_words(award) or amount_words(award)


def terms(award: AwardEntry) -> str:
    """Say what an award asks beside its rule."""
    return words.sentence("; ".join(_terms(award)))


def _terms(award: AwardEntry) -> Iterator[str]:
    if award.courses:
        yield words.listed([f"{one.course}, {one.title} ({_credits(one.credits)})" for one in award.courses])
    yield from award.conditions
    if award.unit is not None:
        yield f"stated in {award.unit} hours"
    if award.request_within is not None:
        yield f"ask for it within {_span(award.request_within)}"
    if award.earned_here_first:
        yield f"{_credits(award.earned_here_first)} earned there first"
    if award.one_of:
        yield "given instead of the others of its kind, not beside them"
    if fee := fee_text(award):
        yield f"fee: {fee}"


def approval_words(head: AgreementHeader) -> str:
    """Say the state of an agreement with the college, who decided it and when; empty where nothing is stated."""
    if head.approval is None:
        return ""
    by = f"by {head.approval.by}" if head.approval.by else ""
    return _said([STATES[head.approval.state], by, words.day(head.approval.on)])


def _rounding(rounding: Rounding) -> str:
    return f"{STEPS[rounding.to]}, {WAYS[rounding.by]}"


def _share(share: int | None) -> str:
    return "" if share is None else f"{words.percent(Fraction(share, SHARES))} of the program"


def _credits(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{words.credit_hours(hundredths)} credits"


def _span(span: Duration) -> str:
    years = words.counted(span.years, "year") if span.years else ""
    return _said([years, words.counted(span.months, "month") if span.months else ""])


def _said(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)
