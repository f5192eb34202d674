"""Mistakes are one clear sentence, at once, and leave nothing behind.

Every mistake is made in QGIS and on the command line; some by `qgis_process`, whose
exit status and messages are what scripts see. `build/messages.md` lists what was said.
"""

import json
import re
import signal
import sys
from signal import SIGINT, SIGTERM

import pytest

from miaf_engine.process import command_line
from tests import tiny
from tests.end_to_end import bad_inputs
from tests.end_to_end.bad_inputs import EVERY, NO_PYTHON
from tests.end_to_end.programs import TINY, engine_words, in_qgis
from tests.repository import ROOT

# By qgis_process; the others in one QGIS, which is quicker.
SHOWN = (
    bad_inputs.areas_outside,
    bad_inputs.one_class,
    bad_inputs.no_such_field,
    bad_inputs.crs_of_nowhere,
    bad_inputs.cut_short,
    bad_inputs.all_nodata,
    bad_inputs.no_model,
    bad_inputs.folder_is_a_file,
)
QUICK_S = 40.0  # with two starts of Python in it, on a machine that others use
# What only a training that runs or has run says.
AT_WORK = re.compile(r"[Ee]poch \d|pixels train")
# What QGIS and GDAL say around a message, and the log's lines before it.
OF_QGIS = re.compile(
    r"$|(ERROR|Warning) \d|An error was encountered|Unable to execute algorithm"
    r"|There were errors executing|Cannot create transform|Execution completed"
    r"|\S+/python\S* \("
)


def name_of(mistake):
    return mistake.__name__


@pytest.fixture(scope="session")
def table():
    """What was said, by mistake and program; written to a file at the end."""
    said = {}
    yield said
    lines = ["| mistake | program | message |", "| --- | --- | --- |"]
    for (mistake, program), text in sorted(said.items()):
        lines.append(f"| {mistake.replace('_', ' ')} | {program} | {text} |")
    text = "\n".join(lines) + "\n"
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "messages.md").write_text(text, encoding="utf-8")
    print(text)


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    """A cube, areas, and a model trained on them."""
    folder = tmp_path_factory.mktemp("trained")
    given = tiny.inputs(folder)
    model = folder / "model.miaf.safetensors"
    good = {**TINY, "EPOCHS": 2, "CUBE": given["cube"], "ROIS": given["rois"]}
    assert run_here("train", **good, MODEL=model) == 0
    return {**good, "MODEL": model}


@pytest.fixture(scope="session")
def asked(trained, tmp_path_factory):
    """Return (task, parameters, folder of the outputs) of a mistake."""

    def build(mistake):
        folder = tmp_path_factory.mktemp(mistake.__name__)
        results = folder / "results"
        results.mkdir()
        changed = mistake(folder)
        if mistake in bad_inputs.CLASSIFYING:
            given = {"CUBE": trained["CUBE"], "MODEL": trained["MODEL"]}
            given |= {"DEVICE": "cpu", "OUTPUT": results / "map.tif"}
            return "classify", {**given, **changed}, results
        given = {**trained, "MODEL": results / "model.miaf.safetensors"}
        given |= {"OUTPUT": results / "map.tif"}
        return "train", {**given, **changed}, results

    return build


def algorithm_of(task):
    return "miaf:classify" if task == "classify" else "miaf:trainandclassify"


def check(mistake, sentence, results):
    """Fail unless the sentence names what is wrong, and nothing was written."""
    for word in EVERY.get(mistake, ()):
        assert word in sentence
    assert "Traceback" not in sentence
    assert "Error" not in sentence
    assert "\n" not in sentence.strip()
    assert sentence.strip().endswith((".", "!"))
    assert 20 < len(sentence) < 400
    assert list(results.iterdir()) == []


def run_here(task, **given):
    """Run a command of the engine in this process: one of its own takes seconds."""
    before = {number: signal.getsignal(number) for number in (SIGINT, SIGTERM)}
    try:
        return command_line.main(engine_words(task, **given))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.parametrize("mistake", EVERY, ids=name_of)
def test_on_the_command_line(asked, table, mistake, capfd):
    task, given, results = asked(mistake)
    status = run_here(task, **given)
    said = capfd.readouterr()
    assert status == 1, said
    assert "Traceback" not in said.err
    assert not AT_WORK.search(said.err)
    error = json.loads(said.out)["error"]
    sentence = f"{error['message']} {error['hint']}".strip()
    assert said.err.endswith(f"Error: {sentence}\n")
    table[mistake.__name__, "command line"] = sentence
    check(mistake, sentence, results)


@pytest.fixture(scope="session")
def in_one_qgis(asked, tmp_path_factory):
    """Answer of QGIS to each mistake that is not shown by qgis_process."""
    others = [mistake for mistake in EVERY if mistake not in SHOWN]
    jobs = [asked(mistake) for mistake in others]
    steps = [
        {
            "run": algorithm_of(task),
            "parameters": {
                name: value if isinstance(value, (int, float)) else str(value)
                for name, value in given.items()
            },
        }
        for task, given, _ in jobs
    ]
    answers = in_qgis(steps, tmp_path_factory.mktemp("mistakes"))
    folders = [results for _, _, results in jobs]
    return dict(zip(others, zip(answers, folders, strict=False), strict=True))


@pytest.mark.parametrize("mistake", [m for m in EVERY if m not in SHOWN], ids=name_of)
def test_in_a_script_in_qgis(in_one_qgis, table, mistake):
    answer, results = in_one_qgis[mistake]
    # What fails in the dialog's own check is the error, anything later is in the log.
    lines = [*answer["error"].splitlines(), *answer["log"].splitlines()]
    sentence = the_only([line for line in lines if line and not OF_QGIS.match(line)])
    table[mistake.__name__, "QGIS"] = sentence
    assert not AT_WORK.search(answer["log"])
    check(mistake, sentence, results)


def shown_sentence(done):
    """Return the message among what qgis_process prints around it."""
    lines = (re.sub(r"^(ERROR:|0\.+)", "", line) for line in done.errors.splitlines())
    return the_only([line for line in map(str.strip, lines) if not OF_QGIS.match(line)])


def the_only(lines):
    """Return the line that all are; messages may come twice."""
    assert len(set(lines)) == 1, lines
    return lines[0].strip()


@pytest.mark.parametrize("mistake", SHOWN, ids=name_of)
def test_with_qgis_process(qgis_process, asked, table, mistake):
    task, given, results = asked(mistake)
    done = qgis_process.show(algorithm_of(task), **given)
    judge(done, mistake, results, table)


def test_without_an_engine(qgis_process, asked, table):
    def no_engine(_folder):
        return {}

    task, given, results = asked(no_engine)
    done = qgis_process.show(algorithm_of(task), NO_PYTHON, **given)
    judge(done, no_engine, results, table)
    assert NO_PYTHON in done.errors
    # QGIS itself reports and logs each error.
    assert done.errors.count("miaf:setupengine") == 2
    assert "miaf:setupengine" in done.errors
    assert sys.executable not in done.errors


def judge(done, mistake, results, table):
    assert done.status == 1, done.said
    assert "Traceback" not in done.said
    assert not AT_WORK.search(done.said)
    assert done.seconds < QUICK_S
    sentence = shown_sentence(done)
    table[mistake.__name__, "qgis_process"] = sentence
    check(mistake, sentence, results)
