"""Findings about programs: hours that do not add up, misprinted codes, terms and probations out of bounds."""

import re
from collections.abc import Iterator

from graph.requirement import MonthsLeaf, leaves
from graph.world import Program
from standards.documents import ProgramDocument
from standards.documents.program import ProgramBody
from standards.problems import Complaint, Path
from standards.reading import Document

Said = tuple[str, Path, str, str]

RAPIDS = re.compile(r"\d{4}[A-Z]{0,2}(-R)?(V\d+)?\Z")
"""Our reading of the codes that registration agencies print; checked against codes seen."""
ONET = re.compile(r"\d{2}-\d{4}\.\d{2}\Z")
SHORTEST_TIME_TERM = 2000 * 60
"""29 CFR 29.4 and 29.5(b)(2): a time-based program has at least 2,000 hours."""
FLAT_YEAR = 12


def program_findings(document: Document, model: ProgramDocument, program: Program) -> Iterator[Complaint]:
    """All findings about one program."""
    for check in (_sums, _codes, _term, _probation, _ratio):
        for code, path, what, right in check(model.program, program):
            yield code, document.source.problem(("program", *path), what, right)


def _sums(body: ProgramBody, _: Program) -> Iterator[Said]:
    for edge in ("min", "max"):
        declared = getattr(body.term.hours, edge)
        parts = [getattr(process.hours, edge) for process in body.work_processes]
        stated = [part for part in parts if part is not None]
        if declared is None or not stated or len(stated) < len(parts):
            continue
        if sum(stated) != declared:
            what = (
                f"declared {edge} {declared / 60:g} hours, the work processes add up to {sum(stated) / 60:g}"
            )
            yield "hours-do-not-add-up", ("term", "hours", edge), what, "make them agree"
    for index, process in enumerate(body.work_processes):
        low, high = process.hours.min, process.hours.max
        if low is not None and high is not None and low > high:
            path = ("work_processes", index, "hours")
            yield "hours-do-not-add-up", path, f"min {low / 60:g} is above max {high / 60:g}", "swap them"


def _codes(body: ProgramBody, _: Program) -> Iterator[Said]:
    occupation = body.occupation
    if occupation.rapids is not None and not RAPIDS.match(occupation.rapids):
        right = "four digits, then perhaps CB or HY, as in 0296CB"
        yield "misprinted-code", ("occupation", "rapids"), f"{occupation.rapids!r} is no RAPIDS code", right
    if occupation.onet is not None and not ONET.match(occupation.onet):
        right = "two digits, four digits, two digits, as in 51-4041.00"
        yield "misprinted-code", ("occupation", "onet"), f"{occupation.onet!r} is no O*NET code", right


def _term(body: ProgramBody, program: Program) -> Iterator[Said]:
    if body.approach == "time" and (body.term.hours.min or 0) < SHORTEST_TIME_TERM:
        what = "a time-based program of less than 2,000 hours (29 CFR 29.5(b)(2))"
        yield "term-too-short", ("term",), what, "state hours of 2,000 or more"
    if body.approach == "competency" and program.completion is not None:
        months = [leaf.months for leaf in leaves(program.completion) if isinstance(leaf, MonthsLeaf)]
        if max(months, default=0) < FLAT_YEAR:
            what = "a competency-based program takes 12 calendar months (29 CFR 29.5(b)(2))"
            yield "no-twelve-months", ("completion",), what, "add {months: 12, since: registered}"


def _probation(body: ProgramBody, _: Program) -> Iterator[Said]:
    """29 CFR 29.5(b)(8): not more than a quarter of the term or one year, whichever is shorter."""
    if body.probation is None:
        return
    term = body.term.hours.min
    if body.probation.hours is not None and term is not None and body.probation.hours * 4 > term:
        what = f"{body.probation.hours / 60:g} hours are more than a quarter of the term (29 CFR 29.5(b)(8))"
        yield "probation-too-long", ("probation", "hours"), what, f"at most {term / 240:g} hours"
    months = body.probation.months
    longest = min(FLAT_YEAR, (body.term.months or 4 * FLAT_YEAR) // 4)
    if months is not None and months > longest:
        what = f"{months} months are more than a quarter of the term or a year (29 CFR 29.5(b)(8))"
        yield "probation-too-long", ("probation", "months"), what, f"at most {longest} months"


def _ratio(body: ProgramBody, program: Program) -> Iterator[Said]:
    if body.ratio is not None and program.ratio is None:
        what = f"the ratio {body.ratio} has nobody on one side"
        yield "ratio-of-nobody", ("ratio",), what, 'apprentices to journeyworkers, as in "1:1"'
