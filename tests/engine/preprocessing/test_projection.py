"""Projections against scikit-learn."""

import numpy as np
import pytest
from scipy.linalg import eigh, subspace_angles

from miaf_engine.errors import InputError, SampleError
from miaf_engine.preprocessing.projection import Projection
from tests import tiny

discriminant_analysis = pytest.importorskip("sklearn.discriminant_analysis")
decomposition = pytest.importorskip("sklearn.decomposition")


@pytest.fixture
def samples():
    scene = tiny.scene()
    return scene.image.reshape(tiny.BANDS, -1).T.copy(), tiny.truth().ravel()


def within(pixels, classes):
    """Return the mean of the classes' covariances, (C, C)."""
    kinds = np.unique(classes)
    parts = [np.cov(pixels[classes == k].T, bias=True) for k in kinds]
    return np.mean(parts, axis=0)


def test_lda_solves_the_generalised_eigenvalue_problem(samples):
    pixels, classes = samples
    found = Projection.fit_lda(pixels, classes, 8)
    covariance = within(pixels.astype(float), classes)
    ridge = 0.1 * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    means = np.stack([pixels[classes == k].mean(axis=0) for k in (1, 2, 3)])
    between = np.cov(means.T, bias=True)
    _, vectors = eigh(between, covariance + ridge)
    assert found.matrix.shape == (2, tiny.BANDS)
    for row, wanted in zip(found.matrix, vectors.T[::-1], strict=False):
        wanted = wanted * np.sign(row @ wanted)
        np.testing.assert_allclose(row, wanted, rtol=1e-3, atol=1e-4)


def test_lda_separates_like_that_of_scikit_learn(samples):
    pixels, classes = samples
    found = Projection.fit_lda(pixels, classes, 8)
    sklearn = discriminant_analysis.LinearDiscriminantAnalysis(
        solver="eigen", shrinkage=0.1, priors=np.full(3, 1 / 3)
    ).fit(pixels.astype(float), classes)

    def separation(matrix):
        projected = pixels @ matrix.T
        means = np.stack([projected[classes == k].mean(axis=0) for k in (1, 2, 3)])
        spread = within(projected, classes)
        return np.trace(np.linalg.solve(spread, np.cov(means.T, bias=True)))

    wanted = separation(sklearn.scalings_[:, :2].T)
    assert separation(found.matrix) > 0.9 * wanted


def test_lda_spread_within_classes_is_about_one(samples):
    pixels, classes = samples
    found = Projection.fit_lda(pixels, classes, 8)
    spread = np.diag(within(pixels @ found.matrix.T, classes))
    assert (spread < 1.0).all()
    assert (spread > 0.1).all()


def test_lda_classes_count_alike(samples):
    pixels, classes = samples
    few = (classes != 2) | (np.arange(len(classes)) % 9 == 0)
    found = Projection.fit_lda(np.repeat(pixels, 3, axis=0), np.repeat(classes, 3), 8)
    same = Projection.fit_lda(pixels, classes, 8)
    np.testing.assert_allclose(found.matrix, same.matrix, rtol=1e-6, atol=1e-8)
    fewer = Projection.fit_lda(pixels[few], classes[few], 8)
    angles = subspace_angles(fewer.matrix.T, same.matrix.T)
    assert np.degrees(angles).max() < 15


@pytest.mark.parametrize("kind", ["lda", "pca"])
def test_sign_is_fixed_and_order_of_pixels_does_not_matter(samples, kind):
    pixels, classes = samples
    order = np.random.default_rng(0).permutation(len(pixels))

    def fit(index):
        if kind == "pca":
            return Projection.fit_pca(pixels[index], 3)
        return Projection.fit_lda(pixels[index], classes[index], 3)

    first, second = fit(np.arange(len(pixels))), fit(order)
    assert first.name == kind
    np.testing.assert_allclose(second.matrix, first.matrix, rtol=1e-4, atol=1e-5)
    largest = np.abs(first.matrix).argmax(axis=1)
    assert (first.matrix[np.arange(len(largest)), largest] > 0).all()


def test_fewer_pixels_than_bands_are_enough():
    rng = np.random.default_rng(0)
    pixels = rng.normal(size=(5, 50)).astype(np.float32)
    found = Projection.fit_lda(pixels, np.array([1, 1, 2, 2, 3]), 8)
    assert found.matrix.shape == (2, 50)
    assert np.isfinite(found.matrix).all()


def test_one_pixel_a_class_and_equal_classes_stay_finite():
    pixels = np.ones((2, 4), dtype=np.float32)
    found = Projection.fit_lda(pixels, np.array([1, 2]), 8)
    assert np.isfinite(found.matrix).all()


def test_one_class_is_refused():
    with pytest.raises(SampleError, match="two classes"):
        Projection.fit_lda(np.ones((4, 3), dtype=np.float32), np.ones(4, int), 2)


def test_pca_is_that_of_scikit_learn(samples):
    pixels, _ = samples
    found = Projection.fit_pca(pixels, 3)
    sklearn = decomposition.PCA(3, svd_solver="full").fit(pixels.astype(float))
    last = np.sqrt(sklearn.explained_variance_[-1])
    for row, wanted in zip(found.matrix, sklearn.components_, strict=True):
        wanted = wanted / last
        sign = np.sign(row @ wanted)
        np.testing.assert_allclose(row, sign * wanted, rtol=2e-3, atol=1e-4)


def test_more_components_than_bands_are_cut(samples):
    pixels, classes = samples
    assert Projection.fit_pca(pixels, 99).matrix.shape == (tiny.BANDS, tiny.BANDS)
    assert Projection.fit_lda(pixels, classes, 1).matrix.shape == (1, tiny.BANDS)


def test_apply_is_a_product_and_zero_on_nodata():
    scene = tiny.scene(valid=tiny.hole())
    projection = Projection.fit_pca(scene.image[:, scene.valid].T, 3)
    found = projection.apply(scene)
    assert found.shape == (3, tiny.HEIGHT, tiny.WIDTH)
    assert found.dtype == np.float32
    assert (found[:, ~scene.valid] == 0).all()
    expected = projection.matrix @ scene.image[:, 15, 20]
    np.testing.assert_allclose(found[:, 15, 20], expected, rtol=1e-4, atol=1e-5)


def test_json_keeps_every_digit(samples):
    projection = Projection.fit_pca(samples[0], 3)
    again = Projection.from_json(projection.as_json())
    assert again.name == "pca"
    np.testing.assert_array_equal(again.matrix, projection.matrix)
    with pytest.raises(InputError, match="'matrix'"):
        Projection.from_json({"name": "pca", "matrix": [1.0, 2.0]})
