"""Form: what is handed in to customs, where, and a blank or a sample of it, from what this site itself takes in (TFA Art 1.1(a))."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from customhouse import messages
from customhouse.declaration import Declaration, document
from customhouse.messages import Document
from customhouse.pipeline import publication as rules
from customhouse_server.declaration.form import HEADER, ITEM
from customhouse_server.desk.pdf import BLANK, pdf
from customhouse_server.ruling.form import APPLICATION
from customhouse_server.tariff.country import current_country

CONTENT_TYPES = {"pdf": "application/pdf", "xml": "application/xml", "json": "application/json"}
_REQUESTS = {"amendment": "COR", "cancellation": "INV", "presentation": "GPR"}
"""The types of the messages about a declaration that has a number."""


class UnknownFormError(LookupError):
    """There is no such form, or none in that format."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its title, what it is for, the name of the page that takes it (none: it is sent by a program), and its files."""

    name: str
    title: str
    purpose: str
    page: str = ""
    needs_account: bool = True
    files: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where it is handed in."""
        return reverse(self.page) if self.page else "/api/inbox"


FORMS = (
    Form(
        "declaration",
        "Goods declaration",
        "to import, to export, or to put goods under another procedure",
        "declaration:list",
        files=("pdf",),
    ),
    Form(
        "message", "Goods declaration as a message", "the same as a file of the WCO Data Model", "declaration:upload", files=("xml", "json")
    ),
    Form("amendment", "Amendment", "to change what was declared", files=("xml",)),
    Form("cancellation", "Cancellation", "to have a declaration cancelled", files=("xml",)),
    Form("presentation", "Presentation of the goods", "to report that goods declared before have arrived", files=("xml",)),
    Form(
        "ruling", "Application for an advance ruling", "to know class, origin or value before the goods come", "ruling:list", files=("pdf",)
    ),
    Form("question", "Question to customs", "to ask what the rules mean", "enquiry:ask", needs_account=False),
    Form("comment", "Comment on a draft", "to say what a planned rule would do", "consultation:calendar", needs_account=False),
)
"""What customs takes in, in the order in which somebody meets it."""


def forms() -> rules.Sheet:
    """The forms as a sheet."""
    rows = [
        (
            each.title,
            each.purpose,
            each.address,
            "with an account" if each.needs_account else "without an account",
            tuple(reverse("portal:form", args=[each.name, file]) for file in each.files),
        )
        for each in FORMS
    ]
    return rules.Sheet(
        title="Forms",
        about="What is handed in to customs, where, and a blank to print or a sample to copy. Nothing has to be on paper.",
        source="the forms and messages that this site takes in",
        basis="TFA Art 1.1(a), Art 1.2.1(b)",
        columns=("form", "what it is for", "where", "who", "blank or sample"),
        rows=tuple(rows),
    )


def file_of(name: str, file: str, *, at: dt.datetime) -> bytes:
    """The blank or the sample of a form, in the reader's language; refuses with `UnknownFormError`."""
    found = next((each for each in FORMS if each.name == name and file in each.files), None)
    if found is None:
        raise UnknownFormError(f"there is no form {name}.{file}: the forms are listed at {reverse('portal:publication', args=['forms'])}")
    if file == "pdf":
        return _blank(found, at=at)
    sample = _request(_REQUESTS[name]) if name in _REQUESTS else _sample(current_country().folder / "samples")
    return messages.render_json(sample) if file == "json" else messages.render_xml(sample)


def _blank(form: Form, *, at: dt.datetime) -> bytes:
    """A blank to print and to fill in by hand before one sits down to type it."""
    country = current_country()
    parts = {"declaration": ((_("The declaration"), HEADER), (_("Each item of goods"), ITEM)), "ruling": (("", APPLICATION),)}
    made_of = {"code": country.code, "edition": country.edition, "day": date_format(country.legal_day(at=at), "j F Y")}
    data = {
        "language": (get_language() or "en")[:2],
        "title": _(form.title),
        "about": _("Prepare on paper what you will type at %(address)s; there it is checked at once.") % {"address": form.address},
        "sections": [
            {"title": title, "rows": [[str(field.label), str(field.hint)] for field in fields]} for title, fields in parts[form.name]
        ],
        "foot": _("Country package %(code)s, edition %(edition)s, %(day)s") % made_of,
    }
    return pdf(BLANK, data, at=at)


def _request(kind: str) -> Document:
    """A message about a declaration, with words in place of its numbers."""
    why = document.AdditionalInformation(statement_description="WHY", statement_type_code="AES")
    declaration = Declaration(
        function_code="13", lrn="YOUR-REFERENCE", type_code=kind, mrn="NUMBER-OF-THE-DECLARATION", additional_information=(why,)
    )
    return Document(declaration=declaration)


def _sample(folder: Path) -> Document:
    """The first sample of the country package with which nothing is wrong in form; without one, a message with nothing but its kind."""
    read = (messages.read(path.read_bytes()) for path in sorted(folder.glob("*.xml")))
    empty = Document(declaration=Declaration(function_code="9", lrn="YOUR-REFERENCE", type_code="IMA"))
    return next((each for each in read if not each.findings), empty)
