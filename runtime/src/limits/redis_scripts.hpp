// The limits as Lua scripts: each runs alone in Redis, and reads its clock. Keys expire by that
// clock, and so do locks: these durations do not follow a time that a test has set.
#pragma once

#include <string_view>

namespace tenon::limits::scripts {

// In front of each script. The last argument is the moment that a test has set, in microseconds, or ''.
constexpr std::string_view time = R"(
local function time()
  local set = ARGV[#ARGV]
  if set == '' then return redis.call('TIME') end
  return {math.floor(set / 1000000), set % 1000000}
end
)";

// Microseconds since 1970 fit a Lua number exactly until 2255. Numbers are stored by '%.0f': Lua's own text form of a
// number of this size is a rounded one.

// Of each bucket in turn, up to the first that refuses: tolerance, cost -> now, then of each: allowed, filled_at
constexpr std::string_view take = R"(
local t = time()
local now = t[1] * 1000000 + t[2]
local out = {now}
for i, bucket in ipairs(KEYS) do
  local tolerance = tonumber(ARGV[2 * i - 1])
  local old = tonumber(redis.call('GET', bucket) or '0')
  local next = math.max(math.min(old, now + tolerance), now) + tonumber(ARGV[2 * i])
  if next - now > tolerance then
    out[2 * i], out[2 * i + 1] = 0, old
    break
  end
  redis.call('SET', bucket, string.format('%.0f', next), 'PX', string.format('%.0f', math.ceil((next - now) / 1000) + 1))
  out[2 * i], out[2 * i + 1] = 1, next
end
return out
)";

// The windows are computed here, from the one clock. window, cap, n -> granted, used, since, until
constexpr std::string_view use = R"(
local t = time()
local now = tonumber(t[1])
local function month_days(y, m)
  if m == 2 then return (y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)) and 29 or 28 end
  return (m == 4 or m == 6 or m == 9 or m == 11) and 30 or 31
end
local since, till = 0, 253402214400
if ARGV[1] == 'hour' then
  since = now - now % 3600
  till = since + 3600
elseif ARGV[1] == 'day' then
  since = now - now % 86400
  till = since + 86400
elseif ARGV[1] == 'month' then
  local y, m, first = 1970, 1, 0
  local day = math.floor(now / 86400)
  while first + month_days(y, m) <= day do
    first = first + month_days(y, m)
    m = m + 1
    if m > 12 then y, m = y + 1, 1 end
  end
  since = first * 86400
  till = since + month_days(y, m) * 86400
end
local kept = redis.call('HMGET', KEYS[1], 'since', 'used')
local used = 0
if kept[1] then
  -- A clock that was put back does not bring an old window back.
  if tonumber(kept[1]) >= since then
    used = tonumber(kept[2])
    if tonumber(kept[1]) > since then since, till = tonumber(kept[1]), tonumber(kept[1]) + (till - since) end
  end
end
if used + tonumber(ARGV[3]) > tonumber(ARGV[2]) then return {0, used, since, till} end
used = used + tonumber(ARGV[3])
redis.call('HSET', KEYS[1], 'since', string.format('%.0f', since), 'used', string.format('%.0f', used))
if ARGV[1] ~= 'ever' then redis.call('EXPIRE', KEYS[1], string.format('%.0f', till + 60 - now)) end
return {1, used, since, till}
)";

// since, n
constexpr std::string_view refund = R"(
local kept = redis.call('HMGET', KEYS[1], 'since', 'used')
if kept[1] and tonumber(kept[1]) == tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'used', string.format('%.0f', math.max(tonumber(kept[2]) - tonumber(ARGV[2]), 0)))
end
return 1
)";

// limit, ttl in ms, lease -> 1 or 0
constexpr std::string_view acquire = R"(
local t = time()
local now = t[1] * 1000000 + t[2]
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2] * 1000), ARGV[3])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2] + 1) end
return 1
)";

// ttl in ms, lease -> 1 or 0
constexpr std::string_view renew = R"(
local t = time()
local now = t[1] * 1000000 + t[2]
local ends = redis.call('ZSCORE', KEYS[1], ARGV[2])
if not ends or tonumber(ends) <= now then return 0 end
redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', now + ARGV[1] * 1000), ARGV[2])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1] + 1) end
return 1
)";

// ttl in ms, owner -> the next fence of a Redis without a database behind it, or nil. Without its memory, Redis goes on
// from the clock, which is ahead of every fence that was counted.
constexpr std::string_view lock = R"(
if not redis.call('SET', KEYS[1], ARGV[2], 'NX', 'PX', ARGV[1]) then return false end
local t = time()
local fence = math.max(tonumber(redis.call('GET', KEYS[2]) or '0') + 1, t[1] * 1000000 + t[2])
redis.call('SET', KEYS[2], string.format('%.0f', fence))
return fence
)";

// ttl in ms, owner -> 1 or 0
constexpr std::string_view extend = R"(
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[1])
)";

// owner -> 1 or 0
constexpr std::string_view unlock = R"(
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
)";

// value, ttl in ms, generation, how long generations are kept in ms
constexpr std::string_view put = R"(
if (redis.call('HGET', KEYS[1], 'generation') or '0') ~= ARGV[3] then return 0 end
local t = time()
redis.call('HSET', KEYS[1], 'value', ARGV[1], 'generation', ARGV[3],
  'until', string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
)";

// the longest ttl in ms -> value or false, generation
constexpr std::string_view get = R"(
local kept = redis.call('HMGET', KEYS[1], 'value', 'generation', 'until')
local t = time()
local now = t[1] * 1000 + math.floor(t[2] / 1000)
-- A clock that was set back does not keep a value for longer.
if not kept[1] or tonumber(kept[3]) <= now or tonumber(kept[3]) > now + ARGV[1] then return {false, kept[2] or '0'} end
return {kept[1], kept[2]}
)";

// how long generations are kept in ms
constexpr std::string_view invalidate = R"(
local t = time()
local next = math.max(tonumber(redis.call('HGET', KEYS[1], 'generation') or '0') + 1, t[1] * 1000000 + t[2])
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'generation', string.format('%.0f', next))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
)";

}  // namespace tenon::limits::scripts
