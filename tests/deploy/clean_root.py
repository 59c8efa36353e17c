# SPDX-License-Identifier: Apache-2.0
"""A freshly installed Debian in a folder, by mmdebstrap, for what must work where nothing else is installed. Needs root."""
import os
import pathlib
import shutil
import subprocess

from dashboards import ROOT

CACHE = ROOT / ".deps" / "deploy"


def tarball(release: str) -> pathlib.Path:
    """The smallest installation of that release, made once."""
    path = CACHE / f"{release}.tar"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{release}.new.tar")  # mmdebstrap goes by the ending
        subprocess.run(["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", release, fresh], check=True)
        fresh.rename(path)
    return path


class CleanRoot:
    def __init__(self, release: str, folder: pathlib.Path) -> None:
        self.folder = folder
        subprocess.run(["tar", "-xf", tarball(release), "-C", folder], check=True)
        shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess:
        return subprocess.run(enter(self.folder, [*command]), check=check, capture_output=True, text=True,
                              env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"})

    def start(self, command: list[str], environment: dict[str, str], log: object) -> subprocess.Popen:
        """As a user that owns nothing, on a file system that cannot be written to."""
        return subprocess.Popen(enter(self.folder, command, user="65532:65532", read_only=True),
                                env={"PATH": "/usr/bin:/bin"} | environment, stdout=log, stderr=log)


def enter(folder: pathlib.Path, command: list[str], user: str = "0:0", read_only: bool = False) -> list[str]:
    """The command line that runs `command` in there; it becomes the process that is started, and the mounts go with it."""
    # Bound onto itself, the folder can be read-only without its file system being so.
    script = ('root=$1 user=$2; shift 2; mount --bind "$root" "$root"; mount -t proc proc "$root/proc"; '
              'mount --rbind /dev "$root/dev"; '
              + ('mount -o remount,bind,ro "$root"; ' if read_only else '')
              + 'exec /usr/sbin/chroot --userspec="$user" "$root" "$@"')
    return ["unshare", "--mount", "--propagation", "private", "/bin/sh", "-ec", script, "enter", os.fspath(folder), user,
            *command]
