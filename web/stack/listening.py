"""The network address of the web server: whether it is free, and whether the server answers on it."""

import http.client
import socket

from web.stack.refusals import StackRefused

SECONDS = 5.0


def refuse_taken_port(host: str, port: int) -> None:
    """Refuse an address that the web server could not listen on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        raise StackRefused(
            f"Cannot listen on {host}:{port} ({error.strerror or error}); stop the program that does, or set "
            "JOURNEYMARK_PORT (or JOURNEYMARK_HOST) to another one."
        ) from None


def answers(host: str, port: int) -> bool:
    """Tell whether the web server says that it is well."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
    connection = http.client.HTTPConnection(reachable, port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
