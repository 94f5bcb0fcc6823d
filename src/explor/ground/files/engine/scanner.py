"""Client of clamd, the daemon of the antivirus ClamAV: its commands PING and INSTREAM."""

import socket
import struct
from contextlib import closing
from typing import IO

CHUNK = 64 * 1024  # bytes
CONNECT = 5  # seconds
ANSWER = 120  # seconds without any byte sent or received
LONGEST = 4096  # maximum number of bytes of an answer
VERDICT = " FOUND"


class ScannerAway(Exception):
    """The antivirus cannot be reached, or does not answer."""


class Unscanned(Exception):
    """The antivirus answered without a verdict, for example about a file longer than its limit."""


def threat_in(file: IO[bytes], address: str) -> str:
    """Return the name of the threat that the antivirus finds in a file, "" when it finds none.

    Args:
        file: the file, open at its beginning.
        address: the path of the socket of clamd, or its host and port as `host:port`.

    Raises:
        ScannerAway: the antivirus cannot be reached, or closes the connection.
        Unscanned: the answer is not a verdict.
    """
    reply = _ask(address, b"zINSTREAM\0", file)
    verdict = reply.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(VERDICT) and verdict != VERDICT:
        return verdict.removesuffix(VERDICT)
    raise Unscanned(reply)


def check(address: str, *, timeout: float = CONNECT) -> None:
    """Check that the antivirus answers within `timeout` seconds.

    Raises:
        ScannerAway: the antivirus does not answer in time.
    """
    if (reply := _ask(address, b"zPING\0", timeout=timeout)) != "PONG":
        raise ScannerAway(reply)


def _ask(
    address: str, command: bytes, file: IO[bytes] | None = None, *, timeout: float = ANSWER
) -> str:
    """Send a command to the antivirus, with the content of `file` if given; return the answer.

    `timeout` is in seconds. Raise ScannerAway if the antivirus cannot be reached.
    """
    try:
        with closing(_connection(address)) as link:
            link.settimeout(timeout)
            try:
                link.sendall(command)
                while file and (chunk := file.read(CHUNK)):
                    link.sendall(struct.pack("!L", len(chunk)) + chunk)
                if file:
                    link.sendall(struct.pack("!L", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # clamd answers before the end of a too long file, then closes
            return _answer(link)
    except (OSError, ValueError) as fault:
        raise ScannerAway(str(fault)) from fault


def _connection(address: str) -> socket.socket:
    if "/" in address:
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(CONNECT)
        try:
            link.connect(address.removeprefix("unix:"))
        except OSError:
            link.close()
            raise
        return link
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT)


def _answer(link: socket.socket) -> str:
    reply = b""
    while b"\0" not in reply and len(reply) < LONGEST:
        if not (more := link.recv(LONGEST)):
            break
        reply += more
    if not reply:
        raise ConnectionResetError("clamd a fermé la connexion sans répondre")
    return reply.partition(b"\0")[0].decode(errors="replace").strip()
