#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""image_test.py BUILD_DIR: deploy/Dockerfile, built without a daemon by buildah on a Debian 13 made by mmdebstrap, and its
command run as its user, on a read-only file system, against a broker. Needs root.

The image stays in .deps/deploy/containers and what was compiled in buildah's cache, so that a second run is short."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import worker_trial
from clean_root import CACHE, enter, tarball
from dashboards import ROOT

RELEASE = "trixie"
BASE = "localhost/debian-13"
IMAGE = "localhost/copydesk"
MOST_BYTES = 150_000_000


def buildah(*arguments: str | os.PathLike, show: bool = False) -> str:
    command = ["buildah", "--root", CACHE / "containers", "--runroot", CACHE / "containers-run", *arguments]
    result = subprocess.run(command, stdout=None if show else subprocess.PIPE, stderr=sys.stderr if show else subprocess.PIPE,
                            text=True, check=False)
    if result.returncode != 0:
        raise worker_trial.TrialFailed(f"buildah {arguments[0]} ended with {result.returncode}: {result.stderr or ''}")
    return (result.stdout or "").strip()


def make_base() -> None:
    if BASE in buildah("images", "--format", "{{.Name}}"):
        return
    container = buildah("from", "scratch")
    buildah("add", container, tarball(RELEASE), "/")
    buildah("config", "--cmd", "/bin/bash", container)
    buildah("commit", "--rm", container, BASE)


def sources(folder: pathlib.Path) -> None:
    """What git has of the tree as it is now: nothing that lies about beside it gets into the image."""
    files = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True,
                           capture_output=True).stdout
    subprocess.run(["tar", "--create", "--null", "--files-from=-", "--file", folder / "tree.tar"], cwd=ROOT, input=files, check=True)
    (folder / "tree").mkdir()
    subprocess.run(["tar", "-xf", folder / "tree.tar", "-C", folder / "tree"], check=True)


def compressed_bytes(folder: pathlib.Path) -> int:
    """What a registry would store and a node would fetch."""
    buildah("push", IMAGE, f"oci:{folder}/oci")
    return sum(path.stat().st_size for path in (folder / "oci" / "blobs").rglob("*") if path.is_file())


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="copydesk-image-") as name:
        folder = pathlib.Path(name)
        sources(folder)
        make_base()
        buildah("build", "--isolation", "chroot", "--format", "docker", "--layers", "--build-arg", f"BASE={BASE}", "--tag", IMAGE,
                "--file", folder / "tree" / "deploy" / "Dockerfile", folder / "tree", show=True)
        size = compressed_bytes(folder)
        if size >= MOST_BYTES:
            raise worker_trial.TrialFailed(f"{size / 1e6:.0f} MB compressed")
        config = json.loads(buildah("inspect", "--type", "image", IMAGE))["Docker"]["config"]
        if config["User"] != "65532:65532":
            raise worker_trial.TrialFailed(f"it runs as {config['User']!r}")
        container = buildah("from", IMAGE)
        try:
            root = pathlib.Path(buildah("mount", container))

            def start(broker: worker_trial.Broker, port: int, environment: dict[str, str], log: object) -> subprocess.Popen:
                environment |= dict(entry.split("=", 1) for entry in config["Env"] or [])
                environment |= {"KAFKA_BROKERS": broker.address, "HTTP_PORT": str(port)}
                return subprocess.Popen(enter(root, config["Entrypoint"] + config["Cmd"], user=config["User"], read_only=True),
                                        env={"PATH": "/usr/bin:/bin"} | environment, stdout=log, stderr=log)

            def check_health(process: subprocess.Popen, port: int) -> None:
                test = config["Healthcheck"]["Test"]
                for health_port, expected in ((port, 0), (worker_trial.free_port(), 1)):
                    # A runtime would run it in the container's namespaces; the loopback is the same here.
                    result = subprocess.run(enter(root, test[1:], user=config["User"], read_only=True), check=False,
                                            env={"PATH": "/usr/bin:/bin", "HTTP_PORT": str(health_port)}, capture_output=True)
                    if result.returncode != expected:
                        raise worker_trial.TrialFailed(f"the health check gave {result.returncode}, not {expected}: {result.stderr!r}")

            said = worker_trial.run(build, start, check_health)
        finally:
            buildah("rm", container)
        print(f"{size / 1e6:.0f} MB compressed, as user {config['User']} on a read-only root: {said}, health check right")
    return 0


if __name__ == "__main__":
    sys.exit(worker_trial.exit_code_of(main))
