"""The payroll to come as a page, and when somebody's next raise is to be expected."""

from tests.web.pages.conftest import Site, text_of

NOBODYS = "00000000-0000-4000-8000-000000000000"


async def test_an_employer_sees_the_payroll_as_chart_and_as_table(site: Site) -> None:
    said = await site.read("employer", "/payroll")
    assert "Three apprentices, two years ahead" in said
    assert "Payroll by month, before taxes and benefits" in said
    assert "December 2026" in said
    assert "November 2028" in said
    assert "Ada Tran" in said
    assert "For each person a hundred futures are put together" in said
    assert "there is nothing to compare with yet" in said
    page = (await site.get("employer", "/payroll")).text
    assert page.count("data-figure=") == 1
    assert "In four futures of five" in page
    assert "Completion: not foreseen" not in said or "no day can be foreseen" not in said
    assert 'href="/payroll"' in (await site.get("employer", "/raises")).text


async def test_one_person_is_told_step_by_step(site: Site) -> None:
    said = await site.read("employer", f"/payroll/{site.person('ada')}")
    assert "Ada Tran: what is foreseen" in said
    assert "Steps ahead" in said
    assert "Pay by month" in said
    assert (await site.get("stranger", f"/payroll/{site.person('ada')}")).status_code == 404
    assert (await site.get("employer", f"/payroll/{NOBODYS}")).status_code == 404


async def test_an_apprentice_sees_when_and_how_it_was_reached(site: Site) -> None:
    said = await site.read("ada", "/raise")
    assert "When" in said
    assert "How it is reckoned" in said
    assert "Expected in" in said or "No day can be foreseen" in said


async def test_a_forecast_is_kept_once(own_site: Site) -> None:
    form = {"employer": str(own_site.shop.employer)}
    kept = await own_site.send("employer", "/payroll/kept", form)
    assert kept.headers["location"] == "/payroll?done=1"
    said = await own_site.read("employer", "/payroll?done=1")
    assert "Kept. Next quarter it is held against what came." in said
    assert "The forecast of this quarter was kept on 21 November 2026." in said
    again = await own_site.send("employer", "/payroll/kept", form)
    assert again.status_code == 409
    assert "kept already; it stays as it is" in text_of(again)
    assert (await own_site.send("employer", "/payroll/kept", {"employer": "x"})).status_code in (400, 422)
    assert (await own_site.send("admin", "/payroll/kept", form)).status_code == 403
    assert (await own_site.send("employer", "/payroll/kept", {"employer": NOBODYS})).status_code == 404
