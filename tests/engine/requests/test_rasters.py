"""Each raster of a map is declared once, and known wherever rasters are dealt with."""

from dataclasses import fields

import pytest

from miaf_engine.prediction import writers
from miaf_engine.process import options, summary
from miaf_engine.requests import ClassifyManyRequest, TrainRequest
from miaf_engine.requests.classify import ClassifyRequest
from miaf_engine.requests.rasters import CLASS_MAP, MAP_RASTERS, RASTER_NAMES

# Paths of the requests that are no rasters to write.
READ = {"mask", "mask_layer", "scheduler"}
OF_A_TRAINING = {
    *("initial_model", "rois", "rois_layer", "rois_more", "rois_more_layer", "labels"),
    *("class_field", "validation_rois", "validation_rois_layer"),
    *("model", "report", "created_utc"),
}
SWITCHES = {"leave_out_unlike", "interpolate_bands", "again"}


def entries(request, kind):
    return {item.name for item in fields(request) if item.type == kind}


def test_no_raster_is_declared_twice():
    assert len({raster.name for raster in MAP_RASTERS}) == len(MAP_RASTERS)
    assert len({raster.ending for raster in MAP_RASTERS}) == len(MAP_RASTERS)


@pytest.mark.parametrize(
    ("request_class", "others"),
    [(ClassifyRequest, READ), (TrainRequest, READ | OF_A_TRAINING)],
)
def test_each_request_takes_a_path_for_every_raster_and_for_no_other(
    request_class, others
):
    paths = entries(request_class, "str | None")
    assert paths - others == set(RASTER_NAMES)


def test_a_list_of_scenes_has_a_switch_for_every_raster_but_the_map():
    asked = entries(ClassifyManyRequest, "bool") - SWITCHES
    assert asked == set(RASTER_NAMES) - {CLASS_MAP.name}


def test_what_is_computed_is_declared():
    more = {CLASS_MAP.name, "confidence", "probabilities", "applicability"}
    assert more | set(writers._UNCERTAINTIES) == set(RASTER_NAMES)


def test_help_and_summary_follow():
    for raster in MAP_RASTERS:
        assert summary._FILES[raster.name] == raster.title
        assert options._HELP[raster.name] == raster.help
        if raster is not CLASS_MAP:
            assert raster.ending in options._OWN_HELP["classify-many"][raster.name]
