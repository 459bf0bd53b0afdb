"""The complete example documents of the format, with their answers worked out by hand."""

from datetime import date

import pytest

from graph.evaluating import evaluate
from standards.answers import evaluation_answer
from standards.compiling import compile_awards, compile_world
from standards.linting import lint
from standards.reading import Document, read_text
from standards.recording import person_of

FRAMEWORK = """
journeymark: 1
framework:
  id: nims-machining-1
  title: NIMS Machining Level I
  version: "2001"
  issuer: National Institute for Metalworking Skills
  source: NIMS/ANSI 101-2001
  effective: {from: 2001-01-01}
  gate: advise
  ratings: {scale: [0, 1, 2, 3, 4], competent: 3}
competencies:
  - {id: planning, title: Planning, kind: area, satisfied_by: {all: [{competency: jpp}, {competency: layout}]}}
  - id: jpp
    code: "1.1"
    title: Job process planning
    kind: duty
    part_of: planning
    prerequisites: {competency: layout}
    satisfied_by: {credential: jpbl}
    effort: {hours: 60}
  - {id: layout, code: "2.2", title: Layout, kind: duty, part_of: planning}
credentials:
  - id: tcs1
    title: Turning, chucking skills I
    level: 1
    parts: [performance, theory]
    shares: {theory: tbc1}
    aliases: ["NIMS Turning Operations: Chucking"]
    valid_for: {years: 5}
    prerequisites: {credential: jpbl}
    effort: {hours: 80, usd: 80}
  - {id: tbc1, title: Turning between centers I, level: 1, parts: [performance, theory]}
  - {id: mms, title: "Measurement, materials and safety", level: 1, parts: [theory]}
  - {id: jpbl, title: "Job planning, benchwork and layout", level: 1, parts: [performance, theory]}
  - {id: cmp, title: CNC milling programming, level: 1, parts: [performance, theory]}
  - {id: both, title: Turning I, level: 1, composed_of: {all: [{credential: tcs1}, {credential: tbc1}]}}
courses: [{id: mac-101, title: Machine tool theory, hours: 48}]
scores: [{id: ncrc-math, title: Applied Math, range: [0, 7]}]
requirements:
  - id: pa-basic
    title: Pennsylvania certificate, basic
    when:
      all:
        - {at_least: 2, of: [{credential: mms}, {credential: jpbl}, {credential: tcs1}, {credential: tbc1}]}
        - {at_least: 1, of: [{credential: tcs1}, {credential: tbc1}]}
"""

PROGRAM = """
journeymark: 1
program:
  id: acme-machinist
  title: Machinist
  uses: [nims-machining-1]
  occupation: {rapids: 0296CB, onet: 51-4041.00}
  approach: competency
  work_processes:
    - {id: milling, title: Milling, hours: {min: 500, max: 900}, competencies: [jpp, layout]}
    - {id: turning, title: Turning, hours: {min: 7420, max: 8020}}
  related_instruction: {hours: 576}
  term: {hours: {min: 7920, max: 8920}, months: 48}
  probation: {hours: 1980}
  ratio: "1:1"
  completion: {all: [{months: 12, since: registered}, {competency: planning}, {hours: 576, in: rti}]}
  wages:
    journey_rate: {usd_per_hour: 32.00, from: 2025-01-01}
    steps:
      - {id: start, percent: 55}
      - {id: s2, percent: 65, when: {all: [{credential: mms}, {competency: jpp}]}}
      - {id: s3, percent: 75, when: {any: [{hours: 2000, in: ojl}, {requirement: pa-basic}]}}
"""

RECORD = """
journeymark: 1
record:
  person: {id: p1, name: Ada Tran}
  enrolments:
    - {program: acme-machinist, registered: 2025-01-06, suspended: [{from: 2025-07-01, until: 2025-09-01}], ended: null}
  evidence:
    - {id: e1, credential: mms, part: theory, on: 2025-02-10, result: pass, status: verified, by: NIMS}
    - {id: e2, credential: jpbl, on: 2025-04-02, status: verified}
    - {id: e3, competency: "jpp", rating: 3, on: 2025-05-01, status: verified, by: m.ortiz}
    - {id: e4, hours: 38.5, in: milling, on: 2025-05-09, status: verified}
    - {id: e5, course: mac-101, college: lakeside, credits: 3, grade: A, hours: 48, in: rti, on: 2025-05-30,
       status: verified}
    - {id: e8, score: ncrc-math, value: 5, on: 2025-06-02, status: verified}
    - {id: e6, waiver: {competency: layout}, reason: five years as a layout hand, on: 2025-01-20, by: sponsor,
       until: null}
    - {id: e7, revokes: e2, reason: issuer withdrew it, on: 2026-02-01}
"""

AGREEMENT = """
journeymark: 1
agreement:
  id: lakeside-mfgt
  college: Lakeside College (sample)
  program: {title: Manufacturing Technology, credits: 60}
  effective: {from: 2017-01-15, until: null}
  unit: semester
  limits:
    share: 0.5
    credits: 30
    residency: 15
    groups: {technical: 21}
  grades: [A, B, C, D]
  reuse: forbid
  stale_after: {years: 5}
awards:
  - {id: mfgt-123, course: MFGT 123, title: CNC milling, credits: 3, group: technical, when: {credential: cmp},
     one_of: null, earned_here_first: 0, request_within: {years: 2},
     conditions: [official verification from the issuer], fee: null}
"""

FORMS = """
journeymark: 1
framework: {id: forms, title: Every form of the requirement language, version: "1"}
requirements:
  - {id: f1, title: all, when: {all: [{credential: mms}, {credential: jpbl}]}}
  - {id: f2, title: any, when: {any: [{credential: mms}, {credential: jpbl}]}}
  - {id: f3, title: at least, when: {at_least: 1, of: [{credential: mms}, {credential: jpbl}]}}
  - {id: f4, title: credential, when: {credential: mms}}
  - {id: f5, title: current, when: {credential: "nims-machining-1:tcs1", current: true}}
  - {id: f6, title: competency, when: {competency: jpp}}
  - {id: f7, title: rating, when: {competency: jpp, rating: 4}}
  - {id: f8, title: hours, when: {hours: 500, in: milling}}
  - {id: f9, title: on the job, when: {hours: 2000, in: ojl}}
  - {id: f10, title: related instruction, when: {hours: 144, in: rti}}
  - {id: f11, title: months, when: {months: 12, since: registered}}
  - {id: f12, title: credentials, when: {credentials: 3, where: {framework: nims-machining-1, level: 1}}}
  - id: f13
    title: competencies
    when: {competencies: 2, where: {framework: nims-machining-1, work_process: milling, kind: duty}}
  - {id: f14, title: course, when: {course: mac-101, grade: B}}
  - {id: f15, title: score, when: {score: ncrc-math, at_least: 5}}
  - {id: f16, title: requirement, when: {requirement: pa-basic}}
  - {id: f17, title: step, when: {step: s2}}
  - {id: f18, title: program, when: {program: acme-machinist}}
"""
HOLDING = {"f1", "f2", "f3", "f4", "f6", "f13", "f14", "f15", "f17"}
"""As of 2026-01-31: mms and jpbl are held, jpp is met with a 3, one duty is met and one waived (two count)."""


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    texts = {"nims.yaml": FRAMEWORK, "acme.yaml": PROGRAM, "lakeside.yaml": AGREEMENT, "forms.yaml": FORMS}
    return tuple(document for name, text in texts.items() for document in read_text(name, text))


def test_the_examples_lint_clean(documents: tuple[Document, ...]) -> None:
    assert lint(documents) == []


def test_the_agreement_can_be_compiled(documents: tuple[Document, ...]) -> None:
    (agreement,) = (d for d in documents if d.kind == "agreement")
    assert set(compile_awards(agreement, documents)) == {"mfgt-123"}


@pytest.mark.parametrize(
    ("day", "jpbl", "steps"),
    [
        # e2 is whole: both parts on its day
        ("2026-01-31", ("held", "2025-04-02", {"performance": "2025-04-02", "theory": "2025-04-02"}), "s2"),
        # e7 takes it out; the sign-off e3 still proves the competency, so the raise stays
        ("2026-02-01", ("ready", "2026-02-01", {"performance": None, "theory": None}), "s2"),
    ],
)
def test_the_record_is_answered_as_worked_out_by_hand(
    documents: tuple[Document, ...], day: str, jpbl: tuple[str, str, dict[str, str | None]], steps: str
) -> None:
    world = compile_world(documents)
    (record,) = read_text("ada.yaml", RECORD)
    person = person_of(record, documents, world)
    evaluation = evaluate(world, person, program="acme-machinist", as_of=date.fromisoformat(day))
    found = evaluation_answer(evaluation, None)
    credential = found["credentials"]["jpbl"]
    assert (credential["state"], credential["since"], credential["parts"]) == jpbl
    assert found["credentials"]["mms"]["since"] == "2025-02-10"
    assert {name: (c["state"], c["since"]) for name, c in found["competencies"].items()} == {
        # jpp since the credential that proved it first, layout by the waiver, the area by both
        "jpp": ("met", "2025-04-02"),
        "layout": ("waived", "2025-01-20"),
        "planning": ("met", "2025-04-02"),
    }
    assert (found["hours"]["milling"]["counted"], found["hours"]["rti"]["counted"]) == (38.5, 48)
    assert (found["wage"]["step"], found["wage"]["usd_per_hour"], found["wage"]["since"]) == (
        steps,
        "20.80",
        "2025-04-02",
    )
    # 12 months less 62 suspended days: 10 of 12; planning; 48 of 576 hours: (5/6 + 1 + 1/12) / 3
    assert found["progress"] == {"fraction": "23/36", "percent": 63.8}


def test_each_form_of_the_table_holds_as_worked_out_by_hand(documents: tuple[Document, ...]) -> None:
    world = compile_world(documents)
    (record,) = read_text("ada.yaml", RECORD)
    evaluation = evaluate(
        world, person_of(record, documents, world), program="acme-machinist", as_of=date(2026, 1, 31)
    )
    holds = {
        key.removeprefix("forms:")
        for key, named in world.requirements.items()
        if key.startswith("forms:") and evaluation.support.of(named.when, evaluation.scope) is not None
    }
    assert holds == HOLDING
