from odoo import models


class IrBinary(models.AbstractModel):
    """Contents on their way out: of protected records only to who sees them.

    Whatever token, “public” mark or superuser led here, the reader's own sight
    decides, and what is handed out is journalled.
    """

    _inherit = "ir.binary"

    def _get_stream_from(self, record, field_name="raw", *args, **kwargs):
        target = self._guarded_record(record)
        if target is not None:
            target.check_access("read")
        stream = super()._get_stream_from(record, field_name, *args, **kwargs)
        if target is not None:
            data = {"file": record.id} if record._name == "ir.attachment" else None
            target._note_reading("downloaded", data)
        return stream

    def _guarded_record(self, record):
        """Return the protected record whose contents these are, as the reader's."""
        sight = self.env["qlvb.sight.mixin"]
        if record._name in sight._guarded_names():
            target = record
        elif isinstance(record, self.env.registry["qlvb.sight.mixin"]):
            target = record._guarded_target()
        else:
            target = None
        return None if target is None else target.with_env(self.env(su=False))
