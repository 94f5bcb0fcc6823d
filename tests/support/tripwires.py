"""Tripwires: checks during every test for faults that its assertions do not cover.

Naive datetimes and unordered pagination are Django warnings, turned into errors in pyproject.toml.
"""

import re
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.template.base import FilterExpression, Node, Variable, VariableDoesNotExist
from django.template.defaulttags import ForNode

from support import policy

_faults_of_policy = cache(policy.faults_of)
SOURCES = str(Path(__file__).parents[2] / "src")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# Tables that a GET may write: sessions, the cache, and the counts of requests.
KEPT = "django_session|explor_cache|http_requestcount"
WRITE = re.compile(
    rf'\b(INSERT INTO|DELETE FROM|TRUNCATE(?: TABLE)?|UPDATE(?=\s+"?\w+"?\s+SET\b))'
    rf'\s+"?(?!(?:{KEPT})\b)\w|\bprocrastinate_(?:defer|cancel|retry|finish)\w*\(',
    re.IGNORECASE,
)


class Tripped(AssertionError):
    """Raised when a test causes a fault that a tripwire detects."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse network connections, except Unix sockets and connections to this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _local_connect_only(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _local_lookup_only(socket.getaddrinfo))
        yield


@pytest.fixture(autouse=True, scope="session")
def no_write_during_get() -> Iterator[None]:
    """Refuse database writes during a GET request, of the test client or the live server."""
    answer = BaseHandler.get_response

    def get_response(self: BaseHandler, request: HttpRequest) -> HttpResponse:
        with ExitStack() as stack:
            if request.method in SAFE_METHODS:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(_refuse_write))
            return answer(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "get_response", get_response)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_answer_without_policy() -> Iterator[None]:
    """Fail on an answer, of any status, without a strict content security policy."""
    answer = BaseHandler.get_response

    def get_response(self: BaseHandler, request: HttpRequest) -> HttpResponse:
        response = answer(self, request)
        if faults := _faults_of_policy(response.headers.get("Content-Security-Policy")):
            raise Tripped(f"{request.path} {response.status_code}, content policy: {faults}")
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "get_response", get_response)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_undefined_variable() -> Iterator[None]:
    """Refuse an undefined variable that a template of Explor shows, loops over or passes on.

    `{% if %}` and `|default` test whether a variable exists, so they may use an undefined one. The
    templates of Django and of libraries may use undefined variables.
    """
    resolve = Variable.resolve

    def strict(self: Variable, context: Any) -> Any:
        try:
            return resolve(self, context)
        except VariableDoesNotExist:
            if origin := _template_using_it():
                message = f"« {self.var} » is undefined in {origin.removeprefix(SOURCES)}"
                raise Tripped(message) from None
            raise

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Variable, "resolve", strict)
        yield


def _template_using_it() -> str:
    """Return the path of the template of Explor that uses the variable being resolved, or ""."""
    caller = sys._getframe(2)
    if caller.f_code is not FilterExpression.resolve.__code__:
        return ""
    expression, lenient = caller.f_locals["self"], caller.f_locals["ignore_failures"]
    if any(function.__name__.startswith("default") for function, _ in expression.filters):
        return ""
    frame = caller.f_back
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            needed = not lenient or isinstance(node, ForNode)
            return node.origin.name if needed and node.origin.name.startswith(SOURCES) else ""
        frame = frame.f_back
    return ""


def _refuse_write(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if WRITE.search(str(sql)):
        raise Tripped(f"A GET request writes: {str(sql)[:300]}")
    return execute(sql, params, many, context)


def _local_connect_only(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise Tripped(f"A test connects to {address[0]}.")
        return connect(self, address)

    return guarded


def _local_lookup_only(getaddrinfo: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_local(host):
            raise Tripped(f"A test resolves the name {host}.")
        return getaddrinfo(host, *args, **kwargs)

    return guarded


def _is_local(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ip_address(name).is_loopback or ip_address(name).is_unspecified
    except ValueError:
        return False
