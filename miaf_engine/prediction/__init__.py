"""A trained model on a cube of any size, tile by tile.

Public names, by module:

    `adaptation`: MatchedCube, fitted_to_scene, is_as_bright, matched_cube
    `map_summary`: MapSummary, summary_text
    `mapper`: LoadedModel, SceneMapper
    `tiling`: tiles_of_part, tiles_of_scenes
    `uncertainty`: entropy, margin, most_likely
    `writers`: MapLayers, MapRules, MapWriters

May import: cubes, io, models, preprocessing, requests.
"""
