// Random products, random records, random deletions: the database has what the slow reference has, row by row, and
// every refusal says the same.
#include <gtest/gtest.h>

#include <regex>

#include <tenon/records/deletion.hpp>

#include "db/tenant_access.hpp"
#include "notes_on_sqlite.hpp"
#include "postgres_server.hpp"
#include "slow_reference.hpp"

namespace tenon::records::test {
namespace {

constexpr access::decision everything[] = {access::decision::allowed};
constexpr std::string_view one_name[] = {"all"};
constexpr std::uint64_t one_role[] = {1};

access::viewer who_sees_all() {
    static const access::policy rules{one_name, one_name, everything, one_role};
    return access::viewer(rules, 0, user_id());
}

enum class step { insert, remove, restore, purge };

/// One product in a database, and the same in memory.
class course {
  public:
    course(db::tenant_session session, ::tenon::test::loop_runner& runner, dice& random, const random_product& product)
        : session_(session), runner_(runner), random_(random), product_(product), all_(product.all()), slow_(product) {}

    void take(std::size_t steps) {
        for (std::size_t i = 0; i < steps && !testing::Test::HasFatalFailure(); ++i) {
            const std::size_t roll = up_to(random_, 9);
            if (roll < 4 && slow_.rows().size() < rows_max) insert();
            if (roll >= 4 && roll < 7) remove();
            if (roll == 7) restore();
            if (roll > 7) purge();
            compare();
        }
    }

    /// Rows that went for good because they were in the bin and could not be without what went.
    int gone_from_bin() const { return slow_.gone_from_bin(); }

  private:
    static constexpr std::size_t rows_max = 12;  // few enough that most deletions find nothing in the way

    std::optional<uuid> any(const std::function<bool(const stored&)>& wanted) {
        std::vector<uuid> found;
        for (const auto& [id, row] : slow_.rows()) {
            if (wanted(row)) found.push_back(id);
        }
        if (found.empty()) return std::nullopt;
        return found[up_to(random_, found.size() - 1)];
    }

    void insert() {
        stored row;
        row.kind = static_cast<kind_number>(up_to(random_, all_.kinds.size() - 1));
        std::string columns = "workspace_id, id, created_by, updated_at, version", parameters = "$1, $2, $2, $3, 1";
        const uuid id = uuid::generate();
        db::values values = db::args(id, instant::now());
        for (std::size_t i = 0; i < all_.references.size(); ++i) {
            const reference& r = all_.references[i];
            if (r.from != row.kind || (r.optional && up_to(random_, 3) == 0)) continue;
            const auto target = any([&](const stored& one) { return one.kind == r.to && !one.in_bin; });
            if (!target && !r.optional) return;
            if (!target) continue;
            row.refs[i] = *target;
            columns += ", " + std::string(r.column);
            values.push_back(*target);
            parameters += ", $" + std::to_string(values.size() + 1);
        }
        ask("INSERT INTO " + std::string(all_.kinds[row.kind].table) + " (" + columns + ") VALUES (" + parameters + ")",
            std::move(values));
        slow_.insert(id, std::move(row));
    }

    void remove() {
        const auto id = any([](const stored& row) { return !row.in_bin; });
        if (!id) return;
        const stored before = slow_.rows().at(*id);
        SCOPED_TRACE("remove one of kind " + std::to_string(before.kind));
        expect(slow_.remove(*id), run(step::remove, before, *id));
    }
    void restore() {
        const auto id = any([](const stored& row) { return row.in_bin; });
        if (!id) return;
        const stored before = slow_.rows().at(*id);
        // A row that only goes along comes back with the one that took it.
        if (!product_.is_soft(before.kind)) return;
        SCOPED_TRACE("restore one of kind " + std::to_string(before.kind));
        const bool comes = slow_.restore(*id);
        const auto done = run(step::restore, before, *id);
        EXPECT_EQ(comes, done.has_value()) << (done ? "" : done.error().message);
        if (!done) {
            EXPECT_EQ(done.error().kind, "reference");
            static const std::regex sentence(
                R"((The (kind|item)\d|(A kind|An item)\d of it) refers to (a kind|an item)\d that is in the bin: )"
                R"(restore that first\.)");
            EXPECT_TRUE(std::regex_match(done.error().message, sentence)) << done.error().message;
        }
    }
    void purge() {
        const auto id = any([](const stored& row) { return row.in_bin; });
        if (!id) return;
        const stored before = slow_.rows().at(*id);
        SCOPED_TRACE("purge one of kind " + std::to_string(before.kind));
        expect(slow_.erase(*id), run(step::purge, before, *id));
    }

    void expect(const std::string& refusal, const result<void>& done) {
        EXPECT_EQ(done ? "" : done.error().message, refusal);
        if (!done) {
            EXPECT_EQ(done.error().kind, "reference");
        }
    }

    result<void> run(step what, const stored& row, uuid id) { return runner_.wait(done(what, row, id)); }
    task<result<void>> done(step what, stored row, uuid id) {
        CO_TRY_ASSIGN(auto open, co_await session_.begin());
        const record one(all_, row.kind, id);
        const access::viewer who = who_sees_all();
        if (what == step::restore) CO_TRY(co_await records::restore(open, one, who));
        if (what == step::purge) CO_TRY(co_await records::purge(open, one, who));
        if (what == step::remove && product_.is_soft(row.kind))
            CO_TRY(co_await put_into_bin(open, one, row.version, who));
        if (what == step::remove && !product_.is_soft(row.kind)) CO_TRY(co_await erase(open, one, row.version, who));
        co_return co_await open.commit();
    }

    db::rows ask(std::string text, db::values values) {
        const auto found = runner_.wait(asked(std::move(text), std::move(values)));
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : db::rows();
    }
    task<result<db::rows>> asked(std::string text, db::values values) {
        CO_TRY_ASSIGN(auto open, co_await session_.begin());
        CO_TRY_ASSIGN(auto found, co_await db::tenant_access::query(open, text, std::move(values)));
        CO_TRY(co_await open.commit());
        co_return found;
    }

    void compare() {
        std::size_t count = 0;
        for (std::size_t i = 0; i < all_.kinds.size(); ++i) {
            const kind& k = all_.kinds[i];
            std::string columns = "id, version";
            if (k.bin) columns += ", deleted_at";
            if (k.goes_along) columns += ", deleted_with";
            for (const reference& r : all_.references) {
                if (r.from == i) columns += ", " + std::string(r.column);
            }
            const db::rows found =
                ask("SELECT " + columns + " FROM " + std::string(k.table) + " WHERE workspace_id = $1", {});
            for (std::size_t row = 0; row < found.size(); ++row) compare(static_cast<kind_number>(i), found[row]);
            count += found.size();
        }
        ASSERT_EQ(count, slow_.rows().size());
    }
    void compare(kind_number of, const db::row& got) {
        const auto known = slow_.rows().find(got.get<uuid>(0));
        ASSERT_NE(known, slow_.rows().end()) << "a row of kind " << of << " should be gone";
        const stored& want = known->second;
        std::size_t column = 1;
        EXPECT_EQ(got.get<std::int64_t>(column++), want.version);
        if (all_.kinds[of].bin) {
            EXPECT_EQ(!got.is_null(column++), want.in_bin);
        }
        if (all_.kinds[of].goes_along) {
            EXPECT_EQ(got.get<std::optional<uuid>>(column++), want.with);
        }
        for (std::size_t i = 0; i < all_.references.size(); ++i) {
            if (all_.references[i].from != of) continue;
            const auto ref = want.refs.find(i);
            EXPECT_EQ(got.get<std::optional<uuid>>(column++),
                      ref == want.refs.end() ? std::nullopt : std::optional(ref->second));
        }
    }

    db::tenant_session session_;
    ::tenon::test::loop_runner& runner_;
    dice& random_;
    const random_product& product_;
    graph all_;
    slow_reference slow_;
};

constexpr std::size_t steps = 80;

class random_deletions : public db::database_test {};

TEST_F(random_deletions, do_what_the_slow_reference_does) {
    int gone_from_bin = 0;
    for (std::uint32_t seed = 1; seed <= 40 && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        dice random(seed);
        const random_product product(random, "g" + std::to_string(seed));
        for (const std::string& each : product.tables(false)) {
            const auto made = change(each);
            ASSERT_TRUE(made) << made.error().message << " " << each;
        }
        course one(session(tenant_), runner_, random, product);
        one.take(steps);
        gone_from_bin += one.gone_from_bin();
    }
    EXPECT_GT(gone_from_bin, 0) << "the rarest of what can happen never did";
}

class postgres_random_deletions : public db::postgres_server_test, protected db::notes_database {
  protected:
    void SetUp() override {
        postgres_server_test::SetUp();
        if (!IsSkipped()) open(server().url("reader"));
    }
    void TearDown() override { database_.reset(); }
};

TEST_F(postgres_random_deletions, do_what_the_slow_reference_does) {
    int gone_from_bin = 0;
    for (std::uint32_t seed = 101; seed <= 112 && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        dice random(seed);
        const random_product product(random, "g" + std::to_string(seed));
        for (const std::string& each : product.tables(true)) {
            const std::string made = server().run(each);
            ASSERT_EQ(made.find("ERROR"), std::string::npos) << made << " " << each;
        }
        course one(session(tenant_), runner_, random, product);
        one.take(steps);
        gone_from_bin += one.gone_from_bin();
    }
    EXPECT_GT(gone_from_bin, 0) << "the rarest of what can happen never did";
}

}  // namespace
}  // namespace tenon::records::test
