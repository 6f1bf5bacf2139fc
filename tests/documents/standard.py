"""Reads a sample standard of backend/seed/standards: what each paragraph of it is."""

import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Part:
    """A paragraph or a table of the standard."""

    # named: 前言, 引言 or 参考文献; heading: a number and a title; clause: a number and a sentence
    kind: str  # named | heading | clause | appendix | item | caption | table | text
    text: str = ""
    number: str = ""
    rows: list[list[str]] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many numbers it has: 6.2.3 has three."""
        return self.number.count(".") + 1 if self.number else 0

    @property
    def chapter(self) -> str:
        """The first of its numbers, or the letter of its appendix."""
        return self.number.split(".")[0]


@dataclass
class Standard:
    facts: dict[str, str]
    parts: list[Part]


def read(path: Path) -> Standard:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    parts: list[Part] = []
    for line in filter(None, body.splitlines()):
        if line.startswith("|"):
            _row(parts, line)
        elif not line.startswith("# "):
            parts.append(_part(line))
    return Standard(facts, parts)


def _row(parts: list[Part], line: str) -> None:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if parts[-1].kind != "table":
        parts.append(Part("table"))
    if not all(re.fullmatch(r"-+", cell) for cell in cells):
        parts[-1].rows.append(cells)


def _part(line: str) -> Part:
    heading = line.startswith("#")
    text = line.lstrip("#").strip()
    if found := re.fullmatch(r"附录([A-Z]) （(规范性|资料性)） (.+)", text):
        letter, force, title = found.groups()
        return Part("appendix", f"（{force}）{title}", letter)
    if found := re.fullmatch(r"((?:\d+|[A-Z]\.\d+)(?:\.\d+)*) (.+)", text):
        return Part("heading" if heading else "clause", found[2], found[1])
    if heading:
        return Part("named", text)
    if found := re.fullmatch(r"([a-z])\) (.+)", text):
        return Part("item", found[2], found[1])
    if re.match(r"表[A-Z0-9.]+ ", text):
        number, title = text.split(" ", 1)
        return Part("caption", title, number)
    return Part("text", text)
