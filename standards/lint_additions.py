"""Findings about programs that extend a registered core: they may add to it, and never drop or lower anything.

What a sponsor adds to a registered standard leaves the standard whole: each work process with its hours and
competencies, related instruction, the term, what completion asks, the ratio, and what every wage step pays, no later.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from graph.evaluating import cents_of
from graph.implication import Implication
from graph.requirement import (
    All,
    AtLeast,
    CompetencyCount,
    Group,
    HoursLeaf,
    MonthsLeaf,
    NamedLeaf,
    ProgramLeaf,
    Requirement,
    StepLeaf,
    leaves,
)
from graph.world import Program, WorkProcess, World
from standards.problems import Complaint, Path
from standards.written import Given

Said = tuple[str, Path, str, str]
"""(code, path within the program, what is wrong, what would be right)."""
DROPPED, LOWERED = "core-dropped", "core-lowered"
FIRST_DAY = date(1, 1, 1)
DEEPEST = 100


def addition_findings(given: Given) -> Iterator[Complaint]:
    """All findings about what programs leave out of the programs that they extend."""
    programs = given.world.programs
    for key, program in programs.items():
        if program.extends is None:
            continue
        document, path = given.places["program", key]
        for code, place, what, right in _said(programs.get(program.extends), program, given.world):
            yield code, document.source.problem((*path, *place), what, right)


def _said(core: Program | None, program: Program, world: World) -> Iterator[Said]:
    if program.extends == program.key:
        yield "extends-itself", ("extends",), f"{program.key} extends itself", "name the registered program"
    elif core is None:
        what = f"the program {program.extends!r} is in no document given, so nothing was compared"
        yield "core-not-given", ("extends",), what, "give the document of the registered program as well"
    elif _circle(program, world):
        what = f"{program.key} extends {program.extends}, which extends it again"
        yield "extends-itself", ("extends",), what, "take one of them out"
    else:
        moved = _moving(core, program, world)
        for check in (_frameworks, _processes, _amounts, _ratio):
            yield from check(core, program)
        yield from _completion(core, program, moved, Implication(world))
        yield from _steps(core, program, moved, Implication(world))


def _circle(program: Program, world: World) -> bool:
    seen, at = {program.key}, program.extends
    while at is not None and at in world.programs:
        if at in seen:
            return True
        seen.add(at)
        at = world.programs[at].extends
    return False


def _bare(key: str) -> str:
    return key.rpartition(":")[2]


def _frameworks(core: Program, program: Program) -> Iterator[Said]:
    for name in core.frameworks:
        if name not in program.frameworks:
            yield DROPPED, ("uses",), f"the core uses {name}, and this does not", f"add {name}"


def _processes(core: Program, program: Program) -> Iterator[Said]:
    own = {_bare(one.key): (at, one) for at, one in enumerate(program.work_processes)}
    for process in core.work_processes:
        name = _bare(process.key)
        if name not in own:
            what = f"the work process {name} of the core is missing"
            yield DROPPED, ("work_processes",), what, f"add {name}"
            continue
        at, found = own[name]
        for code, place, what, right in _process(process, found):
            yield code, ("work_processes", at, *place), f"{name}: {what}", right


def _process(core: WorkProcess, found: WorkProcess) -> Iterator[Said]:
    missing = sorted(core.competencies - found.competencies)
    for key in missing:
        yield DROPPED, ("competencies",), f"the competency {key} of the core is missing", f"add {key}"
    if _is_less(found.minimum, core.minimum):
        yield _lowered(("hours", "min"), found.minimum, core.minimum)
    if core.minimum is not None and found.maximum is not None and found.maximum < core.minimum:
        yield _lowered(("hours", "max"), found.maximum, core.minimum)


def _is_less(found: int | None, core: int | None) -> bool:
    return core is not None and (found is None or found < core)


def _lowered(place: Path, found: int | None, core: int | None, unit: str = "hours") -> Said:
    per = 60 if unit == "hours" else 1
    said = "nothing" if found is None else f"{found / per:g} {unit}"
    asked = f"{(core or 0) / per:g} {unit}"
    return LOWERED, place, f"{said}, and the core asks {asked}", f"{asked} or more"


def _amounts(core: Program, program: Program) -> Iterator[Said]:
    if _is_less(program.rti_minutes, core.rti_minutes):
        yield _lowered(("related_instruction", "hours"), program.rti_minutes, core.rti_minutes)
    if _is_less(program.term_minutes, core.term_minutes):
        yield _lowered(("term", "hours", "min"), program.term_minutes, core.term_minutes)
    if _is_less(program.term_months, core.term_months):
        yield _lowered(("term", "months"), program.term_months, core.term_months, "months")


def _ratio(core: Program, program: Program) -> Iterator[Said]:
    if core.ratio is None:
        return
    asked = f"{core.ratio[0]}:{core.ratio[1]}"
    if program.ratio is None or program.ratio[0] * core.ratio[1] > core.ratio[0] * program.ratio[1]:
        said = "no ratio" if program.ratio is None else f"{program.ratio[0]}:{program.ratio[1]}"
        what = f"{said} has more apprentices to a journeyworker than the core, which has {asked}"
        yield LOWERED, ("ratio",), what, f"{asked}, or more journeyworkers"


Moving = Callable[[Requirement], Requirement]


def _moving(core: Program, program: Program, world: World) -> Moving:
    """Return what writes a rule of the core as a rule of the program that extends it.

    Work processes and steps of the core stand for those of the same id; its named requirements are written out.
    """

    def within(key: str) -> str:
        return f"{program.key}:{_bare(key)}" if key.startswith(f"{core.key}:") else key

    def moved(rule: Requirement, depth: int = 0) -> Requirement:
        if isinstance(rule, Group):
            return replace(rule, members=tuple(moved(one, depth) for one in rule.members))
        if isinstance(rule, NamedLeaf) and rule.key.startswith(f"{core.key}:") and depth < DEEPEST:
            return moved(world.requirements[rule.key].when, depth + 1)
        return _leaf(rule, within, core, program)

    return moved


def _leaf(rule: Requirement, within: Callable[[str], str], core: Program, program: Program) -> Requirement:
    match rule:
        case HoursLeaf():
            return replace(rule, within=within(rule.within))
        case CompetencyCount() if rule.work_process is not None:
            return replace(rule, work_process=within(rule.work_process))
        case StepLeaf():
            return replace(rule, key=within(rule.key))
        case ProgramLeaf() if rule.key == core.key:
            return replace(rule, key=program.key)
    return rule


def _completion(core: Program, program: Program, moved: Moving, implication: Implication) -> Iterator[Said]:
    """Name every condition of the core's completion that is not asked for certain."""
    if core.completion is None:
        return
    if program.completion is None:
        yield DROPPED, (), "the core says what completion asks, and this does not", "add completion:"
        return
    for place, part in enumerate(_conditions(moved(core.completion))):
        if not implication.holds(program.completion, part):
            what = f"condition {place + 1} of the core's completion ({core.completion.clause}) is not asked for certain"
            yield LOWERED, ("completion",), what, "ask everything that the core asks, as it is written there"


def _conditions(rule: Requirement) -> tuple[Requirement, ...]:
    everything = isinstance(rule, All) or (isinstance(rule, AtLeast) and rule.needed == len(rule.members))
    return tuple(rule.members) if everything and isinstance(rule, Group) else (rule,)


def _steps(core: Program, program: Program, moved: Moving, implication: Implication) -> Iterator[Said]:
    own = {_bare(one.key): at for at, one in enumerate(program.steps)}
    kept = [_bare(one.key) for one in core.steps if _bare(one.key) in own]
    if sorted(kept, key=lambda name: own[name]) != kept:
        what = "the steps of the core stand in another order"
        yield LOWERED, ("wages", "steps"), what, f"{', '.join(kept)}, in this order"
    for step in core.steps:
        name = _bare(step.key)
        if name not in own:
            yield DROPPED, ("wages", "steps"), f"the wage step {name} of the core is missing", f"add {name}"
            continue
        at = own[name]
        found, place = program.steps[at], ("wages", "steps", at)
        if step.percent is not None and (found.percent or 0) < step.percent and found.cents is None:
            what = f"{name} pays {(found.percent or 0) / 100:g} %, and the core pays {step.percent / 100:g} %"
            yield LOWERED, (*place, "percent"), what, f"{step.percent / 100:g} % or more"
        yield from _pay(core, program, at, step.key)
    yield from _later(core, program, moved, implication)


def _later(core: Program, program: Program, moved: Moving, implication: Implication) -> Iterator[Said]:
    """Name every step that somebody has to climb here before they are paid what the core pays them already.

    Steps are climbed in order, so a step that is put in between has to be reached with the step of the core after it.
    """
    own = {_bare(one.key): at for at, one in enumerate(program.steps)}
    reached: list[Requirement] = []
    looked = 0
    for place, step in enumerate(core.steps):
        reached += [] if step.when is None else [moved(step.when)]
        at = own.get(_bare(step.key), -1)
        for here in range(looked, at + 1):
            rule = program.steps[here].when
            if rule is None:
                continue
            moved_on = _counts_from_a_step(rule) and not _same_before(core, place, program, here)
            if moved_on or not reached or not implication.holds(All(tuple(reached)), rule):
                what = f"whoever reaches {_bare(step.key)} in the core has not reached {_bare(program.steps[here].key)}"
                yield (
                    LOWERED,
                    ("wages", "steps", here, "when"),
                    f"{what} here for certain, and is paid later",
                    "ask no more than the core asks up to that step",
                )
        looked = max(looked, at + 1)


def _counts_from_a_step(rule: Requirement) -> bool:
    return any(isinstance(leaf, MonthsLeaf) and leaf.since == "step" for leaf in leaves(rule))


def _same_before(core: Program, place: int, program: Program, here: int) -> bool:
    """Whether a step and that of the core follow the same step, so that months since it are the same months."""
    before = [_bare(one.steps[at - 1].key) if at else None for one, at in ((core, place), (program, here))]
    return before[0] == before[1] and _bare(core.steps[place].key) == _bare(program.steps[here].key)


def _pay(core: Program, program: Program, at: int, step: str) -> Iterator[Said]:
    """Compare dollars on every day on which a journey rate of either begins; the first that is lower is named."""
    days = sorted({FIRST_DAY, *(rate.since for rate in (*core.rates, *program.rates))})
    for day in days:
        asked, paid = cents_of(core, step, day), cents_of(program, program.steps[at].key, day)
        if asked is not None and (paid is None or paid < asked):
            said = "nothing" if paid is None else f"${paid / 100:.2f}"
            when = "" if day == FIRST_DAY else f" from {day}"
            what = f"{_bare(step)} pays {said} an hour{when}, and the core pays ${asked / 100:.2f}"
            yield LOWERED, ("wages", "steps", at), what, f"${asked / 100:.2f} or more"
            return
