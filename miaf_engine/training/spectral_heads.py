"""The heads of the spectrum alone: fitted to convergence, apart from the network.

The network's optimiser takes far too few steps for them, because neighbouring bands are
almost collinear; their problems are small and convex, or solved in closed form. They
know nothing of a pixel's surroundings, so of all heads they suffer least on fields that
differ from the training areas.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits
from torch import Tensor, nn
from torch.nn import functional

from miaf_engine.models.network.ensemble import (
    KERNEL_FEATURES,
    KernelHead,
    UnnormalisedHead,
)
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.training.batch import Batch

_TURNS = 150  # of the quasi-Newton method; Indian Pines gains nothing beyond
_SEARCH_TURNS = 40  # while width and penalty of the kernel are compared
# What the kernel is tried with: its inverse squared width, in units of one over four
# times the number of bands, and the weight of the data against the penalty.
_WIDTHS = (1.0, 4.0, 16.0)
_DATA_WEIGHTS = (30.0, 300.0)
_PARTS = 2  # of the training areas, each scored by a kernel fitted on the others
_MOST_SEARCHED = 1500  # pixels that the search looks at
# Training pixels that the heads are fitted on. Of thousands in an area most are alike,
# and time and memory of a fit grow with their number.
_MOST_FITTED = 20_000
_MOST_MEASURED = 20_000  # pixels of a scene that bands of file values are scaled by
_FLAT = 1e-6  # standard deviation of a band over the mean value that is rounding
_NEVER = -1e4  # logit of a class without a training pixel
_SEED = 20250128  # of the kernel's frequencies: one stream for every training
# Products of an evaluation (pixels x features x classes) up to which one thread of the
# CPU evaluates: a graphics card takes longer to launch such small operations, and
# threads take longer to wait for each other.
_SMALL = 10_000_000


def fit_spectral_heads(network: MiafNet, batches: Sequence[Batch]) -> None:
    """Fit the network's heads of the spectrum on the training pixels, in place.

    Classes without a training pixel keep their weights in the linear head, and are
    never the answer of the others.

    Args:
        network: On the device of the batches; without such heads it stays as it is.
        batches: The training scenes.
    """
    if not network.branches.spectrum:
        return
    pixels = _Pixels.of(batches, network.classes)
    _fit_linear(network.branches.of_spectrum, pixels)
    _fit_kernel(network.branches.of_kernel, pixels)
    _fit_discriminant(network.branches.of_discriminant, pixels)
    if network.unnormalised:
        _fit_unnormalised(network.branches.unnormalised, pixels, batches)


@dataclass(frozen=True)
class _Pixels:
    """Training pixels, or a sample of them that stands for all.

    Attributes:
        spectra: float32 (n, C).
        targets: int64 (n,), classes 0..K-1.
        areas: int64 (n,), number of the area of each.
        rows: Their rows among the valid pixels of each batch.
        counts: int64 (K,), pixels of each class before the sample was drawn.
    """

    spectra: Tensor
    targets: Tensor
    areas: Tensor
    rows: tuple[Tensor, ...]
    counts: Tensor

    @classmethod
    def of(cls, batches: Sequence[Batch], classes: int) -> _Pixels:
        targets = torch.cat([batch.targets for batch in batches])
        counts = torch.bincount(targets, minlength=classes)
        parts = _sampled(targets, counts).split([len(b.rows) for b in batches])
        pairs = list(zip(batches, parts, strict=True))
        rows = tuple(batch.rows[kept] for batch, kept in pairs)
        chosen = list(zip(batches, rows, strict=True))
        spectra = [batch.spectra.index_select(0, at) for batch, at in chosen]
        areas = [batch.groups.index_select(0, at) for batch, at in chosen]
        targets = torch.cat([batch.targets[kept] for batch, kept in pairs])
        return cls(torch.cat(spectra).float(), targets, torch.cat(areas), rows, counts)

    def at(self, where: Tensor) -> _Pixels:
        return replace(
            self,
            spectra=self.spectra[where],
            targets=self.targets[where],
            areas=self.areas[where],
        )

    @property
    def of_class(self) -> Tensor | None:
        """For how many pixels one of each class stands, float32 (K,); None if one."""
        if len(self.targets) == int(self.counts.sum()):
            return None
        kept = torch.bincount(self.targets, minlength=len(self.counts))
        return self.counts.float() / kept.clamp(min=1)


def _sampled(targets: Tensor, counts: Tensor) -> Tensor:
    """Return which pixels to fit on, bool (n,): all, or `_MOST_FITTED` at most.

    Half of them are shared out by the size of the classes, and half evenly, so that no
    small class is lost. Within a class they are evenly spaced.
    """
    if len(targets) <= _MOST_FITTED:
        return torch.ones_like(targets, dtype=torch.bool)
    half = _MOST_FITTED / 2
    even = half / int((counts > 0).sum())
    found = torch.zeros_like(targets, dtype=torch.bool)
    for k, count in enumerate(counts.tolist()):
        wanted = min(count, int(even + half * count / len(targets)))
        if wanted:
            own = torch.nonzero(targets == k).flatten()
            places = torch.arange(wanted, device=own.device) * count // wanted
            found[own[places]] = True
    return found


def _fit_linear(layer: nn.Linear, pixels: _Pixels) -> None:
    """Minimise the mean loss and half the squared distance from the present weights.

    The distance is divided by the number of pixels; the weights of a new network are 0.
    """
    start = [layer.weight.detach().clone(), layer.bias.detach().clone()]
    absent = torch.ones(len(start[1]), dtype=torch.bool, device=pixels.spectra.device)
    absent[pixels.targets] = False
    found = _minimised(
        start,
        pixels.spectra,
        pixels.targets,
        penalty=1 / int(pixels.counts.sum()),
        turns=_TURNS,
        weights=pixels.of_class,
        still=absent,
    )
    _put(layer, *found)


def _fit_kernel(head: KernelHead, pixels: _Pixels) -> None:
    """Choose width and penalty on areas held back in turn, then fit on all pixels."""
    bands = pixels.spectra.shape[1]
    classes = head.linear.out_features
    generator = torch.Generator().manual_seed(_SEED)
    drawn = torch.randn((bands, KERNEL_FEATURES // 2), generator=generator)
    drawn = drawn.to(pixels.spectra.device)
    width, data_weight = _searched(drawn, pixels, classes, generator)
    head.frequencies.copy_(drawn * math.sqrt(width / (2 * bands)))
    features = head.features(pixels.spectra)
    found = _kernel_weights(
        features, pixels.targets, pixels.counts, data_weight, _TURNS
    )
    _put(head.linear, *found)


def _searched(
    drawn: Tensor, pixels: _Pixels, classes: int, generator: torch.Generator
) -> tuple[float, float]:
    """Return the width and the data weight that are right most often."""
    order = torch.randperm(len(pixels.targets), generator=generator)
    pixels = pixels.at(order[:_MOST_SEARCHED].sort().values.to(drawn.device))
    part = _parts(pixels)
    bands, half = drawn.shape[0], drawn[:, : KERNEL_FEATURES // 4]
    best = (-1.0, _WIDTHS[0], _DATA_WEIGHTS[0])
    for width in _WIDTHS:
        phases = pixels.spectra @ (half * math.sqrt(width / (2 * bands)))
        scale = (1 / half.shape[1]) ** 0.5
        features = torch.cat([phases.cos(), phases.sin()], dim=1) * scale
        for data_weight in _DATA_WEIGHTS:
            right = 0.0
            for number in range(_PARTS):
                held = part == number
                if bool(held.all()) or not bool(held.any()):
                    continue
                seen = pixels.targets[~held]
                counts = torch.bincount(seen, minlength=classes)
                weight, bias = _kernel_weights(
                    features[~held], seen, counts, data_weight, _SEARCH_TURNS
                )
                said = functional.linear(features[held], weight, bias).argmax(dim=1)
                right += _by_class(said == pixels.targets[held], pixels.targets[held])
            # Between equals the wider kernel and the larger penalty, tried first.
            if right > best[0] + 1e-6:
                best = (right, width, data_weight)
    return best[1], best[2]


def _by_class(right: Tensor, targets: Tensor) -> float:
    """Return the mean of the overall and the average accuracy, 0..1."""
    counts = torch.bincount(targets)
    hits = torch.bincount(targets, weights=right.float())
    shares = hits[counts > 0] / counts[counts > 0]
    return float(right.float().mean() + shares.mean()) / 2


def _parts(pixels: _Pixels) -> Tensor:
    """Return the part 0.. of each pixel: the areas of a class in turn."""
    found = torch.zeros_like(pixels.areas)
    for k in torch.unique(pixels.targets):
        own = pixels.targets == k
        areas, place = torch.unique(pixels.areas[own], return_inverse=True)
        if len(areas) == 1:  # its only area, pixel by pixel
            place = torch.arange(int(own.sum()), device=place.device)
        found[own] = place % _PARTS
    return found


def _kernel_weights(
    features: Tensor, targets: Tensor, counts: Tensor, data_weight: float, turns: int
) -> list[Tensor]:
    """Return weight (K, features) and bias (K,) of the penalised regression.

    The loss of a pixel counts by its class's pixels to minus a half, so that small
    classes are not lost. `counts` (K,) are those that the pixels stand for.
    """
    classes, sampled = len(counts), len(targets) < int(counts.sum())
    kept = torch.bincount(targets, minlength=classes)
    counts = counts.float()
    of_class = counts.clamp(min=1).rsqrt()
    of_class /= (of_class * counts).sum() / counts.sum()
    if sampled:
        of_class *= counts / kept.clamp(min=1)
    start = [
        torch.zeros(classes, features.shape[1], device=features.device),
        torch.zeros(classes, device=features.device),
    ]
    # A class without a pixel must not be the answer anywhere.
    start[1][counts == 0] = _NEVER
    total = data_weight * float(counts.sum())
    return _minimised(
        start,
        features,
        targets,
        penalty=1 / total,
        turns=turns,
        weights=of_class,
        still=counts == 0,
    )


def _minimised(
    start: Sequence[Tensor],
    inputs: Tensor,
    targets: Tensor,
    *,
    penalty: float,
    turns: int,
    weights: Tensor | None = None,
    still: Tensor | None = None,
) -> list[Tensor]:
    """Return weight and bias at the least mean loss and penalty.

        L = sum_i s_i l_i + penalty / 2 |W - W_0|^2,   l_i = -log softmax_y(W x_i + b)

    by the limited-memory quasi-Newton method of Byrd, Lu, Nocedal & Zhu (1995, SIAM
    Journal on Scientific Computing 16:1190-1208).

    Args:
        start: W_0 (K, features) and bias (K,) to start from.
        inputs: x, float32 (n, features).
        targets: y, int64 (n,), classes 0..K-1.
        penalty: Weight of half the squared distance from W_0.
        turns: Iterations at most.
        weights: float (K,), what the loss of a class's pixels counts; None is 1.
        still: bool (K,), classes whose rows stay as they are.
    """
    small = inputs.numel() * len(start[1]) <= _SMALL
    device = torch.device("cpu") if small else inputs.device
    inputs, targets = inputs.to(device), targets.to(device)
    first, last = (part.to(device) for part in start)
    share = torch.full_like(inputs[:, 0], 1 / len(targets))
    if weights is not None:
        of_pixel = weights.to(device)[targets]
        share = of_pixel / of_pixel.sum()
    moving = torch.ones_like(last) if still is None else (~still).to(device).float()
    rows = torch.arange(len(targets), device=device)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        now = torch.from_numpy(values.astype(np.float32)).to(device)
        weight, bias = now[: first.numel()].view_as(first), now[first.numel() :]
        logarithms = torch.log_softmax(torch.addmm(bias, inputs, weight.t()), dim=1)
        apart = weight - first
        total = penalty / 2 * apart.square().sum() - share @ logarithms[rows, targets]
        slope = logarithms.exp_()
        slope[rows, targets] -= 1.0
        slope *= share[:, None] * moving
        of_weight = torch.addmm(apart, slope.t(), inputs, beta=penalty)
        found = torch.cat([total[None], of_weight.flatten(), slope.sum(dim=0)])
        everything = found.cpu().numpy().astype(np.float64)
        return float(everything[0]), everything[1:]

    options = {"maxiter": turns, "maxcor": 10, "gtol": 1e-7, "ftol": 1e-9}
    values = torch.cat([first.flatten(), last]).cpu().numpy().astype(np.float64)
    with _threads(1 if small else torch.get_num_threads()):
        found = minimize(loss, values, jac=True, method="L-BFGS-B", options=options).x
    solved = torch.from_numpy(found.astype(np.float32)).to(start[0].device)
    return [solved[: first.numel()].view_as(first), solved[first.numel() :]]


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Let torch compute with so many threads, and scipy's solver with one.

    Threads of both that wait awake would take the processor from each other.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        with threadpool_limits(1, user_api="blas"):
            yield
    finally:
        torch.set_num_threads(before)


def _fit_discriminant(layer: nn.Linear, pixels: _Pixels) -> None:
    """Fit linear discriminant analysis with the shrinkage of Ledoit & Wolf.

    Ledoit & Wolf (2004, Journal of Multivariate Analysis 88:365-411) give the weight
    of the identity in the covariance within classes; priors are the classes' shares
    of the training pixels. It is computed on the CPU in float64, which Apple's GPUs do
    not have.
    """
    spectra, targets = pixels.spectra.cpu().double(), pixels.targets.cpu()
    classes = layer.out_features
    kept = torch.bincount(targets, minlength=classes).double()
    counts = pixels.counts.cpu().double()
    sums = torch.zeros((classes, spectra.shape[1]), dtype=torch.float64).index_add_(
        0, targets, spectra
    )
    means = sums / kept.clamp(min=1)[:, None]
    within = spectra - means[targets]
    if pixels.of_class is not None:
        stands_for = pixels.of_class.cpu().double()[targets]
        within *= (stands_for / stands_for.mean()).sqrt()[:, None]
    covariance = shrunk_covariance(within)
    weight = torch.linalg.solve(covariance, means.T).T
    priors = counts / counts.sum()
    bias = -0.5 * (weight * means).sum(dim=1) + priors.log()
    bias[counts == 0] = _NEVER
    _put(layer, weight.float(), bias.float())


def shrunk_covariance(centred: Tensor) -> Tensor:
    """Return the covariance shrunk to a multiple of the identity, (C, C).

    Args:
        centred: float64 (n, C), rows about zero mean.
    """
    count, size = centred.shape
    sample = centred.T @ centred / count
    level = sample.diagonal().mean()
    distance = (sample.square().sum() - size * level**2) / size
    squares = centred.square()
    spread = (squares.T @ squares / count - sample.square()).sum() / (size * count)
    shrinkage = 1.0 if distance <= 0 else float(min(spread, distance) / distance)
    eye = torch.eye(size, dtype=centred.dtype, device=centred.device)
    # A trace of the identity even for pixels that are all alike.
    return (1 - shrinkage) * sample + (shrinkage * level + 1e-9 * level + 1e-12) * eye


def _fit_unnormalised(
    heads: Sequence[UnnormalisedHead], pixels: _Pixels, batches: Sequence[Batch]
) -> None:
    """Fit the linear head and the discriminant on file values, where these are known.

    Each band is centred and scaled over the scenes, labelled or not, which the weights
    take in.
    """
    device, of_bands = pixels.spectra.device, batches[0].of_bands
    if of_bands is None:
        return
    places = [_evenly_spaced(len(batch.spectra), device) for batch in batches]
    # Apple's GPUs have no float64, so sums are numpy's.
    around = _unnormalised(batches, places).cpu().numpy().astype(np.float64)
    centre, spread = around.mean(axis=0), around.std(axis=0)
    spread[spread <= _FLAT * np.abs(around).mean()] = np.inf
    parts = (part.astype(np.float32) for part in (centre, spread))
    mean, scale = (torch.from_numpy(part).to(device) for part in parts)
    values = (_unnormalised(batches, pixels.rows) - mean) / scale
    pixels = replace(pixels, spectra=values)
    classes, bands = heads[0].of_bands.weight.shape
    for head, fit in zip(heads, (_fit_linear, _fit_discriminant), strict=True):
        # As it is made: drawing weights would move the random numbers of the training.
        layer = nn.utils.skip_init(nn.Linear, bands, classes, device=device)
        layer.requires_grad_(False)
        _put(layer, torch.zeros_like(layer.weight), torch.zeros_like(layer.bias))
        fit(layer, pixels)
        weight = layer.weight / scale
        _put(layer, weight, layer.bias - weight @ mean)
        head.put(layer, of_bands)


def _unnormalised(batches: Sequence[Batch], places: Sequence[Tensor]) -> Tensor:
    """Return the file values at places of each batch, float32 (n, C)."""
    parts = zip(batches, places, strict=True)
    return torch.cat([batch.unnormalised(at) for batch, at in parts])


def _evenly_spaced(count: int, device: torch.device) -> Tensor:
    """Return the positions of at most `_MOST_MEASURED` pixels among so many."""
    step = max(-(-count // _MOST_MEASURED), 1)
    return torch.arange(0, count, step, device=device)


def _put(layer: nn.Linear, weight: Tensor, bias: Tensor) -> None:
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
