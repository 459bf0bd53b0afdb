"""The answer of an articulation as plain data for JSON (``docs/articulation.md``)."""

from typing import Any

from apprenticeship.credit.fees import fee_of, fee_text
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.model import AwardSet, CreditAnswer, Given, LeftOut, LimitUse
from apprenticeship.credit.units import other
from standards.answers import Labels, missing_answer, progress_answer
from standards.documents.agreement import AwardEntry


def credit_answer(answer: CreditAnswer, labels: Labels) -> dict[str, Any]:
    """Credits are numbers in the agreement's unit; days are ISO dates; evidence goes by its ids."""
    return {
        "agreement": answer.agreement,
        "version": answer.version,
        "college": answer.college,
        "program": answer.program,
        "sample": answer.sample,
        "as_of": answer.as_of.isoformat(),
        "known_at": answer.known_at.isoformat() if answer.known_at else None,
        "in_force": answer.in_force,
        "unit": answer.unit,
        "credits": number(answer.credits),
        other(answer.unit): number(answer.elsewhere),
        "fee_usd": number(fee_of(given.award for given in answer.best.given)),
        "pieces": answer.best.pieces,
        "awards": [_given(given) for given in answer.best.given],
        "left_out": [_left_out(left_out, labels) for left_out in answer.left_out],
        "next_best": _next_best(answer.next_best),
        **({"granted": [_granted(one) for one in answer.granted]} if answer.granted else {}),
        "limits": {use.name: _limit(use) for use in answer.limits},
        "earned_here": number(answer.earned_here),
        "remaining": {
            "program": _maybe(answer.remaining.program),
            "credits": _maybe(answer.remaining.credits),
            "here": number(answer.remaining.here),
        },
        "search": {
            "proven": answer.search.proven,
            "bounded": answer.search.bounded,
            "at_most": number(answer.search.at_most),
        },
        "estimate": answer.estimate,
    }


def number(hundredths: int) -> int | float:
    """Hundredths as credits, cents as dollars."""
    whole, rest = divmod(hundredths, 100)
    return hundredths / 100 if rest else whole


def _maybe(hundredths: int | None) -> int | float | None:
    return None if hundredths is None else number(hundredths)


def _award(award: AwardEntry) -> dict[str, Any]:
    return {
        "id": award.id,
        "course": award.course,
        "title": award.title,
        "credits": number(award.credits),
        "group": award.group,
    }


def _courses(award: AwardEntry) -> dict[str, Any]:
    """The courses that an award stands for, where it is several."""
    listed = [
        {"course": one.course, "title": one.title, "credits": number(one.credits)} for one in award.courses
    ]
    return {"courses": listed} if listed else {}


def _given(given: Given) -> dict[str, Any]:
    return {
        **_award(given.award),
        "evidence": list(given.evidence),
        "earned_on": given.earned_on.isoformat() if given.earned_on else None,
        "conditions": list(given.award.conditions),
        "fee": fee_text(given.award),
        **_courses(given.award),
    }


def _granted(granted: Granted) -> dict[str, Any]:
    """Credit that the college has granted before, which is not counted again."""
    return {
        "id": granted.id,
        "award": granted.award,
        "course": granted.course,
        "title": granted.title,
        "credits": number(granted.credits),
        "evidence": list(granted.evidence),
    }


def _left_out(left_out: LeftOut, labels: Labels) -> dict[str, Any]:
    """Only what the reason speaks of."""
    details = {
        "also": [str(reason) for reason in left_out.also],
        "missing": [missing_answer(missing, labels) for missing in left_out.missing],
        "hint": str(left_out.hint) if left_out.hint else None,
        "evidence": list(left_out.evidence),
        "over_on": left_out.over_on.isoformat() if left_out.over_on else None,
        "awards": list(left_out.awards),
        "limits": list(left_out.limits),
        "credits_short": number(left_out.credits_short),
    }
    details |= {"up_to": _maybe(left_out.award.up_to)}
    said = {name: value for name, value in details.items() if value}
    return {**_award(left_out.award), "reason": str(left_out.reason), **said}


def _next_best(following: AwardSet | None) -> dict[str, Any] | None:
    if following is None:
        return None
    return {
        "credits": number(following.credits),
        "pieces": following.pieces,
        "awards": [{"id": given.award.id, "evidence": list(given.evidence)} for given in following.given],
    }


def _limit(use: LimitUse) -> dict[str, Any]:
    return {
        "allowed": number(use.allowed),
        "used": number(use.used),
        "left": number(use.left),
        "share": progress_answer(use.share),
    }
