"""``metrics``: what blocks, what delays and where everything must pass, from files alone."""

import argparse
from typing import Any

from web.cli import files, metrics_text


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser = files.command(subparsers, "metrics", "measures of prerequisites, and the longest path", _metrics)
    files.documents(parser)


def _metrics(arguments: argparse.Namespace) -> int:
    from graph.metrics import measure  # noqa: PLC0415 - help must come at once
    from standards.answers import Labels  # noqa: PLC0415
    from standards.compiling import compile_world  # noqa: PLC0415
    from standards.measuring import metrics_answer  # noqa: PLC0415

    world = compile_world(files.read(arguments.files))
    data = metrics_answer(measure(world), Labels(world))
    files.write(arguments, data, lambda: metrics_text.metrics(data))
    return files.ANSWERED
