"""Signing in: slow for guessers, limited by counting, shut at once; and keys that do no more than people."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from apprenticeship.accounts import passwords
from apprenticeship.accounts.model import ABSOLUTE, IDLE
from apprenticeship.accounts.services import (
    PER_ADDRESS,
    PER_LOGIN,
    WINDOW,
    SignInRefused,
    TooManyAttempts,
    actor_of_token,
    create_key,
    forget_old,
    holder_of_key,
    keys_of,
    open_account,
    readmit,
    revoke_key,
    sign_in,
    sign_out,
    suspend,
)
from apprenticeship.people.model import Role
from apprenticeship.refusals import AlreadyDecided, Invalid, Missing
from tests.apprenticeship.acting import acting, rows, value
from tests.web.shop import NOW, PASSWORD, Shop

HERE = "192.0.2.7"
A_YEAR = timedelta(days=365)


async def enter(name: str, password: str = PASSWORD, **more: Any) -> Any:
    return await sign_in(name, password, **{"address": HERE, "now": NOW, **more})


async def test_a_session_stands_for_its_person_and_only_its_hash_is_kept(shop: Shop) -> None:
    signed_in = await enter("  ADA ")
    actor = await actor_of_token(signed_in.token, now=NOW)
    assert actor == signed_in.actor
    assert actor is not None
    assert (actor.person, [role.role for role in actor.roles]) == (shop.people["ada"], [Role.APPRENTICE])
    kept = await rows("SELECT token_sha256 FROM signin_session")
    assert [row[0] for row in kept] == [hashlib.sha256(signed_in.token.encode()).digest()]
    assert (await enter("ada")).token != signed_in.token


async def test_passwords_are_kept_as_argon2id_only(shop: Shop) -> None:
    hashes = [row[0] for row in await rows("SELECT password_hash FROM account")]
    assert len(set(hashes)) == len(shop.people), "the same password, another salt"
    assert all(one.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for one in hashes)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ada", "wrong"),
        ("nobody", PASSWORD),
        ("", ""),
        ("a\0da", PASSWORD),
        ("ada", "\ud800" * 20),
        ("ada", "x" * 10_000),
    ],
)
async def test_what_does_not_belong_together_is_refused_alike(name: str, password: str) -> None:
    with pytest.raises(SignInRefused, match=r"^Name and password do not belong together\.$"):
        await enter(name, password)
    assert await value("SELECT count(*) FROM signin_session") == 0
    assert await value("SELECT count(*) FROM signin_attempt WHERE NOT succeeded") == 1


@pytest.mark.usefixtures("shop")
async def test_an_unknown_account_costs_the_same_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    real: Callable[[str, str], bool] = passwords._matches

    def counting(password_hash: str, password: str) -> bool:
        hashed.append(password_hash[:30])
        return real(password_hash, password)

    monkeypatch.setattr(passwords, "_matches", counting)
    seconds = []
    for name in ("nobody", "ada", "nobody"):
        began = time.perf_counter()
        with pytest.raises(SignInRefused):
            await enter(name, "wrong password, quite long")
        seconds.append(time.perf_counter() - began)
    assert len(hashed) == 3
    assert len(set(hashed)) == 1, "the same parameters, so the same time"


@pytest.mark.usefixtures("quick")
async def test_guesses_at_a_login_are_limited_from_wherever_they_come(shop: Shop) -> None:
    for guess in range(PER_LOGIN):
        with pytest.raises(SignInRefused):
            await enter("ada", "wrong", address=f"192.0.2.{guess}")
    with pytest.raises(TooManyAttempts, match="Wait a quarter of an hour"):
        await enter("ada", address="192.0.2.99")
    assert (await enter("ben")).actor.person == shop.people["ben"]
    later = NOW + WINDOW + timedelta(seconds=1)
    assert (await enter("ada", now=later)).actor.person == shop.people["ada"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare passwords without the slow hash, where only the counting is looked at."""

    async def verify(password: str, password_hash: str | None) -> bool:
        await asyncio.sleep(0)
        return password_hash is not None and password == PASSWORD

    monkeypatch.setattr("apprenticeship.accounts.services.verify", verify)


@pytest.mark.usefixtures("shop", "quick")
async def test_guesses_from_an_address_are_limited_whatever_the_login() -> None:
    for guess in range(PER_ADDRESS):
        with pytest.raises(SignInRefused):
            await enter(f"guess-{guess}")
    with pytest.raises(TooManyAttempts):
        await enter("ada")
    assert (await enter("ada", address="192.0.2.8")).token


@pytest.mark.usefixtures("shop")
async def test_guesses_at_once_are_counted_as_guesses_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    async def slow(_password: str, _hash: str | None) -> bool:
        tried.append(1)
        await asyncio.sleep(0.05)
        return False

    monkeypatch.setattr("apprenticeship.accounts.services.verify", slow)
    guesses = [enter("ada", str(number)) for number in range(3 * PER_LOGIN)]
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    assert {type(one) for one in outcomes} <= {SignInRefused, TooManyAttempts}
    assert len(tried) <= PER_LOGIN


@pytest.mark.usefixtures("shop", "quick")
async def test_signing_in_well_does_not_count_as_guessing() -> None:
    for _ in range(PER_LOGIN + 2):
        await enter("ada")


@pytest.mark.usefixtures("shop")
async def test_a_session_ends_when_idle_or_old_or_signed_out() -> None:
    token = (await enter("ada")).token
    moment = NOW
    step = IDLE - timedelta(seconds=1)
    while moment + step < NOW + ABSOLUTE:
        moment += step
        assert await actor_of_token(token, now=moment) is not None, moment
    assert await actor_of_token(token, now=NOW + ABSOLUTE) is None, "however busy"
    idle = (await enter("ada")).token
    assert await actor_of_token(idle, now=NOW + IDLE) is None
    out = (await enter("ada")).token
    await sign_out(out, now=NOW)
    await sign_out("no such token", now=NOW)
    assert await actor_of_token(out, now=NOW) is None
    assert await actor_of_token("", now=NOW) is None


@pytest.mark.usefixtures("shop", "quick")
async def test_where_people_signed_in_from_is_forgotten_after_a_while() -> None:
    old = NOW - timedelta(days=31)
    await enter("ada", now=old)
    token = (await enter("ada")).token
    await forget_old(now=NOW)
    assert await value("SELECT array_agg(at) FROM signin_attempt") == [NOW]
    assert await value("SELECT count(*) FROM signin_session") == 1
    assert await actor_of_token(token, now=NOW) is not None


async def test_suspended_is_shut_out_at_the_next_request_through_every_door(shop: Shop) -> None:
    admin, ada = await acting(shop, "admin"), await acting(shop, "ada")
    token = (await enter("ada")).token
    _, secret = await create_key(
        ada, name="phone", scopes=frozenset({"read"}), expires_at=NOW + A_YEAR, now=NOW
    )
    await suspend(admin, ada.person, now=NOW)
    assert await actor_of_token(token, now=NOW) is None
    assert await holder_of_key(secret, now=NOW) is None
    with pytest.raises(SignInRefused):
        await enter("ada")
    assert (await acting(shop, "ada")).suspended
    await readmit(admin, ada.person, now=NOW)
    assert await actor_of_token(token, now=NOW) is None, "sessions from before stay ended"
    assert await holder_of_key(secret, now=NOW) is not None
    assert (await enter("ada")).actor.person == ada.person


async def test_only_administrators_shut_out_and_only_their_own_people(shop: Shop) -> None:
    for name in ("mentor", "employer", "registrar", "stranger", "ada"):
        with pytest.raises(Missing):
            await suspend(await acting(shop, name), shop.people["ben"], now=NOW)
    admin = await acting(shop, "admin")
    for outside in ("registrar", "stranger"):
        with pytest.raises(Missing):
            await suspend(admin, shop.people[outside], now=NOW)
    with pytest.raises(Invalid, match="Nobody shuts themselves out"):
        await suspend(admin, admin.person, now=NOW)


async def test_a_key_does_what_its_owner_can_until_it_ends(shop: Shop) -> None:
    ada, ben = await acting(shop, "ada"), await acting(shop, "ben")
    key, secret = await create_key(
        ada, name=" phone ", scopes=frozenset({"read"}), expires_at=NOW + A_YEAR, now=NOW
    )
    holder = await holder_of_key(secret, now=NOW)
    assert holder is not None
    assert (holder.actor, holder.scopes) == (ada, frozenset({"read"}))
    assert await keys_of(ada) == (key,)
    assert key.name == "phone"
    assert await value("SELECT key_sha256 FROM api_key") == hashlib.sha256(secret.encode()).digest()
    assert await holder_of_key(secret, now=NOW + A_YEAR) is None
    assert await holder_of_key(secret + "x", now=NOW) is None
    with pytest.raises(Missing):
        await revoke_key(ben, key.id, now=NOW)
    await revoke_key(ada, key.id, now=NOW)
    assert await holder_of_key(secret, now=NOW) is None
    with pytest.raises(Missing):
        await revoke_key(ada, key.id, now=NOW)


async def test_a_key_that_makes_no_sense_is_refused_at_its_field(shop: Shop) -> None:
    ada = await acting(shop, "ada")
    good = {"name": "phone", "scopes": frozenset({"read"}), "expires_at": NOW + A_YEAR}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"name": "  "}, "name"),
        ({"name": "\0"}, "name"),
        ({"scopes": frozenset()}, "scopes"),
        ({"scopes": frozenset({"read", "everything"})}, "scopes"),
        ({"expires_at": NOW}, "expires_at"),
        ({"expires_at": NOW + timedelta(days=400)}, "expires_at"),
    ]
    for change, where in wrong:
        with pytest.raises(Invalid) as refusal:
            await create_key(ada, **{**good, **change}, now=NOW)
        assert refusal.value.where == where
    assert await keys_of(ada) == ()


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "15 characters or more"),
        ("x" * 129, "at most 128"),
        ("ababababababababab", "first that anybody would try"),
        ("Correct Horse Battery Staple", "first that anybody would try"),
        ("maria.ortiz@keystone", "first that anybody would try"),
        ("enotsyek@zitro.airam", "first that anybody would try"),
    ],
)
async def test_a_password_that_anybody_would_try_is_refused(password: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        passwords.check_password(password, "maria.ortiz@keystone")


async def test_a_person_has_one_account_and_a_login_one_person(shop: Shop) -> None:
    await rows("INSERT INTO person VALUES (gen_random_uuid(), 'Lin', now())")
    lin = await value("SELECT id FROM person WHERE name = 'Lin'")
    with pytest.raises(Invalid, match="taken"):
        await open_account(lin, "ADA", PASSWORD, now=NOW)
    with pytest.raises(AlreadyDecided):
        await open_account(shop.people["ada"], "ada.again", PASSWORD, now=NOW)
    for login in ("", "   ", "l\0n", "l" * 201):
        with pytest.raises(Invalid) as refusal:
            await open_account(lin, login, PASSWORD, now=NOW)
        assert refusal.value.where == "login"
    assert (await open_account(lin, " Lin ", PASSWORD, now=NOW)).login == "lin"
