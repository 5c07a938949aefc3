"""Files to documents: formats by content, headers, encodings, pages, rows; text kept exactly as read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whoholds.readers import ALL, make_document, outlet_of, reader_for
from whoholds.readers.decoding import decode, storable
from whoholds.readers.header import split_header
from whoholds.readers.language import detect_language, language_code
from whoholds.records import Basis, Document, Rejection, SpanKind, content_hash, document_id

SENTENCE = "The army said on Friday that its troops had taken the village after three days of fighting."
PARAGRAPHS = "".join(f"<p>{n}. {SENTENCE} Nobody else has confirmed it, and the road is closed.</p>" for n in range(5))
RU = "Ситуация в городе остаётся сложной, сообщил представитель бригады, дорога на юг простреливается."
UK = "Ситуація в місті залишається складною, повідомив речник бригади, дорога на південь прострілюється."


def items(path: Path) -> list[Document | Rejection]:
    return list(reader_for(path).read(path))


def one(path: Path) -> Document:
    (document,) = items(path)
    assert isinstance(document, Document), document
    return document


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def web_page(head: str = "", above: str = "", foot: str = "<footer>© 2024 Example Media</footer>") -> str:
    return (
        f"<!doctype html><html><head><title>Village taken, army says</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/war'>War</a></nav>"
        f"<article><h1>Village taken, army says</h1>{above}{PARAGRAPHS}</article>{foot}</body></html>"
    )


# -- which reader -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.txt", SENTENCE, "plain-text"),
        ("a.md", "# Heading\n\n" + SENTENCE, "plain-text"),
        ("report", SENTENCE, "plain-text"),
        ("report-2025.11.07", SENTENCE, "plain-text"),
        ("a.txt", web_page(), "html"),
        ("a.html", web_page(), "html"),
        ("a.htm", "\n\n<!-- saved -->\n" + web_page(), "html"),
        ("a.jsonl", json.dumps({"text": SENTENCE}), "jsonl"),
        ("a.json", json.dumps({"text": SENTENCE}) + "\n" + json.dumps({"text": SENTENCE}), "jsonl"),
        ("a.txt", json.dumps({"text": SENTENCE}), "jsonl"),
        ("a.txt", json.dumps([{"text": SENTENCE}]), "jsonl"),
        ("a.txt", "[VIDEO: a bridge]\n\n" + SENTENCE, "plain-text"),
        ("a.html", SENTENCE, "plain-text"),
        ("a.txt", "{Note} " + SENTENCE, "plain-text"),
        ("a.txt", "<3 from the front. " + SENTENCE, "plain-text"),
    ],
)
def test_the_content_decides_before_the_name(tmp_path: Path, name: str, content: str, reader: str) -> None:
    path = saved(tmp_path, name, content)
    assert reader_for(path).name == reader
    assert all(item.reader == reader for item in items(path) if isinstance(item, Document))


def test_every_reader_has_a_name_of_its_own() -> None:
    assert sorted(reader.name for reader in ALL) == ["html", "jsonl", "plain-text"]


# -- plain text ---------------------------------------------------------------------------------------------


def test_a_document_is_filled_completely(tmp_path: Path) -> None:
    text = f"Army says village is taken\n\nNov 7, 2025 13:18\n\n{SENTENCE}\n\n{SENTENCE.replace('Friday', 'Monday')}\n"
    path = saved(tmp_path, "village.txt", text)
    document = one(path)
    assert document == Document(
        id=document_id("village", None, text),
        name="village",
        text=text,
        content_hash=content_hash(text),
        published="2025-11-07",
        published_basis=Basis.TEXT,
        lang="en",
        title="Army says village is taken",
        marked=document.marked,
        reader="plain-text",
        origin_path=str(path),
    )
    assert [mark.kind for mark in document.marked] == [SpanKind.HEADLINE, SpanKind.DATELINE]


def test_a_header_gives_its_values_and_the_body_stays_exact(tmp_path: Path) -> None:
    body = f"  {SENTENCE}\r\n\r\nSecond line \n"
    head = "URL: https://www.example.org/a\r\nOutlet: Example\nDate: 2025-11-07\nlang: en-GB\nTitle: A: b\nid: r1\n\n"
    document = one(saved(tmp_path, "x.txt", head + body))
    assert document.text == body
    assert (document.name, document.url, document.outlet) == ("r1", "https://www.example.org/a", "Example")
    assert (document.published, document.published_basis) == ("2025-11-07", Basis.HEADER)
    assert (document.lang, document.title) == ("en", "A: b")


@pytest.mark.parametrize(
    "text",
    [
        f"Update: {SENTENCE}\n\nMore.",
        f"Title: The town\nAuthor: Jane\n\n{SENTENCE}",
        f"Date: 2025-11-07\n{SENTENCE}",
        f"Lang: en\nLang: uk\n\n{SENTENCE}",
        f"\nDate: 2025-11-07\n\n{SENTENCE}",
        SENTENCE,
    ],
)
def test_what_is_no_header_stays_body(text: str) -> None:
    assert split_header(text) == ({}, text)


def test_a_wrong_date_in_a_header_leaves_the_report(tmp_path: Path) -> None:
    path = saved(tmp_path, "x-2025-11-07.txt", f"Date: 2025-13-45\n\n{SENTENCE}")
    document, row = items(path)
    assert isinstance(document, Document)
    assert (document.published, document.published_basis) == ("2025-11-07", Basis.URL)
    assert isinstance(row, Rejection)
    assert row.code == "date-wrong"
    assert "2025-13-45" in row.what


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RU, "cp1251"), (RU, "koi8_r"), (UK, "cp1251"), (RU, "utf-16"), (UK, "utf-8-sig"), (UK, "utf-8"), (UK, "utf-32")],
)
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_an_encoding_that_is_not_sure_is_not_guessed() -> None:
    assert decode("Ситуация".encode("cp1251")) is None


def test_no_date_and_no_outlet_are_none(tmp_path: Path) -> None:
    document = one(saved(tmp_path, "x.txt", f"By The Example Agency\n\n{SENTENCE}"))
    assert (document.published, document.published_basis, document.outlet) == (None, Basis.NONE, None)


# -- pages --------------------------------------------------------------------------------------------------

LINKED = (
    '<link rel="canonical" href="https://www.example.org/war/village"><meta property="og:site_name" content="Example">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-11-07T21:30:00+02:00",'
    ' "dateModified": "2025-11-09"}</script>'
)


def test_a_saved_page(tmp_path: Path) -> None:
    document = one(saved(tmp_path, "page.html", web_page(LINKED)))
    assert (document.published, document.published_basis) == ("2025-11-07", Basis.METADATA)
    assert (document.url, document.outlet) == ("https://www.example.org/war/village", "example.org")
    assert (document.name, document.title, document.lang) == ("page", "Village taken, army says", "en")
    assert SENTENCE in document.text
    assert "Home" not in document.text


@pytest.mark.parametrize(
    ("head", "above", "day", "basis"),
    [
        ('<meta property="article:published_time" content="2025-11-07T10:00:00Z">', "", "2025-11-07", Basis.METADATA),
        ("", '<time datetime="2025-11-07T10:00">Friday</time>', "2025-11-07", Basis.METADATA),
        ("", '<span class="post-date">7 November 2025, 10:30</span>', "2025-11-07", Basis.TEXT),
        ("", '<span class="post-date">7 November, 10:30</span>', None, Basis.NONE),
        ('<meta name="copyright" content="2023"><meta name="date" content="2025">', "", None, Basis.NONE),
        ("", "", None, Basis.NONE),
        ("", "<time datetime='2025-11-07'>a</time><time datetime='2025-11-01'>b</time>", None, Basis.NONE),
    ],
)
def test_the_date_of_a_page(tmp_path: Path, head: str, above: str, day: str | None, basis: Basis) -> None:
    document = one(saved(tmp_path, "page.html", web_page(head, above)))
    assert (document.published, document.published_basis) == (day, basis)


def test_a_page_saved_by_a_browser_knows_its_address(tmp_path: Path) -> None:
    note = "<!-- saved from url=(0042)https://example.net/2025/11/07/village/ -->\n"
    document = one(saved(tmp_path, "page.html", note + web_page()))
    assert (document.outlet, document.published, document.published_basis) == ("example.net", "2025-11-07", Basis.URL)


def test_a_year_is_no_name_of_a_site(tmp_path: Path) -> None:
    assert one(saved(tmp_path, "p.html", web_page('<meta name="copyright" content="2023">'))).outlet is None


# -- rows ---------------------------------------------------------------------------------------------------


def test_a_row_gives_its_values(tmp_path: Path) -> None:
    row = {
        "id": "r1", "url": "https://m.example.org/a", "outlet": "Example", "published": "2025-11-07T10:00:00Z",
        "lang": "uk-UA", "title": "T", "text": SENTENCE,
    }  # fmt: skip
    document = one(saved(tmp_path, "rows.jsonl", json.dumps(row)))
    assert (document.name, document.url, document.outlet, document.lang) == ("r1", row["url"], "Example", "uk")
    assert (document.published, document.published_basis) == ("2025-11-07T10:00:00Z", Basis.METADATA)
    assert (document.title, document.text) == ("T", SENTENCE)


def test_a_row_without_id_is_named_by_its_line(tmp_path: Path) -> None:
    path = saved(tmp_path, "rows.jsonl", f'{{"text": "{SENTENCE}"}}\n\n{{"text": "{SENTENCE}", "id": 7}}\n')
    assert [item.name for item in items(path) if isinstance(item, Document)] == ["rows-1", "7"]


@pytest.mark.parametrize("indent", [None, 2])
def test_an_object_and_an_array_are_read_too(tmp_path: Path, indent: int | None) -> None:
    single = saved(tmp_path, "single-2025-11-07.json", json.dumps({"text": SENTENCE}, indent=indent))
    several = saved(
        tmp_path, "several.json", json.dumps([{"text": SENTENCE}, {"id": "b", "text": SENTENCE}], indent=indent)
    )
    assert one(single).text == SENTENCE
    assert [item.name for item in items(several) if isinstance(item, Document)] == ["several-1", "b"]


def test_a_wrong_date_leaves_the_row(tmp_path: Path) -> None:
    row = {"text": SENTENCE, "published": "2025-13-45", "url": "https://a.example/2025/11/07/x"}
    document, problem = items(saved(tmp_path, "rows.jsonl", json.dumps(row)))
    assert isinstance(document, Document)
    assert (document.published, document.published_basis) == ("2025-11-07", Basis.URL)
    assert isinstance(problem, Rejection)
    assert (problem.code, problem.where.rsplit(":", 1)[1]) == ("date-wrong", "1")


@pytest.mark.parametrize("value", [None, ""])
def test_no_date_is_not_a_wrong_date(tmp_path: Path, value: Any) -> None:
    assert one(saved(tmp_path, "rows.jsonl", json.dumps({"text": SENTENCE, "published": value}))).published is None


def test_a_file_name_says_nothing_about_many_rows(tmp_path: Path) -> None:
    path = saved(tmp_path, "dump-2025-11-07.jsonl", f'{{"text": "{SENTENCE}"}}\n{{"text": "{SENTENCE}"}}\n')
    assert [item.published for item in items(path) if isinstance(item, Document)] == [None, None]


WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=WORDS, ascii_only=st.booleans())
def test_the_text_of_a_row_is_kept_exactly(tmp_path: Path, text: str, ascii_only: bool) -> None:
    path = saved(tmp_path, "row.jsonl", json.dumps({"text": text}, ensure_ascii=ascii_only))
    read = items(path)
    if text.strip():
        assert isinstance(read[0], Document)
        assert read[0].text == text
    else:
        assert isinstance(read[0], Rejection)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.binary(max_size=400)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    | st.text(alphabet='{}[]",:\\ntexuid0 \n', max_size=80).map(str.encode)
    | st.text(alphabet="<>/=!pahtmlbody \n'", max_size=80).map(lambda text: f"<html>{text}".encode()),
    name=st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "a", "a.pdf"]),
)
def test_any_bytes_are_documents_or_rejections(tmp_path: Path, data: bytes, name: str) -> None:
    path = saved(tmp_path, name, data)
    read = items(path)
    assert read
    for item in read:
        assert isinstance(item, Document | Rejection)
        if isinstance(item, Document):
            item.text.encode("utf-8")
            assert all(0 <= m.start < m.end <= len(item.text) for m in item.marked)
        else:
            assert item.what
            assert item.do


# -- parts --------------------------------------------------------------------------------------------------


def test_what_no_database_stores_is_replaced_one_for_one() -> None:
    assert storable("a\ud800b\x00c😀") == "a\ufffdb\ufffdc😀"


def test_lone_surrogates_of_a_row_keep_the_offsets(tmp_path: Path) -> None:
    document = one(saved(tmp_path, "rows.jsonl", '{"text": "a\\ud800b ' + SENTENCE + '"}'))
    assert document.text == "a\ufffdb " + SENTENCE


@pytest.mark.parametrize(("text", "code"), [(SENTENCE, "en"), (RU, "ru"), (UK, "uk"), ("12:30", None), ("Ура", None)])
def test_language_is_detected_or_none(text: str, code: str | None) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize(("tag", "code"), [("en-US", "en"), ("UK", "uk"), ("?", None), (None, None), (3, None)])
def test_a_language_tag(tag: object, code: str | None) -> None:
    assert language_code(tag) == code


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://m.example.org:8080/a", "example.org"),
        ("https://news.example.org/", "news.example.org"),
        ("https://www.com/", "www.com"),
        ("example.org/a", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_the_outlet_of_an_address(url: str | None, outlet: str | None) -> None:
    assert outlet_of(url) == outlet


def test_reading_twice_gives_the_same_ids(tmp_path: Path) -> None:
    path = saved(tmp_path, "x.txt", SENTENCE)
    assert items(path) == items(path)


def test_two_texts_of_one_address_are_two_documents(tmp_path: Path) -> None:
    made = [
        make_document(name="a", text=text, path=tmp_path, reader="test", url="https://a.example/b")
        for text in ("x", "y")
    ]
    assert made[0].id != made[1].id


@pytest.mark.shared
def test_the_real_files_have_their_dates_and_no_outlet(shared: Path) -> None:
    read = {path.stem: one(path) for path in sorted((shared / "real").glob("*.txt"))}
    assert {name: d.published for name, d in read.items()} == {
        "ap-2025-06-27": "2025-06-27",
        "fakti-2025-11-07": "2025-11-07",
    }
    assert all(document.outlet is None and document.lang == "en" for document in read.values())
