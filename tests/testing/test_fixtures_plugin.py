"""The pytest plugin, run by pytest as anyone's own rules repository would run it."""

from importlib.metadata import entry_points
from pathlib import Path

import pytest
import ruamel.yaml.error  # noqa: F401 - pytester forgets modules, libyaml not its first error class
from authoring_help import two_pages

from cleaner.cli import main

AUTHORING = (Path(__file__).parent.parent.parent / "docs" / "authoring.md").read_text(encoding="utf-8")
pytest_plugins = "pytester"

STORY = "A bridge is open\n\nThe minister opened the bridge on Monday morning.\n\nMore bridges: three.\n"
STATED = "headline: A bridge is open\ndate: null\nbody_has: [opened the bridge]\n"


@pytest.fixture
def repository(pytester: pytest.Pytester) -> pytest.Pytester:
    folder = pytester.mkdir("fixtures") / "news.example" / "bridge"
    folder.mkdir(parents=True)
    (folder / "page.txt").write_text(STORY)
    (folder / "expected.yaml").write_text(STATED)
    (folder / "input.yaml").write_text("url: https://news.example/1\n")
    return pytester


def write(pytester: pytest.Pytester, name: str, text: str) -> None:
    file = pytester.path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_one_test_a_field(repository: pytest.Pytester) -> None:
    write(repository, "fixtures/news.example/bridge/expected.yaml", STATED + "body_lacks: [tunnel]\n")
    run = repository.runpytest("-v")
    lines = [f"*bridge/expected.yaml::{name} *" for name in ("headline", "date", "body_has", "body_lacks")]
    run.stdout.fnmatch_lines(lines)
    assert sum(run.parseoutcomes().values()) == 4


def test_faults_are_told_without_a_traceback(repository: pytest.Pytester) -> None:
    write(repository, "fixtures/news.example/bridge/expected.yaml", STATED.replace("opened", "closed"))
    run = repository.runpytest()
    run.stdout.fnmatch_lines(["*news.example/bridge: body_has*", "is not in the body: closed the bridge"])
    run.stdout.no_fnmatch_line("*Traceback*")
    run.stdout.no_fnmatch_line("*runtest*")
    assert run.ret == 1


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("headline: x\n", "does not state date, body (or body_has)"),
        (STATED + "boddy: x\n", "fixtures/news.example/bridge/expected.yaml:4: boddy: unknown key"),
        (STATED + "reviewed: false\n", "is a draft"),
        (STATED + "a: b: c\n", "not valid YAML"),
    ],
)
def test_broken_cases_fail_and_the_rest_runs(repository: pytest.Pytester, expected: str, words: str) -> None:
    write(repository, "fixtures/news.example/bridge/expected.yaml", expected)
    write(repository, "test_other.py", "def test_other(): pass\n")
    run = repository.runpytest()
    run.stdout.fnmatch_lines([f"*{words}*"])
    outcomes = run.parseoutcomes()
    assert outcomes["failed"] == 1
    assert outcomes["passed"] >= 1
    assert set(outcomes) == {"failed", "passed"}


def test_missing_page_fails(repository: pytest.Pytester) -> None:
    (repository.path / "fixtures/news.example/bridge/page.txt").unlink()
    run = repository.runpytest()
    run.stdout.fnmatch_lines(["*page.html or page.txt is missing*"])
    run.assert_outcomes(failed=1)


def test_own_rules_by_ini_and_by_option(repository: pytest.Pytester) -> None:
    rule = "outlet: N\nhosts: [news.example]\nremove:\n  - {name: t, line: '^more bridges: ', why: x}\n"
    write(repository, "my-rules/outlets/news.example.yaml", rule)
    stated = STATED + "removed: [{rule: news.example/t, text: 'More bridges: three.'}]\n"
    write(repository, "fixtures/news.example/bridge/expected.yaml", stated)
    repository.runpytest("-k", "removed").assert_outcomes(failed=1)
    repository.runpytest("-k", "removed", "--clean-rules", "my-rules").assert_outcomes(passed=1)
    repository.makeini("[pytest]\nclean_rules = my-rules\n")
    repository.runpytest("-k", "removed").assert_outcomes(passed=1)


def test_a_rules_repository_of_its_own_from_draft_to_passing(pytester: pytest.Pytester) -> None:
    """With the very pyproject.toml of docs/authoring.md: drafts fail, one field goes by its name."""
    pages = [str(x) for x in two_pages(pytester.path)]
    assert main(["rules", "new", "news.example", *pages, "--rules", "news_rules"]) == 0
    pytester.makepyprojecttoml(AUTHORING.split("```toml\n")[1].split("```")[0])
    drafts = pytester.runpytest("-v")
    drafts.stdout.fnmatch_lines(
        ["*a-bridge-at-last/expected.yaml::reviewed FAILED*", "*is a draft; read it*"]
    )
    assert drafts.parseoutcomes()["failed"] == 2
    assert main(["fixtures", "update", "--accept", "fixtures", "--rules", "news_rules"]) == 0
    accepted = pytester.runpytest("-v")
    assert set(accepted.parseoutcomes()) == {"passed"}
    one = pytester.runpytest("fixtures/news.example/a-bridge-at-last/expected.yaml::date")
    one.assert_outcomes(passed=1)

    rule = pytester.path / "news_rules" / "outlets" / "news.example.yaml"
    rule.write_text(rule.read_text().replace("css: '.newsletter-box'", "css: '.letter-box'"))
    broken = pytester.runpytest("-k", "removed")
    broken.assert_outcomes(failed=2)
    broken.stdout.fnmatch_lines(
        ["*a-bridge-at-last: removed*", "news.example/newsletter-box: `The morning letter` *"]
    )


def test_rules_of_the_environment_and_folders_that_are_not_there(
    repository: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = "outlet: N\nhosts: [news.example]\nremove:\n  - {name: t, line: '^more bridges: ', why: x}\n"
    write(repository, "my-rules/outlets/news.example.yaml", rule)
    write(repository, "fixtures/news.example/bridge/expected.yaml", STATED + "body_lacks: ['three']\n")
    monkeypatch.setenv("CLEANER_RULES", str(repository.path / "my-rules"))
    repository.runpytest("-k", "body_lacks").assert_outcomes(passed=1)
    run = repository.runpytest("--clean-rules", "not-there")
    run.stdout.fnmatch_lines(["*not-there: no such folder; rules are files in its generic/ and outlets/*"])
    run.stdout.no_fnmatch_line("*Traceback*")


def test_bad_rules_are_told_by_file_and_line(repository: pytest.Pytester) -> None:
    write(repository, "my-rules/outlets/news.example.yaml", "outlet: N\nhsts: []\n")
    run = repository.runpytest("--clean-rules", "my-rules")
    run.stdout.fnmatch_lines(["*my-rules/outlets/news.example.yaml:2: hsts*"])
    run.stdout.no_fnmatch_line("*Traceback*")


def test_named_folders_also_find_pages_that_state_nothing(repository: pytest.Pytester) -> None:
    (repository.path / "fixtures/news.example/bridge/expected.yaml").unlink()
    repository.runpytest().assert_outcomes()
    repository.makeini("[pytest]\nclean_fixtures = fixtures\n")
    run = repository.runpytest()
    run.stdout.fnmatch_lines(["*expected.yaml: is missing*"])
    run.assert_outcomes(failed=1)


def test_strangers_files_are_left_alone(pytester: pytest.Pytester) -> None:
    """Whoever merely has the package installed may have files of the same names."""
    write(pytester, "fixtures/api/users/expected.yaml", "status_code: 200\n")
    write(pytester, "fixtures/expected.yaml", "headline: theirs\n")
    write(pytester, "tests/data/expected.yaml", "headline: theirs\n")
    write(pytester, "site/page.html", "<p>x</p>")
    write(pytester, "test_theirs.py", "def test_theirs(): pass\n")
    pytester.runpytest().assert_outcomes(passed=1)


def test_nothing_is_imported_until_a_fixture_is_met(pytester: pytest.Pytester) -> None:
    write(
        pytester,
        "test_theirs.py",
        "import sys\n\n\ndef test_theirs():\n"
        "    ours = ('cleaner', 'lxml', 'selectolax')\n"
        "    loaded = {name for name in sys.modules if name.split('.')[0] in ours}\n"
        "    assert loaded == {'cleaner', 'cleaner.testing', 'cleaner.testing.plugin'}\n",
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_plugin_is_installed_under_its_entry_point() -> None:
    assert "cleaner.testing.plugin" in {point.value for point in entry_points(group="pytest11")}
