"""A population in PostgreSQL is the crowd that was drawn, in tables that are as they were."""

from collections.abc import Sequence
from dataclasses import replace

from apprenticeship.invariants.services import examine_rows
from apprenticeship.snapshots import repo as snapshots
from apprenticeship.snapshots.making import NOBODY
from apprenticeship.snapshots.services import rebuild
from apprenticeship.store import open_store, transaction
from graph.facts import Fact, Hours
from graph.gates.columns import person_at
from tests.apprenticeship.acting import rows
from tests.benchmarks.population.bulk import CONSTRAINTS, INDEXES, TABLES
from tests.benchmarks.population.loading import draw, load
from tests.benchmarks.population.standards import EVERY, PROGRAMS
from tests.web.shop import NOW

PEOPLE = 400
TRIGGERS = (
    "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
)


async def guarded() -> list[set[str]]:
    found = [await rows(CONSTRAINTS, list(TABLES)), await rows(INDEXES, list(TABLES)), await rows(TRIGGERS)]
    return [{str(row) for row in some} for some in found]


def thinned(facts: Sequence[Fact]) -> list[Fact]:
    return [
        replace(fact, minutes=fact.minutes // EVERY) if isinstance(fact, Hours) else fact for fact in facts
    ]


async def test_a_population_is_the_crowd_that_was_drawn(migrated_url: str) -> None:
    async with open_store(migrated_url):
        before = await guarded()
        loaded = await load(PEOPLE, now=NOW)
        assert await guarded() == before
        assert await rebuild() == loaded.people == PEOPLE
        async with transaction():
            both = [await snapshots.between(program, NOBODY, None) for program in PROGRAMS]
        assert [one for one in await examine_rows() if not one.well] == []
        drawn = draw(PEOPLE)
        assert loaded.evidence == len(drawn.person) > 10 * PEOPLE
        everybody = [
            row["person"].bytes for row in await rows("SELECT person FROM evidence_snapshot ORDER BY person")
        ]
        found = 0
        for kept in both:
            for place, person in enumerate(kept.people):
                told, expected = (
                    person_at(kept.crowd, place),
                    person_at(drawn, everybody.index(person.tobytes())),
                )
                assert list(told.facts) == thinned(expected.facts)
                assert told.enrolments == expected.enrolments
                found += 1
        assert found >= PEOPLE
        assert len(both[0].members(PROGRAMS[0], NOW.date())) == 1
