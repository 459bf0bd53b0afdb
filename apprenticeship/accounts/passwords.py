"""Passwords: long ones, hashed with argon2id in a thread, and never told apart from unknown accounts."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from apprenticeship.refusals import Invalid

SHORTEST = 15
LONGEST = 128
BLOCKED = frozenset(
    {
        "passwordpassword",
        "password12345678",
        "123456789012345",
        "1234567890123456",
        "qwertyuiopasdfgh",
        "qwertyuiopasdfghjkl",
        "correcthorsebatterystaple",
        "correct horse battery staple",
        "letmeinletmeinletmein",
        "journeymarkjourneymark",
    }
)

_hasher = PasswordHasher()


def check_password(password: str, login: str) -> None:
    """Go on only with a password that is worth hashing.

    Raises:
        Invalid: it is too short, too long, among the best known, one character over and over, or the login.
    """
    if len(password) < SHORTEST:
        raise Invalid(
            f"A password has {SHORTEST} characters or more; a short sentence is best.", where="password"
        )
    if len(password) > LONGEST:
        raise Invalid(f"A password has at most {LONGEST} characters.", where="password")
    easy = password.lower() in BLOCKED or len(set(password)) < 3  # noqa: PLR2004 - "ababab..." is no password
    if easy or login.lower() in (password.lower(), password.lower()[::-1]):
        raise Invalid("This password is one of the first that anybody would try.", where="password")


def hash_now(password: str) -> str:
    """Return the argon2id hash; slow on purpose, so not for the event loop."""
    return _hasher.hash(_bytes(password))


async def hash_password(password: str) -> str:
    """Return the argon2id hash, worked out in a thread."""
    return await asyncio.to_thread(hash_now, password)


async def verify(password: str, password_hash: str | None) -> bool:
    """Compare in a thread; without a hash the work is done all the same and the answer is no."""
    nobodys = await asyncio.to_thread(_nobodys_hash)  # made once, by whoever comes first
    known = nobodys if password_hash is None else password_hash
    right = await asyncio.to_thread(_matches, known, password[: LONGEST + 1])
    return right and password_hash is not None


@cache
def _nobodys_hash() -> str:
    return hash_now("the password of an account that does not exist")


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, _bytes(password))
    except (Argon2Error, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
