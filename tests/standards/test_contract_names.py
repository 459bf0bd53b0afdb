"""Names: unqualified, qualified, ambiguous, unknown; rules that refer to themselves."""

from tests.standards.asking import answer, framework, program, record, refused

ONE = framework("credentials: [{id: mms, title: M}, {id: own, title: O}]", name="one")
TWO = framework("credentials: [{id: mms, title: M}]", name="two")
HELD = "id: e, credential: one:mms, on: 2025-02-01, status: verified"


def test_an_unqualified_name_means_in_this_document_first() -> None:
    three = framework(
        "credentials: [{id: mms, title: M}]\nrequirements: [{id: r, title: R, when: {credential: mms}}]",
        name="three",
    )
    world = ONE + three + program("completion: {requirement: r}")
    assert not answer(world, record(HELD), "2025-12-31")["complete"]
    own = "id: e, credential: three:mms, on: 2025-02-01, status: verified"
    assert answer(world, record(own), "2025-12-31")["complete"]


def test_else_in_exactly_one_of_the_documents_given() -> None:
    assert answer(ONE + program("completion: {credential: mms}"), record(HELD), "2025-12-31")["complete"]


def test_several_matches_are_an_error_that_names_the_candidates() -> None:
    (said,) = refused(ONE + TWO + program("completion: {credential: mms}"))
    assert said == (
        "shop.yaml:15:28: program.completion.credential: the credential 'mms' is in several documents; "
        "write one of one:mms, two:mms"
    )
    assert not refused(ONE + TWO + program("completion: {credential: two:mms}"))


def test_no_match_is_an_error_that_names_the_nearest() -> None:
    (said,) = refused(ONE + program("completion: {credential: mns}"))
    assert said.endswith("the credential 'mns' is in no document given; did you mean mms?")
    (said,) = refused(ONE + program("completion: {credential: two:mms}"))
    assert said.endswith("the credential 'two:mms' is in no document given; did you mean one:mms?")


def test_ids_are_unique_per_kind() -> None:
    both = "competencies: [{id: mms, title: C}]\ncredentials: [{id: mms, title: M}]"
    assert not refused(framework(both))
    (said,) = refused(framework("credentials: [{id: mms, title: C}, {id: mms, title: M}]"))
    assert "credentials[1].id: the credential 'mms' is defined twice" in said


def test_titles_are_never_keys() -> None:
    (said,) = refused(
        framework("credentials: [{id: own, title: Measuring}]")
        + program("completion: {credential: measuring}")
    )
    assert "is in no document given" in said


def test_answers_list_every_framework_and_qualify_only_ids_that_collide() -> None:
    world = ONE + TWO + program("uses: [one]\ncompletion: {credential: own}")
    found = answer(world, record(HELD), "2025-12-31")["credentials"]
    assert {name: credential["state"] for name, credential in found.items()} == {
        "one:mms": "held",
        "own": "ready",
        "two:mms": "ready",
    }


def test_counts_without_framework_look_at_every_framework_given() -> None:
    world = ONE + TWO + program("completion: {credentials: 2}")
    other = "id: f, credential: two:mms, on: 2025-03-01, status: verified"
    assert answer(world, record(HELD, other), "2025-12-31")["complete"]


def test_a_requirement_that_refers_to_itself_prints_the_circle() -> None:
    items = """
    requirements:
      - {id: a, title: A, when: {any: [{requirement: b}, {months: 1, since: registered}]}}
      - {id: b, title: B, when: {all: [{requirement: c}]}}
      - {id: c, title: C, when: {requirement: a}}
    """
    (said,) = refused(framework(items))
    assert "the requirement refers to itself: shop:a -> shop:b -> shop:c -> shop:a" in said


def test_a_circle_through_step_and_program_is_found_too() -> None:
    loop = program(
        """
        completion: {step: s2}
        wages: {steps: [{id: start, percent: 50}, {id: s2, percent: 60, when: {program: trade}}]}
        """
    )
    (said,) = refused(loop)
    assert "refers to itself" in said
    assert "program trade" in said


def test_prerequisites_alone_must_not_go_in_a_circle() -> None:
    ring = "competencies:\n"
    for name, needs in (("a", "b"), ("b", "c"), ("c", "a")):
        ring += f"  - {{id: {name}, title: X, prerequisites: {{competency: {needs}}}}}\n"
    (said,) = refused(framework(ring))
    assert "prerequisites go in a circle: shop:a -> shop:b -> shop:c -> shop:a" in said


def test_proofs_and_compositions_must_not_go_in_a_circle() -> None:
    items = """
    competencies: [{id: a, title: A, satisfied_by: {competency: b}}, {id: b, title: B, satisfied_by: {competency: a}}]
    """
    (said,) = refused(framework(items))
    assert "go in a circle: shop:a -> shop:b -> shop:a" in said


def test_a_qualified_name_never_means_two_rules() -> None:
    rule = "{id: r, title: R, when: {months: 1, since: registered}}"
    world = framework(f"requirements: [{rule}]", name="both") + program(
        f"requirements: [{rule}]", name="both"
    )
    (said,) = refused(world)
    assert said.endswith(
        "program.requirements[0].id: the requirement 'both:r' is in a framework and in a program of that id; "
        "give one of them another id"
    )
    assert not refused(world.replace("id: r", "id: q", 1))
