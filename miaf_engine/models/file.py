"""Save a trained network with its card, and build it again from the file alone."""

from __future__ import annotations

import os
from pathlib import Path

import safetensors
import torch
from safetensors.torch import save
from torch import Tensor

from miaf_engine.errors import ConfigError, ModelFormatError
from miaf_engine.io.outputs import pending
from miaf_engine.models.card import (
    METADATA_KEY,
    ModelCard,
    read_card,
)
from miaf_engine.models.network.miafnet import MiafNet
from miaf_engine.models.network.placement import place
from miaf_engine.requests.settings import NetworkConfig
from miaf_engine.translation import marked, tr, tr_n

_DTYPES = {torch.float32: "F32", torch.int64: "I64"}
_HINT = marked("Train the model again, or copy the file again from its source.")


def save_model(path: str | os.PathLike[str], network: MiafNet, card: ModelCard) -> None:
    """Write weights and card to one file; the same content gives the same bytes.

    Args:
        path: Model file, `*.miaf.safetensors`.
        network: Trained network, on any device.
        card: Its header; must describe this network.

    Raises:
        FileError: The file cannot be written.
        ValueError: The card holds a number that is not finite.
    """
    tensors = {
        name: tensor.detach().cpu().contiguous()
        for name, tensor in sorted(network.state_dict().items())
        if name not in network.training_only
    }
    content = save(tensors, metadata={METADATA_KEY: card.as_text()})
    with pending(path) as temporary:
        Path(temporary).write_bytes(content)


def load_model(
    path: str | os.PathLike[str], device: str = "cpu"
) -> tuple[MiafNet, ModelCard]:
    """Read a model file; nothing in it is run.

    Args:
        path: Model file.
        device: Where the network goes, a name that torch knows.

    Returns:
        The network, ready for prediction, and its card.

    Raises:
        FileError: The file is missing or cannot be read.
        ModelFormatError: The file is no model, is damaged, or its tensors do not fit
            the network that its card describes.
    """
    card = read_card(path)
    # Shapes alone, without memory: a header may claim any number of bands.
    with torch.device("meta"):
        described = _blank_network(card, str(path))
    wanted, unsaved = described.state_dict(), described.training_only
    tensors = _checked_tensors(
        path, {name: wanted[name] for name in wanted.keys() - unsaved}
    )
    # Should training continue, heads that were not saved start from nothing.
    tensors |= {name: torch.zeros(wanted[name].shape) for name in unsaved}
    network = _blank_network(card, str(path))
    network.load_state_dict(tensors)
    return place(network, device).eval(), card


def _blank_network(card: ModelCard, path: str) -> MiafNet:
    """Build the network that the card describes, its weights still random."""
    bands = sum(card.bands.good)
    if not bands or not len(card.classes):
        raise ModelFormatError(
            tr(
                "The model '{path}' states {bands} bands and {classes} classes, which "
                "is not possible."
            ).format(path=path, bands=bands, classes=len(card.classes)),
            hint=tr(_HINT),
        )
    try:
        config = NetworkConfig.from_json(card.network)
    except ConfigError as error:
        raise ModelFormatError(
            tr(
                "The network settings in the model '{path}' cannot be used: {message}"
            ).format(path=path, message=error.message),
            hint=tr(_HINT),
        ) from error
    # The weights are drawn and thrown away; the caller's random numbers must not move.
    with torch.random.fork_rng(devices=[]):
        return MiafNet(
            config,
            bands,
            len(card.classes),
            unnormalised=card.brightness is not None,
        )


def _checked_tensors(
    path: str | os.PathLike[str], wanted: dict[str, Tensor]
) -> dict[str, Tensor]:
    """Read the tensors after checking names, shapes and types, then the values."""
    try:
        with safetensors.safe_open(path, framework="pt", device="cpu") as file:
            _check_names(str(path), set(file.keys()), set(wanted))
            for name, tensor in wanted.items():
                part = file.get_slice(name)
                found = (part.get_dtype(), tuple(part.get_shape()))
                expected = (_DTYPES[tensor.dtype], tuple(tensor.shape))
                if found != expected:
                    raise _misfit(
                        path,
                        name,
                        tr("{found} in place of {expected}").format(
                            found=found, expected=expected
                        ),
                    )
            tensors = {name: file.get_tensor(name) for name in wanted}
    except safetensors.SafetensorError as error:
        raise ModelFormatError(
            tr("The model '{path}' is damaged: {error}.").format(
                path=path, error=error
            ),
            hint=tr(_HINT),
        ) from error
    for name, tensor in tensors.items():
        odd = tensor.numel() - int(torch.isfinite(tensor).sum())
        if odd:
            raise _misfit(
                path,
                name,
                tr_n(
                    "{n} value that is not finite",
                    "{n} values that are not finite",
                    n=odd,
                ),
            )
    return tensors


def _check_names(path: str, found: set[str], wanted: set[str]) -> None:
    missing, extra = sorted(wanted - found), sorted(found - wanted)
    if missing:
        raise _misfit(
            path, missing[0], tr("missing, {count} in all").format(count=len(missing))
        )
    if extra:
        raise _misfit(
            path, extra[0], tr("not expected, {count} in all").format(count=len(extra))
        )


def _misfit(path: str | os.PathLike[str], tensor: str, what: str) -> ModelFormatError:
    return ModelFormatError(
        tr(
            "The tensors in the model '{path}' do not fit its network: '{tensor}' "
            "({reason})."
        ).format(path=path, tensor=tensor, reason=what),
        hint=tr(_HINT),
    )
