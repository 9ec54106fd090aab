"""Several rule files to one: a parent and its child, or the same outlet in two folders.

Enters: `RuleFile`s, the stronger one last. Leaves: one `RuleFile`.
Rules go by name: the parent's first, the child's rule of the same name in its place. A field or `body` that
the child states replaces the parent's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from cleaner.outlets.schema import Edit, Rule, RuleFile

if TYPE_CHECKING:
    from collections.abc import Sequence

Named = TypeVar("Named", Rule, Edit)


def extend(parent: RuleFile, child: RuleFile) -> RuleFile:
    """The child with what it inherits; hosts, signs and validity are its own."""
    return replace(
        child,
        outlet=child.outlet or parent.outlet,
        fields={**parent.fields, **child.fields},
        body=child.body if "body" in child.lines else parent.body,
        keep=by_name(parent.keep, child.keep),
        remove=by_name(parent.remove, child.remove),
        edits=by_name(parent.edits, child.edits),
    )


def layer(below: RuleFile, above: RuleFile) -> RuleFile:
    """The same outlet in two folders: what the upper one states wins, the rest stays."""
    merged = extend(below, above)
    stated = above.lines
    return replace(
        merged,
        words=above.words if "words" in stated else below.words,
        hosts=above.hosts if "hosts" in stated else below.hosts,
        recognise=above.recognise if "recognise" in stated else below.recognise,
        valid=above.valid if "valid" in stated else below.valid,
        extends=above.extends if "extends" in stated else below.extends,
        lines={**below.lines, **stated},
    )


def by_name(parents: Sequence[Named], children: Sequence[Named]) -> tuple[Named, ...]:
    own: dict[str, Named] = {x.name: x for x in children}
    inherited = {x.name for x in parents}
    return tuple([own.get(x.name, x) for x in parents] + [x for x in children if x.name not in inherited])
