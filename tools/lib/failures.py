"""Says of each failed test in a JUnit file of CTest what a reader needs: its name, its failed checks, its last lines.

Usage: failures.py FILE [LINES]
"""

import sys
import xml.etree.ElementTree as ElementTree

CHECK_LINES = 10  # of one failed check, whose message may be long


def failed_checks(lines):
    """What GoogleTest printed of each failed check, from its place to the next empty line or mark."""
    out = []
    left = 0
    for line in lines:
        if line.endswith(": Failure") or line.startswith("terminate called") or "ERROR: " in line:
            left = CHECK_LINES
        elif line.startswith("[ ") or not line.strip():
            left = 0
        if left > 0:
            out.append(line)
            left -= 1
        elif line.startswith("[  FAILED  ]") and line.endswith(" ms)"):
            out.append(line)
    return out


def main():
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    for case in ElementTree.parse(sys.argv[1]).getroot().iter("testcase"):
        if case.get("status") != "fail":
            continue
        lines = (case.findtext("system-out") or "").splitlines()
        told = failed_checks(lines)[:most]
        print(f"failed: {case.get('name')} ({float(case.get('time') or 0):.0f}s)")
        for line in told or lines[-most:]:
            print(f"  {line[:300]}")


if __name__ == "__main__":
    main()
