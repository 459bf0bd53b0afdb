"""Run the whole local stack in the foreground: one log, one Ctrl-C, the same processes as in production."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from web.settings import Settings
from web.stack.broker import EmbeddedBroker
from web.stack.children import start_child
from web.stack.folder import DataFolder
from web.stack.listening import answers, refuse_taken_port
from web.stack.logbook import Logbook
from web.stack.postgres import EmbeddedPostgres
from web.stack.refusals import StackFailed
from web.stack.service import LONGEST_PAUSE, Service

READY_SECONDS = 120.0
GLANCE_SECONDS = 0.05
STOP_ORDER = ("web", "beat", "worker", "broker", "postgres")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
UNSAFE = (
    "Other machines can open the pages but not sign in: browsers keep sign-in cookies only on https. "
    "Put a proxy with https in front and set JOURNEYMARK_PUBLIC_URL."
)


def own_command(name: str) -> list[str]:
    """Give the command line of one of our own processes; -P keeps the working folder off the import path."""
    return [sys.executable, "-P", "-m", "web.cli", *name.split()]


class StopAsked(Exception):  # noqa: N818 (somebody pressed Ctrl-C, nothing is wrong)
    """Somebody asked the stack to stop."""


class Stack:
    """The local stack.

    Args:
        settings: what to run and where; addresses that are set are used, the rest is embedded.
        log: where all processes speak.
        with_demo: whether to fill an empty database with the demo.
        command_for: gives the command line of a process by its name.
        longest_pause: seconds within which a process that keeps dying is started again.
    """

    def __init__(
        self,
        settings: Settings,
        log: Logbook,
        *,
        with_demo: bool = False,
        command_for: Callable[[str], list[str]] = own_command,
        longest_pause: float = LONGEST_PAUSE,
    ) -> None:
        self.settings = settings
        self.log = log
        self.with_demo = with_demo
        self.command_for = command_for
        self.longest_pause = longest_pause
        self.services: dict[str, Service] = {}
        self.addresses = {
            "DATABASE_URL": settings.database_url or "",
            "BROKER_URL": settings.broker_url or "",
        }
        self.times_asked = 0

    def run(self) -> None:
        """Start everything, keep it alive, and stop it in order when asked.

        Raises:
            StackRefused: it cannot start.
            StackFailed: a vital part ended.
        """
        before = {number: signal.signal(number, self._note_request) for number in STOP_SIGNALS}
        try:
            self._refuse_what_cannot_work()
            with DataFolder(self.settings.data) as folder:
                try:
                    self._start(folder)
                    self._watch()
                except StopAsked:
                    self.log.write("stack", "Stopping; once more kills.")
                finally:
                    self._stop()
                    folder.forget_addresses()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _note_request(self, _number: int, _frame: FrameType | None) -> None:
        self.times_asked += 1

    def _start(self, folder: DataFolder) -> None:
        self._start_database(folder)
        self._start_broker(folder)
        folder.write_addresses(self.addresses)
        if self.with_demo:
            self._run_once("demo", "")  # which migrates first
        else:
            self._run_once("migrate", "stack")
        for name in ("web", "worker", "beat"):
            self._add(Service(name, self._own_starter("serve" if name == "web" else name)))
        self._wait_until(lambda: answers(self.settings.host, self.settings.port), "web", READY_SECONDS)
        self.log.write("", f"Journeymark is ready at {self.settings.address}")
        if self.settings.is_open_to_others_unsafely:
            self.log.write("", UNSAFE)

    def _refuse_what_cannot_work(self) -> None:
        refuse_taken_port(self.settings.host, self.settings.port)
        database, broker = self.settings.database_url, self.settings.broker_url
        if database or broker:
            from web.stack import probes  # noqa: PLC0415 (its imports cost time that the embedded start need not spend)

            if database:
                probes.refuse_unreachable_database(database)
            if broker:
                probes.refuse_unreachable_broker(broker)

    def _start_database(self, folder: DataFolder) -> None:
        if self.settings.database_url:
            return
        postgres = EmbeddedPostgres(folder)
        starter = Service("postgres", postgres.start, signal.SIGINT, 60.0, is_vital=True, tidy=postgres.tidy)
        self._add(starter)
        self._wait_until(postgres.is_ready, "postgres", READY_SECONDS)
        self.addresses["DATABASE_URL"] = postgres.url()

    def _start_broker(self, folder: DataFolder) -> None:
        if self.settings.broker_url:
            return
        broker = EmbeddedBroker(folder)
        self._add(Service("broker", broker.start, patience=5.0, tidy=broker.tidy))
        self._wait_until(broker.is_ready, "broker", READY_SECONDS)
        self.addresses["BROKER_URL"] = broker.url

    def _add(self, service: Service) -> None:
        service.longest_pause = self.longest_pause
        self.services[service.name] = service
        service.start(self.log)

    def _own_starter(self, name: str) -> Callable[[int], "subprocess.Popen[bytes]"]:
        return lambda output: start_child(
            self.command_for(name), environment=self._environment(), output=output
        )

    def _environment(self) -> dict[str, str]:
        own = {
            "JOURNEYMARK_DATA": str(self.settings.data.absolute()),
            "JOURNEYMARK_HOST": self.settings.host,
            "JOURNEYMARK_PORT": str(self.settings.port),
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **self.addresses, **own}

    def _run_once(self, name: str, speaker: str) -> None:
        """Run a command of ours to its end."""
        service = Service(speaker, self._own_starter(name))
        service.start(self.log)
        try:
            while not service.has_died:
                self._glance()
        finally:
            ended = service.process.poll() if service.process else 1
            service.stop(lambda: self.times_asked > 1)
            self.log.finish()
        if ended:
            raise StackFailed(f"`journeymark {name}` did not succeed; what it said stands above.")

    def _wait_until(self, is_so: Callable[[], bool], name: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not is_so():
            self._glance()
            if self.services[name].has_died:
                raise StackFailed(
                    f"The process `{name}` ended before it was ready; what it said stands above."
                )
            if time.monotonic() > deadline:
                raise StackFailed(f"The process `{name}` was not ready after {seconds:.0f} seconds.")

    def _watch(self) -> None:
        while True:
            self._glance()
            for service in self.services.values():
                if service.due is not None and time.monotonic() >= service.due:
                    service.start(self.log)
                elif service.due is None and service.has_died:
                    self._mourn(service)

    def _mourn(self, service: Service) -> None:
        code = service.process.returncode if service.process else 0
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        if service.is_vital:
            raise StackFailed(
                f"The process `{service.name}` ended by itself ({how}); start again, nothing is lost."
            )
        pause = service.plan_restart()
        self.log.write("stack", f"{service.name} ended by itself ({how}); starting it again in {pause:g} s.")

    def _glance(self) -> None:
        if self.times_asked:
            raise StopAsked
        time.sleep(GLANCE_SECONDS)

    def _stop(self) -> None:
        for name in STOP_ORDER:
            if service := self.services.pop(name, None):
                # the database stops quickly by itself, and its files are the last thing to be rough with
                service.stop(lambda: False if service.is_vital else self.times_asked > 1)
        self.log.finish()
