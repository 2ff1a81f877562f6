#!/usr/bin/env python3
# Says which of a team's edits are not in the working tree of the project that lies in the current directory.
#   check_edits.py GENERATED EDITED     two of its commits
# A line that was added has to be in the same file as often as before, a file of the team's own as it was, and what was
# deleted must not be back.
import subprocess
import sys
from collections import Counter
from pathlib import Path


def git(*arguments):
    return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout


def at(commit, path):
    return git("show", f"{commit}:{path}").splitlines()


def main():
    generated, edited = sys.argv[1:]
    changes = git("diff", "--no-renames", "--name-status", "-z", generated, edited).decode().split("\0")[:-1]
    lost, lines = [], 0
    for status, path in zip(changes[::2], changes[1::2]):
        here = Path(path)
        if status == "D":
            if here.exists():
                lost.append(f"{path}: is back")
            continue
        if not here.is_file():
            lost.append(f"{path}: is gone")
            continue
        now = here.read_bytes().splitlines()
        mine = at(edited, path)
        if status == "A" or path.startswith("src/custom/") and here.suffix == ".cpp":
            if now != mine:
                lost.append(f"{path}: is not the team's any more")
            lines += len(mine)
            continue
        added = Counter(mine) - Counter(at(generated, path))
        lines += added.total()
        missing = added - Counter(now)
        lost += [f"{path}: lacks {line.decode()}" for line in missing]
    print(f"{len(changes) // 2} files with edits, {lines} lines of the team's, {len(lost)} lost")
    for one in lost:
        print(one, file=sys.stderr)
    return 1 if lost or lines < 60 else 0


sys.exit(main())
