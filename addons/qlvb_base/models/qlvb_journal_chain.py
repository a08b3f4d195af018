from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import journal_guard
from ..lib.chain import GENESIS, link

# What a row says, which the chain seals; the other columns are the seal.
_CONTENT = (
    "id",
    "event",
    "res_model",
    "res_id",
    "record_name",
    "unit_id",
    "user_id",
    "keeper_id",
    "on_behalf_of_id",
    "date",
    "origin",
    "address",
    "data",
)
_BATCH = 5000
_VERIFIERS = (
    "qlvb_base.group_qlvb_chief,qlvb_base.group_qlvb_leader,"
    "qlvb_base.group_qlvb_administrator"
)


class QlvbJournalChain(models.AbstractModel):
    """The seal of the journal: each row linked to the one before by its digest.

    Rows come unsealed and are linked by one sealer, in the order in which it
    sees them.  A row whose transaction still runs is not yet to be seen, blocks
    nobody, and gets its place at a later run: the chain follows ``sequence``, not
    ``id``.  What was committed before another act began stands before it.
    """

    _name = "qlvb.journal.chain"
    _description = "Chain of the Journal"

    sequence = fields.Integer("Place in the chain", readonly=True)
    previous = fields.Char("Previous digest", readonly=True)
    digest = fields.Char(readonly=True)

    _unsealed_index = models.Index("(id) WHERE digest IS NULL")
    _sequence_uniq = models.UniqueIndex("(sequence)", "The chain does not fork.")

    def action_verify(self):
        """Verify the whole chain and tell the result on the screen.

        A button of the list: it comes with whatever rows are ticked.
        """
        result = self.verify()
        broken = result["broken"]
        if broken:
            message = self.env._(
                "The journal was tampered with: the chain breaks at row %(row)s "
                "(%(reason)s). Tell the Chief of Office and keep the backups.",
                row=broken["id"] or "–",
                reason=broken["reason"],
            )
        else:
            message = self.env._(
                "The journal is whole: %(sealed)s rows in the chain, %(unsealed)s "
                "waiting to be sealed.",
                sealed=result["sealed"],
                unsealed=result["unsealed"],
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if broken else "success",
                "message": message,
                "sticky": bool(broken),
            },
        }

    @api.model
    def verify(self, anchor=None):
        """Recompute the chain from its first row and report where it breaks.

        For the Chief of Office, the committee's leaders and the technical
        administrator; the result holds numbers and digests, no contents.

        :param anchor: a head kept elsewhere: ``{"sequence": …, "digest": …}``
        :return: dict of ``sealed``, ``unsealed``, ``head`` (such an anchor) and
            ``broken``: ``None`` or ``id``, ``sequence`` and ``reason`` of the first
            thing that is wrong: ``guard`` (a trigger of the table is off),
            ``missing`` (a row is gone), ``previous``, ``digest`` (a row was
            changed) or ``anchor`` (the chain was written anew)
        :raises AccessError: for everybody else
        """
        if not (self.env.su or self.env.user.has_groups(_VERIFIERS)):
            raise AccessError(
                self.env._(
                    "The Chief of Office, the leaders of the committee and the "
                    "technical administrator verify the journal."
                )
            )
        head, broken = self._find_break(anchor)
        # Superuser: a number of rows, for those named above.
        unsealed = self.sudo().search_count(Domain("digest", "=", False))
        return {
            "sealed": head["sequence"],
            "unsealed": unsealed,
            "head": head,
            "broken": broken,
        }

    @api.model
    def _head(self):
        """Return the chain's head: what leaves the machine with every backup."""
        rows = self.env.execute_query(
            SQL(
                "SELECT sequence, digest FROM %s WHERE sequence > 0 "
                "ORDER BY sequence DESC LIMIT 1",
                SQL.identifier(self._table),
            )
        )
        sequence, digest = rows[0] if rows else (0, GENESIS)
        return {"sequence": sequence, "digest": digest}

    @api.model
    def _seal(self, limit=_BATCH):
        """Link unsealed rows to the chain, oldest first.

        One sealer at a time: a second one finds the lock taken and leaves.  Were
        its snapshot older than the first one's work, the same rows would be
        updated twice, which the database refuses: the chain cannot fork.

        :return: number of rows sealed
        """
        [[is_alone]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext('qlvb.journal.seal'))")
        )
        if not is_alone:
            return 0
        rows = self._read_content(SQL("digest IS NULL"), SQL("id"), limit)
        if not rows:
            return 0
        head = self._head()
        previous, seals = head["digest"], []
        for sequence, row in enumerate(rows, head["sequence"] + 1):
            digest = link(previous, sequence, row)
            seals.append((row["id"], sequence, previous, digest))
            previous = digest
        self.env.execute_query(
            SQL(
                "UPDATE %s AS journal SET sequence = seal.sequence, "
                "previous = seal.previous, digest = seal.digest "
                "FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[]) "
                "AS seal (id, sequence, previous, digest) WHERE journal.id = seal.id",
                SQL.identifier(self._table),
                *(list(column) for column in zip(*seals, strict=True)),
            )
        )
        self.browse(row["id"] for row in rows).invalidate_recordset()
        return len(rows)

    @api.model
    def _cron_seal(self):
        """Seal all that waits, a batch a transaction."""
        while sealed := self._seal():
            left = self.search_count(Domain("digest", "=", False), limit=_BATCH)
            if not self.env["ir.cron"]._commit_progress(sealed, remaining=left):
                break

    @api.model
    def _find_break(self, anchor=None):
        """Walk the chain; return its head and the first break, or ``None``."""
        head = {"sequence": 0, "digest": GENESIS}
        if not self._is_guarded():
            return self._head(), {"id": None, "sequence": None, "reason": "guard"}
        while rows := self._read_content(
            SQL("sequence > %s", head["sequence"]),
            SQL("sequence"),
            _BATCH,
            ("sequence", "previous", "digest"),
        ):
            for row in rows:
                sequence, previous, digest = (
                    row.pop(name) for name in ("sequence", "previous", "digest")
                )
                expected = head["sequence"] + 1
                reason = (
                    "missing"
                    if sequence != expected
                    else "previous"
                    if previous != head["digest"]
                    else "digest"
                    if digest != link(previous, sequence, row)
                    else "anchor"
                    if anchor
                    and anchor["sequence"] == sequence != 0
                    and anchor["digest"] != digest
                    else None
                )
                if reason:
                    broken = {"id": row["id"], "sequence": sequence, "reason": reason}
                    return self._head(), broken
                head = {"sequence": sequence, "digest": digest}
        if anchor and anchor["sequence"] > head["sequence"]:
            return head, {
                "id": None,
                "sequence": anchor["sequence"],
                "reason": "missing",
            }
        return head, None

    @api.model
    def _is_guarded(self):
        """Tell whether the database's own guard of the table stands."""
        [[standing]] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass "
                "AND tgname = ANY(%s) AND tgenabled = 'A'",
                self._table,
                list(journal_guard.TRIGGERS),
            )
        )
        return standing == len(journal_guard.TRIGGERS)

    @api.model
    def _read_content(self, condition, order, limit, seal=()):
        """Return rows as the chain sees them: plain values, dates as ISO text."""
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT %s",
                SQL(", ").join(map(SQL.identifier, (*_CONTENT, *seal))),
                SQL.identifier(self._table),
                condition,
                order,
                limit,
            )
        )
        for row in rows:
            row["date"] = row["date"].isoformat()
        return rows
