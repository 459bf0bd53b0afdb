"""Of the rows of a table by hours that are left out, the ones that say something: what blocks, and what comes next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from apprenticeship.credit.limits import without_room
from apprenticeship.credit.model import LeftOut, Reason
from apprenticeship.credit.rows import is_lower_row
from standards.documents.agreement import AwardEntry
from standards.documents.award_rows import table_of


def folded(
    left_out: Iterable[LeftOut], given: Sequence[AwardEntry], allowed: Mapping[str, int]
) -> tuple[LeftOut, ...]:
    """The same list with at most two rows of each table: the highest that is earned, the lowest that is not.

    A row below the one that is given says nothing and goes.

    Args:
        left_out: in the order of the document.
        given: the awards that are given.
        allowed: the most of each limit, in hundredths.
    """
    said = [one for one in left_out if not is_lower_row(one.award, given)]
    last_earned = {table_of(one.award): one.award.id for one in said if not _is_unearned(one)}
    first_unearned = {table_of(one.award): one.award.id for one in reversed(said) if _is_unearned(one)}
    kept = {*last_earned.values(), *first_unearned.values()}
    return tuple(
        _said(one, given, allowed) for one in said if table_of(one.award) is None or one.award.id in kept
    )


def _is_unearned(one: LeftOut) -> bool:
    return Reason.NOT_MET in (one.reason, *one.also)


def _of_table(award: AwardEntry, given: Iterable[AwardEntry]) -> Iterator[AwardEntry]:
    return (other for other in given if table_of(award) is not None and table_of(other) == table_of(award))


def _said(one: LeftOut, given: Sequence[AwardEntry], allowed: Mapping[str, int]) -> LeftOut:
    """A higher row that is earned and has no room left: the row below was given for want of room."""
    if one.reason is not Reason.ALTERNATIVE_CHOSEN or not any(_of_table(one.award, given)):
        return one
    others = [award for award in given if table_of(award) != table_of(one.award)]
    limits = without_room(allowed, others, one.award)
    return replace(one, reason=Reason.CAP_REACHED, also=(), awards=(), limits=limits) if limits else one
