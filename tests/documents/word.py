"""Writes a standard as the Word file an office would have: a cover, contents, headers and footers,
tables, and numbers of which some are typed and others are Word's own."""

from pathlib import Path

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from numbering import Numbering
from pieces import field, fonts, heading_style, page_numbers, styles, toc_begin, toc_end
from standard import Part, Standard

# Which chapters and appendices are numbered by Word; whoever wrote the others typed their numbers.
NUMBERED_BY_WORD = {"5", "6", "7", "8", "A", "B", "C"}


def write(standard: Standard, pages: dict[str, int], path: Path) -> None:
    """`pages` says where each heading stands, as far as that is known."""
    document = Document()
    styles(document)
    _cover(document, standard.facts)
    _contents(document, standard, pages)
    body = document.add_section(WD_SECTION.NEW_PAGE)
    page_numbers(body, standard.facts["number"], "decimal")
    Body(document).write(standard.parts)
    document.core_properties.title = standard.facts["title"]
    document.core_properties.author = standard.facts["organization"]
    document.save(path)


def _cover(document, facts: dict[str, str]) -> None:
    def line(text: str, size: int, align=WD_ALIGN_PARAGRAPH.CENTER, before=0, font="黑体"):
        paragraph = document.add_paragraph(style="封面")
        paragraph.alignment = align
        paragraph.paragraph_format.space_before = Pt(before)
        fonts(paragraph.add_run(text), font, size)

    left, right = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
    line("ICS 03.080.01", 12, left)
    line("CCS A 12", 12, left)
    line("示    例    标    准", 36, before=60)
    line(facts["number"], 16, right, before=24)
    line(facts["title"], 30, before=120)
    line("Specification for conference service (sample)", 16, before=12, font="Times New Roman")
    line("本文件仅供演示和教学，不是任何机构发布的标准", 14, before=24, font="楷体")
    if "effective" in facts:
        line(f"{facts['published']} 发布            {facts['effective']} 实施", 14, before=150)
        line(f"{facts['organization']}  发布", 18, before=18)
    else:
        line("（征求意见稿）", 16, before=24)
    page_numbers(document.sections[0], "", None)


def _contents(document, standard: Standard, pages: dict[str, int]) -> None:
    front = document.add_section(WD_SECTION.NEW_PAGE)
    page_numbers(front, standard.facts["number"], "upperRoman")
    document.add_paragraph("目    次", style="目次标题")
    headings = [it for it in standard.parts if it.kind in ("named", "appendix", "heading")]
    shown = [it for it in headings if it.depth <= 2 and it.chapter.isdigit() or it.depth < 2]
    for at, part in enumerate(shown):
        level = 2 if part.depth == 2 else 1
        paragraph = document.add_paragraph(style=f"TOC {level}")
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(15.8), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if at == 0:
            toc_begin(paragraph)
        paragraph.add_run(f"{label(part)}\t{pages.get(label(part), '')}")
        if at == len(shown) - 1:
            toc_end(paragraph)


def label(part: Part) -> str:
    """A heading as it is read."""
    if part.kind == "appendix":
        return f"附录{part.number}{part.text}"
    return f"{part.number} {part.text}".strip()


class Body:
    """What stands after the contents."""

    def __init__(self, document) -> None:
        self.document = document
        self.numbering = Numbering(document)
        self.chapter = ""
        self.tables = 0

    def write(self, parts: list[Part]) -> None:
        for at, part in enumerate(parts):
            self.chapter = part.chapter if part.kind in ("heading", "appendix") else self.chapter
            if part.kind == "item" and part.number == "a":
                self.numbering.new_list()
            follows = parts[at - 1].kind if at else ""
            getattr(self, f"_{part.kind}")(part, follows)

    @property
    def by_word(self) -> bool:
        return self.chapter in NUMBERED_BY_WORD

    def _named(self, part: Part, follows: str) -> None:
        paragraph = self.document.add_paragraph(part.text, style="前言标题")
        paragraph.paragraph_format.page_break_before = bool(follows)

    def _heading(self, part: Part, _: str) -> None:
        style = heading_style(part)
        first = part.number == "1"
        paragraph = self._numbered(part, style, "  ")
        paragraph.paragraph_format.page_break_before = first

    def _clause(self, part: Part, _: str) -> None:
        self._numbered(part, "条文", "  ")

    def _numbered(self, part: Part, style: str, gap: str) -> Paragraph:
        if not self.by_word:
            return self.document.add_paragraph(f"{part.number}{gap}{part.text}", style=style)
        paragraph = self.document.add_paragraph(part.text, style=style)
        self.numbering.clause(paragraph, part)
        return paragraph

    def _appendix(self, part: Part, _: str) -> None:
        force, title = part.text[:5], part.text[5:]
        paragraph = self.document.add_paragraph(style="附录标题")
        paragraph.paragraph_format.page_break_before = True
        if self.by_word:
            self.numbering.clause(paragraph, part)
        else:
            paragraph.add_run(f"附录{part.number}")
        # One paragraph of three lines, as the template of such standards has it.
        for line in (force, title):
            paragraph.add_run().add_break()
            paragraph.add_run(line)

    def _item(self, part: Part, _: str) -> None:
        if self.by_word:
            self.numbering.item(self.document.add_paragraph(part.text, style="列项"))
        else:
            self.document.add_paragraph(f"{part.number}) {part.text}", style="列项")

    def _caption(self, part: Part, _: str) -> None:
        paragraph = self.document.add_paragraph(style="表题")
        if part.number[1:].isdigit():
            self.tables += 1
            paragraph.add_run("表")
            field(paragraph, "SEQ 表 \\* ARABIC", str(self.tables))
        else:
            paragraph.add_run(part.number)
        paragraph.add_run(f"  {part.text}")

    def _text(self, part: Part, _: str) -> None:
        self.document.add_paragraph(part.text, style="正文段")

    def _table(self, part: Part, _: str) -> None:
        head, *rows = part.rows
        table = self.document.add_table(rows=0, cols=len(head), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for at, row in enumerate([head, *rows]):
            cells = table.add_row().cells
            if len(row) > 3 and at and not any(row[1:]) and row[0]:
                cells[1].merge(cells[-1])
                row = row[:2]
            for cell, text in zip(cells, row):
                paragraph = cell.paragraphs[0]
                paragraph.style = "表头" if at == 0 else "表文"
                paragraph.add_run(text)
        self.document.add_paragraph(style="表后")
