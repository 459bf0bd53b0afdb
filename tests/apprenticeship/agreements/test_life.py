"""An agreement from draft to end, on the database: who may, in which order, and what it gives meanwhile."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

import standards
from apprenticeship.accounts.services import actor_of_person
from apprenticeship.agreements.model import AgreementDraft, Kind, State
from apprenticeship.agreements.services import draft_of, drafts_of, end, findings, hand_in, move
from apprenticeship.credit.model import CreditAnswer, Reason
from apprenticeship.credit.services import credit_of
from apprenticeship.credit_decisions.services import ask_credit, replayed
from apprenticeship.people import repo as people
from apprenticeship.people.model import Person, Role, RoleHeld
from apprenticeship.people.services import organisation_resource
from apprenticeship.policy import Action, Actor, can
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from apprenticeship.store import transaction
from standards.storage import repo as published
from tests.apprenticeship.acting import LATER, acting
from tests.web.shop import BEGAN, NAMES, NOW, Shop

TEXT = (Path(standards.__file__).parent / "catalog" / "agreement-lakeside-sample.yaml").read_text()
NEXT = TEXT.replace("  college_id: lakeside\n", '  college_id: lakeside\n  version: "2027"\n').replace(
    "title: Shop safety and measurement, credits: 2", "title: Shop safety and measurement, credits: 3"
)
TODAY = NOW.date()


async def second_registrar(shop: Shop) -> Actor:
    person = uuid4()
    async with transaction():
        await people.add_people([Person(id=person, name="Nia Second", created_at=NOW)])
        await people.add_roles(
            [RoleHeld(person=person, role=Role.REGISTRAR, organisation=shop.college, since=BEGAN)]
        )
    return await actor_of_person(person)


async def go(actor: Actor, draft: int, *kinds: Kind) -> AgreementDraft:
    for kind in kinds:
        seen = len((await draft_of(actor, draft, now=LATER)).moves)
        await move(
            actor,
            draft,
            kind,
            turn=seen,
            why="As agreed.",
            approver="Dr. Ames, chair of Manufacturing",
            approved_on=TODAY,
            now=LATER,
        )
    return await draft_of(actor, draft, now=LATER)


async def lakeside(shop: Shop, *, days: int = 0) -> CreditAnswer:
    ada = await acting(shop, "ada")
    found = await credit_of(ada, ada.person, now=LATER, as_of=TODAY + timedelta(days=days))
    return next(one.answer for one in found.colleges if one.organisation)


async def test_from_draft_to_force_changes_what_a_learner_is_given(shop: Shop) -> None:
    lee = await acting(shop, "registrar")
    before = await lakeside(shop)
    number = await hand_in(lee, NEXT, now=NOW)
    assert not [one for one in await findings(NEXT) if one.severity == "error"]
    await go(lee, number, Kind.REVIEW, Kind.APPROVE)
    assert (await lakeside(shop)).credits == before.credits, "approved is not in force"
    draft = await go(lee, number, Kind.PUT_IN_FORCE)
    assert draft.state is State.IN_FORCE
    assert (await lakeside(shop)).credits == before.credits + 100
    version = await published.find("agreement", "lakeside-mfgt", "2027")
    assert version is not None
    assert draft.moves[-1].standard == version.id
    assert version.sha256 == draft.sha256
    assert [one.id for one in await drafts_of(lee, now=LATER)] == [number]


async def test_who_handed_in_does_not_approve_where_there_are_two(shop: Shop) -> None:
    lee, nia = await acting(shop, "registrar"), await second_registrar(shop)
    number = await hand_in(lee, NEXT, now=NOW)
    await go(lee, number, Kind.REVIEW)
    with pytest.raises(Invalid, match="ask another registrar"):
        await go(lee, number, Kind.APPROVE)
    assert (await go(nia, number, Kind.APPROVE)).state is State.APPROVED


async def test_moves_that_cannot_be_are_refused_in_words(shop: Shop) -> None:
    lee = await acting(shop, "registrar")
    number = await hand_in(lee, NEXT, now=NOW)
    with pytest.raises(Invalid, match="What is draft cannot be put in force"):
        await go(lee, number, Kind.PUT_IN_FORCE)
    await go(lee, number, Kind.REVIEW)
    for more, said in (
        ({"kind": Kind.RETURN}, "Say why"),
        ({"kind": Kind.APPROVE, "approved_on": TODAY}, "Say who"),
        ({"kind": Kind.APPROVE, "approver": "x"}, "Say the day"),
        ({"kind": Kind.APPROVE, "approver": "x", "approved_on": TODAY + timedelta(days=1)}, "no later"),
    ):
        with pytest.raises(Invalid, match=said):
            await move(lee, number, turn=1, now=LATER, **more)


async def test_of_two_moves_at_once_one_wins_and_the_other_is_told(shop: Shop) -> None:
    lee, nia = await acting(shop, "registrar"), await second_registrar(shop)
    number = await hand_in(lee, NEXT, now=NOW)
    found = await asyncio.gather(
        move(lee, number, Kind.REVIEW, turn=0, now=LATER),
        move(nia, number, Kind.WITHDRAW, turn=0, why="Wrong year.", now=LATER),
        return_exceptions=True,
    )
    (lost,) = [one for one in found if isinstance(one, BaseException)]
    assert isinstance(lost, AlreadyDecided)
    assert "was first: the draft was" in str(lost)
    assert len((await draft_of(lee, number, now=LATER)).moves) == 1


@pytest.mark.parametrize("who", ["ada", "mentor", "employer", "admin", "stranger", "agency"])
async def test_others_find_nothing(shop: Shop, who: str) -> None:
    number = await hand_in(await acting(shop, "registrar"), NEXT, now=NOW)
    other = await acting(shop, who)
    with pytest.raises(Missing):
        await draft_of(other, number, now=LATER)
    with pytest.raises(Missing):
        await move(other, number, Kind.REVIEW, turn=0, now=LATER)
    with pytest.raises(Invalid, match="another college"):
        await hand_in(other, NEXT, now=NOW)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste the draft"),
        ("journeymark: 1", "draft.yaml"),
        (NEXT.replace("college_id: lakeside", "college_id: riverbend"), "another college"),
        (NEXT.replace("nims-machining-1:mms", "nims-machining-1:nothing"), "draft.yaml:"),
        (TEXT, "published already"),
        (NEXT.replace("  unit:", "  approval: {state: draft}\n  unit:"), "Leave `approval` out"),
    ],
)
async def test_what_cannot_be_handed_in(shop: Shop, text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        await hand_in(await acting(shop, "registrar"), text, now=NOW)


async def test_an_ended_agreement_counts_the_day_before_and_not_on_the_day(shop: Shop) -> None:
    lee = await acting(shop, "registrar")
    before = await lakeside(shop, days=10)
    version = (await published.versions("agreement", "lakeside-mfgt"))[0]
    await end(lee, version.id, until=TODAY + timedelta(days=10), why="A new one comes.", now=LATER)
    assert (await lakeside(shop, days=9)).credits == before.credits > 0
    after = await lakeside(shop, days=10)
    assert after.credits == 0
    assert {one.reason for one in after.left_out} == {Reason.NOT_IN_FORCE}
    with pytest.raises(AlreadyDecided, match="Lee Whitfield was first"):
        await end(lee, version.id, until=TODAY + timedelta(days=3), why="Again.", now=LATER)


async def test_what_was_asked_before_the_end_comes_out_as_it_was(shop: Shop) -> None:
    version = (await published.versions("agreement", "lakeside-mfgt"))[0]
    ada = await acting(shop, "ada")
    await ask_credit(ada, version.id, now=NOW)
    await end(await acting(shop, "registrar"), version.id, until=TODAY, why="Over.", now=LATER)
    assert await replayed() == (1, ())


async def test_an_ended_agreement_is_not_asked_of(shop: Shop) -> None:
    version = (await published.versions("agreement", "lakeside-mfgt"))[0]
    lee = await acting(shop, "registrar")
    with pytest.raises(Invalid, match="today or later"):
        await end(lee, version.id, until=TODAY - timedelta(days=1), why="Over.", now=LATER)
    with pytest.raises(Invalid, match="Say why"):
        await end(lee, version.id, until=TODAY, why=" ", now=LATER)
    with pytest.raises(Invalid, match="another college"):
        await end(await acting(shop, "employer"), version.id, until=TODAY, why="Over.", now=LATER)
    await end(lee, version.id, until=TODAY, why="Over.", now=LATER)
    with pytest.raises(Invalid, match="not in force today"):
        await ask_credit(await acting(shop, "ada"), version.id, now=LATER)


async def test_agreements_are_kept_by_registrars_of_that_college_alone(shop: Shop) -> None:
    own, other = await organisation_resource(shop.college), await organisation_resource(shop.employer)
    for who in NAMES:
        actor = await acting(shop, who)
        assert can(actor, Action.KEEP_AGREEMENTS, own, NOW).allowed == (who == "registrar"), who
        assert not can(actor, Action.KEEP_AGREEMENTS, other, NOW).allowed
