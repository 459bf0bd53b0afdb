"""Sending letters by SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from apprenticeship.notices.model import Letter

SECONDS = 20
PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """How letters are sent.

    Attributes:
        server: `smtp://[user:password@]host[:port]`, or `smtps://` for TLS from the first byte. Over plain SMTP, TLS
            begins before the sign-in, and no password is sent without it.
        sender: the address that letters come from.
        address: where the product is reached.
    """

    server: str
    sender: str
    address: str

    def send(self, letter: Letter, number: int) -> None:
        """Send a letter; its message id follows its number, so that one sent twice is known for the same.

        Raises:
            OSError: the server is not reached or does not take the letter.
        """
        parts = urlsplit(self.server)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        safe = ssl.create_default_context()
        connection = (
            smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=safe)
            if parts.scheme == "smtps"
            else smtplib.SMTP(host, port, timeout=SECONDS)
        )
        with connection as server:
            if parts.username:
                if parts.scheme == "smtp":
                    server.starttls(context=safe)
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(self._message(letter, number))

    def _message(self, letter: Letter, number: int) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Message-ID"] = f"<errand-{number}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message
