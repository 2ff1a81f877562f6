// A piece of C++ that is looked for, name by name (see former_name).
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/impact/cpp_names.hpp"
#include "generator/impact/former_names.hpp"

namespace tenon::gen {

/// One text that patterns are looked for in.
struct searched_text {
    const std::vector<cpp_token>& tokens;
    const cpp_names& names;
    /// Variables by the object that they are: "call" -> {"call", "request_of_user"}.
    std::map<std::string_view, std::set<std::string_view>> variables{};
    /// What an unqualified name is not, because the product has something of that name.
    const std::set<std::string_view>& taken;
    /// Names in full that there are: what may mean one of them is not told.
    const std::set<std::string_view>& present;
};

/// Where a pattern was found: `told` is the token whose line is to be changed, `end` the one behind it all.
struct name_match {
    std::size_t told = 0;
    std::size_t end = 0;
};

class name_pattern {
  public:
    /// `objects` must outlive it.
    name_pattern(std::string_view code, std::span<const former_object> objects);

    std::optional<name_match> find_at(const searched_text& text, std::size_t token) const;
    std::size_t length() const { return parts_.size(); }

  private:
    enum class part_kind {
        whole,   ///< A name in full, exactly: something follows in the pattern.
        within,  ///< A name in full, or something inside of it.
        object,  ///< A variable that is such an object, or the expression that makes one.
        word,    ///< A name as it stands.
        start,   ///< A name that begins so: "before_" of "before_*".
        sign,
    };
    struct part {
        part_kind kind;
        std::string text;
        std::vector<name_pattern> made_by{};  ///< Of an object: none or one.
    };

    std::size_t match(const part& one, const searched_text& text, std::size_t token) const;

    std::vector<part> parts_;
};

/// The variables of a text that are declared as one of the objects' classes.
std::map<std::string_view, std::set<std::string_view>> find_variables(const std::vector<cpp_token>& tokens,
                                                                      const cpp_names& names,
                                                                      std::span<const former_object> objects);

}  // namespace tenon::gen
