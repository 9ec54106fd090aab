"""Several rule files to one: a parent and its child, or the same outlet in two folders.

Enters: `RuleFile`s, the stronger one last. Leaves: one `RuleFile`. Rules go by name: the parent's first, the
child's rule of the same name in its place. A field or `body` that the child states replaces the parent's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from cleaner.model import RulesError
from cleaner.rules.format.schema import Edit, Rule, RuleFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        markup=child.markup if "markup" in child.lines else parent.markup,
        prune=child.prune if "prune" in child.lines else parent.prune,
        skip_jsonld=child.skip_jsonld if "skip_jsonld" in child.lines else parent.skip_jsonld,
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


def layered(files: Sequence[RuleFile]) -> RuleFile:
    """One outlet from all folders that have it, the weakest first."""
    merged = files[0]
    for above in files[1:]:
        merged = layer(merged, above)
    return merged


def resolve(name: str, own: Callable[[str], RuleFile | None], children: tuple[str, ...] = ()) -> RuleFile:
    """An outlet with all it inherits; `own` gives a file by name, or None.

    Raises `KeyError` for an unknown name, `RulesError` for an unknown parent or a circle of them.
    """
    file = own(name)
    if file is None:
        raise KeyError(name)
    at = f"{file.path}:{file.lines.get('extends', 1)}: extends: "
    parents: RuleFile | None = None
    for parent in file.extends:
        if parent in (*children, name):
            circle = " → ".join([*children, name, parent])
            raise RulesError(f"{at}goes round in a circle: {circle}; take one of them out")
        if own(parent) is None:
            raise RulesError(f"{at}there is no outlets/{parent}.yaml; write it without .yaml")
        found = resolve(parent, own, (*children, name))
        parents = found if parents is None else extend(parents, found)
    return file if parents is None else extend(parents, file)


def by_name(parents: Sequence[Named], children: Sequence[Named]) -> tuple[Named, ...]:
    """The parents' rules, those of a name that the children have too replaced where the first of them stood.

    Several rules of one file may share a name, as ways of finding one thing: they go and come together.
    """
    own: dict[str, list[Named]] = {}
    for rule in children:
        own.setdefault(rule.name, []).append(rule)
    merged: list[Named] = []
    for rule in parents:
        if rule.name not in own:
            merged.append(rule)
        elif own[rule.name]:
            merged += own[rule.name]
            own[rule.name] = []
    return tuple(merged + [x for rules in own.values() for x in rules])
