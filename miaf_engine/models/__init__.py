"""MIAF-Net and the file that keeps it.

`network` holds one module for each part of the paper.

Public names, by module:

    `applicability`: Applicability, applicability_of
    `card`: ModelCard, read_card
    `devices`: Device, DeviceFault, choose_device, fault_of, mixed_precision,
        on_device, pinned, release_memory
    `facts`: ModelFacts
    `file`: load_model, save_model
    `network.assignment`: GraphTensors, Wanted
    `network.attention`: Switched, drawn_out
    `network.convolution_branch`: Layout
    `network.ensemble`: KERNEL_FEATURES, KernelHead, SPATIAL, UNNORMALISED,
        UnnormalisedHead
    `network.miafnet`: MiafNet
    `network.parallel`: calls_in_threads, threads
    `network.placement`: place
    `network.spectral`: Spectra, valid_rows
    `preparation`: Preparation, PreparationByScene, preparation_of
    `tie_points`: FEWEST_POINTS, MOST_POINTS, TiePoints, corner_in, gain_by
    `trial`: trial_network, trial_scene

May import: cubes, io, preprocessing, requests.
"""
