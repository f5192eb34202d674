"""The panel MIAF-Net: draw areas, make the map, look, correct.

It has no way to the engine of its own: it drives the algorithms that the Toolbox shows.
Nothing here but `launcher` is imported before the panel is opened.

    `launcher`: the entry in menu and toolbar that opens the panel
    `panel`: the panel, its buttons and what they lead to
    `class_list`: the list of classes with areas, pixels and, after a run, accuracy
    `class_rows`: what the layer has of each class, and what maps call it
    `layer_menu`: layers that can be the training areas
    `training_areas`: areas and classes of a layer, each change with its way back
    `undo`: changes that can be undone, for both versions of Qt
    `area_file`: areas written to the file of their layer at once
    `area_layer`: the layer of training areas: made, styled, stored, found again
    `project_state`: what is kept in the project, and the folder of its files
    `label_tool`: what the map tools share
    `draw_tool`: the map tool that draws an area
    `superpixel_tool`: the map tool that labels superpixels by click and brush
    `superpixels`: the superpixels of a cube, what lies at a place, what a stroke does
    `run_box`: the part that makes maps: buttons, progress, what came out
    `runs`: an algorithm in a task of QGIS's, with its layers loaded as ever
    `run_parameters`: parameters of the runs, and when training continues
    `calls`: a run as Python and as a command
    `outcome`: what a report says, in words and by class
    `spectrum_box`: the spectrum of a pixel as a part of the panel
    `map_layers`: order and visibility of the maps, hectares of the classes
"""
