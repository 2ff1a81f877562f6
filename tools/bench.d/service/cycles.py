"""Where a server's cycles go: samples of perf, by what the service was doing."""
import collections
import os
import re
import shutil
import subprocess

# The first pattern that fits decides. Samples in the kernel go by the system call they are in, the others by their function.
CALLS = [("kernel: sending", "sys_sendto|sys_sendmsg|sys_write"), ("kernel: receiving", "sys_recvfrom|sys_recvmsg|sys_read"),
         ("kernel: waiting and waking", "sys_epoll|sys_futex|sys_timerfd|schedule|sys_poll")]
FUNCTIONS = [("memory: allocating, copying", r"^(_int_|__libc_)?(malloc|free|cfree|realloc|calloc)|unlink_chunk|^operator (new|delete)|memmove|memcpy|memset|memcmp"),
             ("tokens, sessions, roles", r"crypto::|auth::|tenancy::|sha256|SHA256|EVP_|OPENSSL|ossl_|CRYPTO_"),
             ("JSON, and its values", r"json|uuid::|instant::|append_padded|domain::|format_decimal|decimal"),
             ("database: statements and rows", r"db::|^PQ|^pq|storage::|timed_backend|paging::"),
             ("HTTP: parsing, routing, answering", r"http::|beast|observe::|access::|api::|log::"),
             ("event loop", r"asio|epoll|timer|clock_gettime|executor|event_loop")]


def available():
    return shutil.which("perf") is not None


def record(pid, folder, seconds):
    """A running perf of that process; wait for it, then read `groups`."""
    data = os.path.join(folder, "perf.data")
    process = subprocess.Popen(["perf", "record", "-q", "-F", "997", "-g", "-o", data, "-p", str(pid), "--", "sleep", str(seconds)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return process, data


def group_of(frames):
    """`frames`: (function, object) of a sample, the innermost first."""
    if "kernel" in frames[0][1] or frames[0][1] == "":
        for name, pattern in CALLS:
            if any(re.search(pattern, function) for function, _ in frames):
                return name
        return "kernel: the rest"
    for name, pattern in FUNCTIONS:
        if re.search(pattern, frames[0][0]):
            return name
    return "database: statements and rows" if "libpq" in frames[0][1] else "the rest"


def groups(data):
    """Shares of all samples by group, the largest first."""
    out = subprocess.run(["perf", "script", "-i", data, "-F", "ip,sym,dso"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    found = collections.Counter()
    for sample in out.split("\n\n"):
        frames = re.findall(r"^\s*[0-9a-f]+ (.*) \(([^)]*)\)$", sample, re.M)
        if frames:
            found[group_of(frames)] += 1
    total = max(1, sum(found.values()))
    return [(name, count / total) for name, count in found.most_common()]
