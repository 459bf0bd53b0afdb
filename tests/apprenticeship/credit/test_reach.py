"""What one more thing would earn: on the shipped catalog, for the record of the documentation."""

from datetime import date
from pathlib import Path

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.model import Hint
from apprenticeship.credit.reach import within_reach
from graph.evaluating import evaluate
from graph.requirement import CredentialLeaf
from standards.catalog import load_catalog
from standards.compiling import compile_awards, compile_world
from standards.documents import AgreementDocument
from standards.reading import read_files
from standards.recording import person_of

RECORD = Path(__file__).parents[3] / "docs" / "worked-example" / "record.yaml"
AS_OF = date(2026, 11, 21)


def test_one_credential_is_within_reach_and_four_modules_are_not() -> None:
    catalog = load_catalog()
    world = compile_world(catalog)
    (record,) = read_files([RECORD])
    evaluation = evaluate(world, person_of(record, catalog, world), program=None, as_of=AS_OF)
    document = next(one for one in catalog if one.model.id == "lakeside-mfgt")
    assert isinstance(document.model, AgreementDocument)
    applicant = Applicant(evaluation, AS_OF)
    answer = articulate(document.model, compile_awards(document, catalog), evaluation, AS_OF, applicant)
    left_out = {one.award.id: one for one in answer.left_out}
    assert left_out["prod-full"].missing, "the Certified Production Technician, composed of four modules"
    near = {one.left_out.award.id: one.step for one in within_reach(answer, applicant)}
    assert near["mfg-121"] == CredentialLeaf("nims-machining-1:mil1")
    assert near.keys() == {"mfg-121"}
    assert all(left_out[award].hint is not Hint.PENDING for award in near)
