"""Runs one request in the engine's own process, and words how a run failed."""

from __future__ import annotations

import json
import re
import shutil
import signal
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsProcessingUtils

from miaf_qgis import PLUGIN_FOLDER
from miaf_qgis.engine.answer import Answer
from miaf_qgis.engine.child_process import Child, Stopped
from miaf_qgis.engine.conversation import Conversation
from miaf_qgis.engine.environment import data_folder
from miaf_qgis.engine.leftovers import remove_leftovers
from miaf_qgis.engine.training_signals import TRAINING
from miaf_qgis.settings import log_folder_setting, thread_environment
from miaf_qgis.translation import language_environment, tr

# Windows: STATUS_NO_MEMORY, STATUS_COMMITMENT_LIMIT; and what a crash leaves.
_WINDOWS_NO_MEMORY = frozenset({0xC0000017, 0xC000012D})

_WINDOWS_STATUS = 0xC0000000
LOGS_KEPT = 20
# Date, time, task, run: other files in a folder that the user chose are not ours.
LOG_NAME = re.compile(r"\d{8}-\d{6}-\w+-\w+\.log")


@dataclass(frozen=True)
class Job:
    """One run of the engine.

    Attributes:
        task: Name in `miaf_engine.requests.TASKS`.
        request: Fields of the task's request class.
        targets: Files that the run writes.
        folder: Temporary folder of the run; removed at its end.
    """

    task: str
    request: dict[str, Any]
    targets: tuple[str, ...] = ()
    folder: Path = field(default_factory=lambda: temporary_folder())


def run_engine(python: str, job: Job, feedback: QgsProcessingFeedback) -> Answer:
    """Run the job and return the engine's answer.

    Raises:
        QgsProcessingException: The engine refused the request, failed or died; one
            sentence says what happened and what to do.
        Stopped: The user cancelled; its text says whether a training can continue.
    """
    run_id = uuid.uuid4().hex[:16]
    log = new_log(job.task, run_id)
    arguments = [python, "-m", "miaf_engine", "run", str(_write(job, run_id, log))]
    environment = {**thread_environment(), **language_environment()}
    whole, words = False, ""
    TRAINING.begun.emit(run_id, job.task)
    try:
        with Child(arguments, PLUGIN_FOLDER, environment) as child:
            conversation = Conversation(feedback, run_id, _copies(job.request))
            try:
                for line in child.lines(feedback, conversation.silence):
                    conversation.hear(line)
                code = child.exit_code(feedback)
            except Stopped as stopped:
                child.cancel(conversation.hear)
                words = conversation.when_cancelled()
                raise Stopped(words) from stopped
        whole = code == 0
        return _answer(job.task, conversation, code, child, log, feedback)
    except OSError as error:
        raise QgsProcessingException(start_failure(python, error)) from error
    finally:
        TRAINING.ended.emit(run_id, words)
        if not whole:
            remove_leftovers(run_id, job.targets)
        shutil.rmtree(job.folder, ignore_errors=True)


def start_failure(python: str, error: OSError) -> str:
    """Return why the engine's interpreter or its files could not be used."""
    return tr(
        "The engine cannot be started with {python}: {reason}. Choose another Python "
        "in Settings > Options > Processing > Providers > MIAF-Net, or run 'Set up "
        "the engine' again."
    ).format(python=python, reason=error)


def crash_text(code: int | None, last_words: Sequence[str]) -> str:
    """Return what happened to an engine that ended without a result or an error.

    Args:
        code: Exit code; negative for a signal, None where it had to be killed because
            it hung.
        last_words: Last lines of its standard error.
    """
    if code is None:
        return tr("The engine closed its output but did not end. It was stopped.")
    memory = any("out of memory" in line.lower() for line in last_words)
    number = _signal(code)
    if memory or number == 9 or code & 0xFFFFFFFF in _WINDOWS_NO_MEMORY:
        return tr(
            "The engine was ended by the system ({how}), probably because memory ran "
            "short. Lower 'Memory budget (MiB)', 'Width of the network (features)' or "
            "the extent, or close other programs."
        ).format(how=_how(code))
    if number is not None or code & 0xFFFFFFFF >= _WINDOWS_STATUS:
        return tr(
            "The engine crashed ({how}). Set 'Device' to cpu, or run 'Report engine "
            "and hardware' and add its text to a bug report."
        ).format(how=_how(code))
    words = last_words[-1] if last_words else tr("it gave no message")
    return tr("The engine ended without a result ({how}): {words}.").format(
        how=_how(code), words=words.rstrip(".")
    )


def temporary_folder() -> Path:
    """Return a new folder that QGIS removes at its end, whatever happens to a run."""
    return Path(QgsProcessingUtils.generateTempFilename("miaf")).parent


def new_log(task: str, run_id: str) -> Path | None:
    """Return the path for a new log file and remove the oldest; None if impossible."""
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        logs = sorted(p for p in folder.glob("*.log") if LOG_NAME.fullmatch(p.name))
        for old in logs[: max(0, len(logs) - LOGS_KEPT + 1)]:
            old.unlink()
    except OSError:
        return None  # A run is worth more than its log.
    stamp = time.strftime("%Y%m%d-%H%M%S")
    return folder / f"{stamp}-{task}-{run_id}.log"


def log_folder() -> Path:
    """Return the folder for log files."""
    return log_folder_setting() or data_folder() / "logs"


def _signal(code: int) -> int | None:
    if -64 <= code < 0:
        return -code
    # A wrapper script, as conda's, reports a signal as 128 + number.
    if 128 < code <= 192:
        return code - 128
    return None


def _how(code: int) -> str:
    number = _signal(code)
    if number is None:
        plain = code & 0xFFFFFFFF
        return (
            f"0x{plain:08X}"
            if plain >= _WINDOWS_STATUS
            else tr("code {n}").format(n=code)
        )
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = ""
    return tr("signal {n} {name}").format(n=number, name=name).strip()


def _write(job: Job, run_id: str, log: Path | None) -> Path:
    path = job.folder / "REQUEST.json"
    content = {
        "format": "miaf-request",
        "version": 1,
        "task": job.task,
        "run_id": run_id,
        "log": None if log is None else str(log),
        "preview": str(job.folder / "preview.png") if TRAINING.followed else None,
        "request": job.request,
    }
    job.folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, allow_nan=False), encoding="utf-8")
    return path


def _copies(request: dict[str, Any]) -> dict[str, str]:
    """Return the names of layers by the path of the copy that the engine reads."""
    sources = request.get("sources") or {}
    return {str(request[entry]): source["name"] for entry, source in sources.items()}


def _answer(
    task: str,
    conversation: Conversation,
    code: int | None,
    child: Child,
    log: Path | None,
    feedback: QgsProcessingFeedback,
) -> Answer:
    error, result = conversation.error, conversation.result
    if error is None and result is not None:
        if code != 0:  # The files were in place before the result was announced.
            feedback.pushDebugInfo(f"The engine ended with {code} after its result.")
        return Answer.of(result, task)
    if error is not None and error.get("kind") != "Defect":
        raise QgsProcessingException(_refusal(error))
    for line in child.last_words:
        feedback.pushDebugInfo(line)
    _keep_last_words(log, child.last_words)
    where = tr("The log file is {path}.").format(path=log) if log else ""
    words = list(child.last_words)
    said = crash_text(code, words) if error is None else _refusal(error)
    raise QgsProcessingException(f"{said} {where}".strip())


def _refusal(error: dict[str, Any]) -> str:
    message = str(error.get("message") or tr("The engine gave no reason."))
    hint = str(error.get("hint") or "")
    return message if hint in message else f"{message} {hint}"


def _keep_last_words(log: Path | None, lines: Iterable[str]) -> None:
    if log is None:
        return
    try:
        with log.open("a", encoding="utf-8") as stream:
            stream.write("\n".join(["--- standard error, last lines ---", *lines, ""]))
    except OSError:
        pass  # The reason of the failure is what the user must see, not this.
