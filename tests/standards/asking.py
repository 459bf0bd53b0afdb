"""Ask the questions of the documents' reference: text in, the answers of the command line out."""

from datetime import UTC, date, datetime
from textwrap import dedent, indent
from typing import Any

from graph.evaluating import Evaluation, evaluate
from graph.explaining import explain
from graph.fixing import fix
from standards.answers import Labels, evaluation_answer, explanation_answer, fix_answer
from standards.compiling import compile_world
from standards.goals import goal_of
from standards.naming import Names
from standards.problems import DocumentError
from standards.reading import Document, read_text
from standards.recording import person_of

Tree = dict[str, Any]
ENROLLED = "[{program: trade, registered: 2025-01-06}]"
VERIFIED = "status: verified"


def framework(items: str, header: str = "", name: str = "shop") -> str:
    """A framework with items as they stand in a document; ``header`` adds keys, beginning with a comma."""
    head = f'---\njourneymark: 1\nframework: {{id: {name}, title: A shop, version: "1"{header}}}\n'
    return head + dedent(items).strip("\n") + "\n"


def program(body: str, name: str = "trade") -> str:
    """A program with a body as it stands in a document."""
    head = f"---\njourneymark: 1\nprogram:\n  id: {name}\n  title: A trade\n  approach: competency\n"
    return head + indent(dedent(body).strip("\n"), "  ") + "\n"


def record(*evidence: str, enrolments: str = ENROLLED) -> str:
    """A record with pieces of evidence in flow style, without their braces."""
    lines = "".join(f"    - {{{entry}}}\n" for entry in evidence) or "    []\n"
    head = "---\njourneymark: 1\nrecord:\n  person: {id: p1, name: Ada Tran}\n"
    return f"{head}  enrolments: {enrolments}\n  evidence:\n{lines}"


def read(text: str, name: str = "shop.yaml") -> tuple[Document, ...]:
    """The documents of a text."""
    return read_text(name, text)


def refused(text: str, name: str = "shop.yaml") -> list[str]:
    """What is said about a text that cannot be read or compiled; empty where all is well."""
    try:
        compile_world(read_text(name, text))
    except DocumentError as error:
        return [str(problem) for problem in error.problems]
    return []


def evaluated(
    world: str, person: str, as_of: str, *, known_at: str | None = None, focus: str | None = "trade"
) -> Evaluation:
    """The evaluation of a record among the documents of a text."""
    documents = read(world)
    compiled = compile_world(documents)
    (given,) = read_text("record.yaml", person)
    known = datetime.fromisoformat(known_at) if known_at else None
    return evaluate(
        compiled,
        person_of(given, documents, compiled),
        program=focus,
        as_of=date.fromisoformat(as_of),
        known_at=known and (known if known.tzinfo else known.replace(tzinfo=UTC)),
    )


def answer(
    world: str, person: str, as_of: str, *, known_at: str | None = None, focus: str | None = "trade"
) -> Tree:
    """The answer of ``journeymark evaluate``."""
    found = evaluated(world, person, as_of, known_at=known_at, focus=focus)
    rule = found.program.completion if found.program else None
    return evaluation_answer(found, explain(found, rule) if rule is not None else None)


def explained(world: str, person: str, as_of: str, goal: str) -> Tree:
    """The answer of ``journeymark explain``."""
    found = evaluated(world, person, as_of)
    asked = goal_of(goal, Names(read(world)), found)
    labels = Labels(found.world)
    proof = explanation_answer(explain(found, asked.requirement, asked.scope), labels)
    return {**proof, **fix_answer(fix(found, asked.requirement, asked.scope), labels)}
