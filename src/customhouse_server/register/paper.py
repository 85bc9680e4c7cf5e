"""Paper: research papers as the registers hold them, who may be named with them, and the programme made of those that are accepted."""

from collections.abc import Callable, Iterable

import msgspec

from customhouse.research import review
from customhouse.saying import saying
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.register import store
from customhouse_server.register.scholarship import Call, DataSet, Session

_HEARD = frozenset({review.Stage.ACCEPTED, review.Stage.PUBLISHED})


def papers() -> tuple[tuple[store.Entry, review.Paper], ...]:
    """Every paper with its entry."""
    return tuple((each, msgspec.json.decode(each.document, type=review.Paper)) for each in store.current("papers"))


def paper_of(number: int) -> tuple[store.Entry, review.Paper]:
    """A paper with its entry; refuses with `UnknownEntryError`."""
    entry = store.last("papers", number)
    return entry, msgspec.json.decode(entry.document, type=review.Paper)


def answers_of(call: int) -> tuple[tuple[int, review.Paper], ...]:
    """The papers that answer a call, with their numbers."""
    return tuple((entry.number, paper) for entry, paper in papers() if paper.call == call)


def programme_of(call: Call) -> tuple[tuple[Session, tuple[review.Paper, ...]], ...]:
    """The sessions of the conference that a call is for, in the order of their hours, each with its papers."""
    by_code = {paper.code: paper for _, paper in papers() if paper.stage in _HEARD}
    sessions = [each for each in store.documents("programme", Session) if each.conference == call.title]
    ordered = sorted(sessions, key=lambda each: (each.day, each.begins_at))
    return tuple((each, tuple(by_code[code] for code in each.papers if code in by_code)) for each in ordered)


def known_data_sets() -> tuple[str, ...]:
    """The titles of the data sets that may be asked for."""
    return tuple(each.title for each in store.documents("data-sets", DataSet))


def hidden_from(account: str) -> Callable[[msgspec.Struct], frozenset[str]]:
    """The fields of each paper that who signs in so must not read, also inside the administration, while it is under review."""
    reviewers = store.documents("reviewers", review.Reviewer)
    return lambda found: review.paper.hidden_from(found, reviewers, account=account) if isinstance(found, review.Paper) else frozenset()


def refuse_paper(before: msgspec.Struct | None, after: msgspec.Struct | None) -> None:
    """Refuse a paper under the code of another or under a new one, of data sets that are not there, or read by whom it must not be."""
    if not isinstance(after, review.Paper):
        return
    was = before if isinstance(before, review.Paper) else None
    if was is not None and was.code != after.code:
        raise FaultyError(
            {"code": saying("code: the paper keeps its code {code}, by which its reviews and its session name it", code=was.code)}
        )
    if was is None and after.code in {paper.code for _, paper in papers()}:
        raise FaultyError({"code": saying("code: there is a paper {code} already", code=after.code)})
    refuse_data_sets(set(after.data_sets) - set(was.data_sets if was else ()))
    known = {each.name: each for each in store.documents("reviewers", review.Reviewer)}
    for name in after.reviewers:
        if name not in known or not known[name].may_read(after):
            near = saying("reviewers: {name} must not read what is so near to them", name=name)
            strange = saying("reviewers: {name} is not in the register of reviewers", name=name)
            raise FaultyError({"reviewers": near if name in known else strange})


def refuse_session(_: msgspec.Struct | None, after: msgspec.Struct | None) -> None:
    """Refuse a session with a paper that nobody accepted."""
    accepted = {paper.code for _, paper in papers() if paper.stage in _HEARD}
    strange = sorted(set(after.papers) - accepted) if isinstance(after, Session) else []
    if strange:
        raise FaultyError({"papers": saying("papers: {papers} was not accepted, so it has no place in the programme", papers=strange)})


def refuse_data_sets(titles: Iterable[str]) -> None:
    """Refuse data sets that are not there."""
    strange = sorted(set(titles) - set(known_data_sets()))
    if strange:
        raise FaultyError({"data_sets": saying("data sets: {titles} is not in the register of data sets", titles=strange)})
