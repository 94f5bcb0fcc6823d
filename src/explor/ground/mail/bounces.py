"""Reading of the messages by which a mail server gives one of ours back (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

LIMIT = 1_000_000  # bytes; the rest is only the text of the message given back
STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,200}>")
# The second figure of the status when the address is not at fault: system, content, policy.
NOT_THE_ADDRESS = ("3", "6", "7")


class NotANotification(Exception):
    """Error of a message that is no delivery status notification."""


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """What a mail server says about one message.

    Args:
        message_ids: the messages that it cites; ours is among them.
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
        """Whether the server gave up."""
        return self.action == "failed"

    @property
    def refuses_address(self) -> bool:
        """Whether the address is at fault for good, rather than the text or a passing failure."""
        kind, _, rest = self.status.partition(".")
        return self.failed and kind == "5" and not rest.startswith(NOT_THE_ADDRESS)

    @property
    def reason(self) -> str:
        """The status and the answer, for those who read the list of bad addresses."""
        return " ".join(filter(None, (self.status, self.answer)))[:500] or "message rendu"


def read(raw: bytes) -> Bounce:
    """Read a delivery status notification.

    Raises:
        NotANotification: the message has no such part.
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
    """Yield the fields about each recipient, which follow those about the message."""
    payload = part.get_payload()
    if part.get_content_type() == "message/delivery-status" and isinstance(payload, list):
        yield from (each for each in payload if isinstance(each, Message) and "Action" in each)


def _cited(message: Message) -> Iterator[str]:
    """Yield the identifiers of the messages given back, then those that this one answers."""
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
