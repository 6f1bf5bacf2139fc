"""Small pieces of a Word file for which python-docx has no words."""

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from standard import Part

# Name, the built-in style it is based on, font, size, spacing before and after, alignment, indent.
STYLES = [
    ("封面", "Normal", "黑体", 14, 0, 0, None, 0),
    ("目次标题", "Normal", "黑体", 18, 20, 20, "center", 0),
    ("前言标题", "Heading 1", "黑体", 18, 20, 20, "center", 0),
    ("章标题", "Heading 1", "黑体", 16, 14, 10, None, 0),
    ("一级条标题", "Heading 2", "黑体", 14, 8, 6, None, 0),
    ("附录标题", "Heading 1", "黑体", 16, 0, 14, "center", 0),
    ("附录条标题", "Heading 2", "黑体", 14, 8, 6, None, 0),
    ("条文", "Normal", "宋体", 14, 0, 0, None, 0),
    ("正文段", "Normal", "宋体", 14, 0, 0, None, 28),
    ("列项", "Normal", "宋体", 14, 0, 0, None, 0),
    ("表题", "Normal", "黑体", 12, 8, 4, "center", 0),
    ("表头", "Normal", "黑体", 12, 5, 5, "center", 0),
    ("表文", "Normal", "宋体", 12, 6, 6, None, 0),
    ("表后", "Normal", "宋体", 6, 0, 0, None, 0),
]


def styles(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    for name, base, font, size, before, after, align, indent in STYLES:
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles[base]
        _font(style.element.get_or_add_rPr(), font)
        style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.first_line_indent = Pt(indent)
        if name.startswith("表"):
            shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
        elif base == "Normal" and name != "封面":
            shape.line_spacing = Pt(30)
        if align:
            shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["列项"].paragraph_format.left_indent = Pt(28)
    for level in (1, 2):
        style = document.styles.add_style(f"TOC {level}", 1)
        _font(style.element.get_or_add_rPr(), "宋体")
        style.font.size = Pt(12)
        style.paragraph_format.left_indent = Pt(24 * (level - 1))
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = Pt(22)


def heading_style(part: Part) -> str:
    if part.chapter.isdigit():
        return "章标题" if part.depth == 1 else "一级条标题"
    return "附录条标题"


def fonts(run, font: str, size: float) -> None:
    run.font.size = Pt(size)
    _font(run._element.get_or_add_rPr(), font)


def _font(properties, font: str) -> None:
    found = properties.find(qn("w:rFonts"))
    if found is None:
        found = OxmlElement("w:rFonts")
        properties.insert(0, found)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        found.attrib.pop(qn(f"w:{theme}"), None)
    found.set(qn("w:eastAsia"), font)
    for kind in ("ascii", "hAnsi"):
        found.set(qn(f"w:{kind}"), "Times New Roman")


def make(name: str, **attributes: str):
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _instruction(paragraph, text: str) -> None:
    run = paragraph.add_run()._element
    run.append(make("fldChar", fldCharType="begin"))
    run = paragraph.add_run()._element
    code = make("instrText")
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    code.text = f" {text} "
    run.append(code)
    run = paragraph.add_run()._element
    run.append(make("fldChar", fldCharType="separate"))


def field(paragraph, instruction: str, shown: str) -> None:
    """A field whose last result is `shown`."""
    _instruction(paragraph, instruction)
    paragraph.add_run(shown)
    toc_end(paragraph)


def toc_begin(paragraph) -> None:
    _instruction(paragraph, 'TOC \\o "1-2" \\h \\z \\u')


def toc_end(paragraph) -> None:
    paragraph.add_run()._element.append(make("fldChar", fldCharType="end"))


def page_numbers(section, header: str, kind: str | None) -> None:
    """Its own header and footer, pages counted from 1; neither on the cover."""
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    top = section.header.paragraphs[0]
    top.text, top.alignment = header, WD_ALIGN_PARAGRAPH.RIGHT
    if kind is None:
        return
    bottom = section.footer.paragraphs[0]
    bottom.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field(bottom, "PAGE", "1")
    for found in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(found)
    section._sectPr.append(make("pgNumType", fmt=kind, start="1"))
