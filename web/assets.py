"""Style sheet, script, signs and Plotly: each at an address with its hash, so it never changes there."""

import gzip
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PLOTLY = "plotly.min.js"
WORTH_PACKING = 512


@dataclass(frozen=True)
class Asset:
    """One file as it is served."""

    content: bytes
    packed: bytes | None
    media_type: str


@cache
def addresses() -> dict[str, str]:
    """Give the address of every asset by its file name."""
    found = {path.name: path for path in sorted(FOLDER.iterdir())} | {PLOTLY: _plotly()}
    return {name: f"/static/{_stamped(name, path.read_bytes())}" for name, path in found.items()}


def address(name: str) -> str:
    """Give the address of one asset.

    Raises:
        KeyError: there is none of this name.
    """
    return addresses()[name]


@lru_cache(maxsize=32)
def asset(stamped: str) -> Asset | None:
    """Read one asset by the last part of its address, packed once; None where there is none."""
    names = {known.rsplit("/", 1)[1]: name for name, known in addresses().items()}
    if stamped not in names:
        return None
    name = names[stamped]
    content = (_plotly() if name == PLOTLY else FOLDER / name).read_bytes()
    packed = gzip.compress(content, 6, mtime=0) if len(content) >= WORTH_PACKING else None
    kind = "text/javascript" if name.endswith(".js") else guess_type(name)[0] or "application/octet-stream"
    return Asset(content, packed, kind)


def _stamped(name: str, content: bytes) -> str:
    stem, _, ending = name.partition(".")
    return f"{stem}.{sha256(content).hexdigest()[:16]}.{ending}"


@cache
def _plotly() -> Path:
    # found without importing it: that alone takes longer than drawing a page
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise FileNotFoundError("Plotly is not installed, so there is no chart script to serve.")
    return Path(package.origin).parent / "package_data" / PLOTLY
