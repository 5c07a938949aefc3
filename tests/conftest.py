"""What every test stands on: no network, no hub, and a visible skip where ../shared is absent."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# Set before any library is imported: offline, plain and the same on every machine.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["NO_COLOR"] = "1"

REPOSITORY = Path(__file__).resolve().parent.parent

#: The development material: read here, since the program takes every WHOHOLDS_ variable for a setting of its own.
SHARED = Path(os.environ.get("WHOHOLDS_SHARED") or REPOSITORY.parent / "shared")
for _name in [name for name in os.environ if name.startswith("WHOHOLDS_")]:
    del os.environ[_name]

#: What a test tried to reach, kept so that a swallowed refusal still fails the test.
_reached: list[str] = []


class NetworkReached(AssertionError):
    """A test opened a connection that leaves this machine."""


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of development material, or skip and say so."""
    if not (SHARED / "reports").is_dir():
        pytest.skip(f"no development material at {SHARED}: set WHOHOLDS_SHARED to its folder to run this test")
    return SHARED


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Fail a test that connects to, sends to, or looks up anything but this machine."""
    _reached.clear()
    for owner, name, where in (
        (socket.socket, "connect", 1),
        (socket.socket, "connect_ex", 1),
        (socket.socket, "sendto", -1),
        (socket, "getaddrinfo", 0),
        (socket, "gethostbyname", 0),
    ):
        monkeypatch.setattr(owner, name, _guarded(getattr(owner, name), where))
    yield
    assert not _reached, f"the test reached for the network: {', '.join(_reached)}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Close with what tests recorded as ``summary``: the measured quality, the size of functions."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [text for report in reports for name, text in report.user_properties if name == "summary"]
    if lines:
        terminalreporter.section("measured")
    for line in lines:
        terminalreporter.write_line(str(line))


def _guarded(call: Callable[..., Any], where: int) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        target = args[where] if args else kwargs.get("host")
        if not _is_loopback(target):
            _reached.append(str(target))
            raise NetworkReached(f"a test opened a connection to {target}")
        return call(*args, **kwargs)

    return guarded


def _is_loopback(target: object) -> bool:
    """Whether an address is this machine: a Unix socket's path, localhost, 127.0.0.0/8 or ::1."""
    if isinstance(target, tuple):
        target = target[0]
    elif isinstance(target, str | bytes) and bytes(os.fsencode(target)).startswith((b"/", b"\0")):
        return True
    host = os.fsdecode(target) if isinstance(target, str | bytes) else str(target)
    if target is None or host in ("", "localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
