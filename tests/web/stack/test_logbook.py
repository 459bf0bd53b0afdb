import io
import os
import re
import threading
from pathlib import Path

import pytest

from web.stack.logbook import Logbook


def test_each_line_tells_the_time_and_who_said_it() -> None:
    target = io.StringIO()
    Logbook(target).write("web", "hello")
    assert re.fullmatch(r"\d\d:\d\d:\d\d web      \| hello\n", target.getvalue())


def test_a_line_without_a_speaker_stands_alone() -> None:
    target = io.StringIO()
    Logbook(target).write("", "Journeymark is ready")
    assert target.getvalue() == "Journeymark is ready\n"


@pytest.mark.parametrize(("no_color", "is_coloured"), [(False, True), (True, False)])
def test_colours_are_for_terminals_that_want_them(
    no_color: bool, is_coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as terminal:
        Logbook(terminal).write("web", "hello")
        shown = os.read(master, 1000)
    os.close(master)
    assert (b"\x1b[" in shown) is is_coloured


def test_lines_of_several_processes_are_never_mixed() -> None:
    target = io.StringIO()
    log = Logbook(target)

    def speak(name: str) -> None:
        with os.fdopen(log.listen(name), "w") as line:
            for _ in range(200):
                print(name * 20, file=line, flush=True)

    speakers = [threading.Thread(target=speak, args=(name,)) for name in "abcd"]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()
    log.finish()
    lines = target.getvalue().splitlines()
    assert len(lines) == 800
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d ([abcd]) +\| \1{20}", line) for line in lines)


def test_bytes_that_are_no_text_and_empty_lines_do_no_harm() -> None:
    target = io.StringIO()
    log = Logbook(target)
    with os.fdopen(log.listen("web"), "wb") as line:
        line.write(b"\xff\n\n  \nlast words without an end")
    log.finish()
    assert [line.partition("| ")[2] for line in target.getvalue().splitlines()] == [
        "�",
        "last words without an end",
    ]


def test_a_reader_that_goes_away_does_not_end_the_stack() -> None:
    source, target = os.pipe()
    os.close(source)
    with os.fdopen(target, "w") as gone:
        log = Logbook(gone)
        log.write("web", "nobody hears this")
        log.write("web", "nor this")
        assert os.fstat(target).st_rdev == Path(os.devnull).stat().st_rdev
