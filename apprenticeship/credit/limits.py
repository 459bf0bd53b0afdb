"""How much credit an agreement allows by prior learning. Everything in hundredths of its unit."""

from collections.abc import Iterable, Mapping

from apprenticeship.credit.model import LimitUse
from standards.credit_limits import GROUP, allowed_by
from standards.documents.agreement import AwardEntry

__all__ = ["GROUP", "allowed_by", "counts_toward", "used_of", "without_room"]


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
