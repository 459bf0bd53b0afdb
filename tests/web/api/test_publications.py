"""Published standards by the API: the very bytes that the hash is of."""

import hashlib
import json

import pytest

from graph.metrics import measure
from standards.answers import Labels
from standards.catalog import load_catalog
from standards.compiling import compile_world
from standards.measuring import metrics_answer
from tests.web.api.conftest import Api

pytestmark = pytest.mark.anyio
FOLDERS = {"framework": "frameworks", "program": "programs", "agreement": "agreements", "degree": "degrees"}
CATALOG = [(document.kind, document.model.id) for document in load_catalog()]


@pytest.mark.parametrize(("kind", "key"), CATALOG)
async def test_a_document_is_its_canonical_bytes(api: Api, kind: str, key: str) -> None:
    response = await api.ask("ada", "GET", f"/{FOLDERS[kind]}/{key}")
    assert response.status_code == 200
    tag = f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response.headers["etag"] == tag
    assert response.json()[kind]["id"] == key
    canonical = json.dumps(response.json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical.encode() == response.content


async def test_what_is_listed_can_be_read_and_is_what_is_listed(api: Api) -> None:
    for kind, folder in FOLDERS.items():
        listed = (await api.ask("ada", "GET", f"/{folder}")).json()["standards"]
        assert {one["id"] for one in listed} == {key for of, key in CATALOG if of == kind}
        for one in listed:
            response = await api.ask("ada", "GET", one["href"].removeprefix("/api/v1"))
            assert response.headers["etag"] == f'"{one["sha256"]}"'


@pytest.mark.parametrize(
    ("sent", "status"),
    [('"{}"', 304), ('W/"{}"', 304), ('"x", "{}"', 304), ("*", 304), ('"x"', 200), ("", 200), ("x\xe9", 200)],
)
async def test_what_is_known_is_not_sent_again(api: Api, sent: str, status: int) -> None:
    first = await api.ask("ada", "GET", "/programs/machinist")
    known = sent.format(first.headers["etag"].strip('"')).encode("latin-1")
    response = await api.ask("ada", "GET", "/programs/machinist", headers={"If-None-Match": known})
    assert response.status_code == status
    assert response.headers["etag"] == first.headers["etag"]
    assert (response.content == b"") is (status == 304)


@pytest.mark.parametrize(
    "path",
    [
        "/frameworks/nothing",
        "/programs/nims-machining-1",
        "/agreements/x?version=1",
        "/programs/machinist?version=0",
    ],
)
async def test_what_was_never_published_is_missing(api: Api, path: str) -> None:
    assert (await api.ask("ada", "GET", path)).status_code == 404


async def test_the_metrics_of_a_framework_are_those_of_the_command_line(api: Api) -> None:
    response = await api.ask("ada", "GET", "/frameworks/nims-machining-1/metrics")
    assert response.status_code == 200
    world = compile_world(load_catalog())
    assert response.json() == metrics_answer(measure(world, "nims-machining-1"), Labels(world))
    assert response.json()["credentials"]["mms"]["blocking"] > 0
    assert (await api.ask("ada", "GET", "/frameworks/machinist/metrics")).status_code == 404


async def test_standards_are_for_those_who_signed_in(api: Api) -> None:
    assert (await api.ask(None, "GET", "/frameworks")).status_code == 401
    assert (await api.ask("stranger", "GET", "/frameworks")).status_code == 200
