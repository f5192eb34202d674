"""Writes the help pages beside this file from the algorithms as they are declared.

Run with QGIS's Python (`make help-pages`) after a change of an algorithm's parameters,
titles or help; a test compares the pages with the declarations.
"""

from __future__ import annotations

import os
import sys
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
# Those that most people look for, in the order of their work; the others follow.
FIRST = (
    *("demo", "inspect", "trainandclassify", "train", "classify"),
    *("drawsample", "assess"),
)
LAST = ("setupengine", "diagnostics")

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
{body}
</body>
</html>
"""
INDEX = """<h1><img src="../icon.svg" alt="">MIAF-Net for QGIS</h1>
<p class="lead">Land-cover maps from hyperspectral cubes and a few training areas.</p>
<h2>The first ten minutes</h2>
<ol>
<li>Run <a href="setupengine.html">Set up the engine</a> once. It installs what computes
the maps into a folder of its own, without administrator rights.</li>
<li><i>Raster &gt; MIAF-Net &gt; Open the demo scene</i> loads a small cube with
training and test areas.</li>
<li>Open <i>Raster &gt; MIAF-Net &gt; Classify from training areas</i>, choose the cube,
the areas and the class field <code>cover</code>, and run.</li>
<li>Look at the map, the confidence raster and the report. Draw more areas where they
tell you to, and run again.</li>
</ol>
<h2>Algorithms</h2>
<ul class="algorithms">
{algorithms}
</ul>
<h2>Options</h2>
<p><i>Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net</i>:</p>
<ul>
{options}
</ul>
<h2>If something goes wrong</h2>
<p>The message in the log says what is wrong and what to do. For a bug report run
<a href="diagnostics.html">Report engine and hardware</a> and add its text; your user
name and home folder are not in it.</p>
"""


def pages(provider: Any) -> dict[str, str]:
    """Return the text of each page by its file name.

    Args:
        provider: The provider with its algorithms.
    """
    algorithms = in_order(provider.algorithms())
    made = {f"{item.name()}.html": algorithm_page(item) for item in algorithms}
    from miaf_qgis.settings import entries

    body = INDEX.format(
        algorithms="\n".join(line_of_index(item) for item in algorithms),
        options="\n".join(f"<li>{escape(entry.title)}</li>" for entry in entries()),
    )
    made["index.html"] = PAGE.format(title="MIAF-Net for QGIS", body=body.rstrip())
    return made


def in_order(algorithms: Any) -> list[Any]:
    """Return the algorithms as the index lists them."""
    found = {item.name(): item for item in algorithms}
    between = sorted(set(found) - set(FIRST) - set(LAST))
    return [found[name] for name in (*FIRST, *between, *LAST) if name in found]


def icon_of(algorithm: Any) -> str:
    """Return the address of an algorithm's icon, seen from its page."""
    path = Path(algorithm.svgIconPath())
    # A ready model has an icon of QGIS's own.
    own = path if FOLDER.parent in path.parents else FOLDER.parent / "icon.svg"
    return "../" + own.relative_to(FOLDER.parent).as_posix()


def line_of_index(algorithm: Any) -> str:
    """Return an algorithm's line on the first page."""
    return (
        f'<li><img src="{icon_of(algorithm)}" alt=""><span>'
        f'<a href="{algorithm.name()}.html">{escape(algorithm.displayName())}</a><br>'
        f"{escape(algorithm.shortDescription())}</span></li>"
    )


def algorithm_page(algorithm: Any) -> str:
    """Return the page of an algorithm."""
    title = escape(algorithm.displayName())
    parts = [
        '<nav><a href="index.html">MIAF-Net for QGIS</a></nav>',
        f'<h1><img src="{icon_of(algorithm)}" alt="">{title}</h1>',
        f'<p class="lead">{escape(algorithm.shortDescription())}.</p>',
        *(f"<p>{escape(part)}</p>" for part in paragraphs(algorithm.shortHelpString())),
        *parameter_parts(algorithm),
        *output_parts(algorithm),
        "<h2>In a terminal and in Python</h2>",
        f"<pre>{escape(example(algorithm))}</pre>",
    ]
    return PAGE.format(title=f"{title} - MIAF-Net for QGIS", body="\n".join(parts))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a help text."""
    return [part.strip() for part in text.split("\n") if part.strip()]


def parameter_parts(algorithm: Any) -> list[str]:
    """Return the lists of parameters: plain, folded away, results."""
    given = [p for p in algorithm.parameterDefinitions() if not p.isDestination()]
    written = [p for p in algorithm.parameterDefinitions() if p.isDestination()]
    plain = [p for p in given if not is_advanced(p)]
    folded = [p for p in given if is_advanced(p)]
    parts = []
    if plain:
        parts += ["<h2>Parameters</h2>", *description_list(plain)]
    if folded:
        parts += ["<details><summary>Advanced parameters</summary>"]
        parts += [*description_list(folded), "</details>"]
    if written:
        parts += ["<h2>Results</h2>", *description_list(written)]
    return parts


def is_advanced(parameter: Any) -> bool:
    """Return whether a dialog folds the parameter away."""
    return bool(parameter.flags() & type(parameter).Flag.FlagAdvanced)


def description_list(parameters: list[Any]) -> list[str]:
    """Return parameters with their help and facts."""
    lines = ["<dl>"]
    for item in parameters:
        name = f"<code>{escape(item.name())}</code>"
        lines.append(f"<dt>{escape(item.description())} {name}</dt>")
        text = escape(item.help())
        facts = facts_of(item)
        gap = "<br>" if text and facts else ""
        note = f'<span class="facts">{escape(facts)}</span>' if facts else ""
        lines.append(f"<dd>{text}{gap}{note}</dd>")
    return [*lines, "</dl>"]


def facts_of(parameter: Any) -> str:
    """Return choices, range, default and whether the parameter may be left out."""
    facts = []
    if parameter.type() == "enum":
        facts.append("One of " + ", ".join(parameter.options()))
    if parameter.type() == "number":
        facts.append(f"{number(parameter.minimum())} to {number(parameter.maximum())}")
    default = parameter.defaultValue()
    if default not in (None, "") and not parameter.isDestination():
        facts.append(f"Default {default_text(default)}")
    optional = bool(parameter.flags() & type(parameter).Flag.FlagOptional)
    if optional:
        facts.append("Optional")
    return ". ".join(facts) + "." if facts else ""


def number(value: float) -> str:
    """Return a bound as people write it."""
    return "any" if abs(value) > 1e9 else f"{value:g}"


def default_text(value: Any) -> str:
    """Return a default as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def output_parts(algorithm: Any) -> list[str]:
    """Return the outputs that are no files: figures and words."""
    files = {p.name() for p in algorithm.parameterDefinitions() if p.isDestination()}
    other = [o for o in algorithm.outputDefinitions() if o.name() not in files]
    if not other:
        return []
    lines = [
        f"<dt>{escape(item.description())} <code>{escape(item.name())}</code></dt>"
        for item in other
    ]
    return ["<h2>Values for models and scripts</h2>", "<dl>", *lines, "</dl>"]


def example(algorithm: Any) -> str:
    """Return how the algorithm is called in a terminal and from Python."""
    needed = [
        p.name()
        for p in algorithm.parameterDefinitions()
        if not p.flags() & type(p).Flag.FlagOptional
        and (p.isDestination() or p.defaultValue() in (None, ""))
    ]
    words = " ".join(f"{name}=..." for name in needed)
    values = ", ".join(f'"{name}": "..."' for name in needed)
    shell = f"qgis_process run {algorithm.id()}" + (f" -- {words}" if words else "")
    return f'{shell}\n\nprocessing.run("{algorithm.id()}", {{{values}}})'


def main() -> int:
    """Write the pages and remove those of algorithms that are gone."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.append(str(ROOT))
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    from miaf_qgis.provider import MiafProvider

    provider = MiafProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    made = pages(provider)
    for old in FOLDER.glob("*.html"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(made)} pages in {FOLDER}")
    QgsApplication.processingRegistry().removeProvider(provider)
    application.exitQgis()
    return 0


if __name__ == "__main__":
    sys.exit(main())
