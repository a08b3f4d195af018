"""Papers, and people who act on them at the same instant."""

import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg2

#: Logins of clerks, each with a register of their own; two stand for units' accounts.
CLERKS = ("vanthu", "vt.noivu", "vt.vhtt")
PATIENCE = 120


def today():
    """The day it is in the office."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def values(rpc, reference, day=None, **more):
    """The values of a draft that is in order, to be entered by a clerk."""
    day = str(day or today())
    if not hasattr(rpc, "type_id"):
        found = rpc.call(
            "qlvb.document.type", "search", [("code", "=", "TTr")], limit=1
        )
        (rpc.type_id,) = found
    return {
        "direction": "in",
        "issuer": "Sở Nội vụ",
        "reference": reference,
        "document_date": day,
        "received_date": day,
        "summary": "Về việc kiểm tra công tác văn thư, lưu trữ",
        "type_id": rpc.type_id,
    } | more


def enter(rpc, count=1, day=None):
    """Enter drafts as a clerk does.

    :return: their ids
    """
    rows = [values(rpc, f"{number}/TTr-SNV", day) for number in range(1, count + 1)]
    return rpc.call("qlvb.document", "create", rows)


def register(rpc, paper_id):
    """Register a paper and tell its number."""
    rpc.call("qlvb.document", "action_register", [paper_id])
    return rpc.call("qlvb.document", "read", [paper_id], ["number"])[0]["number"]


def together(*jobs):
    """Do several things at the same instant.

    :param jobs: functions without arguments
    :return: what each gave, or the exception with which it ended
    """
    start = threading.Barrier(len(jobs))
    results = [None] * len(jobs)

    def work(index, job):
        try:
            start.wait(PATIENCE)
            results[index] = job()
        except Exception as error:
            results[index] = error

    threads = [
        threading.Thread(target=work, args=pair, daemon=True)
        for pair in enumerate(jobs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results


def failures(results):
    """Those of the results that are exceptions, as text."""
    return [repr(result) for result in results if isinstance(result, Exception)]


def query(dsn, statement, *arguments):
    """Rows of a statement, on a connection of its own."""
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cr:
            cr.execute(statement, arguments)
            return cr.fetchall()
    finally:
        connection.close()


def unsound_registers(dsn):
    """Every register with a gap, a double, or a counter that lies.

    A number stands for a document, or is reserved and not used.
    """
    return query(
        dsn,
        """SELECT r.id, r.last_number, count(n.number), count(DISTINCT n.number),
                  min(n.number), max(n.number)
           FROM qlvb_register r LEFT JOIN (
               SELECT register_id, number FROM qlvb_document
               WHERE number > 0 AND COALESCE(number_suffix, '') = ''
               UNION ALL
               SELECT register_id, number FROM qlvb_register_entry
               WHERE kind = 'reserved' AND used_at IS NULL
           ) n ON n.register_id = r.id
           GROUP BY r.id
           HAVING NOT (
               r.last_number - GREATEST(r.opening_number, 1) + 1 = count(n.number)
               AND count(n.number) = count(DISTINCT n.number)
               AND COALESCE(max(n.number), r.last_number) = r.last_number
               AND COALESCE(min(n.number), 1) >= GREATEST(r.opening_number, 1))""",
    )


def times_registered(dsn, paper_ids):
    """How often the journal holds the registration of each paper."""
    rows = query(
        dsn,
        """SELECT res_id, count(*) FROM qlvb_journal
           WHERE event = 'registered' AND res_model = 'qlvb.document'
             AND res_id = ANY(%s) GROUP BY res_id""",
        list(paper_ids),
    )
    return dict(rows)
