"""How long work reports its progress, and is asked to stop."""

from __future__ import annotations

from miaf_engine.errors import Cancelled


class Progress:
    """What a caller may pass in; every method does nothing unless overridden."""

    def advance(self, fraction: float, text: str = "") -> None:
        """Report that `fraction` (0..1) is done; `text` says what is being done."""

    def info(self, message: str) -> None:
        """Report a fact that the user may want in the log."""

    def warning(self, message: str) -> None:
        """Report something that the user should look at."""

    def epoch(
        self,
        number: int,
        count: int,
        loss: float,
        accuracy: float | None = None,
        stage: str = "",
    ) -> None:
        """Report how an epoch of a training went.

        Args:
            number: The epoch, from 1.
            count: Epochs of this training.
            loss: Mean training loss.
            accuracy: Share of the validation pixels that are right, 0..1; None where
                they were not looked at in this epoch.
            stage: Which of the trainings of a run it is, as the user sees it.
        """

    def kept(self, number: int, stage: str = "") -> None:
        """Report that an interrupted training would continue after this epoch."""

    def preview_file(self) -> str | None:
        """Return where a training may write a coarse map now and then, if wanted."""
        return None

    def preview(self, number: int, stage: str = "") -> None:
        """Report that `preview_file` holds the map as it is after this epoch."""

    def cancelled(self) -> bool:
        """Return whether the user asked to stop."""
        return False

    def step(self, fraction: float, text: str = "") -> None:
        """Advance, then stop if asked to.

        Raises:
            Cancelled: The user asked to stop.
        """
        self.advance(fraction, text)
        if self.cancelled():
            raise Cancelled


class Span(Progress):
    """A stage of a longer piece of work: its 0..1 is a slice of the caller's bar."""

    def __init__(self, parent: Progress, start: float, end: float) -> None:
        self._parent = parent
        self._start = start
        self._length = end - start

    def advance(self, fraction: float, text: str = "") -> None:
        """Report `fraction` of this stage as its share of the whole."""
        self._parent.advance(self._start + self._length * fraction, text)

    def info(self, message: str) -> None:
        """Pass the fact on."""
        self._parent.info(message)

    def warning(self, message: str) -> None:
        """Pass the warning on."""
        self._parent.warning(message)

    def epoch(
        self,
        number: int,
        count: int,
        loss: float,
        accuracy: float | None = None,
        stage: str = "",
    ) -> None:
        """Pass the epoch on."""
        self._parent.epoch(number, count, loss, accuracy, stage)

    def kept(self, number: int, stage: str = "") -> None:
        """Pass it on."""
        self._parent.kept(number, stage)

    def preview_file(self) -> str | None:
        """Ask the caller."""
        return self._parent.preview_file()

    def preview(self, number: int, stage: str = "") -> None:
        """Pass it on."""
        self._parent.preview(number, stage)

    def cancelled(self) -> bool:
        """Ask the caller."""
        return self._parent.cancelled()


class Stage(Span):
    """A stage whose name goes before the text of each of its steps."""

    def __init__(
        self, parent: Progress, start: float, end: float, name: str = ""
    ) -> None:
        super().__init__(parent, start, end)
        self._name = name

    def advance(self, fraction: float, text: str = "") -> None:
        """Report as `Span` does, with the name of the stage."""
        super().advance(fraction, f"{self._name}{text}")

    def epoch(
        self,
        number: int,
        count: int,
        loss: float,
        accuracy: float | None = None,
        stage: str = "",
    ) -> None:
        """Pass the epoch on, with the name of the stage."""
        super().epoch(number, count, loss, accuracy, f"{self._name}{stage}")

    def kept(self, number: int, stage: str = "") -> None:
        """Pass it on, with the name of the stage."""
        super().kept(number, f"{self._name}{stage}")

    def preview(self, number: int, stage: str = "") -> None:
        """Pass it on, with the name of the stage."""
        super().preview(number, f"{self._name}{stage}")


class Recording(Span):
    """Passes everything on and keeps the warnings, for a report.

    Attributes:
        warnings: The warnings so far.
    """

    def __init__(self, parent: Progress) -> None:
        super().__init__(parent, 0.0, 1.0)
        self.warnings: list[str] = []

    def warning(self, message: str) -> None:
        """Keep the warning and pass it on."""
        self.warnings.append(message)
        super().warning(message)


SILENT = Progress()
