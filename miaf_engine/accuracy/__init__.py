"""Sampling design and accuracy assessment.

Which pixels train and which are scored, and what the scores say.

Public names, by module:

    `advice`: advice
    `area_estimates`: AreaEstimates, ERRORS, area_estimates
    `calibration`: BeforeAndAfter, Calibration, FEWEST_PIXELS, Reliability,
        calibrate, calibration_figures, shrunk_calibration
    `design_estimates`: Strata, design_estimates
    `folds`: Folds, make_folds, scored_pixels
    `head_weights`: Evidence, area_weights, mean_correlation, share_left_open,
        weights_near_areas
    `holdout`: GAP, Locate, SMALLEST_TO_DIVIDE, as_they_lie, near
    `intervals`: Interval, mean_interval
    `map_accuracy`: MapAccuracy, MapSample, MapSampler, contradicted,
        expected_accuracy, short_training
    `map_comparison`: Comparison, compare_maps
    `matched_folds`: matched_folds, support_of
    `metrics`: Assessment, ORIENTATION, UNCLASSIFIED, assess, joined
    `nearness`: Nearness
    `sampling_design`: Draw, FEWEST, allocate, draw_simple, draw_stratified,
        draw_systematic, expected_half_width, sample_size
    `split`: MEANING, Split, TrainingSamples, split_samples

May import: labels, requests.
"""
