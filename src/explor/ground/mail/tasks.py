"""Jobs that send messages of the outbox, daily digests, and messages left without a job."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import actions

# Retries over about two days, one minute apart at first and fifty minutes at the end.
PATIENT = RetryStrategy(max_attempts=100, wait=60, linear_wait=30)


@app.task(name="mail.send", retry=PATIENT)
def send(message: int) -> None:
    """Send the message of the outbox with this primary key."""
    actions.send(message)


@app.periodic(cron="0 7 * * *")
@app.task(name="mail.digest", retry=PATIENT)
def digest(timestamp: int) -> None:
    """Send, each morning, the digests of the messages that wait for one."""
    actions.send_digests()


@app.periodic(cron="*/10 * * * *")
@app.task(name="mail.resend")
def resend(timestamp: int) -> None:
    """Queue, every ten minutes, the messages of the outbox that have no job."""
    actions.resend_forgotten()
