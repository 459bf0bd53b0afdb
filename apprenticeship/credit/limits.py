"""How much credit an agreement allows by prior learning. Everything in hundredths of its unit."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from apprenticeship.credit.model import LimitUse
from standards.credit_limits import GROUP, allowed_by

__all__ = ["GROUP", "allowed_by", "counts_toward", "room_after", "used_of", "without_room"]


class Credited(Protocol):
    """What uses limits: an award, or credit that was granted."""

    @property
    def credits(self) -> int: ...

    @property
    def group(self) -> str | None: ...


def counts_toward(limit: str, award: Credited) -> bool:
    """Whether an award uses a limit."""
    return not limit.startswith(GROUP) or award.group == limit.removeprefix(GROUP)


def used_of(allowed: Mapping[str, int], awards: Iterable[Credited]) -> tuple[LimitUse, ...]:
    """How much of each limit some awards use."""
    given = tuple(awards)
    return tuple(
        LimitUse(name, most, sum(award.credits for award in given if counts_toward(name, award)))
        for name, most in allowed.items()
    )


def room_after(allowed: Mapping[str, int], granted: Iterable[Credited]) -> dict[str, int]:
    """What of each limit is left after credit that was granted; none where more was granted than it allows."""
    return {use.name: max(0, use.left) for use in used_of(allowed, granted)}


def without_room(allowed: Mapping[str, int], given: Iterable[Credited], award: Credited) -> tuple[str, ...]:
    """The limits that some awards leave no room in for one more."""
    return tuple(
        use.name
        for use in used_of(allowed, given)
        if counts_toward(use.name, award) and use.left < award.credits
    )
