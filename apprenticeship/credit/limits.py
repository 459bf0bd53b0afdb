"""How much credit an agreement allows by prior learning. Everything in hundredths of its unit."""

from collections.abc import Iterable, Mapping

from apprenticeship.credit.model import LimitUse
from standards.documents.agreement import AgreementHeader, AwardEntry

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
    if limits.residency is not None and program is not None:
        found["residency"] = max(0, program - limits.residency)
    return found | {f"{GROUP}{name}": most for name, most in limits.groups.items()}


def counts_toward(limit: str, award: AwardEntry) -> bool:
    """Whether an award uses a limit."""
    return not limit.startswith(GROUP) or award.group == limit.removeprefix(GROUP)


def used_of(allowed: Mapping[str, int], awards: Iterable[AwardEntry]) -> tuple[LimitUse, ...]:
    """How much of each limit some awards use."""
    given = tuple(awards)
    return tuple(
        LimitUse(name, most, sum(award.credits for award in given if counts_toward(name, award)))
        for name, most in allowed.items()
    )


def without_room(
    allowed: Mapping[str, int], given: Iterable[AwardEntry], award: AwardEntry
) -> tuple[str, ...]:
    """The limits that some awards leave no room in for one more."""
    return tuple(
        use.name
        for use in used_of(allowed, given)
        if counts_toward(use.name, award) and use.left < award.credits
    )
