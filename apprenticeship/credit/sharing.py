"""Which awards of one agreement may share evidence, and which granted credit an award would be over again."""

from collections.abc import Iterator
from itertools import product

from apprenticeship.credit.granted import Granted
from standards.documents import AgreementDocument
from standards.documents.agreement import AgreementHeader, AwardEntry
from standards.documents.award_rows import row_ids, table_of


def sharing_pairs(agreement: AgreementDocument) -> Iterator[frozenset[str]]:
    """Pairs that may share evidence; whatever may share it with a table may with each row."""
    reuse = agreement.agreement.reuse
    called = {award.id: row_ids(award) for award in agreement.awards}
    for one, other in () if isinstance(reuse, str) else reuse:
        pairs = product(called.get(one, (one,)), called.get(other, (other,)))
        yield from (frozenset(pair) for pair in pairs)


def may_share(agreement: AgreementHeader, granted: str, award: AwardEntry) -> bool:
    """Whether an award may use evidence again that the granted one of an id, or of a row of that table, used."""
    reuse = agreement.reuse
    if isinstance(reuse, str):
        return reuse == "allow"
    own = {award.id, table_of(award) or award.id}
    return any(
        (_is(granted, one) and other in own) or (_is(granted, other) and one in own) for one, other in reuse
    )


def _is(granted: str, named: str) -> bool:
    """Whether an award that was granted is one that is named, or a row of it."""
    row = granted.removeprefix(f"{named}-")
    return granted == named or (row != granted and row.isdigit())


def is_same(granted: Granted, agreement: str, award: AwardEntry) -> bool:
    """Whether an award would be granted credit over again: the award, an alternative to it, or its course."""
    return granted.is_again(agreement, award.id, award.one_of, award.course)
