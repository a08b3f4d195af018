"""The program that fills in a Word template for ``docx_forms``: bounded, and alone.

Reads one line of JSON, the values, and then the template from standard input.
Writes one line of JSON, how it went, and then the filled-in file.  A template is
people's: its expressions run in Jinja's sandbox, on plain strings, without any
function, and are given so much time and memory and no more.  It is started by its
path and imports nothing of ours.
"""

import io
import json
import logging
import resource
import sys

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

MEMORY = 1_000_000_000
PROCESSOR_SECONDS = 10
MOST_BYTES = 30 * 1024 * 1024


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    values = json.loads(sys.stdin.buffer.readline())
    template = sys.stdin.buffer.read()
    result = b""
    try:
        result = render(template, values)
        answer = {"code": "fine" if len(result) <= MOST_BYTES else "heavy"}
    except UndefinedError as error:
        answer = {"code": "unknown", "detail": str(error)}
    except SecurityError as error:
        answer = {"code": "forbidden", "detail": str(error)}
    except TemplateError as error:
        answer = {"code": "syntax", "detail": str(error)}
    except (MemoryError, RecursionError, OverflowError):
        answer = {"code": "heavy"}
    except Exception:
        # Whatever a broken file does to its reader.
        answer = {"code": "odd"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    if answer["code"] == "fine":
        sys.stdout.buffer.write(result)


def render(template, values):
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True
    )
    environment.globals.clear()
    document = DocxTemplate(io.BytesIO(template))
    document.render(values, jinja_env=environment, autoescape=True)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


if __name__ == "__main__":
    main()
