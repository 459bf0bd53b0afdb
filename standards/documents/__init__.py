"""The five kinds of documents of the contract, as pydantic models."""

from standards.documents.agreement import AgreementDocument
from standards.documents.degree import DegreeDocument
from standards.documents.framework import FrameworkDocument
from standards.documents.program import ProgramDocument
from standards.documents.record import RecordDocument

Model = FrameworkDocument | ProgramDocument | RecordDocument | AgreementDocument | DegreeDocument

KINDS: dict[str, type[Model]] = {
    "framework": FrameworkDocument,
    "program": ProgramDocument,
    "record": RecordDocument,
    "agreement": AgreementDocument,
    "degree": DegreeDocument,
}

__all__ = [
    "KINDS",
    "AgreementDocument",
    "DegreeDocument",
    "FrameworkDocument",
    "Model",
    "ProgramDocument",
    "RecordDocument",
]
