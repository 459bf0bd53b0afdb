"""What a plan is worth, and the same plan without what it does not need."""

from collections.abc import Mapping, Sequence

from graph.capacity.room import Booking
from graph.capacity.trainings import Outlook


def worth(outlooks: Sequence[Outlook], bookings: Sequence[Booking], months: int) -> int:
    """What a plan is worth: for each goal its weight for every month from the one in which it comes."""
    return sum(
        worth_of(outlook, finished, months)
        for outlook, finished in zip(outlooks, finished_by(outlooks, bookings), strict=True)
    )


def worth_of(outlook: Outlook, finished: Mapping[str, int], months: int) -> int:
    """The same of one person, things being finished in the months given."""
    came = outlook.unfolder.with_finished(finished)
    return sum(goal.weight * max(0, months - max(0, came[goal.node])) for goal in outlook.goals)


def finished_by(outlooks: Sequence[Outlook], bookings: Sequence[Booking]) -> list[dict[str, int]]:
    """For each person the month in which each thing is finished."""
    found: list[dict[str, int]] = [{} for _ in outlooks]
    for one in bookings:
        loads = outlooks[one.person].trainings[one.name].loads
        found[one.person][one.name] = one.month + len(loads) - 1
    return found


def spared(outlooks: Sequence[Outlook], bookings: Sequence[Booking], months: int) -> tuple[Booking, ...]:
    """The same plan without what it is worth as much without, the longest left out first."""
    kept = list(bookings)
    for person, outlook in enumerate(outlooks):
        own = [one for one in kept if one.person == person]
        finished = finished_by(outlooks, own)[person]
        before = worth_of(outlook, finished, months)
        for one in sorted(own, key=lambda one: (-outlook.trainings[one.name].thing.minutes, one)):
            tried = {name: month for name, month in finished.items() if name != one.name}
            if _begins_right(outlook, tried) and worth_of(outlook, tried, months) == before:
                finished = tried
                kept.remove(one)
    return tuple(sorted(kept))


def _begins_right(outlook: Outlook, finished: Mapping[str, int]) -> bool:
    """Whether everything begins after the month in which what it asks for first has come."""
    came = outlook.unfolder.with_finished(finished)
    return all(
        came[outlook.trainings[name].thing.requires] < month - len(outlook.trainings[name].loads) + 1
        for name, month in finished.items()
    )
