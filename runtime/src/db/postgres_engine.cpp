// Hands statements to the connection with the least to do.
#include "db/postgres_engine.hpp"

#include <algorithm>

namespace tenon::db {

postgres_engine::postgres_engine(const postgres_options& options)
    : reading_(make_links(options.url, options.readers)),
      writing_(make_links(options.url, options.writers)),
      transactions_(loop_, canceller_, options.url, options.transactions),
      thread_([this] { loop_.run(); }) {}

postgres_engine::~postgres_engine() {
    stop();
}

postgres_engine::links postgres_engine::make_links(const std::string& url, std::size_t count) {
    links out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(std::make_unique<postgres_link>(loop_, canceller_, url));
    return out;
}

bool postgres_engine::post(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return false;
    loop_.post(std::move(work));
    return true;
}

void postgres_engine::stop() {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) return;
        stopped_ = true;
        loop_.post([this] {
            for (links* group : {&reading_, &writing_}) {
                for (auto& each : *group) each->close(shutting_down());
            }
            transactions_.close();
            loop_.stop();
        });
    }
    thread_.join();
}

void postgres_engine::submit(postgres_unit_ptr unit) {
    links& group = unit->reads ? reading_ : writing_;
    const auto idlest = std::min_element(group.begin(), group.end(),
                                         [](const auto& a, const auto& b) { return a->load() < b->load(); });
    (*idlest)->submit(std::move(unit));
}

}  // namespace tenon::db
