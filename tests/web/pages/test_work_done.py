"""How much is worked out for a page: one evaluation a person when something changed, none when nothing did."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from apprenticeship.standing import model
from tests.web.pages.conftest import Site
from web.pages import mapping

PAGES = {
    "ada": ["/home", "/map", "/raise", "/record", "/log", "/completion", "/credentials/nims-machining-1/cmp"],
    "mentor": ["/sign-off", "/apprentices"],
    "employer": ["/raises", "/crew"],
}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is worked out, and let it be worked out."""
    counts: Counter[str] = Counter()

    def counting(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted_work(*given: Any, **named: Any) -> Any:
            counts[name] += 1
            return work(*given, **named)

        return counted_work

    for place, name in ((model, "evaluate"), (model, "fix"), (mapping, "layout")):
        monkeypatch.setattr(place, name, counting(name, getattr(place, name)))
    return counts


async def test_a_person_is_worked_out_once_for_all_pages(own_site: Site, counted: Counter[str]) -> None:
    for who, paths in PAGES.items():
        for path in paths:
            assert (await own_site.get(who, path)).status_code == 200
    assert counted["evaluate"] == 3
    cold = dict(counted)
    for who, paths in PAGES.items():
        for path in paths:
            await own_site.get(who, path)
    assert dict(counted) == cold


async def test_only_who_changed_is_worked_out_again(own_site: Site, counted: Counter[str]) -> None:
    await own_site.get("employer", "/crew")
    before = counted["evaluate"]
    sent = await own_site.send(
        "ada", "/log/hours", {"day": "2026-11-20", "hours": "8", "work_process": "milling"}
    )
    assert sent.status_code == 303
    await own_site.get("employer", "/crew")
    assert counted["evaluate"] - before == 1
