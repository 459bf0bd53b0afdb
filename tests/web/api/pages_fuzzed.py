"""Every page asked with whatever a browser, or somebody without one, could send."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from hypothesis import strategies as st

from tests.web.shop import Shop
from web.access import operations
from web.app import create_app
from web.sessions import COOKIE
from web.settings import Settings

TEMPLATES = Path(__file__).parents[3] / "web" / "templates"
OURS = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "edge"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class Page:
    """One page with its method; parameters of its path stand in braces with their kind."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@cache
def pages() -> tuple[Page, ...]:
    """Every page there is, signing out last."""
    app = create_app(Settings(database_url="postgresql://nowhere/x"))
    found = [
        Page(str(method), path)
        for handler in operations(app)
        for path in handler.paths
        for method in handler.http_methods
        if not path.startswith(("/api/v1", "/static")) and not path.endswith("/progress")
    ]
    return tuple(sorted(set(found), key=lambda page: (page.path == "/sign-out", page.path, page.method)))


@cache
def field_names() -> tuple[str, ...]:
    """Every name of a field in any form, and of a parameter in any link."""
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    named = re.findall(r'name="([\w-]+)"', text) + re.findall(r"[?&]([a-z_]+)=", text)
    return tuple(sorted({*named, "rating-1", "rating-6", "row", "entry", "item", "organisation", "after"}))


def known_values(shop: Shop) -> list[str]:
    """Values that lead further in than chance would."""
    people = [str(person) for person in shop.people.values()]
    return [
        *people,
        *map(str, (shop.employer, shop.college, shop.other_employer)),
        *("1", "6", "9", "e000000001", "e000000006", "machinist", "machinist:s2", "nims-machining-1"),
        *("competency:nims-machining-1:chucking", "credential:nims-machining-1:mms", "competency:x:y"),
        *(
            "milling",
            "ojl",
            "rti",
            "theory",
            "2026-11-20",
            "2025-06-02",
            "7.5",
            "read",
            "write",
            "good",
            "all",
        ),
        *("back", "sign", "draft", "readmit", "30", "ada", "lakeside-mfgt", "competencies", "chucking"),
    ]


ODD = [
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "\x1f",
        "\ufffe",
        "\U0001d518\u202e",
        "é" * 300,
        "x" * 20_000,
        "%00",
        "%zz",
        "\r\n\r\n",
    ),
    *(
        "0",
        "-1",
        "9" * 25,
        "1e400",
        "NaN",
        "Infinity",
        "-0",
        "٣",
        "1_0",
        "0x10",
        "1,5",
        "9223372036854775808",
    ),
    *("0000-00-00", "9999-12-31", "0001-01-01", "2026-02-30", "10000-01-01", "2026-11-20T00:00", "20261120"),
    *(
        "null",
        "[]",
        "{}",
        "<script>",
        "'; --",
        "//evil.test",
        "/\\evil.test",
        "/\r\nX: y",
        "../..",
        ":",
        "::",
    ),
]


def values(shop: Shop) -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(known_values(shop)),
        st.sampled_from(ODD),
        st.text(st.characters(codec="utf-8"), max_size=30),
        st.integers().map(str),
        st.dates().map(str),
    )


def pairs(shop: Shop) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Fields of a form or a query: some known, some unknown, some twice, some missing."""
    names = st.one_of(st.sampled_from(field_names()), st.text(st.characters(codec="utf-8"), max_size=8))
    return st.lists(st.tuples(names, values(shop)), max_size=9)


def bodies(shop: Shop) -> st.SearchStrategy[tuple[str, bytes]]:
    """Media types with bodies: forms of both kinds, files, and no form at all."""
    encoded = pairs(shop).map(lambda found: (FORM, urlencode(found).encode()))
    kinds = st.sampled_from((FORM, MULTIPART, "multipart/form-data", "text/plain", ""))
    raw = st.tuples(kinds, st.binary(max_size=60))
    return st.one_of(encoded, encoded, st.builds(_multipart, pairs(shop), st.binary(max_size=80)), raw)


def _multipart(fields: list[tuple[str, str]], file: bytes) -> tuple[str, bytes]:
    parts = [
        b'--%b\r\ncontent-disposition: form-data; name="%b"\r\n\r\n%b\r\n'
        % (BOUNDARY.encode(), quote(name).encode(), value.encode())
        for name, value in fields
    ]
    heading = b"number,name,credential,on\r\n"
    parts.append(
        b'--%b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n%b%b\r\n--%b--\r\n'
        % (BOUNDARY.encode(), heading, file, BOUNDARY.encode())
    )
    return MULTIPART, b"".join(parts)


def paths(page: Page, shop: Shop) -> st.SearchStrategy[str]:
    """Addresses of a page: its parameters filled with what there is, or with anything."""
    pieces: list[st.SearchStrategy[str]] = []
    for piece in page.path.split("/"):
        if not piece.startswith("{"):
            pieces.append(st.just(piece))
        elif piece.endswith(":uuid}"):
            ids = [value for value in known_values(shop) if len(value) == 36]
            pieces.append(st.one_of(st.sampled_from(ids), st.uuids().map(str)))
        else:
            pieces.append(values(shop).map(lambda value: quote(value[:200], safe="")))
    return st.tuples(*pieces).map("/".join)


def ask_somehow(data: st.DataObject, shop: Shop, browsers: Mapping[str, httpx.Client], page: Page) -> int:
    """Send one request as somebody's browser on one of our own pages would; fail when it ends in a 500."""
    who = data.draw(st.sampled_from(sorted(browsers)))
    path, client = data.draw(paths(page, shop)), browsers[who]
    if page.method == "GET":
        sent: Any = data.draw(pairs(shop))
        response = client.get(path, params=sent)
    else:
        sent = data.draw(bodies(shop))
        headers = {**OURS, "content-type": sent[0]}
        response = client.request(page.method, path, content=sent[1], headers=headers)
    assert response.status_code < 500, f"{who}: {page.method} {path} {sent} {response.text[-400:]}"
    return response.status_code


def clients(address: str, tokens: Mapping[str, str]) -> Iterator[tuple[str, httpx.Client]]:
    """One browser for everybody who has a session, and one for nobody."""
    for who, token in {**tokens, "nobody": ""}.items():
        headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
        yield who, httpx.Client(base_url=address, headers=headers, timeout=60)
