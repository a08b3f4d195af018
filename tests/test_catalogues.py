"""The catalogues hold what the code and the views say now."""

import os
import subprocess

import polib
import pytest
from sources import ADDONS, manifests

from launcher.conf import Conf

TRANSLATED = [name for name in manifests() if (ADDONS / name / "i18n").is_dir()]


@pytest.fixture(scope="module")
def exported(system, databases, template, tmp_path_factory):
    """A function that exports an addon's template from a fresh database."""
    name = f"qlvb_catalogues_{os.getpid()}"
    databases.clone(template, name)
    conf = Conf(system, databases.cluster).write(name)
    folder = tmp_path_factory.mktemp("catalogues")

    def export(addon):
        path = folder / f"{addon}.pot"
        command = ["i18n", "export", "-c", conf, "-d", name, "-l", "pot", "-o", path]
        done = subprocess.run(
            system.odoo_command(*command, addon),
            env=system.environment(databases.cluster),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return polib.pofile(str(path))

    yield export
    databases.drop(name)


@pytest.mark.parametrize("addon", TRANSLATED)
def test_template_is_up_to_date(exported, addon):
    path = ADDONS / addon / "i18n" / f"{addon}.pot"
    assert path.exists(), f"{path.name} is missing"
    kept = polib.pofile(str(path))
    now = {entry.msgid for entry in exported(addon)}
    then = {entry.msgid for entry in kept}
    assert now, "nothing was exported"
    assert now - then == set(), "new texts; export the .pot again and translate them"
    assert then - now == set(), "texts that are gone; export the .pot again"
