"""Holds the public C++ surface against what is committed of it, and tells what to do where it has changed.

check_surface.py INCLUDE_FOLDER LIST DOCUMENT CLANG

LIST has every name (see list_surface.py). DOCUMENT has a table of the headers between two marks. With
TENON_UPDATE_GOLDENS=1 both are written anew.
"""
import difflib
import os
import pathlib
import re
import sys

import list_surface

BEGIN, END = "<!-- headers: written by tools/update-goldens -->\n", "<!-- end of headers -->\n"
TO_DO = """
The public C++ surface has changed: code of owners may use every line that has a '-'.
  - Gone, moved, or with another signature: add a row to {table}, so that plans name each use,
    and what the row cannot say to docs/upgrading.md.
  - Only new: nothing to add.
Then `tools/update-goldens -R surface` writes {files}; the diff belongs into the same commit."""


def about(header):
    """What the comment says that a header begins with: its first sentence."""
    words = []
    for line in header.read_text().splitlines():
        if not line.startswith("//"):
            break
        words.append(line[2:].strip())
    return re.split(r"(?<=\.) ", " ".join(words))[0].rstrip(".")


def table(include, headers):
    rows = "".join(f"| `<{header}>` | {about(include / header)} |\n" for header in sorted(headers))
    return f"{BEGIN}\n| header | |\n|---|---|\n{rows}\n{END}"


def with_table(text, new):
    begin, end = text.index(BEGIN), text.index(END) + len(END)
    return text[:begin] + new + text[end:]


def main():
    include, names, document = (pathlib.Path(path) for path in sys.argv[1:4])
    found = list_surface.surface(include, sys.argv[4])
    wanted = {names: list_surface.written(found), document: with_table(document.read_text(), table(include, found))}
    changed = {path: text for path, text in wanted.items() if not path.exists() or path.read_text() != text}
    if os.environ.get("TENON_UPDATE_GOLDENS"):
        for path, text in changed.items():
            path.write_text(text)
        return 0
    for path, text in changed.items():
        old = path.read_text().splitlines() if path.exists() else []
        diff = difflib.unified_diff(old, text.splitlines(), f"committed {path.name}", "the headers", n=0, lineterm="")
        print("\n".join(diff))
    if changed:
        print(TO_DO.format(table="generator/impact/changed_names.cpp", files=", ".join(path.name for path in wanted)))
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
