"""A mail server of our own for the tests: it takes, refuses or dies as it is told."""

from __future__ import annotations

import socket
import threading


class PostOffice:
    """Listens on ``port``. ``answer`` is what it says to a whole letter; "" hangs up, "wait" waits."""

    def __init__(self, answer: str = "250 taken", to_recipient: str = "250 ok") -> None:
        self.answer, self.to_recipient = answer, to_recipient
        self.letters: list[str] = []
        self.has_one = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def __enter__(self) -> PostOffice:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                client, _address = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with client, client.makefile("rwb") as line:

            def say(words: str) -> None:
                line.write(f"{words}\r\n".encode())
                line.flush()

            say("220 tests")
            try:
                while said := line.readline().decode().strip():
                    word = said[:4].upper()
                    if word == "DATA":
                        say("354 go on")
                        self._take(line)
                        if self.answer == "":
                            return
                        if self.answer == "wait":
                            line.readline()
                            return
                        say(self.answer)
                    elif word == "RCPT":
                        say(self.to_recipient)
                    elif word == "QUIT":
                        say("221 bye")
                        return
                    else:
                        say("250 ok")
            except OSError:
                return

    def _take(self, line) -> None:
        text = ""
        while (one := line.readline().decode()) not in (".\r\n", ""):
            text += one
        self.letters.append(text)
        self.has_one.set()
