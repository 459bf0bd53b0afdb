"""What would be worth earning for one degree: by the credits that would count toward it."""

from collections.abc import Mapping, Sequence

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate
from apprenticeship.credit.granted import Granted
from apprenticeship.credit.worth import MOST_PAIRS, Worth, worth
from apprenticeship.degrees.answering import credits_toward
from graph.pricing import Minimise
from graph.requirement import Requirement
from standards.degree_plans import Plan
from standards.documents import AgreementDocument


def degree_worth(
    plan: Plan,
    agreement: AgreementDocument,
    rules: Mapping[str, Requirement],
    applicant: Applicant,
    *,
    by: Minimise = Minimise.HOURS,
    most_pairs: int = MOST_PAIRS,
    granted: Sequence[Granted] = (),
) -> Worth:
    """What would be worth earning for a degree.

    The agreement may give another set of awards with more evidence, and the degree may need less of that set. The set
    given before could still be asked for, so that nothing ever counts less than it does now.

    Args:
        plan: the degree.
        agreement: the agreement whose awards count toward it.
        rules: the ``when`` of each award, by award id.
        applicant: the person on the day, outside any program and without waivers.
        by: what a gain is divided by.
        most_pairs: how many pairs are looked at.
        granted: what the college has granted already.
    """

    def measured(one: Applicant) -> int:
        answer = articulate(agreement, rules, one.evaluation, one.evaluation.as_of, one, granted=granted)
        return credits_toward(plan, answer, one)

    now = measured(Applicant(applicant.evaluation, applicant.evaluation.as_of, asks_why=False))
    return worth(list(rules.values()), lambda one: max(now, measured(one)), applicant, by, most_pairs)
