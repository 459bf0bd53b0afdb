"""From written assumptions to those of a simulation: names resolved, decimals as they are."""

from dataclasses import replace

from graph.simulating.assumptions import HOUR, Assumptions, Thing, ThingAssumption
from standards.documents.assumptions import THINGS, WHOLE, AssumptionsDocument, ThingEntry
from standards.naming import Names, UnknownNameError
from standards.problems import DocumentError, Problem
from standards.reading import Source, read_form

MINUTES = ("hours_per_week", "related_hours_per_month", "default_hours")
SHARES = ("learning_share", "pass_rate", "retry_share", "spread", "attrition")


def read_assumptions(name: str, data: bytes, names: Names, program: str) -> Assumptions:
    """The assumptions of a file; what it leaves out stays as it is.

    Raises:
        DocumentError: where the file cannot be read, names something unknown or something twice.
    """
    document, source = read_form(name, data, "assumptions", AssumptionsDocument)
    header = document.assumptions
    given = {key: getattr(header, key) for key in (*MINUTES, *SHARES, "weeks_per_year")}
    scale = {**dict.fromkeys(MINUTES, HOUR), **dict.fromkeys(SHARES, WHOLE)}
    numbers = {key: value / scale.get(key, 1) for key, value in given.items() if value is not None}
    return replace(Assumptions(**numbers), things=_things(document, source, names, program))


def _things(
    document: AssumptionsDocument, source: Source, names: Names, program: str
) -> dict[Thing, ThingAssumption]:
    found: dict[Thing, ThingAssumption] = {}
    problems: list[Problem] = []
    for place, entry in enumerate(document.things):
        kind = next(kind for kind in THINGS if getattr(entry, kind) is not None)
        path = ("things", place, kind)
        try:
            thing = Thing(kind, names.resolve(kind, getattr(entry, kind), program))
        except UnknownNameError as error:
            problems.append(source.problem(path, error.what, error.right))
            continue
        if thing in found:
            problems.append(source.problem(path, f"{thing.key} a second time", "say all of a thing at once"))
        found[thing] = _assumed(entry)
    if problems:
        raise DocumentError(tuple(problems))
    return found


def _assumed(entry: ThingEntry) -> ThingAssumption:
    def share(value: int | None) -> float | None:
        return None if value is None else value / WHOLE

    return ThingAssumption(entry.hours, share(entry.pass_rate), share(entry.attrition))
