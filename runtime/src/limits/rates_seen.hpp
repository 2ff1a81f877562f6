// What a request has met of the rate limits, for the headers of its answer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include <tenon/limits/rules.hpp>

namespace tenon::observe {
class limit_metrics;
}

namespace tenon::limits {

/// One limit on requests; made once.
struct rate_policy {
    std::string name;  ///< "ip"
    bucket_rule rule;
    std::string text;        ///< Of RateLimit-Policy: "ip";q=600;w=60
    std::uint64_t salt = 0;  ///< Keeps its keys apart from those of other policies.
    observe::limit_metrics* metrics = nullptr;

    bool on() const { return rule.burst > 0; }
};

class rates_seen {
  public:
    struct one {
        const rate_policy* policy = nullptr;
        bucket_answer answer;
    };

    /// A second word on the same limit replaces the first.
    void add(const rate_policy& policy, const bucket_answer& answer) {
        for (std::size_t i = 0; i < count_; ++i) {
            if (all_[i].policy != &policy) continue;
            all_[i].answer = answer;
            return;
        }
        if (count_ < all_.size()) all_[count_++] = one{&policy, answer};
    }
    const one* begin() const { return all_.data(); }
    const one* end() const { return all_.data() + count_; }
    bool empty() const { return count_ == 0; }

  private:
    std::array<one, 5> all_{};
    std::size_t count_ = 0;
};

}  // namespace tenon::limits
