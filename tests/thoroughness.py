"""How hard random tests try: ``quick`` and the same every time, or as ``HYPOTHESIS_PROFILE`` says.

``deep`` tries many times as many with new seeds; ``shrinking`` looks for a small example of a failure already seen.
A pytest plugin: loaded before any test module, so that every hypothesis test of ours follows the profile.
"""

import os
from typing import Final

from hypothesis import HealthCheck, settings

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "quick")
DEEPER: Final = int(os.environ.get("HYPOTHESIS_TIMES", "10")) if PROFILE == "deep" else 1
"""How many times as many examples as the quick run tries; ``HYPOTHESIS_TIMES`` sets it for the deep one."""

SHRINKING: Final = PROFILE == "shrinking"
"""Worlds are drawn number by number, which is slower and finds less, but can be made smaller."""

_SLOW_WORLDS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)

settings.register_profile(
    "quick", deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW_WORLDS
)
settings.register_profile("deep", deadline=None, print_blob=True, suppress_health_check=_SLOW_WORLDS)
settings.register_profile("shrinking", settings.get_profile("deep"))
settings.load_profile(PROFILE)


def examples(number: int) -> settings:
    """Settings for a test that tries ``number`` examples, many times as many in the deep profile."""
    return settings(max_examples=number * DEEPER)
