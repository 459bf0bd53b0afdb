"""How far the people of a crew are, all together."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from apprenticeship.cohort.answers import bands_answer
from apprenticeship.cohort.layout import BANDS
from apprenticeship.standing.model import Standing
from web import words
from web.figures.cohort import progress_figure
from web.figures.figure import Figure


def crew_figure(members: Sequence[Standing]) -> Figure:
    """Count the crew by tenths of the way to journeyworker; who is complete stands in the last tenth."""
    return shares_figure(standing.evaluation.progress for standing in members)


def shares_figure(found: Iterable[Fraction]) -> Figure:
    """Count people by tenths of the way to journeyworker, by how far each of them is."""
    shares = sorted(found)
    counts = [0] * BANDS
    for share in shares:
        counts[min(int(share * BANDS), BANDS - 1)] += 1
    return progress_figure(_finding(shares), bands_answer(counts))


def _finding(shares: Sequence[Fraction]) -> str:
    if not shares:
        return "Nobody is in the crew yet."
    complete = sum(share == 1 for share in shares)
    if len(shares) == 1:
        return f"One apprentice, {words.percent(shares[0])} of the way to journeyworker."
    middle = shares[len(shares) // 2]
    said = f"{words.sentence(words.counted(len(shares), 'apprentice'))}: half are at {words.percent(middle)} or more"
    done = f"{words.counted(complete, 'is', 'are')} complete" if complete else "nobody is complete yet"
    return f"{said}, {done}."
