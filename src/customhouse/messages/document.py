"""Document: one WCO message of any kind, with what it declares and what it says about itself."""

from enum import StrEnum

import msgspec

from customhouse.declaration import Declaration, UnmappedLeaf
from customhouse.kernel import Finding
from customhouse.messages.amendment import amended
from customhouse.messages.response import Response


class DocumentKind(StrEnum):
    """What a document is for."""

    DECLARATION = "declaration"
    AMENDMENT = "amendment"
    CANCELLATION = "cancellation"
    PRESENTATION = "presentation"
    NOTIFICATION = "notification"
    UNKNOWN = "unknown"


class MetaData(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the message says about itself: model version, type, the country and agency it is for."""

    model_version_code: str | None = None
    type_name: str | None = None
    responsible_country_code: str | None = None
    responsible_agency_name: str | None = None
    customization_code: str | None = None
    customization_version_code: str | None = None


ELEMENTS = {
    "WCODataModelVersionCode": "model_version_code",
    "WCOTypeName": "type_name",
    "ResponsibleCountryCode": "responsible_country_code",
    "ResponsibleAgencyName": "responsible_agency_name",
    "AgencyAssignedCustomizationCode": "customization_code",
    "AgencyAssignedCustomizationVersionCode": "customization_version_code",
}

_ADDITIONAL_MESSAGE = {"COR": DocumentKind.AMENDMENT, "INV": DocumentKind.CANCELLATION}
_PRESENTATION_TYPES = ("GPR", "GPN")


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A declaration or a response with its metadata; `unmapped` holds what stands outside both, `findings` what is wrong in form."""

    metadata: MetaData = MetaData()
    declaration: Declaration | None = None
    response: Response | None = None
    unmapped: tuple[UnmappedLeaf, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def kind(self) -> DocumentKind:
        """What the document is for, by its function and type (UNCL 1225: 9 original, 13 request)."""
        if self.response is not None:
            return DocumentKind.NOTIFICATION
        if self.declaration is None:
            return DocumentKind.UNKNOWN
        if self.declaration.type_code in _PRESENTATION_TYPES:
            return DocumentKind.PRESENTATION
        return _ADDITIONAL_MESSAGE.get(self.declaration.type_code or "", DocumentKind.DECLARATION)

    def applied_to(self, declared: Declaration) -> "Document":
        """The declaration that results if this amendment changes the one declared, with what is wrong in its pointers.

        A document that is no amendment stands for itself: it is the whole declaration as it should be.
        """
        if self.declaration is None or self.kind is not DocumentKind.AMENDMENT:
            return self
        changed, findings = amended(declared, self.declaration)
        return msgspec.structs.replace(self, declaration=changed, findings=self.findings + findings)

    @property
    def reason(self) -> str:
        """What an amendment or a cancellation says of its reason, in words, else by code."""
        if self.declaration is None:
            return ""
        words = [each.statement_description for each in self.declaration.additional_information if each.statement_description]
        codes = [each.change_reason_code for each in self.declaration.amendments if each.change_reason_code]
        return "; ".join(dict.fromkeys(words or codes))
