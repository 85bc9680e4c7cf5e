"""Drawing: the self-assessment and the risk map as heat maps under a title that says what they show, in the reader's language."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customhouse.development import integrity
from customhouse_server.desk.heat_map import Cell, heat_map
from customhouse_server.desk.templatetags.customs import UNKNOWN, said

_HIGHEST_LEVEL, _HIGHEST_DRIVER, _HIGHEST_SCORE = 4, 5, 125


def factors_title(standings: Sequence[integrity.self_assessment.Standing], *, target: int) -> str:
    """How many of the factors are where they should be."""
    reached = sum(each.level is not None and each.level >= target for each in standings)
    one, more = "%(reached)s factor of %(all)s has reached level %(target)s", "%(reached)s factors of %(all)s have reached level %(target)s"
    told = ngettext(one, more, reached)
    return told % {"reached": reached, "all": len(standings), "target": target}


def factors_drawn(standings: Sequence[integrity.self_assessment.Standing], *, year: int, target: int) -> SafeString:
    """The factors with their levels of the year before and of the year."""
    rows = [(f"{each.factor}. {said(each.name)}", [_level(each.before), _level(each.level, _answered(each))]) for each in standings]
    return heat_map(factors_title(standings, target=target), [str(year - 1), str(year)], rows)


def risks_title(rated: Sequence[integrity.risk_map.Rated]) -> str:
    """How many of the functions remain at high or grave risk."""
    exposed = sum(each.band != "moderate" for each in rated)
    one = "%(exposed)s function of %(all)s remains at high or grave risk"
    more = "%(exposed)s functions of %(all)s remain at high or grave risk"
    told = ngettext(one, more, exposed)
    return told % {"exposed": exposed, "all": len(rated)}


def risks_drawn(rated: Sequence[integrity.risk_map.Rated]) -> SafeString:
    """The functions with what makes them tempting, and their scores before and after the controls that work."""
    heads = [_("Opportunity"), _("Discretion"), _("Value"), _("Before controls"), _("What remains")]
    return heat_map(risks_title(rated), heads, [(said(each.function.name), _scores(each)) for each in rated])


def level_told(level: Decimal | None) -> str:
    """A level as it is read; a dash where nothing was answered."""
    return UNKNOWN if level is None else number_format(level.normalize())


def _level(level: Decimal | None, behind: str = "") -> Cell:
    return Cell(level_told(level), behind, int((level or 0) * 100 / _HIGHEST_LEVEL))


def _answered(standing: integrity.self_assessment.Standing) -> str:
    return _("%(answered)s of %(asked)s questions answered") % {"answered": standing.answered, "asked": standing.asked}


def _scores(rated: integrity.risk_map.Rated) -> list[Cell]:
    function = rated.function
    drivers = [Cell(str(each), "", each * 100 // _HIGHEST_DRIVER) for each in (function.opportunity, function.discretion, function.value)]
    untested = "; ".join(map(said, rated.untested))
    before = Cell(str(rated.inherent), "", rated.inherent * 100 // _HIGHEST_SCORE)
    remains = _("not found to work: %(controls)s") % {"controls": untested} if untested else ""
    return [*drivers, before, Cell(str(rated.remaining), remains, rated.remaining * 100 // _HIGHEST_SCORE)]
