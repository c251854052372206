"""A small HTTP client that keeps connections busy and measures each answer.

One selector loop per process and as little work per answer as Python allows, because
client and server share the machine.
"""

import re
import selectors
import socket
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlencode

CLIENT_PROCESSES = 2
WARM_UP = 0.3  # seconds that are not counted
GIVE_UP = 10.0  # seconds without any answer
TOKEN = b"{token}"

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_tokens = count(10**15)


@dataclass(frozen=True)
class Request:
    """A request as the plan has it; ``form`` makes it a POST."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] | None = None

    def encoded(self, host: str) -> bytes:
        """Return the bytes on the wire; ``{token}`` is filled in for each sending."""
        body = b"" if self.form is None else urlencode(self.form, doseq=True).encode()
        lines = [f"{'GET' if self.form is None else 'POST'} {self.path} HTTP/1.1"]
        lines += [f"Host: {host}", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.form is not None:
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Sample:
    """What was measured: seconds per answer, and answers by status.

    ``sent`` also counts the requests while warming up.
    """

    seconds: float
    sent: int = 0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Return the latency that this share of all answers did not exceed, in ms."""
        if not self.latencies:
            return 0.0
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection:
    """One connection that plays its requests over and over."""

    def __init__(self, address: tuple[str, int], requests: Sequence[bytes]) -> None:
        self.address = address
        self.requests = requests
        self.at = 0
        self.received = bytearray()
        self.head = self.expected = 0
        self.started = 0.0
        self.connect()

    def connect(self) -> None:
        """Open the connection."""
        self.socket = socket.create_connection(self.address, timeout=GIVE_UP)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self) -> None:
        """Send the next request."""
        request = self.requests[self.at % len(self.requests)]
        self.at += 1
        if TOKEN in request:
            request = request.replace(TOKEN, b"%d" % next(_tokens))
        self.received.clear()
        self.head = self.expected = 0
        self.started = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; return whether the answer is complete."""
        piece = self.socket.recv(262144)
        if not piece:
            raise ConnectionResetError
        self.received += piece
        if not self.head:
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return False
            self.head = end + 4
            length = _LENGTH.search(self.received, 0, self.head)
            self.expected = self.head + (int(length[1]) if length else 0)
        return len(self.received) >= self.expected

    @property
    def status(self) -> int:
        """Status of the answer."""
        return int(self.received[9:12])

    @property
    def closes(self) -> bool:
        """Whether the server ends the connection after this answer."""
        return bool(_CLOSES.search(self.received, 0, self.head))


def measure(
    port: int, scripts: Sequence[Sequence[Request]], connections: int, seconds: float
) -> Sample:
    """Keep so many connections busy; each plays one of the scripts, in turn."""
    host = f"127.0.0.1:{port}"
    encoded = [[request.encoded(host) for request in script] for script in scripts]
    processes = min(CLIENT_PROCESSES, connections)
    shares = [
        [encoded[n % len(encoded)] for n in range(first, connections, processes)]
        for first in range(processes)
    ]
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        jobs = [pool.submit(_play, port, share, seconds) for share in shares]
        samples = [job.result() for job in jobs]
    total = Sample(seconds)
    for sample in samples:
        total.latencies += sample.latencies
        total.statuses += sample.statuses
        total.sent += sample.sent
    return total


def _play(port: int, scripts: Sequence[Sequence[bytes]], seconds: float) -> Sample:
    sample = Sample(seconds)
    with selectors.DefaultSelector() as selector:
        lines = [Connection(("127.0.0.1", port), script) for script in scripts]
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send()
        begin = time.perf_counter() + WARM_UP
        end = begin + seconds
        while (now := time.perf_counter()) < end:
            ready = selector.select(GIVE_UP)
            if not ready:
                raise TimeoutError(f"no answer for {GIVE_UP:.0f} s")
            for key, _events in ready:
                if _answered(key.data, selector):
                    sample.sent += 1
                    now = time.perf_counter()
                    if begin <= now < end:
                        sample.latencies.append(now - key.data.started)
                        sample.statuses[key.data.status] += 1
                    key.data.send()
        for line in lines:
            line.socket.close()
    return sample


def _answered(line: Connection, selector: selectors.BaseSelector) -> bool:
    """Receive; where the server hung up, connect anew."""
    try:
        complete = line.receive()
        closes = complete and line.closes
    except ConnectionError:
        complete, closes = False, True
    if closes:
        selector.unregister(line.socket)
        line.socket.close()
        line.connect()
        selector.register(line.socket, selectors.EVENT_READ, line)
        if not complete:
            line.at -= 1
            line.send()
    return complete
