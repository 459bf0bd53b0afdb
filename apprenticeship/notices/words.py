"""Notices in words: the same on the page and in a letter."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from apprenticeship.notices.model import Happened, Letter, Notice

PATH = "/notices"
LONGEST_LETTER = 40


def sentence(notice: Notice, reader: UUID) -> str:
    """Say what happened, to the person themselves or to somebody who looks after them."""
    is_own = notice.person == reader
    return _SENTENCES[notice.happened](notice, "Your" if is_own else f"{notice.apprentice}'s")


def _reached(notice: Notice, whose: str) -> str:
    decides = "your employer decides it" if whose == "Your" else "decide it"
    return f"{whose} raise to {notice.step} is reached, by the rules since {_day(notice.day)}: {decides}."


def _corrected(notice: Notice, whose: str) -> str:
    return f"What {_lower(whose)} raise to {notice.step} rests on has changed; it is to be looked at again."


def _objected(notice: Notice, whose: str) -> str:
    return f"{notice.by} objected to {_lower(whose)} raise to {notice.step}; the reason stands with the decision."


def _appealed(notice: Notice, whose: str) -> str:
    return f"{notice.by} appealed about {'the' if whose != 'Your' else 'your'} raise to {notice.step}."


def _accepted(notice: Notice, whose: str) -> str:
    return f"{notice.by} corrected {_lower(whose)} raise to {notice.step}."


def _set_aside(notice: Notice, whose: str) -> str:
    return f"{notice.by} left {_lower(whose)} raise to {notice.step} as it was."


def _upheld(notice: Notice, whose: str) -> str:
    return f"{notice.by} answered the appeal about {_lower(whose)} raise to {notice.step}: it stays as it is."


def _contact_asked(notice: Notice, _: str) -> str:
    return f"{notice.by} found you and asks to get in touch."


def _contact_answered(notice: Notice, _: str) -> str:
    return f"{notice.apprentice} agreed to be contacted by you."


def _approved(notice: Notice, whose: str) -> str:
    if not notice.by:
        return f"{whose} raise to {notice.step} stands, as nobody objected, paid from {_day(notice.day)}."
    return f"{whose} raise to {notice.step} was approved by {notice.by}, paid from {_day(notice.day)}."


def _denied(notice: Notice, whose: str) -> str:
    return (
        f"{whose} raise to {notice.step} was not given by {notice.by}; the reason stands with the decision."
    )


def _postponed(notice: Notice, whose: str) -> str:
    return f"{whose} raise to {notice.step} was put off by {notice.by} until {_day(notice.day)}."


def _undone(notice: Notice, whose: str) -> str:
    return f"{notice.by} took back a decision about {_lower(whose)} raise to {notice.step}."


def _signed_off(notice: Notice, whose: str) -> str:
    return f"{notice.by} signed off {_entries(notice.count, whose)}."


def _sent_back(notice: Notice, whose: str) -> str:
    return f"{notice.by} sent {_entries(notice.count, whose)} back, with a reason."


def _waits(notice: Notice, _: str) -> str:
    verb = "waits" if notice.count == 1 else "wait"
    return f"{_counted(notice.count)} of {notice.apprentice} {verb} for your sign-off."


def _credit_asked(notice: Notice, _: str) -> str:
    return f"{notice.apprentice} asks for credit: decide it."


def _credit_decided(notice: Notice, _: str) -> str:
    return f"{notice.by} decided about the credit that you asked for; the reasons stand with it."


def _credit_appealed(notice: Notice, _: str) -> str:
    return f"{notice.apprentice} appealed against a decision about credit: decide it again."


def _credit_withdrawn(notice: Notice, _: str) -> str:
    return f"{notice.apprentice} withdrew a request for credit."


_SENTENCES: dict[Happened, Callable[[Notice, str], str]] = {
    Happened.RAISE_REACHED: _reached,
    Happened.RAISE_CORRECTED: _corrected,
    Happened.RAISE_OBJECTED: _objected,
    Happened.RAISE_APPEALED: _appealed,
    Happened.RAISE_ACCEPTED: _accepted,
    Happened.RAISE_SET_ASIDE: _set_aside,
    Happened.RAISE_UPHELD: _upheld,
    Happened.RAISE_APPROVED: _approved,
    Happened.RAISE_DENIED: _denied,
    Happened.RAISE_POSTPONED: _postponed,
    Happened.RAISE_UNDONE: _undone,
    Happened.SIGNED_OFF: _signed_off,
    Happened.SENT_BACK: _sent_back,
    Happened.WAITS: _waits,
    Happened.CONTACT_ASKED: _contact_asked,
    Happened.CONTACT_ANSWERED: _contact_answered,
    Happened.CREDIT_ASKED: _credit_asked,
    Happened.CREDIT_DECIDED: _credit_decided,
    Happened.CREDIT_APPEALED: _credit_appealed,
    Happened.CREDIT_WITHDRAWN: _credit_withdrawn,
}


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%B %Y}"


def _lower(whose: str) -> str:
    return whose.replace("Your", "your")


def _entries(count: int, whose: str) -> str:
    return f"{_counted(count)} of {'yours' if whose == 'Your' else whose[:-2]}"


def _counted(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def digest_letter(to: str, notices: Sequence[Notice], reader: UUID, address: str) -> Letter:
    """Write the letter that tells of several notices; `address` is where the product is reached.

    It names no wage: letters lie about on other people's machines.
    """
    lines = [f"- {_day(one.at.date())}: {sentence(one, reader)}" for one in notices[:LONGEST_LETTER]]
    more = len(notices) - len(lines)
    rest = [f"- and {more} more"] if more else []
    news = "1 piece of news" if len(notices) == 1 else f"{len(notices)} pieces of news"
    foot = ["", f"All of it, and how to get fewer letters or none: {address}{PATH}"]
    return Letter(to=to, subject=f"Journeymark: {news}", text="\n".join([*lines, *rest, *foot, ""]))


def question_letter(to: str, secret: str, address: str) -> Letter:
    """Write the letter that asks whether an address is its owner's."""
    text = (
        "Somebody who is signed in to Journeymark asked for letters to this address. If that was you, open this\n"
        "address and confirm it; if not, do nothing, and no further letter will come.\n\n"
        f"{address}{PATH}/confirm?secret={secret}\n"
    )
    return Letter(to=to, subject="Journeymark: is this your address?", text=text)
