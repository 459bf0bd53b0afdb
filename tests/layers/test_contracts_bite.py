"""Each import contract is broken on purpose, in a copy, to see that it is noticed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph", "standards", "apprenticeship", "tasks", "web")

BREACHES = {
    "graph <- standards <- apprenticeship <- tasks <- web": (
        "graph/requirement.py",
        "import standards.problems",
    ),
    "graph knows rules and numbers": ("graph/world.py", "import time"),
    "documents are read and compiled without a database": ("standards/rules.py", "import asyncpg"),
    "what decides about a person's credit": ("apprenticeship/policy.py", "import piccolo"),
    "only web speaks HTTP": ("apprenticeship/refusals.py", "import litestar"),
    "rows leave a package only through its repo": (
        "apprenticeship/people/services.py",
        "import apprenticeship.people.tables",
    ),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        ignore = shutil.ignore_patterns("__pycache__", "static", "templates", "*.yaml")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_code_as_it_stands_keeps_every_contract(copy: Path) -> None:
    result = lint_imports(copy)
    assert result.returncode == 0, result.stdout
    assert f"{len(BREACHES)} kept, 0 broken" in result.stdout


@pytest.mark.parametrize(("contract", "breach"), BREACHES.items())
def test_a_forbidden_import_breaks_its_contract(copy: Path, contract: str, breach: tuple[str, str]) -> None:
    file, line = breach
    path = copy / file
    path.write_text(path.read_text() + f"\n{line}\n")
    result = lint_imports(copy)
    assert result.returncode == 1
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert [row for row in broken if row.startswith(contract)], result.stdout
