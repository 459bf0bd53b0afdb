import os
import signal
import socket
import sys
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.faults.processes import Watched, descendants, free_port, kill_all, named, soon

pytestmark = [pytest.mark.stack, pytest.mark.faults]

PROJECT = Path(__file__).parents[2]
BARE = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}

GOODBYES = ("Shutting down granian", "bye bye", "database system is shut down")

Starter = Callable[..., Watched]


@pytest.fixture
def start() -> Iterator[Starter]:
    started: list[Watched] = []

    def run(folder: Path, port: int | None = None, **environment: str) -> Watched:
        command = [sys.executable, "-m", "tests.faults.small_stack", str(folder), str(port or free_port())]
        started.append(Watched(command, {**BARE, **environment}, cwd=PROJECT))
        return started[-1]

    yield run
    for watched in started:
        watched.clear_up()


def address(line: str) -> str:
    return line.rpartition(" ")[2] + "/healthz"


def has_another(stack: Watched, words: str, old: list[int]) -> bool:
    return bool(set(named(descendants(stack.process.pid), words)) - set(old))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_ends_well_and_leaves_nothing_running(
    number: signal.Signals, start: Starter, open_folder: Path
) -> None:
    stack = start(open_folder / "data")
    stack.wait_for("Journeymark is ready at")
    folder = Path((open_folder / "data" / "postgres.sockets").read_text())
    assert len(stack.family) >= 8
    assert folder.is_dir()

    stack.send(number)

    assert stack.ended() == 0
    assert stack.survivors() == set()
    goodbyes = [line for line in stack.seen if any(words in line for words in GOODBYES)]
    assert [line.split()[1] for line in goodbyes] == ["web", "broker", "postgres"]
    assert not folder.exists()
    assert not (open_folder / "data" / "postgres" / "postmaster.pid").exists()
    assert not (open_folder / "data" / "stack.json").exists()


def test_killed_it_leaves_nothing_running_and_starts_again_with_its_data(
    start: Starter, open_folder: Path
) -> None:
    stack = start(open_folder / "data")
    stack.wait_for("Journeymark is ready at")
    stale = Path((open_folder / "data" / "postgres.sockets").read_text())
    stack.send(signal.SIGKILL)
    stack.ended()
    assert soon(lambda: not stack.survivors())

    again = start(open_folder / "data")
    again.wait_for("Journeymark is ready at")
    assert not stale.exists()


def test_killed_with_its_database_it_recovers_over_the_stale_pid_file(
    start: Starter, open_folder: Path
) -> None:
    stack = start(open_folder / "data")
    stack.wait_for("Journeymark is ready at")
    (server,) = named(stack.family, "/postgres -D ")
    stack.send(signal.SIGSTOP)
    os.kill(server, signal.SIGKILL)
    stack.send(signal.SIGKILL)
    stack.ended()
    pid_file = open_folder / "data" / "postgres" / "postmaster.pid"
    words = pid_file.read_text().split("\n", 1)[1]
    pid_file.write_text(f"{os.getpid()}\n{words}")  # the number now belongs to somebody else

    again = start(open_folder / "data")
    again.wait_for("Journeymark is ready at")


def test_a_taken_port_is_told_in_one_sentence(start: Starter, open_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        stack = start(open_folder / "data", port)
        assert stack.ended() == 2
    (sentence,) = stack.seen
    assert sentence == (
        f"Cannot listen on 127.0.0.1:{port} (Address already in use); stop the program that does, "
        "or set JOURNEYMARK_PORT (or JOURNEYMARK_HOST) to another one."
    )


def test_a_data_folder_in_use_is_told_in_one_sentence(start: Starter, open_folder: Path) -> None:
    first = start(open_folder / "data")
    first.wait_for("Journeymark is ready at")
    second = start(open_folder / "data")
    assert second.ended() == 2
    (sentence,) = second.seen
    assert sentence == (
        f"The data folder {open_folder / 'data'} is in use by process {first.process.pid}; stop that one "
        "first (Ctrl-C), or set JOURNEYMARK_DATA to another folder."
    )
    assert first.process.poll() is None


def test_an_unreachable_database_is_told_in_one_sentence_without_its_password(
    start: Starter, tmp_path: Path
) -> None:
    port = free_port()
    stack = start(tmp_path / "data", DATABASE_URL=f"postgresql://me:hidden@127.0.0.1:{port}/shop")
    assert stack.ended() == 2
    (sentence,) = stack.seen
    assert sentence.startswith(f"The database at postgresql://127.0.0.1:{port}/shop cannot be reached (")
    assert sentence.endswith("start it, or correct DATABASE_URL, or unset it to use the embedded one.")


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_an_unreachable_broker_is_told_in_one_sentence_without_its_password(
    scheme: str, start: Starter, tmp_path: Path, database_url: str
) -> None:
    port = free_port()
    stack = start(tmp_path, DATABASE_URL=database_url, BROKER_URL=f"{scheme}://me:hidden@127.0.0.1:{port}/0")
    assert stack.ended() == 2
    (sentence,) = stack.seen
    assert sentence.startswith(f"The broker at {scheme}://127.0.0.1:{port}/0 cannot be reached (")
    assert sentence.endswith("start it, or correct BROKER_URL, or unset it to use the embedded one.")


def test_given_addresses_are_used_and_nothing_is_embedded(
    start: Starter, tmp_path: Path, database_url: str, broker_url: str
) -> None:
    stack = start(tmp_path / "data", DATABASE_URL=database_url, BROKER_URL=broker_url)
    line = stack.wait_for("Journeymark is ready at")
    with urllib.request.urlopen(address(line)) as answer:  # noqa: S310 (our own server)
        assert answer.read().decode() == database_url
    assert named(stack.family, "postgres -D") == named(stack.family, "valkey") == []


def test_a_process_that_dies_is_started_again_and_the_broker_keeps_its_address(
    start: Starter, open_folder: Path
) -> None:
    stack = start(open_folder / "data")
    stack.wait_for("Journeymark is ready at")
    addresses = (open_folder / "data" / "stack.json").read_text()
    for name, words, sign in [
        ("worker", "worker waits", "worker waits"),
        ("beat", "beat waits", "beat waits"),
        ("web", "small_web", "Started worker-1"),
        ("broker", "valkey-server", ""),  # it has nothing to say when it starts
    ]:
        old = named(stack.family, words)
        assert old
        kill_all(old)
        stack.wait_for(f"{name} ended by itself (signal 9)")
        assert stack.seen[-1].endswith("starting it again in 0.5 s.")
        if sign:
            stack.wait_for(sign)
        assert soon(partial(has_another, stack, words, old))
    folder = (open_folder / "data" / "broker.sockets").read_text()
    assert folder in addresses
    assert soon((Path(folder) / "valkey.sock").exists)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_it_can_be_stopped_while_it_starts(number: signal.Signals, start: Starter, open_folder: Path) -> None:
    stack = start(open_folder / "data", SLOW_MIGRATION="yes")
    stack.wait_for("migrate waits")
    stack.send(number)
    assert stack.ended() == 0
    assert stack.survivors() == set()


def test_a_dead_database_ends_the_stack_with_a_sentence(start: Starter, open_folder: Path) -> None:
    stack = start(open_folder / "data")
    stack.wait_for("Journeymark is ready at")
    (server,) = named(stack.family, "/postgres -D ")
    os.kill(server, signal.SIGKILL)
    assert stack.ended() == 1
    assert "The process `postgres` ended by itself (signal 9); start again, nothing is lost." in stack.seen
    assert soon(lambda: not stack.survivors())
