"""A Spark session: where it is, how it begins, and whether it still answers.

An address (``sc://host:port/;token=...``) may hold a token, so no sentence, log line or repr has it in it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.model.errors import AnalysisError, RefusedError

Session = Any
"""A Spark session of either kind; a plain installation has no PySpark to take its type from."""

LOCAL = "local[*]"
"""Spark inside this machine, on all of its cores; needs Java 17."""

_LOCAL_SETTINGS = {
    "spark.ui.enabled": "false",  # a web page that nobody asked for
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # nothing is kept in it; without a place of its own Spark makes a folder where the app was started
    "spark.sql.warehouse.dir": str(Path(tempfile.gettempdir()) / "town-centres-spark"),
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "4",  # 200, its default, are for a cluster
}

TRIES = 4
"""Times that a server that does not answer is asked again, over some five seconds; Spark's own are ten minutes."""

LOST = (
    "Spark does not answer: its session ended or its server cannot be reached. Ask again when it runs; if it runs inside "
    "this machine, start the app anew."
)


class SparkLostError(AnalysisError):
    """The session of Spark ended, or its server cannot be reached."""


def check_spark(address: str) -> None:
    """Raise RefusedError where Spark is not installed, or the address is of no kind that is known."""
    if find_spec("pyspark") is None:
        raise RefusedError(
            "TOWN_CENTRES_ENGINE asks for Spark, which is not installed. Install it with: pip install -e “.[spark]”, or "
            "leave TOWN_CENTRES_ENGINE unset."
        )
    if not address.startswith(("sc://", "local", "spark://", "yarn", "k8s://")):
        raise RefusedError(
            "TOWN_CENTRES_SPARK is no address of a Spark session. Set it to sc://host:port or local[*], or leave it unset."
        )


def new_session(address: str) -> Session:
    """Return a new session at this address: over Spark Connect for ``sc://``, else with a driver in this process.

    Raises SparkLostError where it cannot begin.
    """
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.appName("safe-town-centres")
    try:
        if not address.startswith("sc://"):
            # Spark would start another Python, by the name python3, for what is computed beside it
            os.environ["PYSPARK_PYTHON"] = sys.executable
            for name, value in _LOCAL_SETTINGS.items() if address.startswith("local") else ():
                builder = builder.config(name, value)
            return builder.master(address).getOrCreate()
        return _remote(address)
    except spark_errors():
        # not chained: what Spark says of an address has its token in it
        raise SparkLostError(LOST) from None


def _remote(address: str) -> Session:
    from pyspark.sql.connect.client.retries import DefaultPolicy
    from pyspark.sql.connect.session import SparkSession as RemoteSession

    # nothing is asked of the server until the limit of tries stands
    session: Session = RemoteSession.builder.remote(address).create()
    session.client.set_retry_policies(
        [DefaultPolicy(max_retries=TRIES, initial_backoff=50, max_backoff=4000)]
    )
    return session


def spark_errors() -> tuple[type[BaseException], ...]:
    """Return what Spark and the two ways to it raise."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    errors: tuple[type[BaseException], ...] = (PySparkException, Py4JError, OSError)
    if find_spec("grpc") is not None:
        from grpc import RpcError

        errors = (*errors, RpcError)
    return errors


def answers(session: Session) -> bool:
    """Return whether the session still answers the least question."""
    # a session that was stopped has lost its parts
    errors: tuple[type[BaseException], ...] = (*spark_errors(), AttributeError)
    try:
        return len(session.sql("SELECT 1").collect()) == 1
    except errors:
        return False
