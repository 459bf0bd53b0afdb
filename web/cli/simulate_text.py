"""The answer of ``simulate`` in words."""

from collections.abc import Iterator, Sequence
from typing import Any

from web.cli import text

SHOWN = 5
"""How many of each list are told; the JSON has all."""
QUANTILES = ("p10", "p50", "p90")


def simulation(title: str, file: str | None, data: dict[str, Any]) -> list[str]:
    """Who came through, when, what held them up, and what all of it rests on."""
    years = _counted(data["years"], "year")
    return [
        f"{title}: {data['apprentices']:,} simulated apprentices over {years}, seed {data['seed']}",
        "",
        *_people(data),
        "",
        *_months(data),
        *_last(data),
        *_items(data),
        "",
        *_basis(file, data),
    ]


def _people(data: dict[str, Any]) -> Iterator[str]:
    said = {"Completed": "completed", "Left": "left", "Still at it": "active"}
    for words, key in said.items():
        yield f"{words + ':':<13}{data[key]:>{len(_whole(data)) + 1}}  {_share(data[key], data)}"


def _whole(data: dict[str, Any]) -> str:
    return str(data["apprentices"])


def _share(people: int, data: dict[str, Any]) -> str:
    return f"{people * 1000 // data['apprentices'] / 10} %"


def _months(data: dict[str, Any]) -> Iterator[str]:
    """For every raise and completion when one in ten, half and nine in ten of those who stay are there."""
    if not data["goals"]:
        yield "The program has neither wage steps nor a completion rule: there is nothing to reach."
        return
    names = [goal["goal"].removeprefix("step:") for goal in data["goals"]]
    cells = [[_when(goal, quantile) for quantile in QUANTILES] for goal in data["goals"]]
    width = max(map(len, names))
    wide = max(len("1 in 10"), *(len(cell) for row in cells for cell in row))
    heads = [f"{word:>{wide}}" for word in ("1 in 10", "half", "9 in 10")]
    yield "Months from registration until so many would be there if all stayed; how many got there before leaving"
    yield f"  {'':<{width}}  {'  '.join(heads)}  {'got there':>9}"
    for name, row, goal in zip(names, cells, data["goals"], strict=True):
        yield f"  {name:<{width}}  {'  '.join(f'{cell:>{wide}}' for cell in row)}  {goal['reached']:>9}"
    if data["goals"][-1]["goal"] != "completion":
        yield "The program has no completion rule, so nobody completes it."


def _when(goal: dict[str, Any], quantile: str) -> str:
    months = goal["months"][quantile]
    if months is None:
        return "later"
    return f"{months} ({goal['days'][quantile]})" if "days" in goal else str(months)


def _last(data: dict[str, Any]) -> Iterator[str]:
    """What completion waited for last; without completion, the last raise."""
    goal = data["goals"][-1] if data["goals"] else {"last": []}
    if not goal["last"]:
        return
    name = goal["goal"].replace(":", " ", 1)
    yield from ("", f"What {name} waits for last")
    yield from (f"  {_what(one)}: for {one['percent']} %" for one in goal["last"][:SHOWN])
    yield from _more(goal["last"])


def _what(one: dict[str, Any]) -> str:
    if "item" in one:
        return _said(one["item"])
    return text.rule({key: value for key, value in one.items() if key != "percent"})


def _items(data: dict[str, Any]) -> Iterator[str]:
    """Where the time goes."""
    taken = [item for item in data["items"] if item["percent"]]
    if taken:
        yield from ("", "What takes most of the time, repetitions included")
        for item in taken[:SHOWN]:
            yield f"  {_said(item['item'])}: {item['months']} months each; {item['percent']} % take it"
        yield from _more(taken)
    yield f"With nothing to begin, waiting for hours or months: {data['waiting_months']} months each"


def _basis(file: str | None, data: dict[str, Any]) -> Iterator[str]:
    yield data["basis"]
    numbers = data["assumptions"]
    by = {origin: [key for key in numbers if numbers[key]["from"] == origin] for origin in _ORIGINS}
    for origin, words in _ORIGINS.items():
        said = [f"{key.replace('_', ' ')} {numbers[key]['value']}" for key in by[origin]]
        said += [_thing(thing) for thing in data["things"] if thing["from"] == origin]
        if said:
            yield f"{words.format(file=file, source=_sources(data))}: {', '.join(said)}"
    if data["effort_assumed"]:
        yield f"No effort stated, default hours taken: {_listed(data['effort_assumed'])}"
    if data["not_asked_for"]:
        yield f"Not asked for by this program: {_listed(data['not_asked_for'])}"


_ORIGINS = {
    "default": "Defaults, guessed and without a source; put your own numbers into --assumptions",
    "program": "As the program registers it",
    "given": "From {file}, without a source",
    "sourced": "From {file}, by {source}",
}


def _sources(data: dict[str, Any]) -> str:
    named = [data["source"], *(thing["source"] for thing in data["things"])]
    return "; ".join(dict.fromkeys(source for source in named if source))


def _thing(thing: dict[str, Any]) -> str:
    numbers = [
        f"{key.replace('_', ' ')} {thing[key]}" for key in ("hours", "pass_rate", "attrition") if key in thing
    ]
    return f"{_said(thing['item'])} ({', '.join(numbers)})"


def _more(found: Sequence[Any]) -> Iterator[str]:
    if len(found) > SHOWN:
        yield f"  and {len(found) - SHOWN} more"


def _listed(names: Sequence[str]) -> str:
    shown = [_said(name) for name in names[:SHOWN]]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(shown)}{more}"


def _said(name: str) -> str:
    return name.replace(":", " ", 1)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
