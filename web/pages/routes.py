"""Every page."""

from litestar import Router

from web.pages import (
    account,
    admin,
    advanced,
    alone,
    apprentice,
    apprentices,
    cohort,
    college,
    consents,
    corrections,
    crew,
    decisions,
    differences,
    entry,
    evidence,
    handovers,
    house_rules,
    mentor,
    notices,
    plan,
    publications,
    raise_answers,
    ratio,
    roster,
    sponsor,
    what_if,
)
from web.pages.asked import NotEnrolled, show_not_enrolled

HANDLERS = [
    Router(
        path="/",
        route_handlers=[
            *entry.HANDLERS,
            *account.HANDLERS,
            *apprentice.HANDLERS,
            *evidence.HANDLERS,
            *corrections.HANDLERS,
            *mentor.HANDLERS,
            *notices.HANDLERS,
            *sponsor.HANDLERS,
            *decisions.HANDLERS,
            *raise_answers.HANDLERS,
            *house_rules.HANDLERS,
            *differences.HANDLERS,
            *handovers.HANDLERS,
            *crew.HANDLERS,
            *ratio.HANDLERS,
            *alone.HANDLERS,
            *advanced.HANDLERS,
            *cohort.HANDLERS,
            *apprentices.HANDLERS,
            *what_if.HANDLERS,
            *plan.HANDLERS,
            *college.HANDLERS,
            *consents.HANDLERS,
            *roster.HANDLERS,
            *admin.HANDLERS,
            *publications.HANDLERS,
        ],
        exception_handlers={NotEnrolled: show_not_enrolled},
        include_in_schema=False,
    )
]
