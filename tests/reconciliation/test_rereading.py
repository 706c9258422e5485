"""Numbers of scans are read as the relations demand, told, and never where the recogniser was sure or readings tie."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.checking import check
from mingzhang.cube.amount import parse_amount, unit_named
from mingzhang.cube.disclosure import Disclosure, Observation
from mingzhang.cube.source import Scan
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.reconciliation import reread

TABLE = """某某局2024年部门预算

部门支出预算总表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t150.25\t100.00\t50.25
205\t教育支出\t30.00\t20.00\t10.00
208\t社会保障和就业支出\t120.25\t80.00\t40.25
"""


def scanned(tmp_path, printed: dict[str, tuple[str, Scan]], sure: float = 0.999) -> Disclosure:  # type: ignore[no-untyped-def]
    """The table as read from a picture: each number of ``printed`` was recognised as something else."""
    path = tmp_path / "scan.txt"
    path.write_text(TABLE, encoding="utf-8")
    disclosure = recognise(open_document(path))

    def misread(observation: Observation) -> Observation:
        text, scan = printed.get(observation.amount.printed, (observation.amount.printed, Scan(sure)))
        source = observation.source._replace(page=3, scan=scan)
        amount = parse_amount(text, unit_named("万元"), decimals=observation.amount.decimals)
        return replace(observation, amount=amount, source=source)

    return replace(disclosure, observations=tuple(misread(o) for o in disclosure.observations))


def values(disclosure: Disclosure) -> list[str]:
    return [observation.amount.printed for observation in disclosure.observations]


def test_the_recognisers_second_choice_is_taken_and_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    read = reread(scanned(tmp_path, {"120.25": ("170.25", Scan(0.6, ("120.25", "110.25")))}))
    assert "120.25" in values(read)
    assert "170.25" not in values(read)
    changed = next(o for o in read.observations if o.amount.printed == "120.25")
    assert changed.source.scan is not None
    assert changed.source.scan.recognised == "170.25"
    assert changed.source.scan.is_doubtful
    assert any("第3页" in note and "识别为170.25" in note and "取120.25" in note for note in read.notes)
    assert not [finding for finding in check(read).findings if finding.suspects]


def test_a_look_alike_digit_of_an_unsure_number_is_taken(tmp_path) -> None:  # type: ignore[no-untyped-def]
    read = reread(scanned(tmp_path, {"80.00": ("30.00", Scan(0.7))}))
    assert "80.00" in values(read)
    assert any("识别为30.00，按勾稽关系取80.00" in note for note in read.notes)


def test_a_number_that_was_read_surely_stands_and_is_an_error_to_compare(tmp_path) -> None:  # type: ignore[no-untyped-def]
    disclosure = scanned(tmp_path, {"80.00": ("30.00", Scan(0.999))})
    read = reread(disclosure)
    assert read == disclosure
    (finding,) = [finding for finding in check(read).findings if finding.suspects]
    assert finding.level == "error"
    assert "由OCR识别，请对照原件" in finding.message


def test_what_no_reading_settles_is_a_warning_that_it_may_be_misread(tmp_path) -> None:  # type: ignore[no-untyped-def]
    disclosure = scanned(tmp_path, {"120.25": ("477.25", Scan(0.5))})
    read = reread(disclosure)
    assert values(read) == values(disclosure)
    (finding,) = [finding for finding in check(read).findings if finding.suspects]
    assert finding.level == "warning"
    assert "可能是识别错误" in finding.message


def test_of_several_readings_that_would_do_none_is_taken(tmp_path) -> None:  # type: ignore[no-untyped-def]
    # 基本支出 of both classes is unsure, and each alone could make up the sum.
    disclosure = scanned(tmp_path, {})
    kept = tuple(o for o in disclosure.observations if o.point.nature == "basic")
    wrong = {
        "100.00": ("100.00", Scan(0.999)),
        "20.00": ("26.00", Scan(0.6, ("20.00",))),
        "80.00": ("80.00", Scan(0.6, ("74.00",))),
    }
    observations = []
    for observation in kept:
        text, scan = wrong[observation.amount.printed]
        amount = parse_amount(text, unit_named("万元"))
        observations.append(replace(observation, amount=amount, source=observation.source._replace(scan=scan)))
    read = reread(replace(disclosure, observations=tuple(observations)))
    assert values(read) == ["100.00", "26.00", "80.00"]
    (note,) = [note for note in read.notes if "几种读法" in note]
    assert "识别为26.00，可能是20.00" in note
    assert "识别为80.00，可能是74.00" in note


def test_what_was_printed_as_text_is_never_read_again(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "text.txt"
    path.write_text(TABLE.replace("\t80.00", "\t30.00"), encoding="utf-8")
    disclosure = recognise(open_document(path))
    assert reread(disclosure) is disclosure
