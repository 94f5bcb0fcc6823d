"""A web application that answers with the size of the stack of the thread that serves it."""

import ctypes
from collections.abc import Callable, Iterable
from typing import Any

ATTRIBUTES = 256  # bytes, more than a pthread_attr_t holds on any Linux


def stack_size() -> int:
    """Return the bytes of the stack of the current thread, see pthread_getattr_np(3)."""
    libc = ctypes.CDLL(None)
    libc.pthread_self.restype = ctypes.c_ulong
    attributes, size = ctypes.create_string_buffer(ATTRIBUTES), ctypes.c_size_t()
    libc.pthread_getattr_np(ctypes.c_ulong(libc.pthread_self()), attributes)
    libc.pthread_attr_getstacksize(attributes, ctypes.byref(size))
    libc.pthread_attr_destroy(attributes)
    return size.value


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(stack_size()).encode()]
