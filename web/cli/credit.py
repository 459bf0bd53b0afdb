"""``articulate``: what a college may give for one person's record, from files alone."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from web.cli import credit_text, files

if TYPE_CHECKING:
    from standards.reading import Document


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser = files.command(subparsers, "articulate", "the college credit that one record earns", _articulate)
    files.documents(parser)
    parser.add_argument("--record", required=True, metavar="FILE", help="the person's record")
    parser.add_argument("--agreement", required=True, metavar="FILE", help="the college's agreement")
    files.dates(parser)


def _articulate(arguments: argparse.Namespace) -> int:
    from apprenticeship.credit.answers import credit_answer  # noqa: PLC0415 - help must come at once
    from apprenticeship.credit.articulation import articulate  # noqa: PLC0415
    from graph.evaluating import evaluate  # noqa: PLC0415
    from standards.answers import Labels  # noqa: PLC0415
    from standards.compiling import compile_awards, compile_world  # noqa: PLC0415
    from standards.documents import AgreementDocument  # noqa: PLC0415
    from standards.recording import person_of  # noqa: PLC0415

    agreement, beside = the_agreement(arguments.agreement)
    documents = (*(d for d in files.read(arguments.files) if d.kind in ("framework", "program")), *beside)
    record = files.the_record(arguments.record)
    world = compile_world([*documents, agreement])
    rules = compile_awards(agreement, documents)
    as_of = arguments.as_of or datetime.now(UTC).date()
    person = person_of(record, documents, world)
    evaluation = evaluate(world, person, program=None, as_of=as_of, known_at=arguments.known_at)
    if not isinstance(agreement.model, AgreementDocument):
        raise TypeError(agreement.kind)
    answer = articulate(agreement.model, rules, evaluation, as_of)
    data = {"person": person.id, **credit_answer(answer, Labels(world))}
    files.write(arguments, data, lambda: credit_text.credit(person.name or person.id, data))
    return files.ANSWERED


def the_agreement(name: str) -> "tuple[Document, tuple[Document, ...]]":
    """The one agreement of a file, and the frameworks and programs beside it."""
    found = files.read([name])
    agreements = [document for document in found if document.kind == "agreement"]
    if len(agreements) != 1:
        raise files.InputError(f"{name}: {len(agreements)} agreements; give a file with exactly one")
    return agreements[0], tuple(d for d in found if d.kind in ("framework", "program"))
