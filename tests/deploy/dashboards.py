# SPDX-License-Identifier: Apache-2.0
"""The dashboards and rules in deploy/, read as Grafana and Prometheus read them."""
import json
import pathlib
import re
from collections.abc import Iterator

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DASHBOARDS = sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json"))
RULES = sorted((ROOT / "deploy" / "prometheus").glob("*.yaml"))

_METRIC = re.compile(r"\b((?:copydesk|process)_[a-z0-9_]+|up)\b(?=[{\[ )]|$)")


def boards() -> Iterator[tuple[str, dict]]:
    for path in DASHBOARDS:
        yield path.name, json.loads(path.read_text(encoding="utf-8"))


def panels(board: dict) -> Iterator[dict]:
    """Panels that show something."""
    return (panel for panel in board["panels"] if panel["type"] != "row")


def variables(board: dict) -> dict[str, dict]:
    return {variable["name"]: variable for variable in board["templating"]["list"]}


def rules() -> Iterator[dict]:
    for path in RULES:
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            yield from group["rules"]


def substitute(expression: str, values: dict[str, str]) -> str:
    """`$name` and `${name}` as Grafana replaces them; a name without a value is an error."""
    return re.sub(r"\$\{?([a-z_]+)\}?", lambda match: values[match.group(1)], expression)


def metrics_of(expression: str) -> set[str]:
    """The series that an expression asks for, without a histogram's suffix."""
    names = set(_METRIC.findall(re.sub(r'"[^"]*"', '""', expression)))
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in names}


def documented_metrics() -> set[str]:
    text = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `((?:copydesk|process)_[a-z_]+)` \|", text, re.MULTILINE))
