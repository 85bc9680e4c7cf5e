"""Paper: an agreement as the national committee receives it (TFA 23.2), and the paper for one of its meetings, in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customhouse.saying import Saying
from customhouse.strategy import commitment, implementation
from customhouse_server.desk.paper import (
    Block,
    Cell,
    Paper,
    Section,
    bullets,
    chart,
    day_told,
    facts,
    label,
    lit,
    note,
    paragraph,
    paragraphs,
    section,
    steps,
    table,
)
from customhouse_server.desk.words import WORDS
from customhouse_server.performance import drawing
from customhouse_server.performance.study_report import MADE_UP
from customhouse_server.tracker import current
from customhouse_server.tracker.matter import CommitteeMember, Kind, Meeting
from customhouse_server.tracker.templatetags.trackers import clock, said, share, state_tone
from customhouse_server.tracker.tracked import Step, Tracked

_NEXT = 8
Progress = commitment.action.Progress
Provisions = Sequence[implementation.instrument.Provision]


def of_agreement(instrument: implementation.Instrument, known: Tracked) -> Paper:
    """An agreement: how much of it is carried out, each provision with why not, the clocks that run, and the actions."""
    taken = _steps_under(instrument, known)
    return {
        "title": said(instrument.title),
        "subtitle": _("Report to the national committee, as it stood on %(day)s") % {"day": day_told(known.on)},
        "notice": _(MADE_UP) if current.is_made_up() else "",
        "summary": f"{progress_told(instrument, known)} {actions_told(taken)}",
        "first": _first(instrument, known),
        "contents": _("Contents"),
        "sections": [
            section(_("Progress"), *_progress(instrument, known)),
            section(_("Provisions and how each stands"), _matrix(instrument, known)),
            *(_dates(known) if instrument.name == "tfa" else ()),
            section(_("Actions that are overdue"), _actions([each for each in taken if each.progress is Progress.OVERDUE])),
            section(_("All actions"), _actions(taken)),
            section(_("How this is counted"), *_method(instrument, known)),
        ],
    }


def of_meeting(meeting: Meeting, known: Tracked) -> Paper:
    """One meeting: agenda, who came, minutes, decisions, what was decided to do, and what earlier meetings left open."""
    decided = [each for each in known.steps() if each.action.meeting == meeting.title]
    earlier = [each for each in known.steps() if each.action.meeting != meeting.title and not each.action.is_done]
    where = ", ".join(filter(None, (day_told(meeting.held_on), meeting.place)))
    return {
        "title": meeting.title,
        "subtitle": _("National committee on trade facilitation, %(where)s") % {"where": where},
        "summary": actions_told(known.steps()),
        "sections": [
            section(_("Agenda"), steps(meeting.agenda)),
            section(_("Members of the committee"), _members(known)),
            section(_("Present"), bullets(meeting.present)),
            section(_("Minutes"), *(paragraphs(meeting.minutes) or [paragraph(_("Not written yet."))])),
            section(_("Decisions"), steps(meeting.decisions)),
            section(_("Actions decided here"), _actions(decided)),
            section(_("Actions that are still open from before"), _actions(earlier)),
        ],
        "source": _("From the register of the national committee, as it stood on %(day)s.") % {"day": day_told(known.on)},
    }


def progress_told(instrument: implementation.Instrument, known: Tracked) -> str:
    """How much of an agreement is carried out, in a sentence."""
    counts = {"done": _done(known, instrument.name, instrument.provisions), "all": len(instrument.provisions)}
    return _("%(done)s of %(all)s provisions are carried out.") % counts


def actions_told(taken: Sequence[Step]) -> str:
    """How the actions stand, in a sentence."""
    if not taken:
        return _("No action is planned.")
    late = sum(each.progress is Progress.OVERDUE for each in taken)
    done = _("%(done)s of %(all)s actions are done") % {"done": sum(each.action.is_done for each in taken), "all": len(taken)}
    return f"{done}, {ngettext('%(late)s is overdue.', '%(late)s are overdue.', late) % {'late': late}}"


def _first(instrument: implementation.Instrument, known: Tracked) -> list[Block]:
    """How many provisions stand how, and what runs out next."""
    states = [each.state for each in known.standings[instrument.name].values()]
    rows = [(lit(said(each), state_tone(each)), str(states.count(each))) for each in type(states[0]) if each in states]
    found = [table((_("State"), _("Provisions")), rows)]
    if instrument.name == "tfa":
        ahead = [each for each in known.deadlines if each.on >= known.on][:_NEXT]
        found += [label(_("What runs out next")), _clocks(ahead, known)]
    return found


def _progress(instrument: implementation.Instrument, known: Tracked) -> Iterator[Block]:
    name = instrument.name
    groups = [(_group_named(each), instrument.under(each)) for each in instrument.groups]
    if name == "tfa":
        by_category = [(_category_named(each), _of_category(instrument, known, each)) for each in (*commitment.pledge.Category, None)]
        yield from _parts((_("Carried out, by category"), _("Category")), [each for each in by_category if each[1]], known, name)
    yield from _parts((_("Carried out, by part"), _("Part")), [each for each in groups if each[1]], known, name)


def _parts(words: tuple[str, str], parts: Iterable[tuple[str, Provisions]], known: Tracked, name: str) -> Iterator[Block]:
    """The parts of an agreement with how much of each is carried out, drawn, and as figures."""
    counted = [(title, _done(known, name, provisions), len(provisions)) for title, provisions in parts]
    told = [_("%(done)s of %(all)s carried out") % {"done": done, "all": whole} for _title, done, whole in counted]
    bars = [drawing.Bar(title, text, done, whole) for (title, done, whole), text in zip(counted, told, strict=True)]
    title, head = words
    yield chart(title, drawing.bars(bars, title))
    yield table(
        (head, _("Provisions"), _("Carried out"), _("Share")),
        [(title, str(whole), str(done), share(done / whole)) for title, done, whole in counted],
    )


def _matrix(instrument: implementation.Instrument, known: Tracked) -> Block:
    """Every provision: its category where it has one, its state, and why it is not carried out, or what shows that it is."""
    rows = []
    for each in instrument.provisions:
        stands = known.standings[instrument.name][each.number]
        law = known.law(f"{instrument.name}/{each.number}")
        state = lit(said(stands.state), state_tone(stands.state))
        why = "; ".join(map(_why, stands.reasons if not stands.is_carried_out else stands.reasons[:1]))
        in_law = law.provision if law else ""
        category = known.category(f"{instrument.name}/{each.number}") or ""
        rows.append((provision_named(instrument, each.number), str(category), in_law, state, why))
    head = (_("Provision"), _("Category"), _("Law"), _("State"), _("Why"))
    kept = range(len(head)) if instrument.name == "tfa" else (0, 2, 3, 4)
    widths = (14, 6, 7, 9, 19)
    return table([head[at] for at in kept], ([row[at] for at in kept] for row in rows), left=range(5), widths=[widths[at] for at in kept])


def _dates(known: Tracked) -> list[Section]:
    """The clocks of the WTO: early warnings and dates, and the notices owed."""
    rows = [
        (
            each.due.article,
            said(each.due.title),
            day_told(each.due_on),
            lit(said(each.timeliness), state_tone(each.timeliness)),
            _given(each),
        )
        for each in known.notices
    ]
    head = (_("Article"), _("Notice"), _("Due on"), _("State"), _("Given on"))
    unstated = _(
        "Nobody has stated the membership yet. What follows is as for a developing country that is bound since the agreement entered "
        "into force."
    )
    member = facts(
        [
            (_("Status"), said(known.status.title)),
            (_("In force for the member since"), day_told(known.membership.in_force)),
            (_("Early warning"), _("%(days)s days before the date") % {"days": known.status.early_warning_days}),
        ]
    )
    return [
        section(_("Clocks"), *([] if known.is_membership_stated else [note(unstated)]), member, _clocks(known.deadlines, known)),
        section(_("Notices to the WTO"), table(head, rows, left=range(5), widths=(3, 12, 4, 5, 6))),
    ]


def _clocks(deadlines: Iterable[commitment.pledge.Deadline], known: Tracked) -> Block:
    tfa = current.instruments()["tfa"]
    rows = [
        (day_told(each.on), _left(each.days_left(on=known.on)), said(each.clock), provision_named(tfa, each.number)) for each in deadlines
    ]
    if not rows:
        return paragraph(_("No date is promised for what is not carried out yet."))
    return table((_("Day"), _("Left"), _("What"), _("Measure")), rows, left=range(4), widths=(4, 4, 7, 12))


def _actions(taken: Sequence[Step]) -> Block:
    """Actions with their owner and clock, as they come: first due first."""
    rows = [
        (
            f"{each.action.title} ({each.action.finding})" if each.action.finding else each.action.title,
            about_named(each.entry.subject),
            f"{each.action.owner}, {each.action.agency}",
            day_told(each.action.due_on),
            "" if each.action.is_done else _left(each.days_left),
            lit(said(each.progress), state_tone(each.progress)),
            f"{each.action.per_cent}\N{NO-BREAK SPACE}%",
        )
        for each in taken
    ]
    if not rows:
        return paragraph(_("None."))
    head = (_("Action"), _("About"), _("Owner"), _("Due on"), _("Left"), _("State"), _("Done"))
    return table(head, rows, left=range(6), widths=(12, 9, 7, 5, 5, 5, 4))


def _members(known: Tracked) -> Block:
    found: list[CommitteeMember] = [each.document for each in known.of(Kind.COMMITTEE_MEMBER)]
    sitting = [each for each in found if each.until is None or each.until >= known.on]
    return table((_("Name"), _("Agency"), _("Duty")), [(each.name, each.agency, each.duty) for each in sitting], left=range(3))


def _method(instrument: implementation.Instrument, known: Tracked) -> Iterator[Block]:
    yield paragraph(
        _(
            "A provision counts as carried out when a live figure or check says so, or where nothing is measured, evidence that a second "
            "person verified."
        )
    )
    yield paragraph(_("Figures are those of the last twelve months of this installation; the thresholds are ours: no agreement sets any."))
    yield paragraph(year_told(known))
    yield note(instrument.source)


def year_told(known: Tracked) -> str:
    """Of which day the figures are, or that there are none yet."""
    if known.year is None:
        return _("No figures are worked out yet: nothing that a figure would prove counts as carried out.")
    return _("Figures of the 365 days up to %(day)s.") % {"day": day_told(known.year.last_day)}


def about_named(subject: str) -> str:
    """What an action is about, in words: the agreement and its provision."""
    name, __, number = subject.partition("/")
    instrument = current.instruments()[name]
    return f"{said(instrument.title)}: {provision_named(instrument, number)}"


def provision_named(instrument: implementation.Instrument, number: str) -> str:
    """A provision by its number with its words."""
    found = instrument.numbered(number)
    return f"{number} {said(found.title)}" if found else number


def _why(reason: Saying) -> str:
    """A reason in the reader's language, its codes with their words."""
    return reason.told(_worded)


def _worded(text: str) -> str:
    measured = current.indicators().get(text)
    return f"{said(measured.name)} ({text})" if measured else said(WORDS.get(text, text))


def _steps_under(instrument: implementation.Instrument, known: Tracked) -> list[Step]:
    return [each for each in known.steps() if each.entry.subject.startswith(f"{instrument.name}/")]


def _of_category(
    instrument: implementation.Instrument, known: Tracked, category: commitment.pledge.Category | None
) -> list[implementation.instrument.Provision]:
    return [each for each in instrument.provisions if known.category(f"{instrument.name}/{each.number}") is category]


def _done(known: Tracked, name: str, provisions: Provisions) -> int:
    return sum(known.standings[name][each.number].is_carried_out for each in provisions)


def _category_named(category: commitment.pledge.Category | None) -> str:
    if category is None:
        return _("No category is stated")
    promised = {
        commitment.pledge.Category.A: _("Category A: at once"),
        commitment.pledge.Category.B: _("Category B: after a time"),
        commitment.pledge.Category.C: _("Category C: after a time, with assistance"),
    }
    return promised[category]


def _group_named(group: implementation.instrument.Group) -> str:
    return f"{group.code} {said(group.title)}" if group.code[:1].isdigit() else said(group.title)


def _given(standing: commitment.notice.NoticeStanding) -> str:
    return f"{day_told(standing.given.given_on)} {standing.given.symbol}".strip() if standing.given else "\N{EN DASH}"


def _left(days: int) -> Cell:
    return lit(clock(days), "bad") if days < 0 else clock(days)
