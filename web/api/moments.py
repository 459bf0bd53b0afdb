"""As of which day, and known at which moment: the two dates of every question."""

from datetime import date, datetime
from typing import Annotated

from litestar.params import QueryParameter
from pydantic import TypeAdapter, ValidationError

from apprenticeship.refusals import Invalid
from standards.documents.values import ID_PATTERN, Instant

AsOf = Annotated[date | None, QueryParameter(description="What was true on this day. Default: today.")]
KnownAt = Annotated[
    str | None,
    QueryParameter(
        description="What was known at this moment. Default: everything. Without a zone it is UTC.",
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$",
    ),
]
ProgramId = Annotated[
    str | None,
    QueryParameter(
        pattern=ID_PATTERN, max_length=200, description="A program, when it is not the one enrolled in last."
    ),
]
INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)


def moment(text: str | None) -> datetime | None:
    """Read a moment; None is none.

    Raises:
        Invalid: there is no such moment.
    """
    if text is None:
        return None
    try:
        return INSTANT.validate_python(text)
    except ValidationError:
        raise Invalid(f"{text} is no moment; write it like 2026-11-21T15:00:00Z.", where="known_at") from None
