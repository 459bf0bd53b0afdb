"""The most that an agreement allows by prior learning. Everything in hundredths of its unit."""

from standards.documents.agreement import AgreementHeader

SHARES = 10_000
GROUP = "groups."


def allowed_by(agreement: AgreementHeader) -> dict[str, int]:
    """By limit (``share``, ``credits``, ``residency``, ``groups.NAME``) the most that may be given.

    ``share`` is of the program's credits, rounded down; ``residency`` leaves that many to be earned at the college.
    Both say nothing where the agreement does not say how large the program is.
    """
    limits, program = agreement.limits, agreement.program.credits
    found: dict[str, int] = {}
    if limits.share is not None and program is not None:
        found["share"] = program * limits.share // SHARES
    if limits.credits is not None:
        found["credits"] = limits.credits
    stated = limits.residency is not None or limits.residency_share is not None
    if stated and program is not None:
        found["residency"] = max(0, program - residency_of(agreement))
    return found | {f"{GROUP}{name}": most for name, most in limits.groups.items()}


def residency_of(agreement: AgreementHeader) -> int:
    """What must be earned at the college; a share is of the program's credits, rounded up."""
    limits, program = agreement.limits, agreement.program.credits
    share = (
        0
        if limits.residency_share is None or program is None
        else -(-program * limits.residency_share // SHARES)
    )
    return max(limits.residency or 0, share)
