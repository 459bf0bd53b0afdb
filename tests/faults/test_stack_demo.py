"""The whole of `journeymark up --demo`: the real web server, worker, beat, database and broker."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.faults.processes import Watched, free_port

pytestmark = [pytest.mark.stack, pytest.mark.faults]

PATIENCE = 120.0
MOST_REDIRECTS = 5
LINE = re.compile(r"\d\d:\d\d:\d\d (postgres|broker|web|worker|beat|stack) +\| \S.*")

Starter = Callable[[Path], Watched]


@pytest.fixture
def up() -> Iterator[Starter]:
    started: list[Watched] = []

    def run(folder: Path) -> Watched:
        words = ["up", "--demo", "--data", str(folder), "--port", str(free_port())]
        # a process group of its own, as a shell gives it: Ctrl-C reaches everybody in it
        started.append(
            Watched(
                [sys.executable, "-P", "-m", "web.cli", *words],
                {"PATH": os.environ["PATH"]},
                start_new_session=True,
            )
        )
        return started[-1]

    yield run
    for watched in started:
        watched.clear_up()


def press_ctrl_c(stack: Watched) -> int:
    stack.remember()
    os.killpg(stack.process.pid, signal.SIGINT)
    return stack.ended()


def sign_in(address: str, login: str, password: str) -> str:
    """Sign in as a browser does, and return the page that comes in the end."""
    form = urlencode({"login": login, "password": password, "next": "/"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": address}
    cookies = SimpleCookie()
    with closing(http.client.HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)) as connection:
        connection.request("POST", "/sign-in", form, headers)
        for _ in range(MOST_REDIRECTS):
            answer = connection.getresponse()
            text = answer.read().decode()
            cookies.load(answer.getheader("Set-Cookie") or "")
            if answer.status == http.HTTPStatus.OK:
                return text
            assert answer.status == http.HTTPStatus.SEE_OTHER, text
            cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
            connection.request("GET", answer.getheader("Location") or "", headers={"Cookie": cookie})
    raise AssertionError("sent round in a circle")


def cohort(folder: Path, *words: str) -> Any:
    """Look at everybody from the command line, through the workers of a running stack."""
    asked = [sys.executable, "-P", "-m", "web.cli", "cohort", "--format", "json", *words]
    surroundings = {"PATH": os.environ["PATH"], "JOURNEYMARK_DATA": str(folder)}
    said = subprocess.run(asked, env=surroundings, check=True, capture_output=True, timeout=PATIENCE)
    return json.loads(said.stdout)["programs"]


def test_the_demo_comes_up_lets_people_in_and_leaves_nothing_after_ctrl_c(
    up: Starter, open_folder: Path
) -> None:
    stack = up(open_folder / "data")
    address = stack.wait_for("Journeymark is ready at", PATIENCE).rpartition(" ")[2]
    if not any("waits for jobs" in line for line in stack.seen):
        stack.wait_for("waits for jobs", PATIENCE)
    said = "\n".join(stack.seen)
    assert "  mentors: maria, tunde" in said
    (password,) = re.findall(r"everybody's password: (.+)", said)

    with urllib.request.urlopen(f"{address}/sign-in") as page:  # noqa: S310 (our own server)
        assert page.status == http.HTTPStatus.OK
    assert "Ada Tran" in sign_in(address, "ada", password)
    (machinists,) = cohort(open_folder / "data", "--program", "machinist", "--by", "newest")
    assert machinists["candidate"]["unchanged"] == machinists["people"] == 18
    kept = cohort(open_folder / "data", "--keep")
    assert [(one["program"], one["people"]) for one in kept] == [
        ("cnc-machinist-hybrid", 11),
        ("cnc-operator-turning", 10),
        ("machinist", 18),
    ]
    folder = json.loads((open_folder / "data" / "stack.json").read_text())
    assert folder["process"] == stack.process.pid

    assert press_ctrl_c(stack) == 0
    assert len(stack.family) >= 8
    assert stack.survivors() == set()
    assert not (open_folder / "data" / "stack.json").exists()
    spoken = [line for line in stack.seen if re.match(r"\d\d:", line)]
    assert {words[1] for line in spoken if (words := line.split())} == {
        "postgres",
        "broker",
        "web",
        "worker",
        "beat",
        "stack",
    }
    assert all(LINE.fullmatch(line) for line in spoken)

    again = up(open_folder / "data")
    address = again.wait_for("Journeymark is ready at", PATIENCE).rpartition(" ")[2]
    assert "The demo is there already; what was done in it stays." in again.seen
    assert "Ada Tran" in sign_in(address, "ada", password)
    assert press_ctrl_c(again) == 0
    assert again.survivors() == set()
