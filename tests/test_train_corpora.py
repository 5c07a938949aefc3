"""The corpora come into one format: offsets, labels and parts, on small inputs of our own making."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from train.corpora import (
    Example,
    Labelled,
    bare,
    bioscope,
    cdsco,
    convert,
    flat,
    gum,
    in_split,
    is_dev,
    megaveridicality,
    newswire,
    polnear,
    re3d,
    szeged,
    tidy,
    uds,
)


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def surfaces(text: str, items: tuple[Labelled, ...] | None) -> list[tuple[str, str]]:
    return [(text[start:end], label) for start, end, label in items or ()]


def name_for(split: str, stem: str = "doc") -> str:
    return next(f"{stem}{n}" for n in range(200) if in_split(f"{stem}{n}", split))


def everything(module: ModuleType, folder: Path) -> list[Example]:
    return [item for split in ("train", "dev") for item in module.examples(folder, split)]


def test_a_tenth_goes_to_dev_and_always_the_same() -> None:
    share = sum(is_dev(f"document {n}") for n in range(5000)) / 5000
    assert 0.08 < share < 0.12
    assert all(in_split(f"{n}", "train") != in_split(f"{n}", "dev") for n in range(50))


def test_spans_are_trimmed_flattened_and_bared() -> None:
    text = "  the port of Lirna "
    assert tidy(text, [(0, 20), (5, 6)]) == ((2, 19),)
    assert flat([(0, 5, "person"), (0, 9, "organisation"), (9, 12, "place")]) == (
        (0, 9, "organisation"),
        (9, 12, "place"),
    )
    assert bare(text, 2, 19) == (6, 19)
    assert bare("The Hague", 0, 9) == (0, 9)


def test_polnear_reads_discontinuous_and_sourceless_attributions(tmp_path: Path) -> None:
    text = "“We hold Lirna,” the mayor said, “and Vesk.” It was reported that Orn fell."
    put(tmp_path, "data/train/text/paper_2020_lirna.txt", text)

    def bound(role: str, number: int, *parts: str) -> str:
        places = ";".join(f"{text.index(part)} {text.index(part) + len(part)}" for part in parts)
        return f"T{number}\t{role} {places}\t{' '.join(parts)}\n"

    annotation = (
        bound("Content", 1, "“We hold Lirna,”", "“and Vesk.”")
        + bound("Source", 2, "the mayor")
        + bound("Cue", 3, "said")
        + bound("Attribution", 4, "said")
        + "E1\tAttribution:T4 Content:T1 Cue:T3 Source:T2\n"
        + bound("Cue", 5, "was reported")
        + bound("Content", 6, "that Orn fell")
        + bound("Discuss", 7, "It")
        + "E2\tAttribution-no-source:T5 Cue:T5 Content:T6\n#1\tAnnotatorNotes E2\tunsure\n"
    )
    put(tmp_path, "data/train/attributions/paper_2020_lirna_a1b2.ann", annotation)
    put(
        tmp_path,
        "data/train/attributions/paper_2020_lirna_ffff.ann",
        bound("Cue", 1, "said") + "E1\tAttribution:T1 Cue:T1\n",
    )
    (example,) = polnear.examples(tmp_path, "train")
    first, second = example.attributions or ()
    assert [text[s:e] for s, e in first.content] == ["“We hold Lirna,”", "“and Vesk.”"]
    assert [text[s:e] for s, e in first.source + first.cue] == ["the mayor", "said"]
    assert second.source == ()
    assert [text[s:e] for s, e in second.content] == ["that Orn fell"]
    assert example.mentions is None
    assert list(polnear.examples(tmp_path, "dev")) == []


def test_newswire_lies_over_the_original_page(tmp_path: Path) -> None:
    page = "http://news.example/a-very-long-address-of-a-page/1\r\n\r\nMs Ada Orn left Lirna Port on 3 May. Unread rest"
    rows = [
        ("http://news.example/a-very-long-address-of-a-page/1", "O"),
        ("Ms", "O"),
        ("Ada", "B-Person"),
        ("Orn", "I-Person"),
    ]
    rows += [("left", "O"), ("Lirna", "B-Facility\tB-Location"), ("Port", "I-Facility"), ("on", "O")]
    rows += [("3", "B-Date"), ("May", "I-Date"), (".", "O")]
    table = "\n".join(f"{token}\t{label}" for token, label in rows) + "\n\n"
    put(tmp_path, "processed_annotated/x_1.txt.tsv", table)
    put(tmp_path, "original_articles/x_1.txt", page)
    (example,) = everything(newswire, tmp_path)
    assert example.text == page.removesuffix(" Unread rest")
    assert surfaces(example.text, example.mentions) == [
        ("Ada Orn", "person"),
        ("Lirna Port", "facility"),
        ("3 May", "date"),
    ]


def test_newswire_is_rebuilt_where_the_page_reads_otherwise() -> None:
    example = newswire.read("x", "Río\tB-Location\nfell\tO\n.\tO\n", "RÃ­o fell.")
    assert example.text == "Río fell ."
    assert surfaces(example.text, example.mentions) == [("Río", "place")]


def test_re3d_keeps_likely_and_named_mentions(tmp_path: Path) -> None:
    text = "The Lirna Guard and rebels took 20 lorries to Vesk on Monday. We saw it."
    document = {"_id": "D1", "text": text}
    wanted = [("The Lirna Guard", "Organisation", 1), ("rebels", "Organisation", 1), ("20", "Quantity", 0.9)]
    wanted += [
        ("Vesk", "Location", 1),
        ("Monday", "Temporal", 0.97),
        ("We", "Organisation", 1),
        ("Lirna", "Location", 0.2),
    ]
    entities = [
        {"documentId": "D1", "begin": text.index(w), "end": text.index(w) + len(w), "type": kind, "confidence": sure}
        for w, kind, sure in wanted
    ]
    put(tmp_path, "Some Office/documents.json", json.dumps(document) + "\n")
    put(tmp_path, "Some Office/entities.json", "\n".join(map(json.dumps, entities)))
    (example,) = everything(re3d, tmp_path)
    assert surfaces(text, example.mentions) == [
        ("Lirna Guard", "organisation"),
        ("20", "quantity"),
        ("Vesk", "place"),
        ("Monday", "date"),
    ]


def conllu(*sentences: tuple[str, list[str]]) -> str:
    blocks = ["# newdoc id = D1\n# newpar"]
    for identifier, rows in sentences:
        lines = []
        for number, row in enumerate(rows, 1):
            form, lemma, upos, features, head, relation, *misc = row.split()
            lines.append(
                "\t".join(
                    [str(number), form, lemma, upos, "_", features, head, relation, "_", misc[0] if misc else "_"]
                )
            )
        blocks.append(f"# sent_id = {identifier}\n" + "\n".join(lines) + "\n\n")
    return blocks[0] + "\n" + "".join(blocks[1:])


def test_uds_tells_denied_from_merely_unreal(tmp_path: Path) -> None:
    sentences = conllu(
        (
            "D1-1",
            [
                "They they PRON _ 4 nsubj",
                "did do AUX Mood=Ind 4 aux SpaceAfter=No",
                "n't not PART Polarity=Neg 4 advmod",
                "leave leave VERB VerbForm=Inf 0 root SpaceAfter=No",
                ". . PUNCT _ 4 punct",
            ],
        ),
        ("D1-2", ["Please please INTJ _ 2 discourse", "leave leave VERB Mood=Imp 0 root"]),
        (
            "D1-3",
            [
                "They they PRON _ 2 nsubj",
                "failed fail VERB Mood=Ind 0 root",
                "to to PART _ 4 mark",
                "leave leave VERB _ 2 xcomp",
            ],
        ),
    )
    put(tmp_path, "ud_ewt/en_ewt-ud-train.conllu", sentences)
    data: dict[str, Any] = {}
    names: dict[str, Any] = {}
    for number, values in ((1, {4: -1.1}), (2, {2: -1.1}), (3, {2: 1.1, 4: -1.1})):
        names[f"ewt-train-{number}"] = {"sentence_id": f"D1-{number}"}
        data[f"ewt-train-{number}"] = {
            f"ewt-train-{number}-semantics-pred-{at}": {"factuality": {"factual": {"value": value, "confidence": 1}}}
            for at, value in values.items()
        }
    put(tmp_path, "uds_factuality/ud_ids.json", json.dumps(names))
    put(tmp_path, "uds_factuality/norm/factuality.json", json.dumps({"data": data}))
    (example,) = uds.examples(tmp_path / "uds_factuality", "train")
    assert example.text == "They didn't leave. Please leave They failed to leave"
    assert surfaces(example.text, example.certainty) == [
        ("leave", "counterfact"),
        ("leave", "uncertain"),
        ("failed", "fact"),
        ("leave", "counterfact"),
    ]


def marked(identifier: str, parts: str) -> str:
    return f'<Document type="x"><DocID type="y">{identifier}</DocID>{parts}</Document>'


def test_szeged_reads_cues_and_passes_over_a_broken_end(tmp_path: Path) -> None:
    parts = '<DocumentPart type="Title"><Sentence id="1">On Lirna</Sentence></DocumentPart><DocumentPart type="Text">'
    parts += '<Sentence id="2">It <ccue type="speculation_modal_probable_">may</ccue> fall.</Sentence></DocumentPart>'
    head = '<?xml version="1.0"?><Annotation><DocumentSet> '
    put(
        tmp_path,
        "wiki.xml",
        head + marked("Lirna_1", parts) + '<Document type="x"><DocID>cut</DocID></DocumentSet></Annotation>',
    )
    (example,) = everything(szeged, tmp_path)
    assert example.text == "On Lirna\n\nIt may fall."
    assert surfaces(example.text, example.hedges) == [("may", "hedge")]


def test_bioscope_labels_scopes_by_their_cue(tmp_path: Path) -> None:
    inner = '<xcope id="X1">It <cue type="speculation" ref="X1">may</cue> '
    inner += '<xcope id="X2"><cue type="negation" ref="X2">not</cue>'
    inner += " fall</xcope></xcope>."
    document = marked("7", f"<DocumentPart><sentence>{inner}</sentence></DocumentPart>")
    body = f"<Annotation><DocumentSet>{document}</DocumentSet></Annotation>"
    put(tmp_path, "bioscope/abstracts.xml", body)
    put(tmp_path, "bioscope/full_papers.xml", "<Annotation/>")
    (example,) = everything(bioscope, tmp_path)
    assert set(surfaces(example.text, example.hedges)) == {
        ("It may not fall", "hedge_scope"),
        ("may", "hedge"),
        ("not fall", "negation_scope"),
        ("not", "negation"),
    }


def test_cdsco_reads_affixes_and_joins_sentences(tmp_path: Path) -> None:
    rows = [("It", "***"), ("fell", "***"), (".", "***")]
    more = [("He", "_\tHe\t_"), ("is", "_\tis\t_"), ("unable", "un\table\table"), (".", "_\t_\t_")]
    blocks = [
        "\n".join(f"c1\t{n}\t{i}\t{word}\t{word}\tX\t*\t{tail}" for i, (word, tail) in enumerate(block))
        for n, block in enumerate((rows, more))
    ]
    put(tmp_path, "starsem-st-2012-data/cd-sco/corpus/" + cdsco.FILES["dev"], "\n\n".join(blocks) + "\n\n")
    (example,) = cdsco.examples(tmp_path, "dev")
    assert example.text == "It fell. He is unable."
    assert surfaces(example.text, example.hedges) == [
        ("He is", "negation_scope"),
        ("un", "negation"),
        ("able", "negation_scope"),
    ]


def test_gum_reads_nested_attribution_and_names(tmp_path: Path) -> None:
    rows = [
        "Ada Ada PROPN _ 3 nsubj Discourse=attribution-positive:1->2:1:sem-atsrc-1-2+lex-indwd-3|Entity=(1-person-x",
        "Orn Orn PROPN _ 1 flat Entity=1)",
        "denied deny VERB Mood=Ind 0 root",
        "he he PRON _ 5 nsubj Discourse=attribution-positive:2->3:0:sem-atsrc-4+lex-indwd-5|Entity=(2-person-giv-x)",
        "said say VERB Mood=Ind 3 ccomp",
        "Lirna Lirna PROPN _ 7 nsubj Discourse=ROOT:3:0|Entity=(3-place-new-x)",
        "fell fall VERB Mood=Ind 5 ccomp SpaceAfter=No",
        ". . PUNCT _ 3 punct",
    ]
    put(tmp_path, "dev.conllu", conllu(("D1-1", rows)).replace("1->2:1", "1->3:1").replace("2->3:0", "2->3:0"))
    (example,) = gum.examples(tmp_path, "dev")
    text = example.text
    read = {
        text[slice(*item.cue[0])]: (text[slice(*item.source[0])], text[slice(*item.content[0])], item.stance)
        for item in example.attributions or ()
    }
    assert read == {"denied": ("Ada Orn", "he said Lirna fell", "denies"), "said": ("he", "Lirna fell", "asserts")}
    assert surfaces(text, example.mentions) == [("Ada Orn", "person"), ("Lirna", "place")]


def test_megaveridicality_labels_the_embedded_predicate(tmp_path: Path) -> None:
    context = "someone did n't claim that a particular thing happened ."
    ends = [("that thing happened .", "not-entailed"), ("that thing didn't happen .", "not-entailed")]
    ends.append(("that thing might or might not have happened .", "entailed"))
    pairs = [{"context": context, "hypothesis": hypothesis, "label": label} for hypothesis, label in ends]
    put(tmp_path, "dnc/train-recast_megaveridicality_data.json", json.dumps(pairs))
    (example,) = megaveridicality.examples(tmp_path, "train")
    assert example.text == "Someone didn't claim that a particular thing happened."
    assert surfaces(example.text, example.certainty) == [("happened", "uncertain")]


def add(packed: tarfile.TarFile, path: str, content: bytes) -> None:
    entry = tarfile.TarInfo(f"worldwide_newswire/{path}")
    entry.size = len(content)
    packed.addfile(entry, io.BytesIO(content))


def test_convert_unpacks_writes_and_skips_what_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with tarfile.open(tmp_path / "worldwide_newswire.tar.gz", "w:gz") as packed:
        for name in map(name_for, ("train", "dev")):
            add(packed, f"processed_annotated/{name}.txt.tsv", b"Orn\tB-Location\nfell\tO\n")
            add(packed, f"original_articles/{name}.txt", b"Orn fell\n")
    arguments = ["--archives", str(tmp_path), "--out", str(tmp_path / "out"), "--only", "newswire"]
    assert convert.main(arguments) == 0
    first = capsys.readouterr().out
    assert "newswire.train\texamples=1 mentions=1 mentions.place=1" in first
    line = json.loads((tmp_path / "out/newswire.dev.jsonl").read_text(encoding="utf-8"))
    assert line["mentions"] == [[0, 3, "place"]]
    assert line["attributions"] is None
    monkeypatch.setattr(newswire, "examples", lambda folder, split: pytest.fail("read again"))
    assert convert.main(arguments) == 0
    assert capsys.readouterr().out == first
