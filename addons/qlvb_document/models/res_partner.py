import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context

_TEXTS = ("name", "email", "phone", "street", "street2", "city", "zip")
_CONTACT_FIELDS = frozenset({*_TEXTS, "state_id", "country_id", "active"})
"""What clerks enter of an outside body."""

_PART = r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f-\x9f]+"
_ADDRESS = re.compile(rf"{_PART}@{_PART}\.{_PART}")
"""One address and nothing beside it: of two, or of a slip, a part would be taken."""


class ResPartner(models.Model):
    """Outside bodies: to whom documents go by e-mail or post.

    Entered and kept by clerks, read by every official.  They are addresses and
    nothing else: nobody logs in as one, and clerks touch no person's own contact.
    """

    _inherit = "res.partner"

    is_outside_body = fields.Boolean(
        "Outside body",
        readonly=True,
        copy=False,
        help="A body outside this system, entered by a clerk to be written to",
    )

    _outside_body_index = models.Index("(id) WHERE is_outside_body")

    @api.model_create_multi
    def create(self, vals_list):
        if self._may_keep_any():
            return super().create(vals_list)
        # What a context or a planted default says is nothing that a clerk typed.
        clean = self.with_env(self.env(context=clean_context(self.env.context)))
        bodies = super(ResPartner, clean).create(
            [
                {
                    **self._checked_contact(vals),
                    "is_outside_body": True,
                    "is_company": True,
                }
                for vals in vals_list
            ]
        )
        self.env["qlvb.journal"]._log("outside_body_set", bodies)
        return bodies.with_env(self.env)

    def write(self, vals):
        if self._may_keep_any():
            return super().write(vals)
        if not all(self.mapped("is_outside_body")):
            raise AccessError(
                self.env._("Clerks keep the addresses of outside bodies alone.")
            )
        result = super().write(self._checked_contact(vals))
        self.env["qlvb.journal"]._log(
            "outside_body_set", self, data={"fields": sorted(vals)}
        )
        return result

    def _bare_address(self):
        """Return the e-mail address to be written to; ``""`` where there is none."""
        address = (self.email or "").strip()
        return address if _ADDRESS.fullmatch(address) else ""

    @api.model
    def _may_keep_any(self):
        """Tell whether Odoo's own rules alone decide: no clerk's rights are used."""
        return self.env.su or not self.env.user.has_group("qlvb_base.group_qlvb_clerk")

    @api.model
    def _checked_contact(self, vals):
        """Return what a clerk entered of an outside body, or refuse it.

        :raises AccessError: for anything but name, address and e-mail
        :raises UserError: naming what cannot be stored, and why
        """
        if strange := vals.keys() - _CONTACT_FIELDS - {"is_company", "company_type"}:
            raise AccessError(
                self.env._(
                    "Of an outside body name, address, telephone and e-mail are kept, "
                    "not: %(fields)s.",
                    fields=", ".join(sorted(strange)),
                )
            )
        gate, checked = self.env["qlvb.input.mixin"], {}
        for name in _CONTACT_FIELDS & vals.keys():
            value = vals[name]
            if name in _TEXTS:
                label = self._fields[name]._description_string(self.env)
                value = gate._clean_argument(label, value, 300, name == "name")
            checked[name] = value
        if checked.get("email") and not _ADDRESS.fullmatch(checked["email"]):
            raise UserError(
                self.env._(
                    "“%(address)s” is no e-mail address. Write it like "
                    "vanthu@example.gov.vn.",
                    address=checked["email"],
                )
            )
        return checked
