"""``./qlvb bench --dossiers``: the board over 1,000, 20,000 and 200,000 dossiers.

A specialist who sees the dossiers of their own hands alone, a unit's head, and the
chairman who sees all; the same calls, and how they grow.
"""

import json
from datetime import datetime

from . import dossier_cases
from .dossiers import Dossiers
from .ground import DATABASE, superuser
from .measure import TIMES, machine, median
from .office import read_office, today
from .server import Client, Server
from .verify import SAMPLE, _recomputed, _sample

SIZES = (1_000, 20_000, 200_000)
ROLES = ("few", "specialist", "head", "chairman")
HEADINGS = {"few": "sees three"}


def run(ground, size, progress, *, keep=False):
    """Fill a database with ``size`` dossiers and measure it.

    :return: dict of ``sees``, ``open`` (dossiers by role) and ``http`` (case → role →
        Cost), or ``None`` where the rows are not what the acts would leave
    """
    if not keep or ground.size_of_present() != -size:
        _fill(ground, size, progress)
    with superuser() as env:
        office = read_office(env)
        found = [*_complaints(env)]
        for complaint in found:
            print(f"✗ {complaint}")
        if found:
            return None
        users = _users(office)
        dossiers = env["qlvb.dossier"]
        result = {"sees": {}, "open": {}, "http": {}}
        for role, user in users.items():
            seen = dossiers.with_user(user)
            result["sees"][role] = seen.search_count([])
            result["open"][role] = seen.search_count(dossier_cases.OPEN)
        cases = dossier_cases.reading(env)
        with Server(ground.conf, ground.results / "server.log") as server:
            clients = {
                role: Client(server, office.logins[user])
                for role, user in users.items()
            }
            for case in cases:
                progress(f"{size:,}: {case.name}", always=True)
                result["http"][case.name] = {
                    role: _time(client, case) for role, client in clients.items()
                }
            forms = result["http"]["open a form"] = {}
            for role, user in users.items():
                seen = dossiers.with_user(user).search([], limit=1)
                case = dossier_cases.opening(env(user=user), seen.id)
                forms[role] = _time(clients[role], case)
        result["machine"] = machine(ground)
    return result


def _fill(ground, size, progress):
    from odoo.modules.registry import Registry

    progress(f"making a database for {size:,} dossiers", always=True)
    Registry.delete(DATABASE)
    ground.create()
    with superuser() as env:
        connection = ground.connect()
        try:
            filler = Dossiers(env, connection, read_office(env), progress)
            filler.fill(size, today())
        finally:
            connection.close()
    # Below nought: so many dossiers, not documents.
    ground.mark_filled(-size)


def _users(office):
    busy = office.others[4]
    known = set(busy.specialists) - office.watchers.kept_apart
    return {
        "few": office.watchers.old,
        "specialist": sorted(known)[0],
        "head": busy.head,
        "chairman": office.committee.head,
    }


def _complaints(env):
    """Tell where the rows are not what the acts would have left, on a sample."""
    dossiers = env["qlvb.dossier"]
    yield from _recomputed(dossiers)
    yield from _recomputed(env["qlvb.assignment"])
    newest = dossiers.search(dossier_cases.OPEN, limit=SAMPLE // 2)
    for dossier in _sample(dossiers) | newest:
        state, stays = dossier.state, dossier.stay_ids
        still_open = stays.filtered(lambda stay: not stay.date_to)
        changes = dossier._prepare_hands()
        dossier._follow_assignments()
        after = dossier.stay_ids.filtered(lambda stay: not stay.date_to)
        if (changes, dossier.state, after) != ({}, state, still_open):
            yield (
                f"dossier {dossier.id} at {state}: the acts would leave"
                f" {dossier.state}, {changes}, {after.mapped('step')}"
                f" instead of {still_open.mapped('step')}"
            )
    env.cr.rollback()


def _time(client, case):
    costs = []
    for _ in range(TIMES + 1):
        _result, cost = client.call(
            case.model,
            case.method,
            *case.arguments,
            **case.options,
            context=case.context,
        )
        costs.append(cost)
    return median(costs[1:])


def table(results):
    """Return the lines of the table: each case by size and role, and its growth."""
    sizes = list(results)
    last = results[sizes[-1]]
    facts = ", ".join(f"{name} {value}" for name, value in last["machine"].items())
    yield f"dossiers; {facts}"
    yield "ms over HTTP, median of seven (queries); last: how many times the smallest"
    for role in ROLES:
        yield ""
        label = HEADINGS.get(role, role)
        yield _line(label, [f"{size:,}" for size in sizes])
        for what in ("sees", "open"):
            yield _line(what, [f"{results[size][what][role]:,}" for size in sizes])
        for name in last["http"]:
            costs = [results[size]["http"][name][role] for size in sizes]
            cells = [f"{cost.total:.0f} ({cost.queries:.0f})" for cost in costs]
            growth = costs[-1].total / costs[0].total
            yield _line(name, [*cells, f"×{growth:.1f}"])


def _line(name, cells):
    return f"{name:27}" + "".join(f"{cell:>14}" for cell in cells)


def write(folder, results):
    """Write the figures.

    :return: the file's path
    """
    path = folder / f"{datetime.now():%Y-%m-%d-%H%M%S}-dossiers.json"
    plain = {
        size: result
        | {
            "http": {
                name: {role: cost._asdict() for role, cost in roles.items()}
                for name, roles in result["http"].items()
            }
        }
        for size, result in results.items()
    }
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path
