"""Everything an operator may choose, read once from the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class SettingsError(ValueError):
    """A setting cannot be used; the text is one sentence that names it and says what would be right."""


def chosen(name: str, default: Any, description: str, right: str, **limits: Any) -> Any:
    """Describe one setting: its variable, its default, what it does and what a right value looks like."""
    return Field(default, alias=name, description=description, json_schema_extra={"right": right}, **limits)


class Settings(BaseModel):
    """The settings of one process; built by `Settings.from_environment` or, in tests, by field names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    database_url: str | None = chosen(
        "DATABASE_URL",
        None,
        "Any PostgreSQL 15 or newer. Without it `journeymark up` runs one of its own in the data folder.",
        "an address such as postgresql://user:password@host:5432/journeymark",
        pattern=r"^postgres(ql)?://.+",
    )
    broker_url: str | None = chosen(
        "BROKER_URL",
        None,
        "Any Redis, Valkey or RabbitMQ. Without it `journeymark up` runs a Valkey of its own.",
        "an address such as redis://host:6379/0 or amqp://user:password@host:5672//",
        pattern=r"^(rediss?|redis\+socket|amqps?)://.+",
    )
    data: Path = chosen(
        "JOURNEYMARK_DATA",
        Path(".journeymark"),
        "The data folder of the local stack: its database and its lock. One stack at a time.",
        "the path of a folder",
    )
    host: str = chosen(
        "JOURNEYMARK_HOST",
        "127.0.0.1",
        "The network address that the web server listens on.",
        "an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them",
        min_length=1,
    )
    port: int = chosen(
        "JOURNEYMARK_PORT",
        8000,
        "The port that the web server listens on.",
        "a whole number from 1 to 65535",
        ge=1,
        le=65535,
    )
    public_url: str | None = chosen(
        "JOURNEYMARK_PUBLIC_URL",
        None,
        "The address that people type, when a proxy stands in front. Browsers keep sign-in cookies only "
        "on https, or on this machine itself.",
        "an address such as https://journeymark.example, without a path",
        pattern=r"^https?://[^/]+$",
    )
    log_level: Literal["debug", "info", "warning", "error"] = chosen(
        "JOURNEYMARK_LOG_LEVEL",
        "info",
        "How much the processes say.",
        "one of debug, info, warning, error",
    )
    web_processes: int = chosen(
        "JOURNEYMARK_WEB_PROCESSES",
        1,
        "How many processes answer web requests.",
        "a whole number from 1 to 64",
        ge=1,
        le=64,
    )
    worker_processes: int = chosen(
        "JOURNEYMARK_WORKER_PROCESSES",
        2,
        "How many jobs run at the same time.",
        "a whole number from 1 to 64",
        ge=1,
        le=64,
    )
    database_connections: int = chosen(
        "JOURNEYMARK_DATABASE_CONNECTIONS",
        5,
        "The most connections that one process keeps to the database.",
        "a whole number from 1 to 100",
        ge=1,
        le=100,
    )
    session_idle_minutes: int = chosen(
        "JOURNEYMARK_SESSION_IDLE_MINUTES",
        30,
        "A person who does nothing for this many minutes signs in again.",
        "a whole number from 1 to 1440",
        ge=1,
        le=1440,
    )
    session_hours: int = chosen(
        "JOURNEYMARK_SESSION_HOURS",
        12,
        "A person signs in again after this many hours, however busy.",
        "a whole number from 1 to 168",
        ge=1,
        le=168,
    )

    smtp_url: str | None = chosen(
        "JOURNEYMARK_SMTP_URL",
        None,
        "The server that takes letters (digests of notices, for those who ask). Without it none is sent. A name and "
        "password travel encrypted only.",
        "an address such as smtp://user:password@host:587 or smtps://host:465",
        pattern=r"^smtps?://[^/]+$",
    )
    mail_from: str | None = chosen(
        "JOURNEYMARK_MAIL_FROM",
        None,
        "Whom letters come from; letters need it and JOURNEYMARK_SMTP_URL.",
        "an e-mail address such as journeymark@example.org",
        pattern=r"^[^\s@<>]+@[^\s@<>]+$",
    )

    @property
    def sends_letters(self) -> bool:
        """Tell whether the installation can send letters."""
        return self.smtp_url is not None and self.mail_from is not None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings; an empty variable counts as not set.

        Raises:
            SettingsError: a value cannot be used.
        """
        names = [str(field.alias) for field in cls.model_fields.values()]
        values = {name: environment[name].strip() for name in names if environment.get(name, "").strip()}
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            name = str(error.errors()[0]["loc"][0])
            raise SettingsError(f"{name} cannot be used: it should be {cls.right_value(name)}.") from None

    @classmethod
    def right_value(cls, name: str) -> str:
        """Say what a right value of the named variable looks like."""
        field = next(field for field in cls.model_fields.values() if field.alias == name)
        extra = field.json_schema_extra
        return str(extra["right"]) if isinstance(extra, dict) else "another value"

    @property
    def is_open_to_others_unsafely(self) -> bool:
        """Tell whether other machines reach the server, but without https."""
        is_own_machine = self.host in ("127.0.0.1", "localhost", "::1")
        return not is_own_machine and not (self.public_url or "").startswith("https://")

    @property
    def address(self) -> str:
        """Give the address to open in a browser."""
        if self.public_url:
            return self.public_url
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 (compared, not bound)
        return f"http://{host}:{self.port}"
