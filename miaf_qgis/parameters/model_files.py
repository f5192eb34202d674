"""Model files, as far as QGIS looks into them: the header only."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingException

from miaf_qgis.translation import tr


def check_model(path: str) -> None:
    """Refuse what is no model file.

    Raises:
        QgsProcessingException: There is no such file.
        ModelFormatError: It is no model, is damaged, or is of a newer version.
    """
    if not Path(path).is_file():
        raise QgsProcessingException(
            tr(
                "There is no model file '{path}'; choose one made by 'Train model'."
            ).format(path=path)
        )
    # Not at the top: QGIS's start would pay for it.
    from miaf_engine.models.card import read_card

    read_card(path)
