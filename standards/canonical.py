"""One byte form for a document, so that its SHA-256 names its content."""

import json
from decimal import Decimal
from hashlib import sha256
from typing import Any


def canonical_json(raw: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; equal data gives equal bytes (38.50 and 38.5 are equal)."""
    return json.dumps(
        raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_number, allow_nan=False
    ).encode()


def digest(raw: Any) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical_json(raw)).hexdigest()


def _number(value: Any) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no plain data")
    return int(value) if value == value.to_integral_value() else float(value)
