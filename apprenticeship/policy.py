"""Who may do what: the only place where that is decided. Pure: relations in, decision out.

`can` decides about one learner or organisation; `scope` says the same for lists, as the conditions that
`apprenticeship.people.repo.learners_in` turns into one query.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from apprenticeship.people.model import (
    Consent,
    CreditShare,
    Employment,
    Findable,
    MentorAssignment,
    OrganisationKind,
    Role,
    RoleHeld,
    RosterEntry,
)


class Action(StrEnum):
    """Everything that a person can ask of the product; a page or endpoint names one of these."""

    READ_RECORD = "record.read"
    READ_STANDING = "standing.read"
    READ_WAGES = "wages.read"
    READ_CREDIT = "credit.read"
    READ_SHARED_CREDIT = "credit.read_shared"
    ASK_CREDIT = "credit.ask"
    DECIDE_CREDIT = "credit.decide"
    HAND_IN = "evidence.hand_in"
    SIGN_OFF = "evidence.sign_off"
    GIVE_CONSENT = "consent.give"
    READ_CREW = "crew.read"
    READ_COHORT = "cohort.read"
    PLAN_TRAINING = "training.plan"
    LOOK_AT_EVERYBODY = "everybody.look_at"
    AWARD_STEP = "raise.award"
    APPEAL_RAISE = "raise.appeal"
    SET_HOUSE_RULES = "house_rules.set"
    APPEAL_LATE_LOG = "late_log.appeal"
    EXCUSE_LATE_LOG = "late_log.excuse"
    ACCEPT_DIFFERENCE = "raise.accept_difference"
    HAND_OVER_PAY = "payroll.hand_over"
    READ_PAYROLL = "payroll.read"
    KEEP_FORECAST = "forecast.keep"
    IMPORT_ROSTER = "roster.import"
    MANAGE_PEOPLE = "people.manage"
    ENROL = "enrolment.make"
    READ_STANDARDS = "standards.read"
    PUBLISH_STANDARD = "standards.publish"
    MANAGE_OWN_KEYS = "keys.manage"
    PLAN_SITES = "sites.plan"
    RELEASE_ALONE = "alone.release"
    FIND_PEOPLE = "people.find"
    PLAN_PROMOTIONS = "promotions.plan"
    KEEP_AGREEMENTS = "agreements.keep"


class Relation(StrEnum):
    """How the actor stands to a learner on a day."""

    OWN = "own"
    MENTORED = "mentored"
    EMPLOYED = "employed"
    CONSENTED = "consented"
    ON_ROSTER = "on_roster"
    ADMINISTERED = "administered"  # by the employer's administrator
    COLLEGE_ADMINISTERED = (
        "college_administered"  # by the administrator of a college whose roster they are on
    )
    CREDIT_SHARED = "credit_shared"  # by an employer whom they let see their college credit, and only that
    FINDABLE = "findable"  # by an employer that hires and does not employ them


@dataclass(frozen=True)
class Decision:
    allowed: bool
    reason: str


@dataclass(frozen=True)
class Actor:
    """The acting person with the roles they ever held; which of them count is a matter of the day."""

    person: UUID
    roles: tuple[RoleHeld, ...] = ()
    suspended: bool = False

    def organisations(self, role: Role, day: date) -> frozenset[UUID]:
        """Where the actor holds a role on a day."""
        return frozenset(held.organisation for held in self.roles if held.role == role and held.covers(day))

    def places(self, day: date) -> frozenset[UUID]:
        """Where the actor holds any role on a day."""
        return frozenset(held.organisation for held in self.roles if held.covers(day))


@dataclass(frozen=True)
class Learner:
    """A person whose record is asked for, with everybody who has to do with them."""

    person: UUID
    mentors: tuple[MentorAssignment, ...] = ()
    employments: tuple[Employment, ...] = ()
    rosters: tuple[RosterEntry, ...] = ()
    consents: tuple[Consent, ...] = ()
    findables: tuple[Findable, ...] = ()
    credit_shares: tuple[CreditShare, ...] = ()


@dataclass(frozen=True)
class OrganisationResource:
    """An organisation that something is to be done in or for."""

    organisation: UUID
    kind: OrganisationKind


@dataclass(frozen=True)
class Shared:
    """What belongs to nobody: published standards, one's own keys."""


Resource = Learner | OrganisationResource | Shared

# who may be found is not seen by that: a search shows less than a record, and by its own rules;
# who lets an employer see their credit lets it see nothing else
EVERY_RELATION = frozenset(Relation) - {Relation.FINDABLE, Relation.CREDIT_SHARED}
TO_LEARNERS: Mapping[Action, frozenset[Relation]] = {
    Action.READ_RECORD: EVERY_RELATION,
    Action.READ_STANDING: EVERY_RELATION,
    Action.READ_WAGES: frozenset({Relation.OWN, Relation.EMPLOYED, Relation.ADMINISTERED}),
    Action.READ_CREDIT: frozenset({Relation.OWN, Relation.CONSENTED, Relation.ON_ROSTER}),
    Action.READ_SHARED_CREDIT: frozenset({Relation.CREDIT_SHARED}),
    Action.ASK_CREDIT: frozenset({Relation.OWN}),
    Action.DECIDE_CREDIT: frozenset({Relation.CONSENTED, Relation.ON_ROSTER}),
    Action.HAND_IN: frozenset({Relation.OWN}),
    Action.SIGN_OFF: frozenset({Relation.MENTORED}),
    Action.GIVE_CONSENT: frozenset({Relation.OWN}),
    Action.AWARD_STEP: frozenset({Relation.EMPLOYED}),
    Action.APPEAL_RAISE: frozenset({Relation.OWN}),
    Action.APPEAL_LATE_LOG: frozenset({Relation.OWN}),
    Action.EXCUSE_LATE_LOG: frozenset({Relation.EMPLOYED}),
    Action.ACCEPT_DIFFERENCE: frozenset({Relation.EMPLOYED, Relation.ADMINISTERED}),
    Action.ENROL: frozenset({Relation.EMPLOYED, Relation.ADMINISTERED}),
    Action.RELEASE_ALONE: frozenset({Relation.MENTORED, Relation.EMPLOYED}),
    Action.FIND_PEOPLE: frozenset({Relation.FINDABLE}),
}
IN_ORGANISATIONS: Mapping[Action, Mapping[OrganisationKind, frozenset[Role]]] = {
    Action.READ_CREW: {
        OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR}),
        OrganisationKind.COLLEGE: frozenset({Role.REGISTRAR, Role.ADMINISTRATOR}),
    },
    Action.PLAN_TRAINING: {OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR})},
    Action.READ_COHORT: {
        OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR}),
        OrganisationKind.AGENCY: frozenset({Role.ADMINISTRATOR}),
    },
    # everybody in a program, as counts without names
    Action.LOOK_AT_EVERYBODY: {OrganisationKind.AGENCY: frozenset({Role.ADMINISTRATOR})},
    Action.HAND_OVER_PAY: {
        OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR}),
    },
    Action.READ_PAYROLL: {OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR})},
    Action.KEEP_FORECAST: {OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER})},
    Action.IMPORT_ROSTER: {
        OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR}),
        OrganisationKind.COLLEGE: frozenset({Role.REGISTRAR, Role.ADMINISTRATOR}),
    },
    Action.PLAN_SITES: {OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR})},
    Action.PLAN_PROMOTIONS: {OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER})},
    Action.KEEP_AGREEMENTS: {OrganisationKind.COLLEGE: frozenset({Role.REGISTRAR})},
    Action.MANAGE_PEOPLE: {kind: frozenset({Role.ADMINISTRATOR}) for kind in OrganisationKind},
    Action.ENROL: {OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR})},
    Action.PUBLISH_STANDARD: {kind: frozenset({Role.ADMINISTRATOR}) for kind in OrganisationKind},
    Action.SET_HOUSE_RULES: {OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER, Role.ADMINISTRATOR})},
}
FOR_EVERYBODY = frozenset({Action.READ_STANDARDS, Action.MANAGE_OWN_KEYS})

SUSPENDED = Decision(allowed=False, reason="This account is suspended.")


def can(actor: Actor, action: Action, resource: Resource, at: datetime) -> Decision:
    """Decide one request, with a reason that may be shown and kept."""
    if actor.suspended:
        return SUSPENDED
    if isinstance(resource, Learner):
        return _with_learner(actor, action, resource, at)
    if isinstance(resource, OrganisationResource):
        return _in_organisation(actor, action, resource, at.date())
    if action in FOR_EVERYBODY:
        return Decision(allowed=True, reason="open to everybody who has signed in")
    return Decision(allowed=False, reason=f"Nobody may do {action} without saying to whom.")


def _with_learner(actor: Actor, action: Action, learner: Learner, at: datetime) -> Decision:
    if action is Action.SIGN_OFF and learner.person == actor.person:
        return Decision(allowed=False, reason="Nobody signs off their own work.")
    if action is Action.RELEASE_ALONE and learner.person == actor.person:
        return Decision(allowed=False, reason="Nobody releases themselves to work alone.")
    allowed = relations(actor, learner, at) & TO_LEARNERS.get(action, frozenset())
    if allowed:
        return Decision(allowed=True, reason=min(allowed).value)
    return Decision(allowed=False, reason=f"No relation to this person on {at.date()} allows {action}.")


def _in_organisation(actor: Actor, action: Action, resource: OrganisationResource, day: date) -> Decision:
    roles = IN_ORGANISATIONS.get(action, {}).get(resource.kind, frozenset())
    for role in sorted(roles):
        if resource.organisation in actor.organisations(role, day):
            return Decision(allowed=True, reason=role.value)
    return Decision(allowed=False, reason=f"No role in this organisation on {day} allows {action}.")


def relations(actor: Actor, learner: Learner, at: datetime) -> frozenset[Relation]:
    """How the actor stands to a learner at a moment."""
    day = at.date()
    employers = {job.employer for job in learner.employments if job.covers(day)}
    rosters = {entry.college for entry in learner.rosters if entry.covers(day)}
    consents = {consent.organisation for consent in learner.consents if consent.holds(at)}
    shares = {share.employer for share in learner.credit_shares if share.holds(at)}
    employing = actor.organisations(Role.EMPLOYER, day)
    mentoring = actor.organisations(Role.MENTOR, day)
    registering = actor.organisations(Role.REGISTRAR, day)
    administering = actor.organisations(Role.ADMINISTRATOR, day)
    mentored = any(
        tie.mentor == actor.person and tie.organisation in mentoring and tie.covers(day)
        for tie in learner.mentors
    )
    holds = {
        Relation.FINDABLE: _is_found(actor, learner, at),
        Relation.OWN: actor.person == learner.person,
        Relation.MENTORED: mentored,
        Relation.EMPLOYED: bool(employing & employers),
        Relation.CREDIT_SHARED: bool(employing & shares),
        Relation.CONSENTED: bool(registering & consents),
        Relation.ON_ROSTER: bool(registering & rosters),
        Relation.ADMINISTERED: bool(administering & employers),
        Relation.COLLEGE_ADMINISTERED: bool(administering & rosters),
    }
    return frozenset(relation for relation, held in holds.items() if held)


def _is_found(actor: Actor, learner: Learner, at: datetime) -> bool:
    """Whether somebody agreed to be found by an employer of the actor; never by those whom they work for."""
    hiring = actor.organisations(Role.EMPLOYER, at.date())
    given = [one for one in learner.findables if one.holds(at)]
    employers = {job.employer for job in learner.employments if job.covers(at.date())}
    found = any(one.is_for(place) for one in given for place in hiring)
    return found and actor.person != learner.person and not employers & actor.places(at.date())


@dataclass(frozen=True)
class Scope:
    """The learners that an actor may do one thing with at a moment: the union of these conditions."""

    at: datetime
    own: UUID | None = None
    mentor: UUID | None = None
    mentoring: frozenset[UUID] = frozenset()
    employers: frozenset[UUID] = frozenset()
    consented_to: frozenset[UUID] = frozenset()
    rosters: frozenset[UUID] = frozenset()
    # those who agreed to be found by these, but for oneself and those who work in one of one's places
    hiring: frozenset[UUID] = frozenset()
    shared_with: frozenset[UUID] = frozenset()
    person: UUID | None = None
    places: frozenset[UUID] = frozenset()

    @property
    def nobody(self) -> bool:
        through = (
            self.employers,
            self.consented_to,
            self.rosters,
            self.mentoring,
            self.hiring,
            self.shared_with,
        )
        return self.own is None and not any(through)


def scope(actor: Actor, action: Action, at: datetime) -> Scope:
    """Say for lists what `can` says for one learner."""
    if actor.suspended:
        return Scope(at=at)
    allowed = TO_LEARNERS.get(action, frozenset())
    day = at.date()

    def where(relation: Relation, role: Role) -> frozenset[UUID]:
        return actor.organisations(role, day) if relation in allowed else frozenset()

    return Scope(
        at=at,
        own=actor.person if Relation.OWN in allowed else None,
        mentor=actor.person if Relation.MENTORED in allowed else None,
        mentoring=where(Relation.MENTORED, Role.MENTOR),
        employers=where(Relation.EMPLOYED, Role.EMPLOYER) | where(Relation.ADMINISTERED, Role.ADMINISTRATOR),
        consented_to=where(Relation.CONSENTED, Role.REGISTRAR),
        rosters=where(Relation.ON_ROSTER, Role.REGISTRAR)
        | where(Relation.COLLEGE_ADMINISTERED, Role.ADMINISTRATOR),
        shared_with=where(Relation.CREDIT_SHARED, Role.EMPLOYER),
        hiring=where(Relation.FINDABLE, Role.EMPLOYER),
        person=actor.person,
        places=actor.places(day),
    )
