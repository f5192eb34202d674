"""Random requests, classes, reports and protocol lines: refused, never a crash.

`make fuzz` runs many more cases (`MIAF_FUZZ` is how many of each) and writes what it
found for docs/reliability.md.
"""

import json
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaf_engine.classes import ClassTable, one_line
from miaf_engine.errors import MiafError
from miaf_engine.labels.class_keys import class_table
from miaf_engine.process.worker import read_request
from miaf_engine.reports import report
from miaf_engine.requests import TASKS
from miaf_engine.requests.base import SETTINGS_CLASSES
from tests import tiny
from tests.fuzzing import DONE, VALUES, cases, keep_figures, mutated


@pytest.fixture(autouse=True)
def figures():
    """Keep how many cases there were so far."""
    yield
    keep_figures()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


REQUESTS = {
    "format": "miaf-request",
    "version": 1,
    "task": "train",
    "run_id": "abcdefgh",
    "log": None,
    "request": {
        "cube": "c",
        "rois": "r",
        "class_field": "f",
        "settings": dict(tiny.SMALL) | {"holdout": "blocks", "dropout": 0.1},
        "class_styles": [{"key": 1, "name": "a", "colour": "#ffffff"}],
        "device": "cpu",
        "memory_mb": 5,
    },
}


@cases()
@given(
    choices=st.lists(st.integers(0, 30), min_size=1, max_size=4),
    new=VALUES,
    task=st.sampled_from(list(TASKS)),
)
def test_requests(folder, choices, new, task):
    DONE["request"] += 1
    path = folder / "request.json"
    content = json.dumps(mutated({**REQUESTS, "task": task}, choices, new))
    path.write_text(content, encoding="utf-8")
    try:
        envelope = read_request(path)
        request = TASKS[envelope["task"]].from_json(envelope["request"])
        if hasattr(request, "part"):
            for kind in SETTINGS_CLASSES:
                request.part(kind)
    except MiafError as error:
        assert str(error)


@cases(0.8)
@given(
    text=st.one_of(st.binary(max_size=60), VALUES.map(lambda v: json.dumps(v).encode()))
)
def test_request_files(folder, text):
    DONE["request file"] += 1
    path = folder / "any.json"
    path.write_bytes(text)
    with pytest.raises(MiafError):
        read_request(path)


@pytest.fixture(scope="module")
def protocol():
    """Load the plugin's reader of the protocol; QGIS is a stand-in here."""
    stand_ins = {name: ModuleType(name) for name in ("qgis", "qgis.core", "qgis.PyQt")}
    stand_ins["qgis.PyQt.QtCore"] = core = ModuleType("qgis.PyQt.QtCore")
    stand_ins["qgis.core"].QgsProcessingFeedback = object

    class QCoreApplication:
        @staticmethod
        def translate(_context, text):
            return text

    class Signal:
        def __init__(self, *_types):
            pass

        def emit(self, *_values):
            pass

    core.QCoreApplication, core.QTranslator = QCoreApplication, object
    core.QObject, core.pyqtSignal = object, Signal
    stand_ins["qgis.core"].QgsApplication = object
    before = dict(sys.modules)
    sys.modules.update(stand_ins)
    try:
        from miaf_qgis.engine.conversation import Conversation

        yield Conversation
    finally:
        for name in [
            n for n in sys.modules if n.split(".")[0] in ("qgis", "miaf_qgis")
        ]:
            if name not in before:
                del sys.modules[name]


class Feedback:
    """Takes what the real one would, of the same types only."""

    def setProgress(self, value):  # noqa: N802
        assert 0.0 <= value <= 100.0

    def _text(self, text):
        assert isinstance(text, str)

    pushInfo = pushWarning = pushDebugInfo = setProgressText = _text  # noqa: N815


MESSAGES = st.fixed_dictionaries(
    {
        "type": st.one_of(
            VALUES, st.sampled_from("progress info warning result error".split())
        )
    },
    optional={"fraction": VALUES, "text": VALUES, "outputs": VALUES, "kind": VALUES},
)


@cases()
@given(
    lines=st.lists(
        st.one_of(
            st.text(max_size=40), MESSAGES.map(json.dumps), VALUES.map(json.dumps)
        ),
        max_size=5,
    )
)
def test_protocol(protocol, lines):
    DONE["protocol"] += 1
    conversation = protocol(Feedback(), "a")
    for line in lines:
        conversation.hear(line)
    for kept in (conversation.result, conversation.error):
        assert kept is None or isinstance(kept, dict)


ENTRY = st.fixed_dictionaries({"value": VALUES, "name": VALUES, "colour": VALUES})
SOUND = st.fixed_dictionaries(
    {
        "value": st.integers(-1, 70_000),
        "name": st.text(max_size=6),
        "colour": st.sampled_from(["#ffffff", "#ABCDEF", "red", "#12345"]),
    }
)


@cases(0.7)
@given(items=st.one_of(VALUES, st.lists(st.one_of(ENTRY, SOUND), max_size=5)))
def test_class_tables(items):
    DONE["class table"] += 1
    try:
        table = ClassTable.from_json(items)
    except MiafError as error:
        assert str(error)
    else:
        assert ClassTable.from_json(table.as_json()) == table


KEYS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=20),
)


@cases()
@given(
    keys=st.lists(KEYS, max_size=6),
    styles=st.lists(
        st.fixed_dictionaries(
            {}, optional={"key": KEYS, "name": VALUES, "colour": VALUES}
        ),
        max_size=4,
    ),
)
def test_class_keys(keys, styles):
    DONE["classes of a field"] += 1
    try:
        table, index = class_table(keys, styles)
    except MiafError as error:
        assert str(error)
        return
    assert sorted(set(index.values())) == list(range(1, len(table) + 1))
    for name in table.names:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e]", name)


class Tags(HTMLParser):
    """Collects the tags of a page, with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = Counter()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found[tag, tuple(name for name, _ in attrs)] += 1


SPITEFUL = st.one_of(
    st.text(min_size=1, max_size=20),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "\"'><img src=x onerror=y>",
            "{{ 7*7 }}",
            "&lt;b>",
            *("</table>", "<!--", "]]>", "{% raw %}", "javascript:x", "\u202e"),
        ]
    ),
).filter(one_line)


@cases(0.3)
@given(
    names=st.lists(SPITEFUL, min_size=3, max_size=3, unique_by=one_line), text=SPITEFUL
)
def test_reports(names, text):
    """A report has the tags that it has with plain names, and no other."""
    from tests.engine.reports.test_report import full_content, table

    DONE["report"] += 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "_images", lambda *_: dict(NO_IMAGES))

        def tags(names, text):
            more = {"title": text, "warnings": [text], "inputs": {"cube": text}}
            more |= {"accuracy_definition": text, "settings": {"a": {text: text}}}
            return Tags(report.render(full_content(classes=table(names), **more))).found

        assert tags(names, text) == tags(("a", "b", "c"), "plain")


NO_IMAGES = {}
