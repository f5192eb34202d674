"""A closed choice as a dialog parameter, more lenient than QGIS's own."""

from __future__ import annotations

import re
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterEnum,
)

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d+)?")


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
