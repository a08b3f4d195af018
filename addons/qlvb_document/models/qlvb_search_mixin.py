from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib.symbols import symbol_key, word_key


class QlvbSearchMixin(models.AbstractModel):
    """A paper that people look for by whatever they remember of it.

    Symbol, issuer and subject stand folded in one column under one trigram
    index: without marks, one space between words, a space at either end.
    """

    _name = "qlvb.search.mixin"
    _description = "Paper that is Looked for"

    search_text = fields.Text(
        "Search",
        compute="_compute_search_text",
        search="_search_search_text",
        store=True,
        precompute=True,
        copy=False,
        export_string_translation=False,
    )

    _search_index = models.Index("USING gin (search_text gin_trgm_ops)")

    @api.depends("reference", "issuer", "summary")
    def _compute_search_text(self):
        for document in self:
            words = [
                symbol_key(document.reference or ""),
                word_key(document.issuer or ""),
                word_key(document.summary or ""),
            ]
            document.search_text = f" {' '.join(filter(None, words))} "

    def _search_search_text(self, operator, value):
        """Find by number, symbol in any spelling, issuer and subject, without marks."""
        if operator == "in" and all(isinstance(item, str) for item in value):
            return Domain.OR(self._words_domain(item) for item in value)
        if operator in ("like", "ilike") and isinstance(value, str):
            return self._words_domain(value)
        return NotImplemented

    @api.model
    def _words_domain(self, value):
        """Return the domain of documents in which what was typed is found.

        What begins with a digit, also after the word "số", is taken as a symbol
        and found as one piece; other words may stand anywhere.  Every word matches
        from its beginning.
        """
        symbol = symbol_key(value)
        if not symbol:
            return Domain.TRUE
        pieces = [symbol] if symbol[0].isdigit() else word_key(value).split()

        def to_sql(model, alias, query):
            column = SQL.identifier(
                alias, "search_text", to_flush=model._fields["search_text"]
            )
            return SQL(" AND ").join(
                SQL("%s LIKE %s", column, f"% {piece}%") for piece in pieces
            )

        found = Domain.custom(to_sql=to_sql)
        if "number" in self._fields and symbol.isdigit() and len(symbol) < 9:
            found |= Domain("number", "=", int(symbol))
        return found
