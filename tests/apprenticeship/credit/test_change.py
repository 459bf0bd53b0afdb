"""What a supposition changes in credit: held against articulating a record that has it."""

from hypothesis import given
from hypothesis import strategies as st

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate, awards_given
from apprenticeship.credit.change import CreditChange, change_answer
from graph.actions import Earn
from graph.evaluating import Evaluation
from graph.supposing import Earned, Supposition, suppose
from tests.apprenticeship.credit.agreements import Request, requests
from tests.thoroughness import examples


def earn_of(request: Request, place: int) -> Earn | None:
    """Some credential or competency of the world."""
    world = request.asked().world
    found = [Earn("credential", key) for key in world.credentials]
    found += [Earn("competency", key) for key in world.competencies]
    return found[place % len(found)] if found else None


@given(requests(), st.integers(0, 1000))
@examples(40)
def test_supposed_evidence_earns_what_the_same_evidence_in_the_record_does(
    request: Request, place: int
) -> None:
    earn = earn_of(request, place)
    if earn is None:
        return
    asked = request.asked()
    day = request.world.as_of
    evaluation = Evaluation(asked.world, asked.person, program=None, as_of=day, known_at=None)
    then = suppose(evaluation, Supposition((Earned(earn),)))
    entry = {
        "id": then.person.facts[-1].id,
        earn.kind: earn.key,
        "on": day.isoformat(),
        "recorded": then.person.facts[-1].recorded.isoformat(),
        "status": "verified",
    }
    body = request.world.record["record"]
    record = {**request.world.record, "record": {**body, "evidence": [*body["evidence"], entry]}}
    really = request.asked(record=record)
    after = articulate(asked.model, asked.rules, then, day)
    expected = articulate(
        really.model,
        really.rules,
        Evaluation(really.world, really.person, program=None, as_of=day, known_at=None),
        day,
    )
    assert after == expected
    given = awards_given(asked.model, asked.rules, Applicant(then, day, asks_why=False))
    assert tuple(award.id for award in given) == after.best.ids
    before = articulate(asked.model, asked.rules, evaluation, day)
    said = change_answer(CreditChange(before, given))
    had, has = set(before.best.ids), set(after.best.ids)
    assert (set(said["gained"]), set(said["lost"])) == (has - had, had - has)
    assert (said["from"] * 100, said["to"] * 100) == (before.credits, after.credits)


@given(requests())
@examples(15)
def test_supposing_nothing_changes_no_credit(request: Request) -> None:
    asked = request.asked()
    day = request.world.as_of
    evaluation = Evaluation(asked.world, asked.person, program=None, as_of=day, known_at=None)
    before = articulate(asked.model, asked.rules, evaluation, day)
    given = awards_given(asked.model, asked.rules, Applicant(suppose(evaluation, Supposition()), day))
    change = CreditChange(before, given)
    assert (change.gained, change.lost, change.credits) == ((), (), before.credits)
