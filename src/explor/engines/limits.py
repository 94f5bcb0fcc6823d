"""Limits that a process which opens an uploaded file sets on itself."""

import resource


def limit_process(*, memory: int, seconds: int) -> None:
    """Limit this process to `memory` bytes of data and `seconds` of processor, without core dump.

    The system refuses memory beyond the limit, and kills the process at the end of its time.
    """
    for limit, value in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
