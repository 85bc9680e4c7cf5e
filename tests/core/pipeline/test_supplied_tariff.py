"""Measures given beside a country package take the place of its own for the goods that they name."""

from datetime import date

import pytest

from customhouse import pipeline
from customhouse.pipeline.supplied_tariff import UnreadableSuppliedTariffError

DAY = date(2026, 8, 3)
US = pipeline.load_country("us")
SCHEDULE = """HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,Column 2 Rate of Duty,Quota Quantity,Additional Duties
"0106","0","Other live animals:","","","","","",""
"0106.41.00.00","1","Bees","[""No.""]","Free","","Free","",""
"7326.90.86","1","Other","","3%","Free (AU)","45%","",""
"""  # noqa: E501 - the header as it is published
EXPORT = """[{"htsno": "4011.10.10", "indent": "1", "description": "Radial", "general": "4%", "other": "10%",
"footnotes": [{"columns": ["general"], "value": "See 9903.88.03. ", "type": "endnote"}]},
{"htsno": "9903.88.03", "indent": "0", "description": "articles the product of China",
"general": "The duty provided in the applicable subheading + 25%"}]"""


def rates(package: pipeline.CountryPackage, commodity: str, origin: str) -> dict[str, str]:
    return {each.kind: str(each.rate) for each in package.law.tariff.measures_on(commodity, origin, on=DAY) if not each.additional_code}


def test_an_export_of_the_schedule_brings_its_lines_and_leaves_the_duties_that_it_says_nothing_of() -> None:
    package = pipeline.with_tariff(US, SCHEDULE)
    assert package.law.tariff.commodity("0106410000", on=DAY) is not None
    assert rates(package, "7326908688", "CN")["DUTY"] == "3%"
    assert rates(package, "7326908688", "CN")["S301"] == "25%"
    assert "footnotes" in package.remarks[0]


def test_the_footnotes_of_an_export_make_additional_duties() -> None:
    package = pipeline.with_tariff(US, EXPORT)
    assert rates(package, "4011101010", "CN") == {"DUTY": "4%", "S301": "The duty provided in the applicable subheading + 25%"}
    assert rates(package, "4011101010", "JP") == {"DUTY": "4%"}
    assert package.remarks == ()


def test_a_folder_brings_its_goods_and_areas_too() -> None:
    measures = "id,commodity,area,kind,rate\nM,0106,BLOC,DUTY,7¢/kg\n"
    package = pipeline.with_tariff(US, measures, commodities="code,description\n0106,Animals\n", areas="area,member\nBLOC,FR\n")
    assert rates(package, "010641", "FR") == {"DUTY": "7¢/kg"}
    assert rates(package, "010641", "DE") == {}
    assert len(package.law.tariff.nomenclature) == 1


@pytest.mark.parametrize("text", ["[1]", "id,commodity,kind\n", "commodity,kind,rate\nx,DUTY,5%\n"])
def test_what_is_no_tariff_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSuppliedTariffError):
        pipeline.with_tariff(US, text)
