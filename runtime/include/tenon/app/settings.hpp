// Reading settings from the environment: all that is wrong is told at once, by name and with what is expected.
#pragma once

#include <chrono>
#include <concepts>
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
class product_parts;
}

namespace tenon::app {

/// A variable's value; nullopt: it is not set.
using environment = std::function<std::optional<std::string>(std::string_view name)>;

/// Each form gives `out` the value of one variable. It stays as it is, its default, where the variable is not set,
/// which `NAME=` means too, and where it is wrong. What the forms report has no value in it.
class settings_reader {
  public:
    /// What was asked for; `in.text("CRM_URL", out.url).required("where the CRM is")`.
    class asked {
      public:
        /// The service does not start without the variable; `what` says what it is for.
        void required(std::string_view what);

      private:
        friend settings_reader;
        asked(settings_reader& in, std::string_view name, bool is_given) : in_(in), name_(name), is_given_(is_given) {}

        settings_reader& in_;
        const std::string name_;
        const bool is_given_;
    };

    /// `variables` outlives it.
    explicit settings_reader(const environment& variables) : variables_(variables) {}
    explicit settings_reader(environment&&) = delete;
    settings_reader(const settings_reader&) = delete;
    settings_reader& operator=(const settings_reader&) = delete;

    asked text(std::string_view name, std::string& out);
    /// One of `words`.
    asked word(std::string_view name, std::string& out, std::initializer_list<std::string_view> words);
    /// Of so many bytes at least.
    asked secret(std::string_view name, tenon::secret& out, std::size_t bytes_min = 1);
    /// "true", "1", "false" or "0".
    asked flag(std::string_view name, bool& out);
    /// "500ms", "30s", "15m", "2h": 1 ms to `max`.
    asked duration(std::string_view name, std::chrono::milliseconds& out,
                   std::chrono::milliseconds max = std::chrono::hours(24));
    /// A whole number, `min` to `max`.
    template <std::integral Integer>
    requires(!std::same_as<Integer, bool>) asked
        number(std::string_view name, Integer& out, std::type_identity_t<Integer> min,
               std::type_identity_t<Integer> max) {
        if constexpr (std::is_signed_v<Integer>) {
            std::int64_t value = out;
            const bool is_given = whole(name, value, min, max);
            out = static_cast<Integer>(value);
            return asked(*this, name, is_given);
        } else {
            std::uint64_t value = out;
            const bool is_given = natural(name, value, min, max);
            out = static_cast<Integer>(value);
            return asked(*this, name, is_given);
        }
    }

    /// Nothing where the variable is not set, or set to nothing.
    std::optional<std::string> given(std::string_view name) const;
    /// For a rule of your own: "must be a URL of https". `expected` is printed and logged: no value in it.
    void wrong(std::string_view name, std::string_view expected);

    /// What was wrong so far, the pointer of each being "/NAME".
    const field_errors& errors() const { return errors_; }

  private:
    bool whole(std::string_view name, std::int64_t& out, std::int64_t min, std::int64_t max);
    bool natural(std::string_view name, std::uint64_t& out, std::uint64_t min, std::uint64_t max);

    const environment& variables_;
    field_errors errors_;
};

/// Makes what a product's own code stands on, when the service starts. What it throws stops the start.
using parts_maker = std::function<void(operation::product_parts&)>;
/// Reads a product's own settings, and gives what makes its parts of them; that is called only if nothing was wrong.
/// Has no effects: `--help` calls it as well, with nothing set.
using parts_reader = parts_maker (*)(settings_reader&);

}  // namespace tenon::app
