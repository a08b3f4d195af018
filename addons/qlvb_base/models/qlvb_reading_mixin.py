from odoo import api, models

_LISTING = object()
"""Proof that many are read for a list: no RPC context can carry it."""


class QlvbReadingMixin(models.AbstractModel):
    """A record whose opening is noted, whether on screen or over RPC.

    A single record of which one of ``_contents`` is read has been opened; lists
    and searches open nothing.
    """

    _name = "qlvb.reading.mixin"
    _description = "Record whose Opening is Noted"

    _contents = frozenset()

    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        listing = self.with_context(qlvb_listing=_LISTING)
        return super(QlvbReadingMixin, listing).web_search_read(
            domain, specification, offset, limit, order, count_limit
        )

    @api.readonly
    def read(self, fields=None, load="_classic_read"):
        """Read, noting when a single record is opened for its contents."""
        opened = fields is None or not self._contents.isdisjoint(fields)
        listing = self.env.context.get("qlvb_listing") is _LISTING
        if opened and len(self) == 1 and not listing and not self.env.su:
            self.check_access("read")
            self._note_opening()
        return super().read(fields, load)

    def _note_opening(self):
        """Note that the caller opens this record, on a cursor of its own."""
        self._note_reading("opened")
