"""Databases: templates keyed on what they are made from, clones, upgrades on a copy.

A database appears under its name in one instant, whole: it is built under another
name and renamed at the end. Whatever was interrupted is thrown away and begun again.
"""

import json
import os
import shutil

from .conf import Conf
from .fingerprint import DEMO, Fingerprint, check_database_name
from .messages import Problem, say, step
from .odoo_run import run_odoo

BUNDLES = ("web.assets_web", "web.assets_frontend", "web.assets_frontend_minimal")
TEST_BUNDLES = ("web.assets_frontend_lazy", "web.assets_tests")
#: Builders write much and can be repeated: they need not wait for the disk.
HASTY = {"PGOPTIONS": "-c synchronous_commit=off"}
FACTS = "SELECT value FROM ir_config_parameter WHERE key = 'qlvb.launcher'"


class Databases:
    """The databases of one cluster, which must run.

    :param system: what is set up
    :param cluster: where
    """

    def __init__(self, system, cluster):
        self.system = system
        self.cluster = cluster
        self.conf = Conf(system, cluster)
        self.fingerprint = Fingerprint(system.home, system.odoo.version)

    def names(self):
        """Names of all databases there are."""
        rows = self.cluster.sql("SELECT datname FROM pg_database")
        return {row[0] for row in rows}

    def drop(self, name):
        """Delete a database with its files, whoever is connected."""
        self.cluster.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        filestore = self.conf.filestore(name)
        if filestore.is_symlink():
            filestore.unlink()
        shutil.rmtree(filestore, ignore_errors=True)

    def sweep(self):
        """Throw away what an interrupted set-up left half-built."""
        for name in self.names():
            if name.startswith("building_"):
                say(f"    note: an earlier set-up was interrupted; dropping its {name}")
                self.drop(name)

    # Templates

    def ensure_template(self, *, demo):
        """The template for the code as it is now; built when there is none yet.

        :param demo: with the demo's organisation and people
        :return: its name
        """
        name = self.fingerprint.template_name(demo=demo)
        present = self.names()
        if name in present:
            return name
        core = self._ensure_core(present)
        kind = "with the demo" if demo else "without the demo"
        with step(f"building the database's template {kind}") as current:
            building = self._begin(name, core)
            addons = self.fingerprint.addons(demo=demo)
            troubles = self._install(building, addons, current)
            self._finish(building, current, demo=demo)
            self._publish(building, name, troubles)
        self._forget_old("template_demo_" if demo else "template_empty_", name)
        return name

    def _ensure_core(self, present):
        """Odoo's own part, which changes seldom, is a template of its own."""
        name = self.fingerprint.core_name()
        if name in present:
            return name
        self.system.home.need_space(400, "the first database")
        with step("installing Odoo and Vietnamese into a first database") as current:
            building = self._begin(name, "template1")
            troubles = self._install(
                building,
                self.fingerprint.core_addons(),
                current,
                "--load-language=vi_VN",
            )
            self._publish(building, name, troubles)
        self._forget_old("template_core_", name)
        return name

    def _begin(self, name, source):
        building = f"building_{name}"
        self.drop(building)
        self._copy(source, building)
        self.system.home.log(name).unlink(missing_ok=True)
        return building

    def _install(self, building, addons, current, *options):
        """Install addons into a database being built.

        :return: the log's warnings and errors
        """
        if not addons:
            return []
        troubles = self._odoo(building, current, "-i", ",".join(addons), *options)
        rows = self.cluster.sql(
            "SELECT name FROM ir_module_module WHERE state = 'installed'", building
        )
        missing = set(addons) - {row[0] for row in rows}
        if missing:
            raise Problem(
                f"Odoo did not install {', '.join(sorted(missing))}",
                f"see {self._log(building)}",
            )
        return troubles

    def _odoo(self, database, current, *arguments):
        command = self.system.odoo_command(
            *("-c", self.conf.write(database), "-d", database),
            *("--stop-after-init", "--no-http", *arguments),
        )
        return run_odoo(
            command,
            env=self.system.environment(self.cluster, **HASTY),
            log=self._log(database),
            step=current,
            what="installing the addons",
        )

    def _finish(self, database, current, *, demo, password=True):
        """The account's random password, what it was made from, the page's assets."""
        home = self.system.home
        current.tell("page assets")
        bundles = BUNDLES + (TEST_BUNDLES if self.cluster.is_test else ())
        facts = {
            "odoo": self.system.odoo.version,
            "addons": self.fingerprint.checksums_of(demo=demo),
        }
        more = {"QLVB_FACTS": json.dumps(facts), "QLVB_BUNDLES": " ".join(bundles)}
        if password:
            more["QLVB_ADMIN_PASSWORD"] = home.secret("admin-password")
        run_odoo(
            self.system.odoo_command(
                *("shell", "-c", self.conf.write(database), "-d", database),
                *("--no-http", "--shell-interface", "python"),
            ),
            env=self.system.environment(self.cluster, **HASTY, **more),
            log=self._log(database),
            step=current,
            what="finishing the database",
            script=home.checkout / "launcher" / "scripts" / "finish_database.py",
        )
        current.tell("")

    def _log(self, database):
        return self.system.home.log(database.removeprefix("building_"))

    def _publish(self, building, name, troubles=()):
        """Give a finished database its name: the instant from which it exists."""
        target = self.conf.filestore(name)
        shutil.rmtree(target, ignore_errors=True)
        source = self.conf.filestore(building)
        source.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        warnings = self.warnings_file(name)
        warnings.write_text("".join(f"{line}\n" for line in troubles), encoding="utf-8")
        self.cluster.sql(f'ALTER DATABASE "{building}" RENAME TO "{name}"')

    def warnings_file(self, template):
        """The warnings that Odoo logged while a template was built."""
        return self.system.home.log(template).with_suffix(".warnings")

    def _forget_old(self, prefix, keep):
        for name in self.names():
            if name.startswith(prefix) and name != keep:
                self.drop(name)
                self.system.home.log(name).unlink(missing_ok=True)
                self.warnings_file(name).unlink(missing_ok=True)

    # Clones

    def _copy(self, source, target):
        self.cluster.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        folder = self.conf.filestore(target)
        shutil.rmtree(folder, ignore_errors=True)
        if self.conf.filestore(source).exists():
            # Odoo never changes a stored file, so both may share it.
            shutil.copytree(self.conf.filestore(source), folder, copy_function=os.link)

    def clone(self, template, name):
        """Make a database of its own from a template, dropping one of that name."""
        building = f"cloning_{name}"
        self.drop(building)
        self.drop(name)
        self._copy(template, building)
        # What tells this database from its siblings, as Odoo sets it at creation.
        self.cluster.sql(
            "UPDATE ir_config_parameter SET value = gen_random_uuid()"
            " WHERE key IN ('database.uuid', 'database.secret')",
            building,
        )
        self._publish(building, name)
        self.warnings_file(name).unlink()

    # The users' database

    def ensure(self, name, *, demo):
        """The users' database: made when there is none, else brought up to the code.

        :param demo: with the demo, when it is made now
        :raises Problem: addons are missing, or the upgrade fails; the database is then
            as it was
        """
        check_database_name(name)
        self.sweep()
        if name not in self.names():
            template = self.ensure_template(demo=demo)
            with step(f"making the database {name}"):
                self.clone(template, name)
            return
        has_demo = DEMO in self._installed(name)
        if demo and not has_demo and DEMO in self.fingerprint.manifests:
            say(f"    note: database {name} was made without the demo and stays so")
        if has_demo and not demo:
            say(
                f"    note: database {name} holds the demo; for an empty one beside it:"
                " QLVB_DB=another ./qlvb run --empty"
            )
        self._upgrade(name, has_demo)

    def _installed(self, name):
        rows = self.cluster.sql(
            "SELECT name FROM ir_module_module WHERE state = 'installed'"
            " AND name LIKE 'qlvb%'",
            name,
        )
        return {row[0] for row in rows}

    def _changes(self, name, demo):
        """What Odoo must be told to bring a database up to the code: its options."""
        rows = self.cluster.sql(FACTS, name)
        facts = json.loads(rows[0][0]) if rows else {}
        wanted = self.fingerprint.checksums_of(demo=demo)
        installed = self._installed(name)
        lost = installed - wanted.keys()
        if lost:
            raise Problem(
                f"database {name} holds {', '.join(sorted(lost))}, which are not here",
                "use the checkout that made it, or another database (QLVB_DB=…)",
            )
        new = [a for a in wanted if a not in installed]
        then = facts.get("addons", {})
        changed = [a for a in wanted if a in installed and wanted[a] != then.get(a)]
        if facts.get("odoo") != self.system.odoo.version:
            changed = ["all"]
        options = ["-u", ",".join(changed)] if changed else []
        return options + (["-i", ",".join(new)] if new else [])

    def _upgrade(self, name, demo):
        """Upgrade a copy, then give it the name: a failure leaves all as it was."""
        options = self._changes(name, demo)
        if not options:
            return
        building = f"building_{name}"
        rows = self.cluster.sql(f"SELECT pg_database_size('{name}')")
        self.system.home.need_space(int(rows[0][0]) // 2**20 + 200, "the upgrade")
        with step(f"upgrading the database {name} ({' '.join(options)})") as current:
            self.cluster.sql(f'CREATE DATABASE "{building}" TEMPLATE "{name}"')
            # Files are only ever added to: the copy adds to the original's own.
            self.conf.filestore(building).symlink_to(self.conf.filestore(name))
            self._odoo(building, current, *options)
            self._finish(building, current, demo=demo, password=False)
            old = f"building_old_{name}"
            self.cluster.sql(
                f'ALTER DATABASE "{name}" RENAME TO "{old}";'
                f'ALTER DATABASE "{building}" RENAME TO "{name}"'
            )
            self.drop(old)
            self.conf.filestore(building).unlink()
