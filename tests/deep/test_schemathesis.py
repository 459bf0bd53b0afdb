"""Every operation as everybody, in all phases of schemathesis: no 500, no answer that the file does not tell of."""

from pathlib import Path

import pytest

from tests.web.api.live_fixtures import Live
from tests.web.api.schemathesis_run import run
from tests.web.shop import NAMES

pytestmark = pytest.mark.deep
ROLES = (None, *(who for who in NAMES if who not in ("ben", "cho")))  # apprentices like Ada
PHASES = ("examples", "coverage", "fuzzing", "stateful")
EXAMPLES = 12


@pytest.mark.parametrize("who", ROLES, ids=str)
def test_no_operation_ends_in_a_500(live: Live, who: str | None, tmp_path: Path) -> None:
    done = run(live, who, tmp_path, phases=PHASES, examples=EXAMPLES)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
