"""`clean_many` over any iterable."""

import itertools

import pytest

import cleaner

STORY = "The council voted on Tuesday to delay the bridge after engineers found cracks in the northern pier."


def test_articles_come_in_order_one_a_page():
    pages = [f"{STORY} Number {i}.\n\n{STORY}" for i in range(50)]
    articles = list(cleaner.clean_many(pages, workers=2))
    assert len(articles) == 50
    assert all(f"Number {i}." in a.body for i, a in enumerate(articles))


def test_the_same_as_one_by_one():
    pages = [
        {"data": f"<html><body><p>{STORY}</p></body></html>".encode(), "url": f"https://news.example/{i}"}
        for i in range(5)
    ]
    expected = [cleaner.clean(p["data"], p["url"]) for p in pages]
    assert list(cleaner.clean_many(pages, workers=2)) == expected


def test_endless_iterables_are_read_as_needed():
    taken = []

    def endless():
        for i in itertools.count():
            taken.append(i)
            yield f"{STORY} {i}"

    articles = cleaner.clean_many(endless(), workers=2)
    assert len(list(itertools.islice(articles, 5))) == 5
    articles.close()
    assert len(taken) < 400


def test_hostile_pages_are_rejected_by_name():
    articles = list(cleaner.clean_many([b"\0" * 99, STORY, b"%PDF-1.4"], workers=1))
    assert [(a.status, a.reason) for a in articles][::2] == [("rejected", "binary")] * 2


@pytest.mark.parametrize("page", [7, None, {"data": "x", "colour": "y"}, ["x"]])
def test_wrong_pages_are_told_so(page):
    with pytest.raises(TypeError, match="a page"):
        list(cleaner.clean_many([page], workers=1))


def test_no_workers_is_a_wrong_call():
    with pytest.raises(ValueError, match="workers"):
        list(cleaner.clean_many([], workers=0))


def test_a_page_out_of_time_is_rejected_as_that():
    import batch_hooks

    from cleaner.batch.clean_many import _rejected
    from cleaner.batch.workers.forkserver import Job
    from cleaner.batch.workers.pool import Pool

    with Pool(Job(batch_hooks.echo), workers=1, timeout=0.3) as pool:
        (outcome,) = pool.map(["ILL-SPIN"], label=lambda _: None)
    article = _rejected({"data": "x", "source": outcome.task}, outcome.failure, "1")
    assert (article.status, article.reason, article.source) == ("rejected", "timeout", "ILL-SPIN")


def test_a_source_that_raises_loses_no_page_that_it_gave():
    def pages():
        for number in range(30):
            yield f"<h1>Ferry {number}</h1><p>The harbour board will not sell the old ferry this year.</p>"
        raise ConnectionError("the source is gone")

    found = []
    with pytest.raises(ConnectionError, match="is gone"):
        found.extend(article.status for article in cleaner.clean_many(pages(), workers=2))
    assert len(found) == 30


def test_rows_as_mappings_state_their_fields():
    row = {
        "maintext": STORY,
        "title": "A ferry stays",
        "date_publish": "2020-01-08",
        "authors": ["Ann Oakley"],
    }
    stated, named, lacking = cleaner.clean_many(
        [row, {"data": STORY, "stated": {"headline": "A ferry stays"}}, {"colour": "blue"}], workers=1
    )
    assert (stated.headline, stated.date, stated.authors) == ("A ferry stays", "2020-01-08", ("Ann Oakley",))
    assert named.headline == "A ferry stays"
    assert (lacking.status, lacking.reason) == ("rejected", "no-content")
