"""Findings about competencies and credentials: what need not be asked for, and what leads nowhere."""

from collections import Counter
from collections.abc import Iterator

from graph.needs import redundant_edges
from graph.order import counted_credentials
from graph.requirement import CredentialCount, CredentialLeaf, leaves
from standards.naming import bare
from standards.problems import Complaint
from standards.written import Given

PROVEN = (9, 10)
"""Where so many of a kind have a proof by rule, one without is spoken of."""


def item_findings(given: Given) -> Iterator[Complaint]:
    """All findings about items."""
    for check in (_redundant, _orphans, _unproven, _idle):
        yield from check(given)


def _redundant(given: Given) -> Iterator[Complaint]:
    for (_, earlier), place in redundant_edges(given.world):
        what = f"{earlier} is needed by another prerequisite anyway"
        yield "redundant-prerequisite", given.problem(place, "prerequisites", what, "leave it out")


def _orphans(given: Given) -> Iterator[Complaint]:
    """Competencies that refer to nothing and that nothing refers to."""
    world = given.world
    used = {key for kind, key in given.named if kind == "competency"}
    used |= {item.part_of for item in world.competencies.values() if item.part_of}
    for program in world.programs.values():
        used = used.union(*(process.competencies for process in program.work_processes))
    for key, item in world.competencies.items():
        alone = item.prerequisites is None and item.satisfied_by is None and item.part_of is None
        if alone and key not in used:
            what = f"nothing refers to {bare(key)}, and it refers to nothing"
            right = "name it in a rule, an area or a work process"
            yield "orphan", given.problem(("competency", key), None, what, right)


def _unproven(given: Given) -> Iterator[Complaint]:
    """Competencies that only a sign-off proves, where nearly all of their kind are proven by rule as well."""
    kinds = {key: (item.framework.id, item.kind) for key, item in given.world.competencies.items()}
    proven = {key for key, item in given.world.competencies.items() if item.satisfied_by is not None}
    total, by_rule = Counter(kinds.values()), Counter(kinds[key] for key in proven)
    enough, of = PROVEN
    for key, kind in kinds.items():
        if key not in proven and by_rule[kind] * of >= total[kind] * enough:
            what = f"nothing but a sign-off proves {bare(key)}, unlike {by_rule[kind]} others of its kind"
            right = "add satisfied_by, if something does"
            yield "unproven-competency", given.problem(("competency", key), None, what, right)


def _idle(given: Given) -> Iterator[Complaint]:
    """Credentials that no rule names or counts, in frameworks where others prove something."""
    world = given.world
    proving = {
        competency.framework.id
        for competency in world.competencies.values()
        if competency.satisfied_by is not None
        for leaf in leaves(competency.satisfied_by)
        if isinstance(leaf, CredentialLeaf) and world.credentials[leaf.key].framework is competency.framework
    }
    used = _used_credentials(given)
    for key, item in world.credentials.items():
        own_end = item.composed_of is not None  # a whole made of others is an end in itself
        if item.framework.id in proving and not own_end and key not in used:
            place = ("credential", key)
            what = f"no rule names or counts {bare(key)}, so that it proves nothing"
            yield "idle-credential", given.problem(place, None, what, "name what it proves or opens")


def _used_credentials(given: Given) -> set[str]:
    """Credentials that some rule names or counts, and those that share a test with another one."""
    world = given.world
    counts = {leaf for rule in given.rules for leaf in rule.leaves if isinstance(leaf, CredentialCount)}
    uses = Counter(test for item in world.credentials.values() for test in item.tests.values())
    return {
        *(key for kind, key in given.named if kind == "credential"),
        *(key for count in counts for key in counted_credentials(world, count)),
        *(key for key, item in world.credentials.items() if any(uses[t] > 1 for t in item.tests.values())),
    }
