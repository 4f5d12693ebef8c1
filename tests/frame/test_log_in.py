"""Log-in against a provider on loopback: from log-in to log-out, forged, expired and foreign tokens, lists that change."""

from __future__ import annotations

import base64
import json
import re
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import authlib.deprecate
import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.frame.served import Served, free_port, serving
from tests.frame.test_server import CONFIG, PROBE, role, upload

with warnings.catch_warnings():
    # Authlib, once imported, shows its own warnings whatever the filters say
    warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
    import oidc_provider_mock
    from oidc_provider_mock import _app as mock_app

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

SECRET = "a cookie secret of the tests, thirty-two letters or more"

ANA = {"email": "ana@office.example", "email_verified": True}


@dataclass
class Office:
    """The app with log-in, and the provider that it asks."""

    served: Served
    provider: str
    secrets: Path

    @property
    def address(self) -> str:
        return f"http://{self.served.host}"

    def write(self, access: str) -> None:
        self.secrets.write_text(secrets_of(self.served.port, self.provider, access), encoding="utf-8")

    def log_in(self, name: str, claims: dict) -> requests.Session:
        """Go the way of a browser: from the log-in button to the provider, through its form and back."""
        requests.put(
            f"{self.provider}/users/{name}", json={"sub": name, **claims}, timeout=30
        ).raise_for_status()
        browser = requests.Session()
        form = browser.get(self.address + self.start(), timeout=30)
        assert form.url.startswith(self.provider), form.text[:500]
        back = browser.post(form.url, data={"sub": name}, timeout=30, allow_redirects=False)
        assert urlsplit(back.headers["Location"]).path == "/oauth2callback"
        browser.get(back.headers["Location"], timeout=30)
        return browser

    def start(self) -> str:
        """Return the address that the log-in button leads to."""
        with self.served.session() as page:
            page.run()
            page.run("in")
            return page.redirect


def secrets_of(port: int, provider: str, access: str) -> str:
    return f"""
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "towns"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[access]
{access}
"""


LISTS = """
[access.reader]
domains = ["office.example"]
[access.records]
addresses = ["ana@office.example"]
[access.owner.claims]
groups = ["town-centres"]
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def office(provider, tmp_path_factory) -> Iterator[Office]:
    folder, port = tmp_path_factory.mktemp("office"), free_port()
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(CONFIG, encoding="utf-8")
    secrets = folder / ".streamlit" / "secrets.toml"
    secrets.write_text(secrets_of(port, provider, LISTS), encoding="utf-8")
    with serving(
        folder,
        script=PROBE,
        TOWN_CENTRES_STORE=str(folder / "store"),
        port=port,
        NO_PROXY="localhost,127.0.0.1",
    ) as served:
        yield Office(served, provider, secrets)


def cookies(browser: requests.Session) -> dict[str, str]:
    return {cookie.name: cookie.value for cookie in browser.cookies if cookie.name != "_streamlit_xsrf"}


def words(office: Office, cookie: dict[str, str], **headers: str) -> str:
    with office.served.session(cookie, **headers) as page:
        return page.run()


@pytest.mark.parametrize(
    ("name", "claims", "expected"),
    [
        ("ana", ANA, "RECORDS"),
        ("bo", ANA | {"email": "Bo@Office.Example"}, "READER"),
        ("cy", {"groups": ["x", "town-centres"]}, "OWNER"),
        ("di", ANA | {"email_verified": False}, "NOBODY"),
        ("el", {"email": "el@office.example"}, "NOBODY"),
        ("fo", ANA | {"email": "fo@evil-office.example"}, "NOBODY"),
    ],
)
def test_the_lists_give_each_their_role(office, name, claims, expected):
    assert role(words(office, cookies(office.log_in(name, claims)))) == expected


def test_two_of_each_role_at_once_are_each_themselves(office):
    people = {
        "ana": (ANA, "RECORDS"),
        "bo": (ANA | {"email": "bo@office.example"}, "READER"),
        "cy": ({"groups": ["town-centres"]}, "OWNER"),
    }
    with ExitStack() as stack:
        pages = [
            (name, stack.enter_context(office.served.session(cookies(office.log_in(name, people[name][0])))))
            for name in (*people, *people)
        ]
        for _ in range(2):
            said = {id(page): page.run() for _, page in pages}
            for name, page in pages:
                assert role(said[id(page)]) == people[name][1]
        assert len({page.id for _, page in pages}) == len(pages)


def test_nobody_is_let_in_without_log_in_not_even_at_this_machine(office):
    said = words(office, {})
    assert role(said) == "NOBODY"
    assert "Log in to see" in said


def test_files_are_behind_the_same_log_in(office):
    browser = office.log_in("ana", ANA)
    for path in ("/media/nothing.png", "/app/static/nothing.json"):
        assert office.served.ask(path).status == 403
        assert browser.get(office.address + path, timeout=30).status_code == 404
    assert office.served.ask("/_stcore/metrics").status == 403
    assert browser.get(office.address + "/_stcore/metrics", timeout=30).status_code == 403


def test_only_whoever_keeps_records_uploads(office):
    for name, claims, status in (("ana", ANA, 204), ("bo", ANA | {"email": "bo@office.example"}, 403)):
        cookie = cookies(office.log_in(name, claims))
        with office.served.session(cookie) as page:
            page.run()
            token = office.served.xsrf()
            sent = "; ".join(f"{k}={v}" for k, v in {**cookie, "_streamlit_xsrf": token}.items())
            assert upload(office.served, page.id, "a", Cookie=sent, X_Xsrftoken=token).status == status
            assert upload(office.served, page.id, "b").status == 403  # the session, without the log-in


def test_log_out_ends_it(office):
    browser = office.log_in("ana", ANA)
    with office.served.session(cookies(browser)) as page:
        page.run()
        page.run("out")
        out = page.redirect
    answer = browser.get(office.address + out, timeout=30, allow_redirects=False)
    # on to the provider's own log-out, which wants a click; ours is over by then
    assert answer.headers["Location"].startswith(office.provider)
    assert not [name for name in cookies(browser) if name.startswith("_streamlit_user")]
    assert role(words(office, cookies(browser))) == "NOBODY"


def test_a_name_taken_off_a_list_loses_its_role_while_its_page_stands_open(office):
    with office.served.session(cookies(office.log_in("ana", ANA))) as page:
        assert role(page.run()) == "RECORDS"
        office.write(LISTS.replace("ana@office.example", "somebody.else@office.example"))
        try:
            wait_for(lambda: role(page.run()) == "READER")
            office.write("hours = 'long'")  # a list that cannot be read lets nobody in
            wait_for(lambda: role(page.run()) == "NOBODY")
            office.secrets.unlink()  # nor does none
            assert role(page.run()) == "NOBODY"
        finally:
            office.write(LISTS)
        wait_for(lambda: role(page.run()) == "RECORDS")


def wait_for(true) -> None:
    for _ in range(60):
        if true():
            return
        time.sleep(0.25)
    pytest.fail("it did not come about in 15 s")


def user(office: Office, **claims) -> dict:
    now = int(time.time())
    own = {"origin": office.address, "is_logged_in": True, "provider": "default", "sub": "ana", "iat": now}
    return own | ANA | claims


def cookie_of(claims, secret: str = SECRET, name: str = "_streamlit_user") -> dict[str, str]:
    return {"_streamlit_user": create_signed_value(secret, name, json.dumps(claims)).decode()}


def test_a_log_in_older_than_eight_hours_is_none_whatever_its_cookie_says(office):
    eight_hours = 8 * 3600
    fresh = user(office, iat=int(time.time()) - eight_hours + 3600)
    old = user(office, iat=int(time.time()) - eight_hours - 1, exp=int(time.time()) + 10**7)
    assert role(words(office, cookie_of(fresh))) == "RECORDS"
    said = words(office, cookie_of(old))
    assert role(said) == "NOBODY"
    assert "older than 8 hours" in said
    assert office.served.ask("/media/x", headers={"Cookie": header(cookie_of(old))}).status == 403
    assert office.served.ask("/media/x", headers={"Cookie": header(cookie_of(fresh))}).status == 404


def header(cookie: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookie.items())


def test_a_forged_cookie_is_nobody(office):
    genuine = cookie_of(user(office))["_streamlit_user"]
    payload = base64.urlsafe_b64encode(json.dumps(json.dumps(user(office))).encode()).decode().rstrip("=")
    forged = [
        cookie_of(user(office), secret="x" * 50),
        cookie_of(user(office), name="_streamlit_user_tokens"),
        cookie_of(user(office, origin="https://evil.example")),
        {"_streamlit_user": payload + genuine[genuine.index(".") :]},
        {"_streamlit_user": payload},
        {"_streamlit_user": genuine[:-9] + ("A" if genuine[-9] != "A" else "B") + genuine[-8:]},
    ]
    assert role(words(office, {"_streamlit_user": genuine})) == "RECORDS"
    for cookie in forged:
        assert role(words(office, cookie)) == "NOBODY", cookie
        assert office.served.ask("/media/x", headers={"Cookie": header(cookie)}).status == 403


def test_another_sites_page_cannot_use_the_log_in(office):
    genuine = cookie_of(user(office))
    with office.served.session(genuine, Origin=f"http://127.0.0.1:{office.served.port}") as page:
        assert role(page.run()) == "NOBODY"


OTHER_KEY = RSAKey.generate_key(2048, private=True)

SPOILT: dict[str, dict] = {
    "issuer": {"iss": "https://other.example"},
    "audience": {"aud": "somebody-else"},
    "expired": {"iat": 1_700_000_000, "exp": 1_700_003_600},
    "nonce": {"nonce": "another"},
    "key": {},
    "unsigned": {},
    "nothing": {},
}


@pytest.mark.parametrize("wrong", SPOILT)
def test_a_token_that_is_not_the_providers_for_us_now_is_not_taken(office, monkeypatch, wrong):
    issue = mock_app.OpenIDCode.encode_id_token

    def issue_wrong(self, token, request):
        head, body, _ = issue(self, token, request).split(".")
        claims = json.loads(unpadded(body)) | SPOILT[wrong]
        if wrong == "unsigned":
            return ".".join([padless({"alg": "none"}), padless(claims), ""])
        key = (
            OTHER_KEY if wrong == "key" else RSAKey.import_key(mock_app.storage.jwk.as_dict(is_private=True))
        )
        return jwt.encode(json.loads(unpadded(head)), claims, key, algorithms=["RS256"])

    monkeypatch.setattr(mock_app.OpenIDCode, "encode_id_token", issue_wrong)
    # nothing wrong, and the same way is taken: the others are refused for what is wrong
    expected = "RECORDS" if wrong == "nothing" else "NOBODY"
    assert role(words(office, cookies(office.log_in("ana", ANA)))) == expected


def unpadded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def padless(part: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def test_nothing_secret_stands_in_the_servers_log(office):
    log = office.served.log.read_text(encoding="utf-8", errors="replace")
    assert SECRET not in log
    assert not re.search(r"eyJ[A-Za-z0-9_-]{20,}", log)
    assert "code=" not in log
