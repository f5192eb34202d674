"""The convolution branch: depthwise separable residual blocks."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional

from miaf_engine.models.network.assignment import chosen


@dataclass(frozen=True)
class Layout:
    """How the valid pixels of a scene lie in its grid.

    Attributes:
        height: Number of rows.
        width: Number of columns.
        pixels: int64 (V,), flat positions of the valid pixels; None where all are.
    """

    height: int
    width: int
    pixels: Tensor | None

    @property
    def size(self) -> int:
        """Number of pixels of the grid, valid or not."""
        return self.height * self.width

    def valid(self, rows: Tensor) -> Tensor:
        """Return the rows of the valid pixels, (V, D), of those of all, (H W, D)."""
        return chosen(rows, self.pixels)

    def to_image(self, rows: Tensor) -> Tensor:
        """Return (V, D) as (1, D, H, W) in channels-last memory; 0 where nodata."""
        if self.pixels is not None:
            empty = rows.new_zeros(self.size, rows.shape[1])
            rows = empty.index_copy_(0, self.pixels, rows)
        image = rows.view(1, self.height, self.width, -1)
        return image.permute(0, 3, 1, 2)

    def to_rows(self, image: Tensor, at: Tensor | None = None) -> Tensor:
        """Return (1, D, H, W) as the rows of its valid pixels, (V, D), or of some.

        Args:
            image: Values of all pixels.
            at: int64 (n,), pixels among the valid ones; None is all.
        """
        rows = image.permute(0, 2, 3, 1).reshape(self.size, -1)
        if at is None or self.pixels is None:
            return chosen(rows, self.pixels if at is None else at)
        return rows.index_select(0, self.pixels.index_select(0, at))


class DepthwiseBlock(nn.Module):
    """Depthwise separable convolution with a residual connection.

        y = x + LeakyReLU(W_p LeakyReLU(W_d * BN(x)))

    W_d is a k x k kernel for each feature, with zeros around the scene and at nodata.
    W_p is a 1 x 1 convolution, `nn.Linear` on the rows.

    Shape:
        input (V, D), output (V, D), or (n, D) of n pixels.
    """

    def __init__(self, width: int, kernel_size: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm1d(width)
        self.depthwise = nn.Conv2d(
            width, width, kernel_size, padding=kernel_size // 2, groups=width
        )
        self.pointwise = nn.Linear(width, width)
        self.activation = nn.LeakyReLU(inplace=True)

    def forward(self, rows: Tensor, layout: Layout, at: Tensor | None = None) -> Tensor:
        """Return the rows plus what the block makes of their surroundings.

        Args:
            rows: (V, D), of all valid pixels.
            layout: How they lie.
            at: int64 (n,), the pixels wanted among them; None is all.
        """
        image = self.depthwise(layout.to_image(self.norm(rows)))  # (1, D, H, W)
        if at is None:
            # In place on a view of the image, torch would copy its gradient twice.
            spatial = layout.to_rows(self.activation(image))
        else:
            spatial = self.activation(layout.to_rows(image, at))
        del image  # of a large scene, and in a map of no further use
        made: Tensor = self.pointwise(spatial)
        # In training in new memory, where the sum can be written over it.
        slope, in_place = self.activation.negative_slope, not made.requires_grad
        return functional.leaky_relu(made, slope, inplace=in_place).add_(
            chosen(rows, at)
        )


class ConvolutionBranch(nn.Module):
    """Convolution branch (CDSC in the paper): two depthwise separable blocks.

        F_C = block2(block1(F_E)), both with the kernel size of the scale

    Shape:
        input (V, D), output (V, D), or (n, D) of n pixels.
    """

    def __init__(self, width: int, kernel_size: int) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            DepthwiseBlock(width, kernel_size) for _ in range(2)
        )

    def forward(self, rows: Tensor, layout: Layout, at: Tensor | None = None) -> Tensor:
        """Return each pixel's features with those of its surroundings.

        Args:
            rows: (V, D), of all valid pixels.
            layout: How they lie.
            at: int64 (n,), the pixels wanted among them; None is all.
        """
        *first, last = self.blocks
        for block in first:
            rows = block(rows, layout)
        features: Tensor = last(rows, layout, at)
        return features
