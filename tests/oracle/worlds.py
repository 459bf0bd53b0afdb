"""Random small worlds, as documents: frameworks, programs and one record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.oracle.records import days, records

Tree = dict[str, Any]
PROGRAM = "p"
RTI = st.builds(lambda hours: {"hours": hours, "in": "rti"}, st.sampled_from([1, 7.5, 40]))
KINDS = ("area", "duty", "competency", "task")


@dataclass(frozen=True)
class RandomWorld:
    documents: list[Tree]
    record: Tree
    as_of: date


@dataclass(frozen=True)
class Item:
    """A competency or credential to be: where it lives and what it is called."""

    kind: str
    home: str
    name: str

    def spelled(self, draw: st.DrawFn) -> str:
        return f"{self.home}:{self.name}" if draw(st.booleans()) else self.name


def trees(leaf: st.SearchStrategy[Tree], depth: int = 2) -> st.SearchStrategy[Tree]:
    if depth == 0:
        return leaf
    members = st.lists(trees(leaf, depth - 1), min_size=1, max_size=3)
    groups = st.one_of(
        st.builds(lambda found: {"all": found}, members),
        st.builds(lambda found: {"any": found}, members),
        members.flatmap(
            lambda found: st.builds(
                lambda needed: {"at_least": needed, "of": found}, st.integers(1, len(found))
            )
        ),
    )
    return st.one_of(leaf, leaf, groups)


@st.composite
def item_leaf(draw: st.DrawFn, items: Sequence[Item], *, modules: bool = False) -> Tree:
    item = draw(st.sampled_from(items))
    leaf: Tree = {item.kind: item.spelled(draw)}
    if item.kind == "credential" and draw(st.booleans()):
        leaf["current"] = True
    if item.kind == "competency" and draw(st.integers(0, 3)) == 0:
        leaf["rating"] = draw(st.integers(1, 4))
    return {"credential": leaf["credential"]} if modules else leaf


@st.composite
def counts(draw: st.DrawFn, homes: Sequence[str], works: Sequence[str] = ()) -> Tree:
    kind = draw(st.sampled_from(["credentials", "competencies"]))
    where: Tree = {}
    if draw(st.booleans()):
        where["framework"] = draw(st.sampled_from(homes))
    if kind == "credentials":
        if draw(st.booleans()):
            where["level"] = draw(st.integers(1, 2))
        if draw(st.booleans()):
            where["current"] = True
    else:
        if draw(st.booleans()):
            where["kind"] = draw(st.sampled_from(KINDS))
        if draw(st.booleans()) and works:
            where["work_process"] = draw(st.sampled_from(works))
    leaf: Tree = {kind: draw(st.integers(1, 3))}
    return {**leaf, "where": where} if where else leaf


OUTSIDE = st.one_of(
    RTI,
    st.builds(lambda grade: {"course": "k0", **grade}, st.sampled_from([{}, {"grade": "B"}, {"grade": "D"}])),
    st.builds(lambda least: {"score": "x0", "at_least": least}, st.integers(1, 6)),
    st.just({"requirement": "r0"}),
)


def framework_leaf(items: Sequence[Item], homes: Sequence[str]) -> st.SearchStrategy[Tree]:
    if not items:
        return st.one_of(OUTSIDE, counts(homes))
    return st.one_of(*[item_leaf(items)] * 6, OUTSIDE, counts(homes))


@st.composite
def frameworks(draw: st.DrawFn, items: Sequence[Item], homes: Sequence[str]) -> list[Tree]:
    """Prerequisites point down the list of items; what proves an item points down or, drawn once, up."""
    upwards = draw(st.booleans())
    found = {home: framework_head(draw, home) for home in homes}
    for number, item in enumerate(items):
        before = items[:number]
        proofs = items[number + 1 :] if upwards else before
        body: Tree = {"id": item.name, "title": f"Item {item.name}"}
        if draw(st.booleans()) and before:
            body["prerequisites"] = draw(trees(framework_leaf(before, homes)))
        if item.kind == "competency":
            fill_competency(draw, body, framework_leaf(proofs, homes))
            found[item.home]["competencies"].append(body)
        else:
            fill_credential(draw, body, item, proofs)
            found[item.home]["credentials"].append(body)
    share_parts(draw, found)
    first = found[homes[0]]
    first["courses"] = [{"id": "k0", "title": "Theory", "hours": 48}]
    first["scores"] = [{"id": "x0", "title": "Mathematics", "range": [0, 7]}]
    outside = st.one_of(RTI, st.just({"score": "x0", "at_least": 3}), st.just({"course": "k0"}))
    first["requirements"] = [
        {"id": "r0", "title": "Schooling", "when": draw(trees(outside, 1))},
        {"id": "r1", "title": "Anything", "when": draw(trees(framework_leaf(items, homes)))},
    ]
    return list(found.values())


def framework_head(draw: st.DrawFn, home: str) -> Tree:
    ratings: Tree = {"scale": [0, 1, 2, 3, 4], "competent": draw(st.sampled_from([2, 3]))}
    if draw(st.integers(0, 2)) == 0:
        ratings["policy"] = draw(st.sampled_from(["best", "latest"]))
    head: Tree = {
        "id": home,
        "title": f"Framework {home}",
        "version": "1",
        "issuer": "A made-up issuer",
        "source": "Made up",
        "effective": {"from": "2001-01-01"},
        "gate": draw(st.sampled_from(["advise", "enforce"])),
        "ratings": ratings,
    }
    return {"journeymark": 1, "framework": head, "competencies": [], "credentials": []}


def fill_competency(draw: st.DrawFn, body: Tree, leaf: st.SearchStrategy[Tree]) -> None:
    body["kind"] = draw(st.sampled_from(KINDS))
    if draw(st.booleans()):
        body["satisfied_by"] = draw(trees(leaf))


def fill_credential(draw: st.DrawFn, body: Tree, item: Item, proofs: Sequence[Item]) -> None:
    body["level"] = draw(st.integers(1, 2))
    if draw(st.booleans()):
        body["parts"] = ["performance", "theory"]
    if draw(st.integers(0, 2)) > 0:
        body["valid_for"] = draw(
            st.sampled_from([{"months": 1}, {"months": 7}, {"years": 1}, {"years": 2}, {"months": 13}])
        )
    modules = [proof for proof in proofs if proof.kind == "credential" and proof.home == item.home]
    if draw(st.booleans()) and modules:
        body["composed_of"] = draw(trees(item_leaf(modules, modules=True)))


def share_parts(draw: st.DrawFn, found: dict[str, Tree]) -> None:
    """A part may be the same test as that part of another credential, here or in the other framework."""
    with_theory = [
        (home, body)
        for home, document in found.items()
        for body in document["credentials"]
        if "theory" in body.get("parts", ())
    ]
    for number, (_, body) in enumerate(with_theory):
        others = [f"{home}:{other['id']}" for home, other in with_theory[:number]]
        if others and draw(st.integers(0, 2)) > 0:
            body["shares"] = {"theory": draw(st.sampled_from(others))}


@st.composite
def programs(
    draw: st.DrawFn, name: str, items: Sequence[Item], homes: Sequence[str], others: Sequence[str] = ()
) -> Tree:
    works = [f"{name}-w{n}" for n in range(draw(st.integers(0, 2)))]
    steps = [f"{name}-s{n}" for n in range(draw(st.integers(2, 4)))]
    leaf = program_leaf(items, homes, works, others)
    rungs: list[Tree] = [{"id": steps[0], "percent": 50}]
    for number, step in enumerate(steps[1:], start=1):
        since_step = st.builds(lambda months: {"months": months, "since": "step"}, st.integers(1, 8))
        earlier = st.sampled_from(steps[:number]).map(lambda earlier: {"step": earlier})
        when = draw(trees(st.one_of(*[leaf] * 4, since_step, since_step, earlier), 1))
        rungs.append({"id": step, "percent": 50 + 10 * number, "when": when})
    done = st.one_of(*[leaf] * 5, st.sampled_from(steps).map(lambda step: {"step": step}))
    return {
        "journeymark": 1,
        "program": {
            "id": name,
            "title": f"Program {name}",
            "uses": list(homes),
            "occupation": {"rapids": "0296CB", "onet": "51-4041.00"},
            "approach": "hybrid",
            "work_processes": [work_process(draw, work, items) for work in works],
            "related_instruction": {"hours": 144},
            "term": {"hours": {"min": 1000, "max": 2000}, "months": 12},
            "completion": draw(trees(done)),
            "wages": {
                "journey_rate": {"usd_per_hour": 32.0, "from": "2024-01-01"},
                "steps": rungs,
            },
        },
    }


def work_process(draw: st.DrawFn, name: str, items: Sequence[Item]) -> Tree:
    hours: Tree = {"min": 10}
    if draw(st.booleans()):
        hours["max"] = draw(st.sampled_from([20, 45.5]))
    taught = [f"{item.home}:{item.name}" for item in items if item.kind == "competency"]
    listed = draw(st.lists(st.sampled_from(taught), unique=True, max_size=3)) if taught else []
    return {"id": name, "title": f"Work {name}", "hours": hours, "competencies": listed}


def program_leaf(
    items: Sequence[Item], homes: Sequence[str], works: Sequence[str], others: Sequence[str]
) -> st.SearchStrategy[Tree]:
    hours = st.builds(
        lambda hours, place: {"hours": hours, "in": place},
        st.sampled_from([0.5, 15, 33.33]),
        st.sampled_from(["ojl", "rti", *works]),
    )
    found = [
        hours,
        st.builds(lambda months: {"months": months, "since": "registered"}, st.integers(1, 14)),
        OUTSIDE,
        counts(homes, works),
        st.just({"requirement": "r1"}),
    ]
    found += [item_leaf(items)] * 4 if items else []
    found += [st.sampled_from(others).map(lambda other: {"program": other})] if others else []
    return st.one_of(*found)


@st.composite
def worlds(
    draw: st.DrawFn, *, competencies: int = 8, credentials: int = 6, evidence: int = 20
) -> RandomWorld:
    homes = ["f", "g"][: draw(st.integers(1, 2))]
    kinds = draw(
        st.permutations(
            ["competency"] * draw(st.integers(0, competencies))
            + ["credential"] * draw(st.integers(0, credentials))
        )
    )
    items = [
        Item(kind, draw(st.sampled_from(homes)), f"{'c' if kind == 'competency' else 'm'}{number}")
        for number, kind in enumerate(kinds)
    ]
    documents = draw(frameworks(items, homes))
    second = [draw(programs("q", items, homes))] if draw(st.integers(0, 3)) == 0 else []
    documents += [draw(programs(PROGRAM, items, homes, ["q"] if second else [])), *second]
    record = draw(records(documents, evidence))
    return RandomWorld(
        documents,
        record,
        draw(days()) + draw(st.sampled_from([timedelta(300), timedelta(0), timedelta(100)])),
    )
