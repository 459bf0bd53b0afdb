"""``cohort``: everybody in a program, or in each, looked at by the workers of a running stack."""

import argparse
from typing import TYPE_CHECKING, Any

from web.cli import cohort_text, files

if TYPE_CHECKING:
    from standards.reading import Document
    from web.settings import Settings

NEWEST = "newest"


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    words = "everybody in a program, and what other standards would do to them"
    parser = files.command(subparsers, "cohort", words, _cohort)
    parser.add_argument("--program", metavar="ID", help="one program; default each that is published")
    parser.add_argument(
        "--as-of", type=files.day, metavar="DATE", help="what was true then; default today (UTC)"
    )
    parser.add_argument(
        "--by",
        action="append",
        default=[],
        metavar="FILE",
        help=f"a dry run: frameworks and programs to look by as well, - for standard input; "
        f"'{NEWEST}' for what is published",
    )
    parser.add_argument(
        "--keep", action="store_true", help="put the results in force of everybody that pages show"
    )


def _cohort(arguments: argparse.Namespace) -> int:
    from web.cli.service import in_service  # noqa: PLC0415 - help must come at once

    if arguments.keep and arguments.by:
        raise files.InputError("--keep with --by: a dry run is never put in force; leave out one of them")
    if arguments.keep and arguments.as_of:
        raise files.InputError("--keep with --as-of: what is kept is of today; leave out one of them")
    if arguments.by and not arguments.program:
        raise files.InputError("--by without --program: name the program whose people it is about")
    draft = _draft(arguments.by)
    return in_service(lambda settings: _look(arguments, draft, settings))


def _draft(words: list[str]) -> "tuple[Document, ...] | None":
    """The documents of a dry run; none in it for what is published, None where there is no dry run."""
    if not words:
        return None
    named = [word for word in words if word != NEWEST]
    return files.read(named) if named else ()


def _look(arguments: argparse.Namespace, draft: "tuple[Document, ...] | None", settings: "Settings") -> int:
    from web.stack.cohorts import looked  # noqa: PLC0415 - help must come at once

    found = looked(
        settings,
        arguments.program,
        draft,
        as_of=arguments.as_of,
        keep=arguments.keep,
        watch=cohort_text.bar(),
    )
    files.write(arguments, {"programs": found}, lambda: cohort_text.programs(found))
    return files.ANSWERED
