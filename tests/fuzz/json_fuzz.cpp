// Fuzzes the JSON reader: whatever is accepted must be written back as JSON that reads the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include <tenon/core/duration.hpp>
#include <tenon/core/time_of_day.hpp>
#include <tenon/json/reader.hpp>
#include <tenon/json/writer.hpp>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

// Every decoder is asked; none may crash, whatever the value is.
void decode_all(const tenon::json::node& root) {
    using namespace tenon;
    field_errors errors;
    std::string text;
    bool flag = false;
    std::int64_t integer = 0;
    double number = 0;
    uuid id;
    instant time;
    date day;
    time_of_day clock;
    duration length;
    money amount;
    decimal<18, 4> exact;
    std::vector<std::optional<std::string>> list;
    json::object_reader reader(root, errors);
    reader.optional("a", text);
    reader.optional("b", flag);
    reader.optional("c", integer);
    reader.optional("d", number);
    reader.required("e", id);
    reader.required("f", time);
    reader.optional("g", day);
    reader.optional("h", amount);
    reader.optional("i", exact);
    reader.optional("j", list);
    reader.optional("k", clock);
    reader.optional("l", length);
    reader.finish();
    require(duration::parse(length.to_string()) == length);
    require(time_of_day::from_stored(clock.stored()) == clock);
    json::decode(root, "", exact, errors);
    json::decode(root, "", list, errors);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tenon;
    auto parsed = json::document::parse(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!parsed) return 0;
    decode_all(parsed->root());

    json_text once;
    field_errors errors;
    json::decode(parsed->root(), "", once, errors);
    if (!errors.empty()) return 0;
    auto again = json::document::parse(once.text);
    require(again.has_value());
    json_text twice;
    json::decode(again->root(), "", twice, errors);
    require(once.text == twice.text);
    return 0;
}
