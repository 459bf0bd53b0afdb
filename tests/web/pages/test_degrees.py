"""Degrees on the pages: a stack that fills up, what would be worth earning, and who may see it."""

import pytest

from apprenticeship.audit import repo as audit
from tests.web.pages.conftest import Site


async def test_the_apprentice_sees_the_stack_and_what_is_missing(own_site: Site) -> None:
    said = await own_site.read("ada", "/credit/degrees")
    assert "Lakeside College (sample)" in said
    for degree in (
        "Certificate in Machining",
        "AAS Manufacturing Technology",
        "BAS Manufacturing Operations",
    ):
        assert degree in said
    assert "Credits toward each degree" in said, "the numbers of the chart as a table"
    assert "Published numbers, not a promise" in said
    assert "does not say how many credits this degree has" in said


@pytest.mark.parametrize("by", ["hours", "usd", "nonsense"])
async def test_what_would_be_worth_earning(own_site: Site, by: str) -> None:
    said = await own_site.read("ada", f"/credit/worth/lakeside-mfgt?by={by}")
    assert "Manual Milling" in said
    assert "3 semester credits more" in said
    assert "Two that only gain together" in said


async def test_a_registrar_sees_own_degrees_and_the_look_is_kept(own_site: Site) -> None:
    said = await own_site.read("registrar", f"/learners/{own_site.person('ada')}/credit/degrees")
    assert "Degrees of Ada Tran" in said
    assert "Ivy Tech" not in said
    entries = await audit.about("person", [own_site.person("ada")])
    assert [entry.action for entry in entries].count("credit.read") == 1
