import io
import os

import pytest
import structlog

from web.settings import Settings
from web.stack.logbook import Logbook
from web.stack.speaking import speak_plainly
from web.stack.wording import reworded


@pytest.mark.parametrize(
    ("speaker", "line", "words"),
    [
        (
            "postgres",
            "LOG:  database system is ready to accept connections",
            "database system is ready to accept connections",
        ),
        ("postgres", 'LOG:  listening on Unix socket "/tmp/jm-x/.s.PGSQL.5432"', ""),
        ("postgres", "FATAL:  could not write lock file", "FATAL:  could not write lock file"),
        ("postgres", "ERROR:  duplicate key value", "ERROR:  duplicate key value"),
        (
            "broker",
            "18356:M 22 Nov 2026 02:29:05.986 # Valkey is now ready to exit, bye bye...",
            "Valkey is now ready to exit, bye bye...",
        ),
        (
            "broker",
            "18356:M 22 Nov 2026 02:29:05.986 # WARNING Memory overcommit must be enabled! Without it, ...",
            "",
        ),
        ("broker", "18356:signal-handler (1795314545) Received SIGTERM scheduling shutdown...", ""),
        (
            "broker",
            "18356:M 22 Nov 2026 02:29:05.986 # Out Of Memory allocating 64 bytes!",
            "Out Of Memory allocating 64 bytes!",
        ),
        ("web", "[INFO] Listening at: http://127.0.0.1:8000", "Listening at: http://127.0.0.1:8000"),
        ("web", "[INFO] Spawning worker-1 with PID: 12", ""),
        (
            "web",
            "[ERROR] Application callable raised an exception",
            "[ERROR] Application callable raised an exception",
        ),
        (
            "worker",
            "[2026-11-22 02:29:05,986: ERROR/MainProcess] consumer: cannot connect",
            "consumer: cannot connect",
        ),
        ("beat", "hands out due work", "hands out due work"),
        ("", "LOG:  as it is", "LOG:  as it is"),
    ],
)
def test_a_line_loses_its_stamp_and_idle_talk_is_left_out(speaker: str, line: str, words: str) -> None:
    assert reworded(speaker, line) == words


def test_the_log_holds_the_reworded_lines() -> None:
    target = io.StringIO()
    log = Logbook(target)
    pipe = log.listen("web")
    os.write(pipe, b"[INFO] Spawning worker-1 with PID: 12\n[INFO] Started worker-1\n")
    os.close(pipe)
    log.finish()
    (line,) = target.getvalue().splitlines()
    assert line.endswith("web      | Started worker-1")


def test_our_own_processes_say_what_failed_and_show_no_local_variables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    secret = "swordfish"
    speak_plainly(Settings(log_level="info"))
    log = structlog.get_logger()
    try:
        log.debug("left out")
        log.info("errand done", errand=7)
        _fail(secret)
    except ValueError:
        log.exception("errand given up", errand=8)
    finally:
        structlog.reset_defaults()
    said = capsys.readouterr().out
    assert said.startswith("errand done errand=7\nerror: errand given up errand=8\n")
    assert "ValueError: 9 characters" in said
    assert secret not in said
    assert "left out" not in said


def _fail(password: str) -> None:
    raise ValueError(f"{len(password)} characters")
