"""Parsing and cleaning of the XML parts of an office file, without entities."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

GONE = "gone"
EVENT = re.compile(r"on[a-z]{3,}")


def parsed(content: bytes) -> etree._Element:
    """Return the root of an XML part, without comments nor processing instructions.

    Raises:
        ValueError: "damaged", for a part that is not XML, or that declares a document type or
            entities.
        MemoryError: the part needs more memory than the process may use.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise ValueError("damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("damaged")
    return root


def written(root: etree._Element) -> bytes:
    """Return an XML part as bytes in UTF-8, with its XML declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(name: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def namespace(name: str) -> str:
    """Return the namespace of the name of an element or attribute, "" if none."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def elements(root: etree._Element) -> Iterator[etree._Element]:
    """Yield each element of an XML part, starting with its root."""
    return root.iter(etree.Element)


def remove(root: etree._Element, dropped: Iterable[etree._Element]) -> None:
    """Remove elements with their content; keep the text that follows each element.

    Raises:
        ValueError: the root itself is to be removed.
    """
    for element in dropped:
        if element is root:
            raise ValueError("damaged")
        element.tag = GONE
    etree.strip_elements(root, GONE, with_tail=False)


def unwrap(root: etree._Element, *names: str) -> None:
    """Replace the elements with these local names by their content."""
    etree.strip_tags(root, *(f"{{*}}{name}" for name in names))


def is_event(name: str) -> bool:
    """Return whether an attribute has the name of an event, such as `onclick`."""
    return EVENT.fullmatch(local(name).lower()) is not None
