"""A small college with a stack of degrees, and people who have shown this and that."""

from datetime import date
from typing import Any

from apprenticeship.credit.applicant import Applicant
from apprenticeship.credit.articulation import articulate
from apprenticeship.degrees.answering import degree_answer
from apprenticeship.degrees.model import DegreeAnswer
from graph.evaluating import evaluate
from standards.compiling import compile_awards, compile_world
from standards.degree_plans import compile_degree
from standards.documents import AgreementDocument
from standards.reading import Document, read_text
from standards.recording import person_of

AS_OF = date(2026, 6, 30)
SHOP = """
journeymark: 1
framework: {id: shop, title: Shop, version: "1"}
credentials:
  - {id: mill, title: Milling, effort: {hours: 60, usd: 40}}
  - {id: turn, title: Turning, effort: {hours: 30}}
  - {id: cpt, title: Production technician, valid_for: {years: 5}}
courses:
  - {id: math, title: Mathematics}
  - {id: print, title: Print reading}
  - {id: safety, title: Safety}
  - {id: welding, title: Welding}
---
journeymark: 1
agreement:
  id: hill
  college: Hill College (sample)
  college_id: hill
  program: {title: Machining, credits: 60}
  effective: {from: 2020-01-01}
awards:
  - {id: milling, course: MAC 101, title: Milling, credits: 3, when: {credential: mill}}
  - {id: turning, course: MAC 102, title: Turning, credits: 4, when: {credential: turn}}
  - {id: block, course: block, title: Production, credits: 6, when: {credential: cpt, current: true}}
  - {id: math, course: MTH 101, title: Mathematics, credits: 3, when: {course: math, grade: B}}
"""
DEGREES = """
---
journeymark: 1
degree:
  id: cert
  college: Hill College (sample)
  college_id: hill
  title: Certificate
  level: certificate
  credits: 9
  agreement: hill
groups:
  - id: machines
    title: Machines
    credits: 6
    courses:
      - {course: MAC 101, title: Milling, credits: 3}
      - {course: MAC 102, title: Turning, credits: 4}
      - {course: MAC 103, title: Print reading, credits: 3, taken_as: [print]}
electives: {credits: 3, free: true}
---
journeymark: 1
degree:
  id: aas
  college: Hill College (sample)
  college_id: hill
  title: AAS
  level: associate
  credits: 18
  agreement: hill
  contains: [cert]
  residency: {share: 0.25}
  requires: {credential: cpt}
groups:
  - id: production
    title: Production
    credits: 6
    awards: [block]
    courses: [{course: PRD 1, title: Quality, credits: 6}]
  - id: general
    title: General
    credits: 3
    courses: [{course: MTH 101, title: Mathematics, credits: 3, taken_as: [math]}]
"""
VERIFIED = "status: verified"


def held(name: str, credential: str, on: str = "2026-01-05") -> str:
    return f"{{id: {name}, credential: {credential}, on: {on}, {VERIFIED}}}"


def took(name: str, course: str, worth: float = 3, grade: str = "A", college: str = "hill") -> str:
    return (
        f"{{id: {name}, course: {course}, college: {college}, credits: {worth}, grade: {grade}, "
        f"on: 2026-02-01, {VERIFIED}}}"
    )


def answer(degree: str, *evidence: str, degrees: str = DEGREES, as_of: date = AS_OF) -> DegreeAnswer:
    documents = read_text("hill.yaml", SHOP + degrees)
    world = compile_world(documents)
    lines = "".join(f"    - {one}\n" for one in evidence) or "    []\n"
    text = f"journeymark: 1\nrecord:\n  person: {{id: p1, name: Ada Tran}}\n  evidence:\n{lines}"
    (record,) = read_text("record.yaml", text)
    evaluation = evaluate(world, person_of(record, documents, world), program=None, as_of=as_of)
    applicant = Applicant(evaluation, as_of)
    agreement = named(documents, "hill")
    assert isinstance(agreement.model, AgreementDocument)
    credit = articulate(agreement.model, compile_awards(agreement, documents), evaluation, as_of, applicant)
    return degree_answer(compile_degree(named(documents, degree), documents), credit, applicant)


def named(documents: tuple[Document, ...], name: str) -> Document:
    return next(one for one in documents if one.model.id == name)


def filled(found: DegreeAnswer) -> dict[str, Any]:
    """By group what counts there, with the credits that do."""
    return {
        one.group.key: {counted.source.name: counted.credits / 100 for counted in one.counted}
        for one in found.groups
    }
