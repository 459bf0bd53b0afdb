"""Sixty awards and forty pieces of evidence, each hard in its own way: proven, and soon."""

import time

import pytest

from tests.apprenticeship.credit.large import request

LIMITS = {"share": 0.5, "groups": {"technical": 20}}
SECONDS = 8.0
"""One second on a quiet machine; the processor time of a crowded one varies several times over."""


@pytest.mark.parametrize(
    ("way", "limits"),
    [("single", {}), ("pairs", LIMITS), ("choice", {}), ("many", LIMITS), ("hours", LIMITS), ("mixed", {})],
)
def test_sixty_awards_and_forty_pieces_of_evidence(way: str, limits: dict[str, object]) -> None:
    asked = request(1, way, limits).asked()
    began = time.process_time()
    answer = asked.answer()
    took = time.process_time() - began
    assert took < SECONDS
    assert answer.search.proven
    used = [piece for given in answer.best.given for piece in given.evidence]
    assert len(used) == len(set(used)) == answer.best.pieces
    assert all(use.used <= use.allowed for use in answer.limits)
    assert len(answer.best.given) + len(answer.left_out) == len(asked.model.awards)


def test_any_number_of_credentials_for_each_award_uses_up_all_the_evidence() -> None:
    """Forty credentials, awards of 2 to 8 of them each: the cheapest awards for the evidence, not the first sets."""
    answer = request(1, "many").asked().answer()
    assert answer.best.pieces == 40
