"""``journeymark metrics`` as a person or a program meets it."""

from pathlib import Path
from typing import Any

import pytest

from tests.graph.test_metrics import PUBLISHED

BROKEN = Path(__file__).parents[2] / "standards" / "broken"
HEAD = 'journeymark: 1\nframework: {id: shop, title: Shop, version: "1"}\n'


def framework(places: str, edges: str) -> str:
    """A framework with a competency a letter, all of whose prerequisites are asked for."""
    before = {name: [pair[0] for pair in edges.split() if pair[1] == name] for name in places}
    lines = []
    for name, earlier in before.items():
        named = ", ".join(f"{{competency: {other.lower()}}}" for other in earlier)
        rule = f", prerequisites: {{all: [{named}]}}" if named else ""
        lines.append(f"  - {{id: {name.lower()}, title: {name}{rule}}}\n")
    return f"{HEAD}competencies:\n{''.join(lines)}"


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_graphs_as_documents_have_their_published_measures(run: Any, name: str) -> None:
    places, edges, blocking, delay, centrality, complexity = PUBLISHED[name]
    answer = run("metrics", "-", "--format", "json", given=framework(places, edges)).json
    found = list(answer["competencies"].values())
    assert list(answer["competencies"]) == list(places.lower())
    assert [one["blocking"] for one in found] == blocking
    assert [one["delay"] for one in found] == delay
    assert [one["centrality"] for one in found] == centrality
    assert [one["complexity"] for one in found] == complexity
    assert answer["totals"]["complexity"] == sum(complexity)
    assert answer["credentials"] == {}


def test_the_answer_in_words_says_the_totals_the_path_and_every_item(run: Any) -> None:
    places, edges, *_ = PUBLISHED["one source"]
    said = run("metrics", "-", given=framework(places, edges))
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "7 items, 8 prerequisites; blocking 16, delay 33, centrality 49, complexity 49"
    assert lines[2:8] == ["Longest path, 5 items", *(f"  competency {name}" for name in "abdgf")]
    gateway = "  competency a: everything above passes through it, 6 items"
    assert gateway in lines
    assert lines[-6].split() == ["b", "3", "5", "9", "8", "3", "0"]


def test_a_bottleneck_says_how_much_cannot_do_without_it(run: Any) -> None:
    rules = [
        "{id: a, title: A}",
        "{id: b, title: B}",
        "{id: c, title: C, prerequisites: {competency: a}}",
        "{id: d, title: D, prerequisites: {any: [{competency: a}, {competency: b}]}}",
        "{id: e, title: E, prerequisites: {all: [{competency: a}, {competency: d}]}}",
    ]
    text = f"{HEAD}competencies:\n" + "".join(f"  - {rule}\n" for rule in rules)
    said = run("metrics", "-", given=text).out
    told = "asks for 0, opens 3, blocks 3, of which 2 cannot be reached without it"
    assert f"Bottlenecks\n  competency a: {told}\n" in said
    answer = run("metrics", "-", "--format", "json", given=text).json
    assert answer["bottlenecks"] == ["competency:a"]
    assert answer["gateways"] == []


def test_the_catalog_is_measured_and_its_lists_name_its_items(run: Any) -> None:
    said = run("metrics", "--format", "json")
    assert (said.code, said.err) == (0, "")
    answer = said.json
    known = {f"competency:{key}" for key in answer["competencies"]}
    known |= {f"credential:{key}" for key in answer["credentials"]}
    assert len(known) == answer["totals"]["items"]
    for name in ("longest_path", "bottlenecks", "gateways"):
        assert answer[name]
        assert set(answer[name]) <= known
    longest = max(
        one["delay"] for section in ("competencies", "credentials") for one in answer[section].values()
    )
    assert len(answer["longest_path"]) == longest


@pytest.mark.parametrize("name", ["cycle-of-prerequisites.yaml", "unknown-credential.yaml"])
def test_what_lint_calls_an_error_ends_with_2_in_its_words(run: Any, name: str) -> None:
    path = str(BROKEN / name)
    said = run("metrics", path)
    (finding,) = run("lint", path, "--format", "json").json
    assert (said.code, said.out) == (2, "")
    assert said.err == f"{finding['where']}: {finding['message']}\n"


def test_more_paths_than_a_number_should_say_are_null_and_too_many_in_words(run: Any) -> None:
    """A thousand and fifty diamonds in a row: 2**1050 paths, a number of 317 digits."""
    last = 1050
    rules = ["{id: c0, title: C}"]
    for number in range(1, last + 1):
        before = f"prerequisites: {{competency: c{number - 1}}}"
        both = f"{{all: [{{competency: l{number}}}, {{competency: r{number}}}]}}"
        rules += [f"{{id: {side}{number}, title: S, {before}}}" for side in "lr"]
        rules.append(f"{{id: c{number}, title: C, prerequisites: {both}}}")
    text = f"{HEAD}competencies:\n" + "".join(f"  - {rule}\n" for rule in rules)
    answer = run("metrics", "-", "--format", "json", given=text).json
    assert answer["competencies"]["c9"]["centrality"] is None
    assert answer["competencies"]["c9"]["blocking"] == 3 * (last - 9)
    assert answer["totals"]["centrality"] is None
    assert "centrality too many" in run("metrics", "-", given=text).out.splitlines()[0]


def test_nothing_to_measure_is_said_in_one_line(run: Any) -> None:
    said = run("metrics", "-", given=HEAD)
    assert said.out == "0 items, 0 prerequisites; blocking 0, delay 0, centrality 0, complexity 0\n"


def test_a_gateway_that_some_come_round_says_how_many_do_not(run: Any) -> None:
    rules = ["{id: a, title: A}", "{id: x, title: X}"]
    rules += [f"{{id: {name}, title: N, prerequisites: {{competency: a}}}}" for name in "bcd"]
    rules += ["{id: e, title: E, prerequisites: {any: [{competency: b}, {competency: x}]}}"]
    text = f"{HEAD}competencies:\n" + "".join(f"  - {rule}\n" for rule in rules)
    said = run("metrics", "-", given=text).out
    assert "  competency a: every path to 3 of the 4 items above leads through it" in said.splitlines()
