"""Who is asking: the signed-in person with the roles that count today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.connection import ASGIConnection

from apprenticeship.people.model import Organisation, Role
from apprenticeship.policy import Action, Actor, OrganisationResource, can


@dataclass(frozen=True)
class Visitor:
    """A signed-in person. `organisations` are those in which a role is held today, by name."""

    actor: Actor
    name: str
    roles: frozenset[Role]
    organisations: tuple[Organisation, ...]

    def may(self, action: Action, at: datetime) -> bool:
        """Tell whether the policy allows this in any organisation."""
        places = (OrganisationResource(organisation=one.id, kind=one.kind) for one in self.organisations)
        return any(can(self.actor, action, place, at).allowed for place in places)

    @property
    def standing(self) -> str:
        """Say in what role and where."""
        roles = ", ".join(role.value.capitalize() for role in Role if role in self.roles)
        places = ", ".join(organisation.name for organisation in self.organisations)
        return f"{roles}, {places}" if places else roles or "No role today"


def visitor_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Visitor | None:
    """Return who is asking; None for somebody who has not signed in."""
    found = connection.scope["state"].get("visitor")
    return found if isinstance(found, Visitor) else None


def asking(connection: ASGIConnection[Any, Any, Any, Any]) -> Visitor:
    """Return who is asking on a page that only signed-in people reach.

    Raises:
        LookupError: nobody is; the operation's access rule is missing.
    """
    found = visitor_of(connection)
    if found is None:
        raise LookupError("This operation lets in people who have not signed in.")
    return found
