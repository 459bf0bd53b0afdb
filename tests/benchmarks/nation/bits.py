"""What a crowd has shown, as one bit a person and leaf: the input of everybody who evaluates rules and nothing else.

A person is drawn from the seed and their number alone: a thousand people are the first thousand of a million.
"""

from dataclasses import dataclass
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.nation.gates import Leaf, Rules
from tests.benchmarks.nation.workload import HOUR, LAYERS, TRADES, layers_of

Words: TypeAlias = NDArray[np.uint64]
Flags: TypeAlias = NDArray[np.bool_]
Chances: TypeAlias = NDArray[np.float32]

BLOCK = 1 << 14
WORD = 64
STEEPNESS = 14.0
COMPETENT = 3
TERM_HOURS, TERM_MONTHS = 8000, 48


@dataclass(frozen=True, eq=False)
class Bits:
    """A row of words for every leaf; person p is bit p % 64 of word p // 64, and bits beyond the last person are 0."""

    people: int
    words: Words

    def flags(self, start: int = 0, stop: int | None = None) -> Flags:
        """The same with a byte a person, from ``start`` (a multiple of 64) to ``stop``."""
        end = self.people if stop is None else min(stop, self.people)
        part = self.words[:, start // WORD : -(-end // WORD)]
        return unpacked(np.ascontiguousarray(part), end - start)


def packed(flags: Flags) -> Words:
    """Rows of flags as rows of words."""
    short = -flags.shape[1] % WORD
    padded = np.pad(flags, ((0, 0), (0, short))) if short else flags
    return np.packbits(padded, axis=1, bitorder="little").view(np.uint64)


def unpacked(words: Words, people: int) -> Flags:
    """Rows of words as rows of flags."""
    return np.unpackbits(words.view(np.uint8), axis=1, count=people, bitorder="little").view(np.bool_)


def draw_bits(rules: Rules, competencies: int, people: int, seed: int = 1) -> Bits:
    """So many people of a nation with so many competencies."""
    words = np.zeros((len(rules.leaves), -(-people // WORD)), np.uint64)
    layers = layers_of(competencies)
    for start in range(0, people, BLOCK):
        block = _Block(layers, seed, start // BLOCK)
        size = min(BLOCK, people - start)
        end = start // WORD + -(-size // WORD)
        for leaf, row in zip(rules.leaves, words, strict=True):
            flags = block.holds(leaf)
            flags[size:] = False
            row[start // WORD : end] = packed(flags[None])[0, : end - start // WORD]
    return Bits(people, words)


class _Block:
    """A block of people: each in one trade, and so far along it."""

    def __init__(self, layers: dict[str, int], seed: int, number: int) -> None:
        self.layers = layers
        self.seed = (seed, number)
        random = np.random.default_rng(self.seed)
        self.trade = random.integers(0, TRADES, BLOCK)
        self.stage: Chances = random.beta(1.2, 1.3, BLOCK).astype(np.float32)
        self.pace: Chances = random.normal(1, 0.1, BLOCK).astype(np.float32)

    def holds(self, leaf: Leaf) -> Flags:
        """Who passes a test."""
        own = self._own(leaf.key)
        match leaf.sort:
            case "rated":
                share = 0.4 if leaf.amount > COMPETENT else 1.0
                return self._luck(leaf.key) < share * self._reach(leaf.key)
            case "passed":
                return self._luck(leaf.key + leaf.detail) < 0.95 * self._reach(leaf.key)
            case "lasting":
                return self._luck(f"{leaf.key} lasting") < 0.85
            case "hours":
                return own & (self.stage * self.pace * (TERM_HOURS * HOUR) >= leaf.amount)
            case "months":
                return own & (self.stage * TERM_MONTHS >= leaf.amount)
            case "registered":
                return own
            case _:
                return self._luck(leaf.key) < self.stage * own

    def _own(self, key: str) -> Flags:
        home = key.partition(":")[0].removesuffix("-program")
        if home == "core":
            return np.ones(BLOCK, np.bool_)
        return np.asarray(self.trade == int(home.removeprefix("trade-")))

    def _reach(self, key: str) -> Chances:
        """How likely somebody has come so far: a smooth step at the layer; one in fifty knows another trade too."""
        height = 0.8 * (self.layers[key] + 0.5) / LAYERS
        near = 1 / (1 + np.exp((height - self.stage) * STEEPNESS))
        found: Chances = np.where(self._own(key), near, 0.02 * near).astype(np.float32)
        return found

    def _luck(self, name: str) -> Chances:
        """Everybody's luck with one thing, the same whenever it is asked about."""
        random = np.random.default_rng([*self.seed, crc32(name.encode())])
        return random.random(BLOCK, np.float32)
