"""Which state an item is in, in which order of precedence, since when, under either gate."""

import pytest

from tests.standards.asking import answer, framework, program, record

ITEMS = """
competencies:
  - {id: base, title: Base}
  - {id: top, title: Top, prerequisites: {competency: base}, satisfied_by: {credential: cert, current: true}}
credentials:
  - {id: cert, title: Certificate, valid_for: {years: 1}, parts: [performance, theory]}
  - {id: next, title: Next, parts: [performance, theory], prerequisites: {competency: base}}
"""
TRADE = program("completion: {competency: top}")
ADVISE = framework(ITEMS) + TRADE
ENFORCE = framework(ITEMS, ", gate: enforce") + TRADE

BASE = "id: b, competency: base, on: 2025-03-01, status: verified"
BASE_SUBMITTED = "id: b, competency: base, on: 2025-03-01, status: submitted"
TOP = "id: t, competency: top, rating: 3, on: 2025-02-01, status: verified"
TOP_LOW = "id: tl, competency: top, rating: 2, on: 2025-02-01, status: verified"
TOP_SUBMITTED = "id: ts, competency: top, on: 2026-03-15, status: submitted"
TOP_CLAIMED = "id: tc, competency: top, on: 2026-03-15, status: claimed"
TOP_REJECTED = "id: tr, competency: top, on: 2026-03-15, status: rejected"
CERT = "id: c, credential: cert, on: 2025-02-10, status: verified"
CERT_SUBMITTED = "id: cs, credential: cert, on: 2026-03-15, status: submitted"
CERT_CLAIMED = "id: cc, credential: cert, on: 2026-03-15, status: claimed"
THEORY = "id: ct, credential: cert, part: theory, on: 2025-02-20, status: verified"
HANDS = "id: cp, credential: cert, part: performance, on: 2026-03-15, status: submitted"
NEXT = "id: n, credential: next, on: 2025-02-01, status: verified"
NEXT_THEORY = "id: nt, credential: next, part: theory, on: 2025-02-05, status: verified"
WAIVE_TOP = "id: w, waiver: {competency: top}, reason: years at the bench, on: 2026-01-05, by: sponsor"
WAIVE_BASE = (
    "id: wb, waiver: {competency: base}, reason: school, on: 2025-04-01, by: sponsor, until: 2025-06-01"
)
WAIVE_CERT = "id: wc, waiver: {credential: cert}, reason: held elsewhere, on: 2026-01-05, by: sponsor"

Case = tuple[list[str], str, str | None]

COMPETENCY: list[Case] = [
    ([TOP, WAIVE_TOP], "met", "2025-02-01"),
    ([WAIVE_TOP, CERT], "waived", "2026-02-10"),
    ([WAIVE_TOP, TOP_SUBMITTED], "waived", "2026-01-05"),
    ([CERT, TOP_SUBMITTED], "lapsed", "2026-02-10"),
    ([BASE, TOP_SUBMITTED], "pending", "2026-03-15"),
    ([TOP_SUBMITTED], "pending", "2026-03-15"),
    ([CERT_SUBMITTED], "pending", "2026-03-15"),
    ([BASE, TOP_LOW], "ready", "2025-03-01"),
    ([BASE, TOP_CLAIMED], "ready", "2025-03-01"),
    ([BASE, TOP_REJECTED], "ready", "2025-03-01"),
    ([BASE, WAIVE_CERT], "ready", "2025-03-01"),
    ([TOP_LOW], "locked", None),
    ([], "locked", None),
]
CREDENTIAL: list[Case] = [
    ([CERT], "expired", "2026-02-10"),
    ([CERT, WAIVE_CERT], "expired", "2026-02-10"),
    ([CERT, CERT_SUBMITTED], "expired", "2026-02-10"),
    ([WAIVE_CERT, CERT_SUBMITTED], "waived", "2026-01-05"),
    ([THEORY, HANDS], "pending", "2026-03-15"),
    ([CERT_SUBMITTED], "pending", "2026-03-15"),
    ([THEORY], "in_progress", "2025-02-20"),
    ([CERT_CLAIMED], "ready", None),
    ([], "ready", None),
]
GATED: list[Case] = [
    ([NEXT], "held", "2025-02-01"),
    ([BASE, NEXT_THEORY], "in_progress", "2025-02-05"),
    ([BASE], "ready", "2025-03-01"),
    ([WAIVE_BASE], "locked", "2025-06-01"),
    ([], "locked", None),
]


@pytest.mark.parametrize(("evidence", "state", "since"), COMPETENCY)
def test_the_state_of_a_competency(evidence: list[str], state: str, since: str | None) -> None:
    found = answer(ADVISE, record(*evidence), "2026-04-01")["competencies"]["top"]
    assert (found["state"], found["since"]) == (state, since)


@pytest.mark.parametrize(("evidence", "state", "since"), CREDENTIAL)
def test_the_state_of_a_credential(evidence: list[str], state: str, since: str | None) -> None:
    found = answer(ADVISE, record(*evidence), "2026-04-01")["credentials"]["cert"]
    assert (found["state"], found["since"]) == (state, since)


@pytest.mark.parametrize(("evidence", "state", "since"), GATED)
def test_the_state_of_a_credential_with_prerequisites(
    evidence: list[str], state: str, since: str | None
) -> None:
    found = answer(ADVISE, record(*evidence), "2026-04-01")["credentials"]["next"]
    assert (found["state"], found["since"]) == (state, since)


def test_a_credential_is_held_until_the_day_it_expires() -> None:
    day_before = answer(ADVISE, record(CERT), "2026-02-09")
    assert day_before["credentials"]["cert"]["state"] == "held"
    assert day_before["credentials"]["cert"]["expires"] == "2026-02-10"
    assert day_before["competencies"]["top"]["state"] == "met"
    assert answer(ADVISE, record(CERT), "2026-02-10")["competencies"]["top"]["state"] == "lapsed"


def test_advise_counts_early_evidence_and_flags_it() -> None:
    found = answer(ADVISE, record(TOP, NEXT, BASE), "2025-12-31")
    assert found["competencies"]["top"] == {
        "state": "met",
        "since": "2025-02-01",
        "by": ["t"],
        "out_of_order": True,
    }
    assert found["credentials"]["next"]["out_of_order"]
    assert not found["competencies"]["base"]["out_of_order"]


def test_advise_flags_nothing_that_came_in_order() -> None:
    late = "id: t, competency: top, on: 2025-03-01, status: verified"
    assert not answer(ADVISE, record(BASE, late), "2025-12-31")["competencies"]["top"]["out_of_order"]


def test_enforce_counts_early_evidence_from_the_day_the_prerequisites_are_met() -> None:
    before = answer(ENFORCE, record(TOP, NEXT, BASE), "2025-02-28")
    assert before["competencies"]["top"]["state"] == "locked"
    assert before["credentials"]["next"]["state"] == "in_progress"
    after = answer(ENFORCE, record(TOP, NEXT, BASE), "2025-03-01")
    assert after["competencies"]["top"] == {
        "state": "met",
        "since": "2025-03-01",
        "by": ["b", "t"],
        "out_of_order": False,
    }
    assert (after["credentials"]["next"]["state"], after["credentials"]["next"]["since"]) == (
        "held",
        "2025-03-01",
    )


def test_enforce_asks_for_the_prerequisites_on_the_day_itself() -> None:
    """A waived prerequisite opens the gate from its own day until the waiver ends, and no longer."""
    days = {"2025-03-31": "locked", "2025-04-01": "met", "2025-05-31": "met", "2025-06-01": "locked"}
    found = {day: answer(ENFORCE, record(TOP, WAIVE_BASE), day)["competencies"]["top"] for day in days}
    assert {day: top["state"] for day, top in found.items()} == days
    assert found["2025-05-31"]["since"] == "2025-04-01"
    assert found["2025-06-01"]["since"] == "2025-06-01"


def test_enforce_makes_pending_what_waits_for_its_prerequisites_alone() -> None:
    found = answer(ENFORCE, record(TOP, BASE_SUBMITTED), "2025-12-31")["competencies"]
    assert (found["base"]["state"], found["top"]["state"]) == ("pending", "pending")
    assert found["top"]["since"] == "2025-03-01"


def test_proofs_and_prerequisites_may_refer_to_each_other() -> None:
    """The least fixed point: neither item lifts the other out of nothing."""
    items = """
    competencies:
      - {id: one, title: One, prerequisites: {competency: two}}
      - {id: two, title: Two, satisfied_by: {competency: one}}
    """
    world = framework(items, ", gate: enforce") + program("completion: {competency: one}")
    alone = "id: e1, competency: one, on: 2025-02-01, status: verified"
    stuck = answer(world, record(alone), "2025-12-31")["competencies"]
    assert (stuck["one"]["state"], stuck["two"]["state"]) == ("locked", "ready")
    other = "id: e2, competency: two, on: 2025-03-01, status: verified"
    freed = answer(world, record(alone, other), "2025-12-31")["competencies"]
    assert (freed["one"]["since"], freed["two"]["since"]) == ("2025-03-01", "2025-03-01")
