"""Word's own numbers: of clauses, appendices and lists. The text of such a paragraph has none."""

from docx.oxml.ns import qn

from pieces import make
from standard import Part

# The numbers start where the typed ones before them end.
FIRST_CHAPTER = 5

# Name, and for each level its format and pattern.
LISTS = [
    ("chapters", [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")]),
    ("appendices", [("upperLetter", "附录%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")]),
    ("items", [("lowerLetter", "%1)")]),
]
ABSTRACT = {name: 900 + at for at, (name, _) in enumerate(LISTS)}


class Numbering:
    def __init__(self, document) -> None:
        self.root = document.part.numbering_part.element
        self.numbers = 900
        first_number = self.root.find(qn("w:num"))
        for name, levels in LISTS:
            definition = make("abstractNum", abstractNumId=str(ABSTRACT[name]))
            definition.append(make("multiLevelType", val="multilevel"))
            for level, (fmt, pattern) in enumerate(levels):
                start = FIRST_CHAPTER if name == "chapters" and level == 0 else 1
                definition.append(self._level(level, start, fmt, pattern))
            first_number.addprevious(definition)
        self.chapters = self._number("chapters")
        self.appendices = self._number("appendices")
        self.items = None

    def _level(self, level: int, start: int, fmt: str, pattern: str):
        found = make("lvl", ilvl=str(level))
        found.append(make("start", val=str(start)))
        found.append(make("numFmt", val=fmt))
        found.append(make("suff", val="space"))
        found.append(make("lvlText", val=pattern))
        found.append(make("lvlJc", val="left"))
        return found

    def _number(self, name: str) -> str:
        self.numbers += 1
        number = make("num", numId=str(self.numbers))
        number.append(make("abstractNumId", val=str(ABSTRACT[name])))
        if name == "items":
            restart = make("lvlOverride", ilvl="0")
            restart.append(make("startOverride", val="1"))
            number.append(restart)
        self.root.append(number)
        return str(self.numbers)

    def new_list(self) -> None:
        """The next item is a) again."""
        self.items = self._number("items")

    def clause(self, paragraph, part: Part) -> None:
        number = self.chapters if part.chapter.isdigit() else self.appendices
        _set(paragraph, number, part.depth - 1)

    def item(self, paragraph) -> None:
        _set(paragraph, self.items, 0)


def _set(paragraph, number: str, level: int) -> None:
    properties = paragraph._element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = int(number)
