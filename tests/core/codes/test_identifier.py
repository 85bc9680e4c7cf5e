import pytest

from customhouse import codes


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (codes.is_container, "CSQU3054383", "CSQU3054384"),
        (codes.is_imo_number, "9074729", "9074728"),
        (codes.is_air_waybill, "160-12345675", "160-12345676"),
        (codes.is_mrn, "24GBCN7NW8U7JWIAR4", "24GBCN7NW8U7JWIAR"),
        (codes.is_operator_id, "GB553202734852", "553202734852"),
    ],
)
def test_a_wrong_digit_is_seen(check: object, good: str, bad: str) -> None:
    assert check(good)
    assert not check(bad)


def test_a_new_number_ends_in_its_check_digit() -> None:
    number = codes.mrn_with_check_digit("26QZ0000000000001")
    assert codes.is_mrn(number)
    assert codes.mrn_with_check_digit("26QZ0000000000001") == number
    with pytest.raises(ValueError, match="thirteen"):
        codes.mrn_with_check_digit("26QZ1")
