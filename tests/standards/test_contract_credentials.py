"""When a credential is awarded, by which parts and shared tests, how long it lasts, what composes it."""

from typing import Any

import pytest

from tests.standards.asking import answer, framework, program, record

TRADE = program("completion: {credentials: 1}")


def asked(items: str, as_of: str, *evidence: str) -> dict[str, Any]:
    found: dict[str, Any] = answer(framework(items) + TRADE, record(*evidence), as_of)["credentials"]
    return found


def passed(name: str, credential: str, on: str, part: str = "") -> str:
    of = f", part: {part}" if part else ""
    return f"id: {name}, credential: {credential}, on: {on}, status: verified{of}"


def brief(credential: dict[str, Any]) -> tuple[str, str | None, str | None]:
    return credential["state"], credential["since"], credential["expires"]


TWO_PARTS = """
credentials:
  - {id: c, title: C, parts: [performance, theory], valid_for: {years: 1}}
"""
HANDS = passed("p", "c", "2025-01-10", "performance")
THEORY = passed("t", "c", "2025-02-10", "theory")


def test_parts_default_to_performance() -> None:
    found = asked("credentials: [{id: c, title: C}]", "2025-12-31", passed("e", "c", "2025-02-01"))
    assert found["c"]["parts"] == {"performance": "2025-02-01"}


def test_an_award_is_dated_by_the_latest_of_its_passes() -> None:
    found = asked(TWO_PARTS, "2025-12-31", HANDS, THEORY)["c"]
    assert brief(found) == ("held", "2025-02-10", "2026-02-10")
    assert found["parts"] == {"performance": "2025-01-10", "theory": "2025-02-10"}
    assert found["by"] == ["p", "t"]


def test_an_entry_without_part_passes_all_parts() -> None:
    found = asked(TWO_PARTS, "2025-12-31", passed("e", "c", "2025-04-02"))["c"]
    assert brief(found) == ("held", "2025-04-02", "2026-04-02")
    assert found["by"] == ["e"]


@pytest.mark.parametrize("part", ["performance", "theory"])
def test_a_new_pass_of_any_part_renews_and_since_stays(part: str) -> None:
    again = passed("n", "c", "2026-01-15", part)
    assert brief(asked(TWO_PARTS, "2026-06-01", HANDS, THEORY, again)["c"]) == (
        "held",
        "2025-02-10",
        "2027-01-15",
    )


def test_a_pass_after_expiry_begins_a_new_stretch() -> None:
    again = passed("n", "c", "2026-05-01", "theory")
    assert brief(asked(TWO_PARTS, "2026-04-30", HANDS, THEORY, again)["c"]) == (
        "expired",
        "2026-02-10",
        "2026-02-10",
    )
    assert brief(asked(TWO_PARTS, "2026-05-01", HANDS, THEORY, again)["c"]) == (
        "held",
        "2026-05-01",
        "2027-05-01",
    )


def test_a_fail_never_renews() -> None:
    failed = "id: f, credential: c, part: theory, result: fail, on: 2026-01-15, status: verified"
    assert asked(TWO_PARTS, "2026-03-01", HANDS, THEORY, failed)["c"]["state"] == "expired"


@pytest.mark.parametrize(
    ("lifetime", "awarded", "expires"),
    [
        ("{years: 5}", "2028-02-29", "2033-02-28"),
        ("{years: 4}", "2028-02-29", "2032-02-29"),
        ("{months: 1}", "2026-01-31", "2026-02-28"),
        ("{years: 1, months: 6}", "2025-08-31", "2027-02-28"),
    ],
)
def test_lifetimes_are_calendar_time_clamped_to_the_end_of_the_month(
    lifetime: str, awarded: str, expires: str
) -> None:
    items = f"credentials: [{{id: c, title: C, valid_for: {lifetime}}}]"
    award = passed("e", "c", awarded)
    year, month, day = expires.split("-")
    eve = f"{year}-{month}-{int(day) - 1:02}"
    assert brief(asked(items, eve, award)["c"]) == ("held", awarded, expires)
    assert brief(asked(items, expires, award)["c"]) == ("expired", expires, expires)


SHARED = """
credentials:
  - {id: a, title: A, parts: [performance, theory], shares: {theory: b}}
  - {id: b, title: B, parts: [performance, theory], shares: {theory: c}}
  - {id: c, title: C, parts: [performance, theory]}
  - {id: d, title: D, parts: [theory], shares: {theory: a}}
  - {id: e, title: E, parts: [performance, theory]}
"""


@pytest.mark.parametrize("taken", ["a", "b", "c", "d"])
def test_a_shared_test_is_passed_for_everything_that_shares_it(taken: str) -> None:
    """Symmetric and transitive: a names b, b names c, d names a."""
    found = asked(SHARED, "2025-12-31", passed("t", taken, "2025-03-01", "theory"))
    states = {name: credential["state"] for name, credential in found.items()}
    assert states == {"a": "in_progress", "b": "in_progress", "c": "in_progress", "d": "held", "e": "ready"}


def test_an_entry_without_part_passes_its_shared_parts_too() -> None:
    found = asked(SHARED, "2025-12-31", passed("w", "c", "2025-03-01"))
    assert found["a"]["parts"] == {"performance": None, "theory": "2025-03-01"}
    assert found["c"]["state"] == "held"


MODULES = """
credentials:
  - id: cpt
    title: Production Technician
    parts: [theory]
    valid_for: {years: 5}
    composed_of: {all: [{credential: m1}, {credential: m2}]}
  - {id: m1, title: Safety, parts: [theory]}
  - {id: m2, title: Quality, parts: [theory]}
"""
M1, M2 = passed("a", "m1", "2025-01-15"), passed("b", "m2", "2025-06-15")


def test_a_composition_dates_from_the_day_it_began_to_hold_and_lasts_from_its_last_module() -> None:
    assert asked(MODULES, "2025-06-14", M1, M2)["cpt"]["state"] == "ready"
    found = asked(MODULES, "2025-12-31", M1, M2)["cpt"]
    assert brief(found) == ("held", "2025-06-15", "2030-06-15")
    assert found["by"] == ["a", "b"]
    assert found["parts"] == {"theory": None}
    assert brief(asked(MODULES, "2030-06-15", M1, M2)["cpt"]) == ("expired", "2030-06-15", "2030-06-15")


def test_an_award_of_its_own_renews_a_composition() -> None:
    own = passed("c", "cpt", "2027-03-01")
    assert brief(asked(MODULES, "2028-01-01", M1, M2, own)["cpt"]) == ("held", "2025-06-15", "2032-03-01")


def test_a_module_taken_again_counts_with_its_latest_award() -> None:
    again = passed("c", "m1", "2027-03-01")
    assert brief(asked(MODULES, "2028-01-01", M1, M2, again)["cpt"]) == ("held", "2025-06-15", "2032-03-01")


def test_a_withdrawn_module_takes_the_composition_with_it() -> None:
    gone = "id: r, revokes: a, reason: withdrawn, on: 2026-01-01"
    assert brief(asked(MODULES, "2026-01-01", M1, M2, gone)["cpt"]) == ("ready", "2026-01-01", None)


@pytest.mark.parametrize("rule", ["{any: [{members}]}", "{at_least: 1, of: [{members}]}"])
def test_any_and_at_least_date_from_the_first_and_last_from_the_latest_that_holds(rule: str) -> None:
    members = "{credential: m1}, {credential: m2}"
    items = f"""
credentials:
  - {{id: cpt, title: P, valid_for: {{years: 5}}, composed_of: {rule.replace("{members}", members)}}}
  - {{id: m1, title: Safety}}
  - {{id: m2, title: Quality}}
"""
    assert brief(asked(items, "2025-12-31", M1, M2)["cpt"]) == ("held", "2025-01-15", "2030-06-15")


def test_a_current_member_drops_out_on_the_day_it_expires() -> None:
    items = """
credentials:
  - {id: whole, title: W, composed_of: {credential: part, current: true}}
  - {id: part, title: P, valid_for: {years: 1}}
"""
    award = passed("e", "part", "2025-01-15")
    assert asked(items, "2026-01-14", award)["whole"]["state"] == "held"
    assert asked(items, "2026-01-15", award)["whole"]["state"] == "ready"


def test_competencies_proved_by_an_expiring_credential_lapse_and_come_back() -> None:
    items = """
competencies:
  - {id: drive, title: Fork lift, satisfied_by: {credential: card, current: true}}
credentials:
  - {id: card, title: Card, valid_for: {years: 1}}
"""
    first, second = passed("a", "card", "2025-01-15"), passed("b", "card", "2026-04-01")
    days = {
        "2025-06-01": ("met", "2025-01-15"),
        "2026-01-15": ("lapsed", "2026-01-15"),
        "2026-04-01": ("met", "2026-04-01"),
    }
    for day, expected in days.items():
        drive = answer(framework(items) + TRADE, record(first, second), day)["competencies"]["drive"]
        assert (drive["state"], drive["since"]) == expected
