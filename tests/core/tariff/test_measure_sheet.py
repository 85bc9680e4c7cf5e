from customhouse.kernel import Severity
from customhouse.tariff import read_measures
from customhouse.tariff.measure_sheet import COLUMNS

HEADER = ",".join(COLUMNS)


def test_every_row_that_is_wrong_is_told_at_once_with_its_column_and_a_fix() -> None:
    rows = [
        "ok,0803,1011,,A00,,100,,16 %,,act,2020-01-01,",
        "a,08X3,,,,,,,16 %,,,,",
        "b,0803,,,A00,,,,,,,,",
        "c,0803,,,A00,,,,5 %,B:C644,,,",
        "d,0803,,,A00,,,,5 %,,,2020-13-01,",
        "e,0803,,,A00,,,,5 %,,,2021-01-01,2020-01-01",
        "ok,0803,,,A00,,,,5 %,,,,",
    ]
    sheet = read_measures("\n".join([HEADER, *rows]))
    assert [(each.id, each.rate.text) for each in sheet.measures] == [("ok", "16 %"), ("b", ""), ("ok", "5 %")]
    told = [(finding.params["row"], finding.params["column"]) for finding in sheet.findings]
    assert told == [
        ("3", "kind"),
        ("3", "commodity"),
        ("4", "rate"),
        ("5", "conditions"),
        ("6", "valid_from"),
        ("7", "valid_to"),
        ("8", "id"),
    ]
    warned = {finding.params["row"] for finding in sheet.findings if finding.severity is Severity.WARNING}
    assert warned == {"4", "8"}
    assert all(finding.params["what"] and finding.params["fix"] for finding in sheet.findings)


def test_a_rate_that_cannot_be_computed_is_warned_of_and_kept() -> None:
    sheet = read_measures(f"{HEADER}\nm,0702,,,A00,,,,Entry Price,,,,")
    assert [each.rate.unreadable for each in sheet.measures] == ["the duty depends on the entry price of the goods"]
    assert [finding.severity for finding in sheet.findings] == [Severity.WARNING]


def test_a_sheet_without_its_columns_is_told_and_not_read() -> None:
    sheet = read_measures("commodity;rate\n0803;5 %\n")
    assert sheet.measures == ()
    assert {finding.params["column"] for finding in sheet.findings} == {"commodity", "kind", "rate"}


def test_columns_may_stand_in_any_order_and_optional_ones_be_missing() -> None:
    sheet = read_measures("rate,kind,commodity\n5 %,A00,0803 10\n")
    assert [(each.id, each.commodity, each.rate.text) for each in sheet.measures] == [("row 2", "080310", "5 %")]
    assert sheet.findings == ()


def test_several_excluded_areas_and_preferences_are_separated_by_spaces() -> None:
    sheet = read_measures(f"{HEADER}\nm,0803,2020,KE UG,A00,,300 320,,5 %,,,,")
    assert sheet.measures[0].excludes == ("KE", "UG")
    assert sheet.measures[0].preferences == ("300", "320")


def test_a_file_of_anything_gives_findings_and_no_crash() -> None:
    for text in ("", "\x00", HEADER, f"{HEADER}\n", f"{HEADER}\n,,,,", f'{HEADER}\n"', "id\nx\n"):
        read_measures(text)
