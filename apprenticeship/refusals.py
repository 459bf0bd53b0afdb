"""Why a service says no. Every message is a sentence for the person who asked."""

from datetime import datetime

from apprenticeship.policy import Action, Actor, Resource, can


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A request that cannot be done as it was made."""


class Missing(Refusal):
    """There is no such thing, or none that the actor may know of; both look alike."""


class Forbidden(Missing):
    """The policy says no; shown as missing to strangers."""


class Invalid(Refusal):
    """What was handed in does not hold together; `where` names the field."""

    def __init__(self, message: str, *, where: str) -> None:
        super().__init__(message)
        self.where = where


class AlreadyDecided(Refusal):
    """Somebody else decided first; nothing was changed."""


def permit(actor: Actor, action: Action, resource: Resource, at: datetime) -> None:
    """Go on only when the policy allows it.

    Raises:
        Forbidden: it does not.
    """
    decision = can(actor, action, resource, at)
    if not decision.allowed:
        raise Forbidden(decision.reason)
