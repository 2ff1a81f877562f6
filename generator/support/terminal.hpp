// What may be sent to the terminal: colours only where somebody looks, control characters never.
#pragma once

#include <string>
#include <string_view>

namespace tenon::gen {

/// Whether the stream (1: standard output, 2: standard error) is a terminal that shows colours and NO_COLOR is not set.
bool shows_colour(int stream);
/// Whether the stream is a terminal that can go back in its line and clear it; TERM=dumb says that it cannot.
bool moves_cursor(int stream);

/// Hands on what standard output still holds. False when that, or anything before, could not be written.
bool flush_output();

enum class colour { none, red, green, yellow, cyan, dim, bold };

/// Puts text into colours, or leaves it as it is.
class painter {
  public:
    explicit painter(bool enabled) : enabled_(enabled) {}
    std::string operator()(colour which, std::string_view text) const;
    bool enabled() const { return enabled_; }

  private:
    bool enabled_;
};

/// `text` with control characters (but tab and newline) shown as "^X".
std::string printable(std::string_view text);

}  // namespace tenon::gen
