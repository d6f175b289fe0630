"""Working papers and their packs: what stands in them, and that nothing in a pack is believed."""

from __future__ import annotations

import faulthandler
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import docx
import hostile
import pytest
from typer.testing import CliRunner, Result

import extractor
from extractor.checks.ground import Kind
from extractor.cli import app
from extractor.evidence import pack, paper, verifying, zipping
from extractor.evidence.differing import first
from extractor.evidence.pack import MANIFEST, PAPER, RESULT, SPANS, Case
from extractor.rules import files, shipped

REPORTS = Path(__file__).parents[1] / "samples" / "reports"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
BROKEN = REPORTS / "rectification-lanxi-water-2022.txt"
PDF = REPORTS / "rectification-lanxi-water-2023.pdf"
OFD = REPORTS / "rectification-lanxi-water-2023.ofd"
Members = dict[str, bytes]


@pytest.fixture
def quiet() -> Iterator[None]:
    """pytest's own handler would print a traceback for a child that breaks off."""
    on = faulthandler.is_enabled()
    faulthandler.disable()
    yield
    if on:
        faulthandler.enable()


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def made(path: Path, outcome: str | None = None, own: Members | None = None) -> Members:
    """The members of a pack on the first check of an outcome, or on all that are broken."""
    case = Case(path.name, path.read_bytes(), files(shipped()), own or {})
    report = pack.read(case)
    if outcome:
        check = next(c for c in report.checks if c.outcome == outcome and c.places)
        case = case._replace(checks=(check.fingerprint,))
    return pack.packed(case, report)


@pytest.fixture(scope="module")
def members() -> Members:
    return made(BROKEN)


@pytest.fixture(scope="module")
def pictured() -> Members:
    return made(PDF, "holds")


def packed(members: Members) -> bytes:
    return zipping.zipped(sorted(members.items()), packed=True)


def zipped(members: Members, tmp_path: Path) -> Path:
    path = tmp_path / "pack.zip"
    path.write_bytes(packed(members))
    return path


def rehashed(members: Members) -> Members:
    """What someone makes who knows how packs are made: a manifest that fits the changed members."""
    manifest = json.loads(members[MANIFEST])
    manifest["members"] = [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in sorted(members.items())
        if name != MANIFEST
    ]
    return {**members, MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"}


def replaced(members: Members, name: str, old: str, new: str) -> Members:
    assert old.encode() in members[name]
    return {**members, name: members[name].replace(old.encode(), new.encode(), 1)}


def difference(members: Members, tmp_path: Path) -> str:
    found = verifying.examine(zipped(members, tmp_path)).difference
    assert found is not None
    return found


def text_of(paper: bytes) -> str:
    document = docx.Document(io.BytesIO(paper))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_paper_says_what_an_auditor_signs(members: Members) -> None:
    text = text_of(members[PAPER])
    digest = hashlib.sha256(BROKEN.read_bytes()).hexdigest()
    for said in (
        "审计取证单目录", "项目名称", "被审计（调查）\n单位", "编号：QZ-01　　第 1 张（共 1 张）", "20 ≠ 19",
        "报告称问题20个，清点得19，不符。", "第8行第122—124字", "（共 19 处）", digest, "problem-total", "6cdb238851c102e6",
        "审计人员", "复核人员", "编制日期", "证据提供单位负责人（签名）", "（盖章）", BROKEN.name,
    ):  # fmt: skip
        assert said in text, said


def test_quotes_are_the_words_of_the_file(members: Members) -> None:
    lines = extractor.extract(BROKEN).documents
    (sheet,) = json.loads(members[SPANS])["sheets"]
    assert [quote["role"] for quote in sheet["quotes"]] == ["stated", *["compared"] * 19]
    for quote in sheet["quotes"]:
        text = lines[quote["doc"]].text
        assert text[quote["span"]["start"] : quote["span"]["end"]] == quote["text"]
        around = quote["before"].strip("…") + quote["text"] + quote["after"].strip("…")
        assert around in text


def test_the_pack_holds_all_that_it_stands_on(members: Members) -> None:
    assert members[f"source/{BROKEN.name}"] == BROKEN.read_bytes()
    assert {name for name in members if name.startswith("rules/")} == {f"rules/{name}" for name in files(shipped())}
    listed = {one["name"]: one["sha256"] for one in json.loads(members[MANIFEST])["members"]}
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in members.items() if name != MANIFEST}
    assert "extractor verify" in members["核验说明.txt"].decode("utf-8-sig")


def test_the_same_case_gives_the_same_bytes(members: Members) -> None:
    assert packed(made(BROKEN)) == packed(members)
    dates = {info.date_time for info in zipfile.ZipFile(io.BytesIO(members[PAPER])).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_pictures_show_the_outlined_words(pictured: Members) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    numpy = pytest.importorskip("numpy")
    image = pytest.importorskip("PIL.Image")
    (sheet,) = json.loads(pictured[SPANS])["sheets"]
    assert {one["page"] for one in sheet["pictures"]} == {p["page"] for q in sheet["quotes"] for p in q["source"]}
    shown = sheet["pictures"][0]
    picture = numpy.asarray(image.open(io.BytesIO(pictured[shown["member"]])).convert("RGB")).astype(int)
    left, top, right, bottom = shown["box"]
    scale = picture.shape[1] / (right - left)
    assert abs(picture.shape[0] - scale * (bottom - top)) <= 2
    stated = next(
        p for q in sheet["quotes"] if q["role"] == "stated" for p in q["source"] if p["page"] == shown["page"]
    )
    red = numpy.argwhere((picture[..., 0] > 150) & (picture[..., 1] < 60) & (picture[..., 2] < 60))
    (y0, x0), (y1, x1) = red.min(axis=0) / scale, red.max(axis=0) / scale
    for edge, drawn in zip(stated["box"], (x0, y0 + top, x1, y1 + top), strict=True):
        assert abs(edge - drawn) < 4
    page = pypdfium2.PdfDocument(PDF)[shown["page"] - 1]
    below = page.get_height() - top
    words_inside = page.get_textpage().get_text_bounded(x0 + 3, below - y1, x1 - 3, below - y0)
    assert "".join(words_inside.split()) == stated_text(sheet)


def stated_text(sheet: dict[str, list[dict[str, str]]]) -> str:
    return next(quote["text"] for quote in sheet["quotes"] if quote["role"] == "stated")


def test_every_kind_of_check_has_a_name() -> None:
    assert set(paper.KINDS) == set(get_args(Kind))


def test_evidence_and_verify_as_commands(tmp_path: Path) -> None:
    result = run("evidence", BROKEN, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    paper, zip_file = map(Path, result.stdout.split())
    assert paper.suffix == ".docx"
    shutil.move(zip_file, tmp_path / "包.zip")
    before = sorted(tmp_path.rglob("*"))
    verdict = run("verify", tmp_path / "包.zip")
    assert (verdict.exit_code, verdict.stderr) == (0, "")
    assert "1 checks and 0 pictures" in verdict.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_from_a_result_the_source_is_found_or_given(tmp_path: Path, members: Members) -> None:
    assert run("extract", BROKEN, "--out", tmp_path / "out").exit_code == 0
    result = tmp_path / "out" / f"{BROKEN.name}.json"
    missing = run("evidence", result, "--out", tmp_path)
    assert missing.exit_code == 1
    assert "--source" in missing.stderr
    wrong = run("evidence", result, "--out", tmp_path, "--source", PDF)
    assert "is not the file" in wrong.stderr
    shutil.copy(BROKEN, tmp_path / "out")
    assert run("evidence", result, "--out", tmp_path).exit_code == 0
    assert (tmp_path / f"{BROKEN.name}.取证包.zip").read_bytes() == packed(members)
    result.write_bytes(result.read_bytes().replace("20个".encode(), "21个".encode(), 1))
    stale = run("evidence", result, "--out", tmp_path / "none")
    assert stale.exit_code == 1
    assert "documents[0]" in stale.stderr
    assert not (tmp_path / "none").exists()


def test_a_report_without_a_broken_check_says_so(tmp_path: Path) -> None:
    result = run("evidence", OFD, "--out", tmp_path / "out")
    assert (result.exit_code, (tmp_path / "out").exists()) == (0, False)
    assert "no check of" in result.stderr
    assert "holds" in result.stderr


def test_an_unknown_fingerprint_lists_those_that_exist(tmp_path: Path) -> None:
    result = run("evidence", BROKEN, "--check", "0000", "--out", tmp_path)
    assert result.exit_code == 1
    assert "no check 0000" in result.stderr
    assert "6cdb238851c102e6  broken" in result.stderr


def test_the_user_s_rules_go_into_the_pack(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "checks.toml").write_text(
        '[[check]]\nid = "annex"\nkind = "annex"\nenabled = false\n[check.says]\nholds = "{stated}"\n', "utf-8"
    )
    assert run("evidence", BROKEN, "--rules", rules, "--out", tmp_path).exit_code == 0
    archive = zipfile.ZipFile(tmp_path / f"{BROKEN.name}.取证包.zip")
    assert archive.read("own-rules/checks.toml") == (rules / "checks.toml").read_bytes()
    verdict = verifying.examine(Path(str(archive.filename)))
    assert verdict.difference is None
    assert any("own-rules/checks.toml" in note for note in verdict.notes)


@pytest.mark.parametrize(
    ("path", "outcome"), [(BROKEN, None), (PDF, "holds"), (OFD, "holds")], ids=lambda p: str(p)[-5:]
)
def test_a_pack_is_read_again_the_same(path: Path, outcome: str | None, tmp_path: Path) -> None:
    verdict = verifying.examine(zipped(made(path, outcome), tmp_path))
    assert (verdict.difference, verdict.notes) == (None, ())


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_a_table_that_was_altered_is_shown_with_its_cells(tmp_path: Path) -> None:
    found = made(CORPUS / "final-accounts-putuo-finance-2024-altered.pdf")
    sheets = json.loads(found[SPANS])["sheets"]
    assert len(sheets) >= 3
    assert all(sheet["pictures"] for sheet in sheets)
    assert verifying.examine(zipped(found, tmp_path)).difference is None


SOURCE = f"source/{BROKEN.name}"
# what was done to a pack, and words of the sentence that names it
DAMAGED: dict[str, tuple[Callable[[Members], Members], str]] = {
    "a byte of the source": (lambda m: replaced(m, SOURCE, "20个", "19个"), f"{SOURCE} was changed"),
    "a span": (lambda m: replaced(m, SPANS, '"start": ', '"start": 1'), f"{SPANS} was changed"),
    "a rule": (lambda m: replaced(m, "rules/checks.toml", "enabled", "Enabled"), "rules/checks.toml was changed"),
    "a further member": (lambda m: {**m, "rules/more.toml": b""}, "'rules/more.toml' is in the pack and not in"),
    "a missing member": (lambda m: {k: v for k, v in m.items() if k != SPANS}, f"'{SPANS}' is in {MANIFEST} and missing"),
    "no manifest": (lambda m: {k: v for k, v in m.items() if k != MANIFEST}, f"has no {MANIFEST}"),
    "a strange manifest": (lambda m: {**m, MANIFEST: b'{"format": 1}'}, f"{MANIFEST} is not that of a pack"),
    "a way out": (lambda m: {**m, "../../evil.txt": b"x"}, "leads out of the pack"),
    "a way out with backslashes": (lambda m: {**m, "..\\evil.txt": b"x"}, "leads out of the pack"),
    "a way from the root": (lambda m: {**m, "/etc/evil": b"x"}, "leads out of the pack"),
    "a bomb": (lambda m: {**m, "rules/bomb.toml": b" " * (200 << 20)}, "as zip bombs do"),
    "many members": (lambda m: {**m, **{f"rules/{i}.toml": b"" for i in range(6000)}}, "over the limit of 5,000"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_pack_is_named_by_its_first_damage(name: str, members: Members, tmp_path: Path) -> None:
    change, sentence = DAMAGED[name]
    assert sentence in difference(change(members), tmp_path)


def forged_result(members: Members) -> Members:
    return replaced(members, RESULT, '"stated": "20个"', '"stated": "99个"')


def forged_paper(members: Members) -> Members:
    paper = io.BytesIO(members[PAPER])
    document = docx.Document(paper)
    document.paragraphs[0].add_run("（改）")
    document.save(paper)
    return {**members, PAPER: paper.getvalue()}


def forged_rules(members: Members) -> Members:
    """A wording that no result shows, so that only the rule itself is another."""
    changed = {**members, "rules/ledgers.toml": members["rules/ledgers.toml"] + b"\n# changed\n"}
    case = Case(BROKEN.name, BROKEN.read_bytes(), {k[6:]: v for k, v in changed.items() if k.startswith("rules/")}, {})
    return pack.packed(case, pack.read(case))


# the manifest fits again: only reading the source anew tells
FORGED: dict[str, tuple[Callable[[Members], Members], str]] = {
    "result": (forged_result, f"{RESULT} is not what the source gives: checks["),
    "span": (lambda m: replaced(m, SPANS, '"start": ', '"start": 1'), "sheets[0] (6cdb238851c102e6).quotes[0]"),
    "source": (lambda m: replaced(m, SOURCE, "20个", "19个"), f"{RESULT} is not what the source gives: source.sha256"),
    "paper": (forged_paper, f"{PAPER} is not what this program makes"),
    "rule": (forged_rules, "rules/ledgers.toml is not the one that version"),
    "bad rule": (lambda m: {**m, "rules/dates.toml": b"[[date"}, "dates.toml: is no TOML"),
    "broken rule": (lambda m: {**m, "rules/checks.toml": b"check = 3\n"}, "checks.toml"),
    "read me": (lambda m: {**m, "核验说明.txt": b"trust me"}, "核验说明.txt is not what"),
    "unknown member": (lambda m: {**m, "run.exe": b"MZ"}, "'run.exe' is no member that a pack has"),
    "two sources": (lambda m: {**m, "source/b.txt": b"x"}, "has not one source file"),
    "a bomb for a source": (lambda m: {**m, SOURCE: hostile.zipped({"word/document.xml": b" " * (30 << 20)})}, "cannot be read again"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_pack_is_found_out_by_reading_it_again(name: str, members: Members, tmp_path: Path) -> None:
    change, sentence = FORGED[name]
    assert sentence in difference(rehashed(change(members)), tmp_path)


def scratched(png: bytes) -> bytes:
    return png[:100] + b"x" * 20 + png[120:]


def test_a_forged_picture_is_found_out(pictured: Members, tmp_path: Path) -> None:
    name = next(name for name in pictured if name.startswith("pages/"))
    changed = {**pictured, name: scratched(pictured[name])}
    assert name in difference(rehashed(changed), tmp_path)
    assert "is not a picture that the source gives" in difference(rehashed({**pictured, name: b"GIF89a"}), tmp_path)


def test_a_picture_that_another_program_drew_is_left_to_the_eye(pictured: Members, tmp_path: Path) -> None:
    case = Case(PDF.name, PDF.read_bytes(), files(shipped()), {}, tuple(json.loads(pictured[MANIFEST])["checks"]))
    drawn = {name: scratched(data) for name, data in pictured.items() if name.startswith("pages/")}
    sheets = list(pack.Sheets.model_validate_json(pictured[SPANS]).sheets)
    other = rehashed({**pictured, **drawn, PAPER: pack.written(case, pack.read(case), sheets, drawn)})
    version = pack.libraries()["pypdfium2"]
    other = replaced(other, MANIFEST, f'"pypdfium2": "{version}"', '"pypdfium2": "1.0"')
    verdict = verifying.examine(zipped(other, tmp_path))
    assert verdict.difference is None
    assert any("pypdfium2 1.0" in note for note in verdict.notes)
    assert any("by eye" in note for note in verdict.notes)


def test_another_version_is_named_as_what_may_be_the_reason(members: Members, tmp_path: Path) -> None:
    other = replaced(members, MANIFEST, f'"program": "{extractor.__version__}"', '"program": "9.9"')
    result = run("verify", zipped(rehashed(forged_result(other)), tmp_path))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith(f"error: {RESULT} is not what the source gives")
    assert "this may be why: the pack was made by version 9.9" in result.stderr


def test_what_is_no_pack_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no zip at all")
    for path in (tmp_path / "a.zip", tmp_path / "missing.zip", tmp_path):
        result = run("verify", path)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.output
        assert result.stderr.startswith("error: ")


@pytest.mark.skipif(sys.platform != "linux", reason="children see what a test replaces only where they are forked")
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(("harm", "said"), [(lambda _: time.sleep(60), "over 2 s"), (lambda _: os.abort(), "SIGABRT")])
def test_what_a_pack_does_to_its_reader_costs_a_child_only(
    harm: Callable[[Case], object], said: str, members: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "read", harm)
    result = run("verify", zipped(members, tmp_path), "--timeout", "2")
    assert result.exit_code == 1
    assert said in result.stderr


def test_characters_that_no_xml_has_are_shown_as_such(tmp_path: Path) -> None:
    path = tmp_path / "控制符.txt"
    path.write_text("一、总体情况\n\x0b2023年2月30日\x01召开会议。\n", "utf-8")
    assert run("evidence", path, "--out", tmp_path).exit_code == 0
    assert "日历上没有这一天" in text_of((tmp_path / "控制符.txt.取证单.docx").read_bytes())
    assert verifying.examine(tmp_path / "控制符.txt.取证包.zip").difference is None


@pytest.mark.parametrize(
    ("given", "read", "said"),
    [
        ({"a": [1, 2]}, {"a": [1, 3]}, "a[1]: 2 in the one given, 3 when read again"),
        ({"a": [1]}, {"a": [1, {"text": "甲"}]}, "a[1] (甲): nothing in the one given"),
        ({"a": 1}, {"a": 1.0}, "a: 1 in the one given, 1.0 when"),
        ({"b": 1, "a": 1}, {"a": 1, "b": 1}, "written otherwise"),
        ({"a": "x" * 500 + "y"}, {"a": "x" * 500 + "z"}, "xy” in the one given"),
    ],
)
def test_the_first_difference_is_named(given: object, read: object, said: str) -> None:
    assert said in str(first(json.dumps(given).encode(), json.dumps(read).encode()))


def test_what_is_no_json_is_said_to_be_none() -> None:
    assert first(b"[" * 100_000, b"{}") == "it is no JSON, or none that this program writes"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_the_paper(members: Members, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(members[PAPER])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "paper.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    report = extractor.extract(tmp_path / "paper.pdf")
    shown = "".join("".join(document.text.split()) for document in report.documents)
    assert "证据提供" in shown
    assert "20≠19" in shown
