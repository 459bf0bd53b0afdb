"""How far a person is with a degree: the best filling of its groups, and what is missing.

Filled and remaining credits rest on what the agreement's own answer gives. Within one degree everything counts once;
a degree that contains another one, or stacks on it, counts the same courses and awards again, because the one is a
part of the other.
"""

from collections.abc import Iterator, Sequence

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.lacking import missing_of
from apprenticeship.credit.model import CreditAnswer
from apprenticeship.degrees.filling import Filling, fill
from apprenticeship.degrees.model import (
    Counted,
    DegreeAnswer,
    GroupAnswer,
    OneThing,
    Required,
    Source,
    Spare,
    Thing,
    Why,
)
from apprenticeship.degrees.sources import Sources, taken_here
from graph.explaining import More
from standards.degree_plans import Plan, PlannedCourse, PlannedGroup
from standards.lint_degrees import plain


def degree_answer(plan: Plan, credit: CreditAnswer | None, applicant: Applicant) -> DegreeAnswer:
    """One degree for one person.

    Args:
        plan: the degree.
        credit: the answer of its agreement for the same person and day; None where it has none.
        applicant: the person on the day, without waivers, which count in programs only.
    """
    sources = _sources(plan, credit, applicant)
    filling = fill([group.credits for group in sources.groups], sources.items)
    answers = [_group(place, group, filling, sources) for place, group in enumerate(sources.groups)]
    groups = tuple(sorted(answers, key=lambda one: plan.groups.index(one.group)))
    required = _required(plan, applicant)
    here = sum(worth for _, worth in _taken(plan, credit, applicant).values())
    size = plan.head.credits
    remaining = None if size is None else max(size, plan.asked) - filling.credits
    short = max(0, plan.here - here)
    return DegreeAnswer(
        plan=plan,
        as_of=applicant.evaluation.as_of,
        groups=groups,
        spare=_spare(filling, sources),
        here=here,
        here_needed=plan.here,
        required=required,
        remaining=remaining,
        proven=filling.proven,
        one_thing=None if remaining is None else _one_thing(plan, groups, required, remaining, short),
    )


def credits_toward(plan: Plan, credit: CreditAnswer | None, applicant: Applicant) -> int:
    """Only the hundredths that count toward a degree."""
    sources = _sources(plan, credit, applicant)
    return fill([group.credits for group in sources.groups], sources.items).credits


def _taken(plan: Plan, credit: CreditAnswer | None, applicant: Applicant) -> dict[str, tuple[str, int]]:
    evaluation = applicant.evaluation
    granted = () if credit is None else credit.granted
    return taken_here(plan.head, evaluation.ledger, evaluation.as_of, granted)


def _sources(plan: Plan, credit: CreditAnswer | None, applicant: Applicant) -> Sources:
    given = [] if credit is None else list(_given(credit))
    return Sources(plan, _taken(plan, credit, applicant), given, applicant.evaluation.world.courses)


def _given(credit: CreditAnswer) -> Iterator[tuple[str, Source]]:
    """What the agreement gives, and what the college has granted already, each under its agreement."""
    for one in credit.best.given:
        award = one.award
        yield credit.agreement, Source(award.course, award.title, award.credits, award.id, one.evidence)
    for granted in credit.granted:
        source = Source(granted.course, granted.title, granted.credits, granted.award, granted.evidence)
        yield granted.agreement, source


def _group(place: int, group: PlannedGroup, filling: Filling, sources: Sources) -> GroupAnswer:
    inside = sorted(key for key, where in filling.places.items() if where == place)
    left = group.credits
    counted = []
    for key in inside:
        source = sources.best[key, place]
        counts = min(left, source.credits)
        left -= counts
        counted.append(Counted(source, counts))
    return GroupAnswer(group, filling.filled[place], tuple(counted), _open(group, filling))


def _open(group: PlannedGroup, filling: Filling) -> tuple[PlannedCourse, ...]:
    """Listed courses that count nowhere yet."""
    return tuple(course for course in group.courses if f"course {plain(course.course)}" not in filling.places)


def _spare(filling: Filling, sources: Sources) -> tuple[Spare, ...]:
    found = [Spare(source, why) for source, why in sources.spare(frozenset(filling.places))]
    for key, place in filling.places.items():
        others: Sequence[Source] = sources.doubles(key, sources.best[key, place])
        found += [Spare(other, Why.COUNTED_ALREADY) for other in others]
    return tuple(
        sorted(found, key=lambda one: (one.source.name, one.source.award or "", one.source.evidence))
    )


def _required(plan: Plan, applicant: Applicant) -> tuple[Required, ...]:
    found = []
    for degree, rule in plan.requires:
        holds = applicant.holds(rule)
        found.append(Required(degree, holds, () if holds else missing_of(applicant.evaluation, rule)))
    return tuple(found)


def _one_thing(
    plan: Plan, groups: Sequence[GroupAnswer], required: Sequence[Required], remaining: int, short: int
) -> OneThing | None:
    """The one thing that would complete the degree; None where nothing or more than one thing is missing."""
    lacking = [one for one in required if not one.holds]
    if remaining or short:
        return None if lacking else _last_course(plan, groups, remaining, short)
    if len(lacking) != 1 or len(lacking[0].missing) != 1:
        return None
    (missing,) = lacking[0].missing
    several = isinstance(missing, More) and missing.needed > 1
    return None if several else OneThing(Thing.REQUIRED, missing=missing)


def _last_course(plan: Plan, groups: Sequence[GroupAnswer], remaining: int, short: int) -> OneThing | None:
    """A course at the college that is enough for the one group that is open, and for what is to be earned there."""
    gaps = [group for group in groups if group.remaining]
    if sum(group.remaining for group in gaps) != remaining or len(gaps) > 1:
        return None
    if not gaps:
        return OneThing(Thing.CREDITS, credits=short)
    (gap,) = gaps
    enough = [one for one in gap.open if one.credits >= gap.remaining and one.credits >= short]
    if enough:
        course = min(enough, key=lambda one: (one.credits, one.course))
        return OneThing(Thing.COURSE, credits=course.credits, course=course)
    if gap.group.free:
        needed = max(gap.remaining, short)
        return OneThing(Thing.CREDITS, credits=needed) if needed <= _largest(plan) else None
    return None


def _largest(plan: Plan) -> int:
    """The largest course that the degree lists: no more than that is one thing."""
    return max((course.credits for group in plan.groups for course in group.courses), default=0)
