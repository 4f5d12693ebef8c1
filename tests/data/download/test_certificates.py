"""A service by https: whom the system trusts is trusted, and nobody else."""

from __future__ import annotations

import ipaddress
import ssl
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from analysis.model.errors import RefusedError
from data.download import DownloadRequest, download, plan_download
from tests.made.archive_server import Fault

ASKED = DownloadRequest("cleveland", "2024-03", "2024-06")


@pytest.fixture
def secure(two_editions, straight, monkeypatch, tmp_path):
    """The service by https, its certificate of its own making; return the file that holds it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "made for a test")])
    today = datetime.now(UTC)
    host = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(host, critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    file, key_file = tmp_path / "certificate.pem", tmp_path / "key.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key_file)
    straight._http.socket = context.wrap_socket(straight._http.socket, server_side=True)
    monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", straight.address.replace("http:", "https:"))
    return file


def test_a_certificate_that_the_system_does_not_trust_is_one_sentence_and_tried_once(secure, store, cancel):
    with pytest.raises(
        RefusedError, match=r"^The certificate of 127\.0\.0\.1 is not trusted by this machine\."
    ):
        plan_download(store, ASKED, cancel)
    assert cancel.waits == []


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the system's list cannot be set for one program"
)
def test_a_certificate_that_an_office_has_added_to_the_systems_is_trusted(secure, store, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(secure))
    assert download(store, ASKED).ok and store.count("cleveland") == 800


def test_a_redirect_away_from_a_secure_connection_is_refused(secure, straight, store, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(secure))
    straight.always = Fault(status=302, headers={"Location": "http://127.0.0.1/latest.zip"})
    with pytest.raises(RefusedError, match=r"sends on to an address that is not secure \(127\.0\.0\.1\)"):
        plan_download(store, ASKED)
