import pytest
import redis
from kombu import Connection

from web.stack.broker import EmbeddedBroker

pytestmark = pytest.mark.stack

# the transport options that a Redis broker needs to hand a killed worker's messages out again soon
OPTIONS = {"unacked_restore_interval": 1, "unacked_restore_throttle": 1, "visibility_timeout": 1}


def test_messages_pass_over_the_private_socket(broker_url: str) -> None:
    with Connection(broker_url, transport_options=OPTIONS) as connection:
        queue = connection.SimpleQueue("greeting")
        queue.put({"word": "good morning"}, serializer="json")
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
    assert message.payload == {"word": "good morning"}


def test_the_broker_listens_on_no_network_address_and_keeps_nothing(embedded_broker: EmbeddedBroker) -> None:
    with redis.Redis(unix_socket_path=str(embedded_broker.socket_path), decode_responses=True) as valkey:
        assert valkey.config_get("port") == {"port": "0"}
        assert valkey.config_get("save") == {"save": ""}
    assert embedded_broker.socket_path.stat().st_mode & 0o077 == 0
    assert embedded_broker.sockets.stat().st_mode & 0o077 == 0
