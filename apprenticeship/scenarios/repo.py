from uuid import UUID

from piccolo.table import Table

from apprenticeship.scenarios.model import Scenario
from apprenticeship.scenarios.tables import ScenarioTable

TABLES: tuple[type[Table], ...] = (ScenarioTable,)


async def add(scenario: Scenario, by: UUID) -> None:
    """Keep a scenario."""
    await ScenarioTable.insert(
        ScenarioTable(
            id=scenario.id,
            saved_by=by,
            name=scenario.name,
            question=scenario.question,
            saved_at=scenario.saved_at,
        )
    )


async def of(person: UUID) -> tuple[Scenario, ...]:
    """Return what somebody saved, the latest first."""
    rows = await ScenarioTable.raw(
        "SELECT id, name, question, saved_at FROM crew_scenario WHERE saved_by = {} ORDER BY saved_at DESC, id",
        person,
    )
    return tuple(Scenario(**row) for row in rows)


async def drop(scenario: UUID, person: UUID) -> bool:
    """Throw one away; False where the person saved none of this id."""
    rows = await ScenarioTable.raw(
        "DELETE FROM crew_scenario WHERE id = {} AND saved_by = {} RETURNING id", scenario, person
    )
    return bool(rows)
