"""The first reader after a start, a page in somebody else's frame, and log-in: what only a real browser shows."""

from __future__ import annotations

import http.server
import re
import threading
import time

import pytest

from tests.browser.conftest import serving
from tests.browser.waiting import WAIT, settle
from tests.frame.test_server import CONFIG

WATCH = """addEventListener('securitypolicyviolation',
    e => { (window.violations ??= []).push(e.effectiveDirective + ' ' + e.blockedURI) })"""


pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")


@pytest.fixture(scope="module")
def fresh(demonstration_store):
    """A server that nobody has asked anything yet."""
    with serving(demonstration_store.path) as address:
        yield address


@pytest.fixture
def tab(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page
    context.close()


def test_the_first_deep_link_after_a_start_opens_its_page_without_a_dialog(fresh, tab):
    tab.goto(f"{fresh}/hotspots")
    settle(tab)
    assert tab.get_by_role("dialog").count() == 0
    assert "hotspot patrols" in tab.locator("h1").first.inner_text()
    assert tab.evaluate("window.violations ?? []") == []


def test_charts_and_maps_are_drawn_under_the_policy(fresh, tab):
    for link in ("", "retail_crime", "high_crime"):
        tab.goto(f"{fresh}/{link}")
        settle(tab)
        assert tab.locator("canvas, svg").count() > 0, link
        assert tab.evaluate("window.violations ?? []") == [], link


def test_nobody_frames_the_app(fresh, tab):
    class Frame(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{fresh}/" width="900" height="900"></iframe>'.encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Frame) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        tab.goto(f"http://127.0.0.1:{other.server_port}/")
        deadline = time.monotonic() + WAIT / 1000
        frame = tab.frames[1]
        while frame.url in ("", "about:blank"):  # until something stands there, be it the app
            tab.wait_for_timeout(50)
            assert time.monotonic() < deadline, "the frame came to nothing"
        # Chromium puts a page of its own there, which says that the app refused
        assert [frame.url for frame in tab.frames[1:]] == ["chrome-error://chromewebdata/"]
        other.shutdown()


def test_log_in_and_out_under_the_policy(demonstration_store, tab, tmp_path):
    from tests.frame import test_log_in as flow
    from tests.frame.served import free_port
    from tests.frame.served import serving as serving_from

    port = free_port()
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(CONFIG, encoding="utf-8")
    with flow.oidc_provider_mock.run_server_in_thread() as server:
        # Chromium is started with no name but 127.0.0.1
        provider = f"http://127.0.0.1:{server.server_port}"
        secrets = flow.secrets_of(port, provider, flow.LISTS).replace("localhost", "127.0.0.1")
        (tmp_path / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
        flow.requests.put(f"{provider}/users/ana", json={"sub": "ana", **flow.ANA}, timeout=30)
        with serving_from(tmp_path, port=port, TOWN_CENTRES_STORE=str(demonstration_store.path)):
            tab.goto(f"http://127.0.0.1:{port}/hotspots")
            tab.get_by_role("button", name="Log in").click()
            tab.wait_for_url(f"{provider}/**")
            tab.locator("input[name=sub]").fill("ana")
            tab.locator("input[name=sub]").press("Enter")
            tab.wait_for_url(f"http://127.0.0.1:{port}/**")
            settle(tab)
            tab.get_by_role(
                "button", name=re.compile("^ana")
            ).click()  # the address is parted unseen, to be no link
            tab.get_by_role("button", name="Log out").click()
            tab.wait_for_url(f"{provider}/**")
            tab.goto(f"http://127.0.0.1:{port}/")
            tab.get_by_role("button", name="Log in").wait_for()
            assert tab.locator(".foot").count() == 0
            assert tab.get_by_role("dialog").count() == 0
