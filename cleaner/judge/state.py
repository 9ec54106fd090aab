"""What the steps of judging are given: the page, its rules, and the verdicts so far.

Enters: what `judge` was called with. Leaves: a `JudgeState` that each step reads; only
`cleaner.judge.steps.run` writes verdicts into it. `view` shows all blocks, `shape_view` what a shape may look
at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.judge.lines import View, measure
from cleaner.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.judge.lines import Lines
    from cleaner.judge.region.html_region import Model, Opinion
    from cleaner.model import Block, Candidate, Favor, Page, Verdict
    from cleaner.rules import Outlet, Phrases


@dataclass(slots=True)
class JudgeState:
    """One page on its way through the steps.

    `measured` are its lines where they are measured already. The story's steps leave here what the next ones
    need: `body`, the blocks that the outlet's rules name; the learned `opinion`, None where no region was
    searched; `phrase_hits`, the generic rules that hit a weighed block; and `witnessed`, the log-odds by
    block index with the second opinion's word, empty where it was not asked.
    """

    page: Page
    outlet: Outlet | None
    phrases: Phrases | None
    titles: Sequence[Candidate]
    favor: Favor = "balanced"
    learned: Model | None = None
    measured: Lines | None = None
    lines: Lines = field(init=False)
    verdicts: list[Verdict | None] = field(init=False)
    body: frozenset[int] | None = field(default=None, init=False)
    opinion: Opinion | None = field(default=None, init=False)
    phrase_hits: Mapping[int, str] = field(default_factory=dict, init=False)
    witnessed: Mapping[int, float] = field(default_factory=dict, init=False)
    _keys: list[str] = field(init=False)
    _live: list[Block] | None = field(default=None, init=False)
    _live_lines: Lines | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        if self.measured is None:
            phrases = self.phrases.about(self.page) if self.phrases is not None else None
            self.lines = measure(self.page.blocks, phrases)
        else:
            self.lines = self.measured
        self.verdicts = [None] * len(self.page.blocks)
        self._keys = [fold(said) for title in self.titles[:1] for said in self._spellings(title)]

    def _spellings(self, title: Candidate) -> tuple[str, ...]:
        """The headline, and the line of a text that shows it behind a wire's slug ("UPDATE 2-")."""
        slug = title.raw.removesuffix(title.value)
        is_slug = self.page.kind == "text" and slug.isupper() and slug.endswith("-")
        return (title.value, title.raw) if is_slug else (title.value,)

    @property
    def view(self) -> View:
        """All blocks; gone is what some step removes."""
        gone = [v is not None and v.action == "remove" for v in self.verdicts]
        return View(self.lines, gone, self._keys)

    @property
    def shape_view(self) -> View:
        """On text all blocks; on HTML those that the story's region left untouched, as one run."""
        if self.page.kind == "text":
            return self.view
        if self._live is None or self._live_lines is None:
            self._live = [b for b in self.page.blocks if self.verdicts[b.index] is None]
            self._live_lines = measure(self._live)
        gone = [self.verdicts[b.index] is not None for b in self._live]
        return View(self._live_lines, gone, self._keys, self.page.elements)

    def is_open(self, index: int) -> bool:
        """Whether no step has said yet that the block stays or goes; an edit says neither."""
        verdict = self.verdicts[index]
        return verdict is None or verdict.action == "edit"

    def index_of(self, at: int) -> int:
        """The page's index of the block that stands at `at` in `shape_view`."""
        return at if self._live is None else self._live[at].index
