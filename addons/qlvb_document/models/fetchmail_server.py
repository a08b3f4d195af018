from odoo import api, fields, models
from odoo.exceptions import AccessError

_OPEN = frozenset(
    {
        "name",
        "active",
        "server_type",
        "server",
        "port",
        "is_ssl",
        "user",
        "new_password",
        "priority",
    }
)
_WHERE = frozenset({"server_type", "server", "port", "is_ssl", "user"})


class FetchmailServer(models.Model):
    """A mailbox that is emptied for the units.

    Kept by the technical administrator, whom every change names in the journal.
    The password is entered and never read back by anybody; it goes when the
    mailbox is pointed elsewhere, so that it is not shown to another server.  What
    core can do besides (make records of any model, keep the whole mail) is off.
    """

    _inherit = "fetchmail.server"

    password = fields.Char(groups=fields.NO_ACCESS)
    new_password = fields.Char(
        "Password of the mailbox",
        compute="_compute_new_password",
        inverse="_inverse_new_password",
        help="Entered once and never shown again",
    )

    def _compute_new_password(self):
        self.new_password = False

    def _inverse_new_password(self):
        for server in self:
            if server.new_password:
                # Superuser: nobody reads or writes the field itself.
                server.sudo().password = server.new_password

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_more(vals)
        servers = super().create(vals_list)
        self.env["qlvb.journal"]._log("mailbox_created", servers)
        return servers

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._refuse_more(vals)
        moved = any(
            vals.get(name, server[name]) != server[name]
            for server in self
            for name in _WHERE
        )
        result = super().write(vals)
        if moved:
            self._forget(vals)
        self.env["qlvb.journal"]._log(
            "mailbox_changed", self, data={"fields": sorted(vals)}
        )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_journalled(self):
        self.env["qlvb.journal"]._log("mailbox_removed", self)

    def _forget(self, vals):
        """Have a mailbox that was pointed elsewhere tested anew, with its password."""
        changes = {"state": "draft"}
        if not vals.get("new_password"):
            changes["password"] = False
        self.sudo().write(changes)

    @api.model
    def _refuse_more(self, vals):
        """Raise where ``vals`` hold more than a mailbox needs here.

        :raises AccessError: naming the fields
        """
        more = set(vals.keys() - _OPEN)
        if vals.get("server_type") == "local":
            more.add("server_type")
        if self.env.su or not more:
            return
        labels = [self._fields[n].string for n in sorted(more) if n in self._fields]
        raise AccessError(
            self.env._(
                "Not to be set on a mailbox: %(fields)s.", fields=", ".join(labels)
            )
        )

    def button_confirm_login(self):
        """Test the mailbox and begin to empty it.

        :raises AccessError: the caller keeps no mailboxes
        :raises UserError: in the mail server's own words
        """
        self.check_access("write")
        result = super(FetchmailServer, self.sudo()).button_confirm_login()
        self.env["qlvb.journal"]._log("mailbox_opened", self)
        return result

    def set_draft(self):
        """Stop emptying the mailbox.

        :raises AccessError: the caller keeps no mailboxes
        """
        self.check_access("write")
        result = super(FetchmailServer, self.sudo()).set_draft()
        self.env["qlvb.journal"]._log("mailbox_stopped", self)
        return result

    @api.model
    def _update_cron(self):
        # Superuser: whoever keeps mailboxes does not keep the schedule.
        return super(FetchmailServer, self.sudo())._update_cron()
