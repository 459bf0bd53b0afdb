"""The administrator's page of jobs that were given up."""

from tests.apprenticeship.acting import value
from tests.web.api.test_errands import give_up_one
from tests.web.pages.conftest import Site


async def test_a_job_that_was_given_up_is_seen_and_tried_again(own_site: Site) -> None:
    assert "None failed too often." in await own_site.read("admin", "/organisation")
    assert "No job was given up." in await own_site.read("admin", "/organisation/jobs")
    number = await give_up_one()
    assert "1 job failed too often and was given up." in (
        await own_site.read("admin", "/organisation")
    ).replace("One job", "1 job")
    said = await own_site.read("admin", "/organisation/jobs")
    assert "See whether wage steps are reached" in said
    assert "after nine attempts. Last failure: KeyError" in said
    assert "Ada" not in said
    sent = await own_site.send("admin", f"/organisation/jobs/{number}", {"attempts": "9"})
    assert sent.headers["location"] == "/organisation/jobs?done=again"
    said = await own_site.read("admin", "/organisation/jobs?done=again")
    assert "It is tried again" in said
    assert "No job was given up." in said
    assert await value("SELECT state FROM outbox WHERE id = $1", number) == "waiting"
    assert (
        await own_site.send("admin", f"/organisation/jobs/{number}", {"attempts": "9"})
    ).status_code == 404
