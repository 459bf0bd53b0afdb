"""A framework as large as asked for, with rules of every shape: text, as an author would have written it."""

from random import Random

LAYER = 40
REACH = 3


def framework_text(items: int, seed: int = 2026) -> str:
    """Write a framework of `items` competencies and credentials in YAML: layers, each asking for the ones below.

    Two of three are competencies with prerequisites (all, one of, two of three); every third is a credential that
    proves one of them.
    """
    random = Random(seed)
    competencies, credentials = [], []
    for number in range(items):
        if number % 3 == 2:
            credentials.append(_credential(number, random))
        else:
            competencies.append(_competency(number, random))
    head = "journeymark: 1\nframework: {id: large, title: Large, version: '1', gate: advise}\n"
    return "".join([head, "competencies:\n", *competencies, "credentials:\n", *credentials])


def _competency(number: int, random: Random) -> str:
    proof = f", satisfied_by: {{credential: k{number + 1}}}" if number % 3 == 1 else ""
    return (
        f"  - {{id: c{number}, title: Competency {number}, prerequisites: {_rule(number, random)}{proof}}}\n"
    )


def _credential(number: int, random: Random) -> str:
    return f"  - {{id: k{number}, title: Credential {number}, prerequisites: {_rule(number, random)}}}\n"


def _rule(number: int, random: Random) -> str:
    below = [c for c in range(max(0, number - REACH * LAYER), number - LAYER) if c % 3 != 2]
    if len(below) < REACH:
        return "null"
    chosen = [f"{{competency: c{c}}}" for c in random.sample(below, REACH)]
    return random.choice(
        [
            f"{{all: [{chosen[0]}, {{any: [{chosen[1]}, {chosen[2]}]}}]}}",
            f"{{any: [{', '.join(chosen)}]}}",
            f"{{at_least: 2, of: [{', '.join(chosen)}]}}",
        ]
    )
