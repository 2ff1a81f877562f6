// A JSON object of a request, as what an operation is given.
#pragma once

#include <tenon/http/body.hpp>

namespace tenon::http {

/// `read(reader, out)` names the members, of which there may be no others; `check(out, errors)` then adds what is wrong
/// with their values. All of it is told at once: errc::invalid; also the errors of json_body.
template <class Input, class Read, class Check>
result<Input> read_body(const request& request, Read read, Check check) {
    TRY_ASSIGN(const json::document body, json_body(request));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    Input out;
    read(reader, out);
    reader.finish();
    check(out, errors);
    if (!errors.empty()) return error(std::move(errors));
    return out;
}

/// For values that have no rules.
template <class Input, class Read>
result<Input> read_body(const request& request, Read read) {
    return read_body<Input>(request, read, [](const Input&, field_errors&) {});
}

}  // namespace tenon::http
