"""The JSON Schemas of the five kinds of documents, of what a simulation assumes, and of what there is to train with."""

from typing import Any

from pydantic import BaseModel

from standards.documents import KINDS
from standards.documents.assumptions import AssumptionsDocument
from standards.documents.capacity import CapacityDocument

FORMS: dict[str, type[BaseModel]] = {
    **KINDS,
    "assumptions": AssumptionsDocument,
    "capacity": CapacityDocument,
}


def schema(kind: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a kind; KeyError for an unknown one."""
    found = FORMS[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
