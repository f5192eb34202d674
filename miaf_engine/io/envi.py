"""The text header of an ENVI raster: which file it is, its fields read and changed."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from miaf_engine.classes import ClassTable
from miaf_engine.errors import RasterFileError
from miaf_engine.grid import Grid
from miaf_engine.io.paths import is_file, is_there
from miaf_engine.limits import MAX_ENVI_HEADER_BYTES
from miaf_engine.translation import tr

# Where a value between two classes has none of its own: ENVI needs a name for each.
UNUSED = "unused"
UNCLASSIFIED = "Unclassified"
UNIT_WORD = r"(nm|nanomet(?:er|re)s?|um|[µμ]m|micromet(?:er|re)s?|microns?)"
# Names that say as much as `wavelength`: wavelength nm, central wavelength (um).
_NAME_OF_CENTRES = re.compile(
    r"(?:cent(?:er|re|ral) )?wavelength(?: cent(?:er|re))?"
    rf"(?: ?[(\[]?{UNIT_WORD}[)\]]?)?"
)
_DATA_SUFFIXES = ("", ".dat", ".img", ".bsq", ".bil", ".bip", ".raw", ".bin", ".cube")


def header_of(data: Path) -> Path | None:
    """Return the header beside an ENVI data file, `X.img.hdr` or `X.hdr`, or None."""
    if not data.name:  # the root of a disk
        return None
    for suffix in (".hdr", ".HDR"):
        # In the order of GDAL, which prefers the longer name where both are there.
        for header in (data.with_name(data.name + suffix), data.with_suffix(suffix)):
            if is_file(header):
                return header
    return None


def data_names(header: str) -> list[str]:
    """Return the names that the data file of a header may have, `X` for `X.hdr`."""
    stem = header[: -len(".hdr")]
    return [*_with_suffixes(stem), f"{stem}.tif", f"{stem}.tiff"]


def _with_suffixes(stem: str) -> list[str]:
    ends = [end for suffix in _DATA_SUFFIXES for end in (suffix, suffix.upper())]
    return list(dict.fromkeys(f"{stem}{end}" for end in ends))


def data_of(header: Path) -> Path:
    """Return the data file that an ENVI header describes.

    Raises:
        RasterFileError: There is no data file beside the header.
    """
    stem = header.with_suffix("")
    for name in _with_suffixes(stem.name):
        if is_file(candidate := stem.with_name(name)):
            return candidate
    raise RasterFileError(
        tr("There is no data file in the folder of the header '{header}'.").format(
            header=header
        ),
        hint=tr("Put '{name}' or '{name}.dat' into the same folder.").format(
            name=stem.name
        ),
    )


def file_of(path: str | os.PathLike[str]) -> Path:
    """Return the file of a raster, where its ENVI header may stand for it.

    Raises:
        RasterFileError: It is a header, and there is no data file beside it.
    """
    file = Path(path)
    return data_of(file) if file.suffix.lower() == ".hdr" else file


def check_header_free(target: Path) -> None:
    """Refuse an ENVI target whose header would replace that of another file.

    Raises:
        RasterFileError: `NAME.hdr` is there and belongs to another data file.
    """
    header = target.with_suffix(".hdr")
    if not is_there(header):
        return
    owners = [target.with_suffix(suffix) for suffix in _DATA_SUFFIXES]
    others = [owner for owner in owners if owner != target and is_file(owner)]
    if others:
        raise RasterFileError(
            tr(
                "Cannot write '{target}': its header would replace '{header}', which "
                "belongs to '{other}'."
            ).format(target=target, header=header.name, other=others[0].name),
            hint=tr("Choose another name."),
        )


def read_fields(header: Path) -> dict[str, str]:
    """Return the fields of a header, names in lower case, lists with their braces.

    Raises:
        RasterFileError: The header cannot be read.
    """
    return fields(read_text(header))


def read_text(header: Path) -> str:
    """Return a header's text, lines ended by line feeds, without a byte order mark.

    UTF-16 is read as well, as Windows writes it; what is none of both is taken for
    Latin-1.

    Raises:
        RasterFileError: The header cannot be read.
    """
    try:
        with header.open("rb") as file:
            content = file.read(MAX_ENVI_HEADER_BYTES + 1)
    except OSError as error:
        raise RasterFileError(
            tr("Cannot read '{path}': {reason}.").format(
                path=header, reason=error.strerror
            )
        ) from error
    if len(content) > MAX_ENVI_HEADER_BYTES:
        raise RasterFileError(
            tr("'{header}' is too large for an ENVI header.").format(header=header),
            hint=tr("It may have at most {most} bytes of text.").format(
                most=MAX_ENVI_HEADER_BYTES
            ),
        )
    text = _decoded(content)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    encodings = ["utf-8-sig", "latin-1"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings.insert(0, "utf-16")
    elif content[1:2] == b"\0" or content[:1] == b"\0":
        encodings.insert(0, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    for encoding in encodings[:-1]:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return content.decode(encodings[-1])


def beside(
    data: Path, height: int, width: int, bands: Collection[int]
) -> tuple[Path, dict[str, str], list[str]] | None:
    """Return an ENVI header beside a raster of another format, None without one.

    Args:
        data: The raster.
        height: Its rows.
        width: Its columns.
        bands: Either may be the number of bands, with and without an alpha band.

    Returns:
        The header, its fields, and the names of those by which it is another raster's.

    Raises:
        RasterFileError: The header cannot be read.
    """
    header = header_of(data)
    text = read_text(header) if header else ""
    if header is None or not is_header(text):
        return None
    stated = fields(text)
    size = {"samples": [width], "lines": [height], "bands": bands}
    odd = [
        name
        for name, known in size.items()
        if name in stated and stated[name] not in map(str, known)
    ]
    return header, stated, odd


def is_header(text: str) -> bool:
    """Return whether a text is an ENVI header, also where GDAL would not see that."""
    return text.lstrip()[:4].upper() == "ENVI"


def fields(text: str) -> dict[str, str]:
    """Return the fields in the text of a header, but for what is in comments."""
    return {name: _plain_list(value) for name, value, _, _ in _found(text)}


def _plain_list(value: str) -> str:
    """Return a list in braces, without the lines in it that are comments."""
    if value.startswith("[") and value.endswith("]"):  # an array of Python or MATLAB
        value = "{" + ", ".join(listed(value)) + "}"
    if ";" not in value or "\n" not in value:
        return value
    first, *lines = value.split("\n")
    kept = [line for line in lines if not line.lstrip().startswith(";")]
    return "\n".join([first, *kept])


def _found(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield name, value, begin and end of each field.

    By hand and in one pass: a regular expression takes minutes for a header of
    braces that are opened and never closed.
    """
    last_brace, begin = text.rfind("}"), 0
    while begin < len(text):
        line_end = text.find("\n", begin)
        line_end = len(text) if line_end < 0 else line_end
        equals = text.find("=", begin, line_end)
        name = text[begin:equals]
        comment = text[begin:line_end].lstrip().startswith(";")
        if equals <= begin or comment or "{" in name or "}" in name:
            begin = line_end + 1
            continue
        start, end = equals + 1, line_end
        while start < line_end and text[start] in " \t":
            start += 1
        if text.startswith("{", start) and start < last_brace:
            end = text.index("}", start) + 1
        elif text.startswith("[", start):
            next_field = text.find("=", start)
            bracket = text.find("]", start, next_field if next_field > 0 else None)
            end = max(end, bracket + 1)
        yield plain_field(name), text[start:end].strip(), begin, end
        following = text.find("\n", end)
        begin = len(text) if following < 0 else following + 1


def plain_field(name: str) -> str:
    """Return a field's name in lower case, its words parted by one blank each.

    `wavelength unit`, as some programs write it, is `wavelength units`.
    """
    plain = " ".join(name.replace("_", " ").lower().split())
    return "wavelength units" if plain == "wavelength unit" else plain


def unit_of_centres(name: str) -> str | None:
    """Return the unit in a name of wavelengths, such as `nm` of `wavelength_nm`.

    Returns:
        Empty where the name states none, None where it is no name of wavelengths.
    """
    match = _NAME_OF_CENTRES.fullmatch(plain_field(name))
    return None if match is None else match[1] or ""


def listed(value: str) -> list[str]:
    """Return the items of a list such as `{a, b}`; a single value is a list of one.

    Brackets may stand for braces, and blanks alone may part numbers.
    """
    inner = value.strip()
    for begin, end in ("{}", "[]"):
        if inner.startswith(begin) and inner.endswith(end):
            inner = inner[1:-1]
    inner = inner.removeprefix("{").removesuffix("}").strip()
    if "," not in inner and all(map(is_number, parts := inner.split())):
        return parts
    return [item.strip() for item in inner.split(",")]


def is_number(text: str) -> bool:
    """Return whether a text is a number, as Python writes it."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def with_fields(text: str, changes: dict[str, str]) -> str:
    """Return the header text with fields replaced, or added at the end."""
    left, parts, done = dict(changes), [], 0
    for name, _, begin, end in _found(text):
        if name in left:
            parts += [text[done:begin], f"{name} = {left.pop(name)}"]
            done = end
    text = "".join(parts) + text[done:]
    return text.rstrip("\n") + "".join(f"\n{k} = {v}" for k, v in left.items()) + "\n"


def plain_name(name: str) -> str:
    """Return a name that an ENVI list can hold.

    A list has no quoting: a comma ends an item and a brace the list. A comma becomes a
    semicolon, braces become parentheses and an equals sign, which other readers take
    for a new field, a colon; the `.aux.xml` beside the raster keeps the exact name.
    """
    table = str.maketrans({",": ";", "{": "(", "}": ")", "=": ":", "\n": " "})
    return name.translate(table).strip()


def class_fields(classes: ClassTable) -> dict[str, str]:
    """Return the fields that make a header one of an ENVI classification."""
    named = {entry.value: entry for entry in classes}
    names, lookup = [UNCLASSIFIED], ["0, 0, 0"]
    for value in range(1, max(classes.values) + 1):
        entry = named.get(value)
        names.append(plain_name(entry.name) if entry else UNUSED)
        colour = entry.colour if entry else "#000000"
        lookup.append(", ".join(str(part) for part in bytes.fromhex(colour[1:])))
    return {
        "file type": "ENVI Classification",
        "classes": str(len(names)),
        "class names": "{" + ",\n".join(names) + "}",
        "class lookup": "{" + ",\n".join(lookup) + "}",
    }


def exact_map_info(map_info: str, grid: Grid) -> str:
    """Return `map info` with every digit of the grid; GDAL writes fifteen.

    Args:
        map_info: The field as GDAL wrote it: the projection, the reference pixel
            (1, 1), its map coordinates, pixel sizes, then the rest.
        grid: The grid that GDAL was given.
    """
    a, b, c, d, e, f = grid.transform
    items = listed(map_info)
    turned = any(item.startswith("rotation") for item in items)
    items[3:5] = [repr(float(c)), repr(float(f))]
    if b == 0 and d == 0 and not turned:
        items[5:7] = [repr(float(a)), repr(-float(e))]
    return "{" + ", ".join(items) + "}"
