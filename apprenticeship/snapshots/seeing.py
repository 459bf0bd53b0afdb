"""What facts say under some standards: a grade may pass in one version and fail in another. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.gates.columns import UNRATED, Crowd, Subject
from graph.world import World

Truths = NDArray[np.bool_]


def seen_in(world: World, crowd: Crowd) -> Crowd:
    """The facts that prove anything in a world; the same rule as `apprenticeship.standing.facts`, for many.

    A pass of what the world does not test, and a course with a grade that does not pass in it, are left out, and so
    are the hours of such a course.
    """
    subjects = list(crowd.vocabulary.subjects)
    tested = np.array([_is_tested(world, subject) for subject in subjects], bool)
    kept: Truths = tested[crowd.facts["subject"]] if subjects else np.ones(len(crowd.person), bool)
    failed = np.flatnonzero(_failed(world, crowd))
    if len(failed):
        evidence = crowd.person.astype(np.int64) << 32 | crowd.facts["entry"]
        kept &= ~np.isin(evidence, evidence[failed])
    return crowd if kept.all() else _with_facts(crowd, kept)


def _is_tested(world: World, subject: Subject) -> bool:
    if subject.sort != "pass":
        return True
    credential = world.credentials.get(subject.key)
    return credential is not None and (not subject.detail or subject.detail in credential.tests)


def _failed(world: World, crowd: Crowd) -> Truths:
    """The courses with a grade that does not pass."""
    failed = np.zeros(len(crowd.person), bool)
    for subject, passing in _grades(world, crowd).items():
        told = crowd.facts["subject"] == crowd.vocabulary.subjects[subject]
        failed |= told & ~np.isin(crowd.facts["value"], passing)
    return failed


def _grades(world: World, crowd: Crowd) -> Mapping[Subject, list[int]]:
    """The numbers of passing grades, for the courses of frameworks that the world has; no grade always passes."""
    words = crowd.vocabulary
    frameworks = {
        subject: world.frameworks.get(subject.key.partition(":")[0])
        for subject in words.subjects
        if subject.sort == "course"
    }
    return {
        subject: [UNRATED, *(words.grades[grade] for grade in framework.grades if grade in words.grades)]
        for subject, framework in frameworks.items()
        if framework is not None
    }


def _with_facts(crowd: Crowd, kept: Truths) -> Crowd:
    facts: dict[str, NDArray[Any]] = {name: column[kept] for name, column in crowd.facts.items()}
    return replace(crowd, person=crowd.person[kept], facts=facts)
