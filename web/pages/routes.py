"""Every page."""

from litestar import Router

from web.pages import (
    account,
    admin,
    apprentice,
    college,
    entry,
    evidence,
    mentor,
    publications,
    roster,
    sponsor,
)

HANDLERS = [
    Router(
        path="/",
        route_handlers=[
            *entry.HANDLERS,
            *account.HANDLERS,
            *apprentice.HANDLERS,
            *evidence.HANDLERS,
            *mentor.HANDLERS,
            *sponsor.HANDLERS,
            *college.HANDLERS,
            *roster.HANDLERS,
            *admin.HANDLERS,
            *publications.HANDLERS,
        ],
        include_in_schema=False,
    )
]
