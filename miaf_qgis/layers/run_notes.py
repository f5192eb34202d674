"""What tells the layers of one run from those of another: names, group, metadata."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTimer

from miaf_engine import __version__
from miaf_engine.errors import MiafError
from miaf_qgis.translation import tr

_RANK = "miaf/rank"


@dataclass(frozen=True)
class RunNote:
    """What is known of a run when its layers are loaded.

    Attributes:
        label: Cube and time of the run, part of its layers' names and its group's.
        abstract: What the maps are and how good they are.
        history: What was done, a line each.
        keywords: Names of the classes.
    """

    label: str
    abstract: str
    history: tuple[str, ...]
    keywords: tuple[str, ...]

    def title(self, name: str) -> str:
        """Return the name of a layer of this run."""
        return f"{name}, {self.label}"

    @property
    def group(self) -> str:
        """Name of the group of layers."""
        return f"MIAF-Net, {self.label}"

    def describe(self, layer: QgsMapLayer) -> None:
        """Fill in a layer's metadata."""
        data = QgsLayerMetadata(layer.metadata())
        data.setType("dataset")
        data.setTitle(_shown(layer.name()))
        data.setAbstract(_shown(self.abstract))
        data.setHistory([_shown(line) for line in self.history])
        data.setKeywords({"gmd:topicCategory": ["imageryBaseMapsEarthCover"]})
        if self.keywords:
            data.addKeywords("classes", [_shown(name) for name in self.keywords])
        data.setCrs(layer.crs())
        layer.setMetadata(data)


def _shown(text: str) -> str:
    """Return text for the metadata, which QGIS shows as HTML without escaping it."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def note_of(
    request: dict[str, Any], figures: dict[str, Any], now: datetime | None = None
) -> RunNote:
    """Return the note of a run that made maps.

    Args:
        request: The engine's request.
        figures: The engine's figures.
        now: Local time of the run's end, the present one by default.
    """
    now = now or datetime.now()
    cube = Path(request["cube"]).name
    scored = "overall_accuracy" in figures
    model = request.get("model")
    accuracy = _accuracy(figures) if scored else _accuracy_of_model(figures, model)
    did = (
        tr("Trained on {areas} and classified {cube}").format(
            areas=_areas(request), cube=cube
        )
        if scored
        else tr("Classified {cube}").format(cube=cube)
    )
    stamp = now.astimezone().isoformat(timespec="seconds")
    history = [f"{stamp} {did} (MIAF-Net {__version__})"]
    if model:
        history.append(tr("Model file: {name}").format(name=Path(model).name))
    history += [
        f"{title}: {figures[key]}" for key, title in _facts().items() if key in figures
    ]
    names = [str(item["name"]) for item in figures.get("classes") or []]
    abstract = tr("Land cover of {cube}, classified by MIAF-Net.").format(cube=cube)
    return RunNote(
        f"{Path(cube).stem} {now:%H:%M:%S}",
        f"{abstract} {accuracy}",
        tuple(history),
        tuple(names),
    )


def _areas(request: dict[str, Any]) -> str:
    """Return the name of the user's file of areas or labels, or that of the layer."""
    # What the request itself names is the engine's copy.
    source = (request.get("sources") or {}).get("rois")
    if source is None:
        return Path(request.get("rois") or request.get("labels") or "").name
    return Path(source["file"]).name if source.get("file") else str(source["name"])


def _facts() -> dict[str, str]:
    return {
        "device": tr("Device"),
        "epochs": tr("Epochs"),
        "seed": tr("Seed"),
        "seconds": tr("Seconds"),
    }


def _accuracy(figures: dict[str, Any]) -> str:
    """Return the accuracy to expect, and what the scored pixels say."""
    scored, expected = _scored(figures), _expected(figures)
    if not scored and not expected:
        return tr("Its accuracy was not measured: no pixels were held out.")
    return f"{expected} {scored}".strip()


def _expected(figures: dict[str, Any]) -> str:
    """Return which accuracy to expect, nothing where none is."""
    known = figures.get("map_accuracy") is not None
    return accuracy_in_words(figures) if known else ""


def _scored(scores: dict[str, Any]) -> str:
    """Return the accuracy of the scored pixels with how it was obtained, or nothing."""
    value = scores.get("overall_accuracy")
    if value is None:
        return ""
    return tr("Overall accuracy {value} %. {definition}").format(
        value=f"{100 * value:.1f}", definition=scores.get("accuracy_definition") or ""
    )


def _accuracy_of_model(figures: dict[str, Any], model: str | None) -> str:
    # Not at the top: QGIS's start would pay for it.
    from miaf_engine.models.card import read_card

    here = _expected(figures) or tr("Its accuracy was not measured.")
    try:
        card = read_card(str(model))
    except MiafError:
        return here
    scored = _scored(card.scores)
    if not scored:
        return here
    scene = card.provenance.get("cube", {}).get("file", "")
    own = tr("The model's accuracy on its training scene {scene}: {accuracy}").format(
        scene=scene, accuracy=scored
    )
    return f"{here} {own}"


def accuracy_in_words(figures: dict[str, Any]) -> str:
    """Return which accuracy to expect of a map, and why it is too high if it is."""
    words = with_percent(
        figures,
        tr("About {share} % of the map should be right."),
        tr(
            "About {share} % of the map should be right "
            "(95 % interval {low} to {high} %)."
        ),
        tr("The accuracy of the map was not measured."),
    )
    if isinstance(doubt := figures.get("map_accuracy_doubt"), str):
        words += " " + doubt
    return words


def with_percent(
    figures: dict[str, Any], alone: str, with_interval: str, without: str
) -> str:
    """Return the text that suits: with the accuracy, also its interval, or neither."""
    for key in ("map_accuracy", "overall_accuracy"):
        share = figures.get(key)
        if share is None:
            continue
        low, high = (figures.get(f"{key}_interval") or (None, None))[:2]
        if low is None or high is None:
            return alone.format(share=round(100 * share))
        percent = {"share": share, "low": low, "high": high}
        return with_interval.format(**{k: round(100 * v) for k, v in percent.items()})
    return without


class RunLayer(QgsProcessingLayerPostProcessorInterface):
    """Styles a layer, fills in its metadata and puts it into its run's group.

    Args:
        note: Note of the run.
        style: What styles the layer, None to leave it as it is.
        rank: Place among the run's layers, 0 on top.
        grouped: Whether the run has other layers to be grouped with.
    """

    def __init__(
        self,
        note: RunNote,
        style: QgsProcessingLayerPostProcessorInterface | None,
        rank: int,
        *,
        grouped: bool,
    ) -> None:
        super().__init__()
        self._note = note
        self._style = style
        self._rank = rank
        self._grouped = grouped

    def postProcessLayer(self, layer: QgsMapLayer, context: Any, feedback: Any) -> None:
        if layer is None or not layer.isValid():
            return
        if self._style is not None:
            self._style.postProcessLayer(layer, context, feedback)
        self._note.describe(layer)
        if self._rank == 0:
            _add_opacity(layer)
        if self._grouped:
            _move(layer, self._note.group, self._rank)
        if self._rank == 0:
            # Later, because QGIS closes a long legend once it has made it.
            QTimer.singleShot(0, partial(_open_legend, layer.id()))


def _add_opacity(layer: QgsMapLayer) -> None:
    """Put QGIS's own opacity slider below a map's name in the layer tree."""
    if isinstance(layer, QgsRasterLayer):
        layer.setCustomProperty("embeddedWidgets/count", 1)
        layer.setCustomProperty("embeddedWidgets/0/id", "transparency")
        layer.legendChanged.emit()  # The tree makes it together with the legend.


def _open_legend(layer_id: str) -> None:
    node = QgsProject.instance().layerTreeRoot().findLayer(layer_id)
    if node is None:
        return
    node.setExpanded(True)
    # The view does not always open a group that was empty when it was added, and asks
    # its node only where that changes.
    for wanted in (False, True):
        node.parent().setExpanded(wanted)


def _move(layer: QgsMapLayer, title: str, rank: int) -> None:
    """Move a layer of the project into its run's group, in the order of ranks."""
    project = layer.project() or QgsProject.instance()
    root = project.layerTreeRoot()
    node = root.findLayer(layer.id())
    if node is None:
        return
    # Not beside the layer: QGIS puts it beside the active one, in an older run's group.
    group = root.findGroup(title) or root.insertGroup(_top(root, layer), title)
    moved = node.clone()
    moved.setCustomProperty(_RANK, rank)
    moved.setExpanded(False)
    before = [
        isinstance(child, QgsLayerTreeLayer)
        and child.layerId() != layer.id()
        and int(child.customProperty(_RANK, 0)) < rank
        for child in group.children()
    ]
    # Below the last one that goes before it. Only then is it taken from its old place:
    # QGIS drops a layer from the project that is nowhere in the tree.
    place = max((n + 1 for n, above in enumerate(before) if above), default=0)
    group.insertChildNode(place, moved)
    node.parent().removeChildNode(node)


def layers_of_run(layer: QgsMapLayer) -> list[QgsMapLayer]:
    """Return a layer and those that the same run has put into its group."""
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    if node is None or node.customProperty(_RANK) is None:
        return [layer]
    return [child.layer() for child in node.parent().children() if is_of_run(child)]


def is_of_run(node: QgsLayerTreeNode) -> bool:
    """Return whether a node is of a layer that a run has put into its group."""
    return (
        isinstance(node, QgsLayerTreeLayer) and node.customProperty(_RANK) is not None
    )


def _top(root: QgsLayerTreeGroup, new: QgsMapLayer) -> int:
    """Return the place on top of the rasters and groups, below areas that lie above.

    Args:
        root: The layer tree.
        new: A layer that lies where QGIS has put it, which is mostly above all.
    """
    children = root.children()
    return next(
        (
            place
            for place, child in enumerate(children)
            if not isinstance(child, QgsLayerTreeLayer)
            or (
                not isinstance(child.layer(), QgsVectorLayer)
                and child.layerId() != new.id()
            )
        ),
        len(children),
    )
