"""From a world and a program in focus to its gates, with everything that can be asked of it."""

from dataclasses import astuple

from graph.gates.building import Builder, Finished
from graph.gates.measuring import measure_of, nodes_of, placed
from graph.gates.parts import part_of, placed_part, read_by
from graph.gates.program import CompetencyNodes, CredentialNodes, GateProgram, Measure, Part
from graph.gates.rules import Rules
from graph.order import Node, Scope, previous_step
from graph.world import Program, World


def compile_gates(world: World, focus: str | None) -> GateProgram:
    """Compile a program version, read in the context of the program ``focus``; None for items only.

    Raises:
        KeyError: there is no such program.
    """
    program = None if focus is None else world.programs[focus]
    builder = Builder()
    rules = Rules(builder, world, focus)
    rules.build()
    lasting = Rules(builder, world, focus, real=rules)
    lasting.build()
    competencies = _competencies(rules, lasting)
    credentials = _credentials(rules)
    steps = () if program is None else _steps(rules, program)
    completion = None if program is None else _completion(rules, program)
    measures = [measure for _, measure in (*steps, completion or (0, None)) if measure is not None]
    parts = [] if program is None else _parts(rules, program)
    done = builder.finish(
        [
            *(node for nodes in competencies.values() for node in astuple(nodes)),
            *(node for nodes in credentials.values() for node in astuple(nodes)),
            *(node for node, _ in steps),
            *(node for measure in measures for node in nodes_of(measure)),
            *(() if completion is None else completion[:1]),
            *(node for part in parts if part is not None for node in read_by(part)),
        ]
    )
    return GateProgram(
        world,
        focus,
        done.inputs,
        done.gates,
        done.knots,
        done.sequence,
        {key: CompetencyNodes(*map(done.at, astuple(nodes))) for key, nodes in competencies.items()},
        {key: CredentialNodes(*map(done.at, astuple(nodes))) for key, nodes in credentials.items()},
        tuple((done.at(node), _placed(measure, done)) for node, measure in steps),
        None if completion is None else (done.at(completion[0]), placed(completion[1], done)),
        tuple(None if part is None else placed_part(part, done) for part in parts),
    )


def _competencies(rules: Rules, lasting: Rules) -> dict[str, CompetencyNodes]:
    return {
        key: CompetencyNodes(
            rules.met(key), rules.waived("competency", key), lasting.met(key), rules.ready(item)
        )
        for key, item in rules.world.competencies.items()
    }


def _credentials(rules: Rules) -> dict[str, CredentialNodes]:
    return {
        key: CredentialNodes(
            rules.current(key),
            rules.held(key),
            rules.waived("credential", key),
            rules.begun(key),
            rules.ready(item),
        )
        for key, item in rules.world.credentials.items()
    }


def _steps(rules: Rules, program: Program) -> tuple[tuple[int, Measure | None], ...]:
    found = []
    for step in program.steps:
        scope = Scope(program.key, previous_step(rules.world, step.key))
        measure = None if step.when is None else measure_of(rules, step.when, scope)
        found.append((rules.node(Node("step", step.key)), measure))
    return tuple(found)


def _parts(rules: Rules, program: Program) -> list[Part | None]:
    """The rules of all steps, and then that of completion, taken apart; None for those without a rule."""
    asked = [(step.when, Scope(program.key, previous_step(rules.world, step.key))) for step in program.steps]
    asked.append((program.completion, Scope(program.key)))
    return [None if rule is None else part_of(rules, rule, scope) for rule, scope in asked]


def _completion(rules: Rules, program: Program) -> tuple[int, Measure] | None:
    if program.completion is None:
        return None
    measure = measure_of(rules, program.completion, Scope(program.key))
    return rules.node(Node("program", program.key)), measure


def _placed(measure: Measure | None, done: Finished) -> Measure | None:
    return None if measure is None else placed(measure, done)
