"""A TCP proxy that fails as links do: down, half-open, replies lost, reset, slow."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum

CHUNK = 64 * 1024


class Fault(Enum):
    """What the link does. `NONE`: it works."""

    NONE = "none"
    DOWN = "down"
    HALF_OPEN = "half-open"
    REPLY_LOST = "reply lost"
    RESET = "reset"
    SLOW = "slow"


class Proxy:
    """Forwards to a port of this machine; `fault` may be changed at any moment."""

    def __init__(self, target: int) -> None:
        self.fault = Fault.NONE
        self._target = target
        self._ends: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._begin(self._accept)

    def close(self) -> None:
        """Take no more connections and cut those that are there."""
        _abort(self._listener)
        for one in list(self._ends):
            _abort(one)
        for thread in self._threads:
            thread.join(timeout=5)

    def _begin(self, work: Callable[..., None], *given: object) -> None:
        self._threads = [one for one in self._threads if one.is_alive()]
        thread = threading.Thread(target=work, args=given, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self._begin(self._join, near)

    def _join(self, near: socket.socket) -> None:
        if self.fault is Fault.DOWN:
            return _abort(near)
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            return _abort(near)
        far.settimeout(None)
        self._ends |= {near, far}
        back = threading.Thread(target=self._pump, args=(far, near, True), daemon=True)
        back.start()
        self._pump(near, far, False)
        back.join()
        self._ends -= {near, far}
        _abort(near)
        return _abort(far)

    def _pump(self, source: socket.socket, sink: socket.socket, is_reply: bool) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if not self._pass_on(data, sink, is_reply):
                    break
            else:
                return sink.shutdown(socket.SHUT_WR)
        _cut(source)
        return _cut(sink)

    def _pass_on(self, data: bytes, sink: socket.socket, is_reply: bool) -> bool:
        """Hand data on as the fault of the moment has it; False cuts the connection."""
        fault = self.fault
        if fault is Fault.HALF_OPEN:
            return True  # swallowed: both ends believe that the other is there
        if fault is Fault.DOWN or (fault is Fault.REPLY_LOST and is_reply):
            return False
        if fault is Fault.RESET:
            sink.sendall(data[: len(data) // 2])
            return False
        if fault is Fault.SLOW:
            time.sleep(0.05 + len(data) / 500_000)
        sink.sendall(data)
        return True


def _cut(one: socket.socket) -> None:
    """Wake whoever reads from it; the connection is reset when it is closed."""
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.shutdown(socket.SHUT_RDWR)


def _abort(one: socket.socket) -> None:
    _cut(one)
    one.close()
