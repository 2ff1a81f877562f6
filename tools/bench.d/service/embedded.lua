-- What wrk sends: wrk … -s embedded.lua URL -- KIND TOKEN IDS. All requests are built before the clock starts, so that
-- wrk takes little of the processors that the servers need. IDS: a file with the id of a project in each line.
local requests = {}

function init(arguments)
  local kind, headers = arguments[1], { Host = "127.0.0.1", Authorization = "Bearer " .. arguments[2] }
  if kind == "get" then
    for id in io.lines(arguments[3]) do requests[#requests + 1] = wrk.format("GET", "/v1/projects/" .. id, headers) end
  elseif kind == "list" then
    requests[1] = wrk.format("GET", "/v1/projects?limit=20", headers)
  else
    headers["Content-Type"] = "application/json"
    for i = 1, 1000 do
      requests[i] = wrk.format("POST", "/v1/projects", headers, string.format('{"name":"Bench project %d","budget":"%d.50"}', i, i))
    end
  end
end

local sent = 0
function request()
  sent = sent % #requests + 1
  return requests[sent]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('RESULT {"requests": %d, "seconds": %.6f, "p50": %d, "p99": %d, "bad": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
