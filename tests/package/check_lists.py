#!/usr/bin/env python3
# check_lists.py REPOSITORY: every place that names Debian packages names those of tools/packages*.txt.
"""Products name packages in three files, in whatever order reads best there; each must have exactly those that
tools/packages_of_products.txt has for it. tools/packages.txt is for what only Tenon needs: no package is in both."""
import collections
import pathlib
import re
import sys

PACKAGE = re.compile(r"[a-z0-9][a-z0-9.+-]+$")
# What the checkout of CI itself needs.
OF_CHECKOUT = {"git", "ca-certificates"}


def lines_of(path):
    return [line.split() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]


def installed_by(path, which):
    """The packages of the file's apt-get install number `which`."""
    words = path.read_text().split("apt-get install -y")[which + 1].split()
    out = []
    for word in words:
        if word == "\\" or word.startswith("--"):
            continue
        if not PACKAGE.match(word):
            break
        out.append(word)
    return out


def main():
    root = pathlib.Path(sys.argv[1])
    needed = collections.defaultdict(set)
    for purpose, name in lines_of(root / "tools/packages_of_products.txt"):
        needed[purpose].add(name)
    assert set(needed) == {"build", "test", "run"}, f"purposes: {sorted(needed)}"
    templates = root / "templates"
    places = [
        ("README.md", 0, needed["build"] | needed["test"]),
        (".github/workflows/ci.yaml", 0, needed["build"] | needed["test"] | OF_CHECKOUT),
        ("Dockerfile", 0, needed["build"]),
        ("Dockerfile", 1, needed["run"]),
    ]
    wrong = []
    for name, which, wanted in places:
        found = installed_by(templates / name, which)
        where = f"templates/{name}, apt-get install {which + 1}"
        wrong += [f"{where}: {each} is missing" for each in sorted(wanted - set(found))]
        wrong += [f"{where}: {each} is in no list" for each in sorted(set(found) - wanted)]
        wrong += [f"{where}: {each} stands twice" for each, times in collections.Counter(found).items() if times > 1]
    for (name,) in lines_of(root / "tools/packages.txt"):
        if name in needed["build"] | needed["test"]:
            wrong.append(f"tools/packages.txt: {name} is in packages_of_products.txt as well")
    print("\n".join(wrong) or "All lists agree.")
    return 1 if wrong else 0


sys.exit(main())
