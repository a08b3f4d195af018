from .common import TODAY, OfficeCase


class AccountCase(OfficeCase):
    """The Office that prepares requests about accounts, and the chairman."""

    @classmethod
    def ask(cls, kind, *lines, user=None, **values):
        """Prepare a request as the clerk of the Office does; effective today."""
        return (
            cls.env["qlvb.account.request"]
            .with_user(user or cls.clerk)
            .create(
                {
                    "kind": kind,
                    "decision_number": "125/QĐ-UBND",
                    "decision_date": TODAY,
                    "effective_date": TODAY,
                    "line_ids": [(0, 0, line) for line in lines],
                    **values,
                }
            )
        )

    @classmethod
    def newcomer(cls, **values):
        """Return the values of a line that asks for an account."""
        return {
            "name": "Nguyễn Văn An",
            "login": "annv",
            "unit_id": cls.culture.id,
            "role": "specialist",
            "title": "Chuyên viên",
            **values,
        }

    def decide(self, request):
        """Submit a request as who prepared it, and approve it as the chairman."""
        request.action_submit()
        request.with_user(self.chairman).action_approve()
        self.env.invalidate_all()
        return request.sudo()

    def done(self, kind, *lines, **values):
        """Have a request prepared, approved and carried out."""
        request = self.decide(self.ask(kind, *lines, **values))
        self.assertFalse(request.failure)
        self.assertState(request, "done")
        return request

    def account(self, login):
        """Return the account of a login, closed ones too."""
        users = self.env["res.users"].with_context(active_test=False)
        return users.search([("login", "=", login)])

    def move(self, user, unit, **values):
        """Return the values of a line that moves a person out of ``unit``."""
        return {
            "user_id": user.id,
            "position_id": self.post_of(user, unit)[:1].id,
            "unit_id": self.justice.id,
            "role": "specialist",
            **values,
        }

    def inbox(self, user):
        """Return what came into a person's inbox, newest last."""
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", user.partner_id.id)], order="id"
        )
        return told.mail_message_id
