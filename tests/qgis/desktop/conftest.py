"""What the tests of the windows share."""

import pytest
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import QApplication

from miaf_qgis.translation import install_translator


@pytest.fixture(params=["en", "de", "es", "fr", "zh"])
def each_language(qgis, request):
    """Each language in turn, in letters as small as those of a desktop.

    Without a screen Qt takes larger ones.
    """
    font = QApplication.font()
    QApplication.setFont(QFont(font.family(), 9))
    translator = install_translator(request.param)
    yield request.param
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
    QApplication.setFont(font)
