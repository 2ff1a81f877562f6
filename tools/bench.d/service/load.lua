-- What wrk sends: wrk … -s load.lua URL -- KIND TOKENS. All requests are built before the clock starts.
-- TOKENS: a file with the token of organization i in line i; project p belongs to organization (p - 1) / 100 + 1.
local threads = 0
function setup(thread)
  thread:set("seed", threads)
  threads = threads + 1
end

local requests = {}

function init(arguments)
  local kind, tokens = arguments[1], {}
  if kind == "health" then
    requests[1] = wrk.format("GET", "/health", { Host = "127.0.0.1" })
    return
  end
  math.randomseed(seed * 104729 + 11)
  for line in io.lines(arguments[2]) do tokens[#tokens + 1] = line end
  for i = 1, 20000 do
    local p = math.random(1, 100 * #tokens)
    local headers = { Host = "127.0.0.1", Authorization = "Bearer " .. tokens[math.floor((p - 1) / 100) + 1] }
    if kind == "get" then
      requests[i] = wrk.format("GET", string.format("/v1/projects/00000000-0000-4000-9000-%012d", p), headers)
    elseif kind == "list" then
      requests[i] = wrk.format("GET", "/v1/projects?limit=20&sort=created_at", headers)
    else
      headers["Content-Type"] = "application/json"
      requests[i] = wrk.format("POST", "/v1/projects", headers,
        string.format('{"name":"Bench project %d","status":"active","budget":"%d.50"}', p, p))
    end
  end
end

function request() return requests[math.random(#requests)] end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('RESULT {"requests": %d, "seconds": %.6f, "p50": %d, "p95": %d, "p99": %d, "bad": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(95), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
