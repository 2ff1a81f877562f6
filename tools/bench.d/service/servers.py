"""Servers under measurement: starting, stopping, what they cost (from /proc), and whether they answer as they must."""
import http.client
import json
import os
import subprocess
import sys
import time

import tokens

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid):
    """A process and everything that descends from it."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name) as f:
                parents[int(name)] = int(f.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = [pid]
    for p in found:
        found += [child for child, parent in parents.items() if parent == p]
    return found


def cpu_seconds(pid):
    """User and system time of a family, with the children it has waited for."""
    total = 0
    for p in family(pid):
        try:
            with open("/proc/%d/stat" % p) as f:
                total += sum(int(n) for n in f.read().rsplit(")", 1)[1].split()[11:15])
        except OSError:
            continue
    return total / TICKS


def memory_mib(pid):
    """Memory of a family: resident, added up, and with the pages that processes share counted once (Pss)."""
    sums = {"Rss:": 0, "Pss:": 0}
    for p in family(pid):
        try:
            with open("/proc/%d/smaps_rollup" % p) as f:
                for line in f:
                    name, kib = line.split()[:2]
                    if name in sums:
                        sums[name] += int(kib)
        except OSError:
            continue
    return sums["Rss:"] / 1024, sums["Pss:"] / 1024


class Server:
    def __init__(self, name, port, command, kinds, make_token=None, folder=None, **environment):
        self.name, self.port, self.command, self.kinds, self.make_token = name, port, command, kinds, make_token
        self.folder, self.environment, self.process, self.is_peer = folder, environment, None, False

    def start(self, work):
        self.log = os.path.join(work, self.name.replace(" ", "_") + ".log")
        environment = dict(os.environ, PORT=str(self.port), **self.environment)
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        for _ in range(300):
            try:
                if self.ask("GET", "/health")[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit("%s did not start; see %s" % (self.name, self.log))

    def stop(self):
        if not self.process or self.process.poll() is not None:
            return
        members = family(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            for p in members:
                try:
                    os.kill(p, 9)
                except OSError:
                    continue

    def ask(self, method, path, token=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Authorization": "Bearer " + token} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        raw = answer.read()
        connection.close()
        return answer.status, json.loads(raw) if raw.startswith(b"{") else {}


def check(server):
    """All must do the same work; a wrong answer ends the bench."""
    def expect(what, got, wanted):
        if got != wanted:
            sys.exit("%s: %s: %r instead of %r" % (server.name, what, got, wanted))

    second, first = server.make_token(2), server.make_token(1)
    path = "/v1/projects/" + tokens.number("9", 101)
    status, found = server.ask("GET", path, second)
    expect("get", (status, [found.get(k) for k in ("id", "name", "status", "budget", "version")]),
           (200, [tokens.number("9", 101), "Project 101", "done", "101.25", 1]))
    expect("another tenant's", server.ask("GET", path, first)[0], 404)
    expect("no token", server.ask("GET", path)[0], 401)
    expect("an altered token", server.ask("GET", path, second[:-6] + "AAAAAA")[0], 401)
    expect("an expired token", server.ask("GET", path, server.make_token(2, expires=1767225700))[0], 401)
    unsigned = tokens.encode(b'{"alg":"none","typ":"JWT"}') + "." + second.split(".")[1] + "."
    expect("a token without a signature", server.ask("GET", path, unsigned)[0], 401)

    page = "/v1/projects?limit=20&sort=created_at"
    for begin in (101, 121):
        status, found = server.ask("GET", page, second)
        expect("page", (status, [item["id"] for item in found["items"]]), (200, [tokens.number("9", p) for p in range(begin, begin + 20)]))
        page = "/v1/projects?limit=20&sort=created_at&cursor=" + found["next_cursor"]

    new = {"name": "Made by the bench", "budget": "12.50"}
    status, made = server.ask("POST", "/v1/projects", second, new)
    expect("create", (status, made.get("name"), made.get("budget"), made.get("status")), (201, new["name"], "12.50", "active"))
    expect("read back", server.ask("GET", "/v1/projects/" + made["id"], second), (200, made))
    expect("another tenant's new one", server.ask("GET", "/v1/projects/" + made["id"], first)[0], 404)
    expect("a viewer creates", server.ask("POST", "/v1/projects", server.make_token(1, user=1001), new)[0], 403)
    expect("a viewer reads", server.ask("GET", "/v1/projects/" + tokens.number("9", 1), server.make_token(1, user=1001))[0], 200)
    expect("a bad body", server.ask("POST", "/v1/projects", second, {"name": ""})[0] in (400, 422), True)
