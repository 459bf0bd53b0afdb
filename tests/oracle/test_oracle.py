"""The slow evaluator against what the contract says in so many words."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.oracle.calendar import expiry_of, months_later, whole_months
from tests.oracle.oracle import Oracle

D = date.fromisoformat


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2024-01-31", 1, "2024-02-29"), ("2025-01-31", 1, "2025-02-28"), ("2024-11-30", 3, "2025-02-28")],
)
def test_months_are_clamped_to_the_end_of_the_month(start: str, months: int, end: str) -> None:
    assert months_later(D(start), months) == D(end)


def test_five_years_from_a_leap_day_end_on_the_28th() -> None:
    assert expiry_of(D("2028-02-29"), {"years": 5}) == D("2033-02-28")


def test_overlapping_suspensions_count_once_and_an_open_one_runs_on() -> None:
    both = ((D("2025-07-01"), D("2025-08-01")), (D("2025-07-15"), D("2025-09-01")))
    assert whole_months(D("2025-01-06"), D("2026-01-06"), ()) == 12
    assert whole_months(D("2025-01-06"), D("2026-03-08"), both) == 11
    assert whole_months(D("2025-01-06"), D("2026-03-09"), both) == 12
    assert whole_months(D("2025-01-06"), D("2035-01-06"), ((D("2025-02-06"), date.max),)) == 1


def framework(**head: Any) -> dict[str, Any]:
    credentials = [
        {"id": "a", "parts": ["performance", "theory"], "shares": {"theory": "b"}, "valid_for": {"years": 1}},
        {"id": "b", "parts": ["performance", "theory"], "prerequisites": {"competency": "c"}},
        {"id": "both", "composed_of": {"all": [{"credential": "a"}, {"credential": "b"}]}},
        {"id": "lasting", "composed_of": {"credential": "a"}, "valid_for": {"months": 18}},
    ]
    competencies = [{"id": "c", "satisfied_by": {"credential": "a", "current": True}}, {"id": "d"}]
    return {
        "framework": {"id": "f", "ratings": {"competent": 3}, **head},
        "credentials": credentials,
        "competencies": competencies,
    }


def asked(*evidence: dict[str, Any], as_of: str, **head: Any) -> Oracle:
    entries = [{"id": f"e{n}", "status": "verified", **entry} for n, entry in enumerate(evidence)]
    record = {"record": {"person": {"id": "p"}, "evidence": entries}}
    return Oracle([framework(**head)], record, program=None, as_of=D(as_of))


def test_a_whole_award_passes_its_shared_parts_and_expires() -> None:
    whole = {"credential": "a", "on": "2025-02-10"}
    before = asked(whole, as_of="2026-02-09")
    assert before.credential("f:a") == ("held", D("2025-02-10"))
    assert before.parts("f:b") == {"performance": None, "theory": D("2025-02-10")}
    assert before.credential("f:b") == ("in_progress", D("2025-02-10"))
    assert before.competency("f:c") == ("met", D("2025-02-10"))
    after = asked(whole, as_of="2026-02-10")
    assert after.credential("f:a") == ("expired", D("2026-02-10"))
    assert after.competency("f:c") == ("lapsed", D("2026-02-10"))
    assert after.credential("f:lasting") == ("held", D("2025-02-10"))
    assert after.expires("f:lasting") == D("2026-08-10")


def test_a_new_pass_of_any_part_renews() -> None:
    found = asked(
        {"credential": "a", "on": "2025-02-10"},
        {"credential": "b", "part": "theory", "on": "2026-01-31"},
        as_of="2026-12-31",
    )
    assert found.credential("f:a") == ("held", D("2025-02-10"))
    assert found.expires("f:a") == D("2027-01-31")


def test_an_enforced_gate_waits_for_the_prerequisites() -> None:
    early = [{"credential": "b", "on": "2025-01-01"}, {"competency": "c", "on": "2025-03-01"}]
    assert asked(*early, as_of="2025-06-01").credential("f:b") == ("held", D("2025-01-01"))
    found = asked(*early, as_of="2025-06-01", gate="enforce")
    assert found.credential("f:b") == ("held", D("2025-03-01"))


def test_a_revocation_may_be_revoked() -> None:
    found = asked(
        {"competency": "d", "on": "2025-01-01"},
        {"revokes": "e0", "on": "2025-02-01"},
        {"revokes": "e1", "on": "2025-03-01"},
        as_of="2025-06-01",
    )
    assert found.competency("f:d") == ("met", D("2025-03-01"))


def test_the_progress_of_groups_is_exact() -> None:
    found = asked({"competency": "d", "on": "2025-01-01"}, as_of="2025-06-01")
    one, none = {"competency": "d"}, {"competency": "c"}
    assert found.progress({"all": [one, none, none]}) == Fraction(1, 3)
    assert found.progress({"any": [one, none]}) == 1
    assert found.progress({"at_least": 2, "of": [none, one, none]}) == Fraction(1, 2)
    assert found.progress({"competencies": 3}) == Fraction(1, 3)
