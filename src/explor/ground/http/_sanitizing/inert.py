"""What is removed from the parts of an Office Open XML file: all that acts or leads elsewhere.

A field becomes its last text, a formula its last value, a link its text.
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
# What a sheet and a workbook keep: their cells and their looks.
SHEET = {
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells"),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    "drawing",
}
WORKBOOK = {"workbookPr", "bookViews", "sheets"}
CELL = {"v", "is"}
# Attributes that run or fetch something, whatever their element.
FETCHING = {"href", "src", "relid", "macro", "textlink", "docLocation", "tgtFrame", "codeName"}
INDEXES = {"activeTab", "firstSheet", "cm", "vm"}  # that lead to what is removed
# Elements that remain, without their link, when the part they lead to is not kept.
UNLINKED = {"hyperlink", "blip", "pageSetup"}


def disarm(root: etree._Element, key: str, kept: set[str]) -> None:
    """Remove from a part, in place, all that acts or leads outside the file.

    Args:
        root: the root of the part.
        key: the type of the relation that leads to it, "" for the main part.
        kept: the identifiers of the relations of the part that are kept.

    Raises:
        ValueError: "damaged", when nothing would be left.
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
            element.text = ""  # the source of a chart: a range, never a call or another file
    remove(root, dropped)
    if local(root.tag) == "workbook" and root.find("{*}sheets/{*}sheet") is None:
        raise ValueError("damaged")
    unwrap(root, "fldSimple", "smartTag")


def _unlink(element: etree._Element, kept: set[str]) -> bool:
    """Remove the links and events of an element; return whether it led to a part not kept."""
    lost = False
    for name in map(str, element.attrib.keys()):
        if namespace(name) == OFFICE_RELATIONS:
            if element.get(name) not in kept:
                del element.attrib[name]
                lost = True
        elif local(name) in FETCHING | INDEXES or is_event(name):
            del element.attrib[name]
    return lost
