"""One apprentice of the demo lets her employer see her college credit."""

from datetime import datetime
from random import Random

from apprenticeship.demo.cast import Cast, identifier
from apprenticeship.people.model import CreditShare


def crew_share(crew: Cast, now: datetime, randomness: Random) -> CreditShare:
    """Ada's consent to Keystone, from today on, until she takes it back."""
    ada = next(one for one in crew.persons if one.id == crew.people["ada"])
    return CreditShare(
        id=identifier(randomness),
        person=ada.id,
        employer=crew.places["keystone"],
        purpose="Tuition that Keystone pays back for college credit",
        signed_as=ada.name,
        since=now.date(),
        given_at=now,
    )
