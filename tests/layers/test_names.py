"""Our top-level names are ours: other packages ship a `tests` of their own, and an import could find that one."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("apprenticeship", "graph", "standards", "tasks", "tests", "web")


@pytest.mark.parametrize("name", NAMES)
def test_a_top_level_name_is_imported_from_this_project(name: str) -> None:
    found = importlib.import_module(name)
    assert found.__file__ == str(ROOT / name / "__init__.py")


def public_names(file: Path) -> list[tuple[str, ast.AST]]:
    module = ast.parse(file.read_text())
    found: list[tuple[str, ast.AST]] = []
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            found.append((node.name, node))
            if isinstance(node, ast.ClassDef):
                found += [
                    (f"{node.name}.{member.name}", member)
                    for member in node.body
                    if isinstance(member, ast.FunctionDef) and not member.name.startswith("_")
                ]
    return found


@pytest.mark.parametrize("package", ["graph", "standards"])
def test_every_public_name_of_the_core_says_what_it_is(package: str) -> None:
    nodes = {
        f"{file.relative_to(ROOT)}: {name}": node
        for file in sorted((ROOT / package).rglob("*.py"))
        if "storage" not in file.parts
        for name, node in public_names(file)
    }
    assert len(nodes) > 50
    undocumented = [
        name
        for name, node in nodes.items()
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not ast.get_docstring(node)
    ]
    assert undocumented == []
