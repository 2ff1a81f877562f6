// Follows each chain of renames to its end, which is free, and goes back from there.
#include "generator/migrate/rename_order.hpp"

#include <map>

namespace tenon::gen {

namespace {

class orderer {
  public:
    explicit orderer(const std::vector<renaming>& wanted) : wanted_(wanted), state_(wanted.size(), state::waits) {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const bool moves = wanted[i].from != wanted[i].to;
            if (moves) bearer_.emplace(wanted[i].from, i);
            if (!moves) state_[i] = state::done;
        }
    }

    std::vector<rename_step> run() {
        for (std::size_t i = 0; i < wanted_.size(); ++i) follow(i);
        return std::move(out_);
    }

  private:
    enum class state { waits, on_the_way, done };

    void follow(std::size_t first) {
        std::vector<std::size_t> path;
        std::string parked;
        for (std::size_t at = first; state_[at] == state::waits;) {
            state_[at] = state::on_the_way;
            path.push_back(at);
            const auto next = bearer_.find(wanted_[at].to);
            if (next == bearer_.end()) break;
            at = next->second;
        }
        if (path.empty()) return;
        const auto back = bearer_.find(wanted_[path.back()].to);
        const bool circle = back != bearer_.end() && state_[back->second] == state::on_the_way;
        if (circle) {
            // A path enters a circle only at the circle's own beginning: every name has one bearer and one heir.
            parked = "tenon moves " + std::to_string(first);
            out_.push_back({wanted_[first].from, parked, first});
        }
        for (auto at = path.rbegin(); at != path.rend(); ++at) {
            const bool was_parked = circle && *at == first;
            out_.push_back({was_parked ? parked : wanted_[*at].from, wanted_[*at].to, *at});
            state_[*at] = state::done;
        }
    }

    const std::vector<renaming>& wanted_;
    std::map<std::string, std::size_t> bearer_;
    std::vector<state> state_;
    std::vector<rename_step> out_;
};

}  // namespace

std::vector<rename_step> in_order(const std::vector<renaming>& wanted) {
    return orderer(wanted).run();
}

}  // namespace tenon::gen
