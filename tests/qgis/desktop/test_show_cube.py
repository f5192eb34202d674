"""Show cube as: which layers have the entries, and when it is offered."""

import shutil

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtWidgets import QPushButton

from miaf_qgis.algorithms.demo import copy_demo
from tests.qgis.helpers import shown_bands
from tests.qgis.window import text_is_whole


@pytest.fixture
def scene(tmp_path, context):
    """The demo cube as another file, without its style."""
    path = tmp_path / "own.tif"
    shutil.copy(copy_demo()["CUBE"], path)
    layer = QgsRasterLayer(str(path), "Own cube")
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def shower(iface):
    from miaf_qgis.desktop.show_cube import ShowCube

    shower = ShowCube(iface)
    yield shower
    shower.remove()
    assert iface.menu_titles == {}


def test_cubes_have_the_entries_and_pictures_have_not(
    iface, shower, scene, tmp_path, new_raster
):  # fmt: skip
    picture = QgsRasterLayer(new_raster(tmp_path / "rgb.tif", bands=3), "Picture")
    QgsProject.instance().addMapLayer(picture)
    titles = ["Natural colour", "Infrared", "Short-wave infrared"]
    assert iface.of_layers == [(title, "Own cube") for title in titles]
    assert set(iface.menu_titles.values()) == {"Show cube as"}


def test_an_entry_of_the_menu_shows_the_active_cube(iface, shower, scene):
    iface.active = scene
    shower.menu.actions()[1].trigger()
    assert shown_bands(scene) == (50, 26, 17)  # 860, 650 and 560 nm


def test_without_a_choice_the_only_cube_is_shown(iface, shower, scene):
    shower.menu.actions()[0].trigger()
    assert shown_bands(scene) == (26, 17, 8)


def test_without_a_cube_the_user_is_told_what_to_do(iface, shower, context):
    shower.menu.actions()[0].trigger()
    assert "Select a hyperspectral cube" in iface.bar.items()[0].text()


def test_first_bands_are_offered_another_look_once(iface, shower, scene):
    before = shown_bands(scene)
    shower.offer(scene)
    (item,) = iface.bar.items()
    assert "Own cube" in item.text() and shown_bands(scene) == before == (1, 2, 3)
    shower.offer(scene)
    assert len(iface.bar.items()) == 1
    natural, infrared = item.findChildren(QPushButton)[-2:]
    assert (natural.text(), infrared.text()) == ("Natural colour", "Infrared")
    natural.click()
    assert shown_bands(scene) == (26, 17, 8)
    assert iface.bar.items() == []


def test_the_offer_fits_beside_a_panel_in_a_small_window(
    iface, shower, scene, each_language
):
    shower.offer(scene)
    assert text_is_whole(iface.bar, 700)  # In a window of 1000 pixels.


def test_a_style_of_the_user_is_not_questioned(iface, shower, scene):
    shower.show(scene, "infrared")
    shower.offer(scene)
    assert iface.bar.items() == []
