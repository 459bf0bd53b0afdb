"""Versions of one agreement: several may be given together as long as no day has two of them."""

from datetime import date

from standards.documents import AgreementDocument
from standards.problems import Complaint
from standards.reading import Document

Days = tuple[date, date | None]
"""Half-open: the first day, and the first that is no longer in; None for no end."""


def are_versions(one: Document, other: Document) -> bool:
    """Whether two documents of one id are different versions of an agreement."""
    if not isinstance(one.model, AgreementDocument) or not isinstance(other.model, AgreementDocument):
        return False
    return one.model.agreement.version != other.model.agreement.version


def overlap(earlier: Document, document: Document) -> Complaint | None:
    """The complaint about two versions that are in force on one day; None where there is no such day."""
    if not isinstance(earlier.model, AgreementDocument) or not isinstance(document.model, AgreementDocument):
        return None
    first, second = days_in_force(earlier.model), days_in_force(document.model)
    if first is None or second is None or not _meet(first, second):
        return None
    one, other, start = earlier.model.agreement, document.model.agreement, max(first[0], second[0])
    what = f"versions {one.version} and {other.version} of {other.id} are both in force on {start}"
    right = f"let one end before the other begins, for example until: {start}"
    return "versions-overlap", document.source.problem(("agreement", "effective"), what, right)


def days_in_force(model: AgreementDocument) -> Days | None:
    """On which days something may be given; None for a draft, what is in review and what ended before it began."""
    head = model.agreement
    start, end = head.effective.from_, head.effective.until
    if head.approval is not None:
        if head.approval.state in ("draft", "in_review"):
            return None
        if head.approval.state == "ended" and head.approval.on is not None:
            end = head.approval.on if end is None else min(end, head.approval.on)
    return None if end is not None and end <= start else (start, end)


def _meet(one: Days, other: Days) -> bool:
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])
