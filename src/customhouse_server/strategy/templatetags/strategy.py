"""How the figure of an indicator is written on a page."""

from django import template

from customhouse_server.strategy.report_paper import figure

register = template.Library()
register.filter("figure", figure)
