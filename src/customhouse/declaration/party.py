"""Parties, places and means of transport that a declaration names (WCO Data Model classes)."""

import msgspec

from customhouse.declaration.value import StampedTime


class Address(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A postal address, or the country and the qualifier of a place."""

    type_code: str | None = None
    city_name: str | None = None
    country_code: str | None = None
    country_sub_division_code: str | None = None
    country_sub_division_name: str | None = None
    line: str | None = None
    postcode_id: str | None = None


class Communication(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A way to reach somebody: a number or an address, and its kind."""

    id: str | None = None
    type_code: str | None = None


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person to speak to at a party."""

    name: str | None = None
    communications: tuple[Communication, ...] = ()


class Party(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Anyone the declaration names: by identifier, or by name and address; role and function say in what capacity."""

    id: str | None = None
    name: str | None = None
    role_code: str | None = None
    function_code: str | None = None
    category_code: str | None = None
    type_code: str | None = None
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()
    communications: tuple[Communication, ...] = ()


class Location(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place: by identifier, by name, or by address, with the kind of place it is (SAD boxes 27 and 30)."""

    id: str | None = None
    name: str | None = None
    type_code: str | None = None
    address: Address | None = None


class TransportMeans(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A vessel, aircraft, train or vehicle: its identity, kind of identity, nationality and mode (SAD boxes 18, 21, 25, 26)."""

    id: str | None = None
    name: str | None = None
    identification_type_code: str | None = None
    registration_nationality_code: str | None = None
    mode_code: str | None = None
    type_code: str | None = None


class Seal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A seal on a container or means of transport."""

    sequence_numeric: int | None = None
    id: str | None = None


class TransportEquipment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A container and its seals (SAD box 31)."""

    sequence_numeric: int | None = None
    id: str | None = None
    fullness_code: str | None = None
    seals: tuple[Seal, ...] = ()


class Itinerary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One country through which the goods are routed."""

    sequence_numeric: int | None = None
    id: str | None = None
    routing_country_code: str | None = None


class Freight(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the carriage is paid for."""

    payment_method_code: str | None = None


class ConsignmentItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the carriage: who sent it and how its freight is paid."""

    sequence_numeric: int | None = None
    consignor: Party | None = None
    freight: Freight | None = None


class Consignment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The carriage of the goods: where they are, in what, by whom (SAD boxes 18, 19, 27, 30, 31)."""

    container_code: str | None = None
    arrival_transport_means: TransportMeans | None = None
    departure_transport_means: TransportMeans | None = None
    carrier: Party | None = None
    consignee: Party | None = None
    consignor: Party | None = None
    consignment_items: tuple[ConsignmentItem, ...] = ()
    freight: Freight | None = None
    goods_location: Location | None = None
    loading_location: Location | None = None
    unloading_location: Location | None = None
    itineraries: tuple[Itinerary, ...] = ()
    transport_equipment: tuple[TransportEquipment, ...] = ()
    arrived_at: StampedTime | None = None
