"""Which release of the product this is."""

from functools import cache
from importlib.metadata import version


@cache
def release() -> str:
    """Give the version of the installed product."""
    return version("journeymark")
