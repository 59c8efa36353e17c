#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The paper model of docs/scaling.md: what a number of workers does, or a number of articles needs. With your own figures:

    bench/scaling_model.py --worker-ms 1.4 --broker-ms 0.3 --articles-per-hour 4e6
"""
import argparse
import dataclasses
import math

HOUR, DAY, MONTH = 3600, 86_400, 30 * 86_400
PARTITIONS = (6, 12, 24, 36, 60, 120, 240, 360, 600, 1200, 2400, 3600)  # have many divisors


@dataclasses.dataclass
class Assumptions:
    worker_ms: float = 1.0         # c: worker CPU per article
    broker_ms: float = 0.5         # b: broker CPU per article, one replica
    replica_ms: float = 0.2        # r: and for each further replica
    peak: float = 3.0              # p: busiest minute ÷ average
    busy: float = 0.7              # u: of a worker's cores, in the busiest minute
    broker_busy: float = 0.5       # v: of a broker's cores
    replicas: int = 3              # R
    article_kb: float = 1.0        # i: an article as it is stored, compressed
    record_kb: float = 3.0         # o: a record likewise
    worker_mb: float = 250.0       # m: memory of a worker
    days: float = 3.0              # D: retention
    core_price: float = 30.0       # $ a month for a core with 4 GB
    disk_price: float = 0.10       # $ a month for a GB
    traffic_price: float = 0.02    # $ for a GB between zones


def number(value, unit=""):
    """Two digits: 1,234,000 is 1.2 M; and 23,400 is 23 k, but 2,340 is 2,300."""
    for size, sign in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")):
        if value >= size:
            return f"{float(format(value / (1e3 if sign == 'k' else size), '.2g')):,g} {sign}{unit}"
    return f"{float(format(value, '.2g')):,g}"


def plan(workers, rate, of):
    """One column: `workers` of one core each, and the average rate of articles a second that they are planned for."""
    peak = rate * of.peak
    kb = of.article_kb + of.record_kb
    partitions = next((n for n in PARTITIONS if n >= 2 * workers), 2 * workers)
    cores = peak * (of.broker_ms + of.replica_ms * (of.replicas - 1)) / 1e3 / of.broker_busy
    broker_cores = max(math.ceil(cores), 2 * of.replicas)
    disk = rate * of.days * DAY * kb * of.replicas * 1e3
    crossing = rate * MONTH * kb * (of.replicas - 1 + 4 / 3) * 1e3
    capacity = workers * 1e3 / of.worker_ms
    return {
        "workers, a core each (*W*)": f"{workers:,}",
        "articles an hour, on average": number(rate * HOUR),
        "articles a second, on average (*λ*)": number(rate),
        "in the busiest minute (*λ p*)": number(peak),
        "partitions of input and output, each (*P*)": f"{partitions:,}",
        "memory of the workers": number(workers * of.worker_mb * 1e6, "B"),
        "brokers' cores, all together (*K*)": f"{broker_cores:,}",
        "brokers' network, busiest minute": number(peak * kb * 2 * of.replicas * 1e3, "B/s"),
        "brokers' disk": number(disk, "B"),
        "catching up after an hour's outage": f"{60 * rate / (capacity - rate):.0f} min",
        "workers, $ a month": number(workers * of.core_price),
        "brokers' cores, $ a month": number(broker_cores * of.core_price),
        "disk, $ a month": number(disk / 1e9 * of.disk_price),
        "between zones, $ a month": number(crossing / 1e9 * of.traffic_price),
    }


def model_table(of, articles_per_hour=1e6, workers=(10, 100, 1000)):
    rate = articles_per_hour / HOUR
    needed = max(2, math.ceil(rate * of.peak * of.worker_ms / 1e3 / of.busy))
    columns = {f"{number(articles_per_hour)} articles an hour": plan(needed, rate, of)}
    for count in workers:
        columns[f"{count:,} workers"] = plan(count, count * of.busy * 1e3 / of.worker_ms / of.peak, of)
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    for row in next(iter(columns.values())):
        lines.append(f"| {row} | " + " | ".join(column[row] for column in columns.values()) + " |")
    lines += ["", f"With *c* = {of.worker_ms:.2f} ms, *b* = {of.broker_ms:.2f} ms, *r* = {of.replica_ms:.2f} ms, *p* = {of.peak:g}, "
              f"*u* = {of.busy:g}, *v* = {of.broker_busy:g}, *R* = {of.replicas}, *i* = {of.article_kb:g} kB, *o* = {of.record_kb:g} kB, "
              f"*m* = {of.worker_mb:g} MB, *D* = {of.days:g} days; $ {of.core_price:g} a core, $ {of.disk_price:.2f} a GB of disk, "
              f"$ {of.traffic_price:.2f} a GB between zones."]
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles-per-hour", type=float, default=1e6)
    for field in dataclasses.fields(Assumptions):
        parser.add_argument("--" + field.name.replace("_", "-"), type=field.type, default=field.default,
                            help=f"default: {field.default}")
    arguments = vars(parser.parse_args())
    articles = arguments.pop("articles_per_hour")
    print("\n".join(model_table(Assumptions(**arguments), articles)))


if __name__ == "__main__":
    main()
