"""Peak memory of an evaluator, in a process of its own: `python -m tests.benchmarks.nation.memory NAME PEOPLE`.

What counts is everything above the libraries: the columns, the evaluator's own form of them, its work and its answers.
"""

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.nation.bits import draw_bits
from tests.benchmarks.nation.gates import compile_rules
from tests.benchmarks.nation.roll import EVALUATORS
from tests.benchmarks.nation.workload import nation

KILOBYTE = 1024
COMPETENCIES = 300


def bytes_a_person(name: str, people: int) -> float:
    """The peak of an evaluator, for each person, by the name of its class."""
    words = [sys.executable, "-m", __name__, name, str(people)]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    name, people = sys.argv[1], int(sys.argv[2])
    rules = compile_rules(nation(COMPETENCIES))
    before = status("VmRSS")
    evaluator = EVALUATORS[name]
    loaded = evaluator.load(rules, draw_bits(rules, COMPETENCIES, people))
    answer = evaluator.evaluate(loaded)
    sys.stdout.write(f"{(status('VmHWM') - before) / people:.1f}\n")
    del answer


def status(field: str) -> int:
    """Bytes, as the kernel counts them; what `resource` says would still know the process before the exec."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    words = next(line.split() for line in lines if line.startswith(f"{field}:"))
    return int(words[1]) * KILOBYTE


if __name__ == "__main__":
    main()
