"""A jurisdiction as it lies on disk: loads all its files and gathers all their faults."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guomen.core.entitlement import Service
from guomen.core.policy import Measure, Question, Rulebook, Vocabulary, failed_cases
from guomen.core.policy.effects import CodeNames, EffectDeclaration
from guomen.core.policy.tables import Table, Tables
from guomen.core.travel_documents import DocumentKind
from guomen.jurisdiction.bulletins import BulletinTemplate, read_bulletin
from guomen.jurisdiction.documents import read_documents
from guomen.jurisdiction.effects import read_effects
from guomen.jurisdiction.facts import read_facts, read_questions
from guomen.jurisdiction.figures import FigureDefinition, read_figure
from guomen.jurisdiction.licence import Licence, read_licence
from guomen.jurisdiction.lists import lists_of
from guomen.jurisdiction.measures import Grammar, read_cases, read_measure, with_cases
from guomen.jurisdiction.nodes import Fault, Node, PackFault, PackRefused, read_yaml
from guomen.jurisdiction.organisation import (
    LaneKind,
    Port,
    Station,
    read_lanes,
    read_ports,
    read_remedy,
    read_stations,
)
from guomen.jurisdiction.readers import Readers, read_readers
from guomen.jurisdiction.services import read_service
from guomen.jurisdiction.tables import read_table

T = TypeVar("T")


@dataclass(frozen=True)
class Jurisdiction:
    """Everything a country's pack declares."""

    code: str
    names: Mapping[str, str]
    zone: ZoneInfo
    languages: tuple[str, ...]
    pack_languages: tuple[str, ...]
    national_issuers: frozenset[str]
    licence: Licence
    hotline: str
    hotline_hours: Mapping[str, str]
    remedy: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    families: Mapping[str, Mapping[str, str]]
    readers: Readers
    units: Mapping[str, Mapping[str, str]]
    effects: Mapping[str, EffectDeclaration]
    tables: Tables
    rulebook: Rulebook
    documents: Mapping[str, DocumentKind]
    stations: Mapping[str, Station]
    ports: Mapping[str, Port]
    lanes: Mapping[str, LaneKind]
    services: Mapping[str, Service]
    figures: Mapping[str, FigureDefinition]
    bulletins: Mapping[str, BulletinTemplate]

    @property
    def grammar(self) -> Grammar:
        """What a new measure of this pack may be written with."""
        return Grammar(
            self.families,
            self.rulebook.vocabulary,
            self.rulebook.questions,
            self.effects,
            self.tables,
            self.pack_languages,
        )


PackFiles = Mapping[str, str]
"""A pack's files: path within the pack → text."""


def read_files(folder: Path) -> dict[str, str]:
    """Read all YAML files of a pack from a folder; refuse a file that is not UTF-8."""
    return {
        path.relative_to(folder).as_posix(): _text_of(path, folder)
        for path in sorted(folder.rglob("*.yaml"))
    }


def _text_of(path: Path, folder: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        line = error.object.count(b"\n", 0, error.start) + 1
        fault = Fault(shown, line, "the file is not UTF-8", "save it as UTF-8 YAML")
        raise PackRefused([fault]) from None


def load_jurisdiction(folder: Path) -> Jurisdiction:
    """Load a pack from a folder, or refuse it with `pack.refused` and every fault found."""
    return load_files(folder.name, read_files(folder))


def load_files(name: str, files: PackFiles) -> Jurisdiction:
    """Load a pack from its files; `name` is how its place is shown in faults."""
    loader = _Loader(name, files)
    try:
        pack = loader.load()
    except PackFault as fault:
        # The files that others build on could not be read: nothing more can be told.
        raise PackRefused([*loader.faults, fault.fault]) from None
    if loader.faults:
        raise PackRefused(loader.faults)
    return pack


def load_draft(text: str, shown_as: str, pack: Jurisdiction) -> Measure:
    """Read one measure that is not in the pack yet, without cases, against the pack's facts."""
    try:
        node = read_yaml(text, shown_as)
        return read_measure(node, pack.grammar)
    except PackFault as fault:
        raise PackRefused([fault.fault]) from None


_HEAD = ("code", "name", "zone", "languages", "pack_languages", "national_issuers", "licence")
_HOTLINE = ("hotline", "hotline_hours")


class _Loader:
    """One loading of one pack; `faults` grows with what is wrong in it."""

    def __init__(self, name: str, files: PackFiles) -> None:
        self.name, self.files = name, files
        self.faults: list[Fault] = []

    def load(self) -> Jurisdiction:
        head = self._read("jurisdiction.yaml").mapping((*_HEAD, *_HOTLINE))
        languages = tuple(node.text() for node in head["languages"].sequence())
        texts = tuple(node.text() for node in head["pack_languages"].sequence())
        groups = _labels(self._read("codes/groups.yaml"), languages)
        families = _labels(self._read("codes/families.yaml"), languages)
        units = _labels(self._read("codes/units.yaml"), languages)
        stations = read_stations(self._read("organisation/stations.yaml"), texts)
        ports = read_ports(self._read("organisation/ports.yaml"), stations, texts)
        documents = read_documents(self._read("documents.yaml"), groups, texts)
        named = _labels(self._read("codes/territories.yaml"), languages)
        lists = lists_of(named, ports.values(), documents.values())
        vocabulary = read_facts(self._read("facts.yaml"), languages, lists)
        effects = self._effects(languages, lists, vocabulary)
        questions = read_questions(self._read("questions.yaml"), languages, effects)
        tables = self._tables(vocabulary, languages)
        figures = self._figures(units, languages)
        return Jurisdiction(
            code=head["code"].text(),
            names=head["name"].texts(languages),
            zone=_zone(head["zone"]),
            languages=languages,
            pack_languages=texts,
            national_issuers=frozenset(n.text() for n in head["national_issuers"].sequence()),
            licence=read_licence(head["licence"], languages),
            hotline=head["hotline"].text(),
            hotline_hours=head["hotline_hours"].texts(languages),
            remedy=read_remedy(self._read("organisation/remedies.yaml"), languages),
            groups=groups,
            families=families,
            readers=read_readers(self._read("codes/readers.yaml"), groups, languages),
            units=units,
            effects=effects,
            tables=tables,
            rulebook=self._rulebook(
                head["code"].text(),
                Grammar(families, vocabulary, questions, effects, tables, texts),
            ),
            documents=documents,
            stations=stations,
            ports=ports,
            lanes=read_lanes(self._read("organisation/lanes.yaml"), texts),
            services=self._services(vocabulary, questions, effects, groups.keys(), languages),
            figures=figures,
            bulletins=self._bulletins(figures, languages),
        )

    def _read(self, path: str) -> Node:
        shown = f"{self.name}/{path}"
        if path not in self.files:
            raise PackFault(Fault(shown, 1, "the file is missing", "add it to the pack"))
        return read_yaml(self.files[path], shown)

    def _each(
        self, folder: str, read: Callable[[Node], T], name: Callable[[T], str]
    ) -> dict[str, T]:
        """Read all files of a folder; two files may not give the same name."""
        found: dict[str, T] = {}
        for path in sorted(self.files):
            if not path.startswith(f"{folder}/"):
                continue
            try:
                node = self._read(path)
                one = read(node)
                if name(one) in found:
                    what = f"`{name(one)}` is given twice in {folder}/"
                    raise node.fault(what, "give it a name of its own, or join the two files")
                found[name(one)] = one
            except PackFault as fault:
                self.faults.append(fault.fault)
        return found

    def _effects(
        self, languages: tuple[str, ...], lists: Mapping[str, CodeNames], vocabulary: Vocabulary
    ) -> dict[str, EffectDeclaration]:
        of_facts = {name: vocabulary[name].codes for name in vocabulary.names()}
        closed = {name: codes for name, codes in of_facts.items() if codes}
        return read_effects(self._read("effects.yaml"), languages, {**lists, **closed})

    def _tables(self, vocabulary: Vocabulary, languages: tuple[str, ...]) -> Tables:
        def read(node: Node) -> Table:
            return read_table(node, vocabulary, languages)

        return self._each("tables", read, attrgetter("id"))

    def _rulebook(self, code: str, grammar: Grammar) -> Rulebook:
        vocabulary = grammar.vocabulary
        read = self._each("cases", lambda node: read_cases(node, vocabulary), itemgetter(0))
        cases = {measure_id: found for measure_id, (_, found) in read.items()}

        def whole_measure(node: Node) -> Measure:
            measure = read_measure(node, grammar)
            return with_cases(node, measure, cases.get(measure.id, ()))

        def standing_rule(node: Node) -> Measure:
            return replace(whole_measure(node), standing=True)

        announced = self._each("measures", whole_measure, attrgetter("id"))
        standing = self._each("rules", standing_rule, attrgetter("id"))
        self._refuse_shared_ids(announced.keys() & standing.keys())
        measures = (*announced.values(), *standing.values())
        self._refuse_orphans(cases.keys() - {measure.id for measure in measures})
        rulebook = Rulebook(code, vocabulary, grammar.questions, measures)
        self._refuse_failed(rulebook)
        return rulebook

    def _refuse_shared_ids(self, shared: Collection[str]) -> None:
        for name in sorted(shared):
            what = f"`{name}` is a measure and a standing rule"
            self.faults.append(Fault(f"{self.name}/rules", 1, what, "keep one of the two files"))

    def _refuse_orphans(self, orphans: Collection[str]) -> None:
        if self.faults:
            return  # a measure that could not be read leaves its cases behind
        for measure_id in sorted(orphans):
            shown = f"{self.name}/cases"
            what = f"cases for `{measure_id}`, which is no measure"
            self.faults.append(Fault(shown, 1, what, "correct `measure:` or remove the file"))

    def _refuse_failed(self, rulebook: Rulebook) -> None:
        words = {True: "met", False: "not_met", None: "unknown"}
        for failed in failed_cases(rulebook):
            what = (
                f"{failed.measure}: case {failed.number} expects {words[failed.case.expect]} "
                f"and comes out {words[failed.found]}"
            )
            mend = "correct the condition or the case"
            self.faults.append(Fault(*failed.case.place, what, mend))

    def _services(
        self,
        vocabulary: Vocabulary,
        questions: Mapping[str, Question],
        effects: Mapping[str, EffectDeclaration],
        groups: Collection[str],
        languages: tuple[str, ...],
    ) -> dict[str, Service]:
        def read(node: Node) -> Service:
            return read_service(node, vocabulary, questions, effects, groups, languages)

        return self._each("services", read, attrgetter("id"))

    def _figures(
        self, units: Mapping[str, object], languages: tuple[str, ...]
    ) -> dict[str, FigureDefinition]:
        def read(node: Node) -> FigureDefinition:
            return read_figure(node, units.keys(), languages)

        return self._each("figures", read, attrgetter("id"))

    def _bulletins(
        self, figures: Mapping[str, object], texts: tuple[str, ...]
    ) -> dict[str, BulletinTemplate]:
        def read(node: Node) -> BulletinTemplate:
            return read_bulletin(node, figures.keys(), texts)

        return self._each("bulletins", read, attrgetter("id"))


def _labels(file: Node, languages: tuple[str, ...]) -> dict[str, Mapping[str, str]]:
    return {code: node.texts(languages) for code, node in file.items()}


def _zone(node: Node) -> ZoneInfo:
    try:
        return ZoneInfo(node.text())
    except (ZoneInfoNotFoundError, ValueError):
        mend = "use a name of the IANA database, such as UTC"
        raise node.fault(f"`{node.text()}` is no time zone", mend) from None
