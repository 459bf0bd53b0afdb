"""The organisations of the demo and the people who work in them. All of it is made up."""

from apprenticeship.demo.model import Place, Staff
from apprenticeship.people.model import OrganisationKind, Role

PLACES = (
    Place("keystone", OrganisationKind.EMPLOYER, "Keystone Precision (sample)"),
    Place("harbor", OrganisationKind.EMPLOYER, "Harbor Tool & Gauge (sample)"),
    # the keys under which the two sample agreements know their colleges
    Place("lakeside", OrganisationKind.COLLEGE, "Lakeside College (sample)"),
    Place("riverbend", OrganisationKind.COLLEGE, "Riverbend Technical College (sample)"),
    Place("state-agency", OrganisationKind.AGENCY, "State Apprenticeship Agency (sample)"),
)

STAFF = (
    Staff("maria", "Maria Ortiz", Role.MENTOR, ("keystone",)),
    Staff("tunde", "Tunde Bakare", Role.MENTOR, ("keystone",)),
    Staff("walt", "Walt Kowalski", Role.MENTOR, ("keystone",)),
    Staff("hanh", "Hạnh Phạm", Role.MENTOR, ("harbor",)),
    Staff("greta", "Greta Lindqvist", Role.MENTOR, ("harbor",)),
    Staff("elias", "Elias Haddad", Role.MENTOR, ("harbor",)),
    Staff("rosa", "Rosa Novak", Role.EMPLOYER, ("keystone",)),
    Staff("dale", "Dale Whitehorse", Role.EMPLOYER, ("harbor",)),
    Staff("lee", "Lee Whitfield", Role.REGISTRAR, ("lakeside",)),
    Staff("priya", "Priya Raman", Role.REGISTRAR, ("riverbend",)),
    Staff("sam", "Sam Adeyemi", Role.ADMINISTRATOR, ("keystone", "lakeside", "state-agency")),
    Staff("ingrid", "Ingrid Solberg", Role.ADMINISTRATOR, ("harbor", "riverbend")),
)

EMPLOYER_OF = {one.login: one.places[0] for one in STAFF if one.role is Role.MENTOR}
BOSS_OF = {one.places[0]: one.login for one in STAFF if one.role is Role.EMPLOYER}
REGISTRAR_OF = {one.places[0]: one.login for one in STAFF if one.role is Role.REGISTRAR}
