"""The answer of ``metrics`` in words."""

from collections.abc import Iterator, Sequence
from typing import Any

COLUMNS = ("blocking", "delay", "centrality", "complexity", "gates", "behind")
SHOWN = 10
"""How many bottlenecks and gateways are told; the table and the JSON have all."""
LONGEST_NUMBER = 12


def metrics(data: dict[str, Any]) -> list[str]:
    """The totals, the longest path, where it is narrow, then every item."""
    totals, path = data["totals"], data["longest_path"]
    lines = [
        f"{_counted(totals['items'], 'item')}, {_counted(totals['edges'], 'prerequisite')}; "
        + ", ".join(f"{name} {_number(totals[name])}" for name in COLUMNS[:4])
    ]
    if path:
        lines += ["", f"Longest path, {_counted(len(path), 'item')}", *(f"  {_said(name)}" for name in path)]
    lines += _narrow("Bottlenecks", data["bottlenecks"], data, _bottleneck)
    lines += _narrow("Gateways", data["gateways"], data, _gateway)
    for section in ("competencies", "credentials"):
        lines += _table(section, data[section])
    return lines


def _narrow(title: str, names: Sequence[str], data: dict[str, Any], say: Any) -> Iterator[str]:
    if not names:
        return
    yield from ("", title)
    for name in names[:SHOWN]:
        yield f"  {_said(name)}: {say(_item(data, name))}"
    if len(names) > SHOWN:
        yield f"  and {len(names) - SHOWN} more"


def _bottleneck(item: dict[str, Any]) -> str:
    return (
        f"asks for {item['prerequisites']}, opens {item['opens']}, blocks {item['blocking']}, "
        f"of which {item['gates']} cannot be reached without it"
    )


def _gateway(item: dict[str, Any]) -> str:
    behind, above = item["behind"], item["blocking"]
    if behind == above:
        return f"everything above passes through it, {_counted(above, 'item')}"
    return f"every path to {behind} of the {_counted(above, 'item')} above leads through it"


def _table(section: str, items: dict[str, dict[str, Any]]) -> Iterator[str]:
    if not items:
        return
    width = max(len(section), *(len(name) + 2 for name in items))
    yield from ("", f"{section.capitalize():<{width}}" + "".join(f"  {name:>10}" for name in COLUMNS))
    for name, item in items.items():
        yield f"  {name:<{width - 2}}" + "".join(f"  {_number(item[column]):>10}" for column in COLUMNS)


def _item(data: dict[str, Any], name: str) -> dict[str, Any]:
    kind, _, key = name.partition(":")
    found: dict[str, Any] = data["competencies" if kind == "competency" else "credentials"][key]
    return found


def _said(name: str) -> str:
    return name.replace(":", " ", 1)


def _number(number: int | None) -> str:
    """A number in its digits, or where it has too many, about how large it is."""
    if number is None:
        return "too many"
    written = str(number)
    return written if len(written) <= LONGEST_NUMBER else f"{written[0]}.{written[1:3]}e{len(written) - 1}"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
