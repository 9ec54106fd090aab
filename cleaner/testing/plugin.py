"""The pytest plugin: one test for each field that an `expected.yaml` states.

Installed for everyone who has the package, so nothing is imported or read until a fixture is met. Fixtures
are what stands below the folders of the ini option `clean_fixtures`; where that is not set,
`fixtures/<outlet>/<case>/` of the root folder, if the files there are plainly ours. There a broken case is
a failing test, never one that is not collected.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.model import Article
    from cleaner.pipeline import Cleaner
    from cleaner.testing.case import Case

PAGES = ("page.html", "page.txt")
_OURS = re.compile(rb"^(?:headline|body|body_has|body_lacks|removed|reviewed)\s*:", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("clean_fixtures", "Folders of fixtures, from the root folder.", type="args", default=[])
    parser.addini("clean_rules", "Folders of rule files, from the root folder.", type="args", default=[])
    group = parser.getgroup("cleaner")
    group.addoption(
        "--clean-rules", metavar="DIR", action="append", default=[], help="Rule files for the fixtures."
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.name == "expected.yaml":
        ours = _is_fixture(file_path, parent.config)
    elif file_path.name in PAGES:
        ours = _is_forgotten(file_path, parent.config)
    else:
        return None
    return CaseFile.from_parent(parent, path=file_path) if ours else None


def _is_fixture(file: Path, config: pytest.Config) -> bool:
    if folders := config.getini("clean_fixtures"):
        return any(file.is_relative_to(config.rootpath / folder) for folder in folders)
    if file.parent.parent.parent != config.rootpath / "fixtures":
        return False
    beside = (*PAGES, "input.yaml")
    return any((file.parent / name).exists() for name in beside) or bool(_OURS.search(file.read_bytes()))


def _is_forgotten(page: Path, config: pytest.Config) -> bool:
    """A page whose expected.yaml is missing; only where the folders are named, or a stranger's page.html
    would fail.
    """
    return (
        bool(config.getini("clean_fixtures"))
        and not (page.parent / "expected.yaml").exists()
        and _is_fixture(page, config)
    )


class CaseFile(pytest.File):
    """One case; its page is cleaned once, when its first test runs."""

    case: Case
    _article: Article | None = None

    def collect(self) -> Iterator[pytest.Item]:
        from cleaner.testing.case import FixtureError, load  # noqa: PLC0415 - start-up: most runs of pytest have no fixture

        try:
            self.case = load(self.path.parent)
        except FixtureError as error:
            broken = str(error).replace(f"{self.config.rootpath}{os.sep}", "")
            yield FieldTest.from_parent(self, name="fixture", broken=broken)
            return
        for name in self.case.fields:
            yield FieldTest.from_parent(self, name=name)

    @property
    def article(self) -> Article:
        if self._article is None:
            self._article = self.case.clean(_cleaner(self.config))
        return self._article


class FixtureFault(Exception):  # noqa: N818 - what a person reads is the fault itself
    """The message is the whole report."""


class FieldTest(pytest.Item):
    """One stated field of one case."""

    parent: CaseFile

    def __init__(self, *, broken: str | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**kwargs)
        self.broken = broken

    def runtest(self) -> None:
        from cleaner.testing.check import fault  # noqa: PLC0415 - start-up: as above

        if self.broken is not None:
            raise FixtureFault(self.broken)
        if found := fault(self.parent.case, self.parent.article, self.name):
            raise FixtureFault(f"{self.parent.case.name}: {self.name}\n{found}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401
        from cleaner.model import RulesError  # noqa: PLC0415 - start-up: as above

        if isinstance(excinfo.value, FixtureFault | RulesError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{'/'.join(self.path.parts[-3:-1])}: {self.name}"


_CLEANER = pytest.StashKey["Cleaner"]()


def _cleaner(config: pytest.Config) -> Cleaner:
    """One for the whole run. Raises `RulesError`."""
    from cleaner.pipeline import Cleaner  # noqa: PLC0415 - start-up: as above

    if _CLEANER not in config.stash:
        folders = [config.rootpath / folder for folder in config.getini("clean_rules")]
        folders += [Path(folder) for folder in config.getoption("--clean-rules")]
        config.stash[_CLEANER] = Cleaner(folders)
    return config.stash[_CLEANER]
