"""What counts of a record: dates, what was known when, waivers, revocations, ratings."""

import re
from typing import Any

import pytest

from standards.problems import DocumentError
from tests.standards.asking import answer, evaluated, framework, program, record

ITEMS = """
competencies:
  - {id: lay, title: Layout}
  - {id: file, title: Filing}
credentials:
  - {id: cert, title: Certificate, valid_for: {years: 2}}
requirements:
  - {id: rated, title: Rated, when: {competency: lay, rating: 3}}
"""
TRADE = program(
    "completion: {all: [{competency: lay}, {competency: lay, rating: 3}, {competencies: 1}, "
    "{credential: cert}, {credential: cert, current: true}, {credentials: 1}]}"
)
BEST = framework(ITEMS) + TRADE
LATEST = framework(ITEMS, ", ratings: {scale: [0, 1, 2, 3, 4], competent: 3, policy: latest}") + TRADE

PASS = "id: e2, credential: cert, on: 2025-04-02, status: verified"
WITHDRAWN = "id: e7, revokes: e2, reason: issuer withdrew it, on: 2026-02-01"
REINSTATED = "id: e8, revokes: e7, reason: withdrawn by mistake, on: 2026-03-01"
WAIVER = (
    "id: w, waiver: {competency: lay}, reason: five years, on: 2025-01-20, by: sponsor, until: 2025-06-01"
)
WAIVED_CERT = "id: v, waiver: {credential: cert}, reason: held elsewhere, on: 2025-01-20, by: sponsor"


def cert(*evidence: str, as_of: str = "2026-06-01", known_at: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = answer(BEST, record(*evidence), as_of, known_at=known_at)["credentials"]["cert"]
    return found


def lay(world: str, *evidence: str, as_of: str = "2026-06-01") -> str:
    return str(answer(world, record(*evidence), as_of)["competencies"]["lay"]["state"])


def test_evidence_counts_from_its_own_day() -> None:
    assert cert(PASS, as_of="2025-04-01")["state"] == "ready"
    assert cert(PASS, as_of="2025-04-02")["state"] == "held"


@pytest.mark.parametrize(
    ("recorded", "known_at", "counts"),
    [
        ("2025-05-02T01:00:00+02:00", "2025-05-01T23:00:00Z", True),
        ("2025-05-02T01:00:00+02:00", "2025-05-01T22:59:59Z", False),
        ("2025-05-02T01:00:00+02:00", "2025-05-01T23:00:00", True),
        ("2025-05-02T01:00:00+02:00", "2025-05-02", True),
        ("2025-05-02T01:00:00", "2025-05-02", False),
        ("2025-05-02T01:00:00", "2025-05-02T01:00:00+00:00", True),
        ("2025-05-02", "2025-05-02T00:00:00Z", True),
        ("2025-05-02", "2025-05-01T23:59:59Z", False),
        ("2025-05-02", "2025-05-01T20:00:00-05:00", True),
    ],
)
def test_evidence_counts_once_it_is_recorded(recorded: str, known_at: str, counts: bool) -> None:
    found = cert(f'{PASS}, recorded: "{recorded}"', known_at=known_at)
    assert (found["state"] == "held") is counts
    assert cert(f'{PASS}, recorded: "{recorded}"')["state"] == "held"


def test_without_recorded_an_entry_is_known_from_the_start_of_its_day() -> None:
    assert cert(PASS, known_at="2025-04-01T23:59:59Z")["state"] == "ready"
    assert cert(PASS, known_at="2025-04-02")["state"] == "held"


def test_a_fail_proves_nothing_and_takes_nothing() -> None:
    failed = "id: f, credential: cert, result: fail, on: 2025-05-01, status: verified"
    assert cert(failed)["state"] == "ready"
    assert cert(PASS, failed)["since"] == "2025-04-02"
    assert lay(BEST, "id: g, competency: lay, result: fail, on: 2025-05-01, status: verified") == "ready"


def test_a_revocation_takes_its_evidence_out_from_its_own_day() -> None:
    assert cert(PASS, WITHDRAWN, as_of="2026-01-31")["state"] == "held"
    after = cert(PASS, WITHDRAWN, as_of="2026-02-01")
    assert (after["state"], after["since"], after["expires"]) == ("ready", "2026-02-01", None)


def test_a_revoked_revocation_gives_it_back() -> None:
    assert cert(PASS, WITHDRAWN, REINSTATED, as_of="2026-02-28")["state"] == "ready"
    back = cert(PASS, WITHDRAWN, REINSTATED, as_of="2026-03-01")
    assert (back["state"], back["since"], back["expires"]) == ("held", "2026-03-01", "2027-04-02")


def test_a_revocation_is_unknown_until_it_is_recorded() -> None:
    late = f'{WITHDRAWN}, recorded: "2026-05-01T12:00:00Z"'
    assert cert(PASS, late, known_at="2026-05-01T11:59:59Z")["state"] == "held"
    assert cert(PASS, late, known_at="2026-05-01T12:00:00Z")["state"] == "ready"


def test_a_waiver_may_be_revoked() -> None:
    ended = "id: x, revokes: w, reason: never was there, on: 2025-03-01"
    assert lay(BEST, WAIVER, ended, as_of="2025-02-28") == "waived"
    assert lay(BEST, WAIVER, ended, as_of="2025-03-01") == "ready"


@pytest.mark.parametrize(
    ("day", "state"),
    [("2025-01-19", "ready"), ("2025-01-20", "waived"), ("2025-05-31", "waived"), ("2025-06-01", "ready")],
)
def test_a_waiver_lasts_from_its_day_until_its_end(day: str, state: str) -> None:
    assert lay(BEST, WAIVER, as_of=day) == state


def test_a_waiver_satisfies_the_item_and_the_counts_and_neither_a_rating_nor_current() -> None:
    found = answer(BEST, record(WAIVER, WAIVED_CERT), "2025-05-01")
    plain, rating, competencies, credential, current, credentials = found["completion"]["members"]
    assert [m["holds"] for m in (plain, competencies, credential, credentials)] == [True] * 4
    assert [m["holds"] for m in (rating, current)] == [False] * 2
    assert (plain["because"], credential["because"]) == (["w"], ["v"])
    assert found["credentials"]["cert"]["state"] == "waived"


RATED = "id: {id}, competency: lay, rating: {rating}, on: {on}, status: {status}"


def rating(name: str, value: int, on: str, status: str = "verified", more: str = "") -> str:
    return RATED.format(id=name, rating=value, on=on, status=status) + more


def test_several_ratings_are_a_history_and_the_best_verified_one_decides() -> None:
    good = rating("a", 3, "2025-02-01")
    assert lay(BEST, good, rating("b", 1, "2025-03-01")) == "met"
    assert lay(BEST, rating("a", 2, "2025-02-01"), rating("b", 4, "2025-03-01", "rejected")) == "ready"
    assert lay(LATEST, good, rating("b", 1, "2025-03-01")) == "ready"
    assert lay(LATEST, good, rating("b", 1, "2025-03-01"), as_of="2025-02-28") == "met"
    assert lay(LATEST, good, rating("b", 1, "2025-03-01", "submitted")) == "met"


def test_a_sign_off_is_a_rating_at_competent() -> None:
    assert lay(BEST, "id: s, competency: lay, on: 2025-02-01, status: verified") == "met"
    found = answer(BEST, record("id: s, competency: lay, on: 2025-02-01, status: verified"), "2025-12-31")
    assert found["completion"]["members"][1]["holds"]


def test_under_latest_a_tie_goes_to_the_later_recorded_then_to_the_higher_id() -> None:
    early, late = ', recorded: "2025-02-01T08:00:00Z"', ', recorded: "2025-02-01T09:00:00Z"'
    high, low = rating("a", 4, "2025-02-01", more=early), rating("b", 1, "2025-02-01", more=late)
    assert lay(LATEST, high, low) == "ready"
    assert (
        lay(LATEST, rating("a", 4, "2025-02-01", more=late), rating("b", 1, "2025-02-01", more=early))
        == "met"
    )
    assert lay(LATEST, rating("a", 4, "2025-02-01"), rating("b", 1, "2025-02-01")) == "ready"
    assert lay(LATEST, rating("b", 4, "2025-02-01"), rating("a", 1, "2025-02-01")) == "met"


def test_the_order_of_entries_does_not_matter() -> None:
    entries = [
        PASS,
        WITHDRAWN,
        REINSTATED,
        WAIVER,
        rating("a", 3, "2025-02-01"),
        rating("b", 1, "2025-03-01"),
    ]
    forward = answer(BEST, record(*entries), "2026-06-01")
    assert answer(BEST, record(*reversed(entries)), "2026-06-01") == forward


def test_as_of_never_looks_ahead() -> None:
    day = "2025-05-01"
    later = [WITHDRAWN, REINSTATED, "id: l, competency: file, on: 2025-05-02, status: verified"]
    assert answer(BEST, record(PASS, *later), day) == answer(BEST, record(PASS), day)


def test_the_latest_registration_by_the_day_counts() -> None:
    enrolments = "[{program: trade, registered: 2024-01-06}, {program: trade, registered: 2025-01-06}]"
    person = record(PASS, enrolments=enrolments)
    for day, registered in (("2025-01-05", "2024-01-06"), ("2025-01-06", "2025-01-06")):
        found = evaluated(BEST, person, day).enrolment
        assert found is not None
        assert found.registered.isoformat() == registered


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("competency: lay, rating: 5", "the rating 5 is not on the scale; expected one of 0, 1, 2, 3, 4"),
        ("score: math, value: 9", "the score 9 cannot be reached; expected 0 to 7"),
        ("credential: cert, part: theory", "'theory' is no part of shop:cert; expected one of performance"),
        (
            "hours: 4, in: welding",
            "the work process 'welding' is in no document given; expected ojl, rti or one of ",
        ),
    ],
)
def test_what_cannot_be_is_never_counted(entry: str, said: str) -> None:
    world = framework(ITEMS + "scores: [{id: math, title: Mathematics, range: [0, 7]}]\n") + TRADE
    with pytest.raises(DocumentError, match=re.escape(said)):
        answer(world, record(f"id: e, {entry}, on: 2025-02-01, status: verified"), "2025-12-31")


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([PASS, PASS], "the evidence id 'e2' is given twice; give each its own id"),
        ([WITHDRAWN], "no evidence has the id 'e2'; name evidence of this record"),
        (
            [WITHDRAWN.replace("revokes: e2", "revokes: e7")],
            "e7 revokes itself; name evidence that stands before it",
        ),
    ],
)
def test_evidence_has_one_id_and_revocations_a_target(entries: list[str], said: str) -> None:
    with pytest.raises(DocumentError, match=re.escape(said)):
        answer(BEST, record(*entries), "2025-12-31")
