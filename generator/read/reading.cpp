// Turns nodes into values of simple kinds and reports what does not fit.
#include "generator/read/reading.hpp"

#include <algorithm>
#include <charconv>

#include "generator/read/unsupported.hpp"

namespace tenon::gen {

namespace {

std::string_view shape_word(node_shape shape) {
    switch (shape) {
        case node_shape::empty:
            return "nothing";
        case node_shape::scalar:
            return "a single value";
        case node_shape::list:
            return "a list";
        case node_shape::map:
            return "a map";
    }
    return "";
}

std::string shape_hint(node_shape shape) {
    switch (shape) {
        case node_shape::list:
            return "write [one, two], or lines that begin with '- '";
        case node_shape::map:
            return "write {key: value}, or indented lines of 'key: value'";
        case node_shape::scalar:
            return "write one value behind the colon; quotes make it text";
        case node_shape::empty:
            break;
    }
    return {};
}

std::optional<std::int64_t> to_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

map_reader::map_reader(reading& in, const yaml_node& node, std::string_view context, std::string where)
    : in_(in), node_(node), context_(context), where_(std::move(where)) {
    expect_shape(in, node, node_shape::map, where_);
}

std::optional<std::size_t> map_reader::find(std::string_view key) const {
    const std::size_t count = node_.keys.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = (probe_ + i) % count;
        if (node_.keys[at].value == key) return at;
    }
    return std::nullopt;
}

const yaml_node* map_reader::get(std::string_view key) {
    known_.emplace_back(key);
    const auto at = find(key);
    if (!at) return nullptr;
    probe_ = *at;
    if (refuse_unsupported(in_, context_, node_.keys[*at], node_.items[*at])) return nullptr;
    return &node_.items[*at];
}

const yaml_node* map_reader::need(std::string_view key, std::string_view example) {
    const yaml_node* found = get(key);
    if (found == nullptr && is_map() && !find(key)) {
        const source_range at = node_.keys.empty() ? node_.at : node_.keys.front().at;
        in_.out.report(code::missing_key, at, "key " + quoted(key) + " is missing in " + where_,
                       "add " + std::string(example));
    }
    return found;
}

void map_reader::finish() {
    for (const name& key : node_.keys) {
        if (std::find(known_.begin(), known_.end(), key.value) != known_.end()) continue;
        in_.out.report(code::unknown_key, key.at, "unknown key " + quoted(key.value) + " in " + where_,
                       in_.out.plenty() ? "" : did_you_mean(key.value, known_, "possible are "));
    }
}

bool expect_shape(reading& in, const yaml_node& node, node_shape shape, std::string_view what) {
    if (node.shape == shape) return true;
    const bool nothing = node.shape == node_shape::empty;
    in.out.report(code::wrong_kind, node.at,
                  std::string(what) + " has to be " + std::string(shape_word(shape)) +
                      (nothing ? ", and there is " : ", not ") + std::string(shape_word(node.shape)),
                  shape_hint(shape));
    return false;
}

std::optional<name> read_scalar(reading& in, const yaml_node& node, std::string_view what) {
    if (!expect_shape(in, node, node_shape::scalar, what)) return std::nullopt;
    if (trimmed(node.text).empty()) {
        in.out.report(code::bad_value, node.at, std::string(what) + " is empty", "write a value, or take the key out");
        return std::nullopt;
    }
    return name{node.text, node.at};
}

namespace {

std::string read_text(reading& in, const yaml_node* node, std::string_view what, std::size_t most,
                      std::string_view shorten) {
    if (node == nullptr) return {};
    const auto found = read_scalar(in, *node, what);
    if (!found) return {};
    if (count_code_points(found->value) > most) {
        in.out.report(code::bad_value, found->at,
                      std::string(what) + " is longer than " + std::to_string(most) + " characters",
                      std::string(shorten));
        return {};
    }
    std::string out = found->value;
    while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
    return out;
}

}  // namespace

std::string read_prose(reading& in, const yaml_node* node, std::string_view what) {
    return read_text(in, node, what, 2000, "shorten it, and keep the rest where people read more");
}

std::string read_line(reading& in, const yaml_node* node, std::string_view what, std::string_view hint,
                      std::size_t most) {
    std::string out = read_text(in, node, what, most, hint);
    if (out.find('\n') == std::string::npos || in.options.earlier) return out;
    in.out.report(code::bad_value, node->at, std::string(what) + " has several lines", std::string(hint));
    return {};
}

bool read_bool(reading& in, const yaml_node* node, bool fallback, std::string_view what) {
    static constexpr choice<bool> words[] = {{"true", true}, {"false", false}};
    if (node == nullptr) return fallback;
    const bool word = node->shape == node_shape::scalar;
    const auto is_one = [&](std::initializer_list<std::string_view> list) {
        return word && std::find(list.begin(), list.end(), node->text) != list.end();
    };
    const bool yes = is_one({"yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE", "y", "1"});
    if (yes || is_one({"no", "No", "NO", "off", "Off", "OFF", "False", "FALSE", "n", "0"})) {
        in.out.report(code::bad_value, node->at, std::string(what) + " is true or false, not " + quoted(node->text),
                      yes ? "write true" : "write false");
        return fallback;
    }
    return read_choice<bool>(in, *node, words, what).value_or(fallback);
}

std::optional<std::int64_t> read_integer(reading& in, const yaml_node& node, std::int64_t lowest, std::int64_t highest,
                                         std::string_view what) {
    const auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    const auto value = to_integer(found->value);
    if (value && *value >= lowest && *value <= highest) return value;
    in.out.report(code::bad_value, found->at, std::string(what) + " cannot be " + quoted(found->value),
                  "write a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
    return std::nullopt;
}

std::vector<const yaml_node*> read_items(reading& in, const yaml_node& node, std::string_view what) {
    std::vector<const yaml_node*> out;
    if (node.shape == node_shape::scalar) {
        out.push_back(&node);
    } else if (expect_shape(in, node, node_shape::list, what)) {
        for (const yaml_node& item : node.items) out.push_back(&item);
    }
    return out;
}

std::vector<name> read_words(reading& in, const yaml_node& node, std::string_view what) {
    std::vector<name> out;
    std::set<std::string> seen;
    const std::string item_what = "an item of " + std::string(what);
    for (const yaml_node* item : read_items(in, node, what)) {
        auto word = read_scalar(in, *item, node.shape == node_shape::list ? item_what : std::string(what));
        if (!word) continue;
        if (seen.insert(word->value).second)
            out.push_back(std::move(*word));
        else
            in.out.report(code::repeated_item, word->at, quoted(word->value) + " stands twice in " + std::string(what),
                          "take one out");
    }
    return out;
}

void report_bad_choice(reading& in, const name& found, const std::vector<std::string>& words, std::string_view what) {
    in.out.report(code::bad_value, found.at, std::string(what) + " cannot be " + quoted(found.value),
                  did_you_mean(found.value, words, words.size() == 1 ? "only possible is " : "possible are "));
}

void report_unknown(reading& in, code id, const name& reference, std::string_view what,
                    const std::vector<std::string>& candidates) {
    std::string hint;
    if (candidates.empty())
        hint = "there is none";
    else if (!in.out.plenty())
        hint = did_you_mean(reference.value, candidates, candidates.size() == 1 ? "there is only " : "there are ");
    in.out.report(id, reference.at, std::string(what) + " " + quoted(reference.value) + " is not in the spec",
                  std::move(hint));
}

}  // namespace tenon::gen
