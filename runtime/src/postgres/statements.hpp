// Which statements a connection has prepared.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

namespace tenon::db {

/// The least recently used name gives way when there are too many. Names are never used twice on a connection.
class postgres_statements {
  public:
    struct found {
        std::string name;
        bool fresh = false;     ///< Has to be prepared first.
        std::string forgotten;  ///< Has to be deallocated first; empty when nothing gave way.
    };

    found use(const std::string& text) {
        found out;
        if (auto known = by_text_.find(text); known != by_text_.end()) {
            kept_.splice(kept_.begin(), kept_, known->second);
            out.name = known->second->name;
            return out;
        }
        if (kept_.size() >= kept_max) {
            out.forgotten = kept_.back().name;
            forget(std::string(kept_.back().text));
        }
        out.fresh = true;
        out.name = "s" + std::to_string(next_++);
        kept_.push_front(kept{text, out.name});
        by_text_.emplace(text, kept_.begin());
        return out;
    }
    /// After a failure that may mean that the server does not have it.
    void forget(const std::string& text) {
        auto known = by_text_.find(text);
        if (known == by_text_.end()) return;
        kept_.erase(known->second);
        by_text_.erase(known);
    }
    void clear() {
        by_text_.clear();
        kept_.clear();
    }

  private:
    static constexpr std::size_t kept_max = 256;
    struct kept {
        std::string text;
        std::string name;
    };
    std::list<kept> kept_;
    std::unordered_map<std::string, std::list<kept>::iterator> by_text_;
    std::uint64_t next_ = 0;
};

}  // namespace tenon::db
