"""What the launcher says: progress with seconds, and problems with a way out."""

import contextlib
import sys
import threading
import time


class Problem(Exception):
    """Something is missing or wrong, and the person at the keyboard can act.

    :param what: what is wrong, in one sentence
    :param remedy: what to do about it
    """

    def __init__(self, what, remedy=""):
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self):
        return f"{self.what}\n  → {self.remedy}" if self.remedy else self.what


def say(text=""):
    """Print one line of progress, on standard error: results go to standard output."""
    print(text, file=sys.stderr, flush=True)


class Step:
    """A long step under way; `tell` adds to its line, `note` speaks beneath it."""

    #: A step that takes longer than this says again that it is still at it.
    HEARTBEAT = 10

    def __init__(self, title):
        self.title = title
        self.started = time.monotonic()
        self.detail = ""
        self._over = threading.Event()

    @property
    def seconds(self):
        """Whole step so far, in seconds."""
        return time.monotonic() - self.started

    def tell(self, detail):
        """Set the detail shown at the next heartbeat and at the end."""
        self.detail = detail

    def note(self, text):
        """Say something at once, indented under the step."""
        say(f"    {text}")

    def _line(self, mark):
        detail = f" ({self.detail})" if self.detail else ""
        return f"  {mark} {self.title}{detail} {self.seconds:.1f} s"

    def _beat(self):
        while not self._over.wait(self.HEARTBEAT):
            say(self._line("…"))


@contextlib.contextmanager
def step(title):
    """Announce a long step, keep saying that it runs, and give its time at the end."""
    current = Step(title)
    say(f"  · {title}")
    beat = threading.Thread(target=current._beat, daemon=True)
    beat.start()
    try:
        yield current
    except BaseException:
        current._over.set()
        beat.join()
        say(current._line("✗"))
        raise
    current._over.set()
    beat.join()
    say(current._line("✔"))
