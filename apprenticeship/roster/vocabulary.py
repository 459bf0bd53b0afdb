"""What a roster may call things: ids, codes, titles and aliases, each to what it may mean."""

from apprenticeship.enrolments.services import pins_of
from apprenticeship.standing.worlds import world_of
from graph.world import World
from standards.storage import repo as standards


def credential_parts(world: World) -> dict[str, frozenset[str]]:
    """Return the parts of every credential, by "framework:id"."""
    return {key: frozenset(credential.tests) for key, credential in world.credentials.items()}


def credentials_by_name(world: World) -> dict[str, frozenset[str]]:
    """Return what people write for credentials: the bare id, or the title in any case."""
    names: dict[str, set[str]] = {}
    for key, credential in world.credentials.items():
        for name in (key.rpartition(":")[2], " ".join(credential.title.lower().split())):
            names.setdefault(name, set()).add(key)
    return {name: frozenset(keys) for name, keys in names.items()}


async def work_processes() -> dict[str, frozenset[str]]:
    """Return the work processes of the newest version of every program, by the program's key."""
    keys = [one.key for one in await standards.newest("program")]
    found = {}
    for key, pins in (await pins_of(keys)).items():
        program = (await world_of(pins)).programs[key]
        found[key] = frozenset(process.key.rpartition(":")[2] for process in program.work_processes)
    return found
