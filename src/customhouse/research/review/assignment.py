"""Assignment: each paper to so many reviewers without a conflict, nobody to more than they can read; the most that is possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from customhouse.research.review.paper import Paper, Reviewer


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reads which papers, by their codes, so that no author is told; and how many reviews each paper still lacks."""

    papers_of: dict[str, tuple[str, ...]]
    lacking: dict[str, int]


def assigned(
    papers: Sequence[Paper], reviewers: Sequence[Reviewer], *, per_paper: int, most: int, held: Mapping[str, int] | None = None
) -> Assignment:
    """As many reviews as there can be: a paper that finds no free reviewer moves others on, along a chain, until one is free.

    `held` says how many other papers a reviewer has already.
    """
    room = {each.name: most - (held or {}).get(each.name, 0) for each in reviewers}
    allowed = {paper.code: [each.name for each in reviewers if each.may_read(paper)] for paper in papers}
    holding: dict[str, set[str]] = {each.name: set() for each in reviewers}

    def place(paper: str, tried: set[str]) -> bool:
        for name in sorted(allowed[paper], key=lambda each: (len(holding[each]), each)):
            if name in tried or paper in holding[name]:
                continue
            tried.add(name)
            if len(holding[name]) < room[name]:
                holding[name].add(paper)
                return True
            for other in sorted(holding[name]):
                if place(other, tried):
                    holding[name].remove(other)
                    holding[name].add(paper)
                    return True
        return False

    lacking: dict[str, int] = {}
    for _ in range(per_paper):
        for paper in papers:
            if not place(paper.code, set()):
                lacking[paper.code] = lacking.get(paper.code, 0) + 1
    return Assignment({name: tuple(sorted(held)) for name, held in holding.items()}, lacking)
