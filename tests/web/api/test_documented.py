"""The commands of the documentation and of the API page are tried."""

import re
import shlex
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.api.conformance import operation_of
from tests.web.api.conftest import Api
from web.api.catalogue import openapi_file
from web.api.reference import shown_operations

pytestmark = pytest.mark.anyio
PAGE = Path(__file__).parents[3] / "docs" / "api.md"
COMMANDS = re.findall(r"^curl (?:.*\\\n)*.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
ON_THE_PAGE = [one.curl for _, _, found in shown_operations(openapi_file()) for one in found]


def request_of(command: str, known: dict[str, str]) -> dict[str, Any]:
    """Read a curl command as a request."""
    for name, value in known.items():
        command = command.replace(f"${name}", value)
    words = shlex.split(command.replace("\\\n", " "))[1:]
    found: dict[str, Any] = {"method": "GET", "headers": {}}
    while words:
        word = words.pop(0)
        match word:
            case "-X":
                found["method"] = words.pop(0)
            case "-H":
                name, _, value = words.pop(0).partition(": ")
                found["headers"][name] = value
            case "-d" | "--data-binary":
                found["content"] = words.pop(0).encode()
            case _:
                found["url"] = word
    return found


async def test_the_documentation_has_its_three_examples_and_they_work(own_api: Api) -> None:
    assert len(COMMANDS) == 3
    known = {
        "HOST": "https://journeymark.test",
        "KEY": own_api.keys.secrets["ada"],
        "LEARNER": str(own_api.shop.people["ada"]),
    }
    answers = [await own_api.client.request(**request_of(command, known)) for command in COMMANDS]
    assert [answer.status_code for answer in answers] == [200, 200, 201]


def test_the_documentation_names_every_status_there_is() -> None:
    told = set(re.findall(r"^\| (\d{3}) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    used = {
        code
        for of in openapi_file()["paths"].values()
        for one in of.values()
        for code in one["responses"]
        if code >= "400"
    }
    assert told == used | {"405", "503"}  # these two come before any operation is reached, or instead of it


@pytest.mark.parametrize("command", ON_THE_PAGE)
def test_a_command_on_the_page_names_an_operation(command: str) -> None:
    asked = request_of(command, {"HOST": "https://journeymark.test", "KEY": "k"})
    response = httpx.Response(200, request=httpx.Request(**asked))
    assert operation_of(response) is not None
