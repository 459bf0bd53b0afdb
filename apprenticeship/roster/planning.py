"""From the cells of a file to good rows and findings. Pure: what is known of standards is handed in."""

from collections.abc import Mapping

from apprenticeship.roster.model import Finding, ImportPlan, RosterRow
from apprenticeship.roster.reading import RosterTable
from apprenticeship.roster.repeats import Seen
from apprenticeship.roster.rows import Known, RowReader

COLUMNS = (
    "number",
    "name",
    "program",
    "registered",
    "credential",
    "part",
    "result",
    "hours",
    "work process",
    "date",
)
NEEDED = ("number", "name")


def plan_import(table: RosterTable, known: Known) -> ImportPlan:
    """Check every row of a file; nothing is looked up and nothing is changed."""
    heading = _heading(table.heading)
    if isinstance(heading, tuple):
        return ImportPlan(rows=(), findings=heading)
    seen = Seen()
    rows: list[RosterRow] = []
    findings: list[Finding] = []
    headed = frozenset(heading.values())
    for number, cells in table.rows:
        reader = RowReader(number, _cells(heading, cells), known)
        reader.check_unheaded(cells, headed)
        row = reader.read()
        complaints = reader.findings or seen.complaints(row)
        if complaints:
            findings += complaints
        else:
            rows.append(row)
    return ImportPlan(rows=tuple(rows), findings=tuple(findings))


def _heading(cells: tuple[str, ...]) -> dict[str, int] | tuple[Finding, ...]:
    """Return where each column stands, or what is wrong with the heading."""
    names = [" ".join(cell.lower().replace("_", " ").split()) for cell in cells]
    findings = [
        Finding(row=1, column=cell, what=f"unknown column {cell!r}", right=f"one of {', '.join(COLUMNS)}")
        for cell, name in zip(cells, names, strict=True)
        if name and name not in COLUMNS
    ]
    findings += [
        Finding(row=1, column=name, what=f"the column {name!r} stands twice", right="each column once")
        for name in COLUMNS
        if names.count(name) > 1
    ]
    findings += [
        Finding(row=1, column=name, what=f"no column {name!r}", right=f"at least {' and '.join(NEEDED)}")
        for name in NEEDED
        if name not in names
    ]
    return tuple(findings) or {name: at for at, name in enumerate(names) if name}


def _cells(heading: Mapping[str, int], cells: tuple[str, ...]) -> dict[str, str]:
    return {name: cells[at] if at < len(cells) else "" for name, at in heading.items()}
