from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

from ..columns import add_unfilled

INNER_KINDS = ("office", "department", "service")
"""Kinds of unit that also draft for the unit above, whose leaders then sign."""

COLLECTIVE_KINDS = ("committee", "commune")
"""Kinds of unit that work collectively: their head signs TM. (NĐ 30, Article 13)."""


class QlvbSignerMixin(models.AbstractModel):
    """Who signs a document, and as what (NĐ 30/2020, Article 13).

    In their own right, for the collective, for the head, by order or authorised:
    checked against the posts of the day.
    """

    _name = "qlvb.signer.mixin"
    _description = "Document with a Signer"

    signer_id = fields.Many2one("res.users", index="btree_not_null")
    signer_capacity = fields.Selection(
        [
            ("own", "In their own right"),
            ("tm", "TM. (for the collective)"),
            ("kt", "KT. (for the head)"),
            ("tl", "TL. (by order of the head)"),
            ("tuq", "TUQ. (authorised by the head)"),
            ("q", "Q. (acting head)"),
        ],
        "Signs as",
        compute="_compute_signer_capacity",
        store=True,
        readonly=False,
        precompute=True,
    )
    signer_basis = fields.Char(
        "Basis of the signature",
        help="For TL. the regulation, for TUQ. the written authorisation: number, date",
    )
    signer_basis_until = fields.Date(
        "Authorised until", help="An authorisation (TUQ.) is limited in time"
    )
    signer_ids = fields.Many2many(
        "res.users",
        string="Who may sign",
        compute="_compute_signer_ids",
        export_string_translation=False,
    )

    def _auto_init(self):
        # What was there before had arrived: nobody signs it here.
        add_unfilled(self.env.cr, self._table, "signer_capacity", "varchar")
        return super()._auto_init()

    # -- computes -------------------------------------------------------------

    @api.depends("signer_id", "unit_id")
    def _compute_signer_capacity(self):
        for document in self:
            document.signer_capacity = document._usual_capacity()

    @api.depends("unit_id", "direction")
    def _compute_signer_ids(self):
        for document in self:
            posts = document._signing_posts() if document.direction == "out" else None
            document.signer_ids = posts.user_id if posts else False

    # -- whose posts ----------------------------------------------------------

    def _signing_posts(self):
        """Return the posts whose holders may sign for the issuing unit.

        Its head and deputies; by order or authorisation the heads of its inner
        units as well (NĐ 30, Article 13).
        """
        unit = self.unit_id._origin or self.unit_id
        posts = self.env["qlvb.position"]
        if not unit:
            return posts
        inner = unit.child_ids.filtered(lambda child: child.kind in INNER_KINDS)
        leaders = posts._current(None, unit, ("head", "deputy", "chief_of_office"))
        return leaders | posts._current(None, inner, ("head",)) if inner else leaders

    def _posts_of_signer(self):
        """Return the signer's present posts in the issuing unit or its inner units."""
        return self._signing_posts().filtered(
            lambda post: post.user_id == self.signer_id
        )

    def _usual_capacity(self):
        """Return as what the chosen signer usually signs, ``False`` for nobody."""
        if self.direction != "out" or not self.signer_id or not self.unit_id:
            return False
        posts = self._posts_of_signer()
        own = posts.filtered(lambda post: post.unit_id == self.unit_id._origin)
        if heads := own.filtered(lambda post: post.role == "head"):
            if heads[0].is_acting:
                return "q"
            return "tm" if self.unit_id.kind in COLLECTIVE_KINDS else "own"
        if own.filtered(lambda post: post.role == "deputy"):
            return "kt"
        return "tl"

    @api.constrains("signer_capacity", "signer_basis", "signer_id", "unit_id")
    def _check_signer(self):
        for document in self:
            if document.direction != "out" or not document.signer_id:
                continue
            if document.signer_id not in document._signing_posts().user_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s holds no post with which to sign for "
                        "%(unit)s. Choose another signer.",
                        person=document.signer_id.name,
                        unit=document.unit_id.name,
                    )
                )

    # -- who signs as what ----------------------------------------------------

    def _unmet_capacity(self):
        """Return what stands against the signer's signing in this capacity."""
        capacity, unit = self.signer_capacity, self.unit_id
        posts = self._posts_of_signer()
        own = posts.filtered(lambda post: post.unit_id == unit)
        heads = own.filtered(lambda post: post.role == "head")
        collective = unit.kind in COLLECTIVE_KINDS
        if not self.signer_id or not capacity:
            return [self.env._("Choose who signs, and as what.")]
        person = self.signer_id.name
        if capacity in ("tm", "own"):
            fits = heads and not heads[0].is_acting and (capacity == "tm") == collective
        elif capacity == "q":
            fits = heads and heads[0].is_acting
        elif capacity == "kt":
            return self._unmet_deputy(own)
        else:
            # By order or authorised: who heads an inner unit, or the Chief of Office.
            fits = posts.filtered(
                lambda post: post.role == "chief_of_office" or post.unit_id != unit
            )
        if not fits:
            labels = dict(
                self._fields["signer_capacity"]._description_selection(self.env)
            )
            return [
                self.env._(
                    "%(person)s cannot sign for %(unit)s as %(capacity)s: the posts "
                    "they hold today do not allow it. Choose another signer or "
                    "capacity.",
                    person=person,
                    unit=unit.name,
                    capacity=labels[capacity],
                )
            ]
        return self._unmet_basis() if capacity in ("tl", "tuq") else []

    def _unmet_deputy(self, own):
        """Return what stands against a deputy's signing for the head (KT.)."""
        deputies = own.filtered(lambda post: post.role == "deputy")
        if not deputies:
            return [
                self.env._(
                    "%(person)s is no deputy of %(unit)s and cannot sign KT.",
                    person=self.signer_id.name,
                    unit=self.unit_id.name,
                )
            ]
        if self.unit_id.kind != "committee":
            return []
        if not self.field_id:
            return [
                self.env._(
                    "A vice chairman signs in their fields of work: name the field of "
                    "this document."
                )
            ]
        if self.field_id not in deputies.field_ids:
            return [
                self.env._(
                    "The field “%(field)s” is not one of %(person)s's. Choose who "
                    "directs it, or the chairman.",
                    field=self.field_id.name,
                    person=self.signer_id.name,
                )
            ]
        return []

    def _unmet_basis(self):
        """Return what a signature by order or authorisation lacks (NĐ 30, art. 13)."""
        if not self.signer_basis:
            return [
                self.env._(
                    "Signing TL. or TUQ. needs its basis: the regulation or the "
                    "written authorisation with number and date."
                )
            ]
        if self.signer_capacity == "tuq" and not self.signer_basis_until:
            return [
                self.env._(
                    "An authorisation (TUQ.) is limited in time: enter until when."
                )
            ]
        if self.signer_capacity == "tuq" and self.signer_basis_until < clock.today():
            return [
                self.env._(
                    "The authorisation (TUQ.) ended on %(day)s.",
                    day=format_date(self.env, self.signer_basis_until),
                )
            ]
        return []
