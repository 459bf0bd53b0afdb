"""The commands that run the service: the local stack, its single processes, and their care."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from web.settings import Settings
    from web.stack.replaying import Replayed

# Heavy modules are imported inside the handlers: `journeymark --help` must come at once.
# Printing is what a command is for.
# ruff: noqa: PLC0415, T201

OK = 0
FAILED = 1
REFUSED = 2

Handler = Callable[[argparse.Namespace, "Settings"], int]


def register(subparsers: Any) -> None:
    """Add the commands to the parser of `journeymark`."""
    up = _add(subparsers, "up", run_up, "run the whole local stack in the foreground; Ctrl-C stops it")
    up.add_argument("--demo", action="store_true", help="fill an empty database with the demo")
    up.add_argument("--data", metavar="FOLDER", help="data folder (JOURNEYMARK_DATA)")
    up.add_argument("--host", help="address to listen on (JOURNEYMARK_HOST)")
    up.add_argument("--port", help="port to listen on (JOURNEYMARK_PORT)")
    _add(subparsers, "migrate", run_migrate, "bring the database to this release")
    _add(subparsers, "demo", run_demo, "fill an empty database with the demo and print its people")
    _add(subparsers, "rebuild", run_rebuild, "work out anew what is kept of everybody's evidence")
    doctor = _add(subparsers, "doctor", run_doctor, "tell whether all is well; ends with 1 when it is not")
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")
    replay = _add(
        subparsers,
        "replay",
        run_replay,
        "make stored decisions again; ends with 1 when one comes out differently and nobody accepted that",
    )
    replay.add_argument(
        "--all",
        action="store_true",
        required=True,
        help="every decision about a raise, every request for credit",
    )
    replay.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print the differences"
    )
    replay.add_argument(
        "--json", action="store_const", const="json", dest="format", help="the same as --format json"
    )
    _add(subparsers, "serve", run_serve, "run the web server alone")
    _add(subparsers, "worker", run_worker, "run the jobs")
    _add(subparsers, "beat", run_beat, "hand out due work")


def _add(subparsers: Any, name: str, handler: Handler, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(name, help=words, description=words.capitalize())
    parser.set_defaults(
        handler=lambda arguments: in_service(
            lambda settings: handler(arguments, settings), _options(arguments)
        )
    )
    return parser


def in_service(work: Callable[["Settings"], int], options: Mapping[str, str] | None = None) -> int:
    """Run what needs the service with its settings; what cannot be done is said in one sentence."""
    from web.settings import Settings, SettingsError
    from web.stack.refusals import StackFailed, StackRefused

    try:
        return work(Settings.from_environment({**os.environ, **(options or {})}))
    except (SettingsError, StackRefused) as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except StackFailed as failure:
        print(failure, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return FAILED


def _options(arguments: argparse.Namespace) -> Mapping[str, str]:
    options = {"data": "JOURNEYMARK_DATA", "host": "JOURNEYMARK_HOST", "port": "JOURNEYMARK_PORT"}
    given = {variable: getattr(arguments, name, None) for name, variable in options.items()}
    return {variable: value for variable, value in given.items() if value}


def _in_stack(settings: "Settings") -> "Settings":
    """Complete the settings from a running stack, also for the processes that this one will start."""
    from web.stack.addresses import with_addresses

    complete = with_addresses(settings)
    os.environ.update(DATABASE_URL=complete.database_url or "", BROKER_URL=complete.broker_url or "")
    return complete


def run_up(arguments: argparse.Namespace, settings: "Settings") -> int:
    from web.stack.logbook import Logbook
    from web.stack.supervisor import Stack

    Stack(settings, Logbook(), with_demo=arguments.demo).run()
    return OK


def run_serve(_arguments: argparse.Namespace, settings: "Settings") -> int:
    settings = _in_stack(settings)
    from web.stack.serving import serve

    serve(settings)
    return OK


def run_migrate(_arguments: argparse.Namespace, settings: "Settings") -> int:
    from web.stack.upkeep import migrate

    for line in migrate(settings):
        print(line)
    return OK


def run_demo(_arguments: argparse.Namespace, settings: "Settings") -> int:
    from web.stack.upkeep import load_demo

    for line in load_demo(settings):
        print(line)
    return OK


def run_rebuild(_arguments: argparse.Namespace, settings: "Settings") -> int:
    from web.stack.upkeep import rebuild

    for line in rebuild(settings):
        print(line)
    return OK


def run_doctor(arguments: argparse.Namespace, settings: "Settings") -> int:
    from dataclasses import asdict

    from web.stack.checkup import examine

    findings = examine(settings)
    if arguments.json:
        checks = [asdict(finding) for finding in findings]
        print(json.dumps({"well": all(finding.well for finding in findings), "checks": checks}))
    else:
        for finding in findings:
            print(f"{'well  ' if finding.well else 'BROKEN'}  {finding.check}: {finding.words}")
            if finding.repair:
                print(f"        {finding.repair}")
    return OK if all(finding.well for finding in findings) else FAILED


def run_replay(arguments: argparse.Namespace, settings: "Settings") -> int:
    from web.stack.replaying import replay, shown

    found = replay(settings)
    if arguments.format == "json":
        print(json.dumps(shown(found)))
    else:
        _print_replay(found)
    return OK if found.well else FAILED


def _print_replay(found: "Replayed") -> None:
    raises = found.raises
    for one in raises.differences:
        print(one)
    for number in found.different:
        print(f"request {number}: the answer that it froze comes out differently")
    accepted = len(raises.differences) - len(raises.open)
    rest = f" ({accepted:,} of them accepted)" if accepted else ""
    print(
        f"Decisions made again: {raises.decisions:,}; come out differently: {len(raises.differences):,}{rest}."
    )
    print(f"Requests for credit: {found.requests:,}; come out differently: {len(found.different):,}.")


def run_worker(_arguments: argparse.Namespace, settings: "Settings") -> int:
    settings = _in_stack(settings)
    from web.stack.jobs import work

    work(settings)
    return OK


def run_beat(_arguments: argparse.Namespace, settings: "Settings") -> int:
    settings = _in_stack(settings)
    from web.stack.jobs import hand_out_due_work

    hand_out_due_work(settings)
    return OK
