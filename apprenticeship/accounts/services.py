"""Signing in and out, and keys for programs. Every door asks here, so suspension shuts all of them."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from apprenticeship.accounts import repo
from apprenticeship.accounts.model import SCOPES, Account, ApiKey, KeyHolder, Session, SignedIn
from apprenticeship.accounts.passwords import check_password, hash_password, verify
from apprenticeship.audit.services import record
from apprenticeship.people import repo as people
from apprenticeship.policy import Action, Actor, OrganisationResource, Shared, can
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing, Refusal, permit
from apprenticeship.store import transaction
from apprenticeship.texts import check_text, is_plain

WINDOW = timedelta(minutes=15)
PER_LOGIN = 10
PER_ADDRESS = 50
REMEMBERED = timedelta(days=30)
TOUCH_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32
LONGEST_LOGIN = 200
LONGEST_KEY = timedelta(days=366)

Randomness = Callable[[int], bytes]


class SignInRefused(Refusal):
    """The login or the password is wrong, or the account is suspended; which one is not told."""


class TooManyAttempts(Refusal):
    """Signing in failed too often lately, for this login or from this address."""


async def open_account(person: UUID, login: str, password: str, *, now: datetime) -> Account:
    """Give a person a way to sign in.

    Raises:
        Invalid: the password is not good enough, or the login is taken or none.
        AlreadyDecided: the person has an account.
    """
    name = login.strip().lower()
    check_password(password, name)
    check_text(name, longest=LONGEST_LOGIN, where="login")
    if not name:
        raise Invalid("Give a name to sign in with.", where="login")
    account = Account(
        id=uuid4(), person=person, login=name, password_hash=await hash_password(password), created_at=now
    )
    if not await repo.add_accounts([account]):
        if await repo.account_of_person(person) is not None:
            raise AlreadyDecided("This person has an account already.")
        raise Invalid(f"{name} is taken; choose another.", where="login")
    return account


async def sign_in(
    login: str,
    password: str,
    *,
    address: str,
    now: datetime,
    randomness: Randomness = secrets.token_bytes,
) -> SignedIn:
    """Open a new session with a new token.

    `address` is where the request comes from, as the server itself saw it.

    Raises:
        SignInRefused: login and password do not belong together, or the account is suspended.
        TooManyAttempts: it failed too often in the last quarter of an hour.
    """
    name = login.strip().lower()
    hashed = _sha256(name)
    attempt = await repo.add_attempt(hashed, address, now)
    by_login, by_address = await repo.failures(hashed, address, now - WINDOW)
    if by_login > PER_LOGIN or by_address > PER_ADDRESS:
        raise TooManyAttempts("Signing in failed too often. Wait a quarter of an hour and try again.")
    account = await repo.account_of_login(name) if is_plain(name) else None
    right = await verify(password, None if account is None else account.password_hash)
    if account is None or not right or account.suspended_at is not None:
        raise SignInRefused("Name and password do not belong together.")
    token = _spelled(randomness(TOKEN_BYTES))
    async with transaction():
        await repo.attempt_succeeded(attempt)
        session = Session(token_sha256=_sha256(token), account=account.id, created_at=now, seen_at=now)
        await repo.add_session(session)
        actor = await _actor(account)
        await record(actor, "session.open", "account", account.id, now=now, detail={"address": address})
    return SignedIn(token=token, actor=actor)


async def actor_of_token(token: str, *, now: datetime) -> Actor | None:
    """Return who a session's token stands for; None when it stands for nobody any more."""
    found = await repo.session_of(_sha256(token))
    if found is None:
        return None
    session, account = found
    if not session.open(now) or account.suspended_at is not None:
        return None
    if now - session.seen_at >= TOUCH_EVERY:
        await repo.touch_session(session.token_sha256, now)
    return await _actor(account)


async def sign_out(token: str, *, now: datetime) -> None:
    """End a session; one that does not exist is as good as ended."""
    await repo.end_session(_sha256(token), now)


async def forget_old(*, now: datetime) -> None:
    """Delete where people signed in from, and sessions that are long over: nobody needs them any more."""
    async with transaction():
        await repo.forget_before(now - REMEMBERED)


async def suspend(actor: Actor, person: UUID, *, now: datetime) -> None:
    """Shut somebody out of an organisation that the actor administers, at their next request.

    Raises:
        Missing: there is no such account, or not for this actor.
        Invalid: it is the actor's own.
    """
    if person == actor.person:
        raise Invalid("Nobody shuts themselves out; ask another administrator.", where="person")
    async with transaction():
        account = await _administered(actor, person, now)
        await repo.set_suspended(account.id, now)
        await repo.end_sessions(account.id, now)
        await record(actor, Action.MANAGE_PEOPLE, "account", account.id, now=now, detail={"suspended": True})


async def readmit(actor: Actor, person: UUID, *, now: datetime) -> None:
    """Let somebody in again who was suspended.

    Raises:
        Missing: there is no such account, or not for this actor.
    """
    async with transaction():
        account = await _administered(actor, person, now)
        await repo.set_suspended(account.id, None)
        await record(actor, Action.MANAGE_PEOPLE, "account", account.id, now=now, detail={"suspended": False})


async def create_key(
    actor: Actor,
    *,
    name: str,
    scopes: frozenset[str],
    expires_at: datetime,
    now: datetime,
    randomness: Randomness = secrets.token_bytes,
) -> tuple[ApiKey, str]:
    """Make a key for a program; it can do what its owner can, within its scopes.

    Returns:
        the key as kept, and the secret, which is never shown again.

    Raises:
        Invalid: an unknown scope, no name, or an end that is past or more than a year ahead.
    """
    permit(actor, Action.MANAGE_OWN_KEYS, Shared(), now)
    check_text(name, longest=LONGEST_LOGIN, where="name")
    if not name.strip():
        raise Invalid("Give the key a name that says what it is for.", where="name")
    if not scopes or not scopes <= SCOPES:
        raise Invalid(f"Scopes are {' and '.join(sorted(SCOPES))}.", where="scopes")
    if not now < expires_at <= now + LONGEST_KEY:
        raise Invalid("A key ends within a year from now.", where="expires_at")
    account = await _own_account(actor)
    secret = "jm_" + _spelled(randomness(TOKEN_BYTES))
    key = ApiKey(
        id=uuid4(),
        key_sha256=_sha256(secret),
        account=account.id,
        name=name.strip(),
        scopes=tuple(sorted(scopes)),
        created_at=now,
        expires_at=expires_at,
    )
    async with transaction():
        await repo.add_key(key)
        await record(actor, Action.MANAGE_OWN_KEYS, "key", key.id, now=now, detail={"scopes": key.scopes})
    return key, secret


async def holder_of_key(secret: str, *, now: datetime) -> KeyHolder | None:
    """Return who calls with a key; None when the key opens nothing any more."""
    key = await repo.key_of(_sha256(secret))
    if key is None or not key.open(now):
        return None
    account = await repo.account_by_id(key.account)
    if account is None or account.suspended_at is not None:
        return None
    return KeyHolder(actor=await _actor(account), scopes=frozenset(key.scopes))


async def keys_of(actor: Actor) -> tuple[ApiKey, ...]:
    """Return one's own keys, the oldest first."""
    return await repo.keys_of((await _own_account(actor)).id)


async def revoke_key(actor: Actor, key: UUID, *, now: datetime) -> None:
    """Make one's own key useless from now on.

    Raises:
        Missing: the actor has no such key, or has revoked it already.
    """
    account = await _own_account(actor)
    async with transaction():
        if not await repo.revoke_key(key, account=account.id, at=now):
            raise Missing("No such key.")
        await record(actor, Action.MANAGE_OWN_KEYS, "key", key, now=now, detail={"revoked": True})


async def actor_of_person(person: UUID) -> Actor:
    """Return a person as the policy sees them, also one without an account."""
    account = await repo.account_of_person(person)
    suspended = account is not None and account.suspended_at is not None
    return Actor(person=person, roles=await people.roles_of(person), suspended=suspended)


async def _administered(actor: Actor, person: UUID, now: datetime) -> Account:
    account = await repo.account_of_person(person)
    roles = await people.roles_of(person)
    places = {held.organisation for held in roles if held.covers(now.date())}
    resources = [OrganisationResource(one.id, one.kind) for one in await people.organisations(sorted(places))]
    allowed = any(can(actor, Action.MANAGE_PEOPLE, resource, now).allowed for resource in resources)
    if account is None or not allowed:
        raise Missing("No such account.")
    return account


async def _own_account(actor: Actor) -> Account:
    account = await repo.account_of_person(actor.person)
    if account is None:
        raise Missing("No such account.")
    return account


async def _actor(account: Account) -> Actor:
    return Actor(
        person=account.person,
        roles=await people.roles_of(account.person),
        suspended=account.suspended_at is not None,
    )


def _spelled(random: bytes) -> str:
    return urlsafe_b64encode(random).rstrip(b"=").decode()


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
