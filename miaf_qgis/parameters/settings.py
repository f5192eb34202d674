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

from miaf_engine.requests.settings import shown
from miaf_qgis.translation import tr

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d+)?")
SEED = "SEED"
DEVICE = "DEVICE"
MEMORY_MB = "MEMORY_MB"
CREATION_OPTIONS = "CREATION_OPTIONS"
# Where the setting's name alone would puzzle.
_TITLES = {
    "HOLDOUT": "Hold out for the accuracy figures",
    "HOLDOUT_PERCENT": "Share held out (%)",
    "VALIDATION_PERCENT": "Validation set that chooses the epoch (%)",
    "FOLDS": "Folds of a cross-validation by polygon",
    "REFIT": "Train on the test areas too before mapping",
    "FINAL_PERCENT": "Final epochs with all training areas (%)",
    "CONTINUE_PERCENT": "Share of the epochs in continued training (%)",
    "CONTINUE_RATE_PERCENT": "Share of the learning rate in continued training (%)",
    "COMMITTEE": "Ensemble with a head for each branch",
    "KERNEL_SIZES": "Convolution kernel sizes, small to large",
    "PIXELS_PER_SUPERPIXEL": "Pixels per superpixel, small to large",
    "COMPONENTS": "Components for the superpixels",
    "PROJECTION": "Projection for the superpixels",
    "EXCLUDE_WAVELENGTHS": "Wavelengths left out (nm)",
    "CLASS_WEIGHT_POWER": "Weight of small classes (power)",
    "WIDTH": "Width of the network (features)",
    "DROPOUT": "Dropout (share of features)",
    "GRAPH_BRANCH": "Use the graph branch",
    "CONVOLUTION_BRANCH": "Use the convolution branch",
    "INTERACTIVE_ATTENTION": "Let the branches weigh each other",
    "HIERARCHICAL_FUSION": "Fuse the scales by attention",
    "COMPACTNESS": "Compactness of the superpixels",
}
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
        return bool(_DEVICE.fullmatch(word))


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
    number = QgsProcessingParameterNumber
    for item in (item for cls in settings for item in fields(cls)):
        name, facts = item.name.upper(), item.metadata
        default: Any = item.default
        title = tr(_TITLES.get(name, item.name.replace("_", " ").capitalize()))
        if facts["choices"]:
            parameter = ChoiceParameter(name, title, list(facts["choices"]), default)
        elif isinstance(default, bool):
            parameter = QgsProcessingParameterBoolean(name, title, default)
        elif isinstance(default, (int, float)):
            whole = isinstance(default, int)
            kind = number.Type.Integer if whole else number.Type.Double
            parameter = number(name, title, kind, default)
            if facts["low"] is not None:
                parameter.setMinimum(facts["low"])
            if facts["high"] is not None:
                parameter.setMaximum(facts["high"])
            if not whole:
                decimals = 6 if default < 0.1 else 2
                parameter.setMetadata({"widget_wrapper": {"decimals": decimals}})
        else:
            parameter = _text_parameter(name, title, default)
        parameter.setHelp(tr(facts["help"]))
        yield advanced(parameter) if facts["advanced"] else parameter


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
        }
        values.update(cls.from_json(own).as_json())
    return values


def device_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter DEVICE."""
    parameter = DeviceParameter(DEVICE, tr("Device"), _DEVICES, _DEVICES[0])
    parameter.setHelp(
        tr(
            "Where the network is computed: auto takes a graphics card where there is "
            "one; cuda:N is the card of that number; mps is Apple's."
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
            tr("There is no device '{device}'; use auto, cpu, cuda:N or mps.").format(
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
    parameter.setHelp(tr("Memory that the engine may use; 0 lets it choose."))
    return advanced(parameter)


def creation_options_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter CREATION_OPTIONS with the widget of GDAL's algorithms."""
    parameter = QgsProcessingParameterString(
        CREATION_OPTIONS, tr("Creation options of the rasters"), "", False, True
    )
    parameter.setMetadata({"widget_wrapper": _creation_options_widget()})
    parameter.setHelp(
        tr(
            "GDAL creation options, NAME=VALUE, parted by |. Empty: GeoTIFF is tiled "
            "and compressed."
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
