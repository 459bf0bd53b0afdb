"""Schemathesis, as its own command line, against the running server as somebody with a key."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.web.api.keys import Keys
from tests.web.shop import Shop

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
WHOSE = {"ben": "ben", "cho": "cho"}  # whose record is asked for; everybody else asks for Ada's
SECONDS = 300


@dataclass(frozen=True)
class Target:
    """A running server over a shop."""

    address: str
    shop: Shop
    keys: Keys


def run(
    target: Target,
    who: str | None,
    folder: Path,
    *,
    phases: Sequence[str],
    examples: int,
    only: Sequence[str] = (),
) -> "subprocess.CompletedProcess[str]":
    """Run some phases as somebody (None: nobody), on all operations or only some."""
    config = folder / f"{who}.toml"
    place = target.shop.college if who == "registrar" else target.shop.employer
    learner = target.shop.people[WHOSE.get(who or "", "ada")]
    config.write_text(
        f'[parameters]\n"path.learner_id" = ["{learner}"]\n"query.organisation_id" = ["{place}"]\n',
        encoding="utf-8",
    )
    headers = [f"{name}:{value}" for name, value in (target.keys.header(who) if who else {}).items()]
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(config)),
        *("run", f"{target.address}/api/v1/openapi.json", "--no-color", "--seed", "1"),
        *("--phases", ",".join(phases), "--max-examples", str(examples), "--checks", ",".join(CHECKS)),
        *("--generation-database", "none", "--continue-on-failure"),
        *(word for header in headers for word in ("-H", header)),
        *(word for name in only for word in ("--include-operation-id", name)),
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
