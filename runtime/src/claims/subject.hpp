// What an idempotency key stands for.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace tenon::claims {

/// Texts of which none can be mistaken for a part of another: each comes with its length in front.
inline void append(std::string& out, std::string_view part) {
    out.append(std::to_string(part.size())).append(":").append(part);
}

struct subject {
    std::string place;    ///< Tells the key from all others of its scope: what is asked, by whom, and the key itself.
    std::string content;  ///< The same place with other content is another request under a used key.
    std::string key;      ///< As whoever asks has chosen it; what is kept can be read by who knows it.
    std::string label;    ///< Of what is asked, for the log.
    std::chrono::steady_clock::time_point deadline;
};

}  // namespace tenon::claims
