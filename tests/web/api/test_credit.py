"""College credit by the API: the numbers of the articulation, for those who may see them."""

import json

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.audit.looking import looks_at
from apprenticeship.credit.answers import credit_answer
from apprenticeship.credit.services import credit_of
from standards.answers import Labels
from tests.web.api.conftest import Api
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio


async def test_credit_is_what_the_articulation_says(api: Api) -> None:
    ada = api.shop.people["ada"]
    answer = (await api.ask("ada", "GET", f"{api.learner('ada')}/credit")).json()
    found = await credit_of(await actor_of_person(ada), ada, now=NOW)
    expected = [credit_answer(one.answer, Labels(found.world)) for one in found.colleges]
    told = [
        {key: one[key] for key in one if key not in ("sha256", "college_id", "reach")}
        for one in answer["agreements"]
    ]
    assert told == json.loads(json.dumps(expected))
    assert len(told) >= 6
    assert answer["agreements"][0]["college_id"] == str(api.shop.college)
    for one in answer["agreements"]:
        path = f"{api.learner('ada')}/credit/{one['agreement']}"
        assert (await api.ask("ada", "GET", path)).json() == one


async def test_a_registrar_sees_the_own_college_only_and_the_look_is_kept(own_api: Api) -> None:
    api = own_api
    before = await looks_at(api.shop.people["ada"])
    answer = (await api.ask("registrar", "GET", f"{api.learner('ada')}/credit")).json()
    assert {one["college_id"] for one in answer["agreements"]} == {str(api.shop.college)}
    looks = await looks_at(api.shop.people["ada"])
    assert len(looks) == len(before) + 1
    assert looks[0].actor == api.shop.people["registrar"]
    elsewhere = await api.ask("registrar", "GET", f"{api.learner('ada')}/credit/ccc-manufacturing")
    assert elsewhere.status_code == 404


@pytest.mark.parametrize("who", ["mentor", "employer", "admin", "stranger", "ben"])
async def test_credit_is_not_for_others(api: Api, who: str) -> None:
    for path in ("credit", "credit/lakeside-mfgt"):
        assert (await api.ask(who, "GET", f"{api.learner('ada')}/{path}")).status_code == 404


async def test_before_an_agreement_is_in_force_it_gives_nothing(api: Api) -> None:
    answer = (await api.ask("ada", "GET", f"{api.learner('ada')}/credit?as_of=2010-01-01")).json()
    assert all(one["credits"] == 0 for one in answer["agreements"] if not one["in_force"])
    assert any(not one["in_force"] for one in answer["agreements"])


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_the_ends_of_the_calendar_are_days_too(api: Api, day: str) -> None:
    assert (await api.ask("ada", "GET", f"{api.learner('ada')}/credit?as_of={day}")).status_code == 200
