"""How the unit of an indicator is written on a page."""

from django import template

from customhouse_server.performance import telling

register = template.Library()
register.filter("in_unit", telling.unit_named)
