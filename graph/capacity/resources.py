"""What a plan may have too little of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resource:
    """``kind`` is station, mentor, budget, or all: all stations together; ``unit`` is minutes or cents.

    Attributes:
        at: which station or mentor, by number.
    """

    kind: str
    at: int
    unit: str
