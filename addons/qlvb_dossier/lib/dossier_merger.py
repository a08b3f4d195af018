"""The program that joins PDFs and pictures for ``dossier_merge``: in bounds, and alone.

Reads a job from standard input (a line of JSON: ``output``, ``parts``) and tells on
standard output, line by line, which part it has begun and which cannot be joined and
why.  Having joined the others it asks for the page that is to come last, writes, and
tells how many pages each part has.  It is started by its path and imports nothing of
ours.
"""

import io
import json
import logging
import resource
import signal
import sys

from PIL import Image
from pypdf import PdfReader, PdfWriter

MEMORY = 2_500_000_000
PROCESSOR_SECONDS = 240
PART_SECONDS = 20
MOST_PAGES = 20_000
MOST_PIXELS = 120_000_000
A4_INCHES = (8.27, 11.69)


class Slow(Exception):
    """A part takes longer than any honest one."""


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    signal.signal(signal.SIGALRM, too_slow)
    job = json.loads(sys.stdin.readline())
    parts, bad = job["parts"], set()
    joined = join(parts, bad)
    try:
        finish(joined, job["output"])
    except (Exception, MemoryError):
        # What a bad part left behind cannot be written: once more without it.
        finish(join(parts, bad), job["output"])
    say({"end": True})


def too_slow(_number, _frame):
    raise Slow


def say(told):
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def join(parts, bad):
    """Join the parts but the bad ones; name those that turn out to be bad.

    :return: the writer, and how many pages each part has
    """
    writer, readers, counts, total = PdfWriter(), {}, {}, 0
    for number, part in enumerate(parts):
        if number in bad:
            continue
        say({"begin": number})
        signal.alarm(PART_SECONDS)
        try:
            counts[number] = add(writer, readers, part, total)
        except (Exception, MemoryError) as error:
            # Whatever a broken file does to its reader.
            signal.alarm(0)
            bad.add(number)
            say({"bad": number, "why": name_of(error)})
            for page in reversed(range(total, len(writer.pages))):
                writer.remove_page(page)
        finally:
            signal.alarm(0)
        total += counts.get(number, 0)
    return writer, counts, total


def finish(joined, output):
    """Add the last page, which tells what is missing, and write it all."""
    writer, counts, total = joined
    say({"joined": total})
    last = json.loads(sys.stdin.readline())
    if last:
        total += add(writer, {}, {**last, "kind": "pdf"}, total)
    with open(output, "wb") as stream:
        writer.write(stream)
    say({"pages": counts, "total": total})


def add(writer, readers, part, total):
    """Add one part and its bookmark; return how many pages it has."""
    if part["kind"] == "image":
        source = PdfReader(io.BytesIO(page_of(part["path"])))
    else:
        source = readers.get(part["path"])
        if source is None:
            source = PdfReader(part["path"])
            if source.is_encrypted and not source.decrypt(""):
                raise PermissionError
            if part["kind"] == "section":
                readers[part["path"]] = source
    first, last = 0, len(source.pages)
    if part["kind"] == "section":
        starts = [source.get_destination_page_number(one) for one in source.outline]
        starts.append(last)
        first, last = starts[part["section"]], starts[part["section"] + 1]
    if not 0 < last - first <= MOST_PAGES - total:
        raise ValueError
    writer.append(source, pages=(first, last), import_outline=False)
    if part.get("title"):
        writer.add_outline_item(title=part["title"], page_number=total)
    return last - first


def page_of(path):
    """Return a picture as pages of A4, as large as fits."""
    with Image.open(path, formats=["PNG", "JPEG", "TIFF"]) as image:
        frames = []
        for number in range(min(getattr(image, "n_frames", 1), MOST_PAGES)):
            image.seek(number)
            frames.append(image.convert("RGB"))
    width, height = frames[0].size
    dots = max(width / A4_INCHES[0], height / A4_INCHES[1])
    stream = io.BytesIO()
    frames[0].save(
        stream, "PDF", resolution=dots, save_all=True, append_images=frames[1:]
    )
    return stream.getvalue()


def name_of(error):
    if isinstance(error, PermissionError):
        return "password"
    if isinstance(error, Slow | MemoryError):
        return "heavy"
    return "odd"


if __name__ == "__main__":
    main()
