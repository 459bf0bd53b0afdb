"""Who counts: placed, registered, employed and not suspended, all at once; held against a look at every day."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.people.model import Employment, Stretch
from apprenticeship.ratio.model import Placement
from apprenticeship.ratio.presence import Registration, Roll, presences_of

FIRST = date(2026, 3, 1)
ADA, HERE, THERE = UUID(int=1), UUID(int=2), UUID(int=3)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[date, date | None]:
    begins = draw(st.integers(0, 25))
    ends = draw(st.none() | st.integers(begins + 1, 30))
    return day(begins), None if ends is None else day(ends)


def placed(since: date, until: date | None, number: int = 1) -> Placement:
    return Placement(
        id=number,
        site=UUID(int=9),
        person=ADA,
        number=1,
        words="",
        since=since,
        until=until,
        entered_at=AT,
        entered_by=ADA,
    )


@given(
    stretches(),
    st.lists(stretches(), max_size=3),
    st.lists(st.tuples(stretches(), st.booleans()), max_size=3),
    st.lists(stretches(), max_size=3),
)
def test_somebody_counts_exactly_on_the_days_on_which_all_is_so(
    stay: tuple[date, date | None],
    registered: list[tuple[date, date | None]],
    jobs: list[tuple[tuple[date, date | None], bool]],
    pauses: list[tuple[date, date | None]],
) -> None:
    suspended = tuple(Stretch(since=a, until=b) for a, b in pauses)
    registrations = [
        Registration(since=a, until=b, title="", ratio=(n + 1, 1), term_months=None, suspended=suspended)
        for n, (a, b) in enumerate(sorted(registered, key=lambda one: one[0]))
    ]
    employments = [
        Employment(person=ADA, employer=HERE if here else THERE, since=a, until=b) for (a, b), here in jobs
    ]
    found = presences_of([placed(*stay)], Roll({ADA: "Ada"}, {ADA: registrations}, {ADA: employments}), HERE)
    for number in range(35):
        on = day(number)
        newest = next((one for one in reversed(registrations) if one.since <= on), None)
        counts = (
            Stretch(since=stay[0], until=stay[1]).covers(on)
            and newest is not None
            and newest.covers(on)
            and not any(pause.covers(on) for pause in suspended)
            and any(job.employer == HERE and job.covers(on) for job in employments)
        )
        assert sum(one.covers(on) for one in found) == counts


def test_completion_is_expected_when_the_term_is_over_without_the_days_suspended() -> None:
    pause = Stretch(since=date(2026, 5, 1), until=date(2026, 5, 11))
    one = Registration(since=date(2026, 3, 1), title="", ratio=(1, 1), term_months=12, suspended=(pause,))
    assert one.expected == date(2027, 3, 11)
    assert Registration(since=FIRST, title="", ratio=None, term_months=None).expected is None
