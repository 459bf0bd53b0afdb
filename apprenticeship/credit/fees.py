"""What the college asks for posting credit. Everything in integer cents."""

from collections.abc import Iterable

from standards.documents.agreement import AwardEntry

HUNDRED = 100


def own_fee(award: AwardEntry) -> int | None:
    """What one award costs by itself, its transcript left aside.

    None where no dollars are stated, or where they are asked for credits of which nobody knows how many. A fee for
    each credit is rounded to the cent, halves up.
    """
    fee = award.fee_usd
    if fee is None or (fee.credit and award.open):
        return None
    for_credits = (2 * fee.credit * award.credits + HUNDRED) // (2 * HUNDRED)
    return for_credits + fee.course * max(1, len(award.courses)) + fee.once


def fee_of(awards: Iterable[AwardEntry]) -> int:
    """What some awards cost together: a transcript is paid once, and is the dearest of those asked for."""
    given = [award for award in awards if award.fee_usd is not None]
    transcript = max((award.fee_usd.transcript for award in given if award.fee_usd is not None), default=0)
    return sum(own_fee(award) or 0 for award in given) + transcript


def fee_text(award: AwardEntry) -> str | None:
    """The fee in words; the text of the document goes before what its dollars say."""
    if award.fee is not None or award.fee_usd is None:
        return award.fee
    fee = award.fee_usd
    said = [
        f"{dollars(cents)} {what}"
        for cents, what in (
            (fee.credit, "a credit"),
            (fee.course, "a course"),
            (fee.transcript, "for the transcript"),
            (fee.once, "in all" if fee.once and not (fee.credit or fee.course or fee.transcript) else "once"),
        )
        if cents
    ]
    own = own_fee(award)
    if own and fee.credit and award.credits != HUNDRED:
        said.append(f"{dollars(own)} for this")
    return ", ".join(said) or None


def dollars(cents: int) -> str:
    """Cents as "$25", or "$12.50" where there are some."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02}" if rest else f"${whole:,}"
