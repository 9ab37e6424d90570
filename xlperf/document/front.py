"""The part of the document before its project tables: titles, overall objective, sub-objectives, safeguards."""

from __future__ import annotations

from xlperf.document.blocks import Paragraph
from xlperf.document.faults import Faults
from xlperf.document.headings import inline_section, names_year_alone, part, section, stated_year
from xlperf.document.headings import title as is_title
from xlperf.document.items import numbered_items


class Front:
    """Collects the paragraphs of the first part under their sections."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._section: str | None = None
        self._paragraphs: dict[str, list[Paragraph]] = {"overall": [], "sub": [], "safeguards": []}
        self.years: list[int] = []
        """Years that titles name, in order."""
        self.years_of_headings: list[int] = []
        """Years that headings of tables name beside other things."""

    def take(self, paragraph: Paragraph) -> bool:
        """Put one paragraph in its place; whether it has one. A heading printed twice opens its section once."""
        opened = section(paragraph.text)
        if opened is not None:
            self._section = opened
        elif part(paragraph.text) or (self._section is None and is_title(paragraph.text)):
            self._section = None
            self.name_year(paragraph.text)
        elif within := inline_section(paragraph.text):
            self._section = within[0]
            self._paragraphs[within[0]] += (Paragraph(line, paragraph.line) for line in within[1].split("\n"))
        elif self._section is None:
            return False
        else:
            lines = paragraph.text.split("\n")
            self._paragraphs[self._section] += (Paragraph(line, paragraph.line) for line in lines)
        return True

    @property
    def is_open(self) -> bool:
        """Whether a section is being read."""
        return self._section is not None

    def name_year(self, title: str) -> None:
        """Keep the year a title names, if it does."""
        year = stated_year(title)
        self.years += [] if year is None else [year]

    def name_year_of_table(self, heading: str) -> None:
        """Keep the year in the heading of a table: in front it may be part of a project's name."""
        if names_year_alone(heading):
            self.name_year(heading[-10:])
        else:
            year = stated_year(heading)
            self.years_of_headings += [] if year is None else [year]

    def close(self) -> None:
        """A project table begins: no section goes on behind it."""
        self._section = None

    @property
    def lines(self) -> dict[str, int]:
        """The line in which a section's text begins, by the name of its slot."""
        named = {"overall_objective.text": "overall", "sub_objectives.text": "sub", "safeguards.text": "safeguards"}
        return {slot: self._paragraphs[name][0].line for slot, name in named.items() if self._paragraphs[name]}

    @property
    def overall_objective(self) -> str:
        """All paragraphs of 总体绩效目标, its numbered ones too, a line each."""
        paragraphs = self._paragraphs["overall"]
        text = "\n".join(paragraph.text for paragraph in paragraphs)
        return self._faults.fit(Paragraph(text, paragraphs[0].line)).text if paragraphs else ""

    @property
    def sub_objectives(self) -> tuple[str, ...]:
        """The items of 分项绩效目标 without their numbers."""
        return self._items("sub")

    @property
    def safeguards(self) -> tuple[str, ...]:
        """The items of 工作保障措施 without their numbers; the paragraph before item 1 is the first line of item 1."""
        return self._items("safeguards")

    def _items(self, name: str) -> tuple[str, ...]:
        paragraphs = self._paragraphs[name]
        items = numbered_items([paragraph.text for paragraph in paragraphs])
        return tuple(self._faults.fit(Paragraph(item, paragraphs[0].line)).text for item in items)
