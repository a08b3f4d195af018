from markupsafe import Markup

from odoo import models


class QlvbAccountRequest(models.Model):
    """Who is told of a request, and when: one line in the inbox, no letter by mail."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "qlvb.account.request"

    def _tell_chairman(self):
        """Tell the chairman that a request waits for them."""
        posts = self.env["qlvb.position"]._current(None, None, ("head",))
        chairs = posts.filtered(lambda post: post._is_chair())
        self._tell(
            chairs.user_id,
            lambda env: env._("A request about accounts waits for your decision."),
        )

    def _tell_office(self, outcome):
        """Tell who submitted it, and the Chief of Office, what became of it.

        :param outcome: ``approved``, ``refused``, ``done`` or ``failed``
        """
        request = self.sudo()
        words = {
            "approved": lambda env: env._(
                "Approved. The system carries it out on %(day)s.",
                day=request.effective_date.strftime("%d/%m/%Y"),
            ),
            "refused": lambda env: env._(
                "Refused: %(reason)s", reason=request.refusal or ""
            ),
            "done": lambda env: env._("Approved and carried out."),
            "failed": lambda env: env._(
                "Approved, but not carried out: %(reason)s", reason=request.failure
            ),
        }[outcome]
        chief = self.env["qlvb.position"]._current(None, None, ("chief_of_office",))
        self._tell(request.submitted_by_id | chief.user_id, words)

    def _tell(self, people, words):
        """Put a line into the inboxes of those of the people who read the request.

        :param words: takes the environment of a reader's language, returns the line
        """
        for person in people.sudo().filtered("active"):
            if not self.with_user(person).has_access("read"):
                continue
            # Superuser: the sender need not be able to name those who are told.
            request = self.sudo().with_context(lang=person.lang)
            self.env["mail.thread"].sudo().message_notify(
                model=self._name,
                res_id=self.id,
                partner_ids=person.partner_id.ids,
                author_id=self.env.user.partner_id.id,
                subject=request.display_name,
                body=Markup("<p>%s</p>") % words(request.env),
            )
