"""The one line of links at the top, by role: a word that fits a phone and a drawn sign each."""

from collections.abc import Collection
from dataclasses import dataclass

from apprenticeship.people.model import Role
from apprenticeship.policy import Action


@dataclass(frozen=True)
class Link:
    """One entry of the navigation; `action`: only for those who may do that in an organisation of theirs."""

    name: str
    href: str
    icon: str
    action: Action | None = None


BY_ROLE: dict[Role, tuple[Link, ...]] = {
    Role.APPRENTICE: (
        Link("Home", "/home", "home"),
        Link("Map", "/map", "map"),
        Link("Raise", "/raise", "raise"),
        Link("Record", "/record", "record"),
        Link("Credit", "/credit", "credit"),
        Link("Log", "/log", "log"),
    ),
    Role.MENTOR: (
        Link("Sign-off", "/sign-off", "queue"),
        Link("Apprentices", "/apprentices", "people"),
    ),
    Role.EMPLOYER: (
        Link("Raises", "/raises", "raise"),
        Link("Crew", "/crew", "crew"),
        Link("Payroll", "/payroll", "payroll", Action.READ_PAYROLL),
        Link("Hiring", "/hiring", "search"),
        Link("Credits", "/shared-credit", "credit"),
        Link("Cohort", "/cohort", "cohort", Action.READ_COHORT),
        Link("Import", "/imports", "import", Action.IMPORT_ROSTER),
    ),
    Role.REGISTRAR: (
        Link("Learners", "/learners", "search"),
        Link("Requests", "/credit-requests", "queue"),
        Link("Agreements", "/agreements", "standards"),
        Link("Import", "/imports", "import", Action.IMPORT_ROSTER),
    ),
    Role.ADMINISTRATOR: (
        Link("People", "/people", "people"),
        Link("Cohort", "/cohort", "cohort", Action.READ_COHORT),
        Link("Import", "/imports", "import", Action.IMPORT_ROSTER),
        Link("Organisation", "/organisation", "organisation"),
    ),
}
STANDARDS = Link("Standards", "/standards", "standards")


def links_of(roles: Collection[Role]) -> tuple[Link, ...]:
    """Give the links of somebody with these roles, each once, in the order of the roles."""
    found = dict.fromkeys(link for role in Role if role in roles for link in BY_ROLE[role])
    return (*found,) if Role.APPRENTICE in roles else (*found, STANDARDS)


def first_page(roles: Collection[Role]) -> str:
    """Say where somebody with these roles begins."""
    return links_of(roles)[0].href
