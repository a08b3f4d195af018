"""Run Odoo to its end: its log goes to a file, its progress to the step under way."""

import re
import subprocess

from .messages import Problem

LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
TROUBLE = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")


def run_odoo(command, *, env, log, step, what, script=None):
    """Run one Odoo command and watch its log.

    :param log: file that gets everything
    :param step: the step whose detail follows the modules being loaded
    :param script: file fed to standard input
    :return: the log's lines of level WARNING and above
    :raises Problem: when Odoo fails, with its last words
    """
    troubles = []
    last = []
    with (
        open(log, "a", encoding="utf-8") as stream,
        subprocess.Popen(
            [str(part) for part in command],
            stdin=open(script, encoding="utf-8") if script else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=env,
        ) as odoo,
    ):
        for line in odoo.stdout:
            stream.write(line)
            if found := LOADING.search(line):
                step.tell("{1}/{2} {0}".format(*found.groups()))
            if TROUBLE.match(line):
                troubles.append(line.rstrip())
            last = [*last[-7:], line.rstrip()]
    if odoo.returncode:
        tail = "\n    ".join(last)
        raise Problem(
            f"{what} failed (code {odoo.returncode}):\n    {tail}",
            f"the whole log is in {log}",
        )
    return troubles
