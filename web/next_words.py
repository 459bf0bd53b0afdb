"""Why a next step is worth taking, in words: the reasons by which it is ranked, in their order."""

from graph.edges import Place
from graph.next_steps import Gain, NextStep
from graph.world import World
from web import words
from web.rules import item_title

NAMED = 3


def reasons(world: World, step: NextStep, *, brief: bool = False) -> str:
    """Say what a step brings: the raise, completion, what it opens and proves, and its effort.

    Args:
        world: where the items have their titles.
        step: the step.
        brief: only the first goal that it serves, and of several items only how many.
    """
    goals = [
        _raise(step.raising) if step.raising else "",
        _completion(step.finishing) if step.finishing else "",
    ]
    goals = [said for said in goals if said][: 1 if brief else None]
    named = 0 if brief else NAMED
    said = [
        f"To be rated {step.earn.rating}." if step.earn.rating is not None else "",
        *goals,
        _listed("Opens", world, step.opens, named),
        _listed("Also proves", world, step.proves, named),
        f"About {words.hours(step.minutes)} hours." if step.minutes else "",
    ]
    return " ".join(part for part in said if part) or "Neither the next raise nor completion asks for it."


def _raise(gain: Gain) -> str:
    if gain.reached:
        return "Brings the next raise: nothing else is missing."
    if gain.nearer:
        return f"One of {words.counted(gain.left or 0, 'thing')} missing for the next raise."
    if gain.progress:
        return f"Adds {words.percent(gain.progress)} of the way to the next raise."
    return ""


def _completion(gain: Gain) -> str:
    if gain.reached:
        return "Completes the program."
    if gain.nearer:
        return f"One of {words.counted(gain.left or 0, 'thing')} missing to journeyworker."
    if gain.progress:
        return f"Adds {words.percent(gain.progress)} of the way to journeyworker."
    return ""


def _listed(verb: str, world: World, places: tuple[Place, ...], named: int) -> str:
    if len(places) > 1 and not named:
        return f"{verb} {len(places)} more."
    titles = [item_title(world, *place) for place in places]
    if len(titles) < 2:  # noqa: PLR2004 - one needs no number
        return f"{verb} {titles[0]}." if titles else ""
    rest = len(titles) - named
    shown = titles if rest <= 0 else [*titles[:named], f"{rest} more"]
    return f"{verb} {len(titles)}: {words.listed(shown)}."
