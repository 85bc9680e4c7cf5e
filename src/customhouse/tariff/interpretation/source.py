"""Source: the texts that a step of classification rests on, by citation alone, and the weight of each kind.

The Explanatory Notes and the classification opinions of the World Customs Organization are its copyright: they are cited, never copied.
"""

from enum import StrEnum

import msgspec


class SourceKind(StrEnum):
    """The kinds of text, the weightiest first: the legal text, then what helps to read it."""

    HEADING = "heading"
    SECTION_NOTE = "section_note"
    CHAPTER_NOTE = "chapter_note"
    SUBHEADING_NOTE = "subheading_note"
    CLASSIFICATION_OPINION = "classification_opinion"
    EXPLANATORY_NOTE = "explanatory_note"
    RULING = "ruling"
    LABORATORY_REPORT = "laboratory_report"
    LITERATURE = "literature"

    @property
    def is_legal_text(self) -> bool:
        """Whether the text is part of the nomenclature itself, and so decides."""
        return self in _LEGAL_TEXT


_LEGAL_TEXT = (SourceKind.HEADING, SourceKind.SECTION_NOTE, SourceKind.CHAPTER_NOTE, SourceKind.SUBHEADING_NOTE)


class Citation(msgspec.Struct, frozen=True):
    """One text relied on: its kind, and where it is found, as "Chapter 85, Note 5"."""

    kind: SourceKind
    reference: str
