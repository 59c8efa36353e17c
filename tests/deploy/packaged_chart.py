# SPDX-License-Identifier: Apache-2.0
"""The Helm chart as it is published: what deploy/helm/package makes, with the Helm of tools/setup_chart_tools."""
import atexit
import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".deps" / "deploy"
SOURCE = ROOT / "deploy" / "helm" / "copydesk"


def packaged_chart() -> pathlib.Path:
    """The archive; it is gone when the test ends."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="copydesk-chart-"))
    atexit.register(shutil.rmtree, folder)
    subprocess.run([ROOT / "deploy" / "helm" / "package", folder], check=True, stdout=subprocess.DEVNULL,
                   env=os.environ | {"PATH": f"{TOOLS / 'bin'}:{os.environ['PATH']}"})
    archives = list(folder.glob("copydesk-*.tgz"))
    if len(archives) != 1:
        raise AssertionError(f"helm package made {archives}")
    return archives[0]
