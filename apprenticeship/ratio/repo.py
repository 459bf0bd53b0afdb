from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from piccolo.table import Table

from apprenticeship.ratio.model import Placement, Site
from apprenticeship.ratio.tables import PlacementEndTable, PlacementTable, SiteTable

TABLES: tuple[type[Table], ...] = (SiteTable, PlacementTable, PlacementEndTable)
PLACED = "id, site, person, number, words, since, until, entered_at, entered_by"


async def add_site(site: Site) -> bool:
    """Keep a new site; False where the employer has one of this name."""
    rows = await SiteTable.raw(
        "INSERT INTO work_site (id, employer, name, opened, created_at, created_by) "
        "VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (employer, name) DO NOTHING RETURNING id",
        site.id,
        site.employer,
        site.name,
        site.opened,
        site.created_at,
        site.created_by,
    )
    return bool(rows)


async def site_of(site: UUID) -> Site | None:
    """Return a site."""
    rows = await SiteTable.raw("SELECT * FROM work_site WHERE id = {}", site)
    return Site(**rows[0]) if rows else None


async def sites_of(employers: Sequence[UUID]) -> tuple[Site, ...]:
    """Return the sites of employers, by name."""
    rows = await SiteTable.raw(
        "SELECT * FROM work_site WHERE employer = ANY({}::uuid[]) ORDER BY name, id", list(employers)
    )
    return tuple(Site(**row) for row in rows)


async def place(new: Placement) -> Placement:
    """Keep a new placement, under an id of its own, inside a transaction.

    Raises:
        asyncpg.ExclusionViolationError: the person is placed on some of these days already.
    """
    rows = await PlacementTable.raw(
        "INSERT INTO placement (site, person, number, words, since, until, entered_at, entered_by) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}) "
        "RETURNING id, site, person, number, words, since, until, entered_at, entered_by",
        new.site,
        new.person,
        new.number,
        new.words,
        new.since,
        new.until,
        new.entered_at,
        new.entered_by,
    )
    return Placement(**rows[0])


async def placement_of(placement: int) -> Placement | None:
    """Return a placement as it stands."""
    rows = await PlacementTable.raw(f"SELECT {PLACED} FROM current_placement WHERE id = {{}}", placement)  # noqa: S608
    return Placement(**rows[0]) if rows else None


async def placements_at(sites: Sequence[UUID]) -> tuple[Placement, ...]:
    """Return everything that was ever placed at sites, as it stands, the oldest day first."""
    rows = await PlacementTable.raw(
        f"SELECT {PLACED} FROM current_placement WHERE site = ANY({{}}::uuid[]) ORDER BY since, id",  # noqa: S608
        list(sites),
    )
    return tuple(Placement(**row) for row in rows)


async def end(placement: int, until: date, *, at: datetime, by: UUID) -> None:
    """Make a placement shorter, inside a transaction.

    Raises:
        asyncpg.CheckViolationError: it would not become shorter, or end before it begins.
    """
    await PlacementEndTable.raw(
        "INSERT INTO placement_end (placement, until, entered_at, entered_by) VALUES ({}, {}, {}, {})",
        placement,
        until,
        at,
        by,
    )
