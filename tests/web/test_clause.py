"""Where a rule stands, in words."""

import pytest

from web.words import clause


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("machinist.json#program.wages.steps[2].when.all[0]", "program, wage step 3, condition 1"),
        ("machinist.json#program.wages.steps[2].when", "program, wage step 3"),
        ("shop.yaml#program.completion.all[0].any[1]", "program, completion, condition 1, part 2"),
        (
            "nims-1.json#credentials[8].prerequisites.all[1].of[0]",
            "nims-1, credential 9, prerequisites, condition 2, part 1",
        ),
        ("nims-1.json#competencies[0]", "nims-1, competency 1"),
        ("a.json#program.work_processes[1]", "program, work process 2"),
        ("a.json#odd_lists[1].x", "a, odd lists 2, x"),
        ("", ""),
        ("no place", "no place"),
        ("file.json#", "file.json#"),
    ],
)
def test_a_clause_is_said_in_words(written: str, said: str) -> None:
    assert clause(written) == said
