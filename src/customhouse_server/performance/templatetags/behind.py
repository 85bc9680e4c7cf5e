"""How a figure that a page of any area shows is linked to its indicator and to the events behind it."""

from django import template

from customhouse_server.performance import behind

register = template.Library()
register.simple_tag(behind.page_of)
register.simple_tag(behind.events_of)
