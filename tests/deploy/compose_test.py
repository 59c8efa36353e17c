# SPDX-License-Identifier: Apache-2.0
"""compose_test.py, with the Python and the schemas of tools/setup_chart_tools: deploy/compose.yaml is what the compose
specification allows, and the files that it names are there. No container engine is asked."""
import json
import pathlib
import re
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "deploy" / "compose.yaml"
SCHEMA = ROOT / ".deps" / "deploy" / "schemas" / "compose.json"


class Compose(unittest.TestCase):
    def setUp(self) -> None:
        self.compose = yaml.safe_load(COMPOSE.read_text())
        self.schema = json.loads(SCHEMA.read_text())

    def test_it_is_what_the_specification_allows(self) -> None:
        jsonschema.validate(self.compose, self.schema)

    def test_the_specification_refuses_what_is_wrong(self) -> None:
        self.compose["services"]["kafka"]["healthchek"] = {}
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(self.compose, self.schema)

    def test_what_it_names_is_there(self) -> None:
        for name, service in self.compose["services"].items():
            for other in service.get("depends_on", {}):
                self.assertIn(other, self.compose["services"], name)
            for volume in service.get("volumes", []):
                self.assertTrue((COMPOSE.parent / volume.split(":")[0]).exists(), f"{name}: {volume}")
            if "build" in service:
                context = COMPOSE.parent / service["build"]["context"]
                self.assertTrue((context / service["build"]["dockerfile"]).exists(), name)

    def test_nothing_is_open_to_the_network(self) -> None:
        for name, service in self.compose["services"].items():
            for port in service.get("ports", []):
                self.assertTrue(port.startswith("127.0.0.1:"), f"{name}: {port}")

    def test_prometheus_scrapes_every_worker(self) -> None:
        scraped = yaml.safe_load((ROOT / "deploy/compose/prometheus.yaml").read_text())["scrape_configs"][0]["static_configs"][0]["targets"]
        workers = {f"{name}:9464" for name in self.compose["services"] if re.fullmatch(r"copydesk-\d+", name)}
        self.assertEqual(set(scraped), workers)


if __name__ == "__main__":
    unittest.main()
