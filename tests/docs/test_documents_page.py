"""The pages are true: their documents are read, their commands run, their answers compared."""

import json
import re
import shlex
import subprocess
import sys
from glob import glob
from pathlib import Path

import pytest

from standards.compiling import compile_world
from standards.complaints import known_keys
from standards.linting import INFOS, WARNINGS
from standards.reading import read_files
from standards.schemas import FORMS
from tests.standards.test_broken_documents import FINDINGS
from web.cli import main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
REFERENCE = ROOT / "docs" / "documents.md"
ABOUT_ONE = ("evaluate", "explain", "what-if", "plan", "next", "articulate")
FROM_FILES = (*ABOUT_ONE, "lint", "metrics", "simulate", "schema")
STAND_INS = {"my-standard.yaml": "standards/catalog/nims-machining-1.yaml"}
"""Files that a reader has and we have not."""

FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^    journeymark ((?:.|\\\n)*?)$(?<!\\)", re.MULTILINE)


def named(page: Path) -> dict[str, str]:
    """The complete documents of a page: fences such as ``yaml ada.yaml``."""
    found = {}
    for info, body in FENCE.findall(page.read_text()):
        language, _, name = info.partition(" ")
        if language in ("yaml", "json") and name:
            found[name] = body
    return found


def shown(page: Path) -> list[tuple[str, int, str]]:
    """(command, exit code, what it says) of the consoles of a page."""
    found = []
    for info, body in FENCE.findall(page.read_text()):
        if info.startswith("console"):
            command, _, said = body.partition("\n")
            found.append((command.removeprefix("$ "), int(info.partition("exit ")[2] or 0), said))
    return found


def advised(page: Path) -> list[str]:
    """The indented commands of a page that need no server."""
    commands = (" ".join(text.replace("\\\n", " ").split()) for text in INDENTED.findall(page.read_text()))
    return [command for command in commands if command.split()[0] in FROM_FILES]


ADVISED = [(page, command) for page in PAGES for command in advised(page)]
SHOWN = [(page, *console) for page in PAGES for console in shown(page)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_something_to_run() -> None:
    assert len(ADVISED) >= 5
    assert len(SHOWN) >= 5
    assert {"shop-basics.yaml", "lathe-hand.yaml", "ada.yaml", "lakeside.yaml"} <= named(REFERENCE).keys()


@pytest.mark.parametrize("page", [page for page in PAGES if named(page)], ids=lambda page: page.stem)
def test_complete_documents_are_read_compiled_and_linted(
    page: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = {name: body for name, body in named(page).items() if not name.startswith(("wrong", "assumed"))}
    for name, body in whole.items():
        (folder / name).write_text(body)
    compile_world([d for d in read_files(whole) if d.kind != "record"])
    assert main(["lint", *whole]) == 0
    assert capsys.readouterr().out == "no findings\n"


@pytest.mark.parametrize("console", SHOWN, ids=lambda console: console[1][:70])
def test_a_command_says_what_the_page_shows(
    console: tuple[Path, str, int, str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, command, code, said = console
    for name, body in named(page).items():
        (folder / name).write_text(body)
    program, *arguments = shlex.split(command)
    assert program == "journeymark"
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert (err if code else out) == said
    assert (out if code else err) == ""


@pytest.mark.parametrize(("page", "command"), ADVISED, ids=lambda value: str(value)[-60:])
def test_an_advised_command_succeeds(
    page: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    words = [STAND_INS.get(word, word) for word in shlex.split(command)]
    arguments = [name for word in words for name in (sorted(glob(word)) if "*" in word else [word])]  # noqa: PTH207
    assert main(arguments) == 0, f"{page}: {capsys.readouterr().err}"
    assert capsys.readouterr().out


@pytest.mark.parametrize("kind", FORMS)
def test_the_reference_names_every_key(kind: str) -> None:
    words = set(re.findall(r"[a-z_0-9]+", REFERENCE.read_text()))
    assert known_keys(FORMS[kind]) - words == set()


def test_the_reference_names_every_key_of_the_answers(capsys: pytest.CaptureFixture[str]) -> None:
    words = set(re.findall(r"[a-z_0-9]+", REFERENCE.read_text().partition("### Answers as JSON")[2]))
    record = str(ROOT / "docs" / "worked-example" / "record.yaml")
    asked = ["--record", record, "--program", "machinist", "--as-of", "2026-11-21", "--format", "json"]
    main(["evaluate", *asked])
    evaluated = json.loads(capsys.readouterr().out)
    main(["explain", *asked, "--goal", "step:s3"])
    explained = json.loads(capsys.readouterr().out)
    of_items = [next(iter(evaluated[kind].values())) for kind in ("competencies", "credentials", "hours")]
    main(["metrics", "--format", "json"])
    measured = json.loads(capsys.readouterr().out)
    of_items += [measured["totals"], measured["credentials"]["mms"], measured]
    main(["simulate", "--program", "machinist", "--apprentices", "20", "--format", "json"])
    simulated = json.loads(capsys.readouterr().out)
    of_items += [simulated, simulated["goals"][-1], simulated["goals"][-1]["months"], simulated["moments"][0]]
    of_items += [simulated["items"][0], simulated["assumptions"], simulated["assumptions"]["pass_rate"]]
    for answer in (evaluated, *of_items, evaluated["wage"], evaluated["completion"], explained):
        assert answer.keys() - words == set()


def test_the_reference_names_every_finding_with_its_severity() -> None:
    rows = re.findall(r"^\| (`.*`) \| (error|warning|info) \| ", REFERENCE.read_text(), re.MULTILINE)
    told = {code: severity for codes, severity in rows for code in re.findall(r"`([a-z-]+)`", codes)}
    made = {code: severity for findings in FINDINGS.values() for code, severity, _ in findings}
    assert told == {**made, "too-deep": "error"}
    assert {code for code, severity in told.items() if severity == "warning"} == WARNINGS
    assert {code for code, severity in told.items() if severity == "info"} == INFOS


def test_the_commands_of_the_reference_are_those_of_the_command_line() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "web.cli", "--help"], capture_output=True, text=True, check=True
    )
    known = set(re.findall(r"^    ([a-z]+)\b", said.stdout, re.MULTILINE))
    for page in PAGES:
        told = set(re.findall(r"`journeymark ([a-z]+)", page.read_text()))
        assert told - known == set(), page
