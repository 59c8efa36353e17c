#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""service_test.py BUILD_DIR: `copydesk run` as systemd starts it (Type=notify), with the image's settings."""
import os
import pathlib
import subprocess
import sys

import worker_trial
from dashboards import ROOT


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()

    def start(broker: worker_trial.Broker, port: int, environment: dict[str, str], log: object) -> subprocess.Popen:
        environment |= {"KAFKA_BROKERS": broker.address, "HTTP_PORT": str(port)}
        return subprocess.Popen([build / "copydesk", "run", "--config", ROOT / "deploy" / "container" / "copydesk.yaml"],
                                env=os.environ | environment, stdout=log, stderr=log)

    print(worker_trial.run(build, start))
    return 0


if __name__ == "__main__":
    sys.exit(worker_trial.exit_code_of(main))
