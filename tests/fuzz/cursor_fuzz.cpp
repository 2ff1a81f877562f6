// Fuzzes list queries and their cursors: whatever is accepted must be what the shape allows, and survive a round trip.
#include <cstdint>
#include <cstdlib>
#include <string>

#include <tenon/core/time_of_day.hpp>
#include <tenon/http/message.hpp>
#include <tenon/paging/list_request.hpp>

#include "paging/value_bytes.hpp"

namespace {

using namespace tenon;

void require(bool holds) {
    if (!holds) std::abort();
}

constexpr std::string_view names[] = {"low", "high"};
constexpr paging::column filters[] = {
    {"title", "title"},
    {"rank", "rank", paging::column_type::integer},
    {"level", "level", paging::column_type::enumeration, 0, 0, names},
    {"price", "price", paging::column_type::decimal, 6, 2},
    {"time", "time", paging::column_type::instant},
    {"ratio", "ratio", paging::column_type::real},
    {"clock", "clock", paging::column_type::written, 0, 0, {}, &paging::written_as<time_of_day>},
};
constexpr std::string_view searched[] = {"title"};
const paging::list_shape shape{"id", "notes", "tenant_id", filters, searched, filters, true};

void check_query(const paging::cursor_codec& codec, std::string query) {
    const auto parsed = paging::parse_list_request(http::parse_query(query), shape, codec);
    if (!parsed) return;
    require(parsed->limit >= 1 && parsed->limit <= 100);
    const auto statement = parsed->statement(shape);
    require(statement.text().starts_with("SELECT id, \""));
    require(statement.text().find('\'') == statement.text().rfind("'\\'") || parsed->search.empty());
}

void check_value(std::string_view bytes) {
    const auto value = paging::take_value(bytes);
    if (!value) return;
    std::string again;
    paging::append_bytes(again, *value);
    std::string_view rest = again;
    const auto same = paging::take_value(rest);
    require(same.has_value() && rest.empty() && same->index() == value->index());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const paging::cursor_codec codec(std::string(32, 'k'));
    check_query(codec, text);
    check_query(codec, "cursor=" + text);
    check_value(text);
    return 0;
}
