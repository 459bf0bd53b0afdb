"""Every page."""

from litestar import Router

from web.pages import (
    account,
    admin,
    apprentice,
    apprentices,
    cohort,
    college,
    consents,
    corrections,
    crew,
    decisions,
    entry,
    evidence,
    mentor,
    plan,
    publications,
    roster,
    sponsor,
    training,
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
            *sponsor.HANDLERS,
            *decisions.HANDLERS,
            *training.HANDLERS,
            *crew.HANDLERS,
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
