"""coverage.py BUILD SOURCES: sums up what gcov found in BUILD of the lines of the files below SOURCES, by folder, and
ends with 1 when less than 80 of 100 were run."""
import collections
import json
import pathlib
import subprocess
import sys

build, sources, least = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve(), 80

# A line of a header, or of a template, is in several objects: it was run when it was in one of them.
runs = collections.defaultdict(int)
notes = sorted(build.rglob("*.gcno"))
for at in range(0, len(notes), 50):
    done = subprocess.run(["gcov", "--json-format", "--stdout", *map(str, notes[at:at + 50])], cwd=build, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for document in done.stdout.splitlines():
        for file in json.loads(document)["files"]:
            path = pathlib.Path(build, file["file"]).resolve()
            if not path.is_relative_to(sources):
                continue
            for line in file["lines"]:
                runs[(path.relative_to(sources), line["line_number"])] += line["count"]

lines = collections.Counter(str(path.parts[0]) for path, _ in runs)
run = collections.Counter(str(path.parts[0]) for (path, _), count in runs.items() if count > 0)
if not lines:
    sys.exit("gcov found no lines")
for folder in sorted(lines):
    print(f"  {folder:10} {run[folder]:6} of {lines[folder]:6} lines {100 * run[folder] / lines[folder]:6.1f} %")
share = 100 * run.total() / lines.total()
print(f"  {'all':10} {run.total():6} of {lines.total():6} lines {share:6.1f} %")
never = collections.Counter(str(path) for (path, _), count in runs.items() if count == 0)
for path, count in never.most_common(5):
    print(f"  not run: {count} lines of {path}")
sys.exit(0 if share >= least else f"less than {least} %")
