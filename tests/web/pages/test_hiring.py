"""Building a rule without scripts, target roles, finding people who agreed to it, and asking them."""

from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.web.pages.conftest import Site, text_of

pytestmark = pytest.mark.anyio
NC = "2 credentials of nims-machining-1 level 1 and (credential cto or credential ctp)"


def asked(base: str, **fields: str) -> str:
    return f"{base}?{urlencode(fields)}"


def rule_of(answer: httpx.Response) -> str:
    assert answer.status_code == 303, text_of(answer)
    return parse_qs(urlsplit(answer.headers["location"]).query).get("rule", [""])[0]


@pytest.mark.parametrize("base", ["/promotions", "/hiring"])
async def test_a_rule_is_built_chip_by_chip_and_the_address_holds_it(site: Site, base: str) -> None:
    async def press(**fields: str) -> str:
        return rule_of(await site.get("employer", asked(base, **fields)))

    rule = await press(do="count", number="2", counted="credentials:nims-machining-1:1")
    assert rule == "2 credentials of nims-machining-1 level 1"
    rule = await press(rule=rule, do="add", item="credential:nims-machining-1:cto", into="new")
    assert rule == "2 credentials of nims-machining-1 level 1 and any of (credential cto)"
    rule = await press(rule=rule, do="add", item="credential:nims-machining-1:ctp", into="1")
    assert rule == NC
    rule = await press(rule=rule, do="add", item="competency:nims-machining-1:jpp", rating="3", into="")
    assert rule == f"{NC} and competency jpp rating 3"
    rule = await press(rule=rule, do="group", at="1", how="all")
    assert "(credential cto and credential ctp)" in rule
    shown = await site.get("employer", asked(base, rule=rule))
    assert shown.status_code == 200
    assert "2 credentials of NIMS Machining Level I, (CNC Turning: Operator and" in text_of(shown)
    assert "1.1 Job Process Planning, rated 3 or better" in text_of(shown)
    assert asked(base, rule=NC.replace("or", "and")).partition("?")[2].split("%28")[0] in shown.text.replace(
        "&amp;", "&"
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"rule": "credential mmz"},
            "Position 12: the credential 'mmz' is in no published standard; did you mean mms?",
        ),
        ({"rule": "credential mms", "do": "add"}, "Choose something from the list."),
        (
            {"do": "add", "item": "competency:nims-machining-1:jpp", "rating": "9"},
            "Ratings of this are 0, 1, 2, 3 or 4.",
        ),
        ({"do": "add", "item": "competency:nims-machining-1:jpp", "rating": "x"}, "Write a whole number."),
        ({"do": "count", "number": "0", "counted": "credentials:"}, "Write how many, from 1 to 50."),
        (
            {"do": "count", "number": "2", "counted": "credentials:nowhere"},
            "Choose what is counted from the list.",
        ),
        (
            {"rule": "credential mms", "do": "group", "at": "7", "how": "all"},
            "This group has changed meanwhile",
        ),
        (
            {"rule": "credential mms", "do": "add", "item": "credential:nims-machining-1:ctp", "into": "3.x"},
            "changed",
        ),
    ],
)
@pytest.mark.parametrize("base", ["/promotions", "/hiring"])
async def test_what_cannot_be_done_is_said_at_its_field(
    site: Site, base: str, fields: dict[str, str], said: str
) -> None:
    found = await site.get("employer", asked(base, **fields))
    assert found.status_code == 422
    assert said in text_of(found)


async def test_the_list_is_searched_without_scripts(site: Site) -> None:
    found = await site.read("employer", asked("/promotions", q="turning operator", do="search"))
    assert "CNC Turning: Operator" in found
    assert "Surface Grinding" not in found
    assert "One match" in found


async def test_the_crew_stands_beside_a_role(site: Site) -> None:
    found = await site.read("employer", asked("/promotions", rule="credential mms and credential jpbl"))
    assert "One person of 3 has all that the role asks for." in found
    assert found.index("Ada Tran") < found.index("Ben Okafor") < found.index("Cho Park")
    assert "Lacks one thing, 80 hours and $80.00: Job Planning, Benchwork & Layout What if" in found
    page = (await site.get("employer", asked("/promotions", rule="credential mms and credential jpbl"))).text
    ben = f"/apprentices/{site.person('ben')}"
    assert f'href="{ben}/plan?goal=credential%3Anims-machining-1%3Ajpbl"' in page
    assert f'href="{ben}/what-if?earn=credential%3Anims-machining-1%3Ajpbl"' in page
    for path in (
        f"{ben}/plan?goal=credential%3Anims-machining-1%3Ajpbl",
        f"{ben}/what-if?earn=credential%3Anims-machining-1%3Ajpbl",
    ):
        assert (await site.get("employer", path)).status_code == 200


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (
            {"by": "some", "shown_as": "name", "until": "2027-03-31"},
            "Tick the employers by whom you may be found.",
        ),
        (
            {"by": "any", "shown_as": "face", "until": "2027-03-31"},
            "Choose whether your name or your initials",
        ),
        ({"by": "any", "shown_as": "name", "until": "soon"}, "The last day is not a date"),
        ({"by": "any", "shown_as": "name", "until": "2026-11-20"}, "The last day is past"),
        ({"by": "any", "shown_as": "name", "until": "2029-01-01"}, "within a year"),
    ],
)
async def test_what_is_wrong_with_leave_is_said(site: Site, form: dict[str, str], said: str) -> None:
    refused = await site.send("ada", "/findable", form)
    assert refused.status_code == 422
    assert said in text_of(refused)


async def test_what_a_search_does_not_see_is_said(site: Site) -> None:
    refused = await site.get("stranger", asked("/hiring", rule="500 hours in ojl"))
    assert refused.status_code == 422
    assert "A search sees credentials held and competencies signed off; leave out hours." in text_of(refused)


async def test_a_long_rule_is_changed_as_text(site: Site) -> None:
    rule = " or ".join(["credential mms"] * 60)
    found = await site.get("employer", asked("/promotions", rule=rule))
    assert found.status_code == 200
    assert len(found.text) < 100_000
