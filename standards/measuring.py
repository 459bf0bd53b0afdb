"""Measures of prerequisites as plain data for JSON."""

from typing import Any

from graph.edges import Place
from graph.metrics import Measure, Metrics, Totals
from standards.answers import Labels

MOST_DIGITS = 300
"""Larger numbers of paths are told as null: a reader of JSON may hold no more in one number."""
_SECTIONS = {"competencies": "competency", "credentials": "credential"}


def metrics_answer(metrics: Metrics, labels: Labels) -> dict[str, Any]:
    """The answer of ``journeymark metrics``; items in lists are written ``credential:x``."""
    items: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS}
    for section, kind in _SECTIONS.items():
        for place, measure in metrics.items.items():
            if place[0] == kind:
                items[section][labels.label(*place)] = _measure(measure, labels)
    return {
        **items,
        "totals": _totals(metrics.totals),
        "longest_path": [item_name(place, labels) for place in metrics.longest_path],
        "bottlenecks": [item_name(place, labels) for place in metrics.bottlenecks],
        "gateways": [item_name(place, labels) for place in metrics.gateways],
    }


def item_name(place: Place, labels: Labels) -> str:
    """``credential:x``, as in a goal."""
    return f"{place[0]}:{labels.label(*place)}"


def _measure(measure: Measure, labels: Labels) -> dict[str, Any]:
    return {
        "blocking": measure.blocking,
        "delay": measure.delay,
        "centrality": _written(measure.centrality),
        "complexity": measure.complexity,
        "prerequisites": measure.prerequisites,
        "opens": measure.opens,
        "gates": measure.gates,
        "behind": measure.behind,
        "gateway": None if measure.gateway is None else item_name(measure.gateway, labels),
    }


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "items": totals.items,
        "edges": totals.edges,
        "blocking": totals.blocking,
        "delay": totals.delay,
        "centrality": _written(totals.centrality),
        "complexity": totals.complexity,
    }


def _written(number: int) -> int | None:
    return number if number < 10**MOST_DIGITS else None
