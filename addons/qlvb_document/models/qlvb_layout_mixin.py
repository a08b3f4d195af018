from odoo import models

from ..lib.signing_block import signing_block


class QlvbLayoutMixin(models.AbstractModel):
    """What stands on an outgoing document beside its text: heading and signature."""

    _name = "qlvb.layout.mixin"
    _description = "Document with a Heading and a Signature"

    def _heading(self):
        """Return the names of the issuing agency and of the one above it.

        A committee, also a commune's, heads its documents itself (NĐ 30, I.II.2).
        """
        # Superuser: the organisation is a directory that every official reads.
        unit = self.sudo().unit_id
        alone = unit.kind in ("committee", "commune")
        return {
            "agency": unit.name,
            "parent": (not alone and unit.parent_id.name) or "",
        }

    def _place_name(self):
        """Return the place name of the issuing unit, or of the one above it."""
        unit = self.sudo().unit_id
        while unit and not unit.place:
            unit = unit.parent_id
        return unit.place or ""

    def _signing_block(self):
        """Return the lines above the signature, by who signs as what (NĐ 30, II.7)."""
        document = self.sudo()
        unit, posts = document.unit_id, document._posts_of_signer()
        own = posts.filtered(lambda post: post.unit_id == unit)
        if document.signer_capacity in ("tl", "tuq"):
            # As head of a unit within it, or as its Chief of Office.
            inner = posts.filtered(lambda post: post.unit_id != unit)
            post = (inner or own.filtered(lambda one: one.role != "head"))[:1]
        else:
            role = "deputy" if document.signer_capacity == "kt" else "head"
            post = own.filtered(lambda one: one.role == role)[:1]
        head = self.env["qlvb.position"]._current(None, unit, ("head",))[:1]
        return signing_block(
            document.signer_capacity or "own",
            unit.kind,
            head.title or "",
            post.title or "",
            post.unit_id.kind or "",
            post.unit_id.name or "",
        )
