#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""check.py BUILD_DIR: what deploy/ promises, shown with what it is made for. One closing line per check: ok, FAILED, or
skip with what is missing. Exit code 1 where anything failed. `make check-deploy` sets up and calls it."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable

from dashboards import DASHBOARDS, ROOT

TESTS = ROOT / "tests" / "deploy"
TOOLS = ROOT / ".deps" / "deploy"
SKIPPED = 77


class Skip(Exception):
    pass


class Checks:
    def __init__(self, build: pathlib.Path) -> None:
        self.build = build
        self.logs = build / "check-deploy"
        self.logs.mkdir(exist_ok=True)
        self.closing: list[str] = []
        self.failed = False

    def check(self, name: str, command: Callable[[], list[str | os.PathLike]], shown: str) -> None:
        """Runs a command; the last line of its output that matches `shown` is what the closing line says."""
        print(f"check-deploy: {name} …", file=sys.stderr, flush=True)
        log = self.logs / name
        try:
            with log.open("w") as output:
                code = subprocess.run(command(), cwd=ROOT, stdout=output, stderr=output, check=False).returncode
        except Skip as reason:
            self.closing.append(f"skip    {name}: {reason}")
            return
        lines = log.read_text(errors="replace").splitlines()
        if code == SKIPPED:
            self.closing.append(f"skip    {name}: {lines[-1] if lines else 'it does not say why'}")
            return
        told = [match.group(1) for line in lines if (match := re.search(shown, line))]
        if code == 0 and told:
            self.closing.append(f"ok      {name}: {told[-1]}")
            return
        self.failed = True
        self.closing.append(f"FAILED  {name}: exit code {code}, see {log}")
        print(*lines[-30:], sep="\n", file=sys.stderr)

    def skip(self, name: str, reason: str) -> None:
        self.closing.append(f"skip    {name}: {reason}")

    # Commands.
    def script(self, name: str, *arguments: str | os.PathLike) -> list[str | os.PathLike]:
        return [sys.executable, TESTS / name, *arguments]

    def as_root(self, name: str, *programs: str) -> list[str | os.PathLike]:
        if os.geteuid() != 0:
            raise Skip("needs root")
        for program in programs:
            if shutil.which(program) is None:
                raise Skip(f"{program} is missing")
        return self.script(name, self.build)

    def with_chart_tools(self, name: str, *arguments: str | os.PathLike) -> list[str | os.PathLike]:
        if not (TOOLS / ".chart-tools").exists():
            raise Skip("tools/setup_chart_tools could not fetch Helm and the schemas")
        return [TOOLS / "python" / "bin" / "python", TESTS / name, *arguments]

    def on_a_server(self) -> list[str | os.PathLike]:
        if not (TOOLS / ".kube-apiserver").exists():
            raise Skip("tools/setup_kube_apiserver could not build kube-apiserver")
        return self.with_chart_tools("chart_server_test.py")

    def grafana_schema(self) -> list[str | os.PathLike]:
        if not (TOOLS / ".chart-tools").exists():
            raise Skip("tools/setup_chart_tools could not fetch Grafana's schema")
        return [TOOLS / "bin" / "grafana_schema", *DASHBOARDS]

    def browser(self, name: str) -> list[str | os.PathLike]:
        return [sys.executable, ROOT / "tests" / "http" / name, self.build / "tests" / "http" / "page_server"]

    def ctest(self, name: str) -> list[str | os.PathLike]:
        return ["ctest", "--test-dir", self.build, "--no-tests=error", "-V", "-R", f"^{re.escape(name)}$"]


def main() -> int:
    checks = Checks(pathlib.Path(sys.argv[1]).resolve())
    tests_run = r"^(Ran \d+ tests)"
    checks.check("dashboards", lambda: checks.script("dashboards_test.py"), tests_run)
    checks.check("prometheus", lambda: checks.ctest("Deploy.prometheus"), r"(\d+ queries of panels answered .*)")
    checks.check("grafana-schema", checks.grafana_schema, r"(\d+ panels of .*)")
    checks.skip("grafana", "no package registry has a Grafana server to render the dashboards in")
    checks.check("chart", lambda: checks.with_chart_tools("chart_test.py", checks.build), tests_run)
    checks.check("chart-on-a-server", checks.on_a_server, r"(\d+ kinds in .*)")
    checks.check("compose", lambda: checks.with_chart_tools("compose_test.py"), tests_run)
    checks.skip("compose-up", "no container engine is at hand: the file is held against the specification only")
    checks.check("page", lambda: checks.browser("browser_test.py"), tests_run)
    checks.check("page-accessibility", lambda: checks.browser("browser_accessibility_test.py"), tests_run)
    checks.check("page-bounds", lambda: checks.browser("browser_bounds_test.py"), r"(after 10\d+ articles: .*)")
    checks.check("terminal", lambda: checks.ctest("Terminal.commands"), r"(Ran \d+ tests)")
    checks.check("unit", lambda: ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20",
                                  "deploy/systemd/copydesk.service"], r"(Overall exposure level .*: [0-9.]+)")
    checks.check("service", lambda: checks.ctest("Deploy.service"), r"(\d+ articles enriched.*)")
    checks.check("package", lambda: checks.as_root("package_test.py", "mmdebstrap"), r"(copydesk_.* purged)")
    checks.check("unit-at-work", lambda: checks.as_root("unit_test.py", "mmdebstrap", "systemd-nspawn"), r"(in a booted .*)")
    checks.check("image", lambda: checks.as_root("image_test.py", "mmdebstrap", "buildah"), r"(\d+ MB compressed.*)")
    checks.check("scaling", lambda: [checks.build.parents[1] / "bench" / "scale", checks.build], r"^(Two workers .*) \(\d+ s\)$")
    print("", *checks.closing, sep="\n")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
