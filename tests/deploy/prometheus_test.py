#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""prometheus_test.py LOADED_WORKERS: a real Prometheus scrapes two workers under load. Every panel's query, every
variable and every rule must be answered, without an error and with data.

Exit code 77 (ctest: skipped) where Prometheus is not installed."""
import contextlib
import json
import math
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import dashboards

SKIPPED = 77
# Until everything has data. It takes half a minute; a loaded machine may need longer.
PATIENCE = 300
JOB = "copydesk"


class Prometheus:
    def __init__(self, folder: pathlib.Path) -> None:
        self.targets = folder / "targets.json"
        self._tell([])
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        settings = {
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": [str(path) for path in dashboards.RULES],
            "scrape_configs": [{"job_name": JOB, "file_sd_configs": [{"files": [str(self.targets)], "refresh_interval": "1s"}]}],
        }
        (folder / "prometheus.json").write_text(json.dumps(settings))  # JSON is YAML
        self.log = folder / "prometheus.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["prometheus", f"--config.file={folder}/prometheus.json", f"--storage.tsdb.path={folder}/data",
                 f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)

    def _tell(self, targets: list[str]) -> None:
        fresh = self.targets.with_suffix(".new")
        fresh.write_text(json.dumps([{"targets": targets}]))
        fresh.rename(self.targets)

    def scrape(self, ports: list[int]) -> None:
        self._tell([f"127.0.0.1:{port}" for port in ports])

    def get(self, path: str, **parameters: str) -> dict:
        url = f"{self.address}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)

    def wait(self) -> None:
        while True:
            if self.process.poll() is not None:
                raise RuntimeError("Prometheus ended:\n" + self.log.read_text())
            try:
                with urllib.request.urlopen(f"{self.address}/-/ready", timeout=10):
                    return
            except OSError:
                time.sleep(0.2)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Workers:
    """tests/deploy/loaded_workers.cpp"""

    def __init__(self, program: str) -> None:
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.topic = self._read("topic")
        self.ports = [int(self._read("worker"))]

    def _read(self, word: str) -> str:
        line = self.process.stdout.readline()
        if not line.startswith(word + " "):
            raise RuntimeError(f"loaded_workers said {line!r} where '{word} …' was expected")
        return line.split()[1]

    def add(self) -> None:
        self.process.stdin.write("another\n")
        self.process.stdin.flush()
        self.ports.append(int(self._read("worker")))

    def stop(self) -> int:
        self.process.stdin.close()
        return self.process.wait(90)


def unanswered(prometheus: Prometheus, begin: float, values: dict[str, str]) -> Iterator[str]:
    """Queries of panels that fail, or give nothing; an error that waiting does not cure is raised."""
    for name, board in dashboards.boards():
        for panel in dashboards.panels(board):
            for target in panel["targets"]:
                where = f"{name}: {panel['title']}: {target['expr']}"
                query = dashboards.substitute(target["expr"], values)
                answer = prometheus.get("query_range", query=query, start=str(begin), end=str(time.time()), step="1")
                if answer["status"] != "success" or answer.get("warnings"):
                    raise RuntimeError(f"{where}\n  {answer.get('error')} {answer.get('warnings')}")
                samples = [float(value) for series in answer["data"]["result"] for _, value in series["values"]]
                if not any(math.isfinite(sample) for sample in samples):
                    yield where


def unfilled(prometheus: Prometheus, values: dict[str, str]) -> Iterator[str]:
    """Variables of dashboards without a choice."""
    for name, board in dashboards.boards():
        for variable in dashboards.variables(board).values():
            if variable["type"] != "query":
                continue
            asked = re.fullmatch(r"label_values\((.*), *([a-z]+)\)", variable["query"]["query"])
            selector = dashboards.substitute(asked.group(1), values)
            answer = prometheus.get(f"label/{asked.group(2)}/values", **{"match[]": selector})
            if answer["status"] != "success":
                raise RuntimeError(f"{name}: ${variable['name']}: {answer.get('error')}")
            least = 2 if variable["name"] in ("instance", "stage") else 1
            if len(answer["data"]) < least:
                yield f"{name}: ${variable['name']} has {answer['data']}"


def unrecorded(prometheus: Prometheus) -> Iterator[str]:
    """Rules that fail, or record nothing."""
    groups = prometheus.get("rules")["data"]["groups"]
    told = [rule for group in groups for rule in group["rules"]]
    if len(told) != len(list(dashboards.rules())):
        yield f"{len(told)} rules are loaded"
    for rule in told:
        if rule.get("lastError"):
            raise RuntimeError(f"rule {rule['name']}: {rule['lastError']}")
        if rule["health"] != "ok":
            yield f"rule {rule['name']} is {rule['health']}"
        elif rule["type"] == "recording" and not prometheus.get("query", query=rule["name"])["data"]["result"]:
            yield f"rule {rule['name']} records nothing"


def unfired(prometheus: Prometheus) -> Iterator[str]:
    """The rig publishes records that are too large: this alert must come, with its texts filled in."""
    alerts = prometheus.get("alerts")["data"]["alerts"]
    for alert in alerts:
        for text in alert["annotations"].values():
            if "<error" in text or "<no value>" in text:
                raise RuntimeError(f"{alert['labels']['alertname']}: {text}")
    if not any(alert["labels"]["alertname"] == "CopydeskRecordsTooLarge" and alert["state"] == "firing" for alert in alerts):
        yield "CopydeskRecordsTooLarge does not fire"
    for name in ("CopydeskInternalError", "CopydeskRestarting"):
        if any(alert["labels"]["alertname"] == name and alert["state"] == "firing" for alert in alerts):
            raise RuntimeError(f"{name} fires, and nothing of the kind has happened")


def main() -> int:
    if shutil.which("prometheus") is None:
        print("skipped: prometheus (Debian: prometheus) is missing")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="copydesk-prometheus-") as folder:
        begin = time.time()
        prometheus = Prometheus(pathlib.Path(folder))
        workers = None
        try:
            prometheus.wait()
            workers = Workers(sys.argv[1])
            prometheus.scrape(workers.ports)
            # The first worker must have been seen before the second takes partitions from it.
            while not prometheus.get("query", query="copydesk_revoke_drain_seconds_count")["data"]["result"]:
                time.sleep(0.2)
            workers.add()
            prometheus.scrape(workers.ports)
            values = {"job": JOB, "instance": ".*", "topic": workers.topic, "stage": ".*", "__rate_interval": "30s"}
            deadline = time.time() + PATIENCE
            while True:
                missing = [*unanswered(prometheus, begin, values), *unfilled(prometheus, values),
                           *unrecorded(prometheus), *unfired(prometheus)]
                if not missing:
                    break
                if time.time() > deadline:
                    print("no data for:", *missing, sep="\n  ")
                    return 1
                time.sleep(2)
            # One worker chosen, as the drill-down is used.
            chosen = values | {"instance": f"127.0.0.1:{workers.ports[1]}"}
            while silent := [where for where in unanswered(prometheus, begin, chosen) if "revoke_drain" not in where]:
                if time.time() > deadline:
                    print("no data for the second worker alone:", *silent, sep="\n  ")
                    return 1
                time.sleep(2)
            queries = sum(len(panel["targets"]) for _, board in dashboards.boards() for panel in dashboards.panels(board))
            print(f"{queries} queries of panels answered by {prometheus.get('status/buildinfo')['data']['version']}, "
                  f"{len(list(dashboards.rules()))} rules evaluated")
        finally:
            code = workers.stop() if workers is not None else 0
            prometheus.stop()
        return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
