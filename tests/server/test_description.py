"""What the interface says of itself is what it takes: each address its own body, whatever other areas call theirs."""

from collections.abc import Iterator
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from django.test import Client
from ninja import Schema

from customhouse_server.settings.api import api

pytestmark = pytest.mark.django_db
PLACE = "#/components/schemas/"


def bodies() -> Iterator[tuple[str, str, type[Schema]]]:
    """Each address that takes a body, its method, and the model that its function reads."""
    for prefix, router in api._routers:  # noqa: SLF001 - the framework keeps its list of routes there
        for path, view in router.path_operations.items():
            for operation in view.operations:
                model = get_type_hints(operation.view_func).get("body")
                if isinstance(model, type) and issubclass(model, Schema):
                    yield from ((method.lower(), f"/api{prefix}{path}", model) for method in operation.methods)


@pytest.fixture(scope="module")
def described(django_db_blocker: Any) -> dict[str, Any]:  # noqa: ANN401 - its type has no public name
    with django_db_blocker.unblock():
        return Client().get("/api/openapi.json").json()


def found(told: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    """What is told, where a reference leads to."""
    for each in (told, *told.get("allOf", ()), *told.get("anyOf", ())):
        if "$ref" in each:
            return dict(described["components"]["schemas"][each["$ref"].removeprefix(PLACE)])
    return told


def choices(kind: object) -> list[str] | None:
    """Between what one chooses, where a field is a choice."""
    plain = next((each for each in get_args(kind) if each is not type(None)), kind) if get_origin(kind) is UnionType else kind
    return [each.value for each in plain] if isinstance(plain, type) and issubclass(plain, StrEnum) else None


def test_every_address_tells_the_fields_and_the_choices_of_its_own_body(described: dict[str, Any]) -> None:
    paths = {path.replace("{", "<").replace("}", ">"): acts for path, acts in described["paths"].items()}
    wrong = []
    for method, path, model in bodies():
        plain = "/".join(f"<{part.rpartition(':')[2].strip('{}')}>" if part.startswith("{") else part for part in path.split("/"))
        told = found(paths[plain][method]["requestBody"]["content"]["application/json"]["schema"], described)
        if set(told["properties"]) != set(model.model_fields):
            wrong.append(f"{method} {path} tells {sorted(told['properties'])}")
            continue
        for name, field in model.model_fields.items():
            chosen = choices(field.annotation)
            if chosen and found(told["properties"][name], described).get("enum") != chosen:
                wrong.append(f"{method} {path} tells other choices of {name}")
    assert len(list(bodies())) > 50
    assert not wrong, "\n".join(wrong)


def test_nothing_refers_to_what_is_not_described(described: dict[str, Any]) -> None:
    def referred(told: object) -> Iterator[str]:
        for each in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
            yield from referred(each)
        if isinstance(told, dict) and "$ref" in told:
            yield told["$ref"].removeprefix(PLACE)

    assert set(referred(described)) <= set(described["components"]["schemas"])
