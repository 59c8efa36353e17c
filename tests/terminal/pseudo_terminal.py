# SPDX-License-Identifier: Apache-2.0
"""A program on a pseudo-terminal, and what its screen shows (by pyte, a terminal emulator)."""
import fcntl
import os
import pathlib
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable

import pyte

PATIENCE = 120  # seconds, for what takes one on an idle machine


class PseudoTerminal:
    def __init__(self, command: list[str | os.PathLike], environment: dict[str, str], rows: int = 50, columns: int = 160) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        self.process = subprocess.Popen(command, stdin=self.slave, stdout=self.slave, stderr=self.slave,
                                        env=environment, preexec_fn=self._take_terminal)

    def _take_terminal(self) -> None:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def read(self, seconds: float = 0.1) -> None:
        """What has come, for at most so long."""
        if select.select([self.master], [], [], seconds)[0]:
            part = os.read(self.master, 65536)
            self.bytes += part
            self.stream.feed(part)

    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    def shows(self, text: str) -> bool:
        return any(text in line for line in self.lines())

    def until(self, condition: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if self.process.poll() is not None:
                self.read()
                if condition():
                    return
                raise AssertionError(f"it ended with {self.process.returncode} before {what}:\n" + "\n".join(self.lines()))
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {PATIENCE} s: {what}\n" + "\n".join(self.lines()))
            self.read()

    def key(self, key: str) -> None:
        os.write(self.master, key.encode())

    def end(self) -> int:
        """Its exit code, once it has ended by itself."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                self.process.send_signal(signal.SIGKILL)
                raise AssertionError("it did not end")
            self.read()
        while select.select([self.master], [], [], 0)[0]:
            self.read(0)
        return self.process.returncode

    def settings_are_as_before(self) -> bool:
        return termios.tcgetattr(self.slave) == self.before

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


def environment(**more: str) -> dict[str, str]:
    """This process's, with a terminal of a usual kind and colours allowed."""
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **more}


def folder_of_tests(name: str) -> str:
    return str(pathlib.Path(__file__).resolve().parents[1] / name)
