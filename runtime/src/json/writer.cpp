// JSON text, written straight into one string.
#include <charconv>
#include <cmath>

#include <tenon/json/writer.hpp>

#include "json/quoted.hpp"

namespace tenon::json {
namespace {

/// For what cannot hold anything to escape.
void append_bare(std::string& out, std::string_view text) {
    out += '"';
    out.append(text) += '"';
}

}  // namespace

void writer::separate() {
    if (!first_) out_ += ',';
    first_ = false;
}

void writer::begin_object() {
    separate();
    out_ += '{';
    first_ = true;
}
void writer::end_object() {
    out_ += '}';
    first_ = false;
}
void writer::begin_array() {
    separate();
    out_ += '[';
    first_ = true;
}
void writer::end_array() {
    out_ += ']';
    first_ = false;
}

void writer::key(std::string_view name) {
    separate();
    append_quoted(out_, name);
    out_ += ':';
    first_ = true;
}

void writer::value(std::string_view text) {
    separate();
    append_quoted(out_, text);
}
void writer::value(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
}
void writer::value(std::int64_t number) {
    separate();
    char buffer[24];
    out_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}
void writer::value(double number) {
    if (!std::isfinite(number)) return null();
    separate();
    char buffer[32];
    out_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}
void writer::value(const uuid& id) {
    separate();
    append_bare(out_, id.to_string());
}
void writer::value(instant time) {
    separate();
    append_bare(out_, time.to_string());
}
void writer::value(date day) {
    separate();
    append_bare(out_, day.to_string());
}
void writer::value(const money& amount) {
    begin_object();
    member("amount", amount.amount_minor);
    member("currency", std::string_view(amount.unit.to_string()));
    end_object();
}
void writer::value(const json_text& json) {
    separate();
    out_ += json.text;
}
void writer::null() {
    separate();
    out_ += "null";
}

}  // namespace tenon::json
