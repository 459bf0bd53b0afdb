"""House rules of an organisation: what holds on a day, and entering the next version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from apprenticeship.audit.services import record
from apprenticeship.house_rules import repo
from apprenticeship.house_rules.checking import check_rules
from apprenticeship.house_rules.model import HouseRules, RulesVersion
from apprenticeship.house_rules.plain import as_plain
from apprenticeship.house_rules.versions import carried_on, rules_on, timeline_of
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor
from apprenticeship.refusals import Invalid, permit
from apprenticeship.store import transaction

EARLIEST = date(1990, 1, 1)
LATEST_YEARS = 5


@dataclass(frozen=True)
class Changed:
    """A change of house rules that was entered.

    Attributes:
        version: the version from the day that was named.
        carried: the first days of later versions that were entered anew with it, the earliest first.
        until: the first day on which a later version says otherwise; None where none does.
    """

    version: RulesVersion
    carried: tuple[date, ...]
    until: date | None


async def rules_of(organisation: UUID, on: date, known_at: datetime | None = None) -> HouseRules:
    """Return the house rules of an organisation that hold on a day, by what was known at a moment.

    All are off where nothing was entered. None knows everything.
    """
    return (await rules_of_all([organisation], on, known_at))[organisation]


async def rules_of_all(
    organisations: Sequence[UUID], on: date, known_at: datetime | None = None
) -> dict[UUID, HouseRules]:
    """Return for each organisation what `rules_of` does, in one query."""
    found = await repo.versions_of(organisations)
    return {one: rules_on(timeline_of(made, known_at=known_at), on) for one, made in found.items()}


async def versions_of(actor: Actor, organisation: UUID, *, now: datetime) -> tuple[RulesVersion, ...]:
    """Return every version that was entered, in the order of entering.

    Raises:
        Missing: there is no such organisation, or the actor does not set its rules.
    """
    permit(actor, Action.SET_HOUSE_RULES, await organisation_resource(organisation), now)
    return (await repo.versions_of([organisation]))[organisation]


async def set_rules(
    actor: Actor, organisation: UUID, rules: HouseRules, *, since: date, now: datetime
) -> RulesVersion:
    """Enter the house rules that hold from a day on; the same again from the same day is the version that is there.

    What was decided under an earlier version stays decided.

    Raises:
        Missing: there is no such organisation, or the actor does not set its rules.
        Invalid: the rules do not hold together, or the day is out of range.
    """
    check_day(since, now)
    async with transaction():
        made = await _all_for(actor, organisation, now)
        return await _enter(actor, made, organisation, rules, since=since, now=now)


async def change_rules(
    actor: Actor,
    organisation: UUID,
    change: Callable[[HouseRules], HouseRules],
    *,
    since: date,
    now: datetime,
) -> Changed:
    """Enter a change of the house rules that hold on a day, from that day on; see `set_rules`.

    Versions that begin later and had what is changed as it was before are entered anew with the change, up to the
    first that says otherwise.
    """
    check_day(since, now)
    async with transaction():
        made = await _all_for(actor, organisation, now)
        line = timeline_of(made, known_at=None)
        before = rules_on(line, since)
        after = change(before)
        version = await _enter(actor, made, organisation, after, since=since, now=now)
        later, until = carried_on(line, before, after, since)
        for day, rules in later:
            await _enter(actor, made, organisation, rules, since=day, now=now)
    return Changed(version, tuple(day for day, _ in later), until)


def check_day(since: date, now: datetime) -> None:
    """Go on only with a day from which rules may hold.

    Raises:
        Invalid: it is out of range.
    """
    if not EARLIEST <= since <= date(now.year + LATEST_YEARS, 12, 31):
        raise Invalid(f"Give a day from {EARLIEST} to the end of {now.year + LATEST_YEARS}.", where="since")


async def _all_for(actor: Actor, organisation: UUID, now: datetime) -> tuple[RulesVersion, ...]:
    """Return every version, for the only one who enters any until the transaction ends."""
    permit(actor, Action.SET_HOUSE_RULES, await organisation_resource(organisation), now)
    await repo.alone_with(organisation)
    return (await repo.versions_of([organisation]))[organisation]


async def _enter(
    actor: Actor,
    made: tuple[RulesVersion, ...],
    organisation: UUID,
    rules: HouseRules,
    *,
    since: date,
    now: datetime,
) -> RulesVersion:
    check_rules(rules)
    there = next((one for one in timeline_of(made, known_at=None) if one.since == since), None)
    if there is not None and there.rules == rules:
        return there
    version = RulesVersion(
        id=0,
        organisation=organisation,
        rules=rules,
        since=since,
        # a clock set back makes no version older than the one before it
        entered_at=max([now, *(one.entered_at for one in made)]),
        entered_by=actor.person,
    )
    version = replace(version, id=await repo.add(version))
    detail = {"version": version.id, "since": since, "rules": as_plain(rules)}
    await record(actor, Action.SET_HOUSE_RULES, "organisation", organisation, now=now, detail=detail)
    return version
