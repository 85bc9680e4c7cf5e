"""Practice sheets: how a declaration goes, what is checked in it, and where and when customs is to be found."""

from datetime import date

from customhouse.clearance import State
from customhouse.declaration import Rule
from customhouse.kernel import Validity
from customhouse.pipeline.catalogue import ALL_RULES
from customhouse.pipeline.country import CountryPackage
from customhouse.pipeline.fee import Fee
from customhouse.pipeline.penalty import Measured
from customhouse.pipeline.publication.sheet import Cell, Sheet

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOLD = "stays if told before it is found"
_UNSAID = "the country package does not say"


def steps(country: CountryPackage, *, on: date) -> Sheet:  # noqa: ARG001 - the table is that of the product
    """Every step of a declaration: who may take it, from where, where it leads and by which law."""
    rows = [
        (
            row.source.value,
            row.act.value,
            tuple(role.value for role in row.roles),
            row.target.value if row.target else "(stays)",
            tuple(filter(None, (row.guard.value, "a reason is given" if row.reason_required else ""))),
            row.legal_basis,
        )
        for state in State
        for row in state.transitions
    ]
    return Sheet(
        title="Steps of a declaration",
        about="The very table by which declarations are handled: who may do what in which state, and what follows.",
        source="customhouse.clearance.life_cycle",
        basis="TFA Art 1.1(a), Art 1.2.1(a)",
        columns=("in state", "act", "by", "leads to", "if", "legal basis"),
        rows=tuple(rows),
    )


def checks(country: CountryPackage, *, on: date) -> Sheet:  # noqa: ARG001 - the settings hold for every day
    """What a declaration is checked for in this country, in which words, by which law, and what to do."""
    rows = [
        (code, rule.layer, rule.wording, rule.fix, rule.sad_box, _weight(country, rule), rule.legal_basis)
        for code, rule in ALL_RULES.items()
        if code not in country.checks.off
    ]
    return Sheet(
        title="Checks of a declaration",
        about="Everything that a declaration is checked for, in the words of the finding, and what to do about it.",
        source="the catalogue of rules, checks.toml",
        basis="TFA Art 1.1(a)",
        columns=("code", "layer", "finding", "what to do", "SAD box", "weight", "legal basis"),
        rows=tuple(rows),
    )


def exchange_rates(country: CountryPackage, *, on: date) -> Sheet:
    """The rates at which customs converts on the day, and who published them."""
    rows = [
        (
            each.currency,
            f"{each.per_unit} {country.currency}",
            each.validity.start.isoformat() if each.validity.start else "",
            each.validity.end.isoformat() if each.validity.end else "",
            each.source,
        )
        for each in country.law.exchange_rates.published(on=on)
    ]
    return Sheet(
        title="Exchange rates",
        about="What one unit of each currency is worth on the day. A currency without a published rate has none.",
        source="exchange_rates.csv",
        basis="WTO Valuation Agreement, Art 9",
        columns=("currency", "one unit is", "from", "until before", "published in"),
        rows=tuple(rows),
    )


def offices(country: CountryPackage, *, on: date) -> Sheet:
    """The offices and when they are open."""
    listed = country.lists.named("offices")
    rows = []
    for each in listed.entries(on=on) if listed else ():
        days = tuple(_WEEKDAYS[int(day) - 1] for day in each.extra.get("weekdays") or "")
        rows.append(
            (each.code, each.description, each.extra.get("opens") or "", each.extra.get("closes") or "", days, country.time_zone.key)
        )
    return Sheet(
        title="Offices and opening hours",
        about="Where customs is found, and when. From 00:00 to 00:00 is the whole day.",
        source="codes/offices.csv",
        basis="TFA Art 1.2.1(c); RKC GA 3.1",
        columns=("code", "office", "opens", "closes", "days", "time zone"),
        rows=tuple(rows),
    )


def fees(country: CountryPackage, *, on: date) -> Sheet:
    """The register of fees: what each is for, what it rests on, when it was reviewed and is to be again."""
    rows = [
        (
            each.service,
            _asked(country, each, on=on),
            each.reason or _UNSAID,
            each.authority or _UNSAID,
            each.payment or _UNSAID,
            each.cost_basis or _UNSAID,
            each.reviewed_on.isoformat() if each.reviewed_on else _UNSAID,
            each.review_on.isoformat() if each.review_on else _UNSAID,
            "review due" if each.is_review_due(on=on) else "",
            each.legal_basis,
        )
        for each in country.fees
        if each.is_in_force(on=on)
    ]
    return Sheet(
        title="Fees and charges",
        about="What customs asks for its services: why, how it is paid, on which cost it rests, and when it is reviewed.",
        source="fees.toml",
        basis="TFA Art 1.1(c), Art 6.1, Art 6.2",
        columns=(
            "service",
            "amount",
            "why",
            "for whom",
            "when and how it is paid",
            "cost basis",
            "reviewed on",
            "next review on",
            "review",
            "legal basis",
        ),
        rows=tuple(rows),
        unpublished="" if rows else "The country package states no fees for this day: whether customs asks for any is not published.",
    )


def penalties(country: CountryPackage, *, on: date) -> Sheet:
    """What the law threatens for breaches of import, export and transit formalities."""
    rows = [
        (
            each.offence,
            tuple(formality.value for formality in each.formalities),
            each.liable,
            "" if each.minimum is None else f"{each.minimum:f}",
            f"{each.maximum:f}",
            country.currency if each.measured is Measured.AMOUNT else each.measured.value,
            each.besides,
            _UNSAID if each.disclosed_share is None else f"{each.disclosed_share * 100:.0f} %",
            each.mitigation,
            each.legal_basis,
        )
        for each in country.penalties
        if each.is_in_force(on=on)
    ]
    return Sheet(
        title="Penalties",
        about="What a breach of formalities costs, who answers for it, and what stays of it where one tells customs before it is found.",
        source="penalties.toml",
        basis="TFA Art 1.1(g), Art 6.3",
        columns=("offence", "formalities", "who answers", "at least", "at most", "in", "besides", _TOLD, "mitigation", "legal basis"),
        rows=tuple(rows),
        unpublished="" if rows else "The country package states no penalties for this day: they are not published.",
    )


def redress(country: CountryPackage, *, on: date) -> Sheet:  # noqa: ARG001 - the package holds it for every day
    """How soon questions are answered, how long drafts are open, and where one complains and appeals."""
    said = country.transparency
    unit = "working days" if said.in_working_days else "days"
    told = [
        ("a question is answered within", said.answer_days, "TFA Art 1.3"),
        ("a draft rule is open to comments for", said.comment_days, "TFA Art 2.1"),
        ("between publication and entry into force lie", said.interval_days, "TFA Art 2.1"),
        ("one complains to", said.complaint, "TFA Art 4"),
        ("one appeals to", said.appeal, "TFA Art 1.1(h), Art 4"),
    ]
    rows = [
        (
            what,
            _UNSAID if answer in {None, ""} else str(answer),
            unit if isinstance(answer, int) else "",
            f"{basis}; {said.legal_basis}".strip("; "),
        )
        for what, answer, basis in told
    ]
    return Sheet(
        title="Questions, complaints and appeals",
        about="How soon customs answers, how it consults, and to whom one turns against a decision.",
        source="country.toml",
        basis="TFA Art 1.1(h), Art 1.3, Art 2, Art 4",
        columns=("what", "answer", "unit", "legal basis"),
        rows=tuple(rows),
        unpublished="" if said.appeal else "The country package does not say to whom one appeals.",
    )


def _asked(country: CountryPackage, fee: Fee, *, on: date) -> Cell:
    """The amount of a fee and for what each time, or the rate and the bounds by which the regime works it out."""
    if fee.amount is not None:
        return (f"{fee.amount} {country.currency}", fee.unit)
    tax = next(each for each in country.law.regime.taxes if each.name == fee.tax)
    bounds = tuple(
        f"{each.minimum} to {each.maximum} {country.currency}"
        for each in tax.by_entry
        if Validity(each.valid_from, each.valid_to).includes(on)
    )
    unknown = ("no minimum and maximum are published for the day",) if tax.by_entry and not bounds else ()
    return (tax.standard_rate, *bounds, *unknown)


def _weight(country: CountryPackage, rule: Rule) -> str:
    if rule.code in country.checks.later:
        return "with the supplementary declaration"
    return "warning" if rule.code in country.checks.warnings else rule.severity.value
