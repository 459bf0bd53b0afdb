"""Who may do what: every action has its rule, lists say what single decisions say, and days matter."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from apprenticeship.people.model import (
    Consent,
    CreditShare,
    Employment,
    Findable,
    MentorAssignment,
    Organisation,
    OrganisationKind,
    Role,
    RoleHeld,
    RosterEntry,
    ShownAs,
)
from apprenticeship.policy import (
    FOR_EVERYBODY,
    IN_ORGANISATIONS,
    TO_LEARNERS,
    Action,
    Actor,
    Learner,
    OrganisationResource,
    Shared,
    can,
    scope,
)

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
PEOPLE = [UUID(int=number) for number in range(1, 7)]
PLACES = [
    Organisation(id=UUID(int=100 + n), kind=kind, key=f"place-{n}", name=f"Place {n}", created_at=AT)
    for n, kind in enumerate(
        [
            OrganisationKind.EMPLOYER,
            OrganisationKind.EMPLOYER,
            OrganisationKind.COLLEGE,
            OrganisationKind.COLLEGE,
            OrganisationKind.AGENCY,
        ]
    )
]


def test_every_action_has_exactly_the_rules_that_can_apply_to_it() -> None:
    to_learners, in_places = set(TO_LEARNERS), set(IN_ORGANISATIONS)
    assert to_learners | in_places | FOR_EVERYBODY == set(Action)
    assert to_learners & in_places == {Action.ENROL}, "enrolling asks for the person and for the sponsor"
    assert not (to_learners | in_places) & FOR_EVERYBODY
    assert all(TO_LEARNERS.values())
    assert all(roles for kinds in IN_ORGANISATIONS.values() for roles in kinds.values())


@pytest.mark.parametrize("action", Action)
def test_nobody_without_a_relation_may_do_what_is_not_for_everybody(action: Action) -> None:
    stranger = Actor(person=PEOPLE[0])
    resources = [Learner(person=PEOPLE[1])]
    assert not any(can(stranger, action, resource, AT).allowed for resource in resources)
    for place in PLACES:
        assert not can(stranger, action, OrganisationResource(place.id, place.kind), AT).allowed
    assert can(stranger, action, Shared(), AT).allowed == (action in FOR_EVERYBODY)


@pytest.mark.parametrize("action", Action)
def test_suspended_is_shut_out_of_everything(action: Action) -> None:
    held = tuple(RoleHeld(person=PEOPLE[0], role=role, organisation=PLACES[0].id, since=DAY) for role in Role)
    actor = Actor(person=PEOPLE[0], roles=held, suspended=True)
    resources = (Learner(person=PEOPLE[0]), OrganisationResource(PLACES[0].id, PLACES[0].kind), Shared())
    decisions = [can(actor, action, resource, AT) for resource in resources]
    assert {decision.reason for decision in decisions} == {"This account is suspended."}
    assert not any(decision.allowed for decision in decisions)
    assert scope(actor, action, AT).nobody


EMPLOYER, COLLEGE = PLACES[0], PLACES[2]
ME, OTHER = PEOPLE[0], PEOPLE[1]
TIES: dict[str, tuple[Role | None, Learner]] = {
    "own": (None, Learner(person=ME)),
    "mentor": (
        Role.MENTOR,
        Learner(
            person=OTHER,
            mentors=(MentorAssignment(mentor=ME, apprentice=OTHER, organisation=EMPLOYER.id, since=DAY),),
        ),
    ),
    "employer": (
        Role.EMPLOYER,
        Learner(person=OTHER, employments=(Employment(person=OTHER, employer=EMPLOYER.id, since=DAY),)),
    ),
    "administrator": (
        Role.ADMINISTRATOR,
        Learner(person=OTHER, employments=(Employment(person=OTHER, employer=EMPLOYER.id, since=DAY),)),
    ),
    "registrar by consent": (
        Role.REGISTRAR,
        Learner(
            person=OTHER,
            consents=(
                Consent(
                    id=UUID(int=1),
                    person=OTHER,
                    organisation=COLLEGE.id,
                    purpose="credit",
                    since=DAY,
                    given_at=AT,
                ),
            ),
        ),
    ),
    "registrar by roster": (
        Role.REGISTRAR,
        Learner(person=OTHER, rosters=(RosterEntry(college=COLLEGE.id, person=OTHER, since=DAY),)),
    ),
    "employer by leave to be found": (
        Role.EMPLOYER,
        Learner(
            person=OTHER,
            findables=(
                Findable(
                    id=UUID(int=1),
                    person=OTHER,
                    employer=None,
                    shown_as=ShownAs.NAME,
                    since=DAY,
                    until=DAY + timedelta(days=30),
                    given_at=AT,
                ),
            ),
        ),
    ),
    "employer by consent to see credit": (
        Role.EMPLOYER,
        Learner(
            person=OTHER,
            credit_shares=(
                CreditShare(
                    id=UUID(int=1),
                    person=OTHER,
                    employer=EMPLOYER.id,
                    purpose="tuition paid back",
                    signed_as="Ada Tran",
                    since=DAY,
                    given_at=AT,
                ),
            ),
        ),
    ),
    "college administrator": (
        Role.ADMINISTRATOR,
        Learner(person=OTHER, rosters=(RosterEntry(college=COLLEGE.id, person=OTHER, since=DAY),)),
    ),
}
READ = {Action.READ_RECORD, Action.READ_STANDING}
MAY = {
    "own": READ
    | {
        Action.READ_WAGES,
        Action.READ_CREDIT,
        Action.ASK_CREDIT,
        Action.HAND_IN,
        Action.GIVE_CONSENT,
        Action.APPEAL_LATE_LOG,
        Action.APPEAL_RAISE,
    },
    "mentor": READ | {Action.SIGN_OFF, Action.RELEASE_ALONE},
    "employer": READ
    | {
        Action.READ_WAGES,
        Action.AWARD_STEP,
        Action.ACCEPT_DIFFERENCE,
        Action.ENROL,
        Action.EXCUSE_LATE_LOG,
        Action.RELEASE_ALONE,
    },
    "administrator": READ | {Action.READ_WAGES, Action.ACCEPT_DIFFERENCE, Action.ENROL},
    "employer by leave to be found": {Action.FIND_PEOPLE},
    "employer by consent to see credit": {Action.READ_SHARED_CREDIT},
    "registrar by consent": READ | {Action.READ_CREDIT, Action.DECIDE_CREDIT},
    "registrar by roster": READ | {Action.READ_CREDIT, Action.DECIDE_CREDIT},
    "college administrator": READ,
}


def actor_for(tie: str, since: date = DAY, until: date | None = None) -> Actor:
    role, learner = TIES[tie]
    place = COLLEGE if learner.rosters or learner.consents else EMPLOYER
    held = RoleHeld(person=ME, role=role or Role.APPRENTICE, organisation=place.id, since=since, until=until)
    return Actor(person=ME, roles=(held,))


@pytest.mark.parametrize("tie", TIES)
def test_each_relation_allows_what_is_written_here(tie: str) -> None:
    allowed = {action for action in Action if can(actor_for(tie), action, TIES[tie][1], AT).allowed}
    assert allowed == MAY[tie]


@pytest.mark.parametrize("tie", [tie for tie in TIES if Action.READ_RECORD in MAY[tie] and tie != "own"])
def test_a_relation_counts_from_its_first_day_until_before_its_last(tie: str) -> None:
    learner = TIES[tie][1]
    before, after = AT - timedelta(days=1), AT + timedelta(days=10)
    assert not can(actor_for(tie, since=DAY - timedelta(days=9)), Action.READ_RECORD, learner, before).allowed
    ended = actor_for(tie, until=after.date())
    assert can(ended, Action.READ_RECORD, learner, after - timedelta(days=1)).allowed
    assert not can(ended, Action.READ_RECORD, learner, after).allowed


def test_a_role_elsewhere_opens_nothing_here() -> None:
    for tie, (role, learner) in TIES.items():
        if role is not None:
            held = RoleHeld(person=ME, role=role, organisation=PLACES[1].id, since=DAY)
            other = Actor(person=ME, roles=(held,))
            assert not can(other, Action.READ_RECORD, learner, AT).allowed, tie


def test_nobody_signs_their_own_work_whatever_their_roles() -> None:
    held = tuple(RoleHeld(person=ME, role=role, organisation=EMPLOYER.id, since=DAY) for role in Role)
    mine = Learner(
        person=ME,
        mentors=(MentorAssignment(mentor=ME, apprentice=ME, organisation=EMPLOYER.id, since=DAY),),
        employments=(Employment(person=ME, employer=EMPLOYER.id, since=DAY),),
    )
    decision = can(Actor(person=ME, roles=held), Action.SIGN_OFF, mine, AT)
    assert (decision.allowed, decision.reason) == (False, "Nobody signs off their own work.")
