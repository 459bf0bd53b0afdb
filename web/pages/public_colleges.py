"""What colleges have published, for anybody who asks: signed in or not, and about nobody."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath

from apprenticeship.agreements.services import as_ended
from apprenticeship.credit.cases import model_of
from apprenticeship.refusals import Missing
from apprenticeship.views_colleges import college_published, colleges_published
from apprenticeship.views_standards import StandardView, standard_view
from standards.documents import AgreementDocument
from standards.documents.agreement import AgreementHeader, AwardEntry
from web.access import open_to_all
from web.pages.agreement_words import agreement_facts, award_lines
from web.pages.asked import AnyRequest, now_of
from web.rendering import page
from web.rules import RuleLine


@dataclass(frozen=True)
class AgreementShown:
    """One agreement with all its terms."""

    view: StandardView
    head: AgreementHeader
    facts: tuple[tuple[str, str], ...]
    awards: list[tuple[AwardEntry, RuleLine, str, str]]
    in_force: bool


@get("/colleges", opt=open_to_all())
async def show_colleges(request: AnyRequest) -> Response[str]:
    """List the colleges that have published an agreement."""
    return page(request, "colleges.html", colleges=await colleges_published(), here="/colleges")


@get("/colleges/{college_key:str}/agreements", opt=open_to_all())
async def show_college(request: AnyRequest, college_key: FromPath[str]) -> Response[str]:
    """Show what one college gives, for what, and under which terms."""
    college = await college_published(college_key)
    if college is None:
        raise Missing("No such college.")
    today = now_of(request).date()
    shown = []
    for one in college.agreements:
        view = await standard_view("agreement", one.key)
        if view is not None and isinstance(view.model, AgreementDocument):
            model = model_of((await as_ended([view.standard]))[0])
            head = model.agreement
            facts, awards = agreement_facts(model), award_lines(view, model)
            shown.append(AgreementShown(view, head, facts, awards, head.in_force(today)))
    return page(request, "college.html", college=college, shown=shown, here="/colleges")


HANDLERS = [show_colleges, show_college]
