"""Why a next step is worth taking, in words: the reasons by which it is ranked, in their order."""

from graph.edges import Place
from graph.next_steps import Gain, NextStep
from graph.world import World
from web import words
from web.rules import item_title

NAMED = 3


def reasons(world: World, step: NextStep, *, named: int = NAMED) -> str:
    """Say what a step brings: the raise, completion, what it opens and proves, and its effort.

    Args:
        world: where the items have their titles.
        step: the step.
        named: how many of the items that it opens, or proves, are called by name.
    """
    said = [
        f"To be rated {step.earn.rating}." if step.earn.rating is not None else "",
        *([_raise(step.raising)] if step.raising else []),
        *([_completion(step.finishing)] if step.finishing else []),
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
    if not places:
        return ""
    titles = [item_title(world, *place) for place in places]
    if len(titles) == 1:
        return f"{verb} {titles[0]}."
    rest = len(titles) - named
    shown = titles if rest <= 0 else [*titles[:named], f"{rest} more"]
    return f"{verb} {len(titles)}: {words.listed(shown)}."
