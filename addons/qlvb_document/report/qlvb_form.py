from typing import NamedTuple

from odoo import api, models


class Printed(NamedTuple):
    """A printed form, ready to be handed out."""

    name: str
    content: bytes


class QlvbForm(models.AbstractModel):
    """The forms of Decree 30/2020, annex IV, and the slips of the house, as PDF.

    A form is filled with what its reader sees, read as the reader: whoever sees
    a document prints its forms, and only a unit's head, clerks and Chief of
    Office print its registers.  Every print is journalled.  Nothing here is
    called over RPC; the one door is the download route.
    """

    _name = "qlvb.form"
    _description = "Printed Form"
    _inherit = ["qlvb.form.document", "qlvb.form.bound", "qlvb.form.handover"]

    @api.model
    def _print(self, code, record_id, **options):
        """Print one form of one record for the caller, and journal it.

        :param code: a key of :meth:`_forms`
        :param record_id: id of a record of the form's model
        :param options: ``date_from`` and ``date_to``, for a form by days
        :return: :class:`Printed`
        :raises MissingError: there is no such form, no such record, or the caller
            does not see it: which of them is not told
        :raises UserError: the form cannot be printed yet, or not so
        """
        form = self._forms().get(code)
        # Searched as the caller, so that a hidden id answers like one never given.
        record = form and self.env[form.model].search([("id", "=", record_id)])
        if not record:
            raise self._nothing()
        # Whatever language the reader works in, the forms are Vietnamese.
        reader = self.with_context(lang="vi_VN")
        values = getattr(reader, form.prepare)(
            record.with_env(reader.env), **(options if form.by_days else {})
        )
        # What was bound before is handed out as it is, and so is a spreadsheet.
        content = values.get("content")
        if content is None:
            content = reader._render(form.template, values).content
        self._journal_print(code, record, values.get("printed"))
        return Printed(f"{values['name']}.{form.suffix}", content)

    @api.model
    def _journal_print(self, code, record, data=None):
        self.env["qlvb.journal"]._log(
            "printed", record, data={"form": code, **(data or {})}
        )
