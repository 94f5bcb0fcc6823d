"""Parsing of delivery status notifications (RFC 3464), by which a mail server returns a message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

LIMIT = 1_000_000  # maximum bytes parsed; beyond is only the text of the returned message
STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,200}>")
# The second digit of the status codes where the address is not at fault: system, content, policy.
NOT_THE_ADDRESS = ("3", "6", "7")


class NotANotification(Exception):
    """Error raised for a message that is not a delivery status notification."""


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """The contents of a delivery status notification about one message.

    Args:
        message_ids: the Message-IDs that it cites, among them that of our message.
        action: failed, delayed, delivered, relayed or expanded.
        status: the enhanced status code, as 5.1.1, "" when absent.
        answer: what the last server answered, on one line.
    """

    message_ids: tuple[str, ...]
    action: str
    status: str
    answer: str

    @property
    def failed(self) -> bool:
        """Return whether the mail server gave up delivering the message."""
        return self.action == "failed"

    @property
    def refuses_address(self) -> bool:
        """Return whether the failure is permanent and caused by the address, not by the text."""
        kind, _, rest = self.status.partition(".")
        return self.failed and kind == "5" and not rest.startswith(NOT_THE_ADDRESS)

    @property
    def reason(self) -> str:
        """Return the status code and the server's answer, to show in the list of bad addresses."""
        return " ".join(filter(None, (self.status, self.answer)))[:500] or "message rendu"


def read(raw: bytes) -> Bounce:
    """Parse a delivery status notification from the bytes of an e-mail.

    Raises:
        NotANotification: the message has no delivery status part.
    """
    try:
        message = message_from_bytes(raw[:LIMIT])
        blocks = [block for part in message.walk() for block in _recipients(part)]
        cited = tuple(dict.fromkeys(_cited(message)))
    except RecursionError as fault:
        raise NotANotification from fault
    if not blocks:
        raise NotANotification
    block = next((each for each in blocks if _word(each, "Action") == "failed"), blocks[0])
    answer = " ".join(_text(block, "Diagnostic-Code").split())
    status = STATUS.search(_text(block, "Status")) or STATUS.search(answer)
    return Bounce(
        message_ids=cited,
        action=_word(block, "Action"),
        status=status.group() if status else "",
        answer=re.sub(r"^\w+;\s*", "", answer),
    )


def _recipients(part: Message) -> Iterator[Message]:
    """Yield the groups of fields about each recipient in a delivery status part."""
    payload = part.get_payload()
    if part.get_content_type() == "message/delivery-status" and isinstance(payload, list):
        yield from (each for each in payload if isinstance(each, Message) and "Action" in each)


def _cited(message: Message) -> Iterator[str]:
    """Yield the Message-IDs of the returned messages, then those in In-Reply-To and References."""
    for part in message.walk():
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield from _ids(message_from_string(payload.decode(errors="replace")))
        elif part is not message:
            yield from _ids(part)
    yield from _ids(message, "In-Reply-To", "References")


def _ids(message: Message, *names: str) -> Iterator[str]:
    for name in names or ("Message-ID",):
        yield from MESSAGE_ID.findall(_text(message, name))


def _text(message: Message, name: str) -> str:
    return str(message.get(name, ""))


def _word(message: Message, name: str) -> str:
    return _text(message, name).strip().lower()
