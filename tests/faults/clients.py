"""Clients that send commands over HTTP and send each again, under the same key, until it is answered."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

import httpx

from tests.faults.crowd import PROGRAM, Claim, Crowd

TIMEOUT = 10.0
PATIENCE = 120.0  # until a command counts as never answered
PAUSES = (0.05, 0.3)
IMPATIENT = 0.05  # of all commands are first broken off in the middle
TWICE = 0.05  # of all commands are sent again at the same moment
LOOK_EVERY = 1.0
DONE = (HTTPStatus.OK, HTTPStatus.CREATED)


@dataclass(frozen=True)
class Acknowledged:
    """A command that was answered."""

    kind: str
    key: str
    person: UUID
    asked: Mapping[str, Any]
    answer: Any


@dataclass
class History:
    """Everything that the clients were told."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    def of(self, kind: str) -> list[Acknowledged]:
        return [one for one in self.acknowledged if one.kind == kind]


class Clients:
    """Several clients over one history.

    Args:
        address: of the web server.
        crowd: for whom they act.
        chance: what they do at random.
    """

    def __init__(self, address: str, crowd: Crowd, chance: random.Random) -> None:
        self.crowd = crowd
        self.chance = chance
        self.history = History()
        self.free = asyncio.Semaphore(0)  # how many sign-offs may be begun
        self.waiting = 0  # of those that nobody has begun
        self.flying = 0  # requests on their way
        self.http = httpx.AsyncClient(base_url=address, timeout=TIMEOUT)

    async def work_off(self, planned: list[tuple[UUID, int, Claim]]) -> None:
        """Hand each piece of evidence in as its apprentice, and sign it off as the mentor."""
        for person, number, claim in planned:
            await self.free.acquire()
            self.waiting -= 1
            path, name = f"/api/v1/learners/{person}/evidence", f"{person}-{number}"
            handed = await self._command("hand in", person, path, {**claim, "note": name}, f"in-{name}")
            if handed is not None:
                decision = {"verdict": "sign_off", "rows": [{"row": handed["row"]}]}
                mentor = self.crowd.mentor
                await self._command("sign off", mentor, "/api/v1/sign-offs", decision, f"off-{name}")

    async def give_raises(self, enough: asyncio.Event) -> None:
        """As the employer give every raise that is due, until it is enough and nothing more is due."""
        due: list[dict[str, Any]] | None = None
        while due or not enough.is_set():
            due = await self._due()
            for member in due or ():
                person, step = member["learner"]["id"], member["reached"]["id"]
                body = {"program": PROGRAM, "step": step, "effective_on": member["reached_on"]}
                path = f"/api/v1/learners/{person}/raises"
                await self._command("raise", self.crowd.employer, path, body, f"raise-{person}-{step}")
            await asyncio.sleep(LOOK_EVERY)

    async def _due(self) -> list[dict[str, Any]] | None:
        """Ask who is due a raise; None for no answer."""
        try:
            answer = await self.http.get("/api/v1/raises", headers=self.crowd.header(self.crowd.employer))
        except httpx.TransportError:
            return None
        if answer.status_code != HTTPStatus.OK:
            return None
        return [one for one in answer.json()["crew"] if one["due"]]

    async def _command(
        self, kind: str, person: UUID, path: str, body: Mapping[str, Any], key: str
    ) -> dict[str, Any] | None:
        if self.chance.random() < IMPATIENT:
            await self._break_off(person, path, body, key)
        sending = [self._answered(person, path, body, key)]
        if self.chance.random() < TWICE:
            sending.append(self._answered(person, path, body, key))
        answers = await asyncio.gather(*sending)
        first: dict[str, Any] | None = answers[0]
        if first is None:
            return None
        if any(one != first for one in answers):
            self.history.wrong.append(f"{key} was answered in two ways: {answers}")
        self.history.acknowledged.append(Acknowledged(kind, key, person, body, first))
        return first

    async def _break_off(self, person: UUID, path: str, body: Mapping[str, Any], key: str) -> None:
        self.history.met["broken off"] += 1
        try:
            await asyncio.wait_for(self._send(person, path, body, key), self.chance.uniform(0.002, 0.03))
        except (TimeoutError, httpx.TransportError):
            return

    async def _answered(self, person: UUID, path: str, body: Mapping[str, Any], key: str) -> Any:
        """Send until there is an answer; None when it was refused or never came."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = await self._send(person, path, body, key)
            except httpx.TransportError as error:
                self.history.met[type(error).__name__] += 1
            else:
                if answer.status_code in DONE:
                    self.history.met["replayed"] += "idempotent-replayed" in answer.headers
                    return answer.json()
                self.history.met[f"{answer.status_code}"] += 1
                if answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
                    self.history.wrong.append(f"{key} was refused: {answer.status_code} {answer.text[:300]}")
                    return None
            await asyncio.sleep(self.chance.uniform(*PAUSES))
        self.history.wrong.append(f"{key} was never answered")
        return None

    async def _send(self, person: UUID, path: str, body: Mapping[str, Any], key: str) -> httpx.Response:
        headers = {**self.crowd.header(person), "Idempotency-Key": key}
        self.flying += 1
        try:
            return await self.http.post(path, json=body, headers=headers)
        finally:
            self.flying -= 1
