"""A key for everybody in the shop: one that may write, and one that may only read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from apprenticeship.accounts.services import actor_of_person, create_key
from tests.web.shop import NOW, Shop


@dataclass(frozen=True)
class Keys:
    secrets: Mapping[str, str]

    def header(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets[who]}"}


async def make_keys(shop: Shop) -> Keys:
    """Make keys by short name: `ada`, and `ada:read`."""
    found = {}
    for short, person in shop.people.items():
        actor = await actor_of_person(person)
        for name, scopes in ((short, {"read", "write"}), (f"{short}:read", {"read"})):
            _, found[name] = await create_key(
                actor,
                name=name,
                scopes=frozenset(scopes),
                expires_at=NOW + timedelta(days=300),
                now=NOW - timedelta(days=1),
            )
    return Keys(found)
