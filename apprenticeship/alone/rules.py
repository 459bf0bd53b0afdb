"""What a record has to show before somebody may work alone. Pure."""

from apprenticeship.alone.model import Kind, Lack, Release, Supported
from apprenticeship.refusals import Invalid
from apprenticeship.standing.model import Standing
from graph.evaluating import State

SAID = {
    State.WAIVED: "waived, but not shown",
    State.LAPSED: "lapsed",
    State.PENDING: "waits for sign-off",
    State.READY: "not shown yet",
    State.LOCKED: "not shown yet",
}


def competencies_of(standing: Standing, kind: Kind, subject: str) -> tuple[str, ...]:
    """Return the keys of the competencies that some work takes, in the order of the standards.

    Raises:
        Invalid: the standards have no such competency or work process, or the process names no competency.
    """
    if kind is Kind.COMPETENCY:
        if subject not in standing.world.competencies:
            raise Invalid(f"The standards have no competency {subject!r}.", where="subject")
        return (subject,)
    process = next((one for one in standing.program.work_processes if one.key == subject), None)
    if process is None:
        raise Invalid(f"The program has no work process {subject!r}.", where="subject")
    if not process.competencies:
        said = (
            f"{process.title or subject} names no competency, so no record can support it; name a competency."
        )
        raise Invalid(said, where="subject")
    return tuple(key for key in standing.world.competencies if key in process.competencies)


def lacks_of(standing: Standing, kind: Kind, subject: str) -> tuple[Lack, ...]:
    """Return what the record does not show on the day of the standing: every competency has to be met.

    A waiver gives credit, and shows nothing at the machine: it does not do here.

    Raises:
        Invalid: as `competencies_of` says.
    """
    return tuple(
        Lack(key, title_of(standing, Kind.COMPETENCY, key), standing.evaluation.competencies[key].state)
        for key in competencies_of(standing, kind, subject)
        if standing.evaluation.competencies[key].state is not State.MET
    )


def because_of(standing: Standing, kind: Kind, subject: str) -> tuple[str, ...]:
    """Return the keys of the evidence that shows it."""
    keys = competencies_of(standing, kind, subject)
    return tuple(sorted({row for key in keys for row in standing.evaluation.competencies[key].by}))


def check_supported(standing: Standing, kind: Kind, subject: str) -> None:
    """Go on only where the record supports working alone.

    Raises:
        Invalid: it does not; the words name what is missing.
    """
    lacks = lacks_of(standing, kind, subject)
    if lacks:
        shown = "; ".join(f"{lack.title}: {SAID[lack.state]}" for lack in lacks[:5])
        more = f"; and {len(lacks) - 5} more" if len(lacks) > 5 else ""  # noqa: PLR2004 - as many as were shown
        said = f"On {standing.as_of} the record does not support this: {shown}{more}."
        raise Invalid(said, where="subject")


def supported(standing: Standing, release: Release) -> Supported:
    """Return a release as it stands on the day; one of standards that are gone is supported by nothing."""
    try:
        lacks = lacks_of(standing, release.kind, release.subject)
    except Invalid:
        lacks = (Lack(release.subject, release.subject, State.LOCKED),)
    return Supported(release, title_of(standing, release.kind, release.subject), lacks, standing.as_of)


def title_of(standing: Standing, kind: Kind, subject: str) -> str:
    """Name a competency or a work process as people do."""
    if kind is Kind.COMPETENCY:
        item = standing.world.competencies.get(subject)
        return subject if item is None else f"{item.code} {item.title}" if item.code else item.title
    process = next((one for one in standing.program.work_processes if one.key == subject), None)
    return subject if process is None else process.title or subject


def possible(standing: Standing) -> tuple[tuple[Kind, str, str], ...]:
    """Return everything that the record supports on the day: kind, key and title; work processes first."""
    processes = [
        (Kind.WORK_PROCESS, one.key)
        for one in standing.program.work_processes
        if one.competencies and not lacks_of(standing, Kind.WORK_PROCESS, one.key)
    ]
    competencies = [
        (Kind.COMPETENCY, key)
        for key, answer in standing.evaluation.competencies.items()
        if answer.state is State.MET and standing.world.competencies[key].kind != "area"
    ]
    return tuple((kind, key, title_of(standing, kind, key)) for kind, key in [*processes, *competencies])
