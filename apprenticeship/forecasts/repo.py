import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.table import Table

from apprenticeship.forecasts.content import goals_in, months_in
from apprenticeship.forecasts.model import KeptForecast
from apprenticeship.forecasts.tables import KeptForecastTable

TABLES: tuple[type[Table], ...] = (KeptForecastTable,)

SELECT = "SELECT id, employer, quarter, as_of, made_at, made_by, content, sha256 FROM kept_forecast "
LACKING = """
SELECT o.id FROM organisation AS o WHERE o.kind = 'employer'
    AND EXISTS (SELECT FROM employment AS e WHERE e.employer = o.id
        AND e.since <= {} AND (e.until IS NULL OR e.until > {}))
    AND NOT EXISTS (SELECT FROM kept_forecast AS k WHERE k.employer = o.id AND k.quarter = {})
ORDER BY o.id
"""


async def add(forecast: KeptForecast, content: Mapping[str, Any]) -> bool:
    """Keep a forecast; False where the employer has one of that quarter."""
    kept = await KeptForecastTable.raw(
        "INSERT INTO kept_forecast (id, employer, quarter, as_of, made_at, made_by, content, sha256) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}::jsonb, {}) ON CONFLICT (employer, quarter) DO NOTHING RETURNING id",
        forecast.id,
        forecast.employer,
        forecast.quarter,
        forecast.as_of,
        forecast.made_at,
        forecast.made_by,
        json.dumps(content),
        forecast.sha256,
    )
    return bool(kept)


async def of_employer(employer: UUID) -> tuple[KeptForecast, ...]:
    """Return what was kept for an employer, the latest quarter first."""
    return _kept(await KeptForecastTable.raw(SELECT + "WHERE employer = {} ORDER BY quarter DESC", employer))


async def employers_without(quarter: date, today: date) -> tuple[UUID, ...]:
    """Return the employers of anybody today for whom nothing is kept of a quarter."""
    rows = await KeptForecastTable.raw(LACKING, today, today, quarter)
    return tuple(row["id"] for row in rows)


def _kept(rows: Iterable[Mapping[str, Any]]) -> tuple[KeptForecast, ...]:
    return tuple(_one(row) for row in rows)


def _one(row: Mapping[str, Any]) -> KeptForecast:
    content = json.loads(row["content"])
    made_at: datetime = row["made_at"]
    return KeptForecast(
        id=row["id"],
        employer=row["employer"],
        quarter=row["quarter"],
        as_of=row["as_of"],
        made_at=made_at,
        made_by=row["made_by"],
        months=months_in(content),
        goals=goals_in(content),
        sha256=row["sha256"],
    )
