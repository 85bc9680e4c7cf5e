"""Description: what the interface says of itself (OpenAPI), in which of two models of one name each is told as it is.

Areas name their own: an act of a ruling is no act of a declaration. The first keeps the name, another is told with its area before it.
"""

from collections.abc import Mapping

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

_PLACE = "#/components/schemas/"


class Description(OpenAPISchema):
    """The description, each of whose models has a name of its own."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        """Describe every address."""
        self.wholes: dict[str, object] = {}
        super().__init__(api, path_prefix)

    def operation_details(self, operation: Operation) -> dict[str, object]:
        """One address, with the models that it takes."""
        known, self.schemas = self.schemas, {}
        details = super().operation_details(operation)
        own, self.schemas = self.schemas, known
        area = operation.view_func.__module__.split(".")[1].title()
        names = {name: self._name(name, area, _whole(model, own)) for name, model in own.items()}
        self.schemas |= {names[name]: _renamed(model, names) for name, model in own.items()}
        return _renamed(details, names)

    def _name(self, name: str, area: str, whole: object) -> str:
        found = next((each for each in (name, area + name) if self.wholes.setdefault(each, whole) == whole), None)
        assert found, f"the area {area} has two models of the name {name}"
        return found


class Interface(NinjaAPI):
    """The interface, described so."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, object] | None = None) -> Description:
        """The description."""
        return Description(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)


def _whole(model: object, models: Mapping[str, object]) -> object:
    """A model with all that it refers to in its place."""
    if isinstance(model, dict):
        if "$ref" in model:
            return _whole(models[model["$ref"].removeprefix(_PLACE)], models)
        return {key: _whole(value, models) for key, value in model.items()}
    return [_whole(each, models) for each in model] if isinstance(model, list) else model


def _renamed(told: object, names: Mapping[str, str]) -> object:
    """What is told, with the models that it refers to under their names."""
    if isinstance(told, dict):
        return {key: _PLACE + names[value.removeprefix(_PLACE)] if key == "$ref" else _renamed(value, names) for key, value in told.items()}
    return [_renamed(each, names) for each in told] if isinstance(told, list) else told
