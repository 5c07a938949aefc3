"""The guards of conftest do fail a test: a guard that cannot fail guards nothing."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator

import pytest

import conftest


@pytest.fixture
def forgiven(no_network: None) -> Iterator[None]:
    """Let this module try the network on purpose: forget what was reached before the guard looks."""
    yield
    conftest._reached.clear()


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "huggingface.co", b"example.org"])
def test_a_connection_out_of_this_machine_is_refused_and_remembered(forgiven: None, host: str | bytes) -> None:
    with socket.socket() as client, pytest.raises(conftest.NetworkReached):
        client.connect((host, 443))
    assert conftest._reached == [str((host, 443))]


def test_a_name_is_not_even_looked_up(forgiven: None) -> None:
    with pytest.raises(conftest.NetworkReached):
        socket.create_connection(("example.org", 80), timeout=1)
    assert conftest._reached == ["example.org"]


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=lambda: server.accept()[0].close())
        thread.start()
        socket.create_connection(server.getsockname(), timeout=5).close()
        thread.join()


def test_no_hub_is_asked_for_models() -> None:
    assert os.environ["HF_HUB_OFFLINE"] == "1"
