"""Code lists, each entry with the days on which it is valid, and identifiers that check themselves."""

from customhouse.codes.code_list import CodeEntry, CodeList, CodeLists, read_code_list
from customhouse.codes.identifier import is_air_waybill, is_container, is_imo_number, is_mrn, is_operator_id, mrn_with_check_digit
from customhouse.codes.unit import in_base_unit
from customhouse.codes.world import world_lists

__all__ = [
    "CodeEntry",
    "CodeList",
    "CodeLists",
    "in_base_unit",
    "is_air_waybill",
    "is_container",
    "is_imo_number",
    "is_mrn",
    "is_operator_id",
    "mrn_with_check_digit",
    "read_code_list",
    "world_lists",
]
