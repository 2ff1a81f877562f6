// A statement's parameters as libpq takes them: texts that end in a zero byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::db {

/// All in one buffer: most statements have a few short ones.
class postgres_parameters {
  public:
    void add(std::string_view text) {
        starts_.push_back(bytes_.size());
        bytes_.append(text).push_back('\0');
    }
    void add_null() { starts_.push_back(null); }
    std::size_t size() const { return starts_.size(); }

    /// Valid until the next `add`. A null pointer stands for NULL.
    const std::vector<const char*>& pointers() {
        pointers_.clear();
        for (const std::size_t start : starts_) pointers_.push_back(start == null ? nullptr : bytes_.data() + start);
        return pointers_;
    }

  private:
    static constexpr std::size_t null = static_cast<std::size_t>(-1);
    std::string bytes_;
    std::vector<std::size_t> starts_;
    std::vector<const char*> pointers_;
};

}  // namespace tenon::db
