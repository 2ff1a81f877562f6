"""The service on SQLite, its embedded default, beside a peer on SQLite: loaded in turn, round by round. Called by
tools/bench service --sqlite, which says in the environment where everything is."""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import urllib.request

import tokens
from servers import Server

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.environ["BENCH_WORK"]
SECRET = "thirty-two bytes and more, for the bench"
KINDS = ["get", "list", "create"]
PROJECTS = 200


def sign_up(port):
    body = {"email": "bench@example.com", "password": "correct horse battery", "name": "Bench", "organization": "Bench"}
    request = urllib.request.Request("http://127.0.0.1:%d/v1/auth/sign-up" % port, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["access_token"]


def servers(folder):
    ours = Server("tenon", 7331, [os.environ["BENCH_PRODUCT"], "serve", "--migrate"], KINDS, None, DATABASE_URL="sqlite:%s/tenon.db" % folder,
                  TOKEN_SECRET=SECRET, LOG_LEVEL="warn", RATE_LIMIT_IP="0", RATE_LIMIT_USER="0", RATE_LIMIT_TENANT="0")
    peer = Server("better-sqlite3", 7332, ["node", "server.js"], KINDS, None, os.environ["BENCH_SQLITE_PEER"],
                  DATABASE="%s/peer.db" % folder, JWT_SECRET=SECRET, NODE_ENV="production")
    peer.is_peer = True
    return [ours, peer]


def fill(server, token):
    """Answers are checked on the way. The ids go where wrk finds them."""
    path = os.path.join(WORK, server.name + ".ids")
    with open(path, "w") as ids:
        for i in range(PROJECTS):
            new = {"name": "Project %d" % i, "budget": "12.50"}
            status, made = server.ask("POST", "/v1/projects", token, new)
            if status != 201 or [made.get(k) for k in new] != list(new.values()):
                sys.exit("%s: create answers %d %r" % (server.name, status, made))
            ids.write(made["id"] + "\n")
    if server.ask("GET", "/v1/projects/" + made["id"], token) != (200, made):
        sys.exit("%s does not give back what was made" % server.name)
    if len(server.ask("GET", "/v1/projects?limit=20", token)[1]["items"]) != 20 or server.ask("GET", "/v1/projects")[0] != 401:
        sys.exit("%s lists something else, or for anybody" % server.name)
    return path


def load(server, kind, options):
    command = ["wrk", "-t1", "-c%d" % options.connections, "-d%ds" % options.seconds, "--timeout", "10s", "-s", os.path.join(HERE, "embedded.lua"),
               "http://127.0.0.1:%d" % server.port, "--", kind, server.token, server.ids]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout
    found = re.search(r"^RESULT (.*)$", out, re.M)
    if not found:
        sys.exit("wrk failed: " + out)
    r = json.loads(found[1])
    r["rate"] = r["requests"] / r["seconds"]
    return r


def measure(chosen, options):
    results = {}
    for n in range(1, options.rounds + 1):
        for kind in options.kinds:
            for server in chosen if n % 2 else chosen[::-1]:
                r = load(server, kind, options)
                results.setdefault((kind, server.name), []).append(r)
                print("round %d  %-6s %-14s %7.0f/s  p99 %.2f ms  bad %d" % (n, kind, server.name, r["rate"], r["p99"] / 1e3, r["bad"]),
                      file=sys.stderr, flush=True)
    return results


def print_table(results, peer):
    """Ratios are of one round each, for what else the machine does meets both; their median is shown."""
    print("| work | server | requests/s | peer × | p50 ms | p99 ms | errors |\n|---|---|---|---|---|---|---|")
    for (kind, name), rows in results.items():
        ratio = statistics.median(r["rate"] / p["rate"] for r, p in zip(rows, results[kind, peer]))
        cells = [kind, name, "{:,.0f}".format(statistics.median(r["rate"] for r in rows)), "%.1f" % ratio]
        cells += ["%.2f" % (statistics.median(r[key] for r in rows) / 1e3) for key in ("p50", "p99")]
        print("| " + " | ".join(cells + [str(sum(r["bad"] for r in rows))]) + " |")


def main():
    parser = argparse.ArgumentParser(prog="tools/bench service --sqlite")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=KINDS)
    options = parser.parse_args()
    chosen = servers(os.environ["BENCH_FOLDER"])
    try:
        for server in chosen:
            server.start(WORK)
            server.token = tokens.peer(SECRET, 1) if server.is_peer else sign_up(server.port)
            server.ids = fill(server, server.token)
        print_table(measure(chosen, options), chosen[1].name)
    finally:
        for server in chosen:
            server.stop()


if __name__ == "__main__":
    main()
