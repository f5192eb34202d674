"""Windows of a cube in, a trained network out.

Public names, by module:

    `checkpoint_files`: Checkpoints
    `cpu.thread_waiting`: choose_waiting, wait_asleep
    `history`: History
    `initial_model`: InitialModel, shortened
    `inputs`: Configs, TrainingWindow, training_spectra, validity
    `stage_costs`: Shares
    `trainer`: TrainedModel, Trainer, try_training
    `windows`: bounding_boxes, joined

May import: accuracy, cubes, io, labels, models, preprocessing, requests.
"""
