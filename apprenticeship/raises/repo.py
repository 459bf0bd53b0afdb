import json
from collections.abc import Sequence
from uuid import UUID

from piccolo.table import Table

from apprenticeship.raises.model import Award
from apprenticeship.raises.tables import AwardTable

TABLES: tuple[type[Table], ...] = (AwardTable,)


async def add(awards: Sequence[Award]) -> int:
    """Keep awards; one that is there already stays as it is.

    Returns:
        how many are new.
    """
    if not awards:
        return 0
    rows = (
        AwardTable(
            enrolment=award.enrolment,
            step=award.step,
            effective_on=award.effective_on,
            decided_at=award.decided_at,
            decided_by=award.decided_by,
            standards_sha256=award.standards_sha256,
            because=json.dumps(award.because),
        )
        for award in awards
    )
    kept = (
        await AwardTable.insert(*rows)
        .on_conflict(target=(AwardTable.enrolment, AwardTable.step), action="DO NOTHING")
        .returning(AwardTable.id)
    )
    return len(kept)


async def of_enrolments(enrolments: Sequence[UUID]) -> tuple[Award, ...]:
    """Return what was awarded, in the order of deciding."""
    if not enrolments:
        return ()
    query = AwardTable.select().where(AwardTable.enrolment.is_in(list(enrolments))).order_by(AwardTable.id)
    return tuple(
        Award(
            enrolment=row["enrolment"],
            step=row["step"],
            effective_on=row["effective_on"],
            decided_at=row["decided_at"],
            decided_by=row["decided_by"],
            standards_sha256=row["standards_sha256"],
            because=tuple(json.loads(row["because"])),
        )
        for row in await query
    )
