from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.commands import ids_in_commands

from ..lib.freeze_opinion import FILES, OPINION_FILES_SQL, OPINION_SQL
from .qlvb_dossier_workflow import OPINED

SAID = object()
"""Proof that a result is being kept because its opinion is: no RPC carries it."""

_OURS = object()
"""Proof that the system itself writes an opinion."""

_GIVEN = frozenset({"dossier_id", "assignment_id", "body", "attachment_ids"})
_WORDS = frozenset({"body", "attachment_ids"})
"""What its author may put in other words until somebody has answered."""


class QlvbOpinion(models.Model):
    """An opinion within a dossier, an entry of its own (Articles 4.1 and 6.2).

    Who, in which post, on whose behalf, when, what, with files.  Given by whoever
    works on the dossier, and by who opens dossiers as long as the work goes on; a
    supporter's opinion is their answer, and their answer an opinion.
    Its author may mend it until somebody else has answered: by an opinion of their
    own, by finishing the lead on it or by deciding on the dossier.  From then on it
    is fixed, and it is never deleted; the database sees to both.
    """

    _name = "qlvb.opinion"
    _description = "Opinion"
    _inherit = [
        "qlvb.opinion.asked.mixin",
        "qlvb.dossier.part.mixin",
        "qlvb.input.mixin",
        "qlvb.names.mixin",
    ]
    _names = {"author_text": ("author_id", "on_behalf_of_id")}
    _order = "date, id"
    _text_limits = {"body": 10_000}
    _outlives_purge = frozenset({"author_title"})

    # Given by whoever gives the opinion, not by an act.
    dossier_id = fields.Many2one(readonly=False)
    body = fields.Text("Opinion", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", FILES, "opinion_id", "attachment_id", "Files", copy=False
    )
    author_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    author_title = fields.Char("Post held", readonly=True)
    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True)
    on_behalf_of_id = fields.Many2one("res.users", "On behalf of", readonly=True)
    author_text = fields.Char(
        "Given by, for whom", compute="_compute_names", export_string_translation=False
    )
    assignment_id = fields.Many2one(
        "qlvb.assignment",
        "Answer to",
        index="btree_not_null",
        help="The work for which it was given",
    )
    date = fields.Datetime("Moment", required=True, readonly=True)
    edited_at = fields.Datetime("Mended at", readonly=True)
    is_fixed = fields.Boolean("Answered", readonly=True)
    can_edit = fields.Boolean(
        compute="_compute_can_edit", export_string_translation=False
    )

    def init(self):
        result = super().init()
        self.env.cr.execute(OPINION_SQL)
        self.env.cr.execute(OPINION_FILES_SQL)
        return result

    @api.depends("author_text", "date", "unit_id")
    def _compute_display_name(self):
        for opinion in self:
            author = opinion.author_text
            moment = format_datetime(
                self.env, opinion.date, tz="Asia/Ho_Chi_Minh", dt_format="dd/MM HH:mm"
            )
            opinion.display_name = f"{author} ({opinion.unit_id.symbol}), {moment}"

    @api.depends("author_id", "is_fixed", "dossier_id.state")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for opinion in self:
            opinion.can_edit = (
                opinion.author_id == self.env.user
                and not opinion.is_fixed
                and opinion.dossier_id.state in OPINED.split()
            )

    # -- giving ---------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Record opinions; a supporter's finishes the work that they were asked for.

        :param vals_list: of each ``dossier_id`` and ``body``, also ``attachment_ids``
            (files just uploaded) and, of who holds several parts of the work,
            ``assignment_id``; all else is known and not taken from anybody
        :raises AccessError: the caller does not work on the dossier
        :raises UserError: it is completed or closed, or nothing was said
        :raises AdmissionRefused: Article 3 keeps text or files out; the files that
            were sent ahead are gone then
        """
        opinions = self.browse()
        for vals in vals_list:
            told = {**self.default_get(list(_GIVEN)), **vals}
            opinions |= self._give({name: told.get(name) for name in _GIVEN})
        return opinions

    @api.model
    def _give(self, vals):
        """Record one opinion that the caller gives."""
        self._vet(vals)
        body = self._clean_argument(
            self._fields["body"]._description_string(self.env), vals["body"], 10_000
        )
        dossier = self._read_dossier(vals)
        if dossier.state not in OPINED.split():
            raise UserError(self._explain_late(dossier))
        actor = dossier._gate("opine")
        part = self._part_of(dossier, vals)
        if part:
            actor = part._actor_holder()
        opinion = self._record(dossier, actor, part, body, vals["attachment_ids"] or [])
        if part and not part._leads():
            part.with_context(qlvb_opinion=SAID).action_done(body)
        return opinion

    @api.model
    def _part_of(self, dossier, vals):
        """Return for which part of the work the caller gives it: named, or found.

        :raises UserError: what was named is none of the caller's open parts
        """
        named = vals["assignment_id"]
        if not named:
            return dossier._own_part()
        parts = dossier._own_parts().filtered(
            lambda order: order.role != "inform" and order.id == named
        )
        if not parts:
            raise UserError(
                self.env._("This is none of your open work on the dossier.")
            )
        return parts

    @api.model
    def _record(self, dossier, actor, part, body, files=()):
        """Leave the entry; who answers before fixes what was said before them.

        :param actor: who gives it, having passed a gate
        :param part: the assignment for which it is given, if any
        """
        ours = super(QlvbOpinion, self.with_context(qlvb_opinion=_OURS))
        opinion = ours.create(  # pylint: disable=super-method-mismatch
            [
                {
                    "dossier_id": dossier.id,
                    "body": body,
                    "attachment_ids": files,
                    "author_id": actor.user.id,
                    "author_title": self._title_of(actor),
                    "unit_id": actor.unit.id,
                    "on_behalf_of_id": actor.on_behalf_of.id,
                    "assignment_id": part.id,
                    "date": clock.now(),
                    "edited_at": False,
                    "is_fixed": False,
                }
            ]
        )
        opinion = opinion.with_env(self.env)
        opinion._claim_files()
        dossier._fix_opinions(but=actor.user)
        dossier._log("opined", actor, opinion=opinion.id)
        return opinion

    @api.model
    def _title_of(self, actor):
        """Return the author's own post at this moment, as it stands on the entry."""
        posts = self.env["qlvb.position"]._current(actor.user, actor.unit)
        return posts[:1].title or posts[:1].display_name

    @api.model
    def _explain_late(self, dossier):
        if dossier.state == "closed":
            return dossier.sudo()._only_read()
        return self.env._(
            "%(dossier)s is completed: opinions are given while it is worked on. Ask "
            "the chairman or the Chief of Office to send it back.",
            dossier=dossier.display_name,
        )

    # -- mending --------------------------------------------------------------

    def write(self, vals):
        """Put an opinion in other words, as its author, until somebody has answered.

        :raises AccessError: somebody else gave it, or it says more than words
        :raises UserError: it was answered, or the dossier is completed or closed
        """
        if self.env.context.get("qlvb_opinion") is _OURS:
            return super().write(vals)
        if vals.keys() - _WORDS:
            raise AccessError(
                self.env._(
                    "Of an opinion its author changes text and files alone; who gave "
                    "it, when and for what stays."
                )
            )
        self._vet(vals)
        if "body" in vals:
            label = self._fields["body"]._description_string(self.env)
            vals = {**vals, "body": self._clean_argument(label, vals["body"], 10_000)}
        for opinion in self:
            opinion._mend(vals)
        return True

    def action_mend(self):
        """Open the caller's own opinion, to put it in other words.

        :raises AccessError: somebody else gave it
        :raises UserError: it was answered, or the dossier is completed or closed
        """
        self._require_one()
        self.check_access("read")
        self._check_may_mend()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_dossier.qlvb_opinion_action_mend"
        )
        return action | {"res_id": self.id}

    def _mend(self, vals):
        """Change one opinion of the caller's."""
        self.check_access("write")
        dossier = self.dossier_id
        # Held before it is looked at: who answers in this moment comes before or
        # after, not in between.
        dossier.sudo()._lock_row()
        self._check_may_mend()
        before, files = self.body, self.sudo().attachment_ids
        ours = super(QlvbOpinion, self.with_context(qlvb_opinion=_OURS))
        result = ours.write(  # pylint: disable=super-method-mismatch
            {**vals, "edited_at": clock.now()}
        )
        self._claim_files(files)
        (files - self.sudo().attachment_ids).unlink()
        part = self.sudo().assignment_id
        if part.state == "done" and part.result == before:
            # An answer is one thing, wherever it is read.
            part._through_gate().write({"result": self.body})
        self.env["qlvb.journal"]._log(
            "dossier_opinion_mended",
            dossier,
            unit=self.unit_id,
            on_behalf_of=self.on_behalf_of_id,
            data={"opinion": self.id, "fields": sorted(vals)},
        )
        return result

    def _check_may_mend(self):
        """Raise where the caller may not put this opinion in other words.

        :raises AccessError: somebody else gave it
        :raises UserError: it was answered, or nothing is said any more
        """
        if self.author_id != self.env.user:
            raise AccessError(self.env._("Only its author changes an opinion."))
        if self.dossier_id.state not in OPINED.split():
            raise UserError(self._explain_late(self.dossier_id))
        if self.is_fixed:
            raise UserError(
                self.env._(
                    "Others have answered this opinion, or work was finished on it: it "
                    "stays as it is. Give another one."
                )
            )

    def _fix(self):
        """Fix these: from now on the database lets nobody change them."""
        if self:
            self.with_context(qlvb_opinion=_OURS).write({"is_fixed": True})
            # Before the dossier is closed: in a closed one nothing is written.
            self.flush_recordset()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._(
                "An opinion is never deleted. Give another one that corrects it."
            )
        )

    # -- files ----------------------------------------------------------------

    @api.model
    def _vet(self, vals):
        """Judge words and files at the gate of Article 3, before anything is stored.

        :raises AdmissionRefused: what was sent ahead of it is destroyed
        """
        vetting, gate = self.env["qlvb.vetting"], self.env["qlvb.document"]
        files = gate._sent_ahead(ids_in_commands(vals.get("attachment_ids") or ()))
        leftovers = {files._name: files.ids}
        words = vals.get("body")
        if not isinstance(words, str) or len(words) <= self._text_limit("body"):
            # What is too long to be stored is refused without being read.
            vetting._vet_words([words], "opinion", self._name, leftovers)
        commands = {"attachment_ids": vals.get("attachment_ids")}
        for name, content in gate._contents_sent(commands):
            vetting._vet_file(name, content, "opinion", self._name, leftovers)
        vetting._vet_stored(files.ids, "opinion", leftovers)

    def _claim_files(self, own=None):
        """Make the files that were handed over the dossier's, for those who see it.

        :param own: what belonged to it before
        :raises UserError: for a file that is not the caller's own, just uploaded
        """
        self.ensure_one()
        files = self.sudo().attachment_ids
        new = files - own if own else files
        if any(file.res_id or file.create_uid != self.env.user for file in new):
            raise UserError(
                self.env._(
                    "A file belongs to another record, or was uploaded by somebody "
                    "else. Upload the file itself."
                )
            )
        new.write(
            {
                "res_model": "qlvb.dossier",
                "res_id": self.dossier_id.id,
                "res_field": False,
                "public": False,
            }
        )
        new.flush_recordset()
