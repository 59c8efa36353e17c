#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""unit_test.py BUILD_DIR: the package in a Debian that systemd-nspawn boots, its service started, watched and stopped by a
real systemd with all that the unit forbids. Needs root.

Exit code 77 (skipped) where no Debian can be booted, as in most containers."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import worker_trial
from clean_root import CleanRoot
from package_test import build_package, expect, release

SKIPPED = 77
# What systemd needs to boot; usually ten seconds.
BOOT_PATIENCE = 120
UNIT = "copydesk.service"


class Machine:
    def __init__(self, folder: pathlib.Path) -> None:
        self.log = folder.with_name(folder.name + ".log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--boot",
                                             "--directory", folder], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def _leader(self) -> str:
        return pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()[0]

    def systemctl(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(["nsenter", "--target", self._leader(), "--mount", "--pid", "--uts", "--ipc", "systemctl", "--no-pager",
                               *arguments], capture_output=True, text=True, check=False)

    def show(self, name: str) -> str:
        return self.systemctl("show", "--property", name, "--value", UNIT).stdout.strip()

    def booted(self) -> bool:
        deadline = time.time() + BOOT_PATIENCE
        while time.time() < deadline and self.process.poll() is None:
            try:
                if self.systemctl("is-system-running").stdout.strip() in ("running", "degraded"):
                    return True
            except (OSError, IndexError):
                pass
            time.sleep(0.5)
        return False

    def stop(self) -> None:
        if self.process.poll() is None:
            self.systemctl("poweroff")
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(30)


class Service:
    """The unit as worker_trial handles a process."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.returncode: int | None = None
        started = machine.systemctl("start", UNIT)
        if started.returncode != 0:
            raise worker_trial.TrialFailed(started.stderr + machine.systemctl("status", "--full", UNIT).stdout)

    def poll(self) -> int | None:
        if self.machine.show("ActiveState") != "active":
            self.returncode = int(self.machine.show("ExecMainStatus"))
        return self.returncode

    def send_signal(self, _number: int) -> None:
        stopped = self.machine.systemctl("stop", UNIT)
        expect(stopped.returncode == 0, stopped.stderr)

    def wait(self, _limit: float) -> int:
        expect(self.machine.show("Result") == "success", f"systemd says {self.machine.show('Result')}")
        self.returncode = int(self.machine.show("ExecMainStatus"))
        return self.returncode

    def kill(self) -> None:
        self.machine.systemctl("kill", "--signal=SIGKILL", UNIT)


def trial(machine: Machine, build: pathlib.Path, settings: pathlib.Path) -> str:
    def start(broker: worker_trial.Broker, port: int, _environment: dict[str, str], _log: object) -> Service:
        settings.write_text(f"kafka: {{brokers: [{broker.address}]}}\nhttp: {{listen: '127.0.0.1:{port}'}}\n")
        service = Service(machine)
        # Type=notify: systemd has waited for it.
        expect(worker_trial.get(port, "/readyz")[0] == 200, "systemctl start returned before the worker was ready")
        return service

    def look(_service: Service, _port: int) -> None:
        expect(machine.show("NRestarts") == "0", "it was started again")
        namespace_pid = machine.show("MainPID")
        status = subprocess.run(["nsenter", "--target", machine._leader(), "--mount", "--pid", "cat", f"/proc/{namespace_pid}/status"],
                                capture_output=True, text=True, check=True).stdout
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        expect(int(fields["Uid"].split()[0]) != 0, "it runs as root")
        expect(fields["NoNewPrivs"] == "1" and fields["Seccomp"] == "2" and int(fields["CapBnd"], 16) == 0, "it is not confined")

    said = worker_trial.run(build, start, look, notifies=False)
    # Settings that are wrong are said once, not every five seconds.
    settings.write_text("kafka: {brokrs: [x:1]}\n")
    expect(machine.systemctl("start", UNIT).returncode != 0, "it started with wrong settings")
    expect((machine.show("ExecMainStatus"), machine.show("ActiveState")) == ("78", "failed"), "wrong settings are tried again")
    return said


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()
    package = build_package(build)
    with tempfile.TemporaryDirectory(prefix="copydesk-unit-") as name:
        folder = pathlib.Path(name) / "root"
        folder.mkdir()
        root = CleanRoot(release(), folder)
        shutil.copy(package, folder / "copydesk.deb")
        root.run("apt-get", "-q", "update")
        root.run("apt-get", "-q", "-y", "install", "--no-install-recommends", "dbus", "systemd", "systemd-sysv", "/copydesk.deb")
        expect(not list((folder / "etc/systemd/system").rglob(UNIT)), "the package enabled its service")
        machine = Machine(folder)
        try:
            if not machine.booted():
                print("systemd-nspawn cannot boot a Debian here")
                return SKIPPED
            print(f"in a booted {release()}, confined: {trial(machine, build, folder / 'etc/copydesk/copydesk.yaml')}")
        finally:
            machine.stop()
    return 0


if __name__ == "__main__":
    sys.exit(worker_trial.exit_code_of(main))
