"""Pages from templates: one environment, everything escaped, and no name that is not given."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.connection import ASGIConnection

from apprenticeship.people.model import Role
from apprenticeship.policy import Action
from web import assets, words
from web.navigation import Link, links_of
from web.visitors import Visitor, visitor_of

TEMPLATES = Path(__file__).parent / "templates"
HTML = "text/html"


@dataclass(frozen=True)
class Viewer:
    """Who is signed in, as the top of the page says it."""

    name: str
    standing: str


@cache
def environment() -> Environment:
    """Build the environment once: templates, the words of the shop, the addresses of assets."""
    built = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    built.filters |= {
        "day": words.day,
        "money": words.money,
        "percent": words.percent,
        "hours": words.hours,
        "credits": words.credit_hours,
        "counted": words.counted,
        "listed": words.listed,
        "sentence": words.sentence,
        "clause": words.clause,
    }
    built.globals["asset"] = assets.address
    built.globals["parts"] = built.get_template("parts.html").module
    return built


def page(
    connection: ASGIConnection[Any, Any, Any, Any],
    template: str,
    /,
    *,
    status: int = 200,
    charts: bool = False,
    **context: Any,
) -> Response[str]:
    """Draw a page for whoever is signed in.

    Args:
        connection: the request; its path says where in the navigation we are.
        template: the file name of the template.
        status: the status of the answer.
        charts: whether the page loads Plotly, which needs a wider policy for styles.
        context: what the template shows.
    """
    visitor = visitor_of(connection)
    connection.scope["state"]["charts"] = charts
    text = (
        environment()
        .get_template(template)
        .render(
            viewer=_viewer(visitor),
            navigation=_navigation(connection, visitor),
            apprentice=visitor is not None and Role.APPRENTICE in visitor.roles,
            sets_rules=visitor is not None
            and visitor.may(Action.SET_HOUSE_RULES, connection.app.state.clock()),
            here=context.pop("here", connection.url.path),
            notice=context.pop("notice", None),
            charts=charts,
            **context,
        )
    )
    return Response(text, status_code=status, media_type=HTML)


def _viewer(visitor: Visitor | None) -> Viewer | None:
    return None if visitor is None else Viewer(visitor.name, visitor.standing)


def _navigation(connection: ASGIConnection[Any, Any, Any, Any], visitor: Visitor | None) -> tuple[Link, ...]:
    if visitor is None:
        return ()
    now = connection.app.state.clock()
    return tuple(
        link for link in links_of(visitor.roles) if link.action is None or visitor.may(link.action, now)
    )
