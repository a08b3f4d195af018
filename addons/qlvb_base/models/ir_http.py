from contextlib import suppress

import psycopg2
from psycopg2 import errors
from psycopg2.pool import PoolError

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

# Odoo has tried again several times before it lets one of these out.
_HELD_BY_OTHERS = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)


class IrHttp(models.AbstractModel):
    """What the database says when it is interrupted, in words for people.

    Odoo hands out the driver's own text.  Where the connection is gone it even
    fails a second time, while it closes the cursor, and loses what was to be
    said.
    """

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        if request.dispatcher.routing_type == "http":
            # A page or a file: Odoo's own error pages are there for these.
            return super()._handle_error(exception)
        return super()._handle_error(cls._explain_interruption(exception))

    @classmethod
    def _explain_interruption(cls, exception):
        """Return the error that people read in the place of the driver's.

        :param exception: what came out of the request
        :return: a ``UserError`` where the database was interrupted or kept busy,
            else the exception itself
        """
        env = request.env
        if isinstance(exception, _HELD_BY_OTHERS):
            explained = UserError(
                env._(
                    "Somebody else is working on the same thing at this moment. "
                    "Nothing was changed: try again."
                )
            )
        elif isinstance(exception, PoolError):
            explained = UserError(
                env._("Too many people are working at once. Try again in a moment.")
            )
        elif _is_connection_lost(exception):
            # Closed here, where its failure does no harm; the request would close
            # it later and report that failure instead of this one.
            with suppress(psycopg2.Error):
                env.cr.close()
            explained = UserError(
                env._(
                    "The database was interrupted, and it is not certain whether "
                    "the last act was done. Reload the page, and do it again where "
                    "it was not."
                )
            )
        elif isinstance(exception, psycopg2.DataError) or _holds_nul(exception):
            explained = UserError(
                env._(
                    "Something was sent that can neither be stored nor looked for: a "
                    "number that is too large, a word in the place of a number, or a "
                    "character that cannot be read. Correct it."
                )
            )
        else:
            return exception
        explained.__cause__ = exception
        return explained


def _holds_nul(exception):
    """Tell whether the driver refused a text for the character that ends texts."""
    return isinstance(exception, ValueError) and "NUL (0x00)" in str(exception)


def _is_connection_lost(exception):
    """Tell whether the connection to the database went away under the request.

    Then it bears no code of an SQL error, or one of the classes 08 (connection)
    and 57P (the server ends or was not up).
    """
    if not isinstance(exception, psycopg2.Error):
        return False
    code = exception.pgcode
    if isinstance(exception, psycopg2.InterfaceError):
        return True
    return not code or code.startswith(("08", "57P"))
