import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib.commands import ids_in_commands

from ..lib.admission import (
    CLAUSES,
    ONE_STOP,
    PETITION,
    SECRET,
    fold_mark,
    ground_of_refusal,
    read_mark,
)
from ..lib.marks import secrecy_mark


class AdmissionRefused(UserError):
    """A paper that Article 3 keeps out.  Carries no word of the paper itself."""


class QlvbAdmissionMixin(models.AbstractModel):
    """The admission gate of Article 3, at the door of every record that holds a paper.

    ``secrecy`` and ``nature`` exist only so that the gate can refuse: no other
    value than the harmless one is ever stored, and the database says so too.
    A refusal leaves nothing of the paper behind, but is itself journalled, in a
    transaction of its own, without contents.
    """

    _name = "qlvb.admission.mixin"
    _description = "Record behind the Admission Gate"

    secrecy = fields.Selection(
        [
            ("none", "None"),
            ("mat", "Secret (Mật)"),
            ("toi_mat", "Top secret (Tối mật)"),
            ("tuyet_mat", "Absolute secret (Tuyệt mật)"),
        ],
        required=True,
        default="none",
        copy=False,
        help="Anything but “None” stops the entry: secret papers stay on paper.",
    )
    nature = fields.Selection(
        [
            ("ordinary", "Ordinary document"),
            ("petition", "Petition, complaint or denunciation"),
            ("one_stop", "File of a one-stop procedure"),
        ],
        required=True,
        default="ordinary",
        copy=False,
        help="Petitions and one-stop files do not enter this system (Article 3).",
    )

    _secrecy_none = models.Constraint(
        "CHECK (secrecy = 'none')", "Secret papers do not enter this system (Art. 3.1)."
    )
    _nature_ordinary = models.Constraint(
        "CHECK (nature = 'ordinary')",
        "Petitions and one-stop files do not enter this system (Art. 3.2, 3.3).",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            missing = [name for name in ("secrecy", "nature") if not vals.get(name)]
            if missing:
                # Defaults of a context, or planted as a user's own, count as said.
                vals.update(self.default_get(missing))
            # On no record: a copy must not take its model for the refused paper.
            self.browse()._admit(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._admit_change(vals)
        return super().write(vals)

    def _admit_change(self, vals):
        """Pass ``vals`` through the gate where they declare what a stored paper is.

        To be called before anything is locked: what is refused is destroyed from
        another transaction.
        """
        if self and vals and self._discardable() == self:
            self._admit(vals)

    def _discardable(self):
        """Return those that the caller may change, and so destroy by declaring them.

        What stays is refused by other checks.
        """
        return self._filtered_access("write")

    @api.model
    def load(self, fields, data):
        """Import rows, none of them where Article 3 keeps one out."""
        messages = self._refuse_rows(fields, data)
        if messages:
            return {"ids": False, "messages": messages, "nextrow": 0}
        return super().load(fields, data)

    @api.onchange("secrecy", "nature")
    def _onchange_admission(self):
        ground = ground_of_refusal(self.secrecy, self.nature)
        if ground:
            return {
                "warning": {
                    "title": self.env._("This paper does not enter the system"),
                    "message": self._explain_refusal(ground),
                }
            }
        return None

    def _admit(self, vals, door=None):
        """Let a paper pass, or refuse it and leave nothing of it behind.

        The one place that every door leads through.

        :param vals: the values about to be stored; nothing has been stored yet
        :param door: by which door it came; found from the context where not given
        :raises AdmissionRefused: with the clause of Article 3 and what to do
        """
        ground = ground_of_refusal(vals.get("secrecy"), vals.get("nature"))
        if not ground and self._bears_mark(vals):
            ground = SECRET
        if not ground:
            self._admit_files(vals, door)
            return
        if self._first_refusal(vals):
            self._record_refusal(ground, door or self._door())
        self.env["qlvb.shredder"]._destroy(self._leftovers(vals))
        raise AdmissionRefused(self._explain_refusal(ground))

    def _bears_mark(self, vals):
        """Tell whether a secrecy mark stands in a text as a stamp stands."""
        # What is too long to be stored is refused without being read.
        return any(
            isinstance(value, str)
            and len(value) <= self._text_limit(name)
            and secrecy_mark(value)
            for name, value in vals.items()
            if name in self._fields and self._fields[name].type in ("char", "text")
        )

    def _admit_files(self, vals, door=None):
        """Let the files pass that come with a paper, or refuse it with them.

        Here, and not only where they are stored: by then the paper is locked.
        """
        gate, leftovers = self.env["qlvb.vetting"], self._leftovers(vals)
        for name, content in self._contents_sent(vals):
            gate._vet_file(name, content, door or "scan", self._name, leftovers)
        gate._vet_stored(leftovers["ir.attachment"], door or "file", leftovers)

    def _contents_sent(self, vals):
        """Return name and bytes of each file that comes within ``vals`` (abstract)."""
        return ()

    def _record_refusal(self, ground, door, **details):
        """Journal a refusal, without a word of the paper."""
        data = {"door": door, "clause": CLAUSES[ground], "model": self._name}
        self.env["qlvb.journal"]._log_apart(
            "admission_refused", self.browse(), data=data | details
        )

    def _door(self):
        """Name the door by which values come in."""
        if self.env.context.get("import_file"):
            return "import"
        return "write" if self else "create"

    def _first_refusal(self, vals):
        """Tell whether this paper is refused for the first time in the request.

        An import tries a failed row again; one refusal is still one refusal.
        Only a digest is kept, in memory, until the transaction ends.
        """
        seen = self.env.cr.cache.setdefault("qlvb.refusals", set())
        digest = hashlib.sha256(
            repr((self.ids, sorted(vals.items(), key=lambda item: item[0]))).encode()
        ).digest()
        if digest in seen:
            return False
        seen.add(digest)
        return True

    def _leftovers(self, vals):
        """Return what of the paper is already stored: files sent ahead, the draft.

        :return: a dict of model name to ids
        """
        ids = set()
        for name, value in vals.items():
            field = self._fields.get(name)
            if field and field.comodel_name == "ir.attachment":
                ids |= ids_in_commands(value)
        return {"ir.attachment": self._sent_ahead(ids).ids, self._name: self.ids}

    @api.model
    def _sent_ahead(self, ids):
        """Return those files that the caller uploaded and that belong to nothing."""
        # Superuser: only what the caller uploaded is touched.
        files = self.env["ir.attachment"].sudo().browse(ids).exists()
        return files.filtered(
            lambda file: not file.res_id and file.create_uid == self.env.user
        )

    def _discard_refused(self):
        """Delete a draft of a refused paper with all that hangs on it."""
        self.unlink()

    # -- imported rows --------------------------------------------------------

    @api.model
    def _refuse_rows(self, fields, data, first=1, leftovers=None):
        """Refuse imported rows that Article 3 keeps out, before any is stored.

        Each is journalled once; what of them is already stored is destroyed.

        :param fields: names of the columns, as ``load`` knows them
        :param data: the rows
        :param first: how people count the first of the rows
        :param leftovers: what else to destroy where a row is refused
        :return: a message for every refused row; nothing is imported then
        """
        labels = {
            name: self._marks(name) for name in ("secrecy", "nature") if name in fields
        }
        messages, remains = [], {}
        for index, row in enumerate(data):
            cells = dict(zip(fields, row, strict=False))
            marks = {name: read_mark(cells[name], labels[name]) for name in labels}
            ground = ground_of_refusal(**{"secrecy": None, "nature": None, **marks})
            words = [cell for name, cell in cells.items() if name not in labels]
            if not ground and any(secrecy_mark(str(cell)) for cell in words):
                ground = SECRET
            if not ground:
                continue
            number = first + index
            self._record_refusal(ground, "import", row=number)
            for name, ids in self._leftovers_of_row(cells).items():
                remains.setdefault(name, set()).update(ids)
            messages.append(
                {
                    "type": "error",
                    "message": self.env._(
                        "Row %(number)s: %(reason)s",
                        number=number,
                        reason=self._explain_refusal(ground),
                    ),
                    "rows": {"from": index, "to": index},
                    "record": index,
                }
            )
        if messages:
            self.env["qlvb.shredder"]._destroy({**remains, **(leftovers or {})})
        return messages

    @api.model
    def _marks(self, name):
        """Return how each value of a field may stand in a cell: key or any label."""
        marks = {}
        for code, _label in self.env["res.lang"].get_installed():
            field = self._fields[name]
            env = self.with_context(lang=code).env
            for key, label in field._description_selection(env):
                marks[fold_mark(key)] = marks[fold_mark(label)] = key
        return marks

    @api.model
    def _leftovers_of_row(self, cells):
        """Return what of a refused row is already stored: a draft, files sent ahead."""
        drafts, files = set(), set()
        for name, cell in cells.items():
            if name == ".id" and str(cell).isdigit():
                drafts.add(int(cell))
            elif name == "id" and cell:
                xmlid = str(cell) if "." in str(cell) else f"__import__.{cell}"
                known = self.env.ref(xmlid, raise_if_not_found=False)
                if known is not None and known._name == self._name:
                    drafts.add(known.id)
            elif name.endswith("/.id"):
                field = self._fields.get(name.removesuffix("/.id"))
                if field and field.comodel_name == "ir.attachment":
                    numbers = str(cell).split(",")
                    files |= {int(number) for number in numbers if number.isdigit()}
        return {
            "ir.attachment": self._sent_ahead(files).ids,
            self._name: self.browse(drafts).exists()._discardable().ids,
        }

    @api.model
    def _explain_refusal(self, ground):
        """Return what the person at the door is told: why, and what to do instead."""
        if ground == SECRET:
            return self.env._(
                "Refused under Article 3.1: papers marked Mật, Tối mật or Tuyệt mật do "
                "not enter this system. Nothing of it was kept. Enter it in the paper "
                "register of state secrets."
            )
        if ground == PETITION:
            return self.env._(
                "Refused under Article 3.2: petitions, complaints and denunciations do "
                "not enter this system. Nothing of it was kept. Hand it to the citizen "
                "reception desk."
            )
        assert ground == ONE_STOP
        return self.env._(
            "Refused under Article 3.3: files of one-stop procedures do not enter this "
            "system. Nothing of it was kept. Enter it in the one-stop system: "
            "%(address)s",
            address=self.env["ir.config_parameter"]
            .sudo()
            .get_param("qlvb.one_stop_address", "-"),
        )
