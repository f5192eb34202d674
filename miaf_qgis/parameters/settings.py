"""Dialog parameters made from the engine's settings, and read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from miaf_engine.requests.settings import (
    PRESETS,
    STANDARD,
    preset_epochs,
    shown,
    title_of,
)
from miaf_qgis.translation import tr

_DEVICE = r"auto|cpu|mps|cuda(:\d+)?"
SEED = "SEED"
DEVICE = "DEVICE"
MEMORY_MB = "MEMORY_MB"
CREATION_OPTIONS = "CREATION_OPTIONS"
PRESET = "PRESET"
# Under which a parameter's metadata name its group among the advanced ones, and say
# that a dialog is not to call it optional.
GROUP, NEEDED = "miaf_group", "miaf_needed"
_OF_PRESETS = frozenset(name for preset in PRESETS.values() for name in preset)
_DEVICES = ["auto", "cpu", "cuda:0", "cuda:1", "mps"]


class ChoiceParameter(QgsProcessingParameterEnum):
    """A list of words that also takes a word's number.

    The numbers are what `qgis_process help` tells users to give; QGIS itself refuses
    them where the list is one of words.
    """

    def __init__(self, name: str, title: str, choices: list[str], default: str) -> None:
        super().__init__(name, title, choices, False, default, False, True)

    def clone(self) -> ChoiceParameter:
        copy = type(self)(
            self.name(), self.description(), self.options(), self.defaultValue()
        )
        copy.setFlags(self.flags())
        copy.setHelp(self.help())
        copy.setMetadata(self.metadata())
        return copy

    def accepts(self, word: str) -> bool:
        """Return whether the word is one that can be chosen."""
        return word in self.options()

    def checkValueIsAcceptable(
        self, value: Any, context: QgsProcessingContext | None = None
    ) -> bool:
        # A property or expression, as models have, is known only when it is run.
        if not isinstance(value, (str, int)):
            return super().checkValueIsAcceptable(value, context)
        return self.accepts(word_of(str(value), self.options()))


class DeviceParameter(ChoiceParameter):
    """A list of the usual devices that also takes any other `cuda:N`."""

    def accepts(self, word: str) -> bool:
        return bool(re.fullmatch(_DEVICE, word))


def word_of(value: str, choices: list[str]) -> str:
    """Return the choice of that number, or the value itself."""
    number = int(value) if value.isdecimal() else len(choices)
    return choices[number] if number < len(choices) else value


def read_choice(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> str:
    """Return the word chosen; it may be none of the list, which is not refused here."""
    # Not parameterAsEnumString, which turns what is not in the list into the default.
    value = algorithm.parameterAsString(parameters, name, context)
    return word_of(value, algorithm.parameterDefinition(name).options())


def setting_parameters(
    settings: Iterable[type[Any]],
) -> Iterator[QgsProcessingParameterDefinition]:
    """Yield a parameter for each field of the settings classes.

    Args:
        settings: Settings classes of `miaf_engine.requests.settings`.
    """
    for item in (item for cls in settings for item in fields(cls)):
        parameter, text = _setting_parameter(item), tr(item.metadata["help"])
        if item.name in _OF_PRESETS:
            text += " " + tr("If left empty, the preset decides.")
        parameter.setHelp(text)
        yield advanced(parameter) if item.metadata["advanced"] else parameter


def _setting_parameter(item: Any) -> QgsProcessingParameterDefinition:
    name, title, choices = (
        item.name.upper(),
        tr(title_of(item)),
        item.metadata["choices"],
    )
    if choices:
        return ChoiceParameter(name, title, list(choices), item.default)
    if isinstance(item.default, bool):
        return QgsProcessingParameterBoolean(name, title, item.default)
    if isinstance(item.default, (int, float)):
        return _number_parameter(name, title, item)
    return _text_parameter(name, title, item.default)


def _number_parameter(name: str, title: str, item: Any) -> QgsProcessingParameterNumber:
    number, facts = QgsProcessingParameterNumber, item.metadata
    whole = isinstance(item.default, int)
    kind = number.Type.Integer if whole else number.Type.Double
    left_open = item.name in _OF_PRESETS
    default = None if left_open else item.default
    parameter = number(name, title, kind, default, left_open)
    if facts["low"] is not None:
        parameter.setMinimum(facts["low"])
    if facts["high"] is not None:
        parameter.setMaximum(facts["high"])
    if not whole:
        decimals = 6 if 0 < item.default < 0.1 else 2
        parameter.setMetadata({"widget_wrapper": {"decimals": decimals}})
    return parameter


def read_settings(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    settings: Iterable[type[Any]],
) -> dict[str, Any]:
    """Return the settings that the parameters hold, by name, checked.

    Raises:
        ConfigError: A value is wrong or out of range.
    """
    values: dict[str, Any] = {}
    for cls in settings:
        own = {
            item.name: _value(algorithm, parameters, context, item)
            for item in fields(cls)
            if not _is_left_to_preset(parameters, item.name)
        }
        checked = cls.from_json(own).as_json()
        values.update({name: checked[name] for name in own})
    return values


def _is_left_to_preset(parameters: dict[str, Any], name: str) -> bool:
    return name in _OF_PRESETS and parameters.get(name.upper()) in (None, "")


def preset_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter PRESET."""
    return helped(
        ChoiceParameter(PRESET, tr("Preset"), list(PRESETS), STANDARD),
        tr(
            "How long to train. quick: {quick} epochs, for a first look. Its expected "
            "accuracy is too high for similar classes. standard: {standard} epochs, "
            "for the final map. best: {best} epochs, which take twice as long and are "
            "rarely much better. A value of 'Epochs' in the advanced parameters "
            "overrides the preset."
        ).format(**preset_epochs()),
    )


def grouped(
    title: str, parameter: QgsProcessingParameterDefinition
) -> QgsProcessingParameterDefinition:
    """Return the parameter, folded away in the dialog and under a heading there."""
    return noted(advanced(parameter), GROUP, title)


def noted(
    parameter: QgsProcessingParameterDefinition, key: str, value: object
) -> QgsProcessingParameterDefinition:
    """Return the parameter with one more entry in its metadata."""
    parameter.setMetadata({**parameter.metadata(), key: value})
    return parameter


def device_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter DEVICE."""
    parameter = DeviceParameter(DEVICE, tr("Device"), _DEVICES, _DEVICES[0])
    parameter.setHelp(
        tr(
            "Where the network is computed. auto: a graphics card if there is one, "
            "otherwise the processor. cuda:N: the NVIDIA card with number N. mps: an "
            "Apple graphics processor."
        )
    )
    return parameter


def read_device(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> str:
    """Return the device.

    Raises:
        QgsProcessingException: There is no device of that name.
    """
    device = read_choice(algorithm, parameters, DEVICE, context)
    if not algorithm.parameterDefinition(DEVICE).accepts(device):
        raise QgsProcessingException(
            tr("There is no device '{device}'. Use auto, cpu, cuda:N or mps.").format(
                device=device
            )
        )
    return device


def seed_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter SEED."""
    parameter = QgsProcessingParameterNumber(
        SEED, tr("Seed"), QgsProcessingParameterNumber.Type.Integer, 0, False, 0
    )
    parameter.setHelp(
        tr("The same seed, device and versions give the same split and the same map.")
    )
    return advanced(parameter)


def memory_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter MEMORY_MB."""
    parameter = QgsProcessingParameterNumber(
        MEMORY_MB,
        tr("Memory budget (MiB)"),
        QgsProcessingParameterNumber.Type.Integer,
        0,
        False,
        0,
    )
    parameter.setHelp(tr("Memory that the engine may use. 0 chooses it automatically."))
    return advanced(parameter)


def creation_options_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter CREATION_OPTIONS with the widget of GDAL's algorithms."""
    parameter = QgsProcessingParameterString(
        CREATION_OPTIONS, tr("Creation options of the rasters"), "", False, True
    )
    parameter.setMetadata({"widget_wrapper": _creation_options_widget()})
    parameter.setHelp(
        tr(
            "GDAL creation options NAME=VALUE, separated by |. If left empty, GeoTIFF "
            "files are tiled and compressed."
        )
    )
    return advanced(parameter)


def read_creation_options(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> list[str]:
    """Return the creation options, one `NAME=VALUE` an entry."""
    text = algorithm.parameterAsString(parameters, CREATION_OPTIONS, context)
    return [part.strip() for part in text.split("|") if part.strip()]


def advanced(
    parameter: QgsProcessingParameterDefinition,
) -> QgsProcessingParameterDefinition:
    """Return the parameter, folded away in the dialog."""
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    parameter.setFlags(parameter.flags() | flag)
    return parameter


def helped(
    parameter: QgsProcessingParameterDefinition, text: str
) -> QgsProcessingParameterDefinition:
    """Return the parameter with its help."""
    parameter.setHelp(text)
    return parameter


def _text_parameter(
    name: str, title: str, default: str | tuple[float, ...]
) -> QgsProcessingParameterDefinition:
    """Return a parameter for text, which may be empty, or for a list of numbers."""
    if isinstance(default, str):
        return QgsProcessingParameterString(name, title, default, False, True)
    return QgsProcessingParameterString(name, title, shown(default))


def _value(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    item: Any,
) -> Any:
    name = item.name.upper()
    if isinstance(item.default, bool):
        return algorithm.parameterAsBoolean(parameters, name, context)
    if isinstance(item.default, int):
        return algorithm.parameterAsInt(parameters, name, context)
    if isinstance(item.default, float):
        return algorithm.parameterAsDouble(parameters, name, context)
    if item.metadata["choices"]:
        return read_choice(algorithm, parameters, name, context)
    if isinstance(parameters.get(name), (list, tuple)):  # From Python
        return parameters[name]
    return algorithm.parameterAsString(parameters, name, context)


@lru_cache(maxsize=1)
def _creation_options_widget() -> dict[str, str]:
    """Return what QGIS calls its widget for creation options."""
    # It moved from Python to C++ within QGIS 3; the module's file tells which it is. To
    # ask for the module's own spec would import all of Processing when QGIS starts.
    module = "processing.algs.gdal.ui.RasterOptionsWidget"
    spec = find_spec("processing")
    folders = (spec and spec.submodule_search_locations) or ()
    if any(Path(f, "algs/gdal/ui/RasterOptionsWidget.py").is_file() for f in folders):
        return {"class": f"{module}.RasterOptionsWidgetWrapper"}
    return {"widget_type": "rasteroptions"}
