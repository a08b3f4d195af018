import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.admission import CLAUSES, ONE_STOP, PETITION, SECRET, ground_of_refusal


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
        for vals in vals_list:
            for name in ("secrecy", "nature"):
                # A default_… key in the context fills the field as vals would.
                vals.setdefault(
                    name,
                    self.env.context.get(f"default_{name}")
                    or self._fields[name].default(self),
                )
            self._admit(vals)
        return super().create(vals_list)

    def write(self, vals):
        if {"secrecy", "nature"} & vals.keys():
            self.check_access("write")
            self._admit(vals)
        return super().write(vals)

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
        if not ground:
            return
        door = door or self._door()
        leftovers = self._leftovers(vals)
        if self._first_refusal(vals):
            self.env["qlvb.journal"]._log_apart(
                "admission_refused",
                self.browse(),
                data={"door": door, "clause": CLAUSES[ground], "model": self._name},
            )
        self._discard_apart(leftovers)
        raise AdmissionRefused(self._explain_refusal(ground))

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
        return {self._name: self.ids} if self else {}

    def _discard_apart(self, leftovers):
        """Destroy what was stored of a refused paper, committed at once.

        The caller's own transaction is about to be rolled back, so this one
        stands apart from it.
        """
        leftovers = {name: ids for name, ids in leftovers.items() if ids}
        if not leftovers:
            return
        with self.env["qlvb.journal"]._own_cursor() as cr:
            env = self.env(cr=cr, su=True)
            # Nobody waits here: the row may be held by the very caller.
            cr.execute("SET LOCAL lock_timeout = '2s'")
            for name, ids in leftovers.items():
                env[name].browse(ids).exists()._discard_refused()

    def _discard_refused(self):
        """Delete a draft of a refused paper with all that hangs on it."""
        self.unlink()

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
