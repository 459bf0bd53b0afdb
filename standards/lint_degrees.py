"""What is wrong with degrees: names, circles, groups that nothing fills, credits that do not add up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from standards.degree_plans import DegreeCompiler, Degrees, below, degrees_in, within
from standards.documents import AgreementDocument, DegreeDocument
from standards.documents.agreement import AwardEntry
from standards.documents.degree import LEVELS, CreditPool
from standards.problems import Complaint, Path
from standards.reading import Document

Said = tuple[str, Path, str, str]
"""(code, path, what is wrong, what would be right)."""
Awards = Mapping[str, AwardEntry]


def degree_findings(documents: Sequence[Document]) -> list[Complaint]:
    """(code, problem) for every degree; what adds up is only asked where names resolve and nothing circles."""
    degrees = degrees_in(documents)
    compiler = DegreeCompiler(documents)
    for name in degrees:
        compiler.plan(name)
    complaints = [*compiler.complaints, *_circles(degrees)]
    if complaints:
        return complaints
    awards = _awards(documents)
    return [
        (code, document.source.problem(path, what, right))
        for document, model in degrees.values()
        for code, path, what, right in _findings(model, degrees, awards)
    ]


def _awards(documents: Sequence[Document]) -> Awards:
    return {
        f"{document.model.id}:{award.id}": award
        for document in documents
        if isinstance(document.model, AgreementDocument)
        for award in document.model.awards
    }


def _findings(model: DegreeDocument, degrees: Degrees, awards: Awards) -> Iterator[Said]:
    for path, pool in _pools(model):
        yield from _pool(model, pool, path, awards)
    yield from _taken_twice(model)
    yield from _sum(model, degrees)
    yield from _residency(model)
    yield from _stack(model, degrees)


def _pools(model: DegreeDocument) -> Iterator[tuple[Path, CreditPool]]:
    for place, group in enumerate(model.groups):
        yield ("groups", place), group
    if model.electives is not None:
        yield ("electives",), model.electives


def _pool(model: DegreeDocument, pool: CreditPool, path: Path, awards: Awards) -> Iterator[Said]:
    """Whether a group can be filled, and what it lists twice."""
    seen: set[str] = set()
    for place, course in enumerate(pool.courses):
        if plain(course.course) in seen:
            what = f"the course {course.course!r} is listed twice in one group"
            yield "course-listed-twice", (*path, "courses", place, "course"), what, "list it once"
        seen.add(plain(course.course))
    if pool.free:
        return
    most = _most(model, pool, awards)
    if most < pool.credits:
        listed = "nothing" if not (pool.courses or pool.awards) else f"{most / 100:g} credits"
        what = f"{pool.credits / 100:g} credits are asked for and {listed} can fill them"
        right = (
            "list more courses or awards, ask for less, or write `free: true` for any credit of the college"
        )
        yield "group-cannot-be-filled", (*path, "credits"), what, right


def _most(model: DegreeDocument, pool: CreditPool, awards: Awards) -> int:
    """The most that a group's list gives: every course once, of awards that exclude each other the largest."""
    worth = {plain(course.course): course.credits for course in pool.courses}
    best: dict[str, int] = {}
    for name in pool.awards:
        key = f"{model.degree.agreement}:{name}" if model.degree.agreement and ":" not in name else name
        award = awards.get(key) or next((a for k, a in awards.items() if k.endswith(f":{name}")), None)
        if award is not None and plain(award.course) not in worth:
            one_of = f"one of {award.one_of}" if award.one_of else award.id
            best[one_of] = max(best.get(one_of, 0), award.credits)
    return sum(worth.values()) + sum(best.values())


def _taken_twice(model: DegreeDocument) -> Iterator[Said]:
    """One course of a framework that stands for two courses of the college."""
    stands: dict[str, str] = {}
    for path, pool in _pools(model):
        for place, course in enumerate(pool.courses):
            for nth, taken in enumerate(course.taken_as):
                first = stands.setdefault(taken, plain(course.course))
                if first != plain(course.course):
                    what = f"{taken!r} stands for {course.course!r} and for another course"
                    at = (*path, "courses", place, "taken_as", nth)
                    yield "taken-as-twice", at, what, "let it stand for one course"


def _sum(model: DegreeDocument, degrees: Degrees) -> Iterator[Said]:
    """The size of the degree against the groups, those of the degrees that it contains among them."""
    size = model.degree.credits
    if size is None:
        return
    inner = [degrees[name][1] for name in within(model.id, degrees)]
    asked = sum(pool.credits for one in inner for _, pool in _pools(one))
    if asked != size:
        what = f"the groups ask for {asked / 100:g} credits and the degree for {size / 100:g}"
        yield "credits-do-not-add-up", ("degree", "credits"), what, "make them equal"


def _residency(model: DegreeDocument) -> Iterator[Said]:
    residency, size = model.degree.residency, model.degree.credits
    here = residency.credits if residency is not None else None
    if here is not None and size is not None and here > size:
        what = f"{here / 100:g} credits are to be earned here of {size / 100:g} in all"
        right = "ask for no more than the degree has"
        yield "residency-too-large", ("degree", "residency", "credits"), what, right


def _stack(model: DegreeDocument, degrees: Degrees) -> Iterator[Said]:
    """What a degree contains is of its college, unit and agreement; what comes before it is of no higher level."""
    head = model.degree
    for place, name in enumerate(head.contains):
        other = degrees[name][1].degree
        for field in ("college", "unit", "agreement"):
            mine, theirs = getattr(head, field), getattr(other, field)
            if mine != theirs:
                what = f"{name!r} has the {field} {theirs or 'none'} and this degree {mine or 'none'}"
                right = "a degree can only contain what is counted as it is; write `stacks_on` instead"
                yield "contained-elsewhere", ("degree", "contains", place), what, right
    for place, name in enumerate(below(head)):
        other = degrees[name][1].degree
        if LEVELS.index(other.level) > LEVELS.index(head.level):
            key, at = (
                ("contains", place) if name in head.contains else ("stacks_on", head.stacks_on.index(name))
            )
            what = (
                f"the {head.level.replace('_', ' ')} comes after {name!r}, a {other.level.replace('_', ' ')}"
            )
            yield "stack-upside-down", ("degree", key, at), what, "turn them round, or correct the level"


def _circles(degrees: Degrees) -> list[Complaint]:
    """A circle of degrees that contain or stack on each other, printed once, where its first one stands."""
    found: list[Complaint] = []
    done: set[str] = set()
    for start in sorted(degrees):
        circle = _circle(start, degrees, done)
        if circle:
            document, _ = degrees[circle[0]]
            what = f"degrees stack in a circle: {' -> '.join(circle)}"
            found.append(
                (
                    "degree-cycle",
                    document.source.problem(("degree",), what, "take one of these references out"),
                )
            )
            done.update(circle)
    return found


def _circle(start: str, degrees: Degrees, done: set[str]) -> list[str]:
    """A way from a degree back to itself, the shortest; empty where there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        for name in sorted(_known(below(degrees[way[-1]][1].degree), degrees)):
            if name == start and start not in done:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _known(names: Iterable[str], degrees: Degrees) -> set[str]:
    return {name for name in names if name in degrees}


def plain(course: str) -> str:
    """A course number without its spaces and capitals: ``MFG 101`` and ``mfg101`` are one."""
    return "".join(course.split()).casefold()
