"""A server that can go away and come back: a port on this machine that hands everything on to it."""

import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread


class Relay:
    """Hands on what arrives at ``port`` while it is up."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._open: list[socket.socket] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def up(self) -> None:
        """Answer from now on."""
        door = socket.create_server(("127.0.0.1", self.port))
        self._open = [door]
        Thread(target=self._welcome, args=(door,), daemon=True).start()

    def down(self) -> None:
        """Refuse, and break off what is under way."""
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open = []

    def _welcome(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                guest = door.accept()[0]
                host = socket.create_connection(("127.0.0.1", self._target))
                self._open += [guest, host]
                Thread(target=_hand_on, args=(guest, host), daemon=True).start()


def _hand_on(guest: socket.socket, host: socket.socket) -> None:
    """Both ways, until one of them closes."""
    with guest, host, suppress(OSError, ValueError):
        while True:
            for ready in select.select([guest, host], [], [])[0]:
                heard = ready.recv(65536)
                if not heard:
                    return
                (host if ready is guest else guest).sendall(heard)


@contextmanager
def relay(target: int) -> Iterator[Relay]:
    """A relay that is down at first and at the end."""
    made = Relay(target)
    yield made
    made.down()
