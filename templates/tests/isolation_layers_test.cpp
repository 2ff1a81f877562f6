// Two things keep {{tenant.name.plural_lower_title}} apart, and each is enough alone: the filter that every statement
// has, and PostgreSQL's row-level security.
#include <algorithm>
#include <atomic>
#include <thread>

#include "support/resources.hpp"

namespace {{service.space}}::tests {

namespace {

using tenon::testing::layers;

bool is_out_of_reach(const answer& got) {
    return got.status == 404 || got.status == 403;
}

class isolation_layers : public service_test {
  protected:
    /// A record of each kind in one {{tenant.lower_title}}, and a member of another one who tries to get at it.
    static void expect_to_be_apart() {
        tenant ours, theirs;
        maker make(theirs), make_ours(ours);
        for (const resource* kind : all_resources()) {
            if (!kind->can_be_made || make.left(*kind) == 0) continue;
            SCOPED_TRACE(kind->name);
            const std::string id = make.make(*kind, make.full(*kind));
            const std::string path = kind->at(id);
            const answer before = theirs.as(kind->actor).get(path);
            client& stranger = ours.as(kind->actor);
            EXPECT_TRUE(is_out_of_reach(stranger.get(path)));
            EXPECT_TRUE(is_out_of_reach(stranger.patch(path, "{}")));
            EXPECT_TRUE(is_out_of_reach(stranger.remove(path)));
            if (kind->soft_delete) {
                EXPECT_TRUE(is_out_of_reach(stranger.post(path + "/restore")));
            }
            EXPECT_EQ(stranger.get(kind->path).body.find(id), std::string::npos);
            expect_roles_of_here(theirs, *kind);
            expect_no_reference(make, make_ours, *kind, stranger);
            EXPECT_EQ(theirs.as(kind->actor).get(path).body, before.body) << "somebody else changed it";
        }
        EXPECT_TRUE(is_out_of_reach(ours.founder().get(theirs.path() + "/members")));
        EXPECT_EQ(ours.founder().get(ours.path() + "/members").body.find(theirs.member_id(0)), std::string::npos);
    }

    /// Every member has founded a {{tenant.lower_title}} as well: what they may do there counts for nothing here.
    static void expect_roles_of_here(tenant& home, const resource& kind) {
        for (const access& who : kind.roles) {
            client& member = home.as(who.role);
            EXPECT_EQ(member.get(kind.at(unknown_id)).status, who.read == may::none ? 403 : 404) << who.role;
            EXPECT_EQ(member.patch(kind.at(unknown_id), "{}").status, who.update == may::none ? 403 : 404) << who.role;
        }
    }

    static void expect_no_reference(maker& make, maker& make_ours, const resource& kind, client& stranger) {
        for (const field& one : kind.fields) {
            if (one.target == nullptr || !one.target().can_be_made || make_ours.left(kind) == 0 ||
                make.left(one.target()) == 0)
                continue;
            const std::string foreign = json_string(make.make(one.target()));
            const answer got = stranger.post(kind.path, make_ours.full(kind).with(one.name, foreign).text());
            EXPECT_EQ(got.status, 422) << one.name << " " << got.body;
        }
    }
};

class row_security_alone : public isolation_layers {
  protected:
    static void SetUpTestSuite() {
        if (tenon::testing::service::on_postgres()) start(layers::row_security);
    }
};

class neither_layer : public isolation_layers {
  protected:
    static void SetUpTestSuite() {
        if (tenon::testing::service::on_postgres()) start(layers::none);
    }
};

class filter_alone : public isolation_layers {
  protected:
    static void SetUpTestSuite() { start(layers::filter); }
};

}  // namespace

TEST_F(row_security_alone, keeps_{{tenant.name.plural_snake}}_apart) {
    if (!tenon::testing::service::on_postgres()) GTEST_SKIP() << "SQLite has no row-level security";
    expect_to_be_apart();
}

// The other tests here would say nothing if a layer that they switch off were still there. Founders alone act: without
// both layers a member has any role that they have anywhere.
TEST_F(neither_layer, keeps_nothing_apart) {
    if (!tenon::testing::service::on_postgres()) GTEST_SKIP() << "SQLite has no row-level security";
    tenant ours, theirs;
    EXPECT_NE(ours.founder().get(ours.path() + "/members").body.find(theirs.member_id(0)), std::string::npos);
    maker make(theirs);
    for (const resource* kind : all_resources()) {
        const auto needs_others = [](const field& one) { return one.required && one.target != nullptr; };
        if (kind->actor != owner_role || kind->of(owner_role).read != may::all || make.left(*kind) == 0) continue;
        if (!kind->can_be_made || std::any_of(kind->fields.begin(), kind->fields.end(), needs_others)) continue;
        const std::string id = make.make(*kind);
        EXPECT_EQ(ours.founder().get(kind->at(id)).status, 200) << kind->name;
    }
}

TEST_F(filter_alone, keeps_{{tenant.name.plural_snake}}_apart) {
    expect_to_be_apart();
}

TEST_F(filter_alone, is_not_what_the_service_wants_to_run_with) {
    if (!tenon::testing::service::on_postgres()) GTEST_SKIP() << "SQLite has no row-level security";
    const answer ready = service().anonymous().get("/ready");
    EXPECT_EQ(ready.status, 503);
    EXPECT_NE(ready.at("/detail").find("row-level security is not enabled"), std::string::npos) << ready.body;
}

TEST_F(isolation_layers, requests_of_many_{{tenant.name.plural_snake}}_at_once_do_not_mix) {
    constexpr std::size_t homes = 6, rounds = 20;
    std::vector<tenant> all(homes);
    std::vector<std::vector<std::string>> ids(homes);
    for (std::size_t i = 0; i < homes; ++i) {
        maker make(all[i]);
        for (const resource* kind : all_resources()) {
            ids[i].push_back(kind->can_be_made && make.left(*kind) > 0 ? make.make(*kind) : "");
        }
    }
    std::atomic<std::size_t> wrong{0};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < homes; ++i) {
        threads.emplace_back([&, i] {
            for (std::size_t n = 0; n < rounds * ids[i].size(); ++n) {
                const std::size_t at = n % ids[i].size();
                const resource& kind = *all_resources()[at];
                if (ids[i][at].empty()) continue;
                const std::string list = all[i].as(kind.actor).get(kind.path).body;
                for (std::size_t other = 0; other < homes; ++other) {
                    const bool found = list.find(ids[other][at]) != std::string::npos;
                    if (found != (other == i)) ++wrong;
                }
            }
        });
    }
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(wrong.load(), 0U);
}

}  // namespace {{service.space}}::tests
