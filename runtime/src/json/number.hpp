// Number literals, written out as a database writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon::json {

/// A number literal (RFC 8259) in the form that PostgreSQL's numeric has for it: plain digits, no exponent, no minus
/// sign before zero, trailing zeros kept. What is stored in that form is not rewritten by any database.
class plain_number {
  public:
    /// Requires: `literal` is a valid number and outlives this object.
    explicit plain_number(std::string_view literal);

    /// Characters of the form; a huge exponent counts as some 100,000.
    std::size_t size() const;
    void append_to(std::string& out) const;
    /// True for zero, and for what a double holds: from 5e-324 to 1.7976931348623157e308 on either side of zero; and
    /// with at most 400 characters. Anything else would be lost on some reader, or grow without bound.
    bool can_be_kept() const;
    /// True when it is nearer to zero than 1.
    bool is_below_one() const;
    /// Its value when it is a whole number of 64 bits, however it is written: 3, 3.0, 3e2.
    std::optional<std::int64_t> whole_number() const;

  private:
    std::string_view literal_;
    std::string_view whole_;     ///< The digits before the point.
    std::string_view fraction_;  ///< Those behind it.
    bool negative_ = false;
    bool zero_ = false;
    bool has_exponent_ = false;
    std::ptrdiff_t point_ = 0;  ///< Where the point stands in `whole_` and `fraction_` together.
};

}  // namespace tenon::json
