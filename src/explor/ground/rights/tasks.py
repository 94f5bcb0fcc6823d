"""Jobs: copy personal data, erase a person, send the final message, resume and repeat erasures."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import actions

STUBBORN = RetryStrategy(max_attempts=8, exponential_wait=5)
PATIENT = RetryStrategy(max_attempts=100, wait=60, linear_wait=30)


@app.task(name="rights.make_copy", retry=2)
def make_copy(copy: int) -> None:
    """Write the file of the copy of personal data with this primary key."""
    actions.make_copy(copy)


@app.task(name="rights.erase", retry=STUBBORN)
def erase(request: int) -> None:
    """Erase the person of a request, given by primary key; running it twice is harmless."""
    actions.erase_requested(request)


@app.task(name="rights.forget_farewell", retry=PATIENT)
def forget_farewell(message: int) -> None:
    """Send the final message to an erased person, then erase the message."""
    actions.forget_farewell(message)


@app.periodic(cron="20 3 * * *")
@app.task(name="rights.each_night")
def each_night(timestamp: int) -> None:
    """Resume unfinished erasures, complete the register of erasures, and repeat those in it.

    This also applies a register that was put back after a restoration.
    """
    actions.resume_requests()
    actions.complete_register()
    actions.replay()
