from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.browsing import Browsing, running_chromium
from tests.e2e.running import running_stack


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Give the address of the real stack with the demo, started once."""
    with running_stack() as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def browsing(chromium: Browser, address: str) -> Iterator[Browsing]:
    """Give browsers; at the end nothing complained and nobody was called but ourselves."""
    people = Browsing(chromium, address)
    yield people
    people.close()
    assert people.complaints == []
    assert people.hosts == {people.own_host}
