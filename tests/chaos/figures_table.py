#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/reliability.md from the state files of two chaos runs, at least once and exactly once:
figures_table.py ALO.json EO.json"""

import json
import math
import sys


def percentile(values, share):
    values = sorted(values)
    return values[max(1, math.ceil(share * len(values))) - 1] if values else 0


def recovery(values):
    return f"{percentile(values, 0.5):.1f}, {percentile(values, 1):.1f}" if values else "–"


def duplicated(run):
    counts = run["counts"]
    if run["guarantee"] == "exactly_once":
        return f"**{counts['duplicated']}**"
    return f"{counts['duplicated']:,} ({100 * counts['duplicated'] / counts['in']:.1f} %)"


def of_run(run):
    counts, kinds = run["counts"], run["by_kind"].values()
    recoveries = [seconds for kind in kinds for seconds in kind["recovery_s"]]
    return [
        ("faults", run["faults"]),
        ("hours", f"{run['hours']:.2f}"),
        ("in", f"{counts['in']:,}"),
        ("out", f"{counts['out']:,}"),
        ("dead_lettered", f"{counts['dead_lettered']:,}"),
        ("**lost**", f"**{counts['lost']}**"),
        ("**duplicated**", duplicated(run)),
        ("**reordered**", f"**{counts['reordered']}**"),
        ("**offset_regressions**, of so many commits", f"**{run['offset_regressions']}** of {run['commits']:,}"),
        ("unknown, wrong_topic", f"{counts['unknown']}, {counts['wrong_exit']}"),
        ("aborted_seen, without_value, wrong_timestamp, lag_left",
         f"{counts['aborted_seen']}, {counts['without_value']}, {counts['wrong_timestamp']}, {run['lag_left']}"),
        ("restamped", f"{counts['restamped']:,}"),
        ("longest_stall", f"{max(kind['longest_stall_s'] for kind in kinds):.1f} s"),
        ("recovery: median, longest", f"{percentile(recoveries, 0.5):.1f} s, {percentile(recoveries, 1):.1f} s"),
        ("unasked_ends, unclean_stops", f"{run['unasked_ends']}, {run['unclean_stops']}"),
    ]


def main(at_least_once, exactly_once):
    print("| | at least once | exactly once |\n|---|---|---|")
    for (name, left), (_, right) in zip(of_run(at_least_once), of_run(exactly_once)):
        print(f"| {name} | {left} | {right} |")
    print("\n| fault | at least once: times | duplicated | longest stall, s | recovery, s: median, longest "
          "| exactly once: times | longest stall, s | recovery, s: median, longest |\n|---|---|---|---|---|---|---|---|")
    for name in sorted(at_least_once["by_kind"].keys() | exactly_once["by_kind"].keys()):
        left = at_least_once["by_kind"].get(name)
        right = exactly_once["by_kind"].get(name)
        cells = [left["faults"], left["duplicated"], f"{left['longest_stall_s']:.1f}", recovery(left["recovery_s"])] \
            if left else ["0", "–", "–", "–"]
        cells += [right["faults"], f"{right['longest_stall_s']:.1f}", recovery(right["recovery_s"])] \
            if right else ["0", "–", "–"]
        print(f"| `{name}` | " + " | ".join(str(cell) for cell in cells) + " |")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*(json.load(open(path, encoding="utf-8")) for path in sys.argv[1:]))
