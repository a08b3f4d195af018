from odoo import models


class QlvbDocumentClimb(models.AbstractModel):
    """The way up of a draft: its stations one after the other, the signer at last.

    Who they are follows from who drafts and issues it, and from its kind (NĐ 30,
    Articles 11 and 12); ``qlvb.review`` holds what each found.
    """

    _name = "qlvb.document.climb"
    _description = "Draft on its Way Up"

    def _station(self):
        """Return the station on the way up at which the draft is, in the caller's env.

        Superuser: that a draft is not before somebody is all they are told.
        """
        stations = self.sudo().review_ids
        now = stations.filtered(lambda review: review.state == "current")[:1]
        return now.sudo(False)

    def _way_up(self):
        """Return the stations that the draft passes, in order, as values.

        The head of the drafting unit for content; the Office of the issuing
        committee for form; by kind whoever the house has set; units that the drafter
        asks; the signer at last.
        """
        document = self.sudo()
        issuer, drafting = document.unit_id, document.drafting_unit_id
        stations = [(0, "content", drafting)]
        if issuer != drafting:
            offices = issuer.child_ids.filtered(
                lambda unit: unit.kind == "office" and unit.active
            )
            stations += [(20, "form", unit) for unit in offices]
        stations += [
            (step.sequence, step.aspect, step.reviewer_id)
            for step in self.env["qlvb.review.step"]._for_document(document)
        ]
        stations += [(40, "cosign", unit) for unit in document.cosign_unit_ids]
        ordered, passed = [], set()
        for _place, aspect, unit in sorted(stations, key=lambda station: station[0]):
            if unit.id not in passed:
                passed.add(unit.id)
                ordered.append({"aspect": aspect, "unit_id": unit.id})
        post = document._posts_of_signer()[:1]
        signer = {
            "aspect": "sign",
            "unit_id": (post.unit_id or issuer).id,
            "user_id": document.signer_id.id,
        }
        return [*ordered, signer]

    def _go_on(self):
        """Let it be the next station's turn, and tell whoever that is."""
        stations = self.sudo().review_ids.filtered(
            lambda review: review.state == "waiting"
        )
        following = stations.sorted("sequence")[:1]
        if not following:
            if self.sudo().state == "signed":
                self._tell(self._clerks(), self.env._("Signed: to be numbered."))
            return
        following._begin()
        signs = following.aspect == "sign"
        # Which of the two follows an approval is for the list of stations to say.
        state = "signing" if signs else "review"
        self._through_gate().write({"state": state, **self._from_now()})
        signed = self.env._("To be signed by you.")
        self._tell(
            following._people(),
            signed if signs else self.env._("To be reviewed by you."),
        )

    def _end_round(self):
        """Let the stations not yet reached lapse."""
        left = self.sudo().review_ids.filtered(
            lambda review: review.state in ("waiting", "current")
        )
        left.write({"state": "cancelled"})

    def _writers(self):
        """Return whose the draft is to mend: its drafter's, or who takes it over.

        Of a drafter who has left the unit its head and clerks are told.
        """
        document = self.sudo()
        unit, positions = document.drafting_unit_id, self.env["qlvb.position"]
        if positions._current(document.drafter_id, unit):
            return document.drafter_id
        posts = positions._current(None, unit, ("head", "clerk"))
        return posts.user_id | unit.account_user_id

    def _clerks(self):
        """Return the clerks who number documents of the issuing unit."""
        unit = self.sudo().unit_id
        posts = self.env["qlvb.position"]._current(None, unit, ("clerk",))
        return posts.user_id | unit.account_user_id

    def _tell(self, people, words):
        """Put a line into the inboxes of those of the people who see the document.

        Whoever has left in the meantime hinders nobody's act.
        """
        # Superuser: the sender need not be able to name those who are told.
        document = self.sudo()
        told = people.sudo() & document._users_with_sight()
        document.message_notify(
            partner_ids=told.partner_id.ids,
            subject=document.display_name,
            body=words,
        )
