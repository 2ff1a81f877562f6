"""Loads the servers in turn, round by round, and prints the tables of docs/performance.md. Called by tools/bench service,
which says in the environment where everything is."""
import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys

import cycles
import servers as under_test
import tokens
from servers import Server

HERE = os.path.dirname(os.path.abspath(__file__))
WORK, PRODUCT, BEAST = os.environ["BENCH_WORK"], os.environ["BENCH_PRODUCT"], os.environ["BENCH_BEAST"]
ADMIN = os.environ["ADMIN_SOCKET_URL"]
SECRET = "thirty-two bytes and more, for the bench"
KINDS = ["health", "get", "list", "create"]


def all_servers(first_port, seconds):
    port = iter(range(first_port, first_port + 20))

    def ours(name, url, program=PRODUCT):
        return Server(name, next(port), [program, "serve"], KINDS, lambda *a, **k: tokens.own(SECRET, *a, **k),
                      DATABASE_URL=url, TOKEN_SECRET=SECRET, LOG_LEVEL="warn", RATE_LIMIT_IP="0", RATE_LIMIT_USER="0", RATE_LIMIT_TENANT="0")

    def theirs(name, command, folder):
        p = next(port)
        made = Server(name, p, [part.replace("{port}", str(p)) for part in command], KINDS, lambda *a, **k: tokens.peer(SECRET, *a, **k),
                      folder, DATABASE_URL=os.environ["APP_URL"], JWT_SECRET=SECRET, NODE_ENV="production",
                      WORKERS=str(os.cpu_count()), DB_CONNECTIONS="16")
        made.is_peer = True
        return made

    found = [ours("tenon", os.environ["APP_URL"]), ours("tenon socket", os.environ["APP_SOCKET_URL"])]
    if os.environ.get("BENCH_BEFORE"):
        found.append(ours("tenon before", os.environ["APP_URL"], os.environ["BENCH_BEFORE"]))
    if os.environ.get("BENCH_NODE"):
        found.append(theirs("fastify", ["node", "server.js"], os.environ["BENCH_NODE"]))
    if os.environ.get("BENCH_PYTHON"):
        uvicorn = "-m uvicorn app:app --loop uvloop --http httptools --no-access-log --log-level warning --host 127.0.0.1"
        found.append(theirs("fastapi", [os.environ["BENCH_PYTHON"]] + uvicorn.split() + ["--workers", str(os.cpu_count()), "--port", "{port}"],
                            os.path.join(HERE, "peers", "python")))
    beast = next(port)
    found.append(Server("bare beast", beast, [BEAST, str(beast)], ["health"]))
    return found


def clean_up():
    """Every measurement of writes meets the same tables."""
    steps = ["DELETE FROM projects WHERE id::text NOT LIKE '00000000-0000-4000-9000-%'", "VACUUM ANALYZE projects", "CHECKPOINT"]
    subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", ADMIN] + [x for s in steps for x in ("-c", s)], check=True)


def load(server, kind, seconds, connections, postmaster):
    token_file = os.path.join(WORK, server.name.replace(" ", "_") + ".tokens")
    if server.make_token and not os.path.exists(token_file):
        with open(token_file, "w") as f:
            f.writelines(server.make_token(i) + "\n" for i in range(1, 1001))
    if not server.make_token:
        token_file = os.devnull
    before = under_test.cpu_seconds(server.process.pid), under_test.cpu_seconds(postmaster)
    out = subprocess.run(["wrk", "-t2", "-c%d" % connections, "-d%ds" % seconds, "--timeout", "10s", "-s", os.path.join(HERE, "load.lua"),
                          "http://127.0.0.1:%d" % server.port, "--", kind, token_file], stdout=subprocess.PIPE, text=True).stdout
    found = re.search(r"^RESULT (.*)$", out, re.M)
    if not found:
        sys.exit("wrk failed: " + out)
    r = json.loads(found[1])
    each = 1e6 / max(1, r["requests"])
    r["rate"] = r["requests"] / r["seconds"]
    r["server_us"] = (under_test.cpu_seconds(server.process.pid) - before[0]) * each
    r["database_us"] = (under_test.cpu_seconds(postmaster) - before[1]) * each
    r["resident"], r["proportional"] = under_test.memory_mib(server.process.pid)
    return r


def limit(kind, seconds):
    """pgbench: the same statements, pipelined, one implicit transaction to a round trip."""
    out = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", str(seconds),
                          "-f", os.path.join(HERE, "pgbench", kind + ".sql"), os.environ["APP_URL"]], capture_output=True, text=True)
    rate = re.search(r"tps = ([\d.]+)", out.stdout)
    if out.returncode or not rate:
        sys.exit("pgbench failed: " + out.stderr)
    return {"rate": float(rate[1])}


def report(line):
    print(line, file=sys.stderr, flush=True)


def measure(chosen, options, postmaster):
    results = {}
    for server in chosen:
        for kind in filter(server.kinds.__contains__, options.kinds):
            load(server, kind, 2, options.connections, postmaster)  # plans, pools, compilers of the moment
    for n in range(1, options.rounds + 1):
        for kind in options.kinds:
            for server in (s for s in (chosen if n % 2 else chosen[::-1]) if kind in s.kinds):
                if kind == "create":
                    clean_up()
                r = load(server, kind, options.seconds, options.connections, postmaster)
                results.setdefault((kind, server.name), []).append(r)
                report("round %d  %-6s %-12s %7.0f/s  p50 %.2f ms  p99 %.2f ms  server %.0f us  database %.0f us  bad %d" % (
                    n, kind, server.name, r["rate"], r["p50"] / 1e3, r["p99"] / 1e3, r["server_us"], r["database_us"], r["bad"]))
            if kind != "health":
                clean_up()
                results.setdefault((kind, "pgbench"), []).append(limit(kind, options.seconds))
                report("round %d  %-6s %-12s %7.0f/s" % (n, kind, "pgbench", results[kind, "pgbench"][-1]["rate"]))
    return results


def print_tables(chosen, results, many):
    def median(rows, key):
        return statistics.median(r[key] for r in rows)

    rates = {key: median(rows, "rate") for key, rows in results.items()}
    peers = [s.name for s in chosen if s.is_peer]
    print("| work | server | requests/s | of the limit | fastest peer × | p50 ms | p99 ms | server CPU µs | database CPU µs | errors |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for (kind, name), rows in results.items():
        top = rates.get((kind, "bare beast" if kind == "health" else "pgbench"))
        peer = max((rates[kind, p] for p in peers), default=None)
        cells = [kind, name, "{:,.0f}".format(rates[kind, name]), "%.2f" % (rates[kind, name] / top) if top else "",
                 "%.1f" % (rates[kind, name] / peer) if peer else ""]
        if name == "pgbench":
            cells += [""] * 5
        else:
            cells += ["%.2f" % (median(rows, "p50") / 1e3), "%.2f" % (median(rows, "p99") / 1e3), "%.0f" % median(rows, "server_us"),
                      "%.0f" % median(rows, "database_us"), str(sum(r["bad"] for r in rows))]
        print("| " + " | ".join(cells) + " |")
    print("\n| server | MiB resident after load | shared pages once |\n|---|---|---|")
    for server in chosen:
        rows = [r for (_, name), each in results.items() if name == server.name for r in each]
        print("| %s | %.0f | %.0f |" % (server.name, max(r["resident"] for r in rows), max(r["proportional"] for r in rows)))
    if many:
        print("\n| connections | server | requests/s | p50 ms | p95 ms | p99 ms | errors |\n|---|---|---|---|---|---|---|")
        for name, r in many:
            print("| 1,000 | %s | %s | %.0f | %.0f | %.0f | %d |" % (
                name, "{:,.0f}".format(r["rate"]), r["p50"] / 1e3, r["p95"] / 1e3, r["p99"] / 1e3, r["bad"]))


def print_cycles(server, kinds, options, postmaster):
    """Where the server's own time goes, by kind of request."""
    shares = {}
    for kind in kinds:
        recording, data = cycles.record(server.process.pid, WORK, options.seconds)
        load(server, kind, options.seconds, options.connections, postmaster)
        recording.wait()
        shares[kind] = dict(cycles.groups(data))
    names = sorted({name for each in shares.values() for name in each}, key=lambda n: -sum(each.get(n, 0) for each in shares.values()))
    print("\n| where the cycles of %s go | %s |\n|---|%s" % (server.name, " | ".join(kinds), "---|" * len(kinds)))
    for name in names:
        print("| %s | %s |" % (name, " | ".join("%.0f %%" % (100 * shares[k].get(name, 0)) for k in kinds)))


def main():
    for s in (signal.SIGTERM, signal.SIGINT):
        signal.signal(s, lambda *_: sys.exit("stopped"))
    parser = argparse.ArgumentParser(prog="tools/bench service")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=KINDS)
    parser.add_argument("--servers", type=lambda text: text.split(","), help="only these: tenon, tenon socket, fastify, fastapi, bare beast")
    parser.add_argument("--port", type=int, default=7301, help="the first of the ports that the servers take")
    parser.add_argument("--cycles", action="store_true", help="a profile of the first server as well; needs perf (linux-perf)")
    options = parser.parse_args()
    chosen = [s for s in all_servers(options.port, options.seconds) if not options.servers or s.name in options.servers]
    with open(os.path.join(os.environ["BENCH_CLUSTER"], "postmaster.pid")) as f:
        postmaster = int(f.readline())
    many = []
    try:
        for server in chosen:
            server.start(WORK)
            if server.make_token:
                under_test.check(server)
                report("answers checked: " + server.name)
        results = measure(chosen, options, postmaster)
        for server in (s for s in chosen if "get" in s.kinds and "get" in options.kinds):
            many.append((server.name, load(server, "get", options.seconds, 1000, postmaster)))
            report("1,000 connections: %s p95 %.1f ms" % (server.name, many[-1][1]["p95"] / 1e3))
        print_tables(chosen, results, many)
        if options.cycles and cycles.available():
            print_cycles(chosen[0], [k for k in options.kinds if k in chosen[0].kinds], options, postmaster)
    finally:
        for server in chosen:
            server.stop()


if __name__ == "__main__":
    main()
