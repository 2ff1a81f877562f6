// Reading a JSON document that may have been tampered with: closed sets of keys, checked values, no surprises.
#pragma once

#include <boost/json.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "generator/support/failure.hpp"
#include "generator/support/sha256.hpp"

namespace tenon::gen {

/// One object of a document. Remembers the first thing wrong; after that every read gives an empty value.
class json_object_reader {
  public:
    /// `where` names the place in messages: "plan.json: files[3]".
    json_object_reader(const boost::json::value& value, std::string where);

    std::string text(std::string_view key);
    bool flag_or(std::string_view key, bool fallback);
    std::int64_t number(std::string_view key);
    /// A SHA-256 or "absent".
    digest any_digest(std::string_view key);
    digest real_digest(std::string_view key);
    const boost::json::value* find(std::string_view key);
    /// `find`, and its absence is an error.
    const boost::json::value* need(std::string_view key);

    /// The first error; keys outside `known` are errors too.
    std::optional<failure> finish(std::initializer_list<std::string_view> known);
    void fail(std::string_view what);
    const std::string& where() const { return where_; }

  private:
    const boost::json::object* object_ = nullptr;
    std::string where_;
    std::optional<failure> first_;
};

/// Parses `text`; `name` is the file's, for messages.
outcome<boost::json::value> parse_json(std::string_view text, std::string_view name);

/// `text` as a JSON string, quotes included.
std::string json_quoted(std::string_view text);

}  // namespace tenon::gen
