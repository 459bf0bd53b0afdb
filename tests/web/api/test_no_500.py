"""A short run of what `tests/deep` does at length: no request ends in a 500, no answer is an undocumented one."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.web.api import pages_fuzzed
from tests.web.api.live_fixtures import Live
from tests.web.api.pages_fuzzed import Page
from tests.web.api.schemathesis_run import run
from web.access import Whose
from web.api.catalogue import openapi_file

FEW = 6
WHO = {
    "evidence.sign_off": "mentor",
    "raise.award": "employer",
    "crew.read": "employer",
    "roster.import": "employer",
}
ALIKE = {"listPrograms", "readProgram", "listAgreements", "readAgreement"}  # as with frameworks


def shares() -> dict[str | None, list[str]]:
    """Every operation once, by somebody whom the policy lets in."""
    found: dict[str | None, list[str]] = {}
    for of in openapi_file()["paths"].values():
        for one in of.values():
            policy = one["x-policy"]
            who = None if policy["whose"] == Whose.NOBODY else WHO.get(policy.get("action", ""), "ada")
            found.setdefault(who, []).extend({one["operationId"]} - ALIKE)
    return found


@pytest.mark.parametrize("who", shares(), ids=str)
def test_no_operation_ends_in_a_500(live: Live, who: str | None, tmp_path: Path) -> None:
    done = run(live, who, tmp_path, phases=("examples", "coverage"), examples=FEW, only=shares()[who])
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def browsers(live: Live) -> Iterator[dict[str, httpx.Client]]:
    found = dict(pages_fuzzed.clients(live.address, live.tokens))
    yield found
    for client in found.values():
        client.close()


@pytest.mark.parametrize("page", pages_fuzzed.pages(), ids=str)
def test_no_page_ends_in_a_500(live: Live, browsers: dict[str, httpx.Client], page: Page) -> None:
    @seed(1)
    @settings(
        max_examples=FEW,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def asked(data: st.DataObject) -> None:
        pages_fuzzed.ask_somehow(data, live.shop, browsers, page)

    asked()
