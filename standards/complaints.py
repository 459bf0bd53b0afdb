"""pydantic's complaints in the words of the contract, with the path as it stands in the document."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from standards.documents.record import evidence_form
from standards.documents.requirement import FORMS, form_of
from standards.problems import Path

REQUIREMENT_WORDS = "one of all, any, at_least, " + ", ".join(
    form for form in FORMS if form not in ("all", "any", "of")
)


def complaint(
    error: ErrorDetails, raw: Any, model: type[BaseModel], written: Callable[[Path], str]
) -> tuple[Path, str, str]:
    """(path, what is wrong, what would be right) of one pydantic error; ``written`` gives the word at a path."""
    kind, given = error["type"], error["input"]
    path = tuple(_path(error, raw))
    if kind == "string_type":
        what, right = _text(given, written(path))
    elif kind in _WORDS:
        what, right = _WORDS[kind](error)
    elif kind == "extra_forbidden":
        what, right = f"unknown key {path[-1]!r}", _nearest(str(path[-1]), model)
    elif kind in ("requirement_form", "evidence_form"):
        what, right = _not_a_form(kind, given)
    else:
        what, right = f"{_found(given)} does not fit", error["msg"][:1].lower() + error["msg"][1:]
    return path, what, right


@cache
def known_keys(model: type[BaseModel]) -> frozenset[str]:
    """Every key that a kind of document knows, at any depth."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return frozenset(key for part in parts for key in part.get("properties", {}))


def _path(error: ErrorDetails, raw: Any) -> Iterator[str | int]:
    """The location without the names of the forms that pydantic puts in between."""
    location, at = error["loc"], raw
    absent = error["type"] in ("missing", "extra_forbidden")
    for place, step in enumerate(location):
        last = place == len(location) - 1
        if isinstance(at, dict):
            if not last and _is_form_name(
                step, location[place + 1], at, absent and place == len(location) - 2
            ):
                continue
            if step in at or (last and absent):
                yield step
                at = at.get(step)
        elif isinstance(at, list) and isinstance(step, int) and step < len(at):
            yield step
            at = at[step]


def _is_form_name(step: str | int, following: str | int, at: dict[str, Any], absent: bool) -> bool:
    if step not in (form_of(at), evidence_form(at)):
        return False
    return following in at or (absent and ("id" in at or not isinstance(at.get(str(step)), dict)))


def _found(value: Any) -> str:
    if value is None:
        return "nothing (null)"
    if isinstance(value, bool):
        return "the truth value " + str(value).lower()
    if isinstance(value, dict | list | tuple):
        return "a mapping" if isinstance(value, dict) else "a list"
    return f"the text {value[:60]!r}" if isinstance(value, str) else f"the number {value}"


def _text(given: Any, word: str) -> tuple[str, str]:
    """The word as it stands: to quote 0296 as "296" would be another code."""
    if given is None or isinstance(given, dict | list):
        return f"{_found(given)} where text belongs", "write text"
    name = "the truth value" if isinstance(given, bool) else "the number"
    return f"{name} {word} where text belongs", f'quote it: "{word}"'


def _bound(word: str, key: str) -> Callable[[ErrorDetails], tuple[str, str]]:
    def say(error: ErrorDetails) -> tuple[str, str]:
        return f"{_found(error['input'])} is out of range", f"{word} {error.get('ctx', {})[key]}"

    return say


def _custom(error: ErrorDetails) -> tuple[str, str]:
    return f"{_found(error['input'])} does not fit", error["msg"]


def _literal(error: ErrorDetails) -> tuple[str, str]:
    return (
        f"{_found(error['input'])} is not one of the choices",
        f"expected {error.get('ctx', {})['expected']}",
    )


def _missing(error: ErrorDetails) -> tuple[str, str]:
    return f"the key {error['loc'][-1]!r} is missing", f"add {error['loc'][-1]}:"


_WORDS: dict[str, Callable[[ErrorDetails], tuple[str, str]]] = {
    "missing": _missing,
    "literal_error": _literal,
    "too_short": lambda _: ("an empty list", "name at least one"),
    "string_too_short": lambda _: ("empty text", "write at least one character"),
    "string_pattern_mismatch": lambda e: (
        f"{_found(e['input'])} is not well formed",
        f"it must match {e.get('ctx', {})['pattern']}",
    ),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than_equal": _bound("at most", "le"),
    "int_type": lambda e: (f"{_found(e['input'])} where a whole number belongs", "write a whole number"),
    "bool_type": lambda e: (f"{_found(e['input'])} where true or false belongs", "write true or false"),
    "model_type": lambda e: (f"{_found(e['input'])} where a mapping belongs", "write keys and values"),
    "tuple_type": lambda e: (f"{_found(e['input'])} where a list belongs", "write a list"),
    "dict_type": lambda e: (f"{_found(e['input'])} where a mapping belongs", "write keys and values"),
    "not_a_number": _custom,
    "number_range": _custom,
    "iso_date": _custom,
    "iso_instant": _custom,
    "hours_in": _custom,
    "waiver_target": _custom,
    "one_thing": _custom,
    "no_time": _custom,
    "off_scale": _custom,
    "backwards": _custom,
    "one_amount": _custom,
    "sum_of_courses": _custom,
    "needs_a_day": _custom,
    "no_row": _custom,
    "many_rows": _custom,
}


@lru_cache(maxsize=1000)
def _nearest(key: str, model: type[BaseModel]) -> str:
    if key in known_keys(model):
        return "that key belongs elsewhere; look at the indentation"
    near = get_close_matches(key, known_keys(model), n=1, cutoff=0.0)
    return f"the nearest known key is {near[0]!r}" if near else "leave it out"


def _not_a_form(kind: str, given: Any) -> tuple[str, str]:
    name = "requirement" if kind == "requirement_form" else "piece of evidence"
    right = (
        REQUIREMENT_WORDS
        if kind == "requirement_form"
        else "one of credential, competency, hours, course, score, waiver, revokes"
    )
    if isinstance(given, dict) and given:
        return f"no {name}: keys {', '.join(map(str, given))}", right
    return f"{_found(given)} is no {name}", right
