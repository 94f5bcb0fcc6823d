#!/bin/sh
# Stack of the threads that run a WSGI application under granian.
#
# Believed: a thread that runs Python code has the stack that the system gives to threads (`ulimit
# -s`, 8 MiB on Linux), under granian as under the servers written in Python.
# True: granian starts these threads in Rust, with 2 MiB, whatever `ulimit -s` says. Only the
# variable RUST_MIN_STACK, which its documentation does not mention, changes it. Numerical libraries
# that put large arrays on the stack fit in a thread of Python and not in one of granian: we saw
# matching code that uses scipy end the worker processes, at random places, once several requests
# ran at the same time. No test with another server, or with one request at a time, shows it.
#
# Package: granian 2.8.7. Seen on 2026-11-30.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install --quiet "granian==2.8.7"
cat > "$dir/sizes.py" <<'PYTHON'
import ctypes
import threading


def stack_size():
    libc = ctypes.CDLL(None)
    libc.pthread_self.restype = ctypes.c_ulong
    attributes, size = ctypes.create_string_buffer(256), ctypes.c_size_t()
    libc.pthread_getattr_np(ctypes.c_ulong(libc.pthread_self()), attributes)
    libc.pthread_attr_getstacksize(attributes, ctypes.byref(size))
    return size.value


def application(environ, start_response):
    sizes = [stack_size()]
    thread = threading.Thread(target=lambda: sizes.append(stack_size()))
    thread.start()
    thread.join()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [" ".join(map(str, sizes)).encode()]
PYTHON
cat > "$dir/show.py" <<'PYTHON'
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request


def sizes(**variables):
    """Return the KiB of the stack of a thread of granian, and of one started by Python."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
               "--log-level", "error", "sizes:application"]
    server = subprocess.Popen(command, env={**os.environ, **variables})
    try:
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                    return [int(each) // 1024 for each in answer.read().split()]
            except urllib.error.URLError:
                time.sleep(0.1)
        raise SystemExit("granian did not start")
    finally:
        server.terminate()
        server.wait(30)


limit = os.environ["LIMIT"]
alone, wide = sizes(), sizes(RUST_MIN_STACK=str(8 * 1024 * 1024))
print(f"ulimit -s: {limit} KiB")
print(f"granian: {alone[0]} KiB in its thread, {alone[1]} KiB in a thread of Python beside it")
print(f"with RUST_MIN_STACK of 8 MiB: {wide[0]} KiB in its thread")
assert alone[0] == 2048, "the threads of granian have another stack now"
assert wide[0] >= 8192, "RUST_MIN_STACK no longer changes it"
if limit.isdigit() and int(limit) > 2048:
    assert alone[1] > alone[0], "a thread of Python has the same stack now"
PYTHON
cd "$dir"
LIMIT=$(ulimit -s) "$dir/env/bin/python" show.py
