"""The groups of the toolbox, by what a person wants to do."""

from __future__ import annotations

from miaf_qgis.translation import tr

# Never changed: toolbox, scripts and help know the groups by these words.
_GROUPS = {
    "start": ("setupengine", "removeengine", "demo", "diagnostics"),
    "label": ("inspect", "superpixels", "suggestareas"),
    "classify": (
        *("trainandclassify", "train", "classify", "classifymany", "nameclasses"),
        *("classifyandvectorise", "trainonceclassifymany"),
    ),
    "accuracy": (
        *("drawsample", "assess", "compare"),
        *("classifythenassess", "classifythensample"),
    ),
    "import": ("importbenchmark",),
}
_GROUP_OF = {name: group for group, names in _GROUPS.items() for name in names}


def group_id(name: str) -> str:
    """Return the id of the group that an algorithm is in."""
    return _GROUP_OF[name]


def group_title(name: str) -> str:
    """Return what the toolbox calls the group of an algorithm."""
    titles = {
        "start": tr("Start here"),
        "label": tr("Label"),
        "classify": tr("Classify"),
        "accuracy": tr("Accuracy"),
        "import": tr("Import"),
    }
    return titles[group_id(name)]
