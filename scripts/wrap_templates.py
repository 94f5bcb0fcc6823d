"""Cut the long lines of Django templates where a line break changes nothing on the page.

djlint indents a template but never cuts a line. This does: around blocks of HTML, where spaces do
not count, then at spaces that are already there. Run it around djlint:

    python scripts/wrap_templates.py src && djlint --reformat src
    python scripts/wrap_templates.py --finish src && djlint --reformat src
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

WIDTH = 100
FINISH = "--finish"
OWN = "\f"  # begins a piece that asks for a line of its own
QUOTED = r"\"(?:\{%.*?%\}|\{\{.*?\}\}|[^\"])*\"|'(?:\{%.*?%\}|\{\{.*?\}\}|[^'])*'"
TOKEN = re.compile(
    r"(?P<comment>\{#.*?#\}|<!--.*?-->)"
    r"|(?P<control>\{%.*?%\})"
    r"|(?P<value>\{\{.*?\}\})"
    rf"|(?P<tag></?[a-zA-Z][\w-]*(?:\{{%.*?%\}}|\{{\{{.*?\}}\}}|{QUOTED}|[^>\"'{{])*>"
    r"|<!doctype html>)"
    r"|(?P<text>(?:(?!\{[%{#]|</?[a-zA-Z]|<!).)+|.)",
    re.DOTALL,
)
# What starts on a line of its own on the page: the spaces around it do not show.
BLOCKS = set(
    "html head body div section article aside main header footer nav ul ol li dl dt dd table"
    " caption colgroup col thead tbody tr th td form fieldset legend p h1 h2 h3 h4 h5 h6 figure"
    " figcaption blockquote details summary select optgroup option datalist meta link script"
    " svg g path circle rect ellipse hr template".split()
)
# Spaces inside these are kept as they are.
VERBATIM = {"pre", "textarea", "title", "script"}
VOID = set("area base br col embed hr img input link meta source track wbr".split())
# Drawn as one piece among words: the spaces at their ends are not those of the words around.
ATOMS = {"button", "svg", "input", "img", "select", "textarea", "pre"}
OPENING = {"if", "for", "with", "block", "uiblock", "localize", "slot", "element", "autoescape"}
MIDDLE = {"else", "elif", "empty"}
BLOCK_TAGS = {"extends", "load", "include", "csrf_token"}
INLINE_PARTS = {"badge", "ref", "initials"}


@dataclass
class Node:
    """A piece of a template: an element or a template block with its children, or a leaf."""

    open: str = ""
    close: str = ""
    name: str = ""
    kind: str = "root"
    children: "list[Node]" = field(default_factory=list)

    @property
    def blank(self) -> bool:
        return self.kind == "text" and not self.open.strip()

    def source(self) -> str:
        """Return this piece as it was written."""
        return self.open + "".join(child.source() for child in self.children) + self.close

    def is_block(self) -> bool:
        """Say whether this piece takes lines of its own on the page."""
        if self.kind == "tag":
            return self.name in BLOCKS or 'type="hidden"' in self.open
        if self.kind == "block":
            return self.name in ("block", "uiblock") or self.only_blocks()
        if self.kind == "control":
            if self.name == "ui":
                return not any(f'"{part}"' in self.open for part in INLINE_PARTS)
            return self.name in BLOCK_TAGS
        return self.kind == "comment"

    def only_blocks(self) -> bool:
        """Say whether spaces between the children of this piece never show."""
        return all(
            child.blank or child.kind == "middle" or child.is_block() for child in self.children
        )


def parse(source: str) -> Node:
    """Return a template as a tree; raise ValueError when its tags do not pair."""
    root = Node()
    stack = [root]
    for match in TOKEN.finditer(source):
        kind, text = str(match.lastgroup), match[0]
        if kind == "tag":
            name = re.match(r"</?([\w!-]+)", text)[1].lower()  # type: ignore[index]
            if text.startswith("</"):
                _shut(stack, name, text)
                continue
            node = Node(open=text, name=name, kind="tag")
            stack[-1].children.append(node)
            if name not in VOID and not text.endswith("/>") and not name.startswith("!"):
                stack.append(node)
        elif kind == "control":
            name = re.match(r"\{%-?\s*(\w+)", text)[1]  # type: ignore[index]
            if name.startswith("end"):
                _shut(stack, name[3:], text)
                continue
            middle = "middle" if name in MIDDLE else "control"
            node = Node(open=text, name=name, kind="block" if name in OPENING else middle)
            stack[-1].children.append(node)
            if name in OPENING:
                stack.append(node)
        else:
            if text.endswith(("<", "</")):
                raise ValueError("a tag is written in several pieces")
            stack[-1].children.append(Node(open=text, kind=kind))
    if len(stack) > 1:
        raise ValueError(f"« {stack[-1].open} » is never closed")
    return root


def _shut(stack: list[Node], name: str, text: str) -> None:
    if stack[-1].name != name:
        raise ValueError(f"« {text} » closes « {stack[-1].open} »")
    stack.pop().close = text


def written(node: Node, room: int) -> str:
    """Return a piece cut in lines, to be indented later; `room` is the width that is left."""
    inside = _inside(node, room - 2 if node.kind != "root" else room)
    tight = f"{node.open}{inside}{node.close}"
    if node.kind == "root":
        return inside
    if node.kind not in ("tag", "block") or not node.children or node.name in VERBATIM:
        return node.source()
    alone = sum(not child.blank for child in node.children) == 1
    if "\n" not in inside and len(tight) <= room and (not node.only_blocks() or alone):
        return tight
    if node.is_block() or (node.kind == "tag" and node.name in BLOCKS):
        return f"{node.open}\n{inside.strip()}\n{node.close}"
    return tight


def _inside(node: Node, room: int) -> str:
    if node.kind == "tag" and node.name in VERBATIM:
        return "".join(child.source() for child in node.children)
    if node.only_blocks():
        lines = [written(child, room).strip() for child in node.children if not child.blank]
        return "\n".join(line for line in lines if line)
    parts = []
    for index, child in enumerate(node.children):
        text = written(child, room) if child.kind != "text" else re.sub(r"\s+", " ", child.open)
        if child.is_block() and child.kind == "tag":
            before = "" if index == 0 or parts[-1].endswith("\n") else "\n"
            text = f"{before}{text.strip()}\n"
        elif parts and parts[-1].endswith("\n"):
            text = text.lstrip()
        parts.append(text)
    return _filled("".join(parts), room)


def _filled(text: str, room: int) -> str:
    """Break the long lines of running text at spaces that lie outside tags."""
    lines = []
    for line in text.split("\n"):
        pieces, row = _words(line), ""
        crowded = len(line) > room
        for piece in pieces:
            apart = piece.startswith(OWN) and crowded
            bare = piece.removeprefix(OWN)
            if row and (apart or len(row) + 1 + len(bare) > room):
                lines.append(row)
                row = bare
            else:
                row = f"{row} {bare}" if row and bare else row + bare
        lead = " " if line.startswith(" ") and not lines else ""
        trail = " " if line.endswith(" ") and row else ""
        lines.append(lead + row + trail)
    return "\n".join(lines)


def _words(line: str) -> list[str]:
    """Return the pieces of a line between which a line break shows nothing."""
    try:
        pieces = _pieces(parse(line), {"edge"}, {"edge"})
    except ValueError:  # the line holds one end of a block only
        pieces = [line]
    return _merged(pieces)


def _merged(pieces: list[str]) -> list[str]:
    """Leave empty pieces out; what follows one that asks for its own line asks for it too."""
    kept: list[str] = []
    apart = False
    for piece in pieces:
        bare = piece.replace(OWN, "")
        apart = apart or OWN in piece
        if bare:
            kept.append(OWN + bare if apart else bare)
            apart = False
    return kept


def _pieces(node: Node, before: set[str], after: set[str]) -> list[str]:
    """Cut what `node` holds, given what may stand before and after it."""
    pieces = [""]
    start = before
    for index, child in enumerate(node.children):
        if child.kind == "middle":
            start = before
        rest = _ends(_branch(node.children[index + 1 :]), after, first=True)
        if child.kind != "middle" and _free(start, _ends([child], rest, first=True)):
            _own_line(pieces, child)
        if child.kind == "text":
            first, *others = re.split(r"[ \t]+", child.open)
            pieces[-1] += first
            pieces += others
        elif child.kind == "middle":
            if _free(_ends(_branch(node.children[:index][::-1])[::-1], before, first=False), after):
                pieces.append(OWN)
            pieces[-1] += child.open
            after_branch = _ends(_branch(node.children[index + 1 :]), after, first=True)
            if _free(before, after_branch):
                pieces.append(OWN)
        elif child.children and (child.kind == "block" or child.name not in ATOMS):
            again = child.name == "for"
            inner_before = start | (_ends(child.children, set(), first=False) if again else set())
            inner_after = rest | (_ends(child.children, set(), first=True) if again else set())
            first, *others = _pieces(child, inner_before, inner_after)
            pieces[-1] += child.open
            opened = _ends(_branch(child.children), inner_after, first=True)
            if child.kind == "block" and _free(inner_before, opened):
                pieces.append(OWN)
            pieces[-1] += first
            pieces += others
            last = _branch(child.children[::-1])[::-1]
            if child.kind == "block" and _free(_ends(last, start, first=False), rest):
                pieces.append(OWN)
            pieces[-1] += child.close
            if child.kind == "block" and _free(_ends([child], start, first=False), rest):
                pieces.append(OWN)
        else:
            pieces[-1] += child.source()
        start = _ends([child], start, first=False) if child.kind != "middle" else before
    return pieces


def _own_line(pieces: list[str], child: Node) -> None:
    """Begin a new piece, on a line of its own when it is a template block."""
    pieces.append(OWN if child.kind == "block" else "")


def _free(before: set[str], after: set[str]) -> bool:
    """Say whether a space here would be next to another, or at an end, in every case."""
    return "ink" not in before or "ink" not in after


def _branch(children: list[Node]) -> list[Node]:
    """Return the children up to the next branch."""
    for index, child in enumerate(children):
        if child.kind == "middle":
            return children[:index]
    return children


def _ends(children: list[Node], beyond: set[str], *, first: bool) -> set[str]:
    """Return what may be shown first, or last, by a run of pieces; `beyond` when they are empty."""
    found: set[str] = set()
    for child in children if first else children[::-1]:
        expected_version, empty = _end(child, first)
        found |= expected_version
        if not empty:
            return found
    return found | beyond


def _end(node: Node, first: bool) -> tuple[set[str], bool]:
    """Return what a piece shows first, or last, and whether it may show nothing."""
    if node.kind == "text":
        return ({"space" if (node.open[0] if first else node.open[-1]).isspace() else "ink"}, False)
    if node.kind == "tag":
        if node.is_block() or node.name == "br":
            return {"edge"}, False
        if node.name in ATOMS or not node.children:
            return {"ink"}, False
    if node.kind not in ("tag", "block"):
        return ({"ink"}, False) if node.kind == "value" or node.name == "ui" else ({"ink"}, True)
    branches: list[list[Node]] = [[]]
    for child in node.children:
        if child.kind == "middle":
            branches.append([])
        else:
            branches[-1].append(child)
    with_related = any(
        child.name in ("else", "empty") for child in node.children if child.kind == "middle"
    )
    expected_version = set().union(
        *(_ends(branch, {"nothing"}, first=first) for branch in branches)
    )
    empty = "nothing" in expected_version or (
        node.kind == "block" and node.name in ("if", "for") and not with_related
    )
    return expected_version - {"nothing"}, empty


def wrapped(source: str) -> str:
    """Return the template cut in short lines."""
    return written(parse(source), WIDTH - 8).strip() + "\n"


def finished(source: str, width: int = 118) -> str:
    """Cut the lines that are still too long inside a tag, between two arguments or attributes.

    Where there is no such place, the space is taken between two words of an argument: a template
    tag gives its texts to HTML, where a line break is a space.
    """
    lines = []
    for line in source.split("\n"):
        indent = " " * (min(len(line) - len(line.lstrip()), 40) + 2)
        rest = line if len(line) - len(line.lstrip()) <= 40 else indent + line.lstrip()
        while len(rest) > width:
            places = _places(rest, width)
            if not places:
                break
            lines.append(rest[: places[-1]].rstrip())
            rest = indent + rest[places[-1] :].lstrip()
        lines.append(rest)
    return "\n".join(lines)


def _places(line: str, width: int) -> list[int]:
    """Return where a line may be cut before `width`, the best places only."""
    start = len(line) - len(line.lstrip()) + 8
    best, inside, last = [], [], []
    for match in TOKEN.finditer(line):
        kind, text, at = match.lastgroup, match[0], match.start()
        for space in re.finditer(r" +", text):
            place = at + space.start()
            if not start < place < width:
                continue
            if kind == "text" or (kind == "control" and not _within(QUOTED, text, space.start())):
                best.append(place)
            elif kind == "tag" and (
                _within(r"\{%.*?%\}", text, space.start())
                or not _within(QUOTED, text, space.start())
            ):
                inside.append(place)
            elif kind == "control":
                last.append(place)
    return best or inside or last


def _within(pattern: str, text: str, place: int) -> bool:
    return any(m.start() < place < m.end() for m in re.finditer(pattern, text))


def main(arguments: list[str]) -> int:
    """Cut every template under the folders given; say which could not be read.

    With `--finish`, only cut what is still too long, which is to be done after djlint.
    """
    folders = [each for each in arguments if not each.startswith("--")]
    for path in (p for each in folders for p in sorted(Path(each).rglob("templates/**/*.html"))):
        source = path.read_text(encoding="utf-8")
        if max(map(len, source.splitlines()), default=0) <= (118 if FINISH in arguments else WIDTH):
            continue
        try:
            done = finished(source) if FINISH in arguments else wrapped(source)
            path.write_text(done, encoding="utf-8")
        except ValueError as error:
            print(f"{path}: {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
