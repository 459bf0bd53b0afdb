"""Rules that are asked in the API: as text or as in documents."""

from collections.abc import Mapping
from typing import Annotated, Any

from litestar import get
from litestar.params import QueryParameter

from apprenticeship.policy import Action
from apprenticeship.refusals import Invalid
from apprenticeship.standing.rules import newest_world
from graph.requirement import Requirement
from graph.world import World
from standards.answers import Labels, requirement_answer
from standards.asked_rules import RuleProblem, rule_of, rule_of_data
from standards.rule_text import LONGEST_TEXT
from standards.rule_writing import rule_text
from web import words
from web.access import Whose, asks
from web.api.models.hiring import AskedRule
from web.api.operations import reading
from web.pages.rule_form import said

RuleWritten = Annotated[
    str,
    QueryParameter(
        min_length=1,
        max_length=LONGEST_TEXT,
        description="A requirement as text, `2 of (credential tcs1, credential mil1) and competency jpp rating 3`, "
        "or as in documents, `{all: [{credential: mms}]}`.",
    ),
]


@get(
    "/rule",
    opt=asks(Action.READ_STANDARDS, Whose.SHARED),
    operation_id="readRule",
    tags=["Standards"],
    responses=reading(),
)
async def read_rule(rule: RuleWritten) -> AskedRule:
    """Read a requirement among the newest standards: as text, as in documents, and in words."""
    world = await newest_world()
    return rule_answer(asked(rule, world), world)


def asked(rule: str | Mapping[str, Any], world: World) -> Requirement:
    """Read a requirement as it was sent.

    Raises:
        Invalid: it cannot be read, or a name stands for nothing.
    """
    try:
        return rule_of(rule, world) if isinstance(rule, str) else rule_of_data(rule, world)
    except RuleProblem as problem:
        said_so = words.sentence(str(problem))
        raise Invalid(said_so if said_so.endswith("?") else f"{said_so}.", where="rule") from problem


def rule_answer(rule: Requirement, world: World) -> AskedRule:
    """Say a requirement in its three forms."""
    return AskedRule(
        text=rule_text(rule),
        requirement=requirement_answer(rule, Labels(world)),
        words=said(rule, world),
    )


HANDLERS: list[Any] = [read_rule]
