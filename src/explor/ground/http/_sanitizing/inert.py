"""Removal of scripts, links and other active content from the parts of a DOCX or XLSX file.

A field is replaced by its last text, a formula by its last value, a link by its text.
"""

from lxml import etree

from .markup import elements, is_event, local, namespace, remove, unwrap

OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Elements of a text or drawing that run, embed, link or fetch something.
ACTIVE = {
    *("instrText", "delInstrText", "fldChar", "ffData", "OLEObject", "objectEmbed", "objectLink"),
    *("control", "altChunk", "subDoc", "attachedTemplate", "mailMerge", "docVars", "dataBinding"),
    *("saveThroughXslt", "schemaLibrary", "attachedSchema", "externalData", "userShapes"),
    *("hlinkClick", "hlinkHover", "hlinkMouseOver", "audioFile", "videoFile", "wavAudioFile"),
    *("quickTimeFile", "audioCd", "snd", "sndAc", "contentPart", "webVideoPr", "extLst"),
    *("embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "rsids", "pivotSource"),
}
# The elements of a sheet and of a workbook that are kept: cells and their appearance.
SHEET = {
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells"),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    "drawing",
}
WORKBOOK = {"workbookPr", "bookViews", "sheets"}
CELL = {"v", "is"}
# Attributes that run or fetch something, on any element.
FETCHING = {"href", "src", "relid", "macro", "textlink", "docLocation", "tgtFrame", "codeName"}
# attributes that reference a removed element by its index
INDEXES = {"activeTab", "firstSheet", "cm", "vm"}
# Elements that stay, without their link, when the target part is not kept.
UNLINKED = {"hyperlink", "blip", "pageSetup"}


def disarm(root: etree._Element, key: str, kept: set[str]) -> None:
    """Remove from an XML part, in place, active content and links outside the file.

    Args:
        root: the root element of the part.
        key: the type of the relation that leads to it, "" for the main part.
        kept: the identifiers of the relations of the part that are kept.

    Raises:
        ValueError: "damaged", when nothing usable would be left.
    """
    allowed = SHEET if key == "worksheet" else WORKBOOK if local(root.tag) == "workbook" else None
    dropped = [each for each in root if allowed is not None and local(each.tag) not in allowed]
    for element in elements(root):
        name, parent = local(element.tag), element.getparent()
        in_cell = key == "worksheet" and parent is not None and local(parent.tag) == "c"
        lost = _unlink(element, kept)
        if name in ACTIVE or (in_cell and name not in CELL) or (lost and name not in UNLINKED):
            dropped.append(element)
        elif name == "f" and set(element.text or "") & set('[]|("'):
            element.text = ""  # keeps a chart's range; drops a function call or another file
    remove(root, dropped)
    if local(root.tag) == "workbook" and root.find("{*}sheets/{*}sheet") is None:
        raise ValueError("damaged")
    unwrap(root, "fldSimple", "smartTag")


def _unlink(element: etree._Element, kept: set[str]) -> bool:
    """Remove the links and event attributes of an element; return whether a target is not kept."""
    lost = False
    for name in map(str, element.attrib.keys()):
        if namespace(name) == OFFICE_RELATIONS:
            if element.get(name) not in kept:
                del element.attrib[name]
                lost = True
        elif local(name) in FETCHING | INDEXES or is_event(name):
            del element.attrib[name]
    return lost
