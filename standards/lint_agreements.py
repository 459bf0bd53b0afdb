"""Findings about agreements: awards that nobody can be given, limits that do nothing, courses listed twice."""

from collections import defaultdict
from collections.abc import Iterator

from standards.credit_limits import GROUP, allowed_by
from standards.documents import AgreementDocument
from standards.documents.agreement import AwardEntry
from standards.documents.award_rows import placed_rows, table_of
from standards.problems import Complaint, Path
from standards.reading import Document
from standards.written import Given

Said = tuple[str, Path, str, str]
"""(code, path, what is wrong, what would be right)."""


def agreement_findings(given: Given) -> Iterator[Complaint]:
    """All findings about single agreements; that no rule can hold is said with the rules."""
    for document in given.documents:
        if isinstance(document.model, AgreementDocument):
            yield from _findings(document, document.model)


def _findings(document: Document, model: AgreementDocument) -> Iterator[Complaint]:
    for check in (_first_here, _too_large, _limits, _courses):
        for code, path, what, right in check(model):
            yield code, document.source.problem(path, what, right)


def _first_here(model: AgreementDocument) -> Iterator[Said]:
    """Awards after more credits than the whole program has."""
    program = model.agreement.program.credits
    for place, award in enumerate(model.awards):
        if program is not None and award.earned_here_first >= program:
            what = (
                f"{award.id} asks for {_credits(award.earned_here_first)} earned here first, and the "
                f"program has {_credits(program)}, so nothing is left to give it for"
            )
            yield "award-never-earned", ("awards", place, "earned_here_first"), what, "ask for fewer"


def _too_large(model: AgreementDocument) -> Iterator[Said]:
    """Awards that some limit never lets through; of a table that is so where the lowest row does not fit."""
    allowed = allowed_by(model.agreement)
    seen: set[int] = set()
    for place, row in placed_rows(model):
        if place in seen:
            continue
        seen.add(place)
        stops = [name for name, most in allowed.items() if _counts(name, row) and row.credits > most]
        if stops:
            least = min(allowed[name] for name in stops)
            what = (
                f"{model.awards[place].id} gives {_credits(row.credits)}, and {', '.join(stops)} allows "
                f"{_credits(least)}, so nobody is ever given it"
            )
            yield "award-over-limit", ("awards", place, "credits"), what, f"{_credits(least)} or fewer"


def _limits(model: AgreementDocument) -> Iterator[Said]:
    """Limits of groups that no award is in, or that all awards together cannot fill.

    Only of groups: the other limits are the college's own for everything, and hold for what it adds later as well.
    A group of one award is a beginning, and nothing is said of its sum.
    """
    for name, most in model.agreement.limits.groups.items():
        path: Path = ("agreement", "limits", "groups", name)
        rows = [row for _, row in placed_rows(model) if row.group == name]
        if not rows:
            known = sorted({award.group for award in model.awards if award.group is not None})
            right = f"expected one of {', '.join(known)}" if known else "give awards this group"
            yield "limit-without-awards", path, f"no award is in the group {name!r}", right
        elif (
            len({table_of(row) or row.id for row in rows}) > 1
            and (together := _together(rows)) is not None
            and together < most
        ):
            what = f"all awards in {name} together give {_credits(together)}, so this limit is never reached"
            yield "limit-never-reached", path, what, f"leave it out, or allow {_credits(together)} or fewer"


def _together(rows: list[AwardEntry]) -> int | None:
    """The most that some awards come to, one of each that exclude each other; None where nobody knows."""
    if any(row.course_by_course for row in rows):
        return None
    largest: dict[str, int] = defaultdict(int)
    for row in rows:
        key = f"one of {row.one_of}" if row.one_of is not None else f"award {row.id}"
        largest[key] = max(largest[key], row.credits, row.up_to or 0)
    return sum(largest.values())


def _courses(model: AgreementDocument) -> Iterator[Said]:
    """Courses that two awards give which may be given beside each other, or that one award lists twice."""
    given: dict[str, list[AwardEntry]] = defaultdict(list)
    for place, award in enumerate(model.awards):
        listed: set[str] = set()
        for path, course in _named(award):
            name = " ".join(course.casefold().split())
            if name in listed:
                what = f"{award.id} lists the course {course!r} twice"
                yield "course-twice", ("awards", place, *path), what, "list it once"
                continue
            listed.add(name)
            earlier = next((one for one in given[name] if not _exclude(one, award)), None)
            given[name].append(award)
            if earlier is not None:
                what = f"{award.id} and {earlier.id} both give the course {course!r}"
                right = "let them exclude each other with one_of, or name another course"
                yield "course-twice", ("awards", place, *path), what, right


def _named(award: AwardEntry) -> Iterator[tuple[Path, str]]:
    if not award.courses:
        yield ("course",), award.course
    for place, course in enumerate(award.courses):
        yield ("courses", place, "course"), course.course


def _exclude(one: AwardEntry, other: AwardEntry) -> bool:
    return one.one_of is not None and one.one_of == other.one_of


def _counts(limit: str, award: AwardEntry) -> bool:
    return not limit.startswith(GROUP) or award.group == limit.removeprefix(GROUP)


def _credits(hundredths: int) -> str:
    return f"{hundredths / 100:g} credits"
