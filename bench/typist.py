"""A clerk's hands: types Vietnamese at a clerk's pace, and never touches the mouse."""

import time
import unicodedata

PACE = 5.0
"""Keystrokes a second of a practised clerk (about 40 words a minute in Telex)."""


def telex(text):
    """Return how many keystrokes a text takes with the Telex input method.

    A mark on a letter is one more, a tone another; đ is two, a capital one more.

    >>> telex("Sở"), telex("đường"), telex("120/TTr")
    (5, 9, 9)
    """
    strokes = 0
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.category(char) == "Mn":
            strokes += 1
        else:
            strokes += (2 if char in "đĐ" else 1) + char.isupper()
    return strokes


class Typist:
    """Types on a page, waits as long as the hands would take, and keeps count.

    :param page: a Playwright page
    :param pace: keystrokes a second; 0 types as fast as the machine takes it
    """

    def __init__(self, page, pace=PACE):
        self.page = page
        self.pace = pace
        self.strokes = 0
        self.waited = 0.0

    def begin(self):
        """Begin a new paper: nothing typed, nothing waited."""
        self.strokes, self.waited = 0, 0.0
        self.started = time.monotonic()

    @property
    def seconds(self):
        """Seconds since the paper was begun."""
        return time.monotonic() - self.started

    def type(self, text):
        """Type into the field that has the cursor."""
        for char in text:
            self._move(telex(char))
            self.page.keyboard.insert_text(char)

    def press(self, *keys):
        """Press keys, one after the other (``Tab``, ``Alt+t``)."""
        for key in keys:
            self._move(1 + key.count("+"))
            self.page.keyboard.press(key)

    def wait_for(self, condition, *arguments):
        """Wait for the machine; what the clerk waits is kept.

        :param condition: a JavaScript function of one argument
        """
        begun = time.monotonic()
        self.page.wait_for_function(condition, arg=list(arguments), polling=20)
        self.waited += time.monotonic() - begun

    def field(self):
        """Return the name of the field that has the cursor, or ``None``."""
        return self.page.evaluate(
            "() => document.activeElement?.closest('.o_field_widget')"
            "?.getAttribute('name') ?? null"
        )

    def value(self, name):
        """Return what stands in a field."""
        return self.page.locator(
            f".o_field_widget[name={name}] :is(input, textarea)"
        ).first.input_value()

    def _move(self, strokes):
        self.strokes += strokes
        if self.pace:
            time.sleep(strokes / self.pace)
