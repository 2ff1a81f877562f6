// Server processes that stall at random while many tenants read and write: whatever is late, nothing is mixed up, lost
// or done twice (RF-3, trap 6).
#include <csignal>
#include <iterator>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "pooler_test.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

constexpr tenant_sql titles("SELECT title FROM notes WHERE $1::uuid IS NOT NULL");
constexpr tenant_sql write_down("INSERT INTO every (d) SELECT $2 WHERE $1::uuid IS NOT NULL");

/// Lives on one loop.
struct stalled_work {
    std::vector<tenant_id> tenants;
    std::vector<std::string> written;  ///< What was acknowledged.
    std::size_t reads = 0;
    std::string surprise;
    bool stop = false;

    void note(const error& failed) {
        if (failed.code != errc::unavailable && failed.code != errc::deadline_exceeded) surprise = failed.message;
    }
    void compare(const result<rows>& found, tenant_id mine) {
        if (!found) return note(found.error());
        ++reads;
        const bool own = found->size() == 1 && (*found)[0].get<std::string>(0) == mine.to_string();
        if (!own) surprise = "rows of others, or none";
    }
};

task<result<void>> write_alone(tenant_session session, std::string text) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    open.commit_with_next();
    auto values = args(text);
    CO_TRY(co_await open.query(write_down, values));
    co_return co_await open.commit();
}

task<result<rows>> write_and_read(tenant_session session, std::string text) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto values = args(text);
    CO_TRY(co_await open.query(write_down, values));
    auto none = args();
    CO_TRY_ASSIGN(auto found, co_await open.query(titles, none));
    CO_TRY(co_await open.commit());
    co_return found;
}

task<result<void>> work_on(backend& database, std::shared_ptr<stalled_work> all, std::string name) {
    for (std::size_t i = 0; !all->stop; ++i) {
        const tenant_id mine = all->tenants[(i * 7 + std::hash<std::string>()(name)) % all->tenants.size()];
        tenant_session session(database, mine, std::chrono::steady_clock::now() + 2s);
        const std::string text = name + "." + std::to_string(i);
        if (i % 8 == 0) {
            auto writing = write_alone(session, text);
            const auto out = co_await writing;
            out ? all->written.push_back(text) : all->note(out.error());
        } else if (i % 8 == 4) {
            auto both = write_and_read(session, text);
            const auto found = co_await both;
            if (found) all->written.push_back(text);
            all->compare(found, mine);
        } else {
            auto none = args();
            auto reading = session.read(titles, none);
            const auto found = co_await reading;
            all->compare(found, mine);
        }
        // What fails at once must not keep the loop from everything else.
        co_await sleep_until(std::chrono::steady_clock::now() + 1ms);
    }
    co_return result<void>();
}

/// Of server processes, whichever they are: for most of `length` one or the other stands still.
void stall_at_random(gen::postgres_cluster& server, std::chrono::milliseconds length) {
    std::minstd_rand random(1);
    const auto end = std::chrono::steady_clock::now() + length;
    while (std::chrono::steady_clock::now() < end) {
        std::istringstream found(server.run("SELECT pid FROM pg_stat_activity WHERE usename = 'reader'"));
        const std::vector<pid_t> processes{std::istream_iterator<pid_t>(found), {}};
        for (int i = 0; i < 10 && !processes.empty(); ++i) {
            const pid_t one = processes[random() % processes.size()], other = processes[random() % processes.size()];
            for (const pid_t each : {one, other}) ::kill(each, SIGSTOP);
            std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 50));
            for (const pid_t each : {one, other}) ::kill(each, SIGCONT);
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 10));
        }
    }
}

template <class Fixture>
class postgres_stalls : public Fixture {
  protected:
    void survive_stalls() {
        auto all = std::make_shared<stalled_work>();
        for (int i = 0; i < 200; ++i) {
            all->tenants.push_back(tenant_id::generate());
            ASSERT_TRUE(this->insert(all->tenants.back(), uuid::generate(), all->tenants.back().to_string()));
        }
        std::vector<std::future<result<void>>> workers;
        for (int i = 0; i < 150; ++i)
            workers.push_back(this->runner_.start(work_on(*this->database_, all, "w" + std::to_string(i))));
        stall_at_random(this->server(), 4s);
        this->runner_.run([&] { all->stop = true; });
        for (auto& each : workers) EXPECT_TRUE(each.get());
        EXPECT_EQ(all->surprise, "");
        EXPECT_GT(all->reads, 0U);
        EXPECT_GT(all->written.size(), 0U);
        std::map<std::string, int> kept;
        auto found = this->system("SELECT d FROM every");
        ASSERT_TRUE(found) << found.error().message;
        for (std::size_t i = 0; i < found->size(); ++i) ++kept[(*found)[i].template get<std::string>(0)];
        for (const auto& [text, times] : kept) EXPECT_EQ(times, 1) << text << " was done twice";
        for (const std::string& text : all->written) EXPECT_EQ(kept.count(text), 1U) << text << " was lost";
    }
};

using postgres_stalls_test = postgres_stalls<postgres_database_test>;
using postgres_pooler_stalls_test = postgres_stalls<postgres_pooler_test>;

TEST_F(postgres_stalls_test, mix_up_no_tenants_and_lose_no_writes) {
    survive_stalls();
}

TEST_F(postgres_pooler_stalls_test, mix_up_no_tenants_and_lose_no_writes) {
    survive_stalls();
}

}  // namespace
}  // namespace tenon::db
