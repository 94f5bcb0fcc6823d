"""A busy port is refused with the name of the program that uses it."""

import os
import socket

import pytest

from explor.site.cli.failure import Failure
from explor.site.cli.ports import require_free

HERE = "127.0.0.1"


def test_a_busy_port_is_refused_with_the_name_of_the_program_that_uses_it() -> None:
    with socket.create_server((HERE, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Failure) as failure:
            require_free(HERE, port)
    start = f"Le port {port} est déjà pris par le processus {os.getpid()} ("
    assert str(failure.value).startswith(start)
    assert str(failure.value).endswith(f"PORT={port + 1}")


def test_a_network_port_just_released_is_accepted() -> None:
    with socket.create_server((HERE, 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((HERE, port)):
            server.accept()[0].close()
    require_free(HERE, port)


def test_a_port_number_out_of_range_is_refused() -> None:
    with pytest.raises(Failure, match="n’existe pas"):
        require_free(HERE, 70_000)
