"""Makes the screenshots small enough for docs/images: 256 colours, 1000 pixels wide."""

import sys
from pathlib import Path

from PIL import Image

WIDTH, COLOURS, LARGEST = 1000, 256, 180_000
# Without them the median cut turns colours of small areas, as of classes, to grey.
ROUNDS = 4


def main():
    """Write each PNG of the first folder, made small, into the second one."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    for path in sorted(source.glob("*.png")):
        picture = Image.open(path).convert("RGB")
        if picture.width > WIDTH:
            height = round(picture.height * WIDTH / picture.width)
            picture = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        small = target / path.name
        few = picture.quantize(COLOURS, kmeans=ROUNDS, dither=Image.Dither.NONE)
        few.save(small, optimize=True)
        size = small.stat().st_size
        print(f"{small.name}: {picture.width} x {picture.height}, {size} bytes")
        if size >= LARGEST:
            return f"{small} has {size} bytes; {LARGEST} are the most."
    return 0


if __name__ == "__main__":
    sys.exit(main())
