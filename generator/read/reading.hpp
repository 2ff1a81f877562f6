// What all parts of the reader share: helpers that turn nodes into values and report what does not fit.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generator/features/chosen_features.hpp"
#include "generator/read/read.hpp"
#include "generator/read/reporter.hpp"
#include "generator/read/yaml.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

/// The state of one reading.
struct reading {
    reporter& out;
    const read_options& options;
    /// Fields (entity, field) whose type was not understood: later checks leave them alone.
    std::set<std::pair<std::string, std::string>> broken_fields;
    /// The spec's own entities by name, for the checks; filled when all have been read.
    std::map<std::string, const entity_spec*, std::less<>> entities;
    std::set<std::string, std::less<>> roles;
    reporter warnings;        ///< What is right, and perhaps not meant.
    feature_list features{};  ///< Those that the product will have; filled when their keys have been read.
};

/// Reads a map key by key. What was never asked for is unknown and reported by `finish`.
class map_reader {
  public:
    /// `context` is the construct in the table of unsupported.cpp; `where` names the place in messages ("entity
    /// 'Draft'"). A node that is no map is reported and then read as an empty one.
    map_reader(reading& in, const yaml_node& node, std::string_view context, std::string where);

    /// The value of a key; null when it is absent, or refused as not supported yet.
    const yaml_node* get(std::string_view key);
    /// The same, but its absence is reported with an example of what to write.
    const yaml_node* need(std::string_view key, std::string_view example);
    /// Reports the keys that nobody asked for.
    void finish();

    bool is_map() const { return node_.shape == node_shape::map; }
    source_range at() const { return node_.at; }
    const std::string& where() const { return where_; }

  private:
    std::optional<std::size_t> find(std::string_view key) const;

    reading& in_;
    const yaml_node& node_;
    std::string_view context_;
    std::string where_;
    std::vector<std::string> known_;
    std::size_t probe_ = 0;  ///< Where the last key was found: keys are mostly asked for in the order written.
};

/// Reports a node that has another shape than expected. `what` is the subject of the message ("'fields'").
bool expect_shape(reading& in, const yaml_node& node, node_shape shape, std::string_view what);

/// A scalar with its place; reports anything else, and an empty one.
std::optional<name> read_scalar(reading& in, const yaml_node& node, std::string_view what);

/// Text for people, at most 2,000 code points. Empty when absent.
std::string read_prose(reading& in, const yaml_node* node, std::string_view what);

/// The same on one line, at most `most` code points: what stands inside other sentences and headings.
std::string read_line(reading& in, const yaml_node* node, std::string_view what, std::string_view hint,
                      std::size_t most = 2000);

/// true or false; `fallback` when absent or wrong.
bool read_bool(reading& in, const yaml_node* node, bool fallback, std::string_view what);

/// A whole number within bounds.
std::optional<std::int64_t> read_integer(reading& in, const yaml_node& node, std::int64_t lowest, std::int64_t highest,
                                         std::string_view what);

/// The items of a list, or the one item when a single value stands where a list may.
std::vector<const yaml_node*> read_items(reading& in, const yaml_node& node, std::string_view what);

/// A list of words (or one word), each once.
std::vector<name> read_words(reading& in, const yaml_node& node, std::string_view what);

/// One word of several, with its meaning.
template <class Value>
struct choice {
    std::string_view word;
    Value value;
};

/// Reports a word that is none of `words`.
void report_bad_choice(reading& in, const name& found, const std::vector<std::string>& words, std::string_view what);

template <class Value>
std::optional<Value> read_choice(reading& in, const yaml_node& node, std::span<const choice<Value>> choices,
                                 std::string_view what) {
    const auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    std::vector<std::string> words;
    for (const choice<Value>& one : choices) {
        if (one.word == found->value) return one.value;
        words.emplace_back(one.word);
    }
    report_bad_choice(in, *found, words, what);
    return std::nullopt;
}

enum class name_style { pascal, snake };

/// Checks the spelling of a name that the spec gives to something. `what` is what it names ("field").
bool check_name(reading& in, const name& given, name_style style, std::string_view what);

/// The spelling of a name that `check_name` accepts; empty when nothing near would do.
std::string proper_name(std::string_view given, name_style style);

/// Reports a reference to something that is not there, with the nearest name as hint.
void report_unknown(reading& in, code id, const name& reference, std::string_view what,
                    const std::vector<std::string>& candidates);

}  // namespace tenon::gen
