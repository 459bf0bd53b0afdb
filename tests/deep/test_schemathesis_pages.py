"""Every page as everybody, with many odd forms, queries and addresses: no 500."""

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.web.api import pages_fuzzed
from tests.web.api.live_fixtures import Live
from tests.web.api.pages_fuzzed import Page

pytestmark = pytest.mark.deep
MANY = 40


@pytest.fixture(scope="module")
def browsers(live: Live) -> Iterator[dict[str, httpx.Client]]:
    found = dict(pages_fuzzed.clients(live.address, live.tokens))
    yield found
    for client in found.values():
        client.close()


@pytest.mark.parametrize("page", pages_fuzzed.pages(), ids=str)
def test_no_page_ends_in_a_500(live: Live, browsers: dict[str, httpx.Client], page: Page) -> None:
    # signing in hashes passwords on purpose slowly
    @settings(
        max_examples=MANY // 4 if page.path == "/sign-in" else MANY,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def asked(data: st.DataObject) -> None:
        pages_fuzzed.ask_somehow(data, live.shop, browsers, page)

    asked()
