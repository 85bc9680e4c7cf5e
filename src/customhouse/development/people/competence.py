"""Competence: what an officer can do, at one of four levels, what a job asks for, what teaches it, and which act it gates; all as data."""

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec


class UnreadablePeopleError(ValueError):
    """A file of competences does not hold together; the message names every fault."""


class Level(StrEnum):
    """How well somebody can do a thing, from knowing of it to teaching it."""

    AWARENESS = "awareness"
    TRAINED = "trained"
    EXPERIENCED = "experienced"
    EXPERT = "expert"

    @property
    def rank(self) -> int:
        """Its place in the order, from 1."""
        return tuple(Level).index(self) + 1


class Kind(StrEnum):
    """The kinds of competence."""

    CORE_VALUE = "core_value"
    PROFESSIONAL = "professional"
    OPERATIONAL = "operational"
    MANAGEMENT = "management"


class Competence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A competence, what each level of it means, and after how many months it has to be certified anew; 0 means never."""

    code: str
    kind: Kind
    title: Mapping[str, str]
    levels: Mapping[Level, Mapping[str, str]]
    certified_for_months: int = 0


class JobProfile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A job and the level of each competence that it asks for."""

    code: str
    title: Mapping[str, str]
    requires: Mapping[str, Level]


class Course(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A course that brings a competence to a level, in so many hours, after other courses."""

    code: str
    title: Mapping[str, str]
    competence: str
    level: Level
    hours: int
    after: tuple[str, ...] = ()


class PermissionRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An act that is for those alone who hold a certificate in force, from a day on; `is_in_force` switches the rule."""

    act: str
    competence: str
    level: Level
    since: date
    is_in_force: bool = False


class PeopleFramework(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The competences, jobs, courses and gated acts of an installation."""

    source: str
    competences: tuple[Competence, ...]
    profiles: tuple[JobProfile, ...] = ()
    courses: tuple[Course, ...] = ()
    permissions: tuple[PermissionRule, ...] = ()

    def competence(self, code: str) -> Competence | None:
        """The competence of that code."""
        return next((each for each in self.competences if each.code == code), None)

    def profile(self, code: str) -> JobProfile | None:
        """The job profile of that code."""
        return next((each for each in self.profiles if each.code == code), None)


def read_people(text: str, permissions: str = "") -> PeopleFramework:
    """The framework that a TOML text states, and the acts that another gates; refuses with `UnreadablePeopleError`, naming every fault."""
    try:
        found = msgspec.convert(tomllib.loads(text) | tomllib.loads(permissions), PeopleFramework)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadablePeopleError(f"the competences cannot be read: {refusal}") from refusal
    faults = [*_doubles(found), *_links(found)]
    if faults:
        raise UnreadablePeopleError("; ".join(faults))
    return found


def _doubles(framework: PeopleFramework) -> list[str]:
    kinds = (framework.competences, framework.profiles, framework.courses)
    codes = [[each.code for each in kind] for kind in kinds]
    return [f"the code {code} stands twice" for kind in codes for code in sorted({each for each in kind if kind.count(each) > 1})]


def _links(framework: PeopleFramework) -> list[str]:
    known = {each.code for each in framework.competences}
    courses: set[str] = set()
    faults = [
        f"the profile {each.code} asks for {code}, which there is not"
        for each in framework.profiles
        for code in each.requires
        if code not in known
    ]
    faults += [
        f"the act {each.act} asks for {each.competence}, which there is not"
        for each in framework.permissions
        if each.competence not in known
    ]
    for course in framework.courses:
        if course.competence not in known:
            faults.append(f"the course {course.code} teaches {course.competence}, which there is not")
        faults += [
            f"the course {course.code} comes after {code}, which is not before it in the file"
            for code in course.after
            if code not in courses
        ]
        courses.add(course.code)
    return faults
