"""Help, command lines that are not understood, and the installed command."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DOCUMENT = b'journeymark: 1\nframework: {id: shop, title: Shop, version: "1"}\n'


@pytest.mark.parametrize("command", ["lint", "evaluate", "explain", "metrics", "schema"])
def test_help_says_what_a_command_takes(run: Any, command: str) -> None:
    said = run(command, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"usage: journeymark {command}")
    assert "--format {json,text}" in said.out


@pytest.mark.parametrize(
    "arguments", [[], ["lnt"], ["evaluate"], ["schema", "person"], ["lint", "--fromat", "json"]]
)
def test_a_command_line_that_is_not_understood_ends_with_2(run: Any, arguments: list[str]) -> None:
    said = run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("usage: journeymark")


def test_the_installed_command_reads_standard_input_and_survives_a_closed_pipe() -> None:
    command = [str(Path(sys.executable).with_name("journeymark")), "lint", "-"]
    whole = subprocess.run(command, input=DOCUMENT, capture_output=True, check=False)
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, b"no findings\n", b"")
    reader, writer = os.pipe()
    os.close(reader)
    unread = subprocess.run(command, input=DOCUMENT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (unread.returncode, unread.stderr) == (0, b"")
