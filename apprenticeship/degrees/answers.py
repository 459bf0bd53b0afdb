"""Degrees and what is worth earning as plain data for JSON. Credits are numbers in the degree's unit."""

from typing import Any

from apprenticeship.credit.answers import number
from apprenticeship.credit.worth import Worth, Worthwhile
from apprenticeship.degrees.model import (
    ESTIMATE,
    Counted,
    DegreeAnswer,
    GroupAnswer,
    OneThing,
    Required,
    Source,
    Spare,
)
from standards.answers import Labels, action_answer, hours_number, missing_answer, requirement_answer
from standards.degree_plans import PlannedCourse


def degree_answer_data(answer: DegreeAnswer, labels: Labels) -> dict[str, Any]:
    """One degree; what the college does not say is null."""
    head = answer.plan.head
    return {
        "degree": head.id,
        "college": head.college,
        "title": head.title,
        "level": head.level,
        "unit": head.unit,
        "sample": head.sample,
        "as_of": answer.as_of.isoformat(),
        "agreement": head.agreement,
        "contains": list(head.contains),
        "stacks_on": list(head.stacks_on),
        "complete": answer.complete,
        "credits": None if answer.size is None else number(answer.size),
        "filled": number(answer.filled),
        "remaining": None if answer.remaining is None else number(answer.remaining),
        "proven": answer.proven,
        "groups": [_group(group) for group in answer.groups],
        "spare": [_spare(spare) for spare in answer.spare],
        "residency": {
            "needed": number(answer.here_needed),
            "earned": number(answer.here),
            "short": number(answer.here_short),
        },
        "required": [_required(one, labels) for one in answer.required],
        "one_thing": None if answer.one_thing is None else _one_thing(answer.one_thing, labels),
        "estimate": ESTIMATE,
    }


def _group(answer: GroupAnswer) -> dict[str, Any]:
    return {
        "id": answer.group.key,
        "title": answer.group.title,
        "credits": number(answer.group.credits),
        "filled": number(answer.filled),
        "remaining": number(answer.remaining),
        "free": answer.group.free,
        "counted": [_counted(one) for one in answer.counted],
        "open": [_course(course) for course in answer.open],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "course": source.name,
        "title": source.title,
        "credits": number(source.credits),
        "award": source.award,
        "evidence": list(source.evidence),
    }


def _counted(one: Counted) -> dict[str, Any]:
    return {**_source(one.source), "counts": number(one.credits)}


def _spare(spare: Spare) -> dict[str, Any]:
    return {**_source(spare.source), "why": str(spare.why)}


def _course(course: PlannedCourse) -> dict[str, Any]:
    return {"course": course.course, "title": course.title, "credits": number(course.credits)}


def _required(one: Required, labels: Labels) -> dict[str, Any]:
    missing = [missing_answer(missing, labels) for missing in one.missing]
    return {"degree": one.degree, "holds": one.holds, "missing": missing}


def _one_thing(one: OneThing, labels: Labels) -> dict[str, Any]:
    return {
        "thing": str(one.thing),
        "credits": number(one.credits),
        "course": None if one.course is None else one.course.course,
        "missing": None if one.missing is None else missing_answer(one.missing, labels),
    }


def worth_answer(worth: Worth, labels: Labels) -> dict[str, Any]:
    """What would be worth earning, the best first."""
    return {
        "by": worth.by.value,
        "before": number(worth.before),
        "things": [_worthwhile(one, worth, labels) for one in worth.things],
        "pairs": [_worthwhile(one, worth, labels) for one in worth.pairs],
        "nothing_alone": [requirement_answer(thing, labels) for thing in worth.nothing],
        "unreachable": [requirement_answer(thing, labels) for thing in worth.unreachable],
        "left_out": worth.left_out,
        "pairs_tried": worth.pairs_tried,
        "pairs_left_out": worth.pairs_left_out,
        "estimate": ESTIMATE,
    }


def _worthwhile(one: Worthwhile, worth: Worth, labels: Labels) -> dict[str, Any]:
    return {
        "things": [requirement_answer(thing, labels) for thing in one.things],
        "credits": number(one.credits),
        "hours": hours_number(one.minutes),
        "usd": one.cents / 100,
        "assumed": one.assumed,
        "cheapest": one.proven,
        "rate": _rate(one, worth),
        "steps": [action_answer(step.action, labels) for step in one.steps],
    }


def _rate(one: Worthwhile, worth: Worth) -> float | None:
    """Credits for an hour or a dollar, to three places; null where it costs nothing."""
    rate = one.rate(worth.by)
    if rate is None:
        return None
    whole = rate * (60 if worth.by == "hours" else 100 if worth.by == "usd" else 1)
    return round(float(whole), 3)
