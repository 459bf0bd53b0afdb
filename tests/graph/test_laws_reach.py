"""The random worlds reach every state, every form of rule both ways, and every trap of dates and histories.

Without this the comparison with the slow evaluator could agree on nothing but empty worlds.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from tests.oracle.book import leaves
from tests.oracle.oracle import Oracle
from tests.oracle.worlds import PROGRAM, RandomWorld, worlds

Tree = Mapping[str, Any]
DAYS = 8
OFTEN = 3

EITHER = ("waived", "pending", "ready", "locked", "out of order", "held back")
STATES = {
    "competency": ("met", "lapsed", *EITHER),
    "credential": (
        *("held", "expired", "in_progress", *EITHER),
        *("composed", "shared", "renewed", "from 29 February"),
    ),
}
FORMS = (
    *("all", "any", "at_least", "credential", "credential current", "competency", "competency rating"),
    *("hours ojl", "hours rti", "hours in a process", "months registered", "months step"),
    *("credentials", "credentials framework", "credentials level", "credentials current"),
    *("competencies", "competencies framework", "competencies kind", "competencies work_process"),
    *("course", "course grade", "score", "requirement", "step", "program"),
)
NARROWER = ("current", "rating", "grade", "framework", "level", "kind", "work_process")
HISTORIES = (
    *(
        "capped",
        "revoked",
        "revocation revoked",
        "failed",
        "claimed",
        "rejected",
        "recorded later",
        "waiver over",
    ),
    *(
        "suspended",
        "suspensions overlap",
        "suspension open",
        "enrolment ended",
        "enrolled twice",
        "not enrolled",
    ),
    *(
        "waived and not current",
        "latest is lower",
        "complete",
        "second step",
        "last step",
        "two frameworks",
        "two programs",
    ),
)


def seen_in_items(oracle: Oracle) -> Iterator[str]:
    now = oracle.now
    for kind in ("competency", "credential"):
        for key, item in oracle.book.items[kind].items():
            state, _ = oracle.competency(key) if kind == "competency" else oracle.credential(key)
            yield f"{kind} {state}"
            if oracle.out_of_order(kind, key):
                yield f"{kind} out of order"
            gate = oracle.book.frameworks[item["home"]]["gate"]
            if gate == "enforce" and (kind, key) not in now.true and now.proof(kind, key):
                yield f"{kind} held back"
    for key, item in oracle.book.items["credential"].items():
        passes = now.inputs.shown.passes
        own = [passes[key, part] for part in oracle.book.parts(key) if (key, part) in passes]
        whole = len(own) == len(oracle.book.parts(key))
        if ("credential", key) in now.true and not whole:
            yield "credential composed"
        if item.get("shares") and own and not any(e.get("credential") == key for e in oracle.ledger.entries):
            yield "credential shared"
        if whole and item.get("valid_for") and any(len(days) > 1 for days in own):
            yield "credential renewed"
        award = now.latest_award(key)
        if award and (award.month, award.day) == (2, 29) and item.get("valid_for"):
            yield "credential from 29 February"


def rules_of(oracle: Oracle) -> Iterator[tuple[Tree, str | None]]:
    program = oracle.book.programs[PROGRAM]
    yield program["completion"], None
    for items in oracle.book.items.values():
        for key, item in items.items():
            for clause in ("prerequisites", "satisfied_by", "composed_of", "when"):
                if item.get(clause) and (clause != "when" or item["home"] != "q"):
                    yield item[clause], key if key in oracle.book.steps(PROGRAM) else None


def forms_of(leaf: Tree) -> Iterator[str]:
    form = next(iter(leaf))
    if form == "hours":
        yield f"hours {leaf['in']}" if leaf["in"] in ("ojl", "rti") else "hours in a process"
    elif form == "months":
        yield f"months {leaf['since']}"
    else:
        yield form
        given_keys = {**leaf, **leaf.get("where", {})}
        yield from (f"{form} {key}" for key in NARROWER if key in given_keys)


def seen_in_rules(oracle: Oracle) -> Iterator[str]:
    for rule, step in rules_of(oracle):
        for part in (rule, *leaves(rule)):
            holds = oracle.now.holds(part, step=step)
            yield from (f"{form} {'holds' if holds else 'does not hold'}" for form in forms_of(part))
            waived = ("credential", part.get("credential", "")) in oracle.now.inputs.shown.waived
            if waived and part.get("current") and not holds:
                yield "waived and not current"


def seen_in_history(oracle: Oracle) -> Iterator[str]:
    entries = [entry for entry in oracle.ledger.entries if entry["on"] <= oracle.as_of]
    by_name = {entry["id"]: entry for entry in entries}
    for entry in entries:
        target = by_name.get(entry.get("revokes", ""), {})
        if target:
            yield "revocation revoked" if "revokes" in target else "revoked"
        if entry.get("result") == "fail":
            yield "failed"
        if entry.get("status") in ("claimed", "rejected"):
            yield entry["status"]
        if entry["recorded"].date() > oracle.as_of:
            yield "recorded later"
        if "waiver" in entry and entry["until"] <= oracle.as_of:
            yield "waiver over"
    if any(approved > counted for approved, counted in oracle.minutes().values()):
        yield "capped"
    for key in oracle.book.items["competency"]:
        framework = oracle.book.frameworks[oracle.book.items["competency"][key]["home"]]
        history = oracle.now.inputs.shown.ratings.get(key, [])
        best = max((entry.get("rating") or 0 for entry in history), default=0)
        if framework["ratings"].get("policy") == "latest" and best > (oracle.now.rating(key) or 0):
            yield "latest is lower"


def seen_in_program(oracle: Oracle) -> Iterator[str]:
    enrolment = oracle.ledger.enrolment(PROGRAM, oracle.as_of)
    if enrolment is None:
        yield "not enrolled"
    else:
        spans = sorted(span for span in enrolment.suspended if span[0] <= oracle.as_of)
        yield from ["suspended"] * bool(spans)
        yield from ["suspensions overlap"] * any(a[1] > b[0] for a, b in pairwise(spans))
        yield from ["suspension open"] * any(until.year > 9000 for _, until in spans)
        yield from ["enrolment ended"] * (enrolment.ended <= oracle.as_of)
    if sum(e.program == PROGRAM and e.registered <= oracle.as_of for e in oracle.ledger.enrolments) > 1:
        yield "enrolled twice"
    ladder = oracle.book.steps(PROGRAM)
    step, following, _ = oracle.wage()
    yield from ["complete"] * oracle.completion()[0]
    yield from ["second step"] * (step == ladder[1])
    yield from ["last step"] * (following is None)
    yield from ["two frameworks"] * (len(oracle.book.frameworks) > 1)
    yield from ["two programs"] * (len(oracle.book.programs) > 1)


def seen_on(oracle: Oracle) -> set[str]:
    parts = (seen_in_items, seen_in_rules, seen_in_history, seen_in_program)
    return {what for part in parts for what in part(oracle)}


def test_random_worlds_reach_everything_often() -> None:
    seen: Counter[str] = Counter()

    @given(world=worlds())
    @settings(
        max_examples=150,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def look(world: RandomWorld) -> None:
        oracle = Oracle(world.documents, world.record, program=PROGRAM, as_of=world.as_of)
        turning = oracle.turning_points()
        days = {*turning[:: max(1, len(turning) // DAYS)], world.as_of}
        seen.update(set().union(*(seen_on(oracle.on(day)) for day in days)))

    look()
    wanted = [f"{kind} {state}" for kind, states in STATES.items() for state in states]
    wanted += [f"{form} {way}" for form in FORMS for way in ("holds", "does not hold")]
    wanted += HISTORIES
    rare = {what: seen[what] for what in wanted if seen[what] < OFTEN}
    assert not rare, rare
