"""Chooses and fills the sentences of one paper."""

import re
from datetime import timedelta

from .layout import lower_first
from .paper import Block
from .topics import fill

OTHER_COMMUNES = re.compile(r"(mỗi|các|số|\}) xã|xã, thị trấn")


class Writer:
    """The voice of one paper.

    :param issuer: :class:`~.issuers.Issuer` of the paper.
    :param topic: :class:`~.topics.Topic` it speaks about.
    :param summary: its abstract.
    :param addressee: full name of who receives it.
    :param dated: its date.
    :param dice: ``random.Random`` seeded for this paper.
    """

    def __init__(self, issuer, topic, summary, addressee, dated, dice):
        self.issuer = issuer
        self.topic = topic
        self.subject = lower_first(summary)
        # The bare deed, for sentences that go on with it: "để tăng cường …".
        self.deed = re.sub("^về (việc )?", "", self.subject)
        self.addressee = addressee
        self.dated = dated
        self.dice = dice

    def say(self, sentence, style="para", label=""):
        """Return one block with the slots of ``sentence`` filled."""
        text = fill(sentence, self.dice, self.dated, self.issuer.level)
        return Block(style, text, label)

    def choose(self, sentences, count):
        """Return up to ``count`` sentences in their given order.

        A commune does not write about the other communes' share, so its papers leave
        out such sentences where enough others are left.
        """
        fitting = sentences
        if self.issuer.level == "commune":
            own = [s for s in sentences if not OTHER_COMMUNES.search(s)]
            fitting = own or sentences
        count = min(count, len(fitting))
        return [
            fitting[i] for i in sorted(self.dice.sample(range(len(fitting)), count))
        ]

    def context(self, count=1):
        return [self.say(s) for s in self.choose(self.topic.context, count)]

    def points(self, sentences, count):
        return [
            self.say(sentence, "item", f"{index}.")
            for index, sentence in enumerate(self.choose(sentences, count), 1)
        ]

    def dashes(self, sentences, count):
        return [self.say(s, "item", "-") for s in self.choose(sentences, count)]

    def bases(self, *, listed=True):
        lines = list(self.topic.bases)
        lines.append(f"Xét tình hình {self.topic.name} hiện nay")
        ends = [";"] * (len(lines) - 1) + ["," if listed else "."]
        return [
            self.say(line + end, "basis") for line, end in zip(lines, ends, strict=True)
        ]

    def day_after(self, low, high):
        day = self.dated + timedelta(days=self.dice.randint(low, high))
        return f"{day:%d/%m/%Y}"
