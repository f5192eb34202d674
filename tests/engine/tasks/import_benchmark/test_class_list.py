"""Names for bare class numbers."""

import pytest

from miaf_engine.errors import FileError, InputError
from miaf_engine.tasks.import_benchmark.class_list import named_classes
from tests.scenes import Recorder


@pytest.mark.parametrize(
    "text",
    [
        "1 Broad leaf\n10 Corn, young\n",
        "# names\n1,Broad leaf\n\n10;Corn, young\n0 Background",
        "\ufeff10\tCorn, young\r\n1: Broad leaf",
        '1 = "Broad leaf"\n10 = "Corn, young"',
    ],
)
def test_numbered_names(text, tmp_path):
    path = tmp_path / "names.txt"
    path.write_text(text, encoding="utf-8")
    table = named_classes([1, 10], str(path))
    assert table.names == ["Broad leaf", "Corn, young"]
    assert table.values == [1, 10]
    assert len(set(table.colours)) == 2


def test_names_alone_go_by_order_or_by_number(tmp_path):
    assert named_classes([1, 10], "Broad leaf, Corn").names == ["Broad leaf", "Corn"]
    assert named_classes([1, 3], "a,b,c").names == ["a", "c"]
    path = tmp_path / "names.txt"
    path.write_text("a\nb\n", encoding="utf-8")
    assert named_classes([2, 7], str(path)).names == ["a", "b"]


def test_without_names():
    assert named_classes([2, 7], None).names == ["Class 2", "Class 7"]


def test_a_name_that_lacks_is_told(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("1 a\n", encoding="utf-8")
    recorder = Recorder()
    assert named_classes([1, 2], str(path), recorder).names == ["a", "Class 2"]
    assert "no name for 2" in recorder.warnings[0]


def test_refusals(tmp_path):
    path = tmp_path / "names.txt"
    for text in ("1 a\n1 b", "1 a\n2 a", "a\nb\nc", ""):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError):
            named_classes([1, 2], str(path))
    with pytest.raises(FileError, match="no file"):
        named_classes([1, 2], str(tmp_path / "gone.txt"))
