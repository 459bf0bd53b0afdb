"""The page of notices: what is new, marking it as read, and asking for letters."""

from datetime import timedelta

from tests.web.pages.conftest import Site
from tests.web.shop import NOW
from web.settings import Settings


async def test_what_happened_is_new_until_it_is_read(own_site: Site) -> None:
    site = own_site
    await site.send("ada", "/notices/read", {"up_to": ""})
    assert "Nothing new" in await site.read("ada", "/notices")
    site.app.state.clock = lambda: NOW + timedelta(minutes=10)
    step = {
        "verdict": "approved",
        "program": "machinist",
        "step": "machinist:s2",
        "effective_on": "2026-11-20",
    }
    await site.send("employer", f"/raises/{site.person('ada')}", step)
    assert "One new notice" in await site.read("ada", "/home")
    page = await site.read("ada", "/notices")
    assert "Your raise to Step 2 was approved by Rosa Novak, paid from 20 November 2026." in page
    assert "One new notice" in page
    await site.send("ada", "/notices/read", {"up_to": "2099-01-01T00:00:00+00:00"})
    assert "Nothing new" in await site.read("ada", "/notices")
    assert "new notice" not in await site.read("ada", "/home")


async def test_letters_need_a_mail_server_and_a_true_address(own_site: Site) -> None:
    site = own_site
    wanted = {"often": "daily", "address": "ada@example.org"}
    refused = await site.send("ada", "/notices/letters", wanted)
    assert (refused.status_code, "sends no letters" in refused.text) == (422, True)
    settings: Settings = site.app.state.settings
    mail = {"smtp_url": "smtp://127.0.0.1:2525", "mail_from": "shop@example.org"}
    site.app.state.settings = settings.model_copy(update=mail)
    wrong = await site.send("ada", "/notices/letters", {"often": "daily", "address": "ada"})
    assert (wrong.status_code, "no e-mail address" in wrong.text) == (422, True)
    assert (await site.send("ada", "/notices/letters", wanted)).headers["location"] == "/notices?done=letters"
    assert "asks whether it is yours" in await site.read("ada", "/notices")
    wrong = await site.send("ada", "/notices/confirm", {"secret": "guess"})
    assert (wrong.status_code, "not the link of the last letter" in wrong.text) == (422, True)
    await site.send("ada", "/notices/letters", {"often": "", "address": ""})
    assert "You get no letters" in await site.read("ada", "/notices")


async def test_a_moment_that_is_none_marks_what_is_there(own_site: Site) -> None:
    for moment in ("", "soon", "2026-11-21T15:00"):
        assert (await own_site.send("ada", "/notices/read", {"up_to": moment})).status_code == 303
