"""Cut the long lines of Django templates where a line break changes nothing on the page.

djlint indents a template but never cuts a line. This does: around blocks of HTML, where spaces do
not count, then at spaces that are already there. Run it before djlint:

    python scripts/wrap_templates.py src && djlint --reformat src
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

WIDTH = 100
QUOTED = r"\"(?:\{%.*?%\}|\{\{.*?\}\}|[^\"])*\"|'(?:\{%.*?%\}|\{\{.*?\}\}|[^'])*'"
TOKEN = re.compile(
    r"(?P<comment>\{#.*?#\}|<!--.*?-->)"
    r"|(?P<control>\{%.*?%\})"
    r"|(?P<value>\{\{.*?\}\})"
    rf"|(?P<tag></?[a-zA-Z][\w-]*(?:\{{%.*?%\}}|\{{\{{.*?\}}\}}|{QUOTED}|[^>\"'{{])*>|<!doctype html>)"
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
VOID = set("area base br col embed hr img input link meta source track wbr path circle rect".split())
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
            return self.name in BLOCKS
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
        pieces = _words(line)
        row = ""
        for piece in pieces:
            if row and len(row) + 1 + len(piece) > room:
                lines.append(row)
                row = piece
            else:
                row = f"{row} {piece}" if row else piece
        lead = " " if line.startswith(" ") and not lines else ""
        trail = " " if line.endswith(" ") and row else ""
        lines.append(lead + row + trail)
    return "\n".join(lines)


def _words(line: str) -> list[str]:
    """Return the pieces of a line between spaces that may become a line break."""
    try:
        pieces = _pieces(parse(line))
    except ValueError:  # the line holds one end of a block only
        pieces = [line]
    return [piece for piece in pieces if piece]


def _pieces(node: Node) -> list[str]:
    """Cut a piece at its spaces; what fits on half a line stays whole."""
    pieces = [""]
    for child in node.children:
        if child.kind == "text":
            first, *others = re.split(r"[ \t]+", child.open)
        elif child.children and len(child.source()) > WIDTH - 20:
            first, *others = _pieces(child)
            first = child.open + first
            if others:
                others[-1] += child.close
            else:
                first += child.close
        else:
            first, others = child.source(), []
        pieces[-1] += first
        pieces += others
    return pieces


def wrapped(source: str) -> str:
    """Return the template cut in short lines."""
    return written(parse(source), WIDTH - 8).strip() + "\n"


def split_tags(source: str, width: int = 120) -> str:
    """Put the arguments of a long template tag, and the attributes of a long one, on lines."""
    lines = []
    for line in source.split("\n"):
        tag = re.fullmatch(r"(\s*)(\{% \w+) (.+) %\}", line)
        if len(line) <= width or not tag or "%}" in tag[3]:
            lines.append(line)
            continue
        indent, head, rest = tag.groups()
        first, *others = re.findall(r"(?:[^\s\"]|\"[^\"]*\")+", rest)
        lines.append(f"{indent}{head} {first}")
        lines += [f"{indent}  {each}" for each in others]
        lines.append(f"{indent}%}}")
    return "\n".join(lines)


def main(folders: list[str]) -> int:
    """Cut every template under `folders`; say which could not be read."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("templates/**/*.html")):
            source = path.read_text(encoding="utf-8")
            if max(map(len, source.splitlines()), default=0) <= WIDTH and "--all" not in sys.argv:
                continue
            try:
                path.write_text(split_tags(wrapped(source)), encoding="utf-8")
            except ValueError as error:
                print(f"{path}: {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main([argument for argument in sys.argv[1:] if not argument.startswith("--")]))
