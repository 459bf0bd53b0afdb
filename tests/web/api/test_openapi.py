"""The OpenAPI file and the page drawn from it."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest

from standards.canonical import canonical_json
from standards.catalog import load_catalog
from tests.web.api.conftest import Api
from web.access import operations
from web.api.catalogue import OPERATIONS, openapi_file
from web.api.links import LINKS
from web.api.reference import shown_operations
from web.app import create_app
from web.security import POLICY
from web.settings import Settings

FILE = openapi_file()
ALL = [(path, method, operation) for path, of in FILE["paths"].items() for method, operation in of.items()]
NAMES = [operation["operationId"] for _, _, operation in ALL]


def test_every_operation_under_the_api_is_in_the_file() -> None:
    app = create_app(Settings(database_url="postgresql://nowhere/x"))
    served = {
        (method.lower(), re.sub(r":\w+", "", path))
        for handler in operations(app)
        for path in handler.paths
        for method in handler.http_methods
        if handler.operation_id is not None
    }
    assert {(method, path.removeprefix("/api/v1")) for path, method, _ in ALL} <= served
    assert len(ALL) == len(OPERATIONS) == len(set(NAMES))


@pytest.mark.parametrize(("path", "method", "operation"), ALL, ids=NAMES)
def test_an_operation_says_everything(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"].endswith(".")
    assert operation["x-policy"]["whose"]
    assert all(one["description"] for one in operation["parameters"])
    assert all(said["description"] for said in operation["responses"].values())
    named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
    assert named == set(re.findall(r"{(\w+)}", path))
    assert all(name.endswith("_id") for name in named)
    if operation["security"]:
        assert {"400", "401", "403"} <= operation["responses"].keys()
    if method == "post":
        assert {"413", "422"} <= operation["responses"].keys()
        assert "requestBody" in operation


def test_every_reference_and_every_link_leads_somewhere() -> None:
    known = FILE["components"]["schemas"].keys()
    assert set(re.findall(r"#/components/schemas/([^'\"]+)", str(FILE))) <= known
    assert LINKS.keys() <= set(NAMES)
    assert {target for of in LINKS.values() for target in of} <= set(NAMES)


def test_what_is_asked_is_closed_and_has_an_example_that_fits() -> None:
    asked = [
        content["schema"]
        for _, _, operation in ALL
        for media, content in operation.get("requestBody", {}).get("content", {}).items()
        if media == "application/json"
    ]
    assert len(asked) >= 5
    for schema in asked:
        name = schema["$ref"].rpartition("/")[2]
        model = FILE["components"]["schemas"][name]
        check = jsonschema_rs.validator_for({**schema, "components": FILE["components"]})
        check.validate(model["examples"][0])
        assert not check.is_valid({**model["examples"][0], "unknown": 1})


@pytest.mark.parametrize("document", load_catalog(), ids=lambda document: document.model.id)
def test_documents_are_described_as_they_are_written(document: Any) -> None:
    name = f"{document.kind.title()}Document"
    schema = {"$ref": f"#/components/schemas/{name}", "components": FILE["components"]}
    jsonschema_rs.validator_for(schema).validate(json.loads(canonical_json(document.raw)))


def test_the_page_shows_every_operation_once() -> None:
    shown = [one for _, _, found in shown_operations(FILE) for one in found]
    assert sorted(one.name for one in shown) == sorted(NAMES)
    assert all(one.curl.startswith("curl") for one in shown)


@pytest.mark.anyio
async def test_file_and_page_are_open_and_ask_no_other_host(api: Api) -> None:
    file = await api.client.get("/api/v1/openapi.json")
    assert file.json() == FILE
    whole = await api.client.get("/api")
    parts = sorted(set(re.findall(r'href="(/api/parts/[^"#]*)"', whole.text)))
    pages = [whole, *[await api.client.get(part) for part in parts]]
    for page in pages:
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["content-security-policy"] == POLICY
        loaded = re.findall(r"(?:src|href|action)=\"([^\"]*)\"", page.text)
        assert loaded
        assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in loaded)
        assert len(page.content) < 100_000
    shown = "".join(page.text for page in pages[1:])
    assert all(f'id="{name}"' in shown and f'#{name}"' in whole.text for name in NAMES)
    assert (await api.client.get("/api/parts/nothing")).status_code == 404
