import contextlib
import os

import psycopg2

from odoo import api, models


class QlvbShredder(models.AbstractModel):
    """Destroys what is left of a refused paper: rows, chatter and bytes (Article 3).

    In transactions of its own, because the caller's is about to be rolled back.
    Odoo itself would leave the bytes in the file store until its next cleaning.
    """

    _name = "qlvb.shredder"
    _description = "Shredder"

    @api.model
    def _destroy(self, leftovers):
        """Delete records for good, with all that hangs on them.

        :param leftovers: dict of model name to ids; who asks was checked before
        """
        leftovers = {name: list(ids) for name, ids in leftovers.items() if ids}
        if not leftovers:
            return
        stored = []
        with self._patiently() as cr:
            env = self.env(cr=cr, su=True)
            for name, ids in leftovers.items():
                records = env[name].browse(ids).exists()
                stored += self._stored_files(records)
                records._discard_refused()
        self._destroy_bytes(stored)

    @contextlib.contextmanager
    def _patiently(self):
        """Give a cursor of its own that waits two seconds for others and no more."""
        with self.env["qlvb.journal"]._own_cursor() as cr:
            cr.execute("SET LOCAL lock_timeout = '2s'")
            yield cr

    @api.model
    def _stored_files(self, records):
        """Return where in the file store the contents of the records lie.

        Their own, those of their messages, and the thumbnails of these.
        """
        File = records.env["ir.attachment"].with_context(skip_res_field_check=True)
        files = records if records._name == File._name else File.browse()
        files |= File.search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        )
        files |= File.search(
            [("res_model", "=", File._name), ("res_id", "in", files.ids)]
        )
        return [name for name in files.mapped("store_fname") if name]

    @api.model
    def _destroy_bytes(self, names):
        """Remove files from the store that no attachment uses any more.

        Under a lock that keeps others from beginning to use one meanwhile; where
        it is not to be had in time, Odoo's own cleaning removes them later.
        """
        if not names:
            return
        with (
            contextlib.suppress(psycopg2.errors.LockNotAvailable),
            self._patiently() as cr,
            cr.savepoint(flush=False),
        ):
            cr.execute("LOCK TABLE ir_attachment IN SHARE MODE")
            cr.execute(
                "SELECT store_fname FROM ir_attachment WHERE store_fname = ANY(%s)",
                (names,),
            )
            used = {name for (name,) in cr.fetchall()}
            for name in set(names) - used:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self.env["ir.attachment"]._full_path(name))
