"""House rules of a sponsor: one form for each, with what it would do in plain words, and the versions with dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from apprenticeship.house_rules.checking import check_rules
from apprenticeship.house_rules.model import Every, HouseRules, RulesVersion
from apprenticeship.house_rules.previews import (
    late_log_preview,
    objection_preview,
    paid_preview,
    second_preview,
)
from apprenticeship.house_rules.programs import entry_wages_too_low
from apprenticeship.house_rules.services import change_rules, check_day, versions_of
from apprenticeship.house_rules.telling import rule_words
from apprenticeship.house_rules.versions import rules_on, timeline_of
from apprenticeship.house_rules.wording import said_day, said_money
from apprenticeship.people.model import Organisation, Role
from apprenticeship.people.repo import roles_in
from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid, Missing
from apprenticeship.views_people import names_of, organisations_for
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, read_form
from web.pages.asked import AnyRequest, now_of
from web.pages.house_rules_form import FIELDS, LATE_LOGS, READERS, change_of, fields_of, minimum_rows
from web.rendering import page
from web.visitors import asking
from web.words import listed

SETTING = asks(Action.SET_HOUSE_RULES, Whose.ORGANISATION)
SAVED = "Saved. It holds from the day that you named; what was decided before stays decided."
LATE_LOG_NAMES = {
    "month_per_report": "A month for each late log",
    "months_after_grace": "The first costs nothing, then a month each, then the committee",
    "day_per_day": "A day for each day late",
}
EVERY_NAMES = {
    Every.WEEK: "a week",
    Every.FORTNIGHT: "two weeks",
    Every.HALF_MONTH: "half a month",
    Every.MONTH: "a month",
}


@dataclass(frozen=True)
class VersionLine:
    """One version in words; `now` tells whether it holds today, `replaced` whether a later entry took its place."""

    since: date
    entered_at: datetime
    by: str
    says: list[str]
    now: bool
    replaced: bool


@get("/house-rules", opt=SETTING)
async def show_house_rules(request: AnyRequest, place: FromQuery[str] = "") -> Response[str]:
    """Show the house rules of an organisation, each with what it does."""
    notice = _saved(request.query_params) if request.query_params.get("done") else None
    return await _page(request, place, notice=notice)


@post("/house-rules/{rule:str}", opt=SETTING, status_code=SEE_OTHER)
async def change_house_rules(request: AnyRequest, rule: FromPath[str]) -> Response[str]:
    """Enter one rule from a day on, or only look at what it would do."""
    if rule not in READERS:
        raise Missing("There is no such rule.")
    form = await read_form(request)
    key = form.text("place")
    try:
        change, since = change_of(rule, form), form.day("since", "The day")
        if form.text("then") == "look":
            check_day(since, now_of(request))
            return await _page(request, key, shown=Filled(rule, form))
        organisation, _ = await _chosen(request, key)
        actor, now = asking(request).actor, now_of(request)
        changed = await change_rules(actor, organisation.id, change, since=since, now=now)
    except Invalid as refusal:
        wrong = Filled(rule, form, FIELDS.get(refusal.where, refusal.where), str(refusal))
        return await _page(request, key, shown=wrong)
    further = f"&carried={','.join(day.isoformat() for day in changed.carried)}" if changed.carried else ""
    further += f"&until={changed.until.isoformat()}" if changed.until else ""
    return see_other(f"/house-rules?done=1&place={organisation.key}{further}#{rule}")


def _saved(asked: Mapping[str, str]) -> str:
    """Say that a rule was saved, into which later versions it was carried, and when one says otherwise."""
    said = [SAVED]
    if carried := _days(asked.get("carried", "")):
        days = listed([said_day(day) for day in carried])
        said.append(
            f"What you had entered from {days} was entered anew with it, for it had the rule as it was."
        )
    until = [said_day(day) for day in _days(asked.get("until", ""))]
    said += [f"It holds until {day}, when a version entered before says otherwise." for day in until]
    return " ".join(said)


def _days(text: str) -> list[date]:
    try:
        return [date.fromisoformat(one) for one in text.split(",")] if text else []
    except ValueError:
        return []


async def _chosen(request: AnyRequest, key: str) -> tuple[Organisation, tuple[Organisation, ...]]:
    """Return the organisation that is meant, the first where none is named, and all that one may set rules of.

    Raises:
        Missing: there is none of this key, or not for this visitor.
    """
    places = await organisations_for(asking(request).actor, Action.SET_HOUSE_RULES, now=now_of(request))
    found = next((one for one in places if key in ("", one.key)), None)
    if found is None:
        raise Missing("No such organisation.")
    return found, places


async def _page(
    request: AnyRequest, key: str, *, shown: Filled | None = None, notice: str | None = None
) -> Response[str]:
    """Draw the page; `shown` is a form that was refused, or that is only looked at."""
    place, places = await _chosen(request, key)
    actor, now = asking(request).actor, now_of(request)
    versions = await versions_of(actor, place.id, now=now)
    line = timeline_of(versions, known_at=None)
    rules = rules_on(line, now.date())
    looked, shown = _looked_at(rules, shown)
    names = await names_of(one.entered_by for one in versions)
    return page(
        request,
        "house_rules.html",
        status=REFUSED if shown is not None and shown.what else 200,
        place=place,
        places=places,
        today=now.date(),
        forms={name: _filled(name, rules, shown) for name in READERS},
        rows=minimum_rows(_filled("minimums", rules, shown).form),
        previews=await _previews(place, looked, now.date()),
        looked=shown.name if shown is not None and not shown.what else "",
        late_logs=_late_logs(looked, now.date()),
        periods=[(one.value, said) for one, said in EVERY_NAMES.items()],
        deciders=await _deciders(place, now.date()),
        versions=[_version(one, names, line, now.date()) for one in reversed(versions)],
        notice=notice,
        here="/raises",
    )


def _looked_at(rules: HouseRules, shown: Filled | None) -> tuple[HouseRules, Filled | None]:
    """Return the rules as a form would make them, where it can be read, and the form with what is wrong with it."""
    if shown is None or shown.what:
        return rules, shown
    try:
        changed = change_of(shown.name, shown.form)(rules)
        check_rules(changed)
    except Invalid as refusal:
        where = FIELDS.get(refusal.where, refusal.where)
        return rules, Filled(shown.name, shown.form, where, str(refusal))
    return changed, shown


def _filled(name: str, rules: HouseRules, shown: Filled | None) -> Filled:
    if shown is not None and shown.name == name:
        return shown
    return Filled(name, Form({key: list(values) for key, values in fields_of(name, rules).items()}))


async def _previews(place: Organisation, rules: HouseRules, today: date) -> dict[str, list[str]]:
    low = await entry_wages_too_low(place.id, rules.minimum_wages, today=today)
    minimums = [one.words() for one in low]
    if rules.minimum_wages and not minimums:
        minimums = ["No program of yours begins under it, neither today nor on a later day named here."]
    return {
        "objection": [objection_preview(rules, today)] if rules.objection_days else [],
        "second": [second_preview(rules)] if rules.second_approval_above_cents is not None else [],
        "paid": [paid_preview(rules, today)],
        "minimums": minimums,
    }


def _late_logs(rules: HouseRules, today: date) -> list[dict[str, Any]]:
    """Tell of each rule about late logs what it says and costs, with the day of the form where it is the one chosen."""
    found = []
    for kind, variant in LATE_LOGS.items():
        chosen = rules.late_logs is not None and rules.late_logs.kind == kind
        rule = rules.late_logs if chosen and rules.late_logs is not None else variant()
        found.append(
            {
                "kind": kind,
                "name": LATE_LOG_NAMES[kind],
                "chosen": chosen,
                "says": rule_words(rule),
                "preview": " ".join(late_log_preview(rule, today)),
            }
        )
    return found


async def _deciders(place: Organisation, today: date) -> int:
    """Count who may decide a raise for an organisation today."""
    held = await roles_in(place.id)
    return len({one.person for one in held if one.role is Role.EMPLOYER and one.covers(today)})


def _version(
    version: RulesVersion, names: dict[Any, str], line: tuple[RulesVersion, ...], today: date
) -> VersionLine:
    holding = [one for one in line if one.since <= today]
    return VersionLine(
        since=version.since,
        entered_at=version.entered_at,
        by=names.get(version.entered_by, "Somebody"),
        says=list(rules_words(version.rules)) or ["All house rules are off."],
        now=bool(holding) and holding[-1] == version,
        replaced=version not in line,
    )


def rules_words(rules: HouseRules) -> Iterator[str]:
    """Say which house rules are on, one sentence each."""
    if rules.late_logs is not None:
        yield rule_words(rules.late_logs)
    if rules.objection_days is not None:
        yield f"The employer may object to a raise within {rules.objection_days} days."
    if rules.second_approval_above_cents is not None:
        yield f"A raise of more than {said_money(rules.second_approval_above_cents)} an hour needs two people."
    if rules.pay_period is not None:
        start = said_day(rules.pay_period.anchor)
        paid = (
            "Raises are paid from the next pay period" if rules.paid_from == "next_period" else "Pay periods"
        )
        last = EVERY_NAMES[rules.pay_period.every]
        joined = (
            f"; one lasts {last}, and one begins on {start}."
            if paid[0] == "R"
            else f" last {last} from {start}."
        )
        yield paid + joined
    for one in rules.minimum_wages:
        yield f"Minimum wage from {said_day(one.since)}: {said_money(one.cents)} an hour."


HANDLERS = [show_house_rules, change_house_rules]
