"""Semester and quarter hours; colleges by their name."""

import pytest

from apprenticeship.credit.college import is_here
from apprenticeship.credit.units import converted, other, whole
from standards.documents.agreement import AgreementHeader


@pytest.mark.parametrize(("semester", "quarter"), [(3, 4), (4, 6)])
def test_a_college_that_posts_whole_credits_drops_the_fraction(semester: int, quarter: int) -> None:
    """A published rule: times 1.5, fraction dropped."""
    assert whole(converted(semester * 100, "semester", "quarter")) == quarter


@pytest.mark.parametrize(("hundredths", "expected"), [(450, 300), (1650, 1100), (200, 133), (0, 0)])
def test_quarter_hours_are_two_thirds_of_semester_hours_and_no_credit_is_made(
    hundredths: int, expected: int
) -> None:
    assert converted(hundredths, "quarter", "semester") == expected


def test_the_same_unit_changes_nothing() -> None:
    assert converted(133, "quarter", "quarter") == 133
    assert (other("quarter"), other("semester")) == ("semester", "quarter")


def header(college: str, college_id: str | None) -> AgreementHeader:
    return AgreementHeader.model_validate(
        {
            "id": "agreement",
            "college": college,
            "college_id": college_id,
            "program": {"title": "Machining"},
            "effective": {"from": "2017-01-15"},
        }
    )


@pytest.mark.parametrize(
    ("college", "college_id", "named", "here"),
    [
        ("Lakeside College (sample)", None, "lakeside", True),
        ("Lakeside College (sample)", None, "Lakeside College", True),
        ("Lakeside College (sample)", None, "lake", False),
        ("Lakeside College (sample)", None, None, False),
        ("Lakeside College (sample)", "lakeside", "lakeside", True),
        ("City Colleges of Chicago", "city-colleges-of-chicago", "city", False),
    ],
)
def test_whose_college_a_course_was_taken_at(
    college: str, college_id: str | None, named: str | None, here: bool
) -> None:
    assert is_here(header(college, college_id), named) is here
