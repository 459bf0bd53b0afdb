"""What the people of the demo asked colleges for this morning, what one decided, and a draft that it reviews."""

import json
from datetime import datetime, timedelta
from typing import Any

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.agreements.model import Kind
from apprenticeship.agreements.services import hand_in, move
from apprenticeship.credit.cases import agreements_on, college_key
from apprenticeship.credit_decisions.model import CreditRequest, Ruling, Verdict
from apprenticeship.credit_decisions.services import ask_credit, decide, request_of
from apprenticeship.demo import words
from apprenticeship.demo.cast import Cast
from apprenticeship.demo.places import REGISTRAR_OF

ASKING = (("ada", "lakeside"), ("marcus", "lakeside"), ("hector", "riverbend"))
DECIDED = "marcus"
DRAFTING = "lakeside"
ASKED_BEFORE = timedelta(minutes=30)
DECIDED_BEFORE = timedelta(minutes=10)


async def hand_in_draft(crew: Cast, now: datetime) -> None:
    """Let the registrar of a college hand in the next version of its agreement and send it to the faculty."""
    registrar = await actor_of_person(crew.people[REGISTRAR_OF[DRAFTING]])
    (agreement,) = [one for one in await agreements_on(now.date()) if college_key(one) == DRAFTING]
    draft: dict[str, Any] = json.loads(agreement.canonical)
    draft["agreement"] |= {"version": "2", "effective": {"from": f"{now.year + 1}-08-15"}}
    for award in draft["awards"]:
        if award["id"] == "mfg-121":
            award["credits"] = 4
    number = await hand_in(registrar, json.dumps(draft, indent=1), now=now - ASKED_BEFORE)
    await move(registrar, number, Kind.REVIEW, turn=0, now=now - DECIDED_BEFORE)


async def ask_and_decide(crew: Cast, now: datetime) -> None:
    """Let three apprentices ask a college, and its registrar answer one of them, inside a transaction."""
    for login, college in ASKING:
        actor = await actor_of_person(crew.people[login])
        agreements = [one for one in await agreements_on(now.date()) if college_key(one) == college]
        number = await ask_credit(actor, agreements[0].id, now=now - ASKED_BEFORE)
        if login == DECIDED:
            moment = now - DECIDED_BEFORE
            registrar = await actor_of_person(crew.people[REGISTRAR_OF[college]])
            found = await request_of(registrar, number, now=moment)
            await decide(registrar, number, _rulings(found), now=moment)


def _rulings(request: CreditRequest) -> list[Ruling]:
    """Everything that the rules give, but for the last award, which is refused."""
    given = [line for line in request.lines if line.given]
    return [
        Ruling(
            award=line.award,
            verdict=Verdict.REFUSED if line is given[-1] else Verdict.ACCEPTED,
            reason=words.SYLLABUS if line is given[-1] else "",
        )
        for line in given
    ]
