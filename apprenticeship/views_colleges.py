"""Colleges and their agreements as anybody may read them: published documents, nothing about any person."""

import re
from dataclasses import dataclass

from apprenticeship.credit.cases import model_of
from standards.documents.agreement import AgreementHeader
from standards.storage import repo
from standards.storage.model import Published


@dataclass(frozen=True, kw_only=True)
class CollegeView:
    """One college with the newest version of each of its agreements, in the order of their titles.

    Attributes:
        key: what its address is called: the college's own id, or its name as one.
        sample: whether there is no such college.
    """

    key: str
    name: str
    sample: bool
    agreements: tuple[Published, ...]


async def colleges_published() -> tuple[CollegeView, ...]:
    """Return every college that has published an agreement, by name."""
    found: dict[str, list[Published]] = {}
    heads: dict[str, AgreementHeader] = {}
    for one in await repo.newest("agreement"):
        head = model_of(one).agreement
        key = head.college_id or _identifier(head.college)
        heads.setdefault(key, head)
        found.setdefault(key, []).append(one)
    views = [
        CollegeView(
            key=key,
            name=heads[key].college,
            sample=heads[key].sample,
            agreements=tuple(sorted(several, key=lambda one: one.title)),
        )
        for key, several in found.items()
    ]
    return tuple(sorted(views, key=lambda one: (one.sample, one.name)))


async def college_published(key: str) -> CollegeView | None:
    """Return one college; None where none of this key has published an agreement."""
    return next((one for one in await colleges_published() if one.key == key), None)


def _identifier(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
