# SPDX-License-Identifier: Apache-2.0
"""chart_server_test.py, with the Python and the tools of tools/setup_chart_tools and the server of tools/setup_kube_apiserver:
a real kube-apiserver takes the Helm chart with each set of values in chart/: every manifest in a strict dry run, and all of
them when Helm installs, upgrades and removes them. There are no nodes, so nothing runs."""
import copy
import ctypes
import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import yaml

from packaged_chart import packaged_chart

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".deps" / "deploy"
CHART = packaged_chart()
VALUES = sorted((ROOT / "tests" / "deploy" / "chart").glob("*.yaml"))
NAMESPACE = "wire"
TOKEN = "of-this-test-only"
START_SECONDS = 180
API = {
    "ConfigMap": ("api/v1", "configmaps"),
    "Secret": ("api/v1", "secrets"),
    "Service": ("api/v1", "services"),
    "ServiceAccount": ("api/v1", "serviceaccounts"),
    "Deployment": ("apis/apps/v1", "deployments"),
    "StatefulSet": ("apis/apps/v1", "statefulsets"),
    "PodDisruptionBudget": ("apis/policy/v1", "poddisruptionbudgets"),
    "NetworkPolicy": ("apis/networking.k8s.io/v1", "networkpolicies"),
    "ScaledObject": ("apis/keda.sh/v1alpha1", "scaledobjects"),
    "ServiceMonitor": ("apis/monitoring.coreos.com/v1", "servicemonitors"),
    "PrometheusRule": ("apis/monitoring.coreos.com/v1", "prometheusrules"),
}


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def ends_with_this_process() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Server:
    """etcd and kube-apiserver in a folder of their own, on loopback."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen] = []
        client, peer, self.port = free_ports(3)
        key = folder / "service-account.key"
        subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
        (folder / "tokens.csv").write_text(f"{TOKEN},admin,admin,system:masters\n")
        peers = f"http://127.0.0.1:{peer}"
        self.start("etcd", "--data-dir", folder / "etcd", "--unsafe-no-fsync",
                   "--listen-client-urls", f"http://127.0.0.1:{client}",
                   "--advertise-client-urls", f"http://127.0.0.1:{client}", "--listen-peer-urls", peers,
                   "--initial-advertise-peer-urls", peers, "--initial-cluster", f"default={peers}")
        self.start("kube-apiserver", f"--etcd-servers=http://127.0.0.1:{client}", "--bind-address=127.0.0.1",
                   f"--secure-port={self.port}", f"--cert-dir={folder / 'certificates'}",
                   "--service-account-issuer=https://kubernetes.default.svc", f"--service-account-key-file={key}",
                   f"--service-account-signing-key-file={key}", "--service-cluster-ip-range=10.0.0.0/24",
                   "--authorization-mode=RBAC", f"--token-auth-file={folder / 'tokens.csv'}",
                   "--disable-admission-plugins=ServiceAccount")
        self.kubeconfig = folder / "kubeconfig"
        self.kubeconfig.write_text(yaml.safe_dump({
            "apiVersion": "v1", "kind": "Config", "current-context": "test",
            "clusters": [{"name": "test", "cluster": {"server": f"https://127.0.0.1:{self.port}",
                                                      "insecure-skip-tls-verify": True}}],
            "users": [{"name": "test", "user": {"token": TOKEN}}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}]}))
        self.wait("/readyz", lambda answer: answer == "ok")

    def start(self, program: str, *arguments: str | os.PathLike) -> None:
        with (self.folder / f"{program}.log").open("w") as log:
            self.processes.append(subprocess.Popen([TOOLS / "bin" / program, *arguments], cwd=self.folder, stdout=log,
                                                   stderr=log, preexec_fn=ends_with_this_process))

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.wait()

    def ask(self, path: str, body: dict | None = None) -> str:
        request = urllib.request.Request(f"https://127.0.0.1:{self.port}{path}", headers={
            "Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
            data=None if body is None else json.dumps(body).encode())
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it made its certificate itself, just now
        try:
            with urllib.request.urlopen(request, context=context) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"{path}: {refusal.code} {refusal.read().decode()}") from None

    def wait(self, path: str, is_there) -> None:
        begin = time.monotonic()
        while True:
            try:
                if is_there(self.ask(path)):
                    return
                problem = "not yet"
            except (AssertionError, OSError) as reason:
                problem = str(reason)
            if any(process.poll() is not None for process in self.processes) or time.monotonic() - begin > START_SECONDS:
                logs = "".join(log.read_text(errors="replace")[-3000:] for log in self.folder.glob("*.log"))
                raise AssertionError(f"{path}: {problem}\n{logs}")
            time.sleep(0.3)

    def version(self) -> str:
        return json.loads(self.ask("/version"))["gitVersion"]

    def take_custom_kinds(self) -> None:
        for path in sorted((TOOLS / "schemas").glob("*.yaml")):
            definition = yaml.safe_load(path.read_text())
            name = definition["metadata"]["name"]
            self.ask("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)
            self.wait(f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}", lambda answer: any(
                condition["type"] == "Established" and condition["status"] == "True"
                for condition in json.loads(answer).get("status", {}).get("conditions") or []))

    def dry_run(self, manifest: dict) -> dict:
        group, plural = API[manifest["kind"]]
        return json.loads(self.ask(f"/{group}/namespaces/{NAMESPACE}/{plural}?dryRun=All&fieldValidation=Strict", manifest))

    def helm(self, *arguments: str | os.PathLike) -> str:
        result = subprocess.run([TOOLS / "bin" / "helm", "--kubeconfig", self.kubeconfig, "--namespace", NAMESPACE, *arguments],
                                capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise AssertionError(f"helm {arguments[0]}: {result.stderr}")
        return result.stdout


class ChartOnAServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.server = Server(pathlib.Path(cls.folder.name))
        cls.addClassCleanup(cls.server.stop)
        cls.server.take_custom_kinds()
        cls.server.ask("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})

    def manifests(self, values: pathlib.Path) -> list[dict]:
        rendered = self.server.helm("template", "desk", CHART, "--kube-version", self.server.version(), "--values", values)
        return [manifest for manifest in yaml.safe_load_all(rendered) if manifest]

    def test_a_strict_dry_run_takes_every_manifest(self) -> None:
        taken = set()
        for values in VALUES:
            for manifest in self.manifests(values):
                with self.subTest(values=values.name, kind=manifest["kind"]):
                    self.assertEqual(self.server.dry_run(manifest)["kind"], manifest["kind"])
                    taken.add(manifest["kind"])
        self.assertLessEqual({"Deployment", "StatefulSet", "ScaledObject", "ServiceMonitor", "PrometheusRule"}, taken)
        print(f"{len(taken)} kinds in {len(VALUES)} sets of values taken by kube-apiserver "
              f"{self.server.version()}", flush=True)

    def test_the_server_refuses_what_is_wrong(self) -> None:
        for values, kind, path, value in (("keda.yaml", "ScaledObject", ["spec", "minReplicas"], 1),
                                          ("default.yaml", "Deployment", ["spec", "replicas"], -1)):
            manifest = next(copy.deepcopy(each) for each in self.manifests(ROOT / "tests/deploy/chart" / values)
                            if each["kind"] == kind)
            inside = manifest
            for name in path[:-1]:
                inside = inside[name]
            inside[path[-1]] = value
            with self.subTest(kind=kind), self.assertRaises(AssertionError):
                self.server.dry_run(manifest)

    def test_helm_installs_upgrades_and_removes_it(self) -> None:
        for values in VALUES:
            with self.subTest(values=values.name):
                self.server.helm("install", "desk", CHART, "--values", values)
                self.assertIn("Service", {item["kind"] for item in self.manifests(values)})
                self.assertTrue(json.loads(self.server.ask(f"/api/v1/namespaces/{NAMESPACE}/services"))["items"])
                self.server.helm("upgrade", "desk", CHART, "--values", values, "--set", "podAnnotations.turn=second")
                self.server.helm("uninstall", "desk")
                self.assertFalse(json.loads(self.server.ask(f"/api/v1/namespaces/{NAMESPACE}/services"))["items"])


if __name__ == "__main__":
    unittest.main()
