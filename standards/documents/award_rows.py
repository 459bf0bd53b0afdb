"""The awards of an agreement as they are counted: tables by hours as rows, credits in the agreement's unit."""

from collections.abc import Iterator

from standards.documents.agreement import AgreementDocument, AgreementHeader, AwardEntry
from standards.documents.credit_units import converted
from standards.documents.values import Identifier

BY_HOURS = "by-hours"


class AwardRow(AwardEntry):
    """One row of an award that is given by hours: so many credits, of which one row is given at most.

    ``of``: the award that it is a row of.
    """

    of: Identifier


def award_rows(model: AgreementDocument) -> tuple[AwardEntry, ...]:
    """The awards as they are counted, in the order of the document; rows of a table from the lowest up."""
    return tuple(row for _, row in placed_rows(model))


def placed_rows(model: AgreementDocument) -> Iterator[tuple[int, AwardEntry]]:
    """As ``award_rows``, each with the place of the award in the document."""
    for place, award in enumerate(model.awards):
        for row in _rows(model.agreement, award):
            yield place, row


def table_of(award: AwardEntry) -> str | None:
    """The award that this is a row of; None where it is no row."""
    return award.of if isinstance(award, AwardRow) else None


def row_ids(award: AwardEntry) -> tuple[str, ...]:
    """What an award of a document is called where it is counted: its own id, or that of each row."""
    if award.per_hours is None:
        return (award.id,)
    return tuple(f"{award.id}-{row}" for row in range(1, award.per_hours.rows + 1))


def _rows(head: AgreementHeader, award: AwardEntry) -> Iterator[AwardEntry]:
    if award.per_hours is None:
        yield _in_unit(head, award)
        return
    table = award.per_hours
    for row, name in enumerate(row_ids(award), start=1):
        counted = _counted(head, award, row * table.credits)
        kept = {name: getattr(award, name) for name in AwardEntry.model_fields}
        kept |= {
            "id": name,
            "of": award.id,
            "credits": counted,
            "one_of": award.one_of or f"{award.id} {BY_HOURS}",
        }
        yield AwardRow.model_construct(**kept)


def _in_unit(head: AgreementHeader, award: AwardEntry) -> AwardEntry:
    """The award with its credits in the unit of the agreement; each of several courses is rounded by itself."""
    if award.unit in (None, head.unit):
        return award
    courses = tuple(
        one.model_copy(update={"credits": _counted(head, award, one.credits)}) for one in award.courses
    )
    credits_ = sum(one.credits for one in courses) if courses else _counted(head, award, award.credits)
    up_to = None if award.up_to is None else _counted(head, award, award.up_to)
    return award.model_copy(update={"credits": credits_, "courses": courses, "up_to": up_to})


def _counted(head: AgreementHeader, award: AwardEntry, hundredths: int) -> int:
    return converted(hundredths, award.unit or head.unit, head.unit, head.rounding)
