"""Every published agreement: evidence that just earns each award and evidence that just misses it, with the words.

Credits, limits, windows and fees are those that the colleges printed; where only a ceiling is printed nothing is
counted and the words say so. The sources stand in the documents.
"""

from dataclasses import dataclass, field
from datetime import date

import pytest

from apprenticeship.credit.fees import fee_of
from apprenticeship.credit.model import Reason
from standards.documents import AgreementDocument
from standards.documents.award_rows import award_rows, table_of
from tests.apprenticeship.credit.shown import (
    AS_OF,
    CATALOG,
    RECENT,
    Tree,
    answer,
    cnc_operator,
    course,
    credential,
    here,
    hours,
    left_out,
    machinist,
    score,
    why_not,
)

NIMS = "nims-machining-1"
MACH = "ogden-weber-mach:mach-"
CARPENTER = credential("completion-certificates:carpenter")
NO_CARPENTER = "Missing: Completed carpenter apprenticeship."
ONE_PROGRAM = (
    "Missing: One of Machinist completed, CNC Operator - Turning completed"
    " or CNC Machinist (hybrid sample) completed"
)
NOT_IN_FORCE = "The agreement is not in force on this day."
REST = "…"
BY_COURSE = "No number is published; the college decides course by course."


def ceiling(credits_: int) -> str:
    return f"Only a ceiling is published, {credits_} credits; the college decides how many it gives."


def mach(*numbers: int) -> list[Tree]:
    return [one for number in numbers for one in course(f"{MACH}{number}", on="2023-05-12")]


def listed(grade: str, reached: int, on: str = RECENT) -> list[Tree]:
    """The high-school course and its post-assessment."""
    key = "nc-articulated-course"
    return [*course(f"{key}:listed-course", grade, on), *score(f"{key}:post-assessment", reached, on)]


@dataclass(frozen=True)
class Award:
    """One award: what just earns it, what just misses it, and what a person reads then.

    `credits` in hundredths; None where the college decides, `open_words` says how. `fee` in cents. `misses` are pairs
    of evidence and words, of which … stands for a beginning; `missed_on` are days on which what earns it does not.
    """

    agreement: str
    award: str
    credits: int | None
    earns: list[Tree]
    misses: list[tuple[list[Tree], str]]
    open_words: str = ""
    fee: int = 0
    as_of: date = AS_OF
    missed_on: dict[date, str] = field(default_factory=dict)


AWARDS = [
    Award(
        "ccc-manufacturing",
        "mfgt-123",
        300,
        credential(f"{NIMS}:cmp", on="2016-03-02"),
        [(credential(f"{NIMS}:ctp"), "Missing: CNC Milling: Programming Setup & Operations.")],
        missed_on={date(2017, 1, 14): NOT_IN_FORCE},
    ),
    Award(
        "ccc-manufacturing",
        "mfgt-137",
        300,
        credential(f"{NIMS}:ctp"),
        [(credential(f"{NIMS}:cmp"), "Missing: CNC Turning: Programming Setup & Operations.")],
    ),
    Award(
        "ccc-manufacturing",
        "mfgt-140",
        300,
        credential(f"{NIMS}:cmo", f"{NIMS}:cto"),
        [
            (credential(f"{NIMS}:cmo"), "Missing: CNC Turning: Operator."),
            (credential(f"{NIMS}:cto"), "Missing: CNC Milling: Operator."),
        ],
    ),
    Award(
        "florida-engineering-technology",
        "technical-core",
        1500,
        credential("mssc:cpt", on="2021-11-22"),
        [
            (
                credential("mssc:cpt", on="2021-11-21"),
                "Missing: Certified Production Technician, not expired. It was earned, and has expired.",
            )
        ],
    ),
    Award(
        "minnesota-mnamp",
        "production-courses",
        800,
        credential("mssc:cpt", on="2016-01-04"),
        [
            (
                credential("mssc:cpt-safety", "mssc:cpt-quality", "mssc:cpt-processes"),
                "Missing: Certified Production Technician.",
            )
        ],
    ),
    *(
        Award(
            "uaa-apprenticeship",
            f"hours-{least}",
            credits_ * 100,
            machinist(least),
            [(machinist(least - 0.05), words)],
            fee=credits_ * 1000,
        )
        for least, credits_, words in [
            (2000, 10, f"{ONE_PROGRAM} and 2,000 hours on the job."),
            (3000, 14, "Missing: 0.1 more hours on the job."),
            (4000, 19, "Missing: 0.1 more hours on the job."),
            (5000, 24, "Missing: 0.1 more hours on the job."),
            (6000, 29, "Missing: 0.1 more hours on the job."),
            (8000, 38, "Missing: 0.1 more hours on the job."),
        ]
    ),
    Award(
        "wisconsin-journeyworker",
        "journeyworker-block",
        3900,
        cnc_operator(3000, 400),
        [
            (cnc_operator(3000, 399), "Missing: 1 more hours in class."),
            (cnc_operator(2999, 400), f"{ONE_PROGRAM}."),
        ],
    ),
    *(
        Award(
            "madison-apprenticeship",
            f"apprenticeship-hours-{row}",
            row * 100,
            hours(216 * row),
            [(hours(216 * row - 1), "Missing: 1 more hours on the job.")],
        )
        for row in range(1, 40)
    ),
    Award(
        "nj-place-thomas-edison",
        "nims-machining",
        None,
        credential("nims-machining-2:cts2"),
        [
            (
                credential("osha:osha-10"),
                "Missing: One of 1 credential of NIMS Machining Level I or 1 credential of NIMS Machining Level II. "
                + ceiling(21),
            )
        ],
        ceiling(21),
    ),
    Award(
        "nj-place-thomas-edison",
        "carpenters",
        None,
        CARPENTER,
        [([], f"{NO_CARPENTER} {ceiling(74)}")],
        ceiling(74),
    ),
    Award(
        "nj-community-colleges",
        "apprenticeship-block",
        None,
        machinist(2000),
        [(machinist(1999), f"{ONE_PROGRAM}. {ceiling(25)}")],
        ceiling(25),
    ),
    Award(
        "vincennes-apprenticeship",
        "apprenticeship-block",
        None,
        machinist(7200),
        [(machinist(7199), f"Missing: 1 more hours on the job. {ceiling(45)}")],
        ceiling(45),
    ),
    Award("dmacc-carpenters", "apprenticeship-block", 4200, CARPENTER, [([], NO_CARPENTER)]),
    Award("hennepin-carpenters", "apprenticeship-block", 4700, CARPENTER, [([], NO_CARPENTER)]),
    Award("metropolitan-nebraska-carpenters", "apprenticeship-block", 5600, CARPENTER, [([], NO_CARPENTER)]),
    Award(
        "snow-college-machining",
        "machining-block",
        None,
        mach(1000, 1010, 1020, 1050, 1060, 1150, 1160),
        [
            (
                mach(1000, 1010, 1020, 1050, 1060, 1150),
                f"Missing: MACH 1160 (3 credits), passed. {ceiling(25)}",
            )
        ],
        ceiling(25),
    ),
    *(
        Award(
            "nyc-carpenters-nccrs",
            f"trade-{trade}",
            None,
            credential(f"completion-certificates:nyc-trade-{trade}"),
            [
                (
                    CARPENTER,
                    f"Missing: Completed New York City carpenters' apprenticeship ({word} of three trades). "
                    + ceiling(most),
                )
            ],
            ceiling(most),
        )
        for trade, word, most in [(1, "first", 39), (2, "second", 46), (3, "third", 33)]
    ),
    Award(
        "northwestern-michigan-certifications",
        "course-by-course",
        None,
        credential("mssc:cpt", on="2024-11-22"),
        [
            (
                credential("mssc:cpt", on="2024-11-21"),
                f"It had to be asked for before 21 November 2026. {BY_COURSE}",
            )
        ],
        BY_COURSE,
    ),
    Award(
        "richland-prior-learning",
        "course-by-course",
        None,
        [*credential(f"{NIMS}:mms"), *here("richland-community-college", 8)],
        [
            (
                [*credential(f"{NIMS}:mms"), *here("richland-community-college", 7)],
                f"1 more credits have to be earned at the college first. {BY_COURSE}",
            )
        ],
        BY_COURSE,
    ),
    Award(
        "ohio-christian-prior-learning",
        "course-by-course",
        None,
        [*credential(f"{NIMS}:mms"), *here("ohio-christian-university", 6)],
        [
            (
                [*credential(f"{NIMS}:mms"), *here("ohio-christian-university", 5.5)],
                f"0.5 more credits have to be earned at the college first. {BY_COURSE}",
            )
        ],
        BY_COURSE,
    ),
    Award(
        "central-new-mexico-certifications",
        "course-by-course",
        None,
        credential("mssc:cpt", on="2021-11-22"),
        [
            (
                credential("mssc:cpt", on="2021-11-21"),
                f"… or 30 others. It was earned, and has expired. {BY_COURSE}",
            )
        ],
        BY_COURSE,
    ),
    Award(
        "north-carolina-high-school",
        "listed-course",
        None,
        listed("B", 90),
        [
            (listed("C", 90), f"Missing: A listed high-school course, passed with B or better. {BY_COURSE}"),
            (listed("B", 89), f"Missing: Post-assessment of the listed course: 90 or better. {BY_COURSE}"),
            (
                listed("B", 90, "2024-11-21"),
                f"It had to be asked for before 21 November 2026. {BY_COURSE}",
            ),
        ],
        BY_COURSE,
    ),
    Award(
        "northeast-iowa-prior-learning",
        "course-by-course",
        None,
        credential(f"{NIMS}:mms"),
        [(hours(2000), f"… or 30 others. {BY_COURSE}")],
        BY_COURSE,
    ),
    Award(
        "weber-state-mfet",
        "mfet-1210",
        300,
        mach(1000, 1010, 1020),
        [(mach(1000, 1010), "Missing: MACH 1020 (3 credits), passed.")],
        as_of=date(2025, 6, 30),
        missed_on={date(2025, 7, 1): NOT_IN_FORCE},
    ),
    Award(
        "weber-state-mfet",
        "mfet-2400",
        300,
        mach(1050, 1060, 1150, 1160),
        [(mach(1050, 1060, 1150), "Missing: MACH 1160 (3 credits), passed.")],
        as_of=date(2025, 6, 30),
        missed_on={date(2023, 6, 30): NOT_IN_FORCE},
    ),
]
LIMITS = {
    "ccc-manufacturing": {"share": 3000},
    "wisconsin-journeyworker": {"residency": 4500},
    "vincennes-apprenticeship": {"residency": 4500},
    "northeast-iowa-prior-learning": {"credits": 4200},
}
"""The most by prior learning, in hundredths: half of 60; 60 less a quarter of it; 60 less 15; 42."""
REMAINING = {
    "florida-engineering-technology": (1500, 4500),
    "wisconsin-journeyworker": (3900, 2100),
    "dmacc-carpenters": (4200, 2200),
    "hennepin-carpenters": (4700, 1900),
    "metropolitan-nebraska-carpenters": (5600, 4200),
}
"""Given, and what then remains to the degree. Metropolitan prints 15 and 98, which do not add up."""


@pytest.mark.parametrize("case", AWARDS, ids=lambda case: f"{case.agreement}:{case.award}")
def test_what_just_earns_an_award_earns_it(case: Award) -> None:
    found = answer(case.agreement, case.earns, case.as_of)
    if case.credits is None:
        assert left_out(found, case.award).reason is Reason.COLLEGE_DECIDES
        assert why_not(found, case.award) == case.open_words
        assert found.credits == 0
        return
    assert found.best.ids == (case.award,)
    assert found.credits == case.credits
    assert fee_of(given.award for given in found.best.given) == case.fee
    assert found.search.proven
    remaining = REMAINING.get(case.agreement)
    if remaining:
        assert (found.credits, found.remaining.credits) == remaining


@pytest.mark.parametrize(
    ("case", "shown", "said", "as_of"),
    [
        *((case, shown, said, case.as_of) for case in AWARDS for shown, said in case.misses),
        *((case, case.earns, said, day) for case in AWARDS for day, said in case.missed_on.items()),
    ],
    ids=lambda value: f"{value.agreement}:{value.award}" if isinstance(value, Award) else "",
)
def test_what_just_misses_an_award_does_not_earn_it_and_says_why(
    case: Award, shown: list[Tree], said: str, as_of: date
) -> None:
    found = answer(case.agreement, shown, as_of)
    assert case.award not in found.best.ids
    words = why_not(found, case.award)
    if said.startswith(REST):
        assert words.endswith(said.removeprefix(REST))
    else:
        assert words == said


@pytest.mark.parametrize(
    "document",
    [one for one in CATALOG if isinstance(one.model, AgreementDocument) and not one.model.agreement.sample],
    ids=lambda one: one.model.id,
)
class TestWhole:
    def test_every_award_of_the_catalog_is_in_the_table(self, document: object) -> None:
        model = getattr(document, "model", None)
        assert isinstance(model, AgreementDocument)
        assert {row.id for row in award_rows(model)} == {
            case.award for case in AWARDS if case.agreement == model.id
        }

    def test_limits_are_those_published(self, document: object) -> None:
        model = getattr(document, "model", None)
        assert isinstance(model, AgreementDocument)
        found = answer(model.id, [])
        assert {use.name: use.allowed for use in found.limits} == LIMITS.get(model.id, {})


def test_the_table_speaks_of_nothing_else() -> None:
    known = {
        one.model.id
        for one in CATALOG
        if isinstance(one.model, AgreementDocument) and not one.model.agreement.sample
    }
    assert {case.agreement for case in AWARDS} == known
    assert LIMITS.keys() | REMAINING.keys() <= known


@pytest.mark.parametrize(
    ("worked", "given"),
    [(2000, 10), (2999, 10), (5999, 24), (7000, 29), (7999, 29), (8000, 38), (20_000, 38)],
)
def test_a_step_table_gives_one_row_and_not_the_sum_of_rows(worked: int, given: int) -> None:
    """There is no row for 7,000 hours: the highest row reached counts (our reading)."""
    found = answer("uaa-apprenticeship", machinist(worked))
    assert found.credits == given * 100
    assert len(found.best.given) == 1
    lower = [one for one in found.left_out if one.reason is Reason.ALTERNATIVE_CHOSEN]
    for one in lower:
        title = found.best.given[0].award.title
        assert why_not(found, one.award.id) == f"{title} is given instead; only one of them can be."


@pytest.mark.parametrize(
    ("worked", "given", "left"),
    [
        (215, 0, "1"),
        (216, 1, "216"),
        (4000, 18, "104"),
        (8423, 38, "1"),
        (8424, 39, None),
        (20_000, 39, None),
    ],
)
def test_a_table_by_hours_gives_one_row_and_names_the_next_one_only(
    worked: int, given: int, left: str | None
) -> None:
    """1 credit for every 216 hours, at most 39: rows 1 to 39, of which the highest reached is given."""
    found = answer("madison-apprenticeship", hours(worked))
    assert found.credits == given * 100
    assert len(found.best.given) == (1 if given else 0)
    assert [why_not(found, one.award.id) for one in found.left_out] == (
        [f"Missing: {left} more hours on the job."] if left else []
    )
    assert all(table_of(one.award) == "apprenticeship-hours" for one in found.left_out)
