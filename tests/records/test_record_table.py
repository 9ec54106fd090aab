"""One table of the record's fields: what is made of it, and that there is no other list."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import cleaner
from cleaner.batch.inputs.formats import FORMATS, PACKINGS, format_of_kind
from cleaner.containers.file_kinds import KINDS, Kind
from cleaner.model import RECORD
from cleaner.records.schemas import SCHEMAS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPES = {
    "text": "str or null", "status": "str", "body": "str", "texts": "list of str", "truth": "bool or null",
    "blocks": "list of {kind, text}", "provenance": "{field: source}",
    "candidates": "list of {field, value, source, raw, block}", "removals": "list of {index, rule, text}",
}  # fmt: skip

# Lists of fields that the table does not make, and why.
OTHER_LISTS = {
    "cleaner/records/schemas.py": "names of other schemas beside ours",
    "cleaner/records/assemble.py": "the fields that have a provenance where a container states them",
    "cleaner/batch/inputs/row_aliases.py": "what others call the fields that a row can state",
}

# Run as a program of its own, in which the model has one more field.
WIDER = """
import sys, types
from pathlib import Path
import cleaner

path = Path(cleaner.__file__).parent / "model.py"
line = '    summary: str | None = field('
more = '    mood: str | None = field(default=None, metadata=_fact("text", "what it feels like"))\\n'
source = path.read_text(encoding="utf-8")
assert source.count(line) == 1
model = sys.modules["cleaner.model"] = types.ModuleType("cleaner.model")
exec(compile(source.replace(line, more + line), str(path), "exec"), model.__dict__)

from cleaner.batch.analysis.compare import compare
from cleaner.batch.analysis.coverage import Coverage, Seen, as_dict as coverage_dict
from cleaner.batch.inputs.parquet import batch_of, record_schema
from cleaner.batch.settings import Settings
from cleaner.batch.worker import Worker
from cleaner.cli.explain import _head
from cleaner.records.schemas import SCHEMAS
from cleaner.testing.case import EXPECTED
from cleaner.testing.fixture_draft import updated

article = cleaner.Article(id="1", status="article", version="0", mood="calm", body="A day.")
record = article.to_dict()
names = list(record)
assert names.index("mood") + 1 == names.index("summary")
assert cleaner.from_dict(record) == article
assert record_schema().field("mood").type == "string"
assert batch_of([record]).to_pylist()[0]["mood"] == "calm"
assert SCHEMAS["dolma"].view(article)["metadata"]["mood"] == "calm"
assert SCHEMAS["datatrove"].view(article)["metadata"]["mood"] == "calm"
assert compare(record, {**record, "mood": "wild"}).fields == {"mood": ("calm", "wild")}
assert b'"mood"' in Worker(Settings())._result(article, 1, 0.0, None).facts
cover = Coverage()
cover.add(Seen("a", is_article=True, fields=("mood",), hits={}, removed=0.0, words=1))
assert coverage_dict(cover)["outlets"][0]["fields"]["mood"] == 1
assert any(label == "mood" for label, *_ in _head(article))
assert EXPECTED["mood"] == "text"
assert "mood: calm" in updated("mood: wild\\n", article)
print("everywhere")
"""


def test_a_field_added_to_the_table_is_everywhere() -> None:
    done = subprocess.run([sys.executable, "-c", WIDER], capture_output=True, text=True, check=False)
    assert done.stdout == "everywhere\n", done.stderr


def test_no_other_module_lists_the_fields() -> None:
    """A tuple, list, set or dict with most of the fields' names is a second table. The views of other
    schemas and the resolvers name fields one by one, as each needs something else.
    """
    names = {field.name for field in RECORD}
    second = []
    for path in (ROOT / "cleaner").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = getattr(node, "elts", None) or getattr(node, "keys", None) or []
            found = {x.value for x in parts if isinstance(x, ast.Constant) and x.value in names}
            if len(found) > 9 and path.parent.name in ("batch", "inputs", "analysis", "outputs", "records",
                                                       "cli", "testing", "engines", "cleaner"):  # fmt: skip
                second.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert [x for x in second if not x.startswith(tuple(OTHER_LISTS))] == []


def test_every_field_is_an_argument_of_the_article() -> None:
    assert [field.name for field in RECORD] == list(cleaner.Article.__slots__)
    assert all(field.doc for field in RECORD)


def readme_table() -> str:
    rows = [
        f"| `{f.name}` | {'str' if f.name in ('id', 'version') else TYPES[f.form]} | {f.doc} |"
        for f in RECORD
    ]
    return "\n".join(["| field | type | |", "|---|---|---|", *rows])


def test_the_readme_has_the_table_of_fields() -> None:
    assert readme_table() in README, f"write into README.md:\n{readme_table()}"


def test_the_readme_has_the_table_of_schemas() -> None:
    rows = [f"| `{name}` | {schema.help} |" for name, schema in SCHEMAS.items()]
    table = "\n".join(["| `--schema` | |", "|---|---|", *rows])
    assert table in README, f"write into README.md:\n{table}"


def test_the_docs_have_the_table_of_input_formats() -> None:
    rows = [
        f"| {' '.join(f'`{s}`' for s in f.suffixes) or 'by content'} | {f.help} | "
        f"{' '.join(f'`{p}`' for p in PACKINGS) if f.packed else ''} | {f'`{f.extra}`' if f.extra else ''} |"
        for f in FORMATS
    ]
    table = "\n".join(["| suffix | | also as | extra |", "|---|---|---|---|", *rows])
    text = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")
    assert table in text, f"write into docs/inputs.md:\n{table}"


def test_the_docs_say_of_every_kind_what_becomes_of_it() -> None:
    rows = [f"| {kind.title} | {_becomes(kind)} |" for kind in KINDS.values()]
    table = "\n".join(["| what a file is | what becomes of it |", "|---|---|", *rows])
    text = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")
    assert table in text, f"write into docs/inputs.md:\n{table}"


def _becomes(kind: Kind) -> str:
    if kind.does == "refuse":
        return f"refused: {kind.remedy}"
    form = format_of_kind(kind.name)
    return f"read: {form.help}" if form is not None else "unpacked, and what is in it is asked again"
