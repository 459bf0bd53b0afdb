"""The numbers and commands of the operator's page and the index of decisions are those of the product."""

import re
from pathlib import Path

from apprenticeship.accounts.services import PER_ADDRESS, PER_LOGIN, WINDOW
from apprenticeship.migrations import migrations
from tasks.child import CONNECTIONS as OF_A_JOB
from tasks.child import LIMIT
from tasks.relay import CONNECTIONS as OF_THE_BEAT
from web.app import LARGEST_BODY
from web.settings import Settings
from web.stack.probes import OLDEST_POSTGRES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = " ".join((DOCS / "own-services.md").read_text().split())
DECISIONS = DOCS / "decisions"


def test_the_database_is_described_as_it_is_asked_for() -> None:
    made = {
        name
        for step in migrations()
        for name in re.findall(r"CREATE EXTENSION IF NOT EXISTS (\w+)", step.sql)
    }
    assert made == {"btree_gist"}
    assert f"PostgreSQL {OLDEST_POSTGRES} or newer, with the extension `btree_gist`" in PAGE
    defaults = Settings()
    needed = (
        defaults.web_processes * defaults.database_connections
        + defaults.worker_processes * OF_A_JOB
        + OF_THE_BEAT
    )
    assert (OF_A_JOB, OF_THE_BEAT, defaults.worker_processes) == (2, 1, 2)
    assert f"one web process and two jobs at a time, that is {needed}." in PAGE


def test_the_proxy_lets_through_what_the_server_takes() -> None:
    assert LARGEST_BODY == 8_000_000
    assert "let bodies of 8 MB through" in PAGE
    assert "client_max_body_size 8m;" in PAGE


def test_the_limits_of_sign_in_are_told() -> None:
    assert WINDOW.total_seconds() == 15 * 60
    assert f"{PER_LOGIN} in a quarter of an hour for a login and {PER_ADDRESS} for an address" in PAGE


def test_a_supervisor_waits_as_long_as_a_job_may_take() -> None:
    (seconds,) = re.findall(r"TimeoutStopSec=(\d+)", PAGE)
    assert int(seconds) > LIMIT


def test_every_decision_is_in_the_index_under_its_own_title() -> None:
    listed = re.findall(
        r"^\| \[(\d+)\]\((.*?)\) \| (.*) \|$", (DECISIONS / "README.md").read_text(), re.MULTILINE
    )
    files = sorted(path.name for path in DECISIONS.glob("0*.md"))
    assert [name for _, name, _ in listed] == files
    for number, name, title in listed:
        assert int(number) == int(name[:4])
        assert (DECISIONS / name).read_text().startswith(f"# {number}. {title}\n\nAccepted, ")
