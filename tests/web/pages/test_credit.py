"""College credit on the pages: the apprentice's, the registrar's, and who may not see either."""

from datetime import date
from uuid import UUID

import pytest

from apprenticeship.accounts.services import actor_of_person
from apprenticeship.audit import repo as audit
from apprenticeship.credit.services import college_learners, credit_of
from apprenticeship.evidence.model import Addition, EvidenceKind, Fact, Status
from apprenticeship.evidence.services import append
from apprenticeship.people import repo as people
from apprenticeship.people.model import RosterEntry
from apprenticeship.refusals import Missing
from apprenticeship.store import transaction
from tests.web.pages.conftest import Site
from tests.web.shop import BEGAN, NOW


async def earn(site: Site, who: str, credential: str) -> None:
    """A pass of a whole credential, verified just now."""
    fact = Fact(
        kind=EvidenceKind.CREDENTIAL,
        subject=f"nims-machining-1:{credential}",
        happened_on=NOW.date(),
        attested_by="NIMS",
    )
    mentor = site.shop.people["mentor"]
    row = Addition(
        person=site.shop.people[who], fact=fact, status=Status.VERIFIED, recorded=NOW, recorded_by=mentor
    )
    async with transaction():
        await append([row])


def lookup(site: Site, who: str) -> str:
    return f"/learners/{site.person(who)}/credit"


async def test_the_apprentice_sees_what_is_earned_what_is_near_and_why_not_the_rest(own_site: Site) -> None:
    said = await own_site.read("ada", "/credit")
    assert "Up to 5 semester credits" in said
    assert "5 of 60 credits toward AAS Manufacturing Technology" in said
    assert "MFG 101, Shop safety and measurement" in said
    assert "An estimate until the college decides" in said
    assert "One thing missing: Manual Milling" in said
    assert "55 of 60 credits remain to the degree" in said
    assert "City Colleges of Chicago: up to 0 semester credits" in said


async def test_a_ceiling_is_shown_as_a_ceiling_and_a_table_by_hours_as_one_row(own_site: Site) -> None:
    await earn(own_site, "ada", "mil1")
    said = await own_site.read("ada", "/credit")
    assert "Thomas Edison State University: up to 21 as the college decides" in said
    assert "Only a ceiling is published, 21 credits; the college decides how many it gives." in said
    assert "up to 21 credits" in said
    assert "Northeast Iowa Community College: course by course, as the college decides" in said
    assert "1 credit for every 216 hours on the job, at most 39." in said
    assert 1 <= said.count("For hours of apprenticeship") <= 2


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        ("madison-apprenticeship", "1 credit for every 216 hours on the job, at most 39"),
        ("vincennes-apprenticeship", "up to 45 credits"),
        ("vincennes-apprenticeship", "fee: $25 a credit"),
        ("vincennes-apprenticeship", "Published numbers, not a promise"),
        ("wisconsin-journeyworker", "To be earned at the college 25 % of the program"),
        ("richland-prior-learning", "8 credits earned there first"),
        ("uaa-apprenticeship", "fee: $10 a credit, $380 for this"),
        ("lakeside-mfgt", "Evidence counts for five years"),
    ],
)
async def test_the_page_of_an_agreement_says_its_terms(own_site: Site, agreement: str, words: str) -> None:
    assert words in await own_site.read("ada", f"/standards/agreements/{agreement}")


async def test_the_first_page_says_it_in_one_line(own_site: Site) -> None:
    said = await own_site.read("ada", "/home")
    assert "Up to 5 semester credits At Lakeside College (sample)" in said
    assert "more within reach" in said


async def test_what_was_verified_a_moment_ago_counts_for_both_at_once(own_site: Site) -> None:
    before = await own_site.read("registrar", lookup(own_site, "ada"))
    assert "Up to 5 semester credits" in before
    await earn(own_site, "ada", "mil1")
    assert "Up to 8 semester credits" in await own_site.read("registrar", lookup(own_site, "ada"))
    assert "Up to 8 semester credits" in await own_site.read("ada", "/credit")


async def test_the_registrar_sees_evidence_limits_conditions_and_that_it_is_an_estimate(
    own_site: Site,
) -> None:
    said = await own_site.read("registrar", lookup(own_site, "ada"))
    assert "Credit of Ada Tran" in said
    assert "An estimate until the college decides" in said
    assert "Measurement, Materials & Safety, 10 February 2025, NIMS" in said
    assert "Official verification from the issuer" in said
    assert "Fee: 25 USD" in said
    assert "Limits of the agreement, in semester hours" in said
    assert "proven" in said
    assert "Riverbend" not in said, "an agreement of another college is not the registrar's business"


async def test_every_look_is_kept_and_the_learner_sees_it(own_site: Site) -> None:
    assert "No college has looked yet" in await own_site.read("ada", "/credit")
    await own_site.read("registrar", lookup(own_site, "ada"))
    await own_site.read("registrar", lookup(own_site, "ada"))
    entries = await audit.about("person", [own_site.person("ada")])
    looks = [entry for entry in entries if entry.action == "credit.read"]
    assert [entry.actor for entry in looks] == [own_site.shop.people["registrar"]] * 2
    assert looks[0].detail["colleges"] == ["Lakeside College (sample)"]
    assert looks[0].detail["agreements"][0]["credits"] == 500
    assert "Lee Whitfield" in await own_site.read("ada", "/credit")


async def test_one_s_own_look_is_not_kept(own_site: Site) -> None:
    await own_site.read("ada", "/credit")
    await own_site.read("ada", "/home")
    entries = await audit.about("person", [own_site.person("ada")])
    assert not [entry for entry in entries if entry.action == "credit.read"]


async def test_the_list_names_those_with_consent_or_on_the_roster_and_searches(own_site: Site) -> None:
    said = await own_site.read("registrar", "/learners")
    assert "Ada Tran" in said
    assert "With consent" in said
    assert "Ben Okafor" not in said
    entry = RosterEntry(college=own_site.shop.college, person=own_site.shop.people["ben"], since=BEGAN)
    async with transaction():
        await people.add_roster_entries([entry])
    said = await own_site.read("registrar", "/learners?q=oka%20ben")
    assert "Ben Okafor On the roster" in said
    assert "Ada Tran" not in said
    assert "Nobody of that name" in await own_site.read("registrar", "/learners?q=zzz")


@pytest.mark.parametrize("who", ["mentor", "employer", "admin", "stranger", "ben"])
async def test_nobody_else_sees_the_credit(own_site: Site, who: str) -> None:
    found = await own_site.get(who, lookup(own_site, "ada"))
    assert found.status_code in (403, 404)


async def test_without_consent_or_roster_the_registrar_sees_nothing(own_site: Site) -> None:
    found = await own_site.get("registrar", lookup(own_site, "ben"))
    assert found.status_code in (403, 404)
    with pytest.raises(Missing):
        await credit_of(
            await actor_of_person(own_site.shop.people["registrar"]), own_site.shop.people["ben"], now=NOW
        )


async def test_a_registrar_is_not_a_learner_of_the_own_list(own_site: Site) -> None:
    actor = await actor_of_person(own_site.shop.people["registrar"])
    learners, more = await college_learners(actor, now=NOW)
    assert [one.person.name for one in learners] == ["Ada Tran"]
    assert more == 0


async def test_credit_on_an_earlier_day_leaves_out_what_came_later(own_site: Site) -> None:
    ada: UUID = own_site.shop.people["ada"]
    actor = await actor_of_person(ada)
    found = await credit_of(actor, ada, now=NOW, as_of=date(2025, 3, 1))
    lakeside = next(one for one in found.colleges if one.answer.agreement == "lakeside-mfgt")
    assert [given.award.id for given in lakeside.answer.best.given] == ["mfg-101"]
