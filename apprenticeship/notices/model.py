"""What somebody is told of, and which letters they want."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Happened(StrEnum):
    """What a notice tells of."""

    RAISE_REACHED = "raise reached"
    RAISE_CORRECTED = "raise correction"
    RAISE_OBJECTED = "raise objection"
    RAISE_APPEALED = "raise appeal"
    RAISE_ACCEPTED = "raise accepted"
    RAISE_SET_ASIDE = "raise set_aside"
    RAISE_UPHELD = "raise upheld"
    RAISE_APPROVED = "raise approved"
    RAISE_DENIED = "raise denied"
    RAISE_POSTPONED = "raise postponed"
    RAISE_UNDONE = "raise undone"
    SIGNED_OFF = "signed off"
    SENT_BACK = "sent back"
    WAITS = "waits for sign-off"
    CONTACT_ASKED = "contact asked"
    CONTACT_ANSWERED = "contact answered"
    CREDIT_ASKED = "credit asked"
    CREDIT_DECIDED = "credit decided"
    CREDIT_APPEALED = "credit appeal"
    CREDIT_WITHDRAWN = "credit withdrawal"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing that happened; several alike of one day and one person are one notice.

    Attributes:
        at: when; the latest of several.
        person: the apprentice that it is about.
        apprentice: their name.
        by: the name of who did it; empty where nobody did, but the rules or time.
        count: how many there are of it.
        step: the wage step, where it is about one.
        day: the day from which or until which it holds, where there is one.
    """

    happened: Happened
    at: datetime
    person: UUID
    apprentice: str
    by: str
    count: int = 1
    step: str = ""
    day: date | None = None


class Often(StrEnum):
    """How often somebody wants a letter; nobody gets one unasked."""

    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def pause(self) -> timedelta:
        """At least so much time lies between two letters."""
        return timedelta(days=1 if self is Often.DAILY else 7)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The letters that somebody wants.

    Attributes:
        confirmed_at: when they showed that the address is theirs; None sends nothing but the question.
        told_up_to: what happened until then needs no letter any more; None until the address is confirmed.
    """

    person: UUID
    often: Often
    address: str
    asked_at: datetime
    confirmed_at: datetime | None
    told_up_to: datetime | None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter to send: plain text."""

    to: str
    subject: str
    text: str
