# SPDX-License-Identifier: Apache-2.0
"""chart_test.py BUILD_DIR, with the Python and the tools of tools/setup_chart_tools: the Helm chart, with each set of values
in chart/, is accepted by helm lint, by Kubernetes' schemas (strict: no unknown field) and by those of KEDA and of the
Prometheus operator, and its settings by the program."""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import jsonschema
import kubernetes_validate
import yaml

from packaged_chart import SOURCE, packaged_chart

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".deps" / "deploy"
CHART = packaged_chart()
VALUES = sorted((ROOT / "tests" / "deploy" / "chart").glob("*.yaml"))
# The oldest that the chart allows, and the newest that kubernetes-validate knows.
KUBERNETES = ("1.25.0", "1.37.0")
BUILD = pathlib.Path(sys.argv.pop(1)).resolve()


def helm(*arguments: str | os.PathLike) -> subprocess.CompletedProcess:
    return subprocess.run([TOOLS / "bin" / "helm", *arguments], capture_output=True, text=True, check=False)


def manifests(values: pathlib.Path, version: str = KUBERNETES[-1]) -> list[dict]:
    result = helm("template", "desk", CHART, "--namespace", "wire", "--kube-version", version, "--values", values)
    if result.returncode != 0:
        raise AssertionError(result.stderr)
    return [document for document in yaml.safe_load_all(result.stdout) if document]


def closed(schema: object) -> object:
    """A CRD's schema that refuses unknown fields, as a server does with strict field validation."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if isinstance(result.get("pattern"), str):
        # Go allows flags anywhere, Python at the start.
        result["pattern"] = result["pattern"].replace("^(?i)", "(?i)^")
    if "properties" in result and isinstance(result["properties"], dict) and not result.get("x-kubernetes-preserve-unknown-fields"):
        result.setdefault("additionalProperties", False)
    return result


def custom_schemas() -> dict[tuple[str, str], dict]:
    schemas = {}
    for path in (TOOLS / "schemas").glob("*.yaml"):
        crd = yaml.safe_load(path.read_text())["spec"]
        for version in crd["versions"]:
            schema = closed(version["schema"]["openAPIV3Schema"])
            schema["properties"]["metadata"] = {"type": "object"}  # the server's own
            schemas[f"{crd['group']}/{version['name']}", crd["names"]["kind"]] = schema
    return schemas


CUSTOM = custom_schemas()


def validate(manifest: dict, version: str) -> None:
    schema = CUSTOM.get((manifest["apiVersion"], manifest["kind"]))
    if schema is not None:
        jsonschema.validate(manifest, schema)
    else:
        kubernetes_validate.validate(manifest, version.rpartition(".")[0], strict=True)


def by_kind(documents: list[dict], kind: str) -> dict:
    found = [document for document in documents if document["kind"] == kind]
    if len(found) != 1:
        raise AssertionError(f"{len(found)} of {kind}")
    return found[0]


def workload(documents: list[dict]) -> dict:
    return next(document for document in documents if document["kind"] in ("Deployment", "StatefulSet"))


class Chart(unittest.TestCase):
    def test_helm_finds_no_fault(self) -> None:
        for values in VALUES:
            with self.subTest(values=values.name):
                result = helm("lint", "--strict", CHART, "--kube-version", KUBERNETES[-1], "--values", values)
                self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_kubernetes_and_operators_accept_it(self) -> None:
        kinds = set()
        for values in VALUES:
            for version in KUBERNETES:
                for manifest in manifests(values, version):
                    with self.subTest(values=values.name, kubernetes=version, kind=manifest["kind"]):
                        validate(manifest, version)
                        kinds.add(manifest["kind"])
        self.assertLessEqual({"Deployment", "StatefulSet", "ConfigMap", "Service", "ServiceAccount", "PodDisruptionBudget",
                              "NetworkPolicy", "ScaledObject", "ServiceMonitor", "PrometheusRule"}, kinds)

    def test_the_schemas_refuse_what_is_wrong(self) -> None:
        for values, kind, path in (("keda.yaml", "ScaledObject", ["spec", "minReplicas"]),
                                   ("monitored.yaml", "ServiceMonitor", ["spec", "endpoint"]),
                                   ("default.yaml", "Deployment", ["spec", "template", "spec", "terminationGracePeriod"])):
            manifest = copy.deepcopy(by_kind(manifests(ROOT / "tests/deploy/chart" / values), kind))
            inside = manifest
            for name in path[:-1]:
                inside = inside[name]
            inside[path[-1]] = 1
            with self.subTest(kind=kind), self.assertRaises((jsonschema.ValidationError, kubernetes_validate.ValidationError)):
                validate(manifest, KUBERNETES[-1])

    def test_values_that_are_wrong_are_refused(self) -> None:
        for wrong in ("keda.minReplicas=0", "drainSeconds=soon", "graceSeconds=0", "config.kafka.brokers=kafka:9092", "replica=3"):
            with self.subTest(values=wrong):
                result = helm("template", "desk", CHART, "--kube-version", KUBERNETES[-1], "--set", wrong)
                self.assertNotEqual(result.returncode, 0)

    def test_the_source_alone_says_what_it_lacks(self) -> None:
        for values, missing in (("dashboards.enabled=true", "dashboards"), ("prometheusRule.enabled=true", "rules")):
            with self.subTest(values=values):
                result = helm("template", "desk", SOURCE, "--kube-version", KUBERNETES[-1], "--set", values)
                self.assertNotEqual(result.returncode, 0)
                self.assertIn(f"without {missing}. Make the chart with deploy/helm/package", result.stderr)

    def test_dashboards_and_rules_are_those_of_grafana_and_prometheus(self) -> None:
        documents = manifests(ROOT / "tests/deploy/chart/monitored.yaml")
        shown = {name: json.loads(content) for document in documents if document["kind"] == "ConfigMap"
                 for name, content in document["data"].items() if name.endswith(".json")}
        self.assertEqual(shown, {path.name: json.loads(path.read_text(encoding="utf-8"))
                                 for path in (ROOT / "deploy/grafana/dashboards").glob("*.json")})
        groups = [group for name in ("rules", "alerts")
                  for group in yaml.safe_load((ROOT / f"deploy/prometheus/{name}.yaml").read_text(encoding="utf-8"))["groups"]]
        found = by_kind(documents, "PrometheusRule")["spec"]["groups"]
        self.assertEqual([[rule.get("alert") or rule["record"] for rule in group["rules"]] for group in found],
                         [[rule.get("alert") or rule["record"] for rule in group["rules"]] for group in groups])

    def test_the_program_accepts_the_settings(self) -> None:
        for values in VALUES:
            documents = manifests(values)
            settings = next(d for d in documents if d["kind"] == "ConfigMap" and "copydesk.yaml" in d["data"])["data"]["copydesk.yaml"]
            environment = {entry["name"]: entry.get("value", "desk-copydesk-0")
                           for entry in workload(documents)["spec"]["template"]["spec"]["containers"][0]["env"]}
            with self.subTest(values=values.name), tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
                file.write(settings)
                file.flush()
                result = subprocess.run([BUILD / "copydesk", "config", "check", file.name], env=environment, capture_output=True,
                                        text=True, check=False)
                self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_a_worker_may_finish_before_it_is_killed(self) -> None:
        for values in VALUES:
            documents = manifests(values)
            settings = yaml.safe_load(next(d for d in documents if d["kind"] == "ConfigMap" and "copydesk.yaml" in d["data"])["data"]["copydesk.yaml"])
            drain = int(settings["delivery"]["drain_timeout"].removesuffix("s"))
            self.assertLess(drain, workload(documents)["spec"]["template"]["spec"]["terminationGracePeriodSeconds"], values.name)

    def test_static_members_are_named_after_their_pods(self) -> None:
        documents = manifests(ROOT / "tests/deploy/chart/static.yaml")
        self.assertEqual(workload(documents)["kind"], "StatefulSet")
        settings = yaml.safe_load(by_kind(documents, "ConfigMap")["data"]["copydesk.yaml"])
        self.assertEqual(settings["kafka"]["instance_id"], "${POD_NAME}")
        self.assertEqual(settings["kafka"]["consumer"], {"session.timeout.ms": "60000"})

    def test_the_autoscaler_decides_alone_and_never_goes_to_none(self) -> None:
        documents = manifests(ROOT / "tests/deploy/chart/keda.yaml")
        scaled = by_kind(documents, "ScaledObject")["spec"]
        self.assertNotIn("replicas", workload(documents)["spec"])
        self.assertGreaterEqual(scaled["minReplicaCount"], 1)
        self.assertEqual(scaled["triggers"][0]["metadata"]["excludePersistentLag"], "true")
        target = workload(documents)
        self.assertEqual((scaled["scaleTargetRef"]["kind"], scaled["scaleTargetRef"]["name"]), (target["kind"], target["metadata"]["name"]))

    def test_what_belongs_together_finds_each_other(self) -> None:
        for values in VALUES:
            documents = manifests(values)
            labels = workload(documents)["spec"]["template"]["metadata"]["labels"]
            for document in documents:
                selector = document.get("spec", {}).get("selector") or document.get("spec", {}).get("podSelector")
                if selector:
                    self.assertLessEqual(selector.get("matchLabels", selector).items(), labels.items(), f"{values.name} {document['kind']}")

    def test_alerts_link_to_where_the_runbook_is(self) -> None:
        groups = by_kind(manifests(ROOT / "tests/deploy/chart/monitored.yaml"), "PrometheusRule")["spec"]["groups"]
        links = [rule["annotations"]["runbook_url"] for group in groups for rule in group["rules"] if "alert" in rule]
        self.assertIn("https://docs.example.org/copydesk/operating.html#copydeskstalled", links)


if __name__ == "__main__":
    unittest.main()
