"""Resource: a JSON:API document turned into one nested object, each relationship that we ask for in its place."""

from collections.abc import Mapping
from typing import Any

RELATED: Mapping[str, Any] = {
    "heading": {},
    "ancestors": {},
    "import_measures": {
        "measure_type": {},
        "measure_components": {},
        "measure_conditions": {"measure_condition_components": {}},
        "geographical_area": {"children_geographical_areas": {}, "contained_geographical_areas": {}},
        "excluded_countries": {},
        "additional_code": {},
        "order_number": {},
        "preference_code": {},
        "legal_acts": {},
    },
}
"""The relationships that are followed, and from there on; no others, so that a circle has an end."""


def nested(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The main resource of the document, what stands in `included` put where it belongs."""
    included = {(each["type"], str(each["id"])): each for each in document.get("included", ())}

    def filled(resource: Mapping[str, Any], related: Mapping[str, Any]) -> dict[str, Any]:
        flat = {**resource.get("attributes", {}), "id": str(resource["id"])}
        relations = resource.get("relationships", {})
        for name in related:
            linked = relations.get(name, {}).get("data")
            if isinstance(linked, list):
                flat[name] = [followed(each, related[name]) for each in linked]
            elif linked is not None:
                flat[name] = followed(linked, related[name])
        return flat

    def followed(link: Mapping[str, Any], related: Mapping[str, Any]) -> dict[str, Any]:
        return filled(included.get((link["type"], str(link["id"])), link), related)

    return filled(document["data"], RELATED)
