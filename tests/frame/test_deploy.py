"""What DEPLOY.md and the Dockerfile say is so; two processes over one store see each other's changes."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

from data.access import DEFAULT_HOURS, MOST_HOURS, Role, read_rules
from data.permitted import command_line, keep_records, remove
from data.records import current_version, read_upload, records_fingerprint
from data.store import open_store
from tests.conftest import PROJECT

DEPLOY = (PROJECT / "DEPLOY.md").read_text(encoding="utf-8")
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
CONFIG = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
LOG = "Date,Hotspot,Start,End,Officers\n2023-10-01,Billingham Central,10:00,11:30,2\n"


def block(kind: str) -> str:
    return re.search(rf"```{kind}\n(.*?)```", DEPLOY, re.S)[1]


def test_the_printed_lists_are_lists():
    rules = read_rules(tomllib.loads(block("toml"))["access"])
    assert set(rules.lists) == {Role.READER, Role.RECORDS, Role.OWNER}
    assert rules.hours == DEFAULT_HOURS
    assert f"({DEFAULT_HOURS} by default, {MOST_HOURS} at most)" in DEPLOY


def test_the_proxy_lets_one_file_through_and_closes_what_the_app_closes():
    nginx = block("nginx")
    assert int(re.search(r"client_max_body_size (\d+)m", nginx)[1]) > CONFIG["server"]["maxUploadSize"]
    assert "_stcore/(metrics|agent)" in nginx
    assert "$request " not in nginx, "a link or a log-in's code would stand in the proxy's log"


def test_the_plain_start_is_this_machines_alone():
    server = CONFIG["server"]
    assert server["address"] == "localhost"
    assert server["allowedHosts"] == ["localhost", "127.0.0.1"]
    assert server["maxUploadSize"] == 200  # the owner's; the app's gate gives everybody else less
    assert server["enableAgentApi"] is False
    for switch in ("enableXsrfProtection", "enableCORS"):
        assert server.get(switch, True) is True


def test_the_image_runs_as_a_user_without_code_of_its_own_and_holds_no_secret():
    lines = DOCKERFILE.splitlines()
    user = next(number for number, line in enumerate(lines) if line.startswith("USER"))
    assert lines[user] != "USER root"
    assert not [line for line in lines[user:] if line.startswith(("COPY", "ADD", "RUN"))]
    assert "chown" not in DOCKERFILE
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".streamlit/secrets.toml", "data/store/*", "static", ".git"} <= set(ignored)
    assert "ALLOWED_HOSTS" not in DOCKERFILE, "a name is given when it is run"


def test_two_processes_see_each_others_imports_and_withdrawals(tmp_path, shared):
    store, path = open_store(tmp_path), str(tmp_path)
    before = store.fingerprint()
    lookup = str(shared / "geography" / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    other_process("import-lookup", lookup, "--store", path)
    assert store.fingerprint() != before
    assert len(store.crosswalk().ground_of) > 300

    keep_records(command_line(), tmp_path, read_upload("patrol-log", "log.csv", LOG.encode()))
    kept = records_fingerprint(tmp_path)
    other_process("records", "remove", "patrol-log", "--all", "--store", path)
    assert current_version(tmp_path, "patrol-log") is None
    assert records_fingerprint(tmp_path) != kept

    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    other_process("import-records", "patrol-log", str(tmp_path / "log.csv"), "--store", path)
    assert current_version(tmp_path, "patrol-log").rows == 1
    remove(command_line(), tmp_path, "patrol-log")


def other_process(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "data", *arguments], cwd=PROJECT, check=True, capture_output=True)
