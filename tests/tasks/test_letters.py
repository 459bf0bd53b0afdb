"""Letters through a real mail server: the question, the digest, and one that is refused is sent again."""

import re
import smtplib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from apprenticeship.notices.model import Letter, Often
from apprenticeship.notices.services import ask_for_letters, confirm_address, want_letters
from apprenticeship.outbox import services as outbox
from apprenticeship.signoff.services import rate
from tasks.app import app
from tasks.jobs import TOPICS
from tasks.mail import Mail
from tests.apprenticeship.acting import LATER, acting, rows, value
from tests.tasks.mailbox import Mailbox
from tests.web.shop import NOW, Shop

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as found:
        app.conf.update(journeymark_mail=Mail(found.url, "shop@example.org", "https://journeymark.test"))
        yield found
        app.conf.update(journeymark_mail=None)


async def run_open() -> None:
    """Do every errand that is open, as a worker would."""
    for row in await rows("SELECT id, topic FROM outbox WHERE state IN ('waiting', 'leased') ORDER BY id"):
        await outbox.run(row["id"], TOPICS[row["topic"]], now=TOMORROW)


async def test_an_address_is_asked_and_then_told_once(shop: Shop, mailbox: Mailbox) -> None:
    ada = await acting(shop, "ada")
    await want_letters(ada, often=Often.DAILY, address="ada@example.org", now=NOW)
    await run_open()
    (question,) = mailbox.letters
    assert (question["To"], question["From"]) == ("ada@example.org", "shop@example.org")
    found = re.search(r"/notices/confirm\?secret=(\S+)", question.get_content())
    assert found is not None
    await confirm_address(ada, found[1], now=NOW)
    done = {"nims-machining-1:layout": 3}
    await rate(await acting(shop, "mentor"), ada.person, done, happened_on=NOW.date(), note=None, now=LATER)
    await ask_for_letters(now=TOMORROW)
    mailbox.refusing = True
    with pytest.raises(smtplib.SMTPException):
        await run_open()
    mailbox.refusing = False
    await run_open()
    await run_open()
    (_, digest) = mailbox.letters
    assert "signed off 1 entry of yours" in digest.get_content()
    errand = await value("SELECT max(id) FROM outbox WHERE topic = 'notices.letter'")
    assert digest["Message-ID"] == f"<errand-{errand}@example.org>"
    assert await value("SELECT count(*) FROM outbox WHERE state = 'done' AND topic LIKE 'notices.%'") == 2


def test_a_password_is_not_sent_in_the_open(mailbox: Mailbox) -> None:
    open_server = mailbox.url.replace("smtp://", "smtp://ada:hush@")
    mail = Mail(open_server, "shop@example.org", "https://journeymark.test")
    with pytest.raises(smtplib.SMTPNotSupportedError):
        mail.send(Letter(to="ada@example.org", subject="x", text="y"), 1)
    assert mailbox.letters == []
