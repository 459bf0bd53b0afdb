"""A crowd drawn as columns, told as the rows of the tables that it would have been read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graph.gates.columns import NEVER_ENDS, STATUSES, UNRATED, Crowd
from tests.benchmarks.nation.crowd import TODAY
from tests.benchmarks.population.standards import EVERY

KINDS = {"pass": "credential", "rating": "competency"}
EPOCH = date(1970, 1, 1).toordinal()
NOW = datetime.combine(TODAY, datetime.min.time())


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Whom the rows speak of: who recorded everything, who sponsors, the versions of each program."""

    mentor: UUID
    sponsor: UUID
    versions: Mapping[str, Sequence[UUID]]


def identifiers(people: int, seed: int) -> NDArray[np.uint8]:
    """Sixteen bytes for each person, rising, so that a table is filled from end to end."""
    random = np.random.default_rng((seed, people))
    octets = random.integers(0, 256, (people, 16), np.uint8)
    octets[:, :4] = np.arange(1, people + 1, dtype=">u4").view(np.uint8).reshape(-1, 4)
    return octets


def hexadecimal(octets: NDArray[np.uint8]) -> pl.Series:
    """Identifiers as PostgreSQL reads them."""
    told = octets.tobytes().hex()
    return pl.Series([told[start : start + 32] for start in range(0, len(told), 32)])


def tables(
    crowd: Crowd, people: pl.Series, enrolments: pl.Series, setting: Setting, first: int
) -> dict[str, pl.DataFrame]:
    """The rows by table, in an order in which they can be written.

    Args:
        crowd: that was drawn.
        people: their identifiers.
        enrolments: identifiers of their registrations.
        setting: whom the rows speak of beside them.
        first: the number of the first row of evidence.
    """
    names = pl.DataFrame({"id": people})
    return {
        "person": names.with_columns(
            ("Apprentice " + names["id"].str.slice(0, 8)).alias("name"), pl.lit(NOW).alias("created_at")
        ),
        **_registrations(crowd, people, enrolments, setting),
        "evidence": _evidence(crowd, people, setting, first),
    }


def _registrations(
    crowd: Crowd, people: pl.Series, enrolments: pl.Series, setting: Setting
) -> dict[str, pl.DataFrame]:
    keys = list(crowd.vocabulary.programs)
    columns = crowd.enrolments
    rows = pl.DataFrame(
        {
            "id": enrolments,
            "person": people.gather(crowd.enrolled),
            "program_key": pl.Series(keys).gather(columns["program"]),
            "registered": _days(columns["registered"]),
            "ended": _days(columns["ended"], columns["ended"] != NEVER_ENDS),
        }
    ).with_columns(
        pl.lit(setting.sponsor.hex).alias("sponsor"),
        pl.lit(NOW).alias("created_at"),
        pl.col("program_key")
        .replace_strict({key: own[0].hex for key, own in setting.versions.items()})
        .alias("program"),
    )
    used = pl.DataFrame(
        [(key, one.hex) for key, own in setting.versions.items() for one in own[1:]],
        ["program_key", "standard"],
        orient="row",
    )
    pauses = crowd.pauses
    return {
        "enrolment": rows,
        "enrolment_framework": rows.select(pl.col("id").alias("enrolment"), "program_key")
        .join(used, "program_key", maintain_order="left")
        .drop("program_key"),
        "suspension": pl.DataFrame(
            {
                "enrolment": enrolments.gather(pauses["enrolment"]),
                "since": _days(pauses["since"]),
                "until": _days(pauses["until"], pauses["until"] != NEVER_ENDS),
            }
        ),
    }


def _evidence(crowd: Crowd, people: pl.Series, setting: Setting, first: int) -> pl.DataFrame:
    subjects = list(crowd.vocabulary.subjects)
    facts = crowd.facts
    subject, value = facts["subject"], facts["value"].astype(np.int64)
    sort = np.array([one.sort for one in subjects])[subject]
    key = pl.Series([one.key or None for one in subjects]).gather(subject)
    detail = pl.Series([one.detail or None for one in subjects]).gather(subject)
    number = first + np.arange(len(subject))
    begins = np.searchsorted(crowd.person, np.arange(crowd.size))
    grades = pl.Series(list(crowd.vocabulary.grades))

    def only(column: Any, *sorts: str) -> Any:
        return pl.select(pl.when(pl.Series(np.isin(sort, sorts))).then(pl.Series(column))).to_series()

    hours = np.isin(sort, ["hours"])
    return pl.DataFrame(
        {
            "id": number,
            "entry": number,
            "person": people.gather(crowd.person),
            "kind": pl.Series([KINDS.get(one.sort, one.sort) for one in subjects]).gather(subject),
            "subject": pl.select(pl.when(pl.Series(~hours)).then(key)).to_series(),
            "part": only(detail, "pass"),
            "rating": only(
                pl.select(pl.when(pl.Series(value != UNRATED)).then(pl.Series(value))).to_series(), "rating"
            ),
            "minutes": only(value // EVERY, "hours"),
            "work_process": only(key, "hours"),
            "grade": only(grades.gather(np.where(sort == "course", value, 0)), "course"),
            "score": only(value, "score"),
            "waives": only(detail, "waiver"),
            "revokes": only(number[np.clip(begins[crowd.person] + value, 0, len(number) - 1)], "revocation"),
            "happened_on": _days(facts["on"]),
            "until": only(_days(facts["value"], value != NEVER_ENDS), "waiver"),
            "status": only(pl.Series([one.value for one in STATUSES]).gather(facts["status"]), *_STATED),
            "recorded": pl.Series(facts["recorded"]).cast(pl.Datetime("us")),
        }
    ).with_columns(pl.lit(setting.mentor.hex).alias("recorded_by"))


_STATED = ("pass", "rating", "hours", "course", "score")


def _days(ordinals: NDArray[Any], known: NDArray[np.bool_] | None = None) -> pl.Series:
    days = pl.Series(np.clip(ordinals.astype(np.int64) - EPOCH, -100_000, 100_000).astype(np.int32)).cast(
        pl.Date
    )
    return days if known is None else pl.select(pl.when(pl.Series(known)).then(days)).to_series()
