# SPDX-License-Identifier: Apache-2.0
"""One trial of an installed worker: it must say that it is ready, enrich what is fed, tell it, and stop in order."""
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable

# For a step that takes seconds on a machine with nothing else to do.
PATIENCE = 180
ARTICLES = 60


class TrialFailed(Exception):
    pass


class Broker:
    """tests/deploy/broker_with_topics.cpp"""

    def __init__(self, build: pathlib.Path) -> None:
        self.process = subprocess.Popen([build / "tests" / "deploy" / "broker_with_topics"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.address = self._read("broker")

    def _read(self, word: str) -> str:
        line = self.process.stdout.readline()
        if not line.startswith(word + " "):
            raise TrialFailed(f"the broker said {line!r} where '{word} …' was expected")
        return line.split()[1]

    def count(self, topic: str) -> int:
        self.process.stdin.write(f"count {topic}\n")
        self.process.stdin.flush()
        return int(self._read("count"))

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(60)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def get(port: int, path: str) -> tuple[int, str]:
    """Status and body; status 0 where nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def metric(port: int, name: str) -> float:
    return sum(float(value) for value in re.findall(rf"^{name}(?:\{{.*\}})? (\S+)$", get(port, "/metrics")[1], re.MULTILINE))


def until(condition: Callable[[], bool], what: str, process: subprocess.Popen, log: pathlib.Path) -> None:
    deadline = time.time() + PATIENCE
    while not condition():
        if process.poll() is not None:
            raise TrialFailed(f"the worker ended with {process.returncode} before {what}:\n{log.read_text()}")
        if time.time() > deadline:
            raise TrialFailed(f"not within {PATIENCE} s: {what}\n{log.read_text()}")
        time.sleep(0.2)


def run(build: pathlib.Path, start: Callable[[Broker, int, dict[str, str], object], subprocess.Popen],
        while_running: Callable[[subprocess.Popen, int], None] = lambda process, port: None, notifies: bool = True) -> str:
    """`start(broker, port, environment, log)` starts the worker, which must serve HTTP on `port` and have the variables
    of `environment`; unless somebody else hears it, it must notify that it is ready. Returns a line that says what was
    shown; raises TrialFailed."""
    root = build.parents[1]
    broker = Broker(build)
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    address = f"copydesk-trial-{os.getpid()}"
    notify.bind("\0" + address)  # abstract: the same in a chroot
    notify.setblocking(False)
    process = None
    with tempfile.TemporaryDirectory(prefix="copydesk-trial-") as folder:
        log = pathlib.Path(folder) / "log"
        try:
            port = free_port()
            with log.open("wb") as output:
                process = start(broker, port, {"NOTIFY_SOCKET": "@" + address}, output)
            said = bytearray()

            def told_ready() -> bool:
                try:
                    said.extend(notify.recv(4096) + b"\n")
                except BlockingIOError:
                    pass
                return b"READY=1" in said.splitlines()

            if notifies:
                until(told_ready, "it told the service manager that it is ready", process, log)
            if get(port, "/readyz")[0] != 200 or get(port, "/healthz")[0] != 200:
                raise TrialFailed("it told that it is ready, and /readyz or /healthz does not say so")
            subprocess.run([build / "copydesk", "feed", "--brokers", broker.address, "--topic", "wire.articles", "--loop",
                            "--count", str(ARTICLES), root / "deploy" / "demo" / "wire"], check=True, stderr=subprocess.DEVNULL)
            finished = lambda: (metric(port, "copydesk_records_published_total")
                                + metric(port, "copydesk_records_dead_lettered_total") >= ARTICLES)
            until(finished, f"{ARTICLES} articles were finished", process, log)
            while_running(process, port)
            process.send_signal(signal.SIGTERM)
            code = process.wait(PATIENCE)
            if code != 0:
                raise TrialFailed(f"SIGTERM ended it with {code}:\n{log.read_text()}")
            out = broker.count("wire.enriched") + broker.count("wire.dead-letters")
            if out != ARTICLES:
                raise TrialFailed(f"{ARTICLES} articles in, {out} out")
            return f"{ARTICLES} articles enriched, orderly stop"
        finally:
            notify.close()
            if process is not None and process.poll() is None:
                process.kill()
            broker.stop()


def exit_code_of(trial: Callable[[], int]) -> int:
    """Runs it; what failed is told in words instead of a traceback."""
    try:
        return trial()
    except TrialFailed as failure:
        print(failure)
    except subprocess.CalledProcessError as failure:
        print(failure, failure.stdout, failure.stderr, sep="\n")
    return 1
