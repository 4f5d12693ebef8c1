"""The server as it comes: which hosts, what is closed, who uploads how much, what every answer says to a browser."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack

import pytest
from websockets import CloseCode
from websockets.exceptions import ConnectionClosed, InvalidStatus

from data.access import Role
from data.audit import AuditLog
from pages.frame.server import messages, uploads
from tests.conftest import PROJECT
from tests.frame.served import Served, serving

PROBE = PROJECT / "tests" / "frame" / "probe.py"
CONFIG = (PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
MB = 1_000_000
PROXIES = {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=1", "X-Real-IP": "127.0.0.1", "Via": "1.1 p"}


def folder_of(tmp_path_factory, name: str):
    folder = tmp_path_factory.mktemp(name)
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(CONFIG, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The probe behind the app's defences, with the project's configuration and nothing else set."""
    folder = folder_of(tmp_path_factory, "served")
    with serving(folder, script=PROBE, TOWN_CENTRES_STORE=str(folder / "store")) as server:
        yield server


# hosts


@pytest.mark.parametrize(
    "path", ["/", "/hotspots", "/_stcore/health", "/_stcore/host-config", "/media/x", "/static/x"]
)
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.nip.io", ""]
)
def test_no_path_answers_under_another_name(served, path, host):
    answer = served.ask(path, headers={"Host": host})
    assert answer.status in {400, 403}
    assert b"Streamlit" not in answer.body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:{port}", "127.0.0.1:{port}", "localhost.:1"])
def test_this_machine_answers_under_its_names(served, host):
    assert served.ask("/_stcore/health", headers={"Host": host.format(port=served.port)}).status == 200


def test_two_hosts_are_none(served):
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(
            f"GET / HTTP/1.1\r\nHost: {served.host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode()
        )
        first = raw.makefile("rb").readline()
    assert first.split()[1] in {b"400", b"403"}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80"])
def test_the_websocket_refuses_a_rebound_name(served, host):
    with pytest.raises(InvalidStatus) as refused, served.session(Host=host):
        pass
    assert refused.value.response.status_code == 403


def test_the_websocket_refuses_another_sites_page(served):
    with pytest.raises(InvalidStatus), served.session(Origin="http://evil.example"):
        pass


def test_nobody_beyond_this_machine_reaches_it(served):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which of our addresses would be used
        own = probe.getsockname()[0]
    if own.startswith("127."):
        pytest.skip("this machine has no other address than loopback")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((own, served.port), timeout=5)


def test_where_the_app_is_served_address_and_hosts_are_set_from_outside(tmp_path_factory):
    folder = folder_of(tmp_path_factory, "office")
    with serving(
        folder,
        script=PROBE,
        TOWN_CENTRES_STORE=str(folder / "store"),
        TOWN_CENTRES_MAP_STYLE="https://tiles.example:8443/styles/bright.json?key=secret",
        STREAMLIT_SERVER_ADDRESS="0.0.0.0",
        STREAMLIT_SERVER_ALLOWED_HOSTS="towns.office.example status.office.example",
    ) as office:
        good = office.ask("/", headers={"Host": "towns.office.example"})
        assert good.status == 200
        assert office.ask("/", headers={"Host": "status.office.example:443"}).status == 200
        assert office.ask("/").status == 403
        policy = policy_of(good)
        assert policy["connect-src"] == "'self' https://tiles.example:8443"
        assert policy["img-src"] == "'self' data: blob: https://tiles.example:8443"
        assert "secret" not in good.headers["content-security-policy"]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            own = probe.getsockname()[0]
        socket.create_connection((own, office.port), timeout=5).close()
        assert (
            "external" not in office.log.read_text(encoding="utf-8").lower()
        )  # nobody was asked for our address


# headers


def policy_of(answer) -> dict[str, str]:
    rules = answer.headers["content-security-policy"].split("; ")
    return dict(rule.split(" ", 1) for rule in rules)


@pytest.mark.parametrize(
    ("path", "host", "method"),
    [
        ("/", "", "GET"),
        ("/hotspots", "", "GET"),
        ("/_stcore/health", "", "GET"),
        ("/media/nothing.html", "", "GET"),
        ("/_stcore/upload_file/a/b", "", "PUT"),
        ("/_stcore/agent/interact", "", "POST"),
        ("/", "evil.example", "GET"),
    ],
)
def test_every_answer_has_the_headers(served, path, host, method):
    answer = served.ask(path, method, {"Host": host or served.host, "Content-Length": "0"})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    policy = policy_of(answer)
    assert policy.pop("script-src").startswith("'self' blob: 'wasm-unsafe-eval' 'sha256-")
    assert policy == {
        "default-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self' data:",
        "img-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }


def test_no_other_sites_page_may_read_an_answer(served):
    for path in ("/", "/_stcore/health", "/media/x", "/app/static/x"):
        answer = served.ask(path, headers={"Origin": "http://evil.example"})
        assert answer.headers.get("access-control-allow-origin") is None


# what is closed


@pytest.mark.parametrize(
    "path", ["/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_paths_of_agents_are_closed(served, path, method):
    answer = served.ask(path, method, {"Content-Type": "application/json"}, b"{}")
    assert (answer.status, answer.body) == (404, b"There is nothing here.")


def test_measurements_are_the_owners(served):
    assert served.ask("/_stcore/metrics").status == 200
    for name, value in PROXIES.items():
        assert served.ask("/_stcore/metrics", headers={name: value}).status == 403


# who is at the screen


def role(words: str) -> str:
    return words.split("role=")[1].split(" ", maxsplit=1)[0]


def test_this_machines_browser_is_the_owner_and_a_proxys_reader_reads(served):
    with served.session() as page:
        assert role(page.run()) == "OWNER"
    for name, value in PROXIES.items():
        with served.session(**{name: value}) as page:
            assert role(page.run()) == "READER"
    with served.session(Origin="") as page:
        assert role(page.run()) == "READER"


def test_the_log_names_the_reader_behind_a_proxy_on_this_machine(served):
    with served.session(**{"X-Forwarded-For": "203.0.113.9"}) as page:
        assert "where=203.0.113.9" in page.run()


# what an open page asks


def kept(words: str) -> str:
    return words.split("kept=")[1].split('"', maxsplit=1)[0]


def test_only_the_owner_empties_everybodys_caches(served):
    with served.session() as owner, served.session(Via="1.1 proxy") as reader:
        before = kept(owner.run())
        reader.run()
        reader.send("clear_cache")
        assert kept(reader.run()) == before
        owner.send("clear_cache")
        assert kept(owner.run()) != before


def test_a_part_of_a_page_runs_by_itself_for_a_reader(served):
    with served.session(Via="1.1 proxy") as reader:
        assert "role=READER" in reader.run()
        words = reader.run(part=reader.part)
        assert "the part was drawn" in words
        assert "role=" not in words


def test_few_bytes_that_unpack_to_many_end_the_connection_and_nobody_elses(served):
    with served.session() as other, served.session(Via="1.1 proxy") as reader:
        assert "permessage-deflate" in reader.socket.response.headers["Sec-WebSocket-Extensions"]
        # a megabyte over what is allowed; on the wire it is some 30 kB
        reader.socket.send(bytes(33 * 1024 * 1024))
        with pytest.raises(ConnectionClosed) as closed:
            reader.run()
        assert closed.value.rcvd.code == CloseCode.MESSAGE_TOO_BIG
        assert "role=OWNER" in other.run()


@pytest.mark.parametrize(
    "kind", list(messages.BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields), ids=lambda f: f.name
)
def test_each_message_for_each_role(kind):
    message = messages.BackMsg()
    if kind.message_type:
        getattr(message, kind.name).SetInParent()
    else:
        setattr(message, kind.name, True)
    sent = message.SerializeToString()
    passed = {role for role in Role if messages.permitted_message(sent, role) is not None}
    least = {"rerun_script": 0, "stop_script": 0, "app_heartbeat": 0}
    least |= {"backend_operation_request": 1, "file_urls_request": 1}
    assert passed == {role for role in Role if role >= least.get(kind.name, Role.OWNER)}


def test_a_message_that_is_none_is_left_to_streamlit():
    assert messages.permitted_message(b"\xff\xff", Role.NOBODY) == b"\xff\xff"


# uploads


def multipart(size: int) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    return head + b"a" * size + b"\r\n--x--\r\n"


def upload(served: Served, session: str, file: str, size: int = 10, **headers: str):
    token = served.xsrf()
    sent = {
        "Content-Type": "multipart/form-data; boundary=x",
        "X-Xsrftoken": token,
        "Cookie": f"_streamlit_xsrf={token}",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    body = b"" if sent.get("Content-Length", "") else multipart(size)
    return served.ask(f"/_stcore/upload_file/{session}/{file}", "PUT", sent, body)


@pytest.fixture
def page(served):
    with served.session() as opened:
        opened.run()
        yield opened


def test_a_file_of_the_owners_is_taken_up_to_the_limit_of_one(served, page):
    assert upload(served, page.id, "one").status == 204
    too_large = 200 * 1024 * 1024 + 1
    assert upload(served, page.id, "two", too_large).status == 413
    assert upload(served, page.id, "two", 60 * MB).status == 204


def test_whoever_may_only_give_records_has_a_smaller_limit():
    gate = uploads.UploadGate(app=None)
    assert gate.too_much(("a", "b"), 20 * 1024 * 1024) == ""
    assert "at most 20 MB" in gate.too_much(("a", "b"), 20 * 1024 * 1024 + 1001)
    assert "at most 20 MB" in gate.too_much(("a", "b"), uploads.stated_bytes(uploads.Headers({})))
    assert gate.too_much(("a", "b"), 60 * MB, owner=True) == ""


@pytest.mark.parametrize("name", [*PROXIES, "Origin"])
def test_no_upload_from_whoever_may_not(served, page, name):
    answer = upload(served, page.id, "one", **{name: PROXIES.get(name, "http://evil.example")})
    assert answer.status == 403
    assert "You may not upload" in answer.body.decode()
    line = AuditLog(served.log.parent / "store").table().iloc[0]
    assert (line["what"], line["outcome"], line["role"]) == ("upload", "refused", "reader")


@pytest.mark.parametrize(
    "path", ["/_stcore/upload_file/a", "/_stcore/upload_file/a/b/c", "/_stcore/upload_file"]
)
def test_no_other_path_of_uploads(served, path):
    assert served.ask(path, "PUT", {"Content-Length": "0"}).status == 404


def test_four_files_of_records_a_session_and_more_of_the_owners(monkeypatch):
    gate = uploads.UploadGate(app=None)
    monkeypatch.setattr(uploads, "files_held", lambda: {"s": dict.fromkeys("abcd", 10)})
    assert "4 files" in gate.too_much(("s", "e"), 10)
    assert gate.too_much(("s", "a"), 10) == ""  # the same file again
    assert gate.too_much(("s", "e"), 10, owner=True) == ""
    monkeypatch.setattr(uploads, "files_held", lambda: {"s": {str(number): 10 for number in range(80)}})
    assert "80 files" in gate.too_much(("s", "e"), 10, owner=True)


def test_eighty_files_a_session_and_one_taken_away_makes_room(served, page):
    for number in range(80):
        assert upload(served, page.id, f"f{number}").status == 204
    answer = upload(served, page.id, "e")
    assert (answer.status, "80 files" in answer.body.decode()) == (413, True)
    assert upload(served, page.id, "f0").status == 204  # the same file again
    token = served.xsrf()
    sent = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}
    assert served.ask(f"/_stcore/upload_file/{page.id}/f0", "DELETE", sent).status == 204
    assert upload(served, page.id, "e").status == 204


def test_a_stated_length_is_refused_before_a_byte_is_read(served, page):
    answer = upload(served, page.id, "one", Content_Length=str(221 * MB))
    assert (answer.status, "220 MB" in answer.body.decode()) == (413, True)


def test_files_under_way_count_like_files_held(served, page):
    # eleven connections that state 20 MB each and send nothing: as much as a session may have
    with ExitStack() as stack:
        for number in range(11):
            raw = stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
            raw.sendall(begun(served, page.id, f"slow-{number}", 20 * MB))
        wait_until(lambda: upload(served, page.id, "last").status == 413)
    wait_until(lambda: upload(served, page.id, "last").status == 204)


def begun(served: Served, session: str, file: str, size: int) -> bytes:
    token = served.xsrf()
    return (
        f"PUT /_stcore/upload_file/{session}/{file} HTTP/1.1\r\nHost: {served.host}\r\nOrigin: http://{served.host}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nX-Xsrftoken: {token}\r\nCookie: _streamlit_xsrf={token}\r\n"
        f"Content-Length: {size}\r\n\r\n--x\r\n"
    ).encode()


def wait_until(true) -> None:
    pause = threading.Event()
    for _ in range(100):
        if true():
            return
        pause.wait(0.1)
    pytest.fail("it did not come about in 10 s")


def test_all_sessions_together_have_a_limit(monkeypatch):
    gate = uploads.UploadGate(app=None)
    held = {f"s{number}": {"a": 20 * MB, "b": 20 * MB} for number in range(9)}
    monkeypatch.setattr(uploads, "files_held", lambda: held)
    assert gate.too_much(("new", "a"), 40 * MB, owner=True) == ""
    assert "by others" in gate.too_much(("new", "a"), 40 * MB + 1, owner=True)
    gate.under_way["other", "a"] = 30 * MB
    assert "by others" in gate.too_much(("new", "a"), 20 * MB)
    assert gate.too_much(("new", "a"), 10 * MB) == ""
    held.clear()
    held["s1"] = {"a": 60 * MB, "b": 20 * MB}  # an owner's, whose role has been taken away meanwhile
    assert "100 MB" in gate.too_much(("s1", "c"), 20 * MB + 1)
    assert "220 MB" in gate.too_much(("s1", "c"), 140 * MB + 1, owner=True)
    assert gate.too_much(("s1", "b"), 10 * MB) == ""  # in its own place


def test_an_upload_that_states_no_length_counts_as_the_largest():
    assert uploads.stated_bytes(uploads.Headers({"content-length": "12"})) == 12
    for stated in ("", "-1", "1e9", "²", "0x10"):
        assert uploads.stated_bytes(uploads.Headers({"content-length": stated})) > 20 * MB


def test_files_of_a_session_that_ended_are_gone(served, page):
    assert upload(served, "00000000-0000-0000-0000-000000000000", "a").status == 400
