"""Index: the nomenclature and the precedents as one search for subheadings (HS Convention, General Rule for the Interpretation 1).

A subheading is found by its own words, those of its heading and chapter and of the national lines under it, and by those of the
precedents (relevance); and by how like the description is to single precedents (likeness). The two are added, the first squared so
that a weak match of common words does not drown a near precedent. Duty rates play no part. Figures: docs/explanation/classification.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from customhouse.tariff.classification.learning import version_of
from customhouse.tariff.classification.likeness import Likeness
from customhouse.tariff.classification.precedent import Precedent
from customhouse.tariff.classification.relevance import Relevance
from customhouse.tariff.classification.suggestion import Answer, Question, Suggestion, Suggestions
from customhouse.tariff.classification.words import words

_CHAPTER, _HEADING, _SUBHEADING = 2, 4, 6
_NEAREST = 80
_SHOWN = 3
_OWN, _OF_HEADING, _OF_CHAPTER, _OF_NATIONAL_LINE, _OF_PRECEDENT = 2.0, 1.0, 0.5, 1.0, 1.5
# Where no precedent is this like and the first ten lie in many chapters, fewer than half of the lists hold the right heading.
_LIKE_ENOUGH = 0.35
_ONE_CHAPTER = 0.5
_FIRST = 10
_COMPARED, _NEIGHBOUR, _ASKED = 3, 2, 6  # of the first three those with half the score of the first


class Index:
    """A search that has learned from one nomenclature and a set of precedents; it does not change afterwards."""

    def __init__(self, nomenclature: Mapping[str, str], precedents: Iterable[Precedent] = ()) -> None:
        """Learn the descriptions by code, of any level, and the precedents."""
        self._descriptions = nomenclature
        learned = list(precedents)
        self.version = version_of(nomenclature, learned)
        self._relevance = Relevance(_documents(nomenclature, learned))
        self._likeness = Likeness(learned)

    def suggest(self, text: str, *, limit: int = 20) -> Suggestions:
        """The subheadings that the description speaks for, the best first."""
        asked = list(dict.fromkeys(words(text)))
        nearest = self._likeness.nearest(text, _NEAREST)
        scores = _added(_scaled(self._relevance.scores(words(text))), nearest)
        ranked = sorted(scores.items(), key=lambda each: (-each[1], each[0]))
        reason = self._shortfall(asked, ranked, likest=nearest[0][1] if nearest else 0.0)
        answer = Answer.INSUFFICIENT if reason else Answer.SUGGESTED
        told = tuple(self._explained(ranked[:limit], asked, nearest))
        return Suggestions(
            answer,
            told,
            reason,
            self._question(asked, [code for code, score in ranked[:_COMPARED] if score >= ranked[0][1] / _NEIGHBOUR]),
            self.version,
        )

    def _question(self, asked: list[str], codes: list[str]) -> Question:
        """What would separate the first: the words of each that no other of them has, and that the description does not say."""
        if len(codes) < 2:  # noqa: PLR2004 - one alone has no neighbour
            return Question(())
        own = {code: dict.fromkeys(words(self._whole(code))) for code in codes}
        told = {
            code: [each for each in mine if all(each not in own[other] for other in codes if other != code)] for code, mine in own.items()
        }
        return Question(tuple((code, tuple(each for each in told[code] if each not in asked)[:_ASKED]) for code in codes))

    def _whole(self, code: str) -> str:
        """A subheading's words after those of its heading, which may be all that tells it from another."""
        return f"{self._described(code)} {self._descriptions.get(code[:_HEADING], '')}"

    def _explained(self, ranked: list[tuple[str, float]], asked: list[str], nearest: list[tuple[Precedent, float]]) -> Iterable[Suggestion]:
        before: set[str] = set()
        for code, score in ranked:
            alike = tuple(each for each, _ in nearest if each.code.startswith(code))[:_SHOWN]
            description = self._described(code)
            own = words(description)
            known = set(own).union(words(self._descriptions.get(code[:_HEADING], "")), *(words(each.text) for each in alike))
            matched = tuple(each for each in asked if each in known)
            apart = tuple(dict.fromkeys(each for each in own if each not in before))
            yield Suggestion(code, round(score, 4), description, matched, alike, set_apart_by=apart)
            before = set(own)

    def _described(self, code: str) -> str:
        """Its own words, or those of the first national line under it where the nomenclature has no line for it."""
        if code in self._descriptions:
            return self._descriptions[code]
        below = [each for each in self._descriptions if each.startswith(code)]
        return self._descriptions[min(below)] if below else ""

    def _shortfall(self, asked: list[str], ranked: list[tuple[str, float]], *, likest: float) -> str:
        """Why the description does not suffice; nothing where it does."""
        if not any(self._relevance.knows(each) and not each.isdigit() for each in asked):
            return "no word of the description is known: say what the goods are, what they are made of and what they are for"
        by_chapter: dict[str, float] = defaultdict(float)
        for code, score in ranked[:_FIRST]:
            by_chapter[code[:_CHAPTER]] += score
        if likest < _LIKE_ENOUGH and max(by_chapter.values()) < _ONE_CHAPTER * sum(by_chapter.values()):
            chapters = ", ".join(sorted(by_chapter))
            return f"the words fit goods of chapters {chapters}: say what the goods are made of, what they are for and how they are put up"
        return ""


def _documents(nomenclature: Mapping[str, str], precedents: Iterable[Precedent]) -> dict[str, dict[str, float]]:
    """For each subheading the weights of the words that speak for it."""
    documents: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for code, description in nomenclature.items():
        if len(code) >= _SUBHEADING:
            _note(documents[code[:_SUBHEADING]], description, _OWN if len(code) == _SUBHEADING else _OF_NATIONAL_LINE)
    for each in precedents:
        _note(documents[each.code[:_SUBHEADING]], each.text, _OF_PRECEDENT)
    for code, document in documents.items():
        _note(document, nomenclature.get(code[:_HEADING], ""), _OF_HEADING)
        _note(document, nomenclature.get(code[:_CHAPTER], ""), _OF_CHAPTER)
    return documents


def _note(document: dict[str, float], text: str, weight: float) -> None:
    for word in words(text):
        document[word] += weight


def _scaled(scores: Mapping[str, float]) -> dict[str, float]:
    most = max(scores.values(), default=1.0)
    return {code: score / most for code, score in scores.items()}


def _added(relevant: Mapping[str, float], nearest: Iterable[tuple[Precedent, float]]) -> dict[str, float]:
    """The square of the relevance, the share of the likeness that a subheading has, and its likest precedent.

    Where even the likest precedent is not like enough, the shares count for less.
    """
    likest: dict[str, float] = {}
    together: dict[str, float] = {}
    for each, score in nearest:
        code = each.code[:_SUBHEADING]
        likest[code] = max(likest.get(code, 0.0), score)
        together[code] = together.get(code, 0.0) + score * score
    trust = min(1.0, max(likest.values(), default=0.0) / _LIKE_ENOUGH)
    shares = {code: trust * share for code, share in _scaled(together).items()}
    codes = relevant.keys() | likest.keys()
    return {code: relevant.get(code, 0.0) ** 2 + shares.get(code, 0.0) + likest.get(code, 0.0) for code in codes}
