"""A crowd with more shown, or with more people, without reading anybody's rows one by one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.gates.columns import Crowd, Vocabulary


def grown(vocabulary: Vocabulary) -> Vocabulary:
    """A copy that more can be written with; the numbers that there are stay."""
    return Vocabulary(dict(vocabulary.subjects), dict(vocabulary.programs), dict(vocabulary.grades))


def added(crowd: Crowd, more: Crowd, whose: NDArray[np.int64]) -> Crowd:
    """The crowd with what others show added to it; of one day, what is added comes last.

    Args:
        crowd: as it is.
        more: written with a vocabulary that has grown from the crowd's; nothing in it is revoked, and only new
            people bring registrations.
        whose: for each of the people of `more` the place of the person in the crowd; places from the size of the
            crowd on are new people, in their order.
    """
    size = max(crowd.size, 1 + int(whose.max(initial=-1)))
    person = np.concatenate([crowd.person, whose[more.person].astype(np.int32)])
    facts = _together(crowd.facts, {**more.facts, "entry": _entries(crowd, more, whose, size)})
    order = np.lexsort((facts["on"], person))
    pauses = {**more.pauses, "enrolment": more.pauses["enrolment"] + len(crowd.enrolled)}
    return replace(
        crowd,
        vocabulary=more.vocabulary,
        size=size,
        person=person[order],
        facts={name: column[order] for name, column in facts.items()},
        enrolled=np.concatenate([crowd.enrolled, whose[more.enrolled].astype(np.int32)]),
        enrolments=_together(crowd.enrolments, more.enrolments),
        pauses=_together(crowd.pauses, pauses),
    )


def _entries(crowd: Crowd, more: Crowd, whose: NDArray[np.int64], size: int) -> NDArray[np.uint32]:
    """The pieces of evidence that are added, numbered on from those that each person has."""
    following = np.zeros(size, np.uint32)
    np.maximum.at(following, crowd.person, crowd.facts["entry"] + np.uint32(1))
    return more.facts["entry"] + following[whose[more.person]]


def _together(
    columns: Mapping[str, NDArray[Any]], more: Mapping[str, NDArray[Any]]
) -> dict[str, NDArray[Any]]:
    return {name: np.concatenate([column, more[name]]) for name, column in columns.items()}
