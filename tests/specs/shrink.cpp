// Greedy: from the whole to its parts, again until nothing more goes.
#include "shrink.hpp"

#include <algorithm>

namespace tenon::gen {
namespace {

class shrinking {
  public:
    shrinking(spec_node root, const std::function<bool(const spec_node&)>& fails, std::size_t most)
        : root_(std::move(root)), fails_(fails), left_(most) {}

    spec_node run() {
        bool smaller = true;
        while (smaller && left_ > 0) smaller = pass(root_);
        return std::move(root_);
    }

  private:
    bool still_fails() {
        if (left_ == 0) return false;
        --left_;
        return fails_(root_);
    }

    /// `node` is a part of root_. True when anything became smaller.
    bool pass(spec_node& node) {
        bool smaller = node.is_scalar() ? simpler(node) : unwrapped(node);
        smaller = fewer(node) || smaller;
        for (auto& [key, child] : node.entries) smaller = pass(child) || smaller;
        return smaller;
    }

    /// Halves first, then one by one, from the end: what comes later refers to what comes before.
    bool fewer(spec_node& node) {
        bool smaller = false;
        for (std::size_t chunk = std::max<std::size_t>(1, node.entries.size() / 2);; chunk /= 2) {
            for (std::size_t end = node.entries.size(); end > 0;) {
                const std::size_t begin = end - std::min(chunk, end);
                const auto before = node.entries;
                node.entries.erase(node.entries.begin() + static_cast<std::ptrdiff_t>(begin),
                                   node.entries.begin() + static_cast<std::ptrdiff_t>(end));
                if (still_fails())
                    smaller = true;
                else
                    node.entries = before;
                end = begin;
            }
            if (chunk == 1) return smaller;
        }
    }

    /// A field with its type alone stands without the map.
    bool unwrapped(spec_node& node) {
        if (node.kind != spec_node::shape::map || node.entries.size() != 1 || node.entries.front().name != "type")
            return false;
        return replaced(node, spec_node(node.entries.front().child));
    }

    /// Another type, or none of the text.
    bool simpler(spec_node& node) {
        for (const char* simple : {"bool", "int", "text"}) {
            if (node.value == simple) return false;
        }
        return node.kind == spec_node::shape::text && node.value.size() > 3 && replaced(node, spec_node::text("bool"));
    }

    bool replaced(spec_node& node, spec_node by) {
        std::swap(node, by);
        if (still_fails()) return true;
        std::swap(node, by);
        return false;
    }

    spec_node root_;
    const std::function<bool(const spec_node&)>& fails_;
    std::size_t left_;
};

}  // namespace

spec_node shrink(spec_node root, const std::function<bool(const spec_node&)>& fails, std::size_t most) {
    return shrinking(std::move(root), fails, most).run();
}

}  // namespace tenon::gen
