"""The launcher: sets the system up, runs it, tests it. Standard library only.

It is what `./qlvb` calls, and must run on the bare Python of Debian 12 before
anything else is there, so nothing here may import a library or Odoo.
"""
