"""Rows of tables by hours that need not be looked at: the answer is the same without them, and comes sooner.

Rows above the lowest that is not reached say nothing. Rows below the highest that can be given are of use only where
a limit has no room for it, or where another award wants the same evidence; where neither can be, they go as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from apprenticeship.credit.entitlement import Entitled, Entitlement
from apprenticeship.credit.limits import counts_toward
from apprenticeship.credit.model import LeftOut, Reason
from standards.documents.agreement import AwardEntry
from standards.documents.award_rows import table_of


def looked_at(
    entitlement: Entitlement, rows: Sequence[AwardEntry], allowed: Mapping[str, int]
) -> list[Entitled | LeftOut]:
    """What each award may be given on or why it cannot be, without the rows that need not be looked at.

    Args:
        entitlement: of the person.
        rows: the awards as they are counted, in the order of the document.
        allowed: the most of each limit, in hundredths.
    """
    roomy = _fits_whatever(rows, allowed)
    found: list[Entitled | LeftOut] = []
    for table, members in groupby(rows, key=table_of):
        group = list(members)
        if table is None:
            found += map(entitlement.of, group)
        else:
            found += _of_table(entitlement, group, roomy and _has_its_own_evidence(entitlement, group, rows))
    return found


def is_lower_row(one: AwardEntry, given: Sequence[AwardEntry]) -> bool:
    """Whether a row gives no more than another row of its table that is given."""
    table = table_of(one)
    return table is not None and any(
        table_of(other) == table and one.credits <= other.credits for other in given
    )


def _of_table(
    entitlement: Entitlement, rows: Sequence[AwardEntry], only_highest: bool
) -> Iterator[Entitled | LeftOut]:
    reached = [row for row in rows if entitlement.is_met(row)]
    if len(reached) < len(rows):
        yield entitlement.of(rows[len(reached)])
    least = 0
    for row in reversed(reached):
        if row.credits < least:
            return
        found = entitlement.of(row)
        yield found
        # a lower row of as many credits may need fewer pieces of evidence
        if only_highest and (isinstance(found, Entitled) or found.reason is Reason.TOO_EARLY):
            least = max(least, row.credits)


def _fits_whatever(rows: Sequence[AwardEntry], allowed: Mapping[str, int]) -> bool:
    """Whether no limit ever binds, with one of the awards that exclude each other counted, the largest."""
    for limit, most in allowed.items():
        largest: dict[tuple[bool, str], int] = {}
        for row in rows:
            if counts_toward(limit, row):
                key = (row.one_of is not None, row.one_of or row.id)
                largest[key] = max(largest.get(key, 0), row.credits)
        if sum(largest.values()) > most:
            return False
    return True


def _has_its_own_evidence(
    entitlement: Entitlement, table: Sequence[AwardEntry], rows: Sequence[AwardEntry]
) -> bool:
    """Whether no award that could be given beside the table looks at any evidence that the table looks at."""
    own = entitlement.evidence_of(table[-1])
    beside = (row for row in rows if row.one_of != table[0].one_of)
    return not any(entitlement.is_met(row) and entitlement.evidence_of(row) & own for row in beside)
