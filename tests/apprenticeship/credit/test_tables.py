"""Hand-worked answers: the catalog's agreements, published and sample, on records small enough to check by eye."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.model import CreditAnswer, Hint, LeftOut, Reason
from graph.evaluating import evaluate
from graph.world import World
from standards.catalog import load_catalog
from standards.compiling import compile_awards, compile_world
from standards.documents import AgreementDocument
from standards.reading import Document, read_data
from standards.recording import person_of

NIMS, MSSC = "nims-machining-1", "mssc"
AS_OF = date(2026, 11, 21)
CATALOG: tuple[Document, ...] = load_catalog()
WORLD: World = compile_world(CATALOG)

Tree = dict[str, Any]


def earned(**days: str) -> list[Tree]:
    """Whole credentials by their id with _ for -, each on a day."""
    homes = {c.rpartition(":")[2]: c for c in WORLD.credentials}
    return [
        {
            "id": f"e-{key.replace('_', '-')}",
            "credential": homes[key.replace("_", "-")],
            "on": day,
            "status": "verified",
        }
        for key, day in days.items()
    ]


def answer(agreement: str, evidence: list[Tree], as_of: date = AS_OF, **enrolled: str) -> CreditAnswer:
    documents = CATALOG
    document = next(d for d in documents if d.model.id == agreement)
    assert isinstance(document.model, AgreementDocument)
    enrolments = [{"program": program, "registered": day} for program, day in enrolled.items()]
    record = read_data(
        "record.json",
        {
            "journeymark": 1,
            "record": {"person": {"id": "a", "name": "Ada"}, "enrolments": enrolments, "evidence": evidence},
        },
    )
    person = person_of(record, documents, WORLD)
    evaluation = evaluate(WORLD, person, program=None, as_of=as_of)
    return articulate(document.model, compile_awards(document, documents), evaluation, as_of)


@dataclass(frozen=True)
class Case:
    """What an agreement gives for what was earned on which days."""

    agreement: str
    days: dict[str, str]
    given: tuple[str, ...]
    credits: int
    left_out: dict[str, Reason] = field(default_factory=dict)
    as_of: date = AS_OF


RECENT = "2026-03-02"
CASES = {
    "chicago: two programming credentials": Case(
        "ccc-manufacturing",
        {"cmp": RECENT, "ctp": RECENT},
        ("mfgt-123", "mfgt-137"),
        600,
        {"mfgt-140": Reason.NOT_MET},
    ),
    "chicago: one operator credential of two is nothing": Case(
        "ccc-manufacturing", {"cmo": RECENT}, (), 0, {"mfgt-140": Reason.NOT_MET}
    ),
    "chicago: all four": Case(
        "ccc-manufacturing",
        {"cmo": RECENT, "cto": RECENT, "cmp": RECENT, "ctp": RECENT},
        ("mfgt-123", "mfgt-137", "mfgt-140"),
        900,
    ),
    "chicago: a day before it was in force": Case(
        "ccc-manufacturing",
        {"cmp": "2016-03-02"},
        (),
        0,
        {"mfgt-123": Reason.NOT_IN_FORCE},
        date(2017, 1, 14),
    ),
    "chicago: on its first day": Case(
        "ccc-manufacturing", {"cmp": "2016-03-02"}, ("mfgt-123",), 300, {}, date(2017, 1, 15)
    ),
    "florida: a current CPT": Case(
        "florida-engineering-technology", {"cpt": RECENT}, ("technical-core",), 1500
    ),
    "florida: a CPT of five years ago has expired": Case(
        "florida-engineering-technology", {"cpt": "2021-11-21"}, (), 0, {"technical-core": Reason.NOT_MET}
    ),
    "florida: the day before it expires": Case(
        "florida-engineering-technology", {"cpt": "2021-11-22"}, ("technical-core",), 1500
    ),
    "florida: four modules make the CPT": Case(
        "florida-engineering-technology",
        {"cpt_safety": RECENT, "cpt_quality": RECENT, "cpt_processes": RECENT, "cpt_maintenance": RECENT},
        ("technical-core",),
        1500,
    ),
    "minnesota: held stays true after expiry": Case(
        "minnesota-mnamp", {"cpt": "2016-03-02"}, ("production-courses",), 800
    ),
    "lakeside: the modules go to the larger block, and are used once": Case(
        "lakeside-mfgt",
        {"cpt_safety": RECENT, "cpt_quality": RECENT, "cpt_processes": RECENT, "cpt_maintenance": RECENT},
        ("prod-full",),
        600,
        {"prod-half": Reason.ALTERNATIVE_CHOSEN},
    ),
    "lakeside: five years and a day are stale": Case(
        "lakeside-mfgt", {"mms": "2021-11-20"}, (), 0, {"mfg-101": Reason.STALE}
    ),
    "lakeside: stale on the very day": Case(
        "lakeside-mfgt", {"mms": "2021-11-21"}, (), 0, {"mfg-101": Reason.STALE}
    ),
    "lakeside: the day before": Case("lakeside-mfgt", {"mms": "2021-11-22"}, ("mfg-101",), 200),
    "lakeside: asked for within two years": Case(
        "lakeside-mfgt", {"cmp": "2024-11-21"}, (), 0, {"mfg-223": Reason.WINDOW_OVER}
    ),
    "lakeside: a day earlier it was in time": Case(
        "lakeside-mfgt", {"cmp": "2024-11-21"}, ("mfg-223",), 300, {}, date(2026, 11, 20)
    ),
    "lakeside: six credits have to be earned there first": Case(
        "lakeside-mfgt", {"ctp": RECENT}, (), 0, {"mfg-233": Reason.TOO_EARLY}
    ),
    "lakeside: fifteen technical credits at most, so the larger award leaves out two of three": Case(
        "lakeside-mfgt",
        {"jpbl": RECENT, "mil1": RECENT, "tcs1": RECENT, "cmo": RECENT, "cto": RECENT, "cmp": RECENT},
        ("mfg-105", "mfg-121", "mfg-131", "mfg-141"),
        1300,
        {"mfg-223": Reason.CAP_REACHED},
    ),
    "weber: ended on 1 July 2025": Case("weber-state-mfet", {}, (), 0, {"mfet-1210": Reason.NOT_IN_FORCE}),
}


@pytest.mark.parametrize("name", CASES)
def test_an_agreement_gives_what_was_worked_out_by_hand(name: str) -> None:
    case = CASES[name]
    found = answer(case.agreement, earned(**case.days), case.as_of)
    assert found.best.ids == case.given
    assert found.credits == case.credits
    reasons = {left.award.id: left.reason for left in found.left_out}
    assert {award: reasons[award] for award in case.left_out} == case.left_out
    assert found.search.proven


def left_out(found: CreditAnswer, award: str) -> LeftOut:
    return next(left for left in found.left_out if left.award.id == award)


def here(credits_: float, course: str = "ri-101") -> Tree:
    return {
        "id": f"c-{course}",
        "course": f"ri-machining:{course}",
        "college": "lakeside",
        "credits": credits_,
        "grade": "B",
        "on": RECENT,
        "status": "verified",
    }


def test_courses_passed_at_the_college_count_for_residency_and_open_what_comes_after() -> None:
    found = answer("lakeside-mfgt", [*earned(ctp=RECENT), here(3), here(3, "ri-103")])
    assert found.earned_here == 600
    assert "mfg-233" in found.best.ids
    assert found.remaining.credits == 6000 - 300 - 600
    assert found.remaining.here == 1500 - 600


def test_a_course_taken_here_that_an_award_rests_on_counts_toward_the_degree_once() -> None:
    found = answer("lakeside-mfgt", [here(3, "ri-102"), here(3, "ri-101")])
    assert found.best.ids == ("mth-105",)
    assert found.earned_here == 600
    assert found.remaining.credits == 6000 - 300 - 300


def test_a_course_taken_twice_is_earned_once() -> None:
    again = {**here(3), "id": "again"}
    assert answer("lakeside-mfgt", [here(3), again]).earned_here == 300


def test_a_waiver_counts_in_programs_never_in_agreements() -> None:
    waiver = {
        "id": "w",
        "waiver": {"credential": f"{NIMS}:mms"},
        "reason": "years of it",
        "on": RECENT,
        "by": "sponsor",
    }
    found = left_out(answer("lakeside-mfgt", [waiver]), "mfg-101")
    assert (found.reason, found.hint, found.evidence) == (Reason.NOT_MET, Hint.WAIVED, ("w",))


def test_what_waits_for_verification_is_named() -> None:
    waiting = [{**entry, "status": "submitted"} for entry in earned(mms=RECENT)]
    found = left_out(answer("lakeside-mfgt", waiting), "mfg-101")
    assert (found.reason, found.hint, found.evidence) == (Reason.NOT_MET, Hint.PENDING, ("e-mms",))


def test_an_expired_credential_is_told_from_a_missing_one() -> None:
    found = left_out(answer("florida-engineering-technology", earned(cpt="2019-03-02")), "technical-core")
    assert found.hint is Hint.EXPIRED


def test_a_step_table_gives_the_highest_row_reached() -> None:
    logged = {"id": "h", "hours": 1600, "in": "ojl", "on": RECENT, "status": "verified"}
    found = answer("riverbend-machining", [logged])
    assert found.best.ids == ("work-1500",)
    assert (found.unit, found.credits) == ("quarter", 750)
    assert left_out(found, "work-500").awards == ("work-1500",)
    assert left_out(found, "work-3000").reason is Reason.NOT_MET


def test_a_pair_that_may_share_evidence_does() -> None:
    """Two of the eleven, one of them beyond the first two, also open CNC programming: the same credential twice."""
    riverbend = {**here(9), "college": "riverbend"}
    found = answer("riverbend-machining", [*earned(mms=RECENT, ctp=RECENT), riverbend])
    assert found.best.ids == ("mac-120", "mac-210")
    assert [given.evidence for given in found.best.given] == [("e-ctp", "e-mms"), ("e-ctp",)]
    assert found.best.pieces == 2


def test_limits_show_what_is_used() -> None:
    found = answer("lakeside-mfgt", earned(mms=RECENT, jpbl=RECENT))
    used = {use.name: (use.allowed, use.used) for use in found.limits}
    assert used == {
        "share": (3000, 500),
        "credits": (2400, 500),
        "residency": (4500, 500),
        "groups.technical": (1500, 300),
        "groups.general": (600, 200),
    }


def test_revoked_evidence_earns_nothing_from_the_day_it_was_revoked() -> None:
    revoked = {"id": "r", "revokes": "e-mms", "reason": "withdrawn", "on": "2026-06-01"}
    evidence = [*earned(mms=RECENT), revoked]
    assert answer("lakeside-mfgt", evidence, date(2026, 5, 31)).credits == 200
    assert answer("lakeside-mfgt", evidence).credits == 0


def test_a_new_pass_opens_the_window_again() -> None:
    first, second = earned(cmp="2022-03-02")[0], {**earned(cmp=RECENT)[0], "id": "e-again"}
    found = answer("lakeside-mfgt", [first, second])
    assert [given.evidence for given in found.best.given] == [("e-again",)]
