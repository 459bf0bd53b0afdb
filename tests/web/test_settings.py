import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from web.settings import Settings, SettingsError

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def described() -> dict[str, tuple[str, str]]:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", PAGE.read_text(), flags=re.MULTILINE)
    return {name: (default, description) for name, default, description in rows}


def test_the_page_describes_every_setting_and_no_other() -> None:
    assert described() == {
        str(field.alias): (
            "none" if field.default is None else f"`{field.default}`",
            f"{field.description} Right: {Settings.right_value(str(field.alias))}.",
        )
        for field in Settings.model_fields.values()
    }


def test_nothing_has_to_be_set() -> None:
    settings = Settings.from_environment({"DATABASE_URL": "", "HOME": "/nowhere"})
    assert (settings.database_url, settings.port, settings.host) == (None, 8000, "127.0.0.1")
    assert settings.address == "http://127.0.0.1:8000"


def test_settings_cannot_change_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 9000  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///secret.db"),
        ("BROKER_URL", "kafka://secret"),
        ("JOURNEYMARK_PORT", "eighty"),
        ("JOURNEYMARK_PORT", "0"),
        ("JOURNEYMARK_PORT", "65536"),
        ("JOURNEYMARK_LOG_LEVEL", "loud"),
        ("JOURNEYMARK_PUBLIC_URL", "journeymark.example"),
        ("JOURNEYMARK_WORKER_PROCESSES", "0"),
        ("JOURNEYMARK_SESSION_HOURS", "12.5"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence_that_names_it_and_says_what_is_right(
    name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({name: value})
    sentence = str(refused.value)
    assert sentence == f"{name} cannot be used: it should be {Settings.right_value(name)}."
    assert "secret" not in sentence


@pytest.mark.parametrize(
    ("host", "public", "is_unsafe"),
    [
        ("127.0.0.1", None, False),
        ("::1", "http://shop.local", False),
        ("0.0.0.0", None, True),  # noqa: S104
        ("0.0.0.0", "http://shop.local", True),  # noqa: S104
        ("0.0.0.0", "https://shop.example", False),  # noqa: S104
    ],
)
def test_a_server_that_others_reach_without_https_is_noticed(
    host: str, public: str | None, is_unsafe: bool
) -> None:
    assert Settings(host=host, public_url=public).is_open_to_others_unsafely is is_unsafe


@pytest.mark.parametrize(
    ("host", "public", "address"),
    [
        ("0.0.0.0", None, "http://127.0.0.1:8000"),  # noqa: S104
        ("shop.local", None, "http://shop.local:8000"),
        ("127.0.0.1", "https://journeymark.example", "https://journeymark.example"),
    ],
)
def test_the_address_is_one_that_a_browser_can_open(host: str, public: str | None, address: str) -> None:
    assert Settings(host=host, public_url=public).address == address
