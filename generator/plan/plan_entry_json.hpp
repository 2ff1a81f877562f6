// One entry of plan.json.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "generator/plan/plan.hpp"

namespace tenon::gen {

/// `"key": "value"`, with the value quoted.
void append_field(std::string& out, std::string_view key, std::string_view value);

/// The entry as one line of JSON, without an end.
void append_entry(std::string& out, const plan_entry& e);

/// Refuses an entry that contradicts itself; `where` names it in messages.
outcome<plan_entry> read_plan_entry(const boost::json::value& value, const std::string& where);

}  // namespace tenon::gen
