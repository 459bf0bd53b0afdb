"""People beside a target role: how far each is, and a smallest set that closes the rest. Pure."""

from apprenticeship.promotions.model import Candidate
from apprenticeship.standing.model import Standing
from graph.actions import Earn, EarnHours
from graph.evaluating import Evaluation
from graph.fixing import Fix, NoFix, fix
from graph.pricing import Minimise, effort_of, shares_left
from graph.progress import progress_on
from graph.requirement import Requirement

NOTHING = Fix(())


def candidate(
    standing: Standing, evaluation: Evaluation, rule: Requirement, newer: tuple[str, ...]
) -> Candidate:
    """Say how somebody stands beside a role, as an evaluation sees them."""
    progress = progress_on(evaluation.actual, rule, evaluation.scope, evaluation.as_of)
    way = NOTHING if progress == 1 else fix(evaluation, rule)
    return Candidate(
        standing=standing,
        evaluation=evaluation,
        newer=newer,
        progress=progress,
        way=way,
        minutes=_sum(evaluation, way, Minimise.HOURS),
        cents=_sum(evaluation, way, Minimise.USD),
        unstated=sum(effort_of(evaluation, one).minutes is None for one in _earned(way)),
    )


def rank(one: Candidate) -> tuple[bool, int, int, int, str]:
    """Give the place in the list: the fewest lacking first, then the fewest hours, dollars, and by name."""
    lacking = one.lacking
    return lacking is None, lacking or 0, one.minutes, one.cents, one.standing.person.name


def _earned(way: Fix | NoFix) -> list[Earn]:
    return [one for one in way.actions if isinstance(one, Earn)] if isinstance(way, Fix) else []


def _sum(evaluation: Evaluation, way: Fix | NoFix, least: Minimise) -> int:
    """Add up what is still to be done or paid: parts that are passed cost nothing, a shared test is taken once."""
    tests: dict[str, int] = {}
    total = 0
    for one in _earned(way):
        effort = effort_of(evaluation, one)
        price = (effort.minutes if least is Minimise.HOURS else effort.cents) or 0
        if one.kind == "credential":
            for test, share in shares_left(evaluation, one.key, price).items():
                tests[test] = max(tests.get(test, 0), share)
        else:
            total += price
    hours = [one.minutes for one in way.actions if isinstance(one, EarnHours)] if isinstance(way, Fix) else []
    return total + sum(tests.values()) + (sum(hours) if least is Minimise.HOURS else 0)
