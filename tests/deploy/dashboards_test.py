#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What can be said of the dashboards, alerts and rules without running anything."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import dashboards
from dashboards import ROOT


class Dashboards(unittest.TestCase):
    def test_there_are_two_with_uids_that_links_can_keep(self) -> None:
        self.assertEqual({board["uid"] for _, board in dashboards.boards()}, {"copydesk-overview", "copydesk-workers"})

    def test_panels_explain_themselves(self) -> None:
        for name, board in dashboards.boards():
            ids = [panel["id"] for panel in board["panels"]]
            self.assertEqual(len(ids), len(set(ids)), name)
            for panel in dashboards.panels(board):
                with self.subTest(dashboard=name, panel=panel["title"]):
                    self.assertRegex(panel["description"], r"^[A-Z0-9].{20,}[.:]")
                    defaults = panel["fieldConfig"]["defaults"]
                    unit = defaults.get("unit") or panel["options"]["yAxis"]["unit"]
                    self.assertTrue(unit)
                    if panel["type"] != "heatmap":
                        self.assertTrue(defaults["thresholds"]["steps"])
                    self.assertTrue(panel["targets"])

    def test_panels_do_not_overlap(self) -> None:
        for name, board in dashboards.boards():
            taken = set()
            for panel in board["panels"]:
                at = panel["gridPos"]
                cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
                self.assertLessEqual(at["x"] + at["w"], 24, f"{name}: {panel['title']}")
                self.assertFalse(cells & taken, f"{name}: {panel['title']}")
                taken |= cells

    def test_every_query_can_be_narrowed_by_the_variables(self) -> None:
        for name, board in dashboards.boards():
            known = set(dashboards.variables(board))
            self.assertLessEqual({"datasource", "job", "instance", "topic"}, known)
            for panel in dashboards.panels(board):
                self.assertEqual(panel["datasource"], {"type": "prometheus", "uid": "${datasource}"})
                for target in panel["targets"]:
                    used = set(re.findall(r"\$\{?([a-z_]+)\}?", target["expr"]))
                    self.assertLessEqual(used - {"__rate_interval"}, known, f"{name}: {panel['title']}")
                    self.assertLessEqual({"job", "instance"}, used, f"{name}: {panel['title']}")


class Series(unittest.TestCase):
    """docs/metrics.md lists what a worker exposes; a test of the worker compares the two."""

    def queries(self) -> list[str]:
        found = [target["expr"] for _, board in dashboards.boards() for panel in dashboards.panels(board)
                 for target in panel["targets"]]
        return found + [rule["expr"] for rule in dashboards.rules()]

    def test_queries_ask_for_what_there_is(self) -> None:
        asked = set().union(*(dashboards.metrics_of(query) for query in self.queries()))
        self.assertEqual(asked - dashboards.documented_metrics() - {"up"}, set())

    def test_whatever_there_is_is_on_a_dashboard(self) -> None:
        charted = set().union(*(dashboards.metrics_of(target["expr"]) for _, board in dashboards.boards()
                                for panel in dashboards.panels(board) for target in panel["targets"]))
        self.assertEqual(dashboards.documented_metrics() - charted, set(),
                         "a panel for it belongs into deploy/mixin/dashboards; then run deploy/mixin/generate")

    def test_recorded_series_are_recorded(self) -> None:
        recorded = {rule["record"] for rule in dashboards.rules() if "record" in rule}
        used = {name for query in self.queries() for name in re.findall(r"\bjob[a-z_]*:[a-z0-9_:]+", query)}
        self.assertEqual(used - recorded, set())


class Alerts(unittest.TestCase):
    def test_every_alert_has_a_runbook_and_every_runbook_an_alert(self) -> None:
        text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
        sections = set(re.findall(r"^### (Copydesk[A-Za-z]+)$", text, re.MULTILINE))
        alerts = [rule for rule in dashboards.rules() if "alert" in rule]
        self.assertEqual({rule["alert"] for rule in alerts}, sections)
        for rule in alerts:
            self.assertEqual(rule["annotations"]["runbook_url"], f"docs/operating.md#{rule['alert'].lower()}")
            self.assertIn(rule["labels"]["severity"], {"critical", "warning", "info"})

    @unittest.skipUnless(shutil.which("promtool"), "promtool (Debian: prometheus) is missing")
    def test_every_alert_has_a_test(self) -> None:
        tests = (ROOT / "tests" / "deploy" / "rules_test.yaml").read_text(encoding="utf-8")
        for rule in dashboards.rules():
            name = rule.get("alert") or rule["record"]
            self.assertTrue(name in tests, name)

    @unittest.skipUnless(shutil.which("promtool"), "promtool (Debian: prometheus) is missing")
    def test_alerts_fire_on_what_they_are_for(self) -> None:
        result = subprocess.run(["promtool", "test", "rules", "tests/deploy/rules_test.yaml"], cwd=ROOT,
                                capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


class Mixin(unittest.TestCase):
    @unittest.skipUnless(shutil.which("jsonnet"), "jsonnet (Debian: jsonnet) is missing")
    def test_what_is_here_is_what_the_mixin_gives(self) -> None:
        result = subprocess.run([str(ROOT / "deploy" / "mixin" / "generate"), "--check"], capture_output=True, text=True,
                                check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


class Chart(unittest.TestCase):
    def test_it_gets_the_dashboards_and_rules_when_it_is_packaged(self) -> None:
        self.assertFalse((ROOT / "deploy" / "helm" / "copydesk" / "files").exists(), "they would be here twice")
        with tempfile.TemporaryDirectory() as folder:
            # Without Helm in the PATH it makes the folder alone.
            subprocess.run([str(ROOT / "deploy" / "helm" / "package"), folder], check=True, stdout=subprocess.DEVNULL,
                           env={"PATH": "/nowhere"})
            files = pathlib.Path(folder) / "copydesk" / "files"
            self.assertEqual({path.name: path.read_bytes() for path in files.iterdir()},
                             {path.name: path.read_bytes() for path in dashboards.DASHBOARDS + dashboards.RULES})
            self.assertTrue((files.parent / "templates" / "workload.yaml").is_file())

    def test_it_overwrites_nothing_but_a_chart(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            kept = pathlib.Path(folder) / "copydesk" / "notes"
            kept.parent.mkdir()
            kept.touch()
            result = subprocess.run([str(ROOT / "deploy" / "helm" / "package"), folder], capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 1)
            self.assertIn("is no chart", result.stderr)
            self.assertTrue(kept.exists())


if __name__ == "__main__":
    unittest.main()
