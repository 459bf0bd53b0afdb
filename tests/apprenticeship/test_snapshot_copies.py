"""The one row in which many snapshots are copied out is taken apart as PostgreSQL puts it together."""

import io
import struct
from collections.abc import Iterable, Sequence

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.snapshots.copying import only_row
from tests.thoroughness import examples

HEAD, TAIL = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"


def copied(rows: Iterable[Sequence[bytes]]) -> bytes:
    """A binary copy, as PostgreSQL's manual describes it."""
    told = (
        struct.pack(">h", len(row)) + b"".join(struct.pack(">i", len(one)) + one for one in row)
        for row in rows
    )
    return HEAD + b"".join(told) + TAIL


@examples(50)
@given(st.lists(st.binary(max_size=9), max_size=7))
def test_the_only_row_of_a_copy_is_given_field_by_field(fields: list[bytes]) -> None:
    assert [bytes(one) for one in only_row(copied([fields]))] == fields


@pytest.mark.parametrize("rows", [[], [[b"one"], [b"two"]], [[b""], []]])
def test_no_row_or_several_are_refused(rows: list[list[bytes]]) -> None:
    with pytest.raises(ValueError, match="one row"):
        only_row(copied(rows))


async def test_a_real_server_copies_in_that_form(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    data = io.BytesIO()
    await connection.copy_from_query(
        r"SELECT $1::bytea, ''::bytea, 'ab'::bytea", bytes(range(256)), output=data, format="binary"
    )
    await connection.close()
    assert only_row(data.getvalue()) == [bytes(range(256)), b"", b"ab"]
