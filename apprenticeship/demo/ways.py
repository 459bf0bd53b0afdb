"""The way through each program as the demo's people go it: what is tested and signed off, in order."""

from apprenticeship.demo.model import Milestone
from apprenticeship.evidence.model import EvidenceKind

LEVEL_1 = "nims-machining-1"
TURNING = "nims-cnc-turning-basic"


def _test(*names: str) -> tuple[Milestone, ...]:
    """Each name is `credential`, or `credential/part`."""
    split = [name.partition("/") for name in names]
    return tuple(
        Milestone(EvidenceKind.CREDENTIAL, f"{LEVEL_1}:{credential}", part or None)
        for credential, _, part in split
    )


def _both(credential: str) -> tuple[Milestone, ...]:
    return _test(f"{credential}/theory", f"{credential}/performance")


def _duty(*names: str) -> tuple[Milestone, ...]:
    return tuple(Milestone(EvidenceKind.COMPETENCY, f"{LEVEL_1}:{name}") for name in names)


def _task(*names: str) -> tuple[Milestone, ...]:
    return tuple(Milestone(EvidenceKind.COMPETENCY, f"{TURNING}:{name}") for name in names)


SAFETY = (Milestone(EvidenceKind.CREDENTIAL, "osha:osha-10"),)

ALL_ROUND = (
    *(*_duty("housekeeping"), *_test("mms"), *SAFETY, *_duty("part-inspection")),
    *_both("jpbl"),  # the sixth: second step of a machinist
    *(*_duty("preventive-maintenance", "chucking"), *_both("tcs1")),
    *(*_duty("drill-press"), *_both("drl1")),  # the thirteenth: third step
    *(*_duty("square-block", "vertical-milling"), *_both("mil1")),
    *_both("cmo"),  # the nineteenth: fourth step
    *(*_both("cto"), *_duty("surface-grinding"), *_both("cmp")),  # the twenty-fourth: fifth step
    *_duty("process-improvement", "between-centers"),
)
OPERATOR = (
    *(*_task("a1"), *_test("mms"), *_task("c12", "c1", "a15", "a5", "a19"), *SAFETY),
    *(*_task("a13", "a20", "b14", "b13", "c2", "c3"), *_duty("part-inspection"), *_both("jpbl")),
    *(*_task("c7", "c4", "c6"), *_both("tcs1"), *_task("c5", "c9", "c10", "c13", "c11", "c15")),
    *(*_both("cto"), *_task("e16", "e17")),
)
WAYS = {"machinist": ALL_ROUND, "cnc-machinist-hybrid": ALL_ROUND, "cnc-operator-turning": OPERATOR}

# hours to spend in each work process, in the proportion in which they are spent
WORK = {
    "machinist": {
        "planning": 300,
        "turning": 700,
        "milling": 700,
        "grinding": 250,
        "cnc": 600,
        "quality": 250,
        "maintenance": 150,
    },
    "cnc-machinist-hybrid": {
        "measurement": 520,
        "bench": 620,
        "manual-milling": 1040,
        "manual-turning": 1040,
        "precision-grinding": 320,
        "cnc-milling": 1650,
        "cnc-turning": 1650,
        "shop-upkeep": 320,
    },
    "cnc-operator-turning": {
        "material-inspection": 400,
        "preparation": 350,
        "equipment-care": 400,
        "turning-setup": 2400,
    },
}

# related instruction in the order of the terms: course, hours, credits in hundredths
COURSES = (
    ("ri-101", 36, 200),
    ("ri-102", 72, 300),
    ("ri-103", 48, 300),
    ("ri-104", 48, 300),
    ("ri-105", 48, 300),
    ("ri-201", 72, 400),
    ("ri-202", 72, 400),
    ("ri-203", 72, 400),
    ("ri-204", 60, 300),
    ("ri-205", 48, 300),
)
