"""The command line; each command imports what it needs when it runs, so that help comes at once."""

import argparse
import sys
from collections.abc import Sequence

from web.cli import ahead, capacity, cohort, credit, files, forecast, metrics, plan, service, simulate


def build_parser() -> argparse.ArgumentParser:
    """Describe all commands."""
    parser = argparse.ArgumentParser(
        prog="journeymark", description="Competency-based apprenticeship tracking, with reasons."
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    files.register(subparsers)
    ahead.register(subparsers)
    plan.register(subparsers)
    capacity.register(subparsers)
    metrics.register(subparsers)
    simulate.register(subparsers)
    forecast.register(subparsers)
    credit.register(subparsers)
    cohort.register(subparsers)
    service.register(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = build_parser().parse_args(sys.argv[1:] if argv is None else argv)
    return int(arguments.handler(arguments))
