"""The answer of ``capacity`` in words."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

WHY = {
    "room": "others come first",
    "time": "its hours or months come too late",
    "long": "the trainings it needs take longer than the plan, one after the other",
    "training": "it needs what is not trained",
}


def capacity(data: dict[str, Any]) -> list[str]:
    """The plan month by month, what comes of it, what was too little, and who is left out."""
    return [
        *_head(data),
        *_months(data),
        *_coming(data),
        *_missed(data),
        *_binds(data),
        *_left(data),
        "",
        data["basis"],
    ]


def _head(data: dict[str, Any]) -> Iterator[str]:
    said = (
        "proven best"
        if data["optimal"]
        else f"not proven; none is worth more than {data['gap_percent']} % more"
    )
    many = len(data["trainings"])
    yield f"{data['from']} to {data['until']}: {many} trainings, {data['hours']} h, ${data['cost_usd']}"
    worth, without = data["worth"] / 100, data["without_training"] / 100
    yield f"Worth {worth:,.2f} dollars an hour, times months ({without:,.2f} without training); {said}"


def _months(data: dict[str, Any]) -> Iterator[str]:
    for month, found in groupby(data["trainings"], key=lambda one: one["month"]):
        yield ""
        yield f"Month {month}, from {data['months'][month - 1]}"
        for one in found:
            mentor = f" with {one['mentor']}" if one["mentor"] else ""
            until = f", until month {one['until_month']}" if one["until_month"] > month else ""
            assumed = " assumed" if one.get("assumed") else ""
            yield f"  {one['station']}{mentor}: {one['person']} {one['item']} ({one['hours']} h{assumed}){until}"


def _coming(data: dict[str, Any]) -> Iterator[str]:
    if data["coming"]:
        yield ""
        yield "What comes, and by when"
    for one in data["coming"]:
        cents = f", ${one['usd_per_hour']} an hour more" if one["usd_per_hour"] else ""
        anyway = "; without training as soon" if one["without_training"] else ""
        yield f"  {one['by']}  {one['person']}: {one['goal']}{cents}{anyway}"


def _missed(data: dict[str, Any]) -> Iterator[str]:
    if data["missed"]:
        yield ""
        yield "What does not come within the plan"
    for one in data["missed"]:
        needs = ", ".join(f"{need['item']} ({need['reason']})" for need in one.get("needs", ()))
        yield f"  {one['person']}: {one['goal']}: {WHY[one['why']]}{': ' + needs if needs else ''}"


def _binds(data: dict[str, Any]) -> Iterator[str]:
    if data["binds"]:
        yield ""
        yield "What there is too little of"
    for one in data["binds"]:
        name = (
            f"{one['kind']} {one['id']}"
            if one["id"]
            else {"time": "people's own time"}.get(one["kind"], one["kind"])
        )
        months = f", month {', '.join(map(str, one['months']))}" if one["months"] else ""
        more = ""
        if one["worth_of_more"]:
            unit = "$100 more" if one["unit"] == "usd" else "an hour more in each month"
            more = f"; {unit} would be worth about {one['worth_of_more'] / 100:,.2f} (an estimate)"
        yield f"  {name}{months}: {one['waiting']} trainings waited{more}"


def _left(data: dict[str, Any]) -> Iterator[str]:
    if data["not_trained"]:
        yield ""
        yield "Who is not trained"
    for one in data["not_trained"]:
        yield f"  {one['person']}: {one['reason']}"
