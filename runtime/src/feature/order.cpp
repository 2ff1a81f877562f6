// Depth first, by name.
#include "feature/order.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace tenon::feature {
namespace {

class orderer {
  public:
    explicit orderer(std::vector<declaration> declared) {
        for (declaration& each : declared) {
            const std::string_view name = each.name;
            if (!waiting_.emplace(name, std::move(each)).second) refuse(name, "is declared twice");
        }
    }

    std::vector<declaration> run() {
        while (!waiting_.empty()) take(waiting_.begin()->first);
        return std::move(out_);
    }

  private:
    [[noreturn]] static void refuse(std::string_view name, std::string_view why) {
        throw std::logic_error("the feature '" + std::string(name) + "' " + std::string(why));
    }

    bool is_out(std::string_view name) const {
        return std::any_of(out_.begin(), out_.end(), [name](const declaration& each) { return each.name == name; });
    }

    void take(std::string_view name) {
        auto mine = waiting_.extract(name);
        for (const std::string_view needed : mine.mapped().needs) {
            if (waiting_.count(needed) > 0) take(needed);
            if (!is_out(needed)) refuse(name, "needs '" + std::string(needed) + "', which is not there before it");
        }
        out_.push_back(std::move(mine.mapped()));
    }

    std::map<std::string_view, declaration> waiting_;
    std::vector<declaration> out_;
};

}  // namespace

std::vector<declaration> in_order(std::vector<declaration> declared) {
    return orderer(std::move(declared)).run();
}

}  // namespace tenon::feature
