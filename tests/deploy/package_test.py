#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""package_test.py BUILD_DIR: the Debian package of that build, installed, run and purged in a clean Debian."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

import worker_trial
from clean_root import CleanRoot


def release() -> str:
    lines = pathlib.Path("/etc/os-release").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)["VERSION_CODENAME"].strip('"')


def build_package(build: pathlib.Path) -> pathlib.Path:
    for old in build.glob("copydesk_*.deb"):
        old.unlink()
    result = subprocess.run(["cpack", "-G", "DEB"], cwd=build, capture_output=True, text=True, check=False)
    packages = list(build.glob("copydesk_*.deb"))
    if result.returncode != 0 or len(packages) != 1:
        raise worker_trial.TrialFailed(f"cpack made {packages}:\n{result.stdout}{result.stderr}")
    return packages[0]


def expect(condition: bool, what: str) -> None:
    if not condition:
        raise worker_trial.TrialFailed(what)


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()
    package = build_package(build)
    with tempfile.TemporaryDirectory(prefix="copydesk-package-") as folder:
        root = CleanRoot(release(), pathlib.Path(folder))
        shutil.copy(package, root.folder / "copydesk.deb")
        root.run("apt-get", "-q", "update")
        root.run("apt-get", "-q", "-y", "install", "--no-install-recommends", "/copydesk.deb")
        version = root.run("copydesk", "--version").stdout.strip()
        expect(version.startswith("copydesk "), f"--version says {version!r}")
        expect("/etc/copydesk/copydesk.yaml" in root.run("dpkg-query", "-W", "-f=${Conffiles}", "copydesk").stdout,
               "the settings are no conffile")
        expect((root.folder / "usr/lib/systemd/system/copydesk.service").exists(), "no unit")
        # What it says is tested in tests/repository.
        copyright_file = root.folder / "usr/share/doc/copydesk/copyright"
        expect(copyright_file.is_file() and copyright_file.read_text() == (build / "debian" / "copyright").read_text(),
               "no copyright file, or another one")
        settings = root.folder / "etc/copydesk/copydesk.yaml"
        root.run("copydesk", "config", "check", "/etc/copydesk/copydesk.yaml")

        # What an administrator has changed stays through an upgrade.
        settings.write_text(settings.read_text() + "# ours\n")
        root.run("apt-get", "-q", "-y", "install", "--reinstall", "/copydesk.deb")
        expect(settings.read_text().endswith("# ours\n"), "the package overwrote changed settings")

        def start(broker: worker_trial.Broker, port: int, environment: dict[str, str], log: object) -> subprocess.Popen:
            return root.start(["copydesk", "run", "--config", "/etc/copydesk/copydesk.yaml", "--brokers", broker.address,
                               "--http", f"127.0.0.1:{port}"], environment, log)

        said = worker_trial.run(build, start)
        root.run("apt-get", "-q", "-y", "purge", "copydesk")
        expect(not settings.parent.exists(), "purging left /etc/copydesk")
        print(f"{package.name} ({package.stat().st_size / 1e6:.0f} MB) in a clean {release()}: {said}, purged")
    return 0


if __name__ == "__main__":
    sys.exit(worker_trial.exit_code_of(main))
