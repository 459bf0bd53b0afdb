"""What if: the address holds the question, the answer stands beside today, and nothing is kept."""

import re
from urllib.parse import quote

import pytest

from tests.web.pages.conftest import Site, text_of
from web.forms import Form
from web.pages.what_if import asked_of

MIL1 = "credential%3Anims-machining-1%3Amil1"


async def test_the_question_is_a_plain_form_that_can_be_sent_as_it_is(site: Site) -> None:
    page = (await site.get("ada", "/what-if")).text
    form = re.search(r'<form[^>]*method="get" action="([^"]*)"', page)
    assert form is not None
    assert form[1] == "/what-if"
    assert page.count('name="earn"') > 20
    assert 'value="credential:nims-machining-1:mil1"' in page
    assert 'name="hours-milling"' in page
    assert 'name="hours-rti"' in page
    assert 'name="on" type="date"' in page
    assert page.count('name="revoke"') > 3
    said = text_of(await site.get("ada", "/what-if"))
    assert "Nothing is stored: the address of this page holds the question." in said
    assert "The difference" not in said
    assert text_of(await site.get("ada", "/what-if?earn=&on=&hours-milling=")) == said


async def test_what_is_ticked_stands_beside_today_in_words(site: Site) -> None:
    said = await site.read("ada", f"/what-if?earn={MIL1}&hours-milling=40")
    assert "The difference Today, and with what is asked What Today Then" in said
    assert "To journeyworker 28.1 %" in said
    assert "3 more credits at Lakeside College (sample)." in said
    assert re.search(r"Hours in Manual milling and drilling [0-9.]+ [0-9.]+", said)
    assert re.search(
        r"Credit at Lakeside College \(sample\), an estimate \d+ semester credits \d+ semester credits, with",
        said,
    )
    assert "Manual Milling" in said
    page = (await site.get("ada", f"/what-if?earn={MIL1}&hours-milling=40")).text
    assert 'value="credential:nims-machining-1:mil1" checked' in page
    assert 'name="hours-milling" inputmode="decimal" autocomplete="off" value="40"' in page


async def test_another_day_and_something_taken_back(site: Site) -> None:
    page = (await site.get("ada", "/what-if")).text
    entries = re.findall(r'name="revoke" value="(e\d+)"', page)
    said = await site.read("ada", f"/what-if?revoke={'&revoke='.join(entries)}&on=2027-06-01")
    assert "Today, and on 1 June 2027 with what is asked" in said
    assert "items no longer done." in said
    assert re.search(r"To journeyworker 28\.1 % [0-9.]+ %", said.replace("\N{NO-BREAK SPACE}", " "))


async def test_the_smallest_way_leads_to_its_own_answer(site: Site) -> None:
    page = (await site.get("ada", "/raise")).text
    found = re.search(r'href="(/what-if\?[^"]+)"', page)
    assert found is not None
    said = await site.read("ada", found[1].replace("&amp;", "&"))
    assert "The wage step by the rules would be Step 3 at $22.40 an hour." in said


@pytest.mark.parametrize(
    ("query", "said", "field"),
    [
        ("hours-milling=many", "'many' is no number of hours", "hours-milling"),
        ("on=soon", "The day is not a date; write it like 2026-05-12.", "on"),
        ("on=9999-01-01", "The day lies in the year 9999; look at it again.", "on"),
        ("earn=credential:mil9", "is in no published standard; did you mean mil", None),
        ("earn=nothing", "'nothing' is nothing to earn", None),
        ("revoke=e9", "No evidence has the id 'e9'", None),
        ("hours-milin=4", "did you mean milling", None),
        ("&".join(["earn=credential:mil1", *(f"hours-x{n}=1" for n in range(101))]), "ask about 100 at most", None),
    ],
)  # fmt: skip
async def test_what_cannot_be_asked_is_said_at_its_field_and_the_rest_is_kept(
    site: Site, query: str, said: str, field: str | None
) -> None:
    found = await site.get("ada", f"/what-if?{query}&earn={MIL1}")
    assert found.status_code == 422
    assert said in text_of(found)
    assert 'value="credential:nims-machining-1:mil1" checked' in found.text
    if field is not None:
        assert re.search(
            rf'name="{field}"[^>]*aria-invalid="true" aria-describedby="what-if-{field}-wrong"', found.text
        )
        assert f'id="what-if-{field}-wrong"' in found.text


async def test_strange_questions_do_no_harm(site: Site) -> None:
    for query in (
        "earn=%00",
        "earn=%ED%A0%80&revoke=%F0%9F%94%A7",
        "earn=" + "x" * 9000,
        "hours-=1",
        "hours-rti=1e999",
    ):
        assert (await site.get("ada", f"/what-if?{query}")).status_code in (200, 422), query[:40]
    found = await site.get("ada", f"/what-if?earn={quote('<script>alert(1)</script>')}")
    assert "<script>alert" not in found.text


async def test_others_see_it_for_their_people_with_what_they_may_know(site: Site) -> None:
    path = f"/apprentices/{site.person('ada')}/what-if"
    employer = await site.read("employer", f"{path}?earn={MIL1}")
    mentor = await site.read("mentor", f"{path}?earn={MIL1}")
    registrar = await site.read("registrar", f"{path}?earn={MIL1}")
    assert "Ada Tran: what if" in employer
    assert "Next raise" in employer
    assert "Next raise" not in mentor
    assert "an hour" not in mentor
    assert "Credit at" not in employer
    assert "Credit at Lakeside College" in registrar
    assert "an hour" not in registrar
    assert (await site.get("stranger", path)).status_code == 404
    links = (await site.get("employer", f"/apprentices/{site.person('ada')}")).text
    assert f'href="{path}"' in links
    items = (await site.get("employer", f"{path}?earn={MIL1}")).text
    assert f'href="/apprentices/{site.person("ada")}/credentials/nims-machining-1/mil1"' in items


async def test_nothing_is_kept(site: Site) -> None:
    before = await site.read("ada", "/record")
    await site.read("ada", f"/what-if?earn={MIL1}&hours-milling=400&on=2027-06-01")
    assert await site.read("ada", "/record") == before


async def test_home_and_the_next_raise_lead_here(site: Site) -> None:
    assert 'href="/what-if"' in (await site.get("ada", "/home")).text
    assert 'href="/what-if' in (await site.get("ada", "/raise")).text


def test_an_empty_form_asks_nothing_and_a_comma_is_a_point() -> None:
    assert asked_of(Form({"earn": [""], "on": [""], "hours-milling": [" "]})) is None
    asked = asked_of(Form({"hours-milling": ["7,5"], "earn": ["a", "a"]}))
    assert asked is not None
    assert (asked.hours, asked.earn, asked.on) == (["milling=7.5"], ["a"], None)
