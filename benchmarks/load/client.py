"""A client that does not wait: arrivals come when they come, and a late answer is counted from the arrival."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """One call: what identifies it, the answer's status (0 if none came), and the seconds from its arrival to its answer."""

    lrn: str
    status: int
    seconds: float


@dataclass(slots=True)
class Load:
    """Calls at a rate, with a body and a key for each: `lodge` is given the reference and gives the request."""

    port: int
    key: str
    body: Callable[[str], bytes]
    sent: list[Sent] = field(default_factory=list)
    on_answer: Callable[[Sent], None] = lambda _: None

    async def run(self, *, rate: float, seconds: float, prefix: str) -> float:
        """Send at the rate for so long, arrivals at random (Poisson); the seconds until the last answer."""
        loop = asyncio.get_running_loop()
        idle: asyncio.Queue[_Connection] = asyncio.Queue()
        for _ in range(_CONNECTIONS):
            idle.put_nowait(_Connection(self.port))
        start, due, count, calls = loop.time(), 0.0, 0, set()
        drawn = random.Random(1)  # noqa: S311 - arrivals, not secrets
        while (due := due + drawn.expovariate(rate)) < seconds:
            await asyncio.sleep(max(0.0, start + due - loop.time()))
            count += 1
            call = asyncio.ensure_future(self._call(f"{prefix}{count}", idle, start + due))
            calls.add(call)
            call.add_done_callback(calls.discard)
        await asyncio.gather(*calls)
        return loop.time() - start

    async def _call(self, lrn: str, idle: "asyncio.Queue[_Connection]", arrived: float) -> None:
        connection = await idle.get()
        try:
            status = await connection.post(self._request(lrn))
        except (OSError, asyncio.IncompleteReadError, ValueError):
            status = 0
            connection.close()
        finally:
            idle.put_nowait(connection)
        sent = Sent(lrn, status, asyncio.get_running_loop().time() - arrived)
        self.sent.append(sent)
        self.on_answer(sent)

    def _request(self, lrn: str) -> bytes:
        body = self.body(lrn)
        head = (
            f"POST /api/declarations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.key}\r\nIdempotency-Key: {lrn}\r\n"
            f"Content-Type: application/xml\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


class _Connection:
    """One connection that stays open between calls."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, request: bytes) -> int:
        """Send a request and read its answer whole; the status."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        return int(head[9:12])

    def close(self) -> None:
        """Give the connection up; the next call opens another."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
