"""Lists of scenes: what is read, what is refused, and names for the outputs."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaf_engine.errors import FileError, InputError
from miaf_engine.tasks.classify_many import plan
from miaf_engine.tasks.classify_many.plan import output_names, read_scene_list
from tests.scenes import Recorder


def test_paths_comments_and_what_is_listed_twice(tmp_path):
    path = tmp_path / "list.txt"
    lines = ["\ufeff# lines of 2019", "", "  a b.tif  ", "sub/ö.dat", "./a b.tif"]
    lines += [str(tmp_path / "x" / ".." / "c.tif"), "a b.tif", "#d.tif", '"e#.tif"']
    path.write_text("\r\n".join(lines), encoding="utf-8")
    recorder = Recorder()
    found = read_scene_list(str(path), recorder)
    names = ["a b.tif", "sub/ö.dat", "c.tif", "e#.tif"]
    assert found == [str(tmp_path / name) for name in names]
    (warning,) = recorder.warnings
    assert "'./a b.tif', 'a b.tif'" in warning


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="symbolic links")
def test_a_link_to_a_scene_is_that_scene(tmp_path):
    (tmp_path / "a.tif").touch()
    (tmp_path / "b.tif").symlink_to("a.tif")
    (tmp_path / "list.txt").write_text("a.tif\nb.tif\n")
    assert read_scene_list(str(tmp_path / "list.txt")) == [str(tmp_path / "a.tif")]


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        (b"", InputError, "has no scenes"),
        (b"# nothing\n\n  \n", InputError, "has no scenes"),
        (b"a\xff.tif\n", InputError, "not UTF-8"),
        (b"II*\0\1\0", InputError, "is not text"),
        (b"http://example.org/a.tif\n", FileError, "not a local file"),
        (b"a.tif\n/vsicurl/x/a.tif\n", FileError, "not a local file"),
        (None, FileError, "Cannot read"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, content, kind, text):
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(kind, match=text):
        read_scene_list(str(path))


def test_a_cube_or_a_folder_is_no_list(tmp_path, monkeypatch):
    with pytest.raises(FileError, match="Cannot read"):
        read_scene_list(str(tmp_path))
    monkeypatch.setattr(plan, "MAX_LIST_BYTES", 3)
    (tmp_path / "list.txt").write_text("abcd")
    with pytest.raises(FileError, match="larger than"):
        read_scene_list(str(tmp_path / "list.txt"))


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/a/x.tif", "/a/y.tif"], ["x", "y"]),
        (["/a/x.tif", "/b/x.tif", "/b/y.tif"], ["a_x", "b_x", "y"]),
        (["/a/r/x.tif", "/b/r/x.tif"], ["a_r_x", "b_r_x"]),
        (["/a/x.tif", "/a/x.dat"], ["a_x", "a_x_2"]),
        (["/a/x.tif", "/b/X.tif"], ["a_x", "b_X"]),
        (["/x.tif", "/x.dat"], ["x", "x_2"]),
        (["/a/x.tif", "/b/x.tif", "/c/a_x.tif"], ["a_x", "b_x", "c_a_x"]),
    ],
)
def test_names_tell_scenes_apart(paths, names):
    assert output_names(paths) == names


@pytest.mark.parametrize(
    ("known", "paths", "names"),
    [
        ({"/n/x": "x"}, ["/n/x", "/s/x"], ["x", "s_x"]),
        ({"/n/x": "x"}, ["/s/x", "/n/x", "/t/x"], ["s_x", "x", "t_x"]),
        ({"/n/x": "n_x", "/s/x": "s_x"}, ["/n/x"], ["n_x"]),
        ({"/n/x": "X"}, ["/n/x", "/s/x"], ["X", "s_x"]),
        ({"/n/x": "y", "/n/z": "Y"}, ["/n/x", "/n/z"], ["y", "z"]),  # not from us
        ({"/n/x": "s_x"}, ["/n/x", "/s/x", "/s_x"], ["s_x", "x", "s_x_2"]),
        ({"/n/x": ""}, ["/n/x"], ["x"]),
        ({"/gone": "x"}, ["/n/x"], ["x"]),
    ],
)
def test_a_scene_keeps_its_name(known, paths, names):
    assert output_names(paths, known) == names


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["a", "A", "a_b", "b", "a_2"]), min_size=1, max_size=4
        ),
        min_size=1,
        max_size=12,
        unique_by=tuple,
    ),
    st.lists(st.sampled_from(["a", "A_b", "b_a", "a_2", ""]), max_size=12),
)
def test_names_are_never_shared(parts, before):
    paths = ["/" + "/".join(part) for part in parts]
    names = output_names(paths, dict(zip(paths, before, strict=False)))
    assert len({name.casefold() for name in names}) == len(parts)
