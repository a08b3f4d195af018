"""Loading much at once: without indexes, keys and triggers, and all of them after.

Foreign keys and unique indexes are built anew over what was loaded, so the database
itself proves that every reference holds and no number stands twice.
"""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg2

NULL = "\\N"
_CHUNK = 1 << 20


class CopyStream(io.RawIOBase):
    """Lines of an iterator, read as a file by COPY."""

    def __init__(self, lines):
        self._lines = iter(lines)
        self._rest = b""

    def readable(self):
        return True

    def read(self, size=-1):
        """Return the next lines, about ``size`` bytes of them."""
        wanted = _CHUNK if size < 0 else size
        parts, length = [self._rest], len(self._rest)
        for line in self._lines:
            encoded = line.encode()
            parts.append(encoded)
            length += len(encoded)
            if length >= wanted:
                break
        data = b"".join(parts)
        self._rest = data[wanted:]
        return data[:wanted]


def copy(cr, table, columns, lines):
    """Send lines of tab-separated values to a table."""
    names = ", ".join(f'"{name}"' for name in columns)
    cr.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', CopyStream(lines), _CHUNK)


def line(*values):
    """Return one line for COPY: ``None`` is NULL."""
    return "\t".join(NULL if v is None else str(v) for v in values) + "\n"


@contextmanager
def stripped(connection, tables, progress):
    """Take indexes, foreign keys and triggers off the tables, and put them back.

    :param connection: in autocommit; its role owns the tables
    :param progress: called with a word on what is being done
    """
    cr = connection.cursor()
    # Somebody else's open transaction would make this wait for ever.
    cr.execute("SET lock_timeout = '20s'")
    names = list(tables)
    cr.execute(
        """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
           FROM pg_constraint
           WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
           ORDER BY 1, 2""",
        (names,),
    )
    keys = cr.fetchall()
    cr.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
           FROM pg_index i WHERE i.indrelid::regclass::text = ANY(%s)
             AND NOT i.indisprimary
             AND NOT EXISTS (SELECT FROM pg_constraint
                             WHERE conindid = i.indexrelid AND contype IN ('u', 'x'))
           ORDER BY pg_get_indexdef(i.indexrelid) LIKE '%%USING gin%%' DESC, 1""",
        (names,),
    )
    indexes = cr.fetchall()
    for table, name, _definition in keys:
        cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {name}")
    for table in names:
        cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in names:
        cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    _build_indexes(connection.dsn, indexes, progress)
    for number, (table, name, definition) in enumerate(keys, 1):
        progress(f"foreign keys {number}/{len(keys)}")
        cr.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _build_indexes(dsn, indexes, progress):
    """Build the indexes, two at a time, the slow ones first."""
    built = []

    def build(index):
        name, definition = index
        other = psycopg2.connect(dsn)
        try:
            other.autocommit = True
            with other.cursor() as cr:
                cr.execute("SET maintenance_work_mem = '1GB'")
                cr.execute("SET max_parallel_maintenance_workers = 0")
                cr.execute(definition)
        finally:
            other.close()
        built.append(name)
        progress(f"indexes {len(built)}/{len(indexes)} ({name})")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(build, indexes))


class Progress:
    """What is being done, on one line each, not oftener than every five seconds."""

    def __init__(self, say):
        self._say = say
        self._began = time.monotonic()
        self._last = 0.0

    def __call__(self, text, *, always=False):
        now = time.monotonic()
        if always or now - self._last >= 5:
            self._last = now
            self._say(f"  {now - self._began:6.1f} s  {text}")
