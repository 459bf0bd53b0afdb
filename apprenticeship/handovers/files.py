"""A hand-over as a file: the same bytes whenever it is taken.

People are named by the employer's personnel number (`number`) and by id (`person`), never by name: a name may have to
be erased, and a file stays.
"""

import csv
import io
import json
from typing import Any

from apprenticeship.handovers.model import Handover, PayChange, Told

COLUMNS = (
    "decision",
    "takes_back",
    "number",
    "person",
    "step",
    "old_cents_per_hour",
    "new_cents_per_hour",
    "effective_on",
    "decided_at",
    "late",
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_file(told: Told) -> bytes:
    """Write a hand-over as CSV (RFC 4180), UTF-8, with a heading row; empty where nothing is known.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for change in told.changes:
        writer.writerow([_cell(value) for value in line(told.handover, change).values()])
    return out.getvalue().encode()


def json_file(told: Told) -> bytes:
    """Write a hand-over as JSON, UTF-8."""
    return (json.dumps(said(told), ensure_ascii=False, indent=1) + "\n").encode()


def said(told: Told) -> dict[str, Any]:
    """Say a hand-over as plain data."""
    handover = told.handover
    return {
        "handover": handover.id,
        "employer": str(handover.employer),
        "since": handover.since.isoformat(),
        "until": handover.until.isoformat(),
        "known_at": handover.known_at.isoformat(),
        "changes": [line(handover, change) for change in told.changes],
    }


def line(handover: Handover, change: PayChange) -> dict[str, Any]:
    """Say one change as plain data, by column."""
    return {
        "decision": change.decision,
        "takes_back": change.takes_back,
        "number": change.number,
        "person": str(change.person),
        "step": change.step,
        "old_cents_per_hour": change.cents_before,
        "new_cents_per_hour": change.cents_after,
        "effective_on": change.effective_on.isoformat(),
        "decided_at": change.decided_at.isoformat(),
        "late": change.is_late_in(handover),
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def file_name(handover: Handover, ending: str) -> str:
    """Name the file of a hand-over: letters, digits and dashes only."""
    return f"pay-changes-{handover.id}-{handover.since}-until-{handover.until}.{ending}"
