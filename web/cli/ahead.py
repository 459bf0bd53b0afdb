"""``what-if`` and ``next``: what would be, and what to do next, from files alone."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from web.cli import ahead_text, files

if TYPE_CHECKING:
    from graph.supposing import Difference, Supposition
    from standards.naming import Names
    from standards.reading import Document


def register(subparsers: Any) -> None:
    """Add the commands to the parser."""
    what_if = files.command(
        subparsers, "what-if", "what would change, had something been earned or revoked", _what_if
    )
    files.person(what_if)
    _supposed(what_if)
    following = files.command(subparsers, "next", "what one can start now, ranked by what it opens", _next)
    files.person(following)
    following.add_argument("--limit", type=_positive, metavar="N", help="the first N only; default all")
    following.add_argument(
        "--exact", action="store_true", help="search how much nearer each step brings, however long it takes"
    )


def _supposed(parser: argparse.ArgumentParser) -> None:
    forms = "credential:ID[#PART], competency:ID[=RATING], course:ID[=GRADE] or score:ID=VALUE"
    parser.add_argument(
        "--earn", action="append", default=[], metavar="ITEM", help=f"pretend earned: {forms}"
    )
    parser.add_argument(
        "--hours",
        action="append",
        default=[],
        metavar="IN=N",
        help="pretend worked: milling=40, ojl=8 or rti=8",
    )
    parser.add_argument(
        "--revoke", action="append", default=[], metavar="EVIDENCE", help="pretend taken back: an evidence id"
    )
    parser.add_argument(
        "--on", type=files.day, metavar="DATE", help="the day to ask about instead; all of it is of that day"
    )
    parser.add_argument(
        "--agreement",
        action="append",
        default=[],
        metavar="FILE",
        help="also the credit that a college gives",
    )


def _positive(word: str) -> int:
    if not word.isdecimal() or not int(word):
        raise argparse.ArgumentTypeError(f"{word!r} is no number of steps; write 5")
    return int(word)


def _what_if(arguments: argparse.Namespace) -> int:
    from graph.supposing import Difference, suppose  # noqa: PLC0415 - help must come at once
    from standards.comparisons import what_if_answer  # noqa: PLC0415

    agreements, beside = _agreements(arguments.agreement)
    evaluation, names, documents = files.situation(arguments, (*beside, *agreements))
    supposition = _supposition(arguments, names, evaluation, documents)
    difference = Difference(evaluation, suppose(evaluation, supposition))
    data = what_if_answer(difference, supposition)
    data["credit"] = [_credit(agreement, documents, difference) for agreement in agreements]
    files.write(arguments, data, lambda: ahead_text.what_if(evaluation, data))
    return files.ANSWERED


def _supposition(
    arguments: argparse.Namespace, names: "Names", evaluation: Any, documents: "Sequence[Document]"
) -> "Supposition":
    from standards.scales import score_ranges  # noqa: PLC0415 - help must come at once
    from standards.suppositions import Asked, Known, SuppositionError, supposition_of  # noqa: PLC0415

    asked = Asked(earn=arguments.earn, hours=arguments.hours, revoke=arguments.revoke, on=arguments.on)
    try:
        return supposition_of(asked, [Known(names, evaluation.world)], evaluation, score_ranges(documents))
    except SuppositionError as error:
        raise files.InputError(f"--{error.where} {error.word}: {error}") from error


def _agreements(names: Sequence[str]) -> "tuple[list[Document], list[Document]]":
    """The agreement of each file, and the frameworks and programs beside them."""
    from web.cli.credit import the_agreement  # noqa: PLC0415 - help must come at once

    found = [the_agreement(name) for name in names]
    return [agreement for agreement, _ in found], [document for _, beside in found for document in beside]


def _credit(
    agreement: "Document", documents: "Sequence[Document]", difference: "Difference"
) -> dict[str, Any]:
    from apprenticeship.credit.applicant import Applicant  # noqa: PLC0415 - help must come at once
    from apprenticeship.credit.articulation import articulate, awards_given  # noqa: PLC0415
    from apprenticeship.credit.change import CreditChange, change_answer  # noqa: PLC0415
    from standards.compiling import compile_awards  # noqa: PLC0415
    from standards.documents import AgreementDocument  # noqa: PLC0415

    if not isinstance(agreement.model, AgreementDocument):
        raise TypeError(agreement.kind)
    rules = compile_awards(agreement, documents)
    now, then = difference.before, difference.after
    before = articulate(agreement.model, rules, now, now.as_of)
    given = awards_given(agreement.model, rules, Applicant(then, then.as_of, asks_why=False))
    return change_answer(CreditChange(before, given))


def _next(arguments: argparse.Namespace) -> int:
    from graph.next_steps import next_steps, ways_of  # noqa: PLC0415 - help must come at once
    from standards.answers import Labels  # noqa: PLC0415
    from standards.comparisons import step_answer  # noqa: PLC0415
    from web.next_words import reasons  # noqa: PLC0415

    evaluation, _, _ = files.situation(arguments)
    steps = next_steps(evaluation, ways_of(evaluation), exact=arguments.exact)
    labels = Labels(evaluation.world)
    shown = steps[: arguments.limit]
    data = {
        "as_of": evaluation.as_of.isoformat(),
        "known_at": evaluation.known_at.isoformat() if evaluation.known_at else None,
        "program": evaluation.focus,
        "person": evaluation.person.id,
        "steps": [{**step_answer(step, labels), "why": reasons(evaluation.world, step)} for step in shown],
        "more": len(steps) - len(shown),
    }
    files.write(arguments, data, lambda: ahead_text.steps(evaluation, data))
    return files.ANSWERED
