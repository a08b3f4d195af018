from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

from ..lib.days import FIRST_YEAR

PAPER_FIELDS = ("type_id", "reference", "document_date", "issuer", "summary")
"""What stands on every paper, and must be entered before it is registered."""

DRAFTED_FIELDS = ("type_id", "summary")
"""What is entered of an outgoing document before it is first kept."""

INCOMPLETE_SOURCES = ("scan", "mail")
"""Ways in which a draft may arrive before anybody has read the paper."""


class QlvbDraftChecks(models.AbstractModel):
    """What a draft has to hold, and which days fit."""

    _name = "qlvb.draft.checks"
    _description = "Checks of a Draft"

    # -- checks ---------------------------------------------------------------

    @api.model
    def _add_missing_default_values(self, values):
        # Before the first row: the database's own check would quote the whole paper.
        values = super()._add_missing_default_values(values)
        if values.get("source") not in INCOMPLETE_SOURCES:
            self._require_complete(values)
        return values

    @api.constrains(*PAPER_FIELDS)
    def _check_complete(self):
        for document in self:
            if document.source not in INCOMPLETE_SOURCES:
                self._require_complete(document)

    @api.model
    def _require_complete(self, values):
        """Raise naming what the paper says and nobody has entered yet.

        :param values: a document, or values by field name
        :raises ValidationError: with every such field by its label
        """
        missing = self._labels_missing_in(values)
        if missing:
            raise ValidationError(
                self.env._(
                    "Still to be entered from the paper: %(fields)s.",
                    fields=", ".join(missing),
                )
            )

    def _missing_labels(self):
        """Return the labels of what the paper says and nobody has entered yet."""
        return self._labels_missing_in(self)

    @api.model
    def _labels_missing_in(self, values):
        read = values.get if isinstance(values, dict) else values.__getitem__
        # What the register gives is missing in no outgoing draft.
        wanted = DRAFTED_FIELDS if read("direction") == "out" else PAPER_FIELDS
        return [
            self._fields[name]._description_string(self.env)
            for name in wanted
            if not read(name)
        ]

    @api.constrains("received_date", "document_date")
    def _check_dates(self):
        today = clock.today()
        for document in self:
            if document.direction == "out":
                document._check_drafted_date(today)
                continue
            if document.received_date > today:
                raise ValidationError(
                    self.env._(
                        "The date of arrival (%(date)s) lies in the future. "
                        "Enter the day on which the paper arrived.",
                        date=format_date(self.env, document.received_date),
                    )
                )
            if document.received_date.year < 1945:
                raise ValidationError(
                    self.env._("Check the date of arrival: the year is too early.")
                )
            if not document.document_date:
                continue
            if document.document_date > document.received_date:
                raise ValidationError(
                    self.env._(
                        "The paper is dated %(dated)s, after its arrival on "
                        "%(arrived)s. Check both dates.",
                        dated=format_date(self.env, document.document_date),
                        arrived=format_date(self.env, document.received_date),
                    )
                )
            if document.document_date.year < FIRST_YEAR:
                raise ValidationError(
                    self.env._("Check the date of the document: the year is too early.")
                )

    def _check_drafted_date(self, today):
        """Raise where an outgoing draft bears a day that cannot be its date."""
        day = self.document_date
        if day and day > today:
            raise ValidationError(
                self.env._(
                    "The date of the document (%(date)s) lies in the future. Leave it "
                    "empty: it is the day on which the number is given.",
                    date=format_date(self.env, day),
                )
            )
        if day and day.year < FIRST_YEAR:
            raise ValidationError(
                self.env._("Check the date of the document: the year is too early.")
            )
