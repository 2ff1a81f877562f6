// Reading settings from the environment: all that is wrong is told at once, by name and with what is expected.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <tenon/core/error.hpp>
#include <tenon/core/secret.hpp>

namespace tenon::operation {
class own_parts;
}

namespace tenon::app {

/// A variable's value; nullopt: it is not set.
using environment = std::function<std::optional<std::string>(std::string_view name)>;

/// Each function gives `out` the value of one variable. It stays as it is, its default, where the variable is not set,
/// which `NAME=` means too, and where it is wrong. What is reported never has a value in it.
class settings_reader {
  public:
    /// `variables` outlives it.
    explicit settings_reader(const environment& variables) : variables_(variables) {}

    void text(std::string_view name, std::string& out);
    /// One of `words`.
    void word(std::string_view name, std::string& out, std::initializer_list<std::string_view> words);
    /// Of so many bytes at least.
    void secret(std::string_view name, tenon::secret& out, std::size_t bytes_min = 16);
    /// "true", "1", "false" or "0".
    void flag(std::string_view name, bool& out);
    /// "500ms", "30s", "15m", "2h": 1 ms to `max`.
    void duration(std::string_view name, std::chrono::milliseconds& out,
                  std::chrono::milliseconds max = std::chrono::hours(24));
    /// A whole number, `min` to `max`.
    template <class Integer>
    void number(std::string_view name, Integer& out, std::uint64_t min, std::uint64_t max) {
        static_assert(std::is_integral_v<Integer>);
        const auto most = static_cast<std::uint64_t>(std::numeric_limits<Integer>::max());
        if (const auto given = whole_number(name, min, std::min(max, most))) out = static_cast<Integer>(*given);
    }

    /// The service does not start without it. `what` follows "is required": ": the URL of the CRM".
    void required(std::string_view name, std::string_view what = "");
    /// Nothing where the variable is not set, or set to nothing.
    std::optional<std::string> given(std::string_view name) const;
    /// For a rule of your own: "must be a URL of https".
    void wrong(std::string_view name, std::string_view expected);

    /// What was wrong so far, the pointer of each being "/NAME".
    field_errors errors;

  private:
    std::optional<std::uint64_t> whole_number(std::string_view name, std::uint64_t min, std::uint64_t max);

    const environment& variables_;
};

/// Makes what a product's own code stands on, when the service starts. What it throws stops the start.
using part_maker = std::function<void(operation::own_parts&)>;
/// Reads the settings of a product's own, and gives what makes its parts of them: called only if nothing was wrong.
using own_settings = part_maker (*)(settings_reader&);

}  // namespace tenon::app
