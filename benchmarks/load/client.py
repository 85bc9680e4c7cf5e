"""A client that does not wait: arrivals come when they come, and a late answer is counted from the arrival."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field

_CONNECTIONS = 64
_SERVER_FAULT = 500
_PAUSE = 0.3


@dataclass(frozen=True, slots=True)
class Sent:
    """One call: what identifies it, the answer's status (0 if none came) and body, and the seconds from its arrival to its answer."""

    lrn: str
    status: int
    seconds: float
    answer: bytes = b""


@dataclass(slots=True)
class Load:
    """Calls at a rate, each with the body for its reference; one that fails is sent again under its key, so many times at most."""

    port: int
    key: str
    body: Callable[[str], bytes]
    sent: list[Sent] = field(default_factory=list)
    attempts: int = 1

    async def run(self, *, rate: float, seconds: float, prefix: str) -> float:
        """Send at the rate for so long, arrivals at random (Poisson); the seconds until the last answer."""
        loop = asyncio.get_running_loop()
        idle: asyncio.Queue[_Connection] = asyncio.Queue()
        connections = [_Connection(self.port) for _ in range(_CONNECTIONS)]
        for connection in connections:
            idle.put_nowait(connection)
        start, due, count, calls = loop.time(), 0.0, 0, set()
        drawn = random.Random(1)  # noqa: S311 - arrivals, not secrets
        while (due := due + drawn.expovariate(rate)) < seconds:
            await asyncio.sleep(max(0.0, start + due - loop.time()))
            count += 1
            call = asyncio.ensure_future(self._call(f"{prefix}{count}", idle, start + due))
            calls.add(call)
            call.add_done_callback(calls.discard)
        await asyncio.gather(*calls)
        took = loop.time() - start
        await asyncio.gather(*(connection.close() for connection in connections))
        return took

    async def _call(self, lrn: str, idle: "asyncio.Queue[_Connection]", arrived: float) -> None:
        for _ in range(self.attempts):
            status, answer = await self._tried(lrn, idle)
            if 0 < status < _SERVER_FAULT:
                break
            await asyncio.sleep(_PAUSE if self.attempts > 1 else 0)
        self.sent.append(Sent(lrn, status, asyncio.get_running_loop().time() - arrived, answer))

    async def _tried(self, lrn: str, idle: "asyncio.Queue[_Connection]") -> tuple[int, bytes]:
        connection = await idle.get()
        try:
            return await connection.post(self._request(lrn))
        except (OSError, asyncio.IncompleteReadError, ValueError):
            await connection.close()
            return 0, b""
        finally:
            idle.put_nowait(connection)

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

    async def post(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and read its answer whole: the status and the body."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        return int(head[9:12]), await reader.readexactly(length)

    async def close(self) -> None:
        """Give the connection up; the next call opens another."""
        if self._streams is None:
            return
        writer, self._streams = self._streams[1], None
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
