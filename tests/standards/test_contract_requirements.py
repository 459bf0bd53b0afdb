"""Each form of the requirement language holds exactly when the reference says."""

import pytest

from tests.standards.asking import Tree, answer, framework, program, record

SHOP = framework(
    """
    competencies:
      - {id: turn, title: Turning, kind: duty}
      - {id: mill, title: Milling, kind: duty}
      - {id: hand, title: Filing, kind: task}
    credentials:
      - {id: c1, title: First, level: 1}
      - {id: c2, title: Second, level: 1, valid_for: {years: 1}}
      - {id: c3, title: Third, level: 2}
    courses: [{id: mac-101, title: Machine tool theory, hours: 48}]
    scores: [{id: math, title: Applied Math, range: [0, 7]}]
    requirements:
      - {id: either, title: One of two, when: {any: [{credential: c1}, {credential: c2}]}}
    """
)
OTHER = framework("credentials: [{id: x1, title: Elsewhere, level: 1}]", name="yard")
HELPER = program("completion: {credential: c3}", name="helper")

C1 = "id: c1, credential: c1, on: 2025-02-10, status: verified"
C2 = "id: c2, credential: c2, on: 2025-03-10, status: verified"
C3 = "id: c3, credential: c3, on: 2025-03-11, status: verified"
X1 = "id: x1, credential: x1, on: 2025-03-12, status: verified"
TURN = "id: t, competency: turn, rating: 3, on: 2025-04-01, status: verified"
MILL = "id: m, competency: mill, rating: 4, on: 2025-05-01, status: verified"
MILL_AGAIN = "id: m2, competency: mill, rating: 3, on: 2025-05-08, status: verified"
HAND = "id: h, competency: hand, on: 2025-06-01, status: verified"
MILLED = "id: hm, hours: 950, in: milling, on: 2025-07-01, status: verified"
GROUND = "id: hg, hours: 100, in: grinding, on: 2025-07-02, status: verified"
LOGGED = "id: ho, hours: 50, in: ojl, on: 2025-07-03, status: verified"
TAUGHT = "id: ht, hours: 12, in: rti, on: 2025-07-04, status: verified"
COURSE = "id: k, course: mac-101, grade: B, hours: 48, in: rti, on: 2025-08-01, status: verified"
COURSE_A = "id: ka, course: mac-101, grade: A, on: 2025-08-01, status: verified"
COURSE_F = "id: kf, course: mac-101, grade: F, hours: 48, in: rti, on: 2025-08-01, status: verified"
COURSE_FAIL = "id: kx, course: mac-101, result: fail, on: 2025-08-01, status: verified"
COURSE_PASS = "id: kp, course: mac-101, on: 2025-08-01, status: verified"
MATH_5 = "id: s5, score: math, value: 5, on: 2025-09-01, status: verified"
MATH_4 = "id: s4, score: math, value: 4, on: 2025-10-01, status: verified"

Case = tuple[str, list[str], bool]

GROUPS: list[Case] = [
    ("{all: [{credential: c1}, {competency: turn}]}", [C1, TURN], True),
    ("{all: [{credential: c1}, {competency: turn}]}", [C1], False),
    ("{any: [{credential: c1}, {competency: turn}]}", [TURN], True),
    ("{any: [{credential: c1}, {competency: turn}]}", [C2], False),
    ("{at_least: 2, of: [{credential: c1}, {credential: c2}, {credential: c3}]}", [C1, C3], True),
    ("{at_least: 2, of: [{credential: c1}, {credential: c2}, {credential: c3}]}", [C3], False),
    ("{requirement: either}", [C2], True),
    ("{requirement: either}", [C3], False),
]
ITEMS: list[Case] = [
    ("{credential: c1}", [C1], True),
    ("{credential: c1}", [C2], False),
    ("{credential: c1, current: true}", [C1], True),
    ("{competency: turn}", [TURN], True),
    ("{competency: turn, rating: 4}", [TURN], False),
    ("{competency: mill, rating: 4}", [MILL], True),
    ("{competency: hand, rating: 3}", [HAND], True),
    ("{competency: hand, rating: 4}", [HAND], False),
]
HOURS: list[Case] = [
    ("{hours: 900, in: milling}", [MILLED], True),
    ("{hours: 100.02, in: grinding}", [GROUND], False),
    ("{hours: 1050, in: ojl}", [MILLED, GROUND, LOGGED], True),
    ("{hours: 1050.02, in: ojl}", [MILLED, GROUND, LOGGED], False),
    ("{hours: 60, in: rti}", [COURSE, TAUGHT], True),
    ("{hours: 60.02, in: rti}", [COURSE, TAUGHT, LOGGED], False),
    ("{hours: 51, in: ojl}", [LOGGED, TAUGHT], False),
    ("{hours: 48, in: rti}", [COURSE_F], False),
    ("{hours: 0, in: rti}", [], True),
]
COUNTS: list[Case] = [
    ("{credentials: 2}", [C1, C3], True),
    ("{credentials: 2}", [C1, X1], True),
    ("{credentials: 2, where: {framework: shop}}", [C1, X1], False),
    ("{credentials: 2, where: {level: 1}}", [C1, X1], True),
    ("{credentials: 2, where: {level: 1}}", [C1, C3], False),
    ("{credentials: 1, where: {level: 2}}", [C1, C2], False),
    ("{competencies: 2}", [TURN, HAND], True),
    ("{competencies: 2}", [MILL, MILL_AGAIN], False),
    ("{competencies: 2, where: {kind: duty}}", [TURN, HAND], False),
    ("{competencies: 2, where: {kind: duty}}", [TURN, MILL], True),
    ("{competencies: 1, where: {work_process: milling}}", [TURN], False),
    ("{competencies: 1, where: {work_process: milling}}", [MILL], True),
    ("{competencies: 1, where: {framework: shop, work_process: milling, kind: duty}}", [MILL], True),
]
TAKEN: list[Case] = [
    ("{course: mac-101}", [COURSE_PASS], True),
    ("{course: mac-101}", [COURSE_FAIL], False),
    ("{course: mac-101}", [COURSE_F], False),
    ("{course: mac-101, grade: B}", [COURSE], True),
    ("{course: mac-101, grade: B}", [COURSE_A], True),
    ("{course: mac-101, grade: A}", [COURSE], False),
    ("{course: mac-101, grade: D}", [COURSE_PASS], False),
    ("{score: math, at_least: 5}", [MATH_5, MATH_4], True),
    ("{score: math, at_least: 5}", [MATH_4], False),
    ("{program: helper}", [C3], True),
    ("{program: helper}", [C1, C2], False),
    ("{step: s2}", [C1], True),
    ("{step: s2}", [C2], False),
]


def asked(rule: str, *evidence: str, as_of: str = "2025-12-31") -> Tree:
    trade = program(
        f"""
        work_processes:
          - {{id: milling, title: Milling, hours: {{max: 900}}, competencies: [mill]}}
          - {{id: grinding, title: Grinding}}
        completion: {rule}
        wages: {{steps: [{{id: start, percent: 50}}, {{id: s2, percent: 60, when: {{credential: c1}}}}]}}
        """
    )
    found: Tree = answer(SHOP + OTHER + HELPER + trade, record(*evidence), as_of)["completion"]
    return found


@pytest.mark.parametrize(("rule", "evidence", "holds"), GROUPS + ITEMS + HOURS + COUNTS + TAKEN)
def test_a_form_holds_when_the_reference_says(rule: str, evidence: list[str], holds: bool) -> None:
    found = asked(rule, *evidence)
    assert found["holds"] is holds
    assert (found["progress"]["fraction"] == "1/1") is holds


@pytest.mark.parametrize(
    ("day", "held", "current"), [("2026-03-09", True, True), ("2026-03-10", True, False)]
)
def test_held_stays_true_after_expiry_and_current_does_not(day: str, held: bool, current: bool) -> None:
    assert asked("{credential: c2}", C2, as_of=day)["holds"] is held
    assert asked("{credential: c2, current: true}", C2, as_of=day)["holds"] is current
    assert asked("{credentials: 1, where: {current: true}}", C2, as_of=day)["holds"] is current


def test_whichever_is_earlier_is_any_and_dates_from_the_earlier() -> None:
    rule = "{any: [{competency: turn}, {credential: c1}]}"
    assert asked(rule, TURN, C1)["since"] == "2025-02-10"
    assert asked("{all: [{competency: turn}, {credential: c1}]}", TURN, C1)["since"] == "2025-04-01"


def test_n_of_m_with_at_least_k_of_a_part_is_all_of_two_at_least() -> None:
    rule = (
        "{all: [{at_least: 2, of: [{credential: c1}, {credential: c2}, {credential: c3}]}, "
        "{at_least: 1, of: [{credential: c2}, {credential: c3}]}]}"
    )
    assert asked(rule, C1, C2)["holds"]
    without = asked(rule, C1)
    assert not without["holds"]
    # one of two, and none of one: (1/2 + 0) / 2
    assert without["progress"] == {"fraction": "1/4", "percent": 25.0}


def test_more_valid_evidence_never_takes_anything_away() -> None:
    rule = "{all: [{credential: c1}, {hours: 1050, in: ojl}, {competencies: 2}]}"
    every = [C1, C2, C3, X1, TURN, MILL, HAND, MILLED, GROUND, LOGGED, COURSE, MATH_4]
    shares = [asked(rule, *every[:count])["progress"]["percent"] for count in range(len(every) + 1)]
    assert shares == sorted(shares)
    assert shares[-1] == 100
