"""A Spark Connect server on this machine's loopback, and whether Spark can run here at all."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).parents[2]

START = 600
"""Seconds: a guard against hanging."""


def why_not() -> str:
    """Return why Spark cannot run here, nothing where it can."""
    if find_spec("pyspark") is None:
        return 'PySpark is not installed (pip install -e ".[spark]")'
    if shutil.which("java") is None:
        return "no Java is installed (Debian's openjdk-17-jre-headless)"
    return ""


class ConnectServer:
    """A server of its own process; `stop` kills it as a machine that fails would."""

    def __init__(self, folder: Path) -> None:
        home = Path(find_spec("pyspark").origin).parent
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = {
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": self.port,
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": 4,
            "spark.sql.warehouse.dir": folder / "warehouse",
        }
        self.log = folder / "server.log"
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                [
                    home / "bin" / "spark-submit",
                    *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
                    *("--master", "local[2]"),
                    *(word for name, value in settings.items() for word in ("--conf", f"{name}={value}")),
                    "spark-internal",
                ],
                cwd=folder,
                # its workers find the project where an office has it installed
                env=os.environ
                | {"SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(PROJECT)},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        for _ in range(START):
            assert self._process.poll() is None, self.log.read_text()
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(1)
        self.stop()
        raise AssertionError(self.log.read_text())

    @property
    def address(self) -> str:
        return f"sc://127.0.0.1:{self.port}"

    def stop(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
