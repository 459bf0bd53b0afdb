"""What still has to be paid for a plan: things, hours or dollars, in whole numbers."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from graph import timeline
from graph.actions import Earn
from graph.evaluating import Evaluation
from graph.prices import Prices
from graph.reaching import WAIT
from graph.world import Effort

ASSUMED_MINUTES = 40 * 60
"""What earning something takes where its standard does not say."""


class Minimise(StrEnum):
    """What a plan makes as small as can be."""

    COUNT = "count"
    HOURS = "hours"
    USD = "usd"


def effort_of(evaluation: Evaluation, earn: Earn) -> Effort:
    """The effort that the standard states for an item; courses and scores have none."""
    world = evaluation.world
    item = world.competencies.get(earn.key) if earn.kind == "competency" else world.credentials.get(earn.key)
    return Effort() if item is None or earn.kind not in ("competency", "credential") else item.effort


def price_of(effort: Effort, minimise: Minimise) -> int:
    """One, minutes or cents; where nothing is stated 40 hours and 0 dollars."""
    if minimise is Minimise.COUNT:
        return 1
    if minimise is Minimise.USD:
        return effort.cents or 0
    return ASSUMED_MINUTES if effort.minutes is None else effort.minutes


def prices_of(
    evaluation: Evaluation, earns: Iterable[Earn], pools: Iterable[str], minimise: Minimise
) -> Prices:
    """The prices of everything that could be taken.

    By count every thing and every work process to log hours in is one. Else the effort of a credential is that of its
    parts in equal shares: a part that is passed and still counts is paid already, and a test that is a part of several
    credentials is paid once, at the dearest of their shares. Waiting is free.
    """
    chosen = list(earns)
    places = [pool for pool in pools if pool != WAIT]
    if minimise is Minimise.COUNT:
        return Prices({earn.name: 1 for earn in chosen}, dict.fromkeys(places, 1))
    choices: dict[str, int] = {}
    by_test: dict[str, dict[str, int]] = {}
    for earn in chosen:
        price = price_of(effort_of(evaluation, earn), minimise)
        if earn.kind == "credential":
            for test, share in shares_left(evaluation, earn.key, price).items():
                by_test.setdefault(test, {})[earn.name] = share
        else:
            choices[earn.name] = price
    alone: Counter[str] = Counter()
    for group in by_test.values():
        if len(group) == 1:
            alone.update(group)
    shared = tuple(group for group in by_test.values() if len(group) > 1)
    units = dict.fromkeys(places, 1) if minimise is Minimise.HOURS else {}
    return Prices(choices | dict(alone), units=units, shared=shared)


def shares_left(evaluation: Evaluation, key: str, price: int) -> dict[str, int]:
    """What each test of a credential still costs, of its price in equal shares; the rest goes to the first parts."""
    credential = evaluation.world.credentials[key]
    share, rest = divmod(price, len(credential.tests))
    own = evaluation.actual.awards.own(key).parts
    day = evaluation.as_of.toordinal()
    again = timeline.is_true(evaluation.actual.held(key).held, day)
    found: dict[str, int] = {}
    for number, (part, test) in enumerate(credential.tests.items()):
        paid = not again and timeline.is_true(own[part], day)
        found[test] = found.get(test, 0) + (0 if paid else share + (number < rest))
    return found


def place_of(pool: str) -> str:
    """The work process, ``ojl`` or ``rti`` whose hours a pool holds."""
    return pool.removeprefix("hours:")
