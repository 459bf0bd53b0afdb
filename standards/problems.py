"""What is wrong with a document, where, and what would be right."""

import re
from dataclasses import dataclass

Path = tuple[str | int, ...]

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def path_text(path: Path) -> str:
    """``("competencies", 0, "id")`` as ``competencies[0].id``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def parse_path(text: str) -> Path:
    """The inverse of ``path_text``."""
    return tuple(int(index) if index else word for index, word in _STEP.findall(text))


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint; line and column count from 1."""

    file: str
    line: int
    column: int
    path: str
    what: str
    right: str

    def __str__(self) -> str:
        """``FILE:LINE:COLUMN: path: what; what would be right``."""
        place = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}:{self.column}: {place}{self.what}; {self.right}"


Complaint = tuple[str, Problem]
"""(code, problem)."""


class DocumentError(Exception):
    """Documents that cannot be read or resolved.

    Attributes:
        problems: at least one, in the order of the text.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
