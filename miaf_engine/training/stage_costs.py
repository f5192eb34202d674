"""What the stages of a training take, as far as a progress bar needs it.

On the 21 025 pixels of Indian Pines an epoch takes 0.22 to 0.4 s on 2 CPU cores,
reading 0.1 s, cutting superpixels of three sizes 2.7 s, a map about 1 s; the report
with its pictures took 15 s beside other programs and is taken for 5. That a graphics
card is 20 times as fast is a guess. Only the bar depends on these.
"""

from __future__ import annotations

from dataclasses import dataclass

READ_S, CUT_S, EPOCH_S, MAP_S = 6e-6, 130e-6, 15e-6, 48e-6  # for one pixel
REPORT_S, FILES_S = 5.0, 0.5
CARD = 20.0

# No stage is so short that it is not worth a part of the bar.
_LEAST = 0.01


def preparing_shares(
    epochs: float, *, reads: bool, card: bool = False
) -> tuple[float, float]:
    """Return where reading and cutting end on the bar (0..1) of one training.

    All stages take their time by the pixel, so that the number of pixels is no matter.

    Args:
        epochs: Epochs, the final ones among them.
        reads: Whether the cube is read first; else the first stage has no length.
        card: Whether a graphics card trains.
    """
    reading = READ_S if reads else 0.0
    training = epochs * EPOCH_S / (CARD if card else 1.0)
    whole = reading + CUT_S + training
    return reading / whole, (reading + CUT_S) / whole


@dataclass(frozen=True)
class Shares:
    """Where stages end on a bar from 0 to 1.

    Attributes:
        trained: End of all trainings.
        mapped: End of the map.
    """

    trained: float
    mapped: float

    @classmethod
    def of(
        cls,
        start: float,
        *,
        pixels: int,
        epochs: float,
        mapped: int,
        report: bool,
        card: bool,
    ) -> Shares:
        """Share out what is left of the bar.

        Args:
            start: What is done.
            pixels: Pixels that an epoch sees.
            epochs: Epochs of all models.
            mapped: Pixels of the map.
            report: Whether there is a report.
            card: Whether a graphics card computes.
        """
        faster = CARD if card else 1.0
        seconds = [
            pixels * epochs * EPOCH_S / faster,
            mapped * MAP_S / faster,
            REPORT_S if report else FILES_S,
        ]
        least = _LEAST * sum(seconds)
        train, draw, write = (max(part, least) for part in seconds)
        scale = (1.0 - start) / (train + draw + write)
        return cls(start + train * scale, start + (train + draw) * scale)
