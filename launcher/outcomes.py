"""What a check came to, and how pytest's reports are counted."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

#: pytest's exit code when no test fits its arguments.
NOTHING_COLLECTED = 5


@dataclass
class Outcome:
    """What one check came to."""

    name: str
    seconds: float
    passed: int = 0
    failed: int = 0
    output: str = ""
    complaints: list = field(default_factory=list)

    def tell(self):
        """Print it: one line when all is well, everything when not."""
        mark = "✗" if self.failed else "✔"
        counts = f"{self.passed} passed, {self.failed} failed"
        if self.failed:
            print(f"\n──── {self.name} ────\n{self.output.rstrip()}")
            for complaint in self.complaints:
                print(f"  ✗ {complaint}")
        print(f"  {mark} {self.name}: {counts}, {self.seconds:.1f} s", flush=True)


def count(outcome, report, code):
    """Read pytest's own report into an outcome; a skip counts as a failure."""
    if code == NOTHING_COLLECTED:
        outcome.output = "no test fits"
        return
    try:
        suites = ET.parse(report).getroot().iter("testsuite")
    except (OSError, ET.ParseError):
        outcome.failed = 1
        return
    for case in (case for suite in suites for case in suite.iter("testcase")):
        kinds = {child.tag: child for child in case}
        label = f"{case.get('classname')}.{case.get('name')}"
        if kinds.keys() & {"failure", "error"}:
            outcome.failed += 1
            outcome.complaints.append(label)
        elif "skipped" in kinds:
            outcome.failed += 1
            reason = kinds["skipped"].get("message", "")
            outcome.complaints.append(f"{label} was skipped: {reason}")
        else:
            outcome.passed += 1
    if code and not outcome.failed:
        outcome.failed = 1
