"""The JSON Schemas of the four kinds of documents."""

from typing import Any

from standards.documents import KINDS


def schema(kind: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a kind; KeyError for an unknown one."""
    found = KINDS[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
