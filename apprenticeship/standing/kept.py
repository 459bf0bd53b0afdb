"""Standings worked out before, kept while nothing that they rest on has changed."""

from collections import OrderedDict
from collections.abc import Hashable

from apprenticeship.standing.model import Standing

MOST = 400

# keyed by everything that an answer rests on, so nothing here grows stale
_kept: OrderedDict[Hashable, Standing] = OrderedDict()


def kept(standing: Standing) -> Standing:
    """Return the standing worked out before from the same rows, standards and days; else this one, from now on."""
    key = (
        standing.person,
        standing.enrolment,
        standing.enrolments,
        standing.as_of,
        standing.known_at,
        standing.evidence,
        standing.awarded,
        standing.standards_sha256,
    )
    found = _kept.setdefault(key, standing)
    _kept.move_to_end(key)
    if len(_kept) > MOST:
        _kept.popitem(last=False)
    return found
