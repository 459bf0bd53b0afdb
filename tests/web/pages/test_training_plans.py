"""Planning training as a page: the job that works a plan out, left and found again, and what it comes to."""

import pytest

from tests.apprenticeship.cohort.running import do_errands
from tests.web.pages.conftest import Site, text_of
from tests.web.pages.test_training import form_of
from tests.web.shop import NOW

pytestmark = pytest.mark.anyio


async def planned(site: Site, who: str = "employer", **changes: str | list[str]) -> str:
    page = await site.get(who, "/training")
    begun = await site.send(who, "/training", form_of(page.text, **changes))
    assert begun.status_code == 303, text_of(begun)
    return str(begun.headers["location"])


async def test_a_plan_is_asked_for_left_found_again_and_read(own_site: Site) -> None:
    site = own_site
    address = await planned(site, months="6", budget="2,500")
    running = await site.get("employer", address)
    assert "Looking for the best plan for three apprentices" in text_of(running)
    assert f'data-progress="/training/progress?plan_id={address.rpartition("/")[2]}"' in running.text
    assert '<meta http-equiv="refresh"' in running.text
    again = await site.send("employer", "/training", form_of((await site.get("employer", "/training")).text))
    assert again.status_code == 422
    assert "A plan of yours is being worked out already" in text_of(again)
    assert await do_errands(NOW) == 1
    listed = await site.get("employer", "/training")
    assert f'href="{address}"' in listed.text
    assert "Three apprentices, six months from 21 November 2026" in text_of(listed)
    said = await site.read("employer", address)
    assert "within the plan" in said
    assert "Proven best" in said or "Not proven best" in said
    assert "What comes, and by when" in said
    assert "Ada Tran" in said
    assert "nobody" in said
    assert "Everybody passes at the first try." in said
    assert (await site.get("stranger", address)).status_code == 404
