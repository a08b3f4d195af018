from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base_import.models.base_import import ImportValidationError

_TOLD = ("res_model", "file", "file_name")


class Base_ImportImport(models.TransientModel):
    """Import of a file: the gate of Article 3 stands before its first row.

    A file in which any row is refused is destroyed whole, already when it is only
    tested: it is such a paper, and it was stored.
    """

    _inherit = "base_import.import"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            missing = [name for name in _TOLD if name not in vals]
            told = {**self.default_get(missing), **vals}
            # As a default it comes coded, and would be read as it is by Odoo.
            if "file" in missing and told.get("file"):
                raise UserError(
                    self.env._("The file did not arrive whole. Choose it again.")
                )
            self._vet_import(told.get("res_model"), told)
        return super().create(vals_list)

    def write(self, vals):
        if not set(_TOLD).isdisjoint(vals):
            for buffer in self.with_context(bin_size=False):
                # Also a file that was sent for something else before.
                told = {name: vals.get(name, buffer[name]) for name in _TOLD}
                self._vet_import(told["res_model"], told)
        return super().write(vals)

    @api.model
    def _vet_import(self, model, vals):
        """Judge a file that is to be imported, before even its preview is made.

        :raises AdmissionRefused: a secrecy mark stands in it
        :raises FileNotTaken: naming what is wrong and what to do
        """
        content, vetting = vals.get("file"), self.env["qlvb.vetting"]
        if content and vetting._is_ours(model):
            content = content.encode() if isinstance(content, str) else bytes(content)
            vetting._vet_table(vals.get("file_name") or "", content)

    def execute_import(self, fields, columns, options, dryrun=False):
        """Import, unless Article 3 keeps a row of the file out.

        :raises UserError: the file was destroyed before
        """
        if not self.exists():
            raise UserError(
                self.env._(
                    "The file is no longer here: a row of it was refused under "
                    "Article 3. Take that row out and choose the file again."
                )
            )
        model = self.env[self.res_model]
        if hasattr(model, "_refuse_rows"):
            whole = {**options, "skip": 0}
            try:
                rows, names = self._convert_import_data(fields, whole)
            except ImportValidationError as error:
                return {"messages": [error.__dict__]}
            messages = model._refuse_rows(
                names,
                rows,
                first=2 if options.get("has_headers") else 1,
                leftovers={self._name: self.ids},
            )
            if messages:
                return {"ids": False, "messages": messages, "nextrow": 0, "name": []}
        return super().execute_import(fields, columns, options, dryrun=dryrun)

    def _discard_refused(self):
        """Delete the stored file."""
        self.unlink()
