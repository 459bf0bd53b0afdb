"""A rule built from chips or written as text. The address holds it, and each press of a button answers with another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from apprenticeship.refusals import Invalid
from graph.requirement import (
    All,
    Any,
    AtLeast,
    CompetencyCount,
    CompetencyLeaf,
    CredentialCount,
    CredentialLeaf,
    Group,
    Requirement,
    walk,
)
from graph.world import World
from standards.answers import Labels
from standards.asked_rules import RuleProblem, rule_of
from standards.naming import bare
from standards.rule_writing import rule_text
from web import words
from web.forms import Form
from web.pages import chips
from web.pages.maps import Option
from web.rules import ROMAN, item_title, requirement_words

MOST_OFFERED = 60
HIGHEST_COUNT = 50
MOST_CHIPS = 30
"""Each chip has an address with the rule without it; longer rules are changed as text."""
NEW = "new"
"""Into a new group."""


@dataclass(frozen=True)
class Chip:
    """One condition of the rule, or a group with its members."""

    text: str
    place: str
    without: str
    members: tuple["Chip", ...] = ()
    hows: tuple[Option, ...] = ()


@dataclass(frozen=True)
class RuleForm:
    """The rule and the forms that change it.

    Attributes:
        address: the page that answers.
        kept: the other fields of the address, which every form sends along.
        text: the rule as text; what was typed, where that cannot be read.
        whole: the rule as chips; None where there is none yet, or too much of it.
        said: the rule in words.
        offered: what may be added, by framework and kind; `more` matches are not shown.
    """

    address: str
    kept: tuple[tuple[str, str], ...]
    text: str
    whole: Chip | None
    said: str
    wanted: str
    offered: tuple[tuple[str, tuple[Option, ...]], ...]
    more: int
    counted: tuple[Option, ...]
    into: tuple[Option, ...]
    form: Form = field(default_factory=lambda: Form({}))
    where: str = ""
    what: str = ""

    @property
    def name(self) -> str:
        """What tells the fields of this form apart."""
        return "rule"

    def typed(self, name: str) -> str:
        """Give what was typed into a field."""
        return self.form.text(name)

    def wrong(self, name: str) -> str:
        """Say what is wrong with a field; empty where nothing is."""
        return self.what if name == self.where else ""


def asked_rule(text: str, world: World) -> Requirement | None:
    """Read the rule of an address or a form; None where there is none.

    Raises:
        Invalid: it cannot be read, or a name stands for nothing.
    """
    if not text:
        return None
    try:
        return rule_of(text, world)
    except RuleProblem as problem:
        said_so = words.sentence(str(problem))
        raise Invalid(said_so if said_so.endswith("?") else f"{said_so}.", where="rule") from problem


def edited(form: Form, rule: Requirement | None, world: World) -> Requirement | None:
    """Do what the button pressed says: add a thing or a count, or change what a group asks for.

    Raises:
        Invalid: a field cannot be read, or what it names is not there.
    """
    match form.text("do"):
        case "add":
            return _added(rule, _item(form, world), form.text("into"))
        case "count":
            return _added(rule, _count(form, world), form.text("into"))
        case "group" if rule is not None:
            try:
                return chips.asking_for(rule, chips.place_of(form.text("at")), form.text("how"))
            except (LookupError, ValueError):
                raise Invalid("This group has changed meanwhile; look at it again.", where="rule") from None
    return rule


def address_of(base: str, kept: Mapping[str, str], text: str) -> str:
    """Give the address of the page with a rule."""
    asked = {name: value for name, value in {**kept, "rule": text}.items() if value}
    return f"{base}?{urlencode(asked)}" if asked else base


def written(rule: Requirement, world: World) -> str:
    """Write a rule with names as short as they can be."""
    return rule_text(rule, Labels(world).label)


def rule_form(
    form: Form,
    rule: Requirement | None,
    world: World,
    *,
    address: str,
    kept: Mapping[str, str],
    refused: Invalid | None = None,
) -> RuleForm:
    """Show the rule and what may be done to it.

    Args:
        form: what was asked.
        rule: the rule; None for none, or one that cannot be read.
        world: where its names come from.
        address: the page that answers.
        kept: the other fields of its address.
        refused: what was wrong.
    """
    wanted = form.text("q")
    offered, more = _offered(world, wanted, form.text("item"))
    unread = refused is not None and rule is None
    drawn = rule is not None and sum(1 for _ in walk(rule)) <= MOST_CHIPS
    return RuleForm(
        address=address,
        kept=tuple((name, value) for name, value in kept.items() if value),
        text=form.text("rule") if unread or rule is None else written(rule, world),
        whole=None if not drawn or rule is None else _chip(_Drawn(rule, world, address, kept), rule, ()),
        said="" if rule is None else said(rule, world),
        wanted=wanted,
        offered=offered,
        more=more,
        counted=tuple(_counted(world, form.text("counted"))),
        into=() if rule is None else tuple(_into(rule, form.text("into"))),
        form=form,
        where="" if refused is None else refused.where,
        what="" if refused is None else str(refused),
    )


def said(rule: Requirement, world: World) -> str:
    """Say a whole rule in one sentence."""
    if not isinstance(rule, Group):
        return requirement_words(world, rule)
    members = [said(member, world) for member in rule.members]
    inner = [
        f"({one})" if isinstance(m, Group) else one for one, m in zip(members, rule.members, strict=True)
    ]
    match rule:
        case All():
            return words.listed(inner)
        case Any():
            return words.listed(inner, "or")
        case AtLeast():
            return f"{rule.needed} of: {words.listed(inner, 'or')}"


# what the forms say


def _added(rule: Requirement | None, leaf: Requirement, into: str) -> Requirement:
    if into == NEW and rule is not None:
        return chips.added(rule, Any((leaf,)), ())
    try:
        return chips.added(rule, leaf, chips.place_of("" if into == NEW else into))
    except (LookupError, ValueError):
        raise Invalid("This group has changed meanwhile; choose again.", where="into") from None


def _item(form: Form, world: World) -> Requirement:
    kind, _, key = form.text("item").partition(":")
    if kind == "credential" and key in world.credentials:
        return CredentialLeaf(key)
    if kind == "competency" and key in world.competencies:
        rating = form.number("rating")
        scale = world.competencies[key].framework.scale
        if rating is not None and rating not in scale:
            raise Invalid(f"Ratings of this are {words.listed(list(map(str, scale)), 'or')}.", where="rating")
        return CompetencyLeaf(key, rating)
    raise Invalid("Choose something from the list.", where="item")


def _count(form: Form, world: World) -> Requirement:
    number = form.number("number")
    if number is None or not 1 <= number <= HIGHEST_COUNT:
        raise Invalid(f"Write how many, from 1 to {HIGHEST_COUNT}.", where="number")
    kind, _, rest = form.text("counted").partition(":")
    framework, _, level = rest.partition(":")
    known = not framework or framework in world.frameworks
    if kind == "credentials" and known and (not level or (level.isascii() and level.isdigit())):
        return CredentialCount(number, framework or None, int(level[:6]) if level else None)
    if kind == "competencies" and known and not level:
        return CompetencyCount(number, framework or None)
    raise Invalid("Choose what is counted from the list.", where="counted")


# what the forms offer


def _offered(
    world: World, wanted: str, chosen: str
) -> tuple[tuple[tuple[str, tuple[Option, ...]], ...], int]:
    sought = wanted.casefold().split()
    found = [one for one in _items(world) if _matches(sought, one.name, bare(one.value))]
    # nothing of that name: then what stands in a standard of that name
    found = found or [one for one in _items(world) if _matches(sought, one.name, one.value, one.group)]
    groups: dict[str, list[Option]] = {}
    for one in found[:MOST_OFFERED]:
        groups.setdefault(one.group, []).append(Option(one.value, one.name, one.value == chosen))
    return tuple((group, tuple(own)) for group, own in groups.items()), max(0, len(found) - MOST_OFFERED)


def _matches(sought: list[str], *texts: str) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in sought)


class _Item(NamedTuple):
    """Something that may be asked for: where it belongs, its value in the form, and its name."""

    group: str
    value: str
    name: str


def _items(world: World) -> Iterator[_Item]:
    """Everything that may be asked for, credentials first."""
    for key, credential in world.credentials.items():
        title = credential.framework.title or credential.framework.id
        yield _Item(f"{title}: credentials", f"credential:{key}", item_title(world, "credential", key))
    for key, competency in world.competencies.items():
        if competency.kind != "area":
            title = competency.framework.title or competency.framework.id
            name = item_title(world, "competency", key)
            yield _Item(f"{title}: competencies", f"competency:{key}", name)


def _counted(world: World, chosen: str) -> Iterator[Option]:
    def option(value: str, name: str) -> Option:
        return Option(value, name, value == chosen)

    for key, framework in world.frameworks.items():
        own = [one for one in world.credentials.values() if one.framework.id == key]
        if own:
            title = framework.title or key
            yield option(f"credentials:{key}", f"credentials of {title}")
            for level in sorted({one.level for one in own if one.level is not None}):
                yield option(
                    f"credentials:{key}:{level}", f"level {ROMAN.get(level, level)} credentials of {title}"
                )
    levels = sorted({one.level for one in world.credentials.values() if one.level is not None})
    for level in levels:
        yield option(f"credentials::{level}", f"level {ROMAN.get(level, level)} credentials of any standard")
    yield option("credentials:", "credentials of any standard")
    for key, framework in world.frameworks.items():
        if any(one.framework.id == key for one in world.competencies.values()):
            yield option(f"competencies:{key}", f"competencies of {framework.title or key}")


def _into(rule: Requirement, chosen: str) -> Iterator[Option]:
    yield Option("", "the whole", chosen == "")
    for place, group in _groups(rule, ()):
        if place:
            name = f"group {chips.place_text(tuple(number + 1 for number in place))}"
            value = chips.place_text(place)
            yield Option(value, f"{name}, with {len(group.members)}", value == chosen)
    yield Option(NEW, "a new group", chosen == NEW)


def _groups(rule: Requirement, place: chips.Place) -> Iterator[tuple[chips.Place, Group]]:
    if isinstance(rule, Group):
        yield place, rule
        for number, member in enumerate(rule.members):
            yield from _groups(member, (*place, number))


# the rule as chips


@dataclass(frozen=True)
class _Drawn:
    rule: Requirement
    world: World
    address: str
    kept: Mapping[str, str]

    def without(self, place: chips.Place) -> str:
        """Give the address of the rule without a node."""
        left = chips.without(self.rule, place)
        return address_of(self.address, self.kept, "" if left is None else written(left, self.world))


def _chip(drawn: _Drawn, node: Requirement, place: chips.Place) -> Chip:
    text = requirement_words(drawn.world, node)
    if not isinstance(node, Group):
        return Chip(text, chips.place_text(place), drawn.without(place))
    members = tuple(_chip(drawn, one, (*place, number)) for number, one in enumerate(node.members))
    if place:
        text = f"Group {chips.place_text(tuple(number + 1 for number in place))}"
    return Chip(text, chips.place_text(place), drawn.without(place), members, tuple(_hows(node)))


def _hows(group: Group) -> Iterator[Option]:
    count = len(group.members)
    chosen = str(group.needed)
    if isinstance(group, All) or group.needed == count:
        chosen = "all"
    elif group.needed == 1:
        chosen = "any"
    yield Option("all", "all of these", chosen == "all")
    if count > 1:
        yield Option("any", "any one of these", chosen == "any")
    for needed in range(2, count):
        yield Option(str(needed), f"at least {needed} of these", chosen == str(needed))
