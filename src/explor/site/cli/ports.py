"""Check that a TCP port is free, before a server listens on it."""

import socket

import psutil

from .failure import Failure


def require_free(host: str, port: int) -> None:
    """Raise Failure when `port` cannot be used; the message names the program that holds it."""
    if not 0 < port < 65_536:
        raise Failure(f"Le port {port} n’existe pas : de 1 à 65535.", 2)
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as trial:
            # As servers do: connections being closed do not make the port busy.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen(1)
    except PermissionError as fault:
        raise Failure(f"Le port {port} est réservé : prenez-en un au-dessus de 1023.") from fault
    except OSError as fault:
        if holder := holder_of(port):
            raise Failure(
                f"Le port {port} est déjà pris par {holder}. "
                f"Arrêtez-le, ou choisissez-en un autre : PORT={port + 1}"
            ) from fault
        raise Failure(f"Le port {port} ne peut être ouvert sur {host} : {fault}") from fault


def holder_of(port: int) -> str:
    """Return a French description of the program that listens on `port`, "" when unknown."""
    try:
        for link in psutil.net_connections("tcp"):
            if link.status == psutil.CONN_LISTEN and link.laddr.port == port:
                return _described(link.pid)
    except psutil.Error:
        pass
    return ""


def _described(pid: int | None) -> str:
    if pid is None:
        return "un programme d’un autre compte"
    words = " ".join(psutil.Process(pid).cmdline())
    return f"le processus {pid} ({words[:80]})" if words else f"le processus {pid}"
