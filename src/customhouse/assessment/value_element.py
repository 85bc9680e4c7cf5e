"""Value element: what Article 8 of the WTO Valuation Agreement adds to a price, and what its notes and decisions keep out of it."""

from enum import StrEnum


class ValueElement(StrEnum):
    """One kind of addition, of carriage, or of cost that is no part of the value."""

    COMMISSION = "commission"
    CONTAINER = "container"
    PACKING = "packing"
    ASSIST_MATERIAL = "assist_material"
    ASSIST_TOOL = "assist_tool"
    ASSIST_CONSUMABLE = "assist_consumable"
    ASSIST_DESIGN = "assist_design"
    ROYALTY = "royalty"
    RESALE_PROCEEDS = "resale_proceeds"
    TRANSPORT = "transport"
    LOADING = "loading"
    INSURANCE = "insurance"
    POST_IMPORTATION_WORK = "post_importation_work"
    INLAND_TRANSPORT = "inland_transport"
    DUTIES_AND_TAXES = "duties_and_taxes"
    BUYING_COMMISSION = "buying_commission"
    INTEREST = "interest"
    REPRODUCTION_RIGHT = "reproduction_right"
    SOFTWARE = "software"


ADDITIONS = {
    ValueElement.COMMISSION: "Article 8.1(a)(i)",
    ValueElement.CONTAINER: "Article 8.1(a)(ii)",
    ValueElement.PACKING: "Article 8.1(a)(iii)",
    ValueElement.ASSIST_MATERIAL: "Article 8.1(b)(i)",
    ValueElement.ASSIST_TOOL: "Article 8.1(b)(ii)",
    ValueElement.ASSIST_CONSUMABLE: "Article 8.1(b)(iii)",
    ValueElement.ASSIST_DESIGN: "Article 8.1(b)(iv)",
    ValueElement.ROYALTY: "Article 8.1(c)",
    ValueElement.RESALE_PROCEEDS: "Article 8.1(d)",
}
CARRIAGE = {
    ValueElement.TRANSPORT: "Article 8.2(a)",
    ValueElement.LOADING: "Article 8.2(b)",
    ValueElement.INSURANCE: "Article 8.2(c)",
}
EXCLUSIONS = {
    ValueElement.POST_IMPORTATION_WORK: "Note to Article 1, price, 3(a)",
    ValueElement.INLAND_TRANSPORT: "Note to Article 1, price, 3(b)",
    ValueElement.DUTIES_AND_TAXES: "Note to Article 1, price, 3(c)",
    ValueElement.BUYING_COMMISSION: "Article 8.1(a)(i) and its note",
    ValueElement.INTEREST: "Decision 3.1",
    ValueElement.REPRODUCTION_RIGHT: "Note to Article 8.1(c)",
    ValueElement.SOFTWARE: "Decision 4.1",
}
