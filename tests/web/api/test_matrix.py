"""Every operation of the OpenAPI file asked by everybody about everybody: exactly what the policy says, no more.

What is expected is worked out from the relations in the database by the policy alone; the file says what each
operation asks of it.
"""

import json
from typing import Any
from uuid import UUID

import pytest

from apprenticeship.accounts.services import actor_of_person, suspend
from apprenticeship.people import repo
from apprenticeship.people.services import learner_of
from apprenticeship.policy import Action, Actor, OrganisationResource, Shared, can, scope
from tests.web.api.conftest import Api
from tests.web.shop import NAMES, NOW
from web.access import Whose
from web.api.catalogue import openapi_file

pytestmark = pytest.mark.anyio
FILE = openapi_file()
ALL = [(path, method, operation) for path, of in FILE["paths"].items() for method, operation in of.items()]
NOBODYS = "00000000-0000-4000-8000-000000000000"
# one of each kind that exists in the shop: what is named in a path beside the learner
NAMED = {
    "evidence_id": "e000000001",
    "import_id": NOBODYS,
    "consent_id": NOBODYS,
    "look_id": NOBODYS,
    "errand_id": 2**40,
    "findable_id": NOBODYS,
    "request_id": NOBODYS,
    "decision_id": 2**40,
    "proposal_id": 2**40,
    "appeal_id": 2**40,
    "plan_id": NOBODYS,
    "roster_check_id": NOBODYS,
    "handover_id": 2**40,
    "site_id": NOBODYS,
    "placement_id": 2**40,
    "release_id": 2**40,
    "claim_id": 2**40,
    "credit_request_id": 2**40,
    "framework_id": "nims-machining-1",
    "program_id": "machinist",
    "agreement_id": "lakeside-mfgt",
    "degree_id": "lakeside-aas-mfgt",
}
# what only somebody who may see a record can know of it
SECRETS = ("usd_per_hour", "nims-machining-1:", "e000000001", "milling", "machinist", "chucking")
TARGETS = ("ada", "cho", "stranger")  # beside oneself: two of one employer, and somebody of another
REFUSALS = {401, 403, 404}


def asked_of(operation: dict[str, Any]) -> tuple[Whose, Action | None]:
    policy = operation["x-policy"]
    return Whose(policy["whose"]), Action(policy["action"]) if "action" in policy else None


async def expected(actor: Actor, whose: Whose, action: Action | None, learner: Any) -> int | None:
    """The status with which the policy refuses; None where it lets the asker in."""
    if whose is Whose.NOBODY or action is None:
        return None
    if whose is Whose.THEIRS:
        return 403 if scope(actor, action, NOW).nobody else None
    if whose is Whose.ORGANISATION:
        places = [
            await repo.organisation_of(held.organisation) for held in actor.roles if held.covers(NOW.date())
        ]
        resources = [OrganisationResource(place.id, place.kind) for place in places if place]
        return None if any(can(actor, action, one, NOW).allowed for one in resources) else 403
    resource = Shared() if whose is Whose.SHARED else await learner_of(learner)
    return None if can(actor, action, resource, NOW).allowed else 404


# these name what does not exist, so even those whom the policy lets in find nothing
NAMING_NOTHING = {
    "readImport",
    "decideImport",
    "checkRoster",
    "takeConsentBack",
    "decideSignOffs",
    "readCohortLook",
    "readTrainingPlan",
    "startRosterCheck",
    "readRosterCheck",
    "readEverybody",
    "undoRaiseDecision",
    "objectToRaise",
    "answerCorrection",
    "appealRaise",
    "upholdRaise",
    "setHouseRules",
    "acceptDifference",
    "readHandover",
    "makeHandover",
    "openSite",
    "place",
    "endPlacement",
    "endRelease",
    "decideClaim",
    "tellAgencyOfClaim",
    "saveTargetRole",
    "readFound",
    "askContact",
    "endFindable",
    "answerContact",
    "keepForecast",
    "askCredit",
    "decideCredit",
    "appealCredit",
    "withdrawCredit",
    "retryErrand",
}


def is_missing(name: str, whom: str) -> bool:
    """Whether what is asked for does not exist although the asker may ask."""
    elsewhere = {
        "readEvidence": whom != "ada",
        "decideRaise": whom == "cho",
        "appealLateLog": whom not in ("ada", "ben"),  # nobody else is in that program
        "excuseLateLog": whom == "cho",
    }  # ada's entry; cho's other program
    return name in NAMING_NOTHING or elsewhere.get(name, False)


def body_of(operation: dict[str, Any], college: UUID) -> dict[str, Any]:
    """A body that can be read and never changes anything: it asks for what cannot be."""
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return {"content": b"\0"} if content else {}
    name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
    sample = dict(FILE["components"]["schemas"][name]["examples"][0])
    sample |= {"in": "nowhere"} if "hours" in sample else {}
    sample |= {"step": "nowhere"} if "step" in sample else {}
    sample |= {"until": "2000-01-01", "college_id": str(college)} if "college_id" in sample else {}
    sample |= {"until": "2000-01-01"} if "shown_as" in sample else {}
    sample |= {"rows": [{"row": 2**62}]} if "rows" in sample else {}
    sample |= {"learners": [NOBODYS]} if "stations" in sample else {}
    return {"json": sample}


def address(path: str, operation: dict[str, Any], learner: str) -> str:
    query = {"goal": "completion", "organisation_id": NOBODYS, "rule": "1 credential"}
    needed = [one["name"] for one in operation["parameters"] if one["required"] and one["in"] == "query"]
    filled = path.format(learner_id=learner, **NAMED).removeprefix("/api/v1")
    return filled + ("?" + "&".join(f"{name}={query[name]}" for name in needed) if needed else "")


@pytest.mark.parametrize("who", NAMES)
async def test_the_policy_decides_and_nothing_else(own_api: Api, who: str) -> None:
    api = own_api  # whoever may do something does it
    actor = await actor_of_person(api.shop.people[who])
    for path, method, operation in ALL:
        whose, action = asked_of(operation)
        for whom in dict.fromkeys((who, *TARGETS)) if "{learner_id}" in path else [who]:
            learner = api.shop.people[whom]
            refused = await expected(actor, whose, action, learner)
            response = await api.ask(
                who,
                method.upper(),
                address(path, operation, str(learner)),
                **body_of(operation, api.shop.college),
            )
            said = f"{who} {operation['operationId']} {whom}: {response.status_code} {response.text[:200]}"
            if refused is not None:
                assert response.status_code == refused, said
                assert not [word for word in SECRETS if word in response.text], said
                assert len(response.content) < 200, said
            else:
                found = REFUSALS - {404} if is_missing(operation["operationId"], whom) else REFUSALS
                assert response.status_code not in found, said
            assert response.status_code < 500, said


async def test_nobody_who_has_not_signed_in_gets_anything_but_health(api: Api) -> None:
    for path, method, operation in ALL:
        learner = str(api.shop.people["ada"])
        response = await api.ask(
            None, method.upper(), address(path, operation, learner), **body_of(operation, api.shop.college)
        )
        open_to_all = asked_of(operation)[0] is Whose.NOBODY
        assert response.status_code == (200 if open_to_all else 401), operation["operationId"]
        assert open_to_all or not [word for word in SECRETS if word in response.text]


async def test_a_stranger_and_nobody_look_alike(api: Api) -> None:
    for path, method, operation in ALL:
        if "{learner_id}" not in path:
            continue
        answers = [
            await api.ask(
                "stranger",
                method.upper(),
                address(path, operation, learner),
                **body_of(operation, api.shop.college),
            )
            for learner in (str(api.shop.people["ada"]), NOBODYS)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content


async def test_a_key_for_reading_is_refused_wherever_something_changes(api: Api) -> None:
    for path, method, operation in ALL:
        learner = str(api.shop.people["ada"])
        response = await api.ask(
            "ada:read",
            method.upper(),
            address(path, operation, learner),
            **body_of(operation, api.shop.college),
        )
        if method != "get":
            assert response.status_code == 403, operation["operationId"]
            assert json.loads(response.content)["detail"] == "This key is not for writing."


async def test_somebody_shut_out_is_shut_out_of_everything(own_api: Api) -> None:

    api = own_api
    await suspend(await actor_of_person(api.shop.people["admin"]), api.shop.people["employer"], now=NOW)
    for path, method, operation in ALL:
        learner = str(api.shop.people["ada"])
        response = await api.ask(
            "employer",
            method.upper(),
            address(path, operation, learner),
            **body_of(operation, api.shop.college),
        )
        assert response.status_code == 401, operation["operationId"]
