"""Many snapshots as PostgreSQL copies them out in one row of columns put end to end. Pure: bytes in, columns out."""

import struct
from collections.abc import Sequence

import numpy as np

from apprenticeship.snapshots.model import Kept, Versions
from apprenticeship.snapshots.packing import HEADER, NUMBER
from graph.gates.columns import ENROLMENT, FACT, PAUSE, Rows, Vocabulary, crowd_from

FIELD_COUNT, LENGTH = struct.Struct(">h"), struct.Struct(">i")
WIDTHS = np.array([kind.itemsize for kind in (FACT, ENROLMENT, PAUSE)])


def only_row(data: bytes) -> list[memoryview]:
    """The fields, none of them NULL, of the only row of a binary copy; they are not copied once more.

    Raises:
        ValueError: there is not exactly one row.
    """
    rest = memoryview(data)[HEADER:]
    (count,) = FIELD_COUNT.unpack_from(rest)
    rest = rest[FIELD_COUNT.size :]
    fields = []
    for _ in range(count):
        (length,) = LENGTH.unpack_from(rest)
        end = LENGTH.size + length
        fields.append(rest[LENGTH.size : end])
        rest = rest[end:]
    if count < 0 or rest != FIELD_COUNT.pack(-1):
        raise ValueError("A copy of one row was expected.")
    return fields


def kept_in(data: bytes, words: Vocabulary, versions: Sequence[Versions]) -> Kept:
    """What is kept of people, from a copy of their snapshots.

    Args:
        data: one row: who they are; how many bytes each has of facts, registrations and suspended spans; these
            three and the numbers of the versions, each of everybody end to end.
        words: at least those that the snapshots were written with.
        versions: by number.
    """
    people, lengths, facts, enrolments, pauses, numbers = only_row(data)
    counts = np.frombuffer(lengths, ">i4").reshape(-1, 3).astype(np.int64) // WIDTHS
    rows = Rows(
        np.frombuffer(facts, FACT), np.frombuffer(enrolments, ENROLMENT), np.frombuffer(pauses, PAUSE)
    )
    crowd = crowd_from(words, counts, rows)
    return Kept(np.frombuffer(people, "V16"), crowd, np.frombuffer(numbers, NUMBER), tuple(versions))
