"""A target role, and the own crew ranked by what they lack for it. The address holds the question."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from litestar import Response, get, post

from apprenticeship.people.model import Organisation
from apprenticeship.policy import Action
from apprenticeship.promotions.model import Candidate, TargetRole
from apprenticeship.promotions.services import places_of, ranked, roles_of, save_role
from apprenticeship.refusals import Invalid
from apprenticeship.standing.rules import newest_world
from graph import structure
from graph.actions import Action as Step
from graph.actions import Earn
from graph.fixing import Fix, NoFix
from graph.requirement import Requirement
from graph.structure import prerequisite_graph
from graph.world import World
from web import words
from web.access import Whose, asks
from web.answers import REFUSED, SEE_OTHER, see_other
from web.forms import Filled, Form, asked_form, filled, read_form
from web.pages.addresses import person_address, plan_address, what_if_address
from web.pages.asked import AnyRequest, now_of
from web.pages.rule_form import address_of, asked_rule, edited, rule_form, said, written
from web.pages.standings import earned_by, move_of
from web.parts import Part, part_asked, part_of
from web.rendering import page
from web.visitors import asking

PLANNING = asks(Action.PLAN_PROMOTIONS, Whose.ORGANISATION)
ADDRESS = "/promotions"
SHOWN = 25
DONE = {"saved": "Saved. It is in the list of target roles.", "gone": "The role is no longer in the list."}


@dataclass(frozen=True)
class RoleLine:
    """A target role as the list shows it."""

    id: int
    name: str
    href: str
    said: str
    place: str
    chosen: bool


@dataclass(frozen=True)
class Lack:
    """One thing that somebody lacks, with the way to it."""

    text: str
    href: str


@dataclass(frozen=True)
class CandidateLine:
    """One of the crew beside the role."""

    name: str
    href: str
    progress: Fraction
    holds: bool
    lacks: tuple[Lack, ...]
    takes: str
    why_not: str
    what_if: str
    newer: str


@get(ADDRESS, opt=PLANNING)
async def show_promotions(request: AnyRequest) -> Response[str]:
    """Show the crew beside a target role, or what to begin with."""
    form = asked_form(request)
    roles = await roles_of(asking(request).actor, now=now_of(request))
    world = await newest_world()
    chosen = next((one for one in roles if str(one.id) == form.text("role")), None)
    text = form.text("rule") or (chosen.rule if chosen is not None and not form.text("do") else "")
    rule, refused = None, None
    try:
        rule = asked_rule(text, world)
        if form.text("do") in ("add", "count", "group"):
            kept = {"role": form.text("role")}
            return see_other(address_of(ADDRESS, kept, _text(edited(form, rule, world), world)))
    except Invalid as refusal:
        refused = refusal
    return await _page(request, form, rule, refused=refused, notice=DONE.get(form.text("done")))


def _text(rule: Requirement | None, world: World) -> str:
    return "" if rule is None else written(rule, world)


@post(ADDRESS, opt=PLANNING, status_code=SEE_OTHER)
async def keep_role(request: AnyRequest) -> Response[str]:
    """Save a role under a name, or give a name up."""
    form = await read_form(request)
    now, actor = now_of(request), asking(request).actor
    world = await newest_world()
    if form.text("do") == "give-up":
        roles = await roles_of(actor, now=now)
        role = next((one for one in roles if str(one.id) == form.text("role")), None)
        if role is not None:
            await save_role(actor, organisation=role.organisation, name=role.name, rule=None, now=now)
        return see_other(f"{ADDRESS}?done=gone")
    rule = None
    try:
        rule = asked_rule(form.text("rule"), world)
        place = _place(form, await places_of(actor, now=now))
        await save_role(actor, organisation=place, name=form.text("name"), rule=_needed(rule), now=now)
    except Invalid as refusal:
        return await _page(request, form, rule, refused=refusal, status=REFUSED)
    saved = next(
        one
        for one in await roles_of(actor, now=now)
        if one.organisation == place and one.name == " ".join(form.text("name").split())
    )
    return see_other(f"{ADDRESS}?role={saved.id}&done=saved")


def _needed(rule: Requirement | None) -> Requirement:
    if rule is None:
        raise Invalid("Put the role together first.", where="rule")
    return rule


def _place(form: Form, places: tuple[Organisation, ...]) -> UUID:
    if len(places) == 1:
        return places[0].id
    found = next((one.id for one in places if str(one.id) == form.text("place")), None)
    if found is None:
        raise Invalid("Choose for which employer.", where="place")
    return found


async def _page(
    request: AnyRequest,
    form: Form,
    rule: Requirement | None,
    *,
    refused: Invalid | None = None,
    notice: str | None = None,
    status: int = 200,
) -> Response[str]:
    actor, now = asking(request).actor, now_of(request)
    world = await newest_world()
    places = await places_of(actor, now=now)
    roles = await roles_of(actor, now=now)
    chosen = next((one for one in roles if str(one.id) == form.text("role")), None)
    kept = {"role": "" if chosen is None else str(chosen.id)}
    found = () if rule is None else await ranked(actor, rule, as_of=now.date(), now=now)
    saving = Filled("save", form, "" if refused is None else refused.where, str(refused or ""))
    if "name" not in form.fields:
        saving = filled("save", {"name": "" if chosen is None else chosen.name})
    return page(
        request,
        "promotions.html",
        status=REFUSED if refused is not None else status,
        rule=rule_form(form, rule, world, address=ADDRESS, kept=kept, refused=refused),
        roles=[_role(one, chosen, places, world) for one in roles],
        chosen=chosen,
        places=places,
        saving=saving,
        candidates=_lines(found, form),
        ready=sum(one.holds for one in found),
        title=_title(rule, chosen, world),
        more=address_of(ADDRESS, kept, _text(rule, world)),
        notice=notice,
        here=ADDRESS,
    )


def _title(rule: Requirement | None, chosen: TargetRole | None, world: World) -> str:
    if chosen is not None and rule is not None and _reads_as(chosen, world) == rule:
        return chosen.name
    return ""


def _reads_as(role: TargetRole, world: World) -> Requirement | None:
    try:
        return asked_rule(role.rule, world)
    except Invalid:  # what it names is no longer in the newest standards
        return None


def _role(
    role: TargetRole, chosen: TargetRole | None, places: tuple[Organisation, ...], world: World
) -> RoleLine:
    rule = _reads_as(role, world)
    names = {one.id: one.name for one in places}
    return RoleLine(
        id=role.id,
        name=role.name,
        href=f"{ADDRESS}?role={role.id}",
        said=role.rule if rule is None else said(rule, world),
        place=names[role.organisation] if len(places) > 1 else "",
        chosen=role == chosen,
    )


def _lines(found: tuple[Candidate, ...], form: Form) -> Part[CandidateLine]:
    shown = part_of(found, part_asked(form), SHOWN)
    return Part([_line(one) for one in shown.items], shown.number, shown.parts, shown.total)


def _line(one: Candidate) -> CandidateLine:
    base = person_address(one.standing.person.id)
    return CandidateLine(
        name=one.standing.person.name,
        href=base,
        progress=one.progress,
        holds=one.holds,
        lacks=_lacks(one, base),
        takes=_takes(one),
        why_not=words.sentence(one.way.reason) if isinstance(one.way, NoFix) else "",
        what_if=what_if_address(base, one.way.actions)
        if isinstance(one.way, Fix) and one.way.actions
        else "",
        newer=words.listed([_framework(one, key) for key in one.newer]),
    )


def _framework(one: Candidate, key: str) -> str:
    framework = one.evaluation.world.frameworks.get(key)
    return key if framework is None else framework.title or key


def _lacks(one: Candidate, base: str) -> tuple[Lack, ...]:
    """Say a smallest set, what comes first before what builds on it; what their program has with the plan to it."""
    if not isinstance(one.way, Fix):
        return ()
    earned = earned_by(one.way)
    graph = prerequisite_graph(one.evaluation.world)

    def turn(action: Step) -> int:
        node = (action.kind, action.key) if isinstance(action, Earn) else ("", "")
        return len(structure.ancestors(graph, node) & earned) if node in graph else len(earned)

    return tuple(_lack(one, action, base) for action in sorted(one.way.actions, key=turn))


def _lack(one: Candidate, action: Step, base: str) -> Lack:
    text = move_of(one.evaluation, action, base).text
    own = one.standing.world
    planned = isinstance(action, Earn) and (action.key in own.credentials or action.key in own.competencies)
    return Lack(text, plan_address(base, action.name) if isinstance(action, Earn) and planned else "")


def _takes(one: Candidate) -> str:
    if not isinstance(one.way, Fix) or not one.way.actions:
        return ""
    said_parts = [words.counted(len(one.way.actions), "thing")]
    said_parts += [f"{words.hours(one.minutes)} hours"] if one.minutes else []
    said_parts += [words.money(one.cents)] if one.cents else []
    unstated = f"; the standard says no effort for {one.unstated}" if one.unstated else ""
    return words.listed(said_parts) + unstated


HANDLERS = [show_promotions, keep_role]
