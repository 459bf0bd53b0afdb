"""The JSON Schemas of the four kinds of documents, and of what a simulation assumes."""

from typing import Any

from pydantic import BaseModel

from standards.documents import KINDS
from standards.documents.assumptions import AssumptionsDocument

FORMS: dict[str, type[BaseModel]] = {**KINDS, "assumptions": AssumptionsDocument}


def schema(kind: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a kind; KeyError for an unknown one."""
    found = FORMS[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
