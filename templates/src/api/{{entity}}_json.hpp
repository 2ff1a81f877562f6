// {{title}} as JSON.
#pragma once

#include <string>

#include "domain/{{snake}}.hpp"

#include <tenon/core/error.hpp>
#include <tenon/http/message.hpp>
#include <tenon/json/writer.hpp>

namespace {{service.space}}::api {

void write(tenon::json::writer& out, const domain::{{type}}& value);
std::string to_json(const domain::{{type}}& value);

/// The request's body, decoded and valid; else every field that is wrong (errc::invalid).
tenon::result<domain::new_{{snake}}> read_new_{{snake}}(const tenon::http::request& request);
tenon::result<domain::{{snake}}_changes> read_{{snake}}_changes(const tenon::http::request& request);

}  // namespace {{service.space}}::api
