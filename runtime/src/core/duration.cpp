// Durations, in and out.
#include <charconv>
#include <tenon/core/duration.hpp>

#include "core/micros_text.hpp"

namespace tenon {
namespace {

struct duration_unit {
    char letter;
    std::int64_t seconds;
};
constexpr duration_unit duration_weeks{'W', 604'800};
constexpr duration_unit duration_days{'D', 86'400};
constexpr duration_unit parts_of_days[] = {{'H', 3'600}, {'M', 60}, {'S', 1}};

/// Takes parts off a text, each a number and the letter of its unit.
class duration_reader {
  public:
    explicit duration_reader(std::string_view text) : rest_(text) {}

    bool take(char letter) {
        if (rest_.empty() || rest_.front() != letter) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// False where no such part stands in front; the text is then as it was.
    bool take(const duration_unit& unit) {
        std::string_view after = rest_;
        const std::string_view digits = detail::take_number(after);
        const auto micros = unit.seconds == 1 ? detail::take_micros(after) : std::optional<std::int64_t>(0);
        std::int64_t count = 0;
        const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
        if (failed != std::errc() || !micros || after.empty() || after.front() != unit.letter) return false;
        if (count > duration::longest_micros / detail::micros_a_second / unit.seconds) return false;
        total_ += count * unit.seconds * detail::micros_a_second + *micros;
        rest_ = after.substr(1);
        return true;
    }

    bool at_end() const { return rest_.empty(); }
    std::optional<duration> total() const {
        return at_end() && total_ <= duration::longest_micros ? std::optional(duration(total_)) : std::nullopt;
    }

  private:
    std::string_view rest_;
    std::int64_t total_ = 0;  // of five parts at most, none of which is longer than a duration: no overflow
};

}  // namespace

std::optional<duration> duration::parse(std::string_view text) {
    duration_reader in(text);
    if (!in.take('P')) return std::nullopt;
    if (in.take(duration_weeks)) return in.total();
    const bool has_days = in.take(duration_days);
    if (has_days && in.at_end()) return in.total();
    if (!in.take('T')) return std::nullopt;
    bool any = false;
    for (const duration_unit& unit : parts_of_days) any = in.take(unit) || any;
    return any ? in.total() : std::nullopt;
}

std::string duration::to_string() const {
    const std::int64_t seconds = micros / detail::micros_a_second;
    const std::int64_t rest = micros % detail::micros_a_second;
    std::string out = "PT";
    if (seconds >= 3600) out += std::to_string(seconds / 3600) + "H";
    if (seconds / 60 % 60 != 0) out += std::to_string(seconds / 60 % 60) + "M";
    if (seconds % 60 == 0 && rest == 0 && micros != 0) return out;
    out += std::to_string(seconds % 60);
    detail::append_micros(out, rest);
    return out + "S";
}

std::optional<duration> duration::from_stored(std::int64_t kept) {
    return kept >= 0 && kept <= longest_micros ? std::optional(duration(kept)) : std::nullopt;
}

}  // namespace tenon
