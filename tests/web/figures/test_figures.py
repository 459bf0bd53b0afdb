"""What a chart draws is what its table says, and both are what the engine says."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from apprenticeship.standing.model import Standing
from apprenticeship.standing.services import standings_of
from tests.web.shop import BEGAN, NOW, Shop
from web import words
from web.figures.crew import crew_figure
from web.figures.figure import Figure, label
from web.figures.progress import progress_figure
from web.rendering import environment

TODAY = NOW.date()
HOSTILE = '<a href="javascript:alert(1)">x</a> </script><script>alert(1)</script> "quoted" & $plain$'


async def standing(person: object, on: date = TODAY) -> Standing:
    (found,) = await standings_of([person], as_of=on)  # type: ignore[list-item]
    return found


def drawn(figure: Figure, name: str) -> list[float]:
    (trace,) = [trace for trace in json.loads(figure.json)["data"] if trace["name"] == name]
    return list(trace["y"])


def said(share: float) -> str:
    return f"{share:g}{words.THIN_SPACE}%"


async def test_progress_is_drawn_as_the_engine_works_it_out_on_each_day(shop: Shop) -> None:
    figure = progress_figure(await standing(shop.people["ada"]))
    days = [date.fromisoformat(day) for day in json.loads(figure.json)["data"][1]["x"]]
    assert days[0] == BEGAN
    assert days[-1] == TODAY
    asked = [(await standing(shop.people["ada"], day)).evaluation.progress for day in days]
    assert asked[0] < asked[-1] < 1
    assert [int(share * 1000) / 10 for share in asked] == drawn(figure, "Done")


async def test_table_of_progress_repeats_the_drawing(shop: Shop) -> None:
    figure = progress_figure(await standing(shop.people["ada"]))
    assert figure.heads == ("Day", "Done", "Planned")
    rows = list(reversed(figure.rows))
    assert [row[1] for row in rows] == [said(share) for share in drawn(figure, "Done")]
    assert [row[2] for row in rows] == [said(share) for share in drawn(figure, "Planned")]
    assert rows[-1][0] == words.day(TODAY)


async def test_title_of_progress_says_how_far_behind_the_plan(shop: Shop) -> None:
    # 22 of 48 months have passed; 28.1 % of 48 months is 13.5, so 8.5 months are missing
    figure = progress_figure(await standing(shop.people["ada"]))
    assert figure.title == f"28.1{words.THIN_SPACE}% done, eight months behind the plan of 48 months."


async def test_title_of_progress_on_the_first_day(shop: Shop) -> None:
    figure = progress_figure(await standing(shop.people["ada"], BEGAN))
    assert figure.title.endswith("in step with the plan of 48 months.")
    assert len(figure.rows) == 1


async def test_without_a_term_there_is_no_plan(shop: Shop) -> None:
    ada = await standing(shop.people["ada"])
    program = replace(ada.program, term_months=None)
    world = replace(ada.world, programs={**ada.world.programs, ada.enrolment.program_key: program})
    figure = progress_figure(replace(ada, world=world))
    assert figure.heads == ("Day", "Done")
    assert [trace["name"] for trace in figure.data] == ["Done"]
    assert figure.title.endswith("no term to compare it with.")


async def test_crew_is_counted_as_the_engine_sees_it(shop: Shop) -> None:
    members = [await standing(shop.people[one]) for one in ("ada", "ben", "cho")]
    figure = crew_figure(members)
    assert drawn(figure, "Apprentices") == tenths(members)
    assert [row[1] for row in figure.rows] == [str(count) for count in tenths(members)]
    assert sum(drawn(figure, "Apprentices")) == len(members)
    middle = sorted(one.evaluation.progress for one in members)[1]
    assert figure.title == (
        f"Three apprentices: half are at {words.percent(middle)} or more, nobody is complete yet."
    )


def tenths(members: Sequence[Standing]) -> list[int]:
    """Count by comparing with the edges, where the figure divides."""
    edges = [Fraction(tenth, 10) for tenth in range(11)]
    shares = [one.evaluation.progress for one in members]
    assert all(share < 1 for share in shares)
    return [sum(low <= share < high for share in shares) for low, high in pairwise(edges)]


def test_a_crew_of_nobody() -> None:
    figure = crew_figure([])
    assert figure.title == "Nobody is in the crew yet."
    assert {row[1] for row in figure.rows} == {"0"}


async def test_crew_of_one_person_at_the_start(shop: Shop) -> None:
    cho = await standing(shop.people["cho"], BEGAN + timedelta(days=1))
    assert crew_figure([cho]).title == f"One apprentice, 0{words.THIN_SPACE}% of the way to journeyworker."


class Page(HTMLParser):
    """Keeps what a browser would make of the chart's markup."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.figure = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.figure = dict(attributes).get("data-figure") or self.figure

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture
def hostile() -> Page:
    figure = Figure(
        title=HOSTILE,
        data=[{"type": "bar", "name": label(HOSTILE), "x": [label(HOSTILE)], "y": [1]}],
        layout={},
        table_title="Numbers",
        heads=(HOSTILE, "Number"),
        rows=[(HOSTILE, "1")],
    )
    page = Page()
    page.feed(environment().from_string("{{ parts.chart(figure) }}").render(figure=figure))
    return page


def test_hostile_text_stays_text_on_the_page(hostile: Page) -> None:
    assert not {"a", "script"} & set(hostile.tags)
    assert hostile.text.count(HOSTILE) == 3


def test_hostile_text_stays_text_in_the_drawing(hostile: Page) -> None:
    (trace,) = json.loads(hostile.figure)["data"]
    assert "<" not in trace["name"] + trace["x"][0]
    assert trace["name"].startswith("&lt;a href=&quot;javascript:")
