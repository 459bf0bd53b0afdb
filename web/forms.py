"""Reading what a form sent: text as text, and every mistake said at its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException

from apprenticeship.refusals import Invalid
from apprenticeship.texts import plain

LONGEST = 10_000
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Form:
    """The fields of one form, each a list in the order sent."""

    fields: dict[str, list[Any]]

    def text(self, name: str) -> str:
        """Give a field as text, without space around it; empty where there is none."""
        return next(iter(self.texts(name)), "")

    def texts(self, name: str) -> list[str]:
        """Give every value of a field."""
        return [
            plain(value[:LONGEST]).strip() for value in self.fields.get(name, []) if isinstance(value, str)
        ]

    def upload(self, name: str) -> UploadFile | None:
        """Give a file; None where none was chosen."""
        found = next((value for value in self.fields.get(name, []) if isinstance(value, UploadFile)), None)
        return found if found is not None and found.filename else None

    def day(self, name: str, said: str) -> date:
        """Give a date.

        Raises:
            Invalid: there is none.
        """
        try:
            found = date.fromisoformat(self.text(name))
        except ValueError:
            raise Invalid(f"{said} is not a date; write it like 2026-05-12.", where=name) from None
        if found.year not in YEARS:
            raise Invalid(f"{said} lies in the year {found.year}; look at it again.", where=name)
        return found

    def minutes(self, name: str) -> int:
        """Give hours, written as a decimal, in minutes; half minutes round up.

        Raises:
            Invalid: it is no number.
        """
        try:
            hours = Decimal(self.text(name).replace(",", "."))
        except InvalidOperation:
            raise Invalid("Write hours as a number, like 7.5.", where=name) from None
        if not hours.is_finite() or abs(hours) > 24:  # noqa: PLR2004 - a day
            raise Invalid("Hours of one day are more than 0 and at most 24.", where=name)
        return int((hours * 120 + 1) // 2)

    def number(self, name: str) -> int | None:
        """Give a whole number; None where the field is empty.

        Raises:
            Invalid: it is no whole number.
        """
        text = self.text(name)
        if not text:
            return None
        if not text.lstrip("-").isascii() or not text.lstrip("-").isdigit() or len(text) > 9:  # noqa: PLR2004
            raise Invalid("Write a whole number.", where=name)
        return int(text)


@dataclass(frozen=True)
class Filled:
    """A form as a page shows it: what was typed, and what is wrong with which field.

    Attributes:
        name: tells apart the forms of one page.
        where: the field that something is wrong with; empty where nothing is.
    """

    name: str
    form: Form
    where: str = ""
    what: str = ""

    def text(self, field: str) -> str:
        """Give what was typed into a field."""
        return self.form.text(field)

    def wrong(self, field: str) -> str:
        """Say what is wrong with a field; empty where nothing is."""
        return self.what if field == self.where else ""


def filled(name: str, values: Mapping[str, str] | None = None) -> Filled:
    """Give a form with values to begin with."""
    return Filled(name, Form({field: [value] for field, value in (values or {}).items()}))


def asked_form(request: Request[Any, Any, Any]) -> Form:
    """Read the form that an address holds."""
    parameters = request.query_params
    return Form({name: list(parameters.getall(name)) for name in parameters})


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """Read the form that a page sent.

    Raises:
        ClientException: what came is not a form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise ClientException("This is not a form.")
    try:
        sent = await request.form()
    except (ValueError, UnicodeError) as failure:
        raise ClientException("This form cannot be read.") from failure
    return Form({name: list(sent.getall(name)) for name in sent})
