"""A simulated OpenID Connect identity provider, with the protocol of ProConnect."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "explor"


class Provider:
    """An identity provider with one person, already signed in, who is redirected back at once."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing = self.key  # replace it to forge
        self.person = {
            "sub": "8d3f",
            "email": "awa@exemple.test",
            "given_name": "Awa",
            "usual_name": "Exemple",
        }
        self.asked: dict[str, str] = {}
        self.nonce: str | None = None  # the nonce of the request unless it is set
        self.issuer: str | None = None  # its address unless it is set
        self.known_as: str | None = (
            None  # the `sub` of the user information, if it differs from that of the token
        )
        self.identifies = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def signed(self, **values: Any) -> str:
        claims = {
            "iss": self.issuer or self.url,
            "aud": CLIENT,
            "exp": int(time.time()) + 60,
            **values,
        }
        return jwt.encode(claims, self.signing, algorithm="RS256", headers={"kid": "1"})

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        return {
            "keys": [
                {
                    "kty": "RSA",
                    "kid": "1",
                    "alg": "RS256",
                    "use": "sig",
                    "n": _encoded(numbers.n),
                    "e": _encoded(numbers.e),
                }
            ]
        }

    def token(self) -> dict[str, Any]:
        nonce = self.asked["nonce"] if self.nonce is None else self.nonce
        identity = self.signed(sub=self.person["sub"], nonce=nonce)
        given = {"access_token": "a", "token_type": "Bearer"}
        return given | ({"id_token": identity} if self.identifies else {})

    def described(self) -> str:
        return self.signed(**{**self.person, "sub": self.known_as or self.person["sub"]})

    def back(self, query: dict[str, str]) -> str:
        self.asked = query
        return f"{query['redirect_uri']}?{urlencode({'code': 'c', 'state': query['state']})}"


def _encoded(number: int) -> str:
    content = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.back(query))
                self.end_headers()
            elif parts.path == "/userinfo":
                self._send("application/jwt", provider.described())
            elif parts.path == "/jwks":
                self._send("application/json", json.dumps(provider.keys()))
            else:
                self._send("application/json", json.dumps(provider.configuration()))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._send("application/json", json.dumps(provider.token()))

        def _send(self, kind: str, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: Any) -> None:
            """Keep the output of the tests clean."""

    return Handler


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider)) as server:
        provider.port = server.server_address[1]
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield provider
        finally:
            server.shutdown()
