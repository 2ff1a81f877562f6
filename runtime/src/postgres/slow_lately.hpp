// Which lists have been slow lately, by their text and by who asked.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

#include <tenon/core/uuid.hpp>

namespace tenon::db {

/// A text counts for 10 s. A caller of three texts that were slow counts for as long as a whole: filters and orders
/// make more texts of one list than anybody could find out one by one. Not thread-safe.
class slow_lately {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    /// Nobody's, those of the nil UUID, count by their text alone.
    void note(const std::string& text, const uuid& caller, time_point now);
    bool has(const std::string& text, const uuid& caller, time_point now) const;

  private:
    struct asked {
        std::size_t texts = 0;
        time_point until;
    };

    std::map<std::string, time_point> until_;
    std::map<uuid, asked> callers_;
};

}  // namespace tenon::db
