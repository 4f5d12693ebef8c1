"""The content security policy: hashes of the page's own scripts, and the one origin of a map style."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages.frame.server import streamlit_inside as inside
from pages.frame.server.headers import SecurityHeaders, content_policy, origin_of, script_hashes


def test_each_script_in_the_page_has_its_hash_and_a_script_elsewhere_none():
    html = '<script>alert(1)</script><script src="./a.js"></script><SCRIPT type="module">\n</SCRIPT>'
    # printf 'alert(1)' | openssl dgst -sha256 -binary | base64
    assert script_hashes(html) == [
        "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
        "'sha256-AbpHGcgLb+kRsJGnwFEktk7uzpZOCcBY74+YBdrKVGs='",
    ]


def test_streamlits_own_page_has_one():
    assert len(script_hashes(inside.index_page())) == 1


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://tiles.example/styles/bright?key=secret", "https://tiles.example"),
        ("http://Tiles.Example:8080", "http://tiles.example:8080"),
        ("", ""),
        ("style.json", ""),
        ("file:///etc/style.json", ""),
        ("https://user:pass@tiles.example/x", "https://tiles.example"),
        ("https://tiles.example; script-src *", ""),
        ("https://*/x", ""),
        ("https://tiles.example:x/", ""),
        ("https://[tiles/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_the_origin_of_the_map_style_is_added(address, origin):
    assert origin_of(address) == origin
    policy = content_policy("", address)
    assert ("connect-src" in policy) is bool(origin)
    assert policy.count("tiles.example") == (2 if origin and "xample" in origin else 0)
    assert "unsafe-eval' '" not in policy.replace("'wasm-unsafe-eval'", "")
    assert policy.count(";") == (10 if origin else 9)


def test_leave_given_to_every_site_is_taken_back():
    async def app(scope, receive, send):
        headers = [(b"access-control-allow-origin", b"*"), (b"x-frame-options", b"SAMEORIGIN")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

    sent = []

    async def send(message):
        sent.append(message)

    # in a thread of its own: a browser test before it may have left a loop running in this one
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, SecurityHeaders(app)({"type": "http"}, None, send)).result()
    headers = dict(sent[0]["headers"])
    assert b"access-control-allow-origin" not in headers
    assert headers[b"x-frame-options"] == b"DENY"
