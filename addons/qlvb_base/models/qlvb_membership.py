from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import clock
from ..lib.principals import (
    FIELD,
    HANDLING,
    HANDLING_DOSSIERS,
    HEAD,
    STAFF,
    UNIT,
    USER,
    principal,
    split,
)

_MEMORY = "qlvb.memory"
_HANDLED = {"document": HANDLING, "dossier": HANDLING_DOSSIERS}


class QlvbMembership(models.Model):
    """Which principals a person answers to, and from when to when.

    Derived from posts, unit accounts and delegations, and from nothing else.
    Hundreds of rows: a new post or delegation writes one of them and touches no
    document, and its end needs no write at all.  Nobody reads or writes it.
    """

    _name = "qlvb.membership"
    _description = "Membership"
    _log_access = False
    _order = "id"

    user_id = fields.Many2one(
        "res.users", "Person", required=True, index=True, ondelete="cascade"
    )
    principal = fields.Integer(required=True)
    valid_from = fields.Datetime()
    valid_to = fields.Datetime(help="The first moment in which it no longer holds")
    position_id = fields.Many2one("qlvb.position", index=True, ondelete="cascade")
    unit_id = fields.Many2one("qlvb.unit", index=True, ondelete="cascade")
    delegation_id = fields.Many2one("qlvb.delegation", index=True, ondelete="cascade")

    @api.model
    def _principals(self):
        """Return the principals that the caller answers to at this moment.

        One indexed query, kept for the rest of the transaction's minute.
        """

        def read():
            sql = self._principals_sql(self.env.uid, clock.now())
            return tuple(sorted({row[0] for row in self.env.execute_query(sql)}))

        return self._remember("principals", read)

    @api.model
    def _principals_sql(self, user_id, moment):
        return SQL(
            """SELECT %(own)s UNION ALL SELECT principal FROM qlvb_membership
               WHERE user_id = %(user)s
                 AND (valid_from IS NULL OR valid_from <= %(now)s)
                 AND (valid_to IS NULL OR valid_to > %(now)s)""",
            own=principal(USER, user_id),
            user=user_id,
            now=moment,
        )

    @api.model
    def _users_answering_to(self, principals):
        """Return ids of the users who answer to one of the principals right now."""
        moment = clock.now()
        rows = self.sudo()._read_group(
            [
                ("principal", "in", list(principals)),
                "|",
                ("valid_from", "=", False),
                ("valid_from", "<=", moment),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">", moment),
            ],
            ["user_id"],
        )
        parts = map(split, principals)
        own = {record_id for kind, record_id in parts if kind == USER}
        return own | {user.id for (user,) in rows}

    @api.model
    def _principals_of(self, users):
        """Return what each of the users answers to right now, as sets by user id."""
        moment = clock.now()
        answers = {user_id: {principal(USER, user_id)} for user_id in users.ids}
        rows = self.sudo()._read_group(
            Domain("user_id", "in", users.ids)
            & (Domain("valid_from", "=", False) | Domain("valid_from", "<=", moment))
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">", moment)),
            ["user_id"],
            ["principal:array_agg"],
        )
        for user, principals in rows:
            answers[user.id].update(principals)
        return answers

    # -- derived rows ---------------------------------------------------------

    def _replace(self, owner_field, owners, vals_list):
        """Put ``vals_list`` in the place of the rows that the owners had."""
        self = self.sudo()
        self.search([(owner_field, "in", owners.ids)]).unlink()
        self.create(vals_list)
        self._forget()

    @api.model
    def _forget(self):
        """Drop what this transaction has read of posts, delegations and sight."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.pop(_MEMORY, None)

    @api.model
    def _remember(self, topic, read):
        """Return what ``read()`` finds of the caller, once a minute and transaction.

        Gates and rules ask the same few questions many times in a request.  A
        transaction that is rolled back forgets the answers: the next one may
        come after a delegation was revoked.
        """
        cr = self.env.cr
        memory = cr.cache.get(_MEMORY)
        if memory is None:
            memory = cr.cache[_MEMORY] = {}
            cr.prerollback.add(lambda: cr.cache.pop(_MEMORY, None))
        key = (topic, self.env.uid, clock.now().replace(second=0))
        if key not in memory:
            memory[key] = read()
        return memory[key]

    @api.model
    def _sync_positions(self, positions):
        """Derive the rows of the given posts anew."""
        vals_list = []
        for position in positions.sudo():
            span = {
                "user_id": position.user_id.id,
                "position_id": position.id,
                "valid_from": _day_start(position.date_from),
                "valid_to": position.date_to
                and _day_start(position.date_to + timedelta(days=1)),
            }
            vals_list += [
                span | {"principal": number}
                for number in self._principals_of_position(position)
            ]
        self._replace("position_id", positions, vals_list)

    def _principals_of_position(self, position):
        """Yield what a post gives sight of."""
        if position.role == "administrator":
            # Administers, and reads no documents (R35).
            return
        yield principal(STAFF, self._staff_number(position.user_id, position.unit_id))
        if position.role in ("head", "clerk", "chief_of_office"):
            yield principal(UNIT, position.unit_id.id)
            if position.role == "head":
                yield principal(HEAD, position.unit_id.id)
        elif position.role == "deputy":
            for field in position.field_ids:
                if field.unit_id == position.unit_id:
                    yield principal(FIELD, field.id)

    @api.model
    def _principals_of_unit(self, unit):
        """Return the principals through which a unit's head sees, as a set."""
        return {
            principal(UNIT, unit.id),
            principal(HANDLING, unit.id),
            principal(HEAD, unit.id),
        }

    @api.model
    def _staff_number(self, user, unit):
        """Return the number that names a person as staff of a unit, or ``None``.

        It is the id of their first post there, whether or not they still hold one.
        """
        posts = self.env["qlvb.position"].sudo()
        first = posts.search(
            [
                ("user_id", "=", user.id),
                ("unit_id", "=", unit.id),
                ("role", "!=", "administrator"),
            ],
            order="id",
            limit=1,
        )
        return first.id or None

    @api.model
    def _sync_units(self, units):
        """Derive the rows of the units' own accounts anew."""
        self._replace(
            "unit_id",
            units,
            [
                {
                    "user_id": unit.account_user_id.id,
                    "unit_id": unit.id,
                    "principal": principal(UNIT, unit.id),
                }
                for unit in units.sudo()
                if unit.account_user_id and unit.active
            ],
        )

    @api.model
    def _sync_delegations(self, delegations):
        """Derive the rows of the given delegations anew."""
        vals_list = [
            {
                "user_id": delegation.delegate_id.id,
                "delegation_id": delegation.id,
                "principal": principal(kind, delegation.unit_id.id),
                "valid_from": delegation.begins_at,
                "valid_to": delegation.ends_at,
            }
            for delegation in delegations.sudo()
            if delegation.state == "active"
            for subject, kind in _HANDLED.items()
            if delegation.subject in ("all", subject)
        ]
        self._replace("delegation_id", delegations, vals_list)


def _day_start(day):
    """Return the first moment of a day in Hà Nội, in UTC."""
    return clock.to_utc(datetime.combine(day, time.min))
