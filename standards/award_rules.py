"""The rule of every award as it is counted: for a table by hours, one for each row."""

from collections.abc import Iterator

from graph.requirement import All, HoursLeaf, Requirement
from standards.documents import AgreementDocument
from standards.documents.agreement import AwardEntry
from standards.documents.agreement_terms import PerHours
from standards.documents.award_rows import row_ids
from standards.problems import Path
from standards.rules import Resolution


def award_rules(resolution: Resolution, model: AgreementDocument) -> dict[str, Requirement]:
    """Rules by what the awards are called where they are counted; complaints stay with the resolution."""
    found: dict[str, Requirement] = {}
    known = {award.id for award in model.awards}
    for place, award in enumerate(model.awards):
        path: Path = ("awards", place)
        for name, rule in _rules(resolution, award, path):
            if name != award.id and name in known:
                right = f"call the award of that id something else than {name}"
                what = f"a row of {award.id} is called {name}, and so is an award"
                resolution.complain("duplicate-id", (*path, "id"), what, right)
            found[name] = rule
    return found


def _rules(resolution: Resolution, award: AwardEntry, path: Path) -> Iterator[tuple[str, Requirement]]:
    rule = resolution.rule(award.when, (*path, "when"))
    if award.per_hours is None:
        yield award.id, rule
        return
    within = resolution.within(award.per_hours.in_, (*path, "per_hours", "in"))
    clause = resolution.document.clause((*path, "per_hours"))
    for row, name in enumerate(row_ids(award), start=1):
        yield name, _with_hours(rule, award.per_hours, within, row, clause)


def _with_hours(rule: Requirement, table: PerHours, within: str, row: int, clause: str) -> Requirement:
    """A rule and the hours of a row; of two conditions on the same hours the larger is enough."""
    hours = HoursLeaf(row * table.hours, within, clause=clause)
    if isinstance(rule, HoursLeaf) and rule.within == within:
        return max(rule, hours, key=lambda one: one.minutes)
    return All((rule, hours), clause=clause)
