from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib.text import compose
from odoo.addons.qlvb_base.models.ir_attachment import PLACE_FIELDS

from ..lib.encoded import decoded
from ..lib.freeze_rows import FROZEN_FILE_COLUMNS

_FIXED = frozenset({"raw", "datas", *FROZEN_FILE_COLUMNS})
_KEEPERS = (("qlvb.direction", "scan_id"), ("qlvb.version", "file_id"))
"""Rows that keep a file for good, and the field in which."""
_PLACE = ("res_model", "res_id", "res_field")
_TOLD = (*_PLACE, "name", "type")
_CONTENTS = ("raw", "datas")
_SEEN = frozenset({"name", *_CONTENTS})
"""What people have read of a file before they sign or register."""
_WATCHED = frozenset({*_TOLD, *_CONTENTS, "url", "mimetype"})
_PROOF = object()
"""Proof that the gate itself notes what it found: no RPC context can carry it."""
_SHARED = (
    "store_fname",
    "db_datas",
    "checksum",
    "file_size",
    "mimetype",
    "qlvb_vetted",
    "qlvb_has_text",
    "qlvb_mentions",
)
"""What a file shares with another that has the same bytes."""
_FACTS = ("qlvb_vetted", "qlvb_has_text", "qlvb_mentions")


class IrAttachment(models.Model):
    """Files pass the gate of Article 3 before they are stored, moved or renamed.

    Also those that were sent ahead of a paper, or stored for something harmless
    and then claimed.  Of what a file says only two facts are kept, for the
    clerk's declaration; nobody writes them by hand.
    """

    _inherit = "ir.attachment"

    qlvb_vetted = fields.Boolean(
        "Passed the gate", readonly=True, copy=False, export_string_translation=False
    )
    qlvb_has_text = fields.Boolean(
        "Can be read as text",
        readonly=True,
        copy=False,
        export_string_translation=False,
    )
    qlvb_mentions = fields.Boolean(
        "Speaks of petitions",
        readonly=True,
        copy=False,
        export_string_translation=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._vetted_values(vals) for vals in vals_list])

    def write(self, vals):
        if self.env.context.get("qlvb_vetting") is _PROOF:
            return super().write(vals)
        if not _FIXED.isdisjoint(vals):
            self._require_not_kept()
        vals = self._without_facts(vals)
        self._vet_description(vals)
        if _WATCHED.isdisjoint(vals):
            return super().write(vals)
        if not self.env.su:
            self.check_access("write")
            if not _SEEN.isdisjoint(vals):
                self._count_revision()
        return super().write(self._vetted_change(vals))

    @api.model
    def _add_missing_default_values(self, values):
        # Contents that somebody planted as a default would come past the gate.
        result = super()._add_missing_default_values(values)
        unsaid = {"datas", "raw", "db_datas", "description", *_FACTS}
        for name in unsaid - values.keys():
            result.pop(name, None)
        return result

    @api.model
    def _index(self, bin_data, file_type, checksum=None):
        # Nothing of a file's words is kept, and a file made to break its reader
        # would break Odoo's, which knows no bounds.
        return None

    def _discard_refused(self):
        """Delete files of a refused paper; their bytes go with them."""
        self.unlink()

    # -- the same bytes -------------------------------------------------------

    def _share(self, documents):
        """Give each document these files as its own; their bytes are stored once.

        Below the ORM, which would read and hash the bytes for every one of them.
        Whoever calls has had them judged at the gate.
        """
        if not self or not documents:
            return
        self.flush_recordset()
        documents.flush_recordset()
        self.env.cr.execute(
            SQL(
                """WITH made AS (
                       INSERT INTO ir_attachment (
                           name, type, res_model, res_id, public, %(kept)s,
                           create_uid, write_uid, create_date, write_date)
                       SELECT file.name, 'binary', %(model)s, target.id, FALSE,
                              %(kept_of_file)s, %(root)s, %(root)s, %(now)s, %(now)s
                       FROM unnest(%(targets)s) WITH ORDINALITY AS target(id, place),
                            unnest(%(files)s) WITH ORDINALITY AS source(id, place)
                            JOIN ir_attachment file ON file.id = source.id
                       ORDER BY target.place, source.place
                       RETURNING id, res_id)
                   INSERT INTO qlvb_document_attachment_rel
                       (document_id, attachment_id)
                   SELECT res_id, id FROM made""",
                kept=SQL(", ").join(map(SQL.identifier, _SHARED)),
                kept_of_file=SQL(", ").join(
                    SQL.identifier("file", name) for name in _SHARED
                ),
                model=documents._name,
                root=SUPERUSER_ID,
                now=self.env.cr.now(),
                targets=documents.ids,
                files=self.ids,
            )
        )
        documents.invalidate_recordset(["attachment_ids"], flush=False)

    # -- the gate -------------------------------------------------------------

    @api.model
    def _vetted_values(self, vals):
        """Return the values of a new file with its facts, or refuse it.

        :raises AdmissionRefused: Article 3 keeps it out
        :raises FileNotTaken: it is broken, dangerous or of a kind not taken
        """
        vals = self._without_facts(vals)
        missing = [name for name in _TOLD if name not in vals]
        place = {**self.default_get(missing), **vals}
        if not self._is_judged(place):
            return vals
        if place.get("type") == "url":
            # A link sent ahead of nothing harms nobody, and is refused when claimed.
            return vals if not place.get("res_model") else self._refuse_link()
        content = self._contents_in(vals)
        self._vet_description(vals)
        found = self._vet(place, content)
        vals.pop("datas", None)
        vals["name"] = compose(place["name"])
        return {**vals, "raw": content, **self._facts(found)}

    def _vetted_change(self, vals):
        """Return changed values with the facts of what is changed, or refuse them."""
        vals = dict(vals)
        renews = not vals.keys().isdisjoint(_CONTENTS)
        content = self._contents_in(vals) if renews else None
        judged = False
        for file in self.sudo():
            place = {name: vals.get(name, file[name]) for name in _TOLD}
            if not self._is_judged(place) or file._stays(vals, self.env.su):
                continue
            judged = True
            found = self._vet_changed(file, place, content)
            if renews:
                vals |= {"raw": content, **self._facts(found)}
        if judged and renews:
            vals.pop("datas", None)
        elif judged:
            vals.pop("mimetype", None)
        elif renews:
            vals["qlvb_vetted"] = False
        return vals

    def _stays(self, vals, su):
        """Tell whether it is moved away from our records, which is refused anyway."""
        return (
            not su
            and not PLACE_FIELDS.isdisjoint(vals)
            and self._guarded_target() is not None
        )

    def _vet_changed(self, file, place, content):
        """Judge what a file will be: its new contents, new name or new place.

        :param content: the new bytes, or ``None``
        :return: what it is, where it had to be judged
        """
        if place["type"] == "url":
            self._refuse_link()
        leftovers = self._draft_at(place)
        if not file.res_id and file.create_uid == self.env.user:
            leftovers = {**leftovers, self._name: file.ids}
        if content is not None:
            return self._vet(place, content, leftovers)
        if file.qlvb_vetted and place["name"] == file.name:
            return None
        found = self._vet(place, file.raw or b"", leftovers)
        if not file.qlvb_vetted:
            file._keep_facts(found)
        return found

    def _keep_facts(self, found):
        """Note what was found in a file that is stored already."""
        self.sudo().with_context(qlvb_vetting=_PROOF).write(self._facts(found))

    @api.model
    def _is_judged(self, place):
        return self.env["qlvb.vetting"]._is_judged(*map(place.get, _PLACE))

    @api.model
    def _vet(self, place, content, leftovers=None):
        door = "file" if place.get("res_model") != "mail.compose.message" else "message"
        return self.env["qlvb.vetting"]._vet_file(
            place.get("name") or "",
            content,
            self.env.context.get("qlvb_door") or door,
            leftovers=self._draft_at(place) if leftovers is None else leftovers,
        )

    @api.model
    def _vet_description(self, vals):
        """Judge what people say of a file, wherever it is."""
        said = [vals.get("description")]
        self.env["qlvb.vetting"]._vet_words(said, "file", self._name)

    @api.model
    def _draft_at(self, place):
        """Return the draft for which a file is meant, if the caller may discard it.

        :return: a dict of model name to ids
        """
        model, res_id = place.get("res_model"), place.get("res_id")
        if type(res_id) is not int or not self.env["qlvb.vetting"]._is_ours(model):
            return {}
        records = self.env[model].sudo(False)
        if not hasattr(records, "_discardable"):
            return {}
        return {model: records.browse(res_id).exists()._discardable().ids}

    @api.model
    def _facts(self, found):
        return {
            "mimetype": found.mimetype,
            "qlvb_vetted": True,
            "qlvb_has_text": found.has_text,
            "qlvb_mentions": found.mentions,
        }

    @api.model
    def _without_facts(self, vals):
        drop = _FACTS if self.env.su else (*_FACTS, "db_datas")
        return {name: value for name, value in vals.items() if name not in drop}

    @api.model
    def _contents_in(self, vals):
        """Return the bytes that values hold, as Odoo will understand them.

        :raises UserError: they cannot be understood
        """
        raw = vals.get("raw")
        if raw:
            return raw.encode() if isinstance(raw, str) else bytes(raw)
        content = decoded(vals.get("datas"))
        if content is None:
            raise UserError(self.env["qlvb.vetting"]._explain_file("torn"))
        return content

    @api.model
    def _refuse_link(self):
        vetting = self.env["qlvb.vetting"]
        raise UserError(vetting._explain_file("link"))

    # -- files that acts have left behind ---------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._require_not_kept()
        if not self.env.su:
            self._count_revision()

    def _count_revision(self):
        """Note on the drafts of these files that what they say is being changed.

        The draft's own row is written: of a file that is replaced and a draft that
        is submitted in the same moment, one begins anew with what the other left.
        """
        documents = self.env["qlvb.document"]
        documents.flush_model(["state", "revision"])
        rows = self.env.execute_query(
            SQL(
                """UPDATE qlvb_document SET revision = COALESCE(revision, 0) + 1
                   WHERE state = 'draft' AND id IN (
                       SELECT document_id FROM qlvb_document_attachment_rel
                       WHERE attachment_id = ANY(%s))
                   RETURNING id""",
                self.ids,
            )
        )
        drafts = documents.browse(draft_id for (draft_id,) in rows)
        drafts.invalidate_recordset(["revision"], flush=False)

    @api.model
    def _explain_kept(self, model):
        """Return why a file stays as it is, by the model that keeps it."""
        return {
            "qlvb.direction": self.env._(
                "The scan of a leader's direction is neither changed nor deleted."
            ),
            "qlvb.version": self.env._(
                "A version of a document that was kept is neither changed nor deleted."
            ),
            "qlvb.document": self.env._(
                "The files of a document are changed while it is a draft, and only "
                "then."
            ),
        }[model]

    def _require_not_kept(self):
        """Raise where one of these is kept for good.

        :raises AccessError: saying as what
        """
        for model, field in _KEEPERS if self else ():
            # Superuser: whether it is one decides, whoever asks.
            keeper = self.env[model].sudo()
            if keeper.search_count([(field, "in", self.ids)], limit=1):
                raise AccessError(self._explain_kept(model))
        if self.env.su:
            # The database asks for the correction that lets the system.
            return
        documents = self.env["qlvb.document"].sudo()
        fixed = Domain("attachment_ids", "in", self.ids) & Domain(
            "state", "!=", "draft"
        )
        if self and documents.search_count(fixed, limit=1):
            raise AccessError(self._explain_kept(documents._name))
