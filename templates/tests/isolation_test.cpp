// One {{tenant.lower_title}} never sees or touches what another one has.
#include <tenon/app/product.hpp>

#include "app/product.hpp"
#include "support/resource_test.hpp"

namespace {{service.space}}::tests {

namespace {

/// The path of a route with `id` for each of its parameters.
std::string filled(std::string_view path, std::string_view id) {
    std::string out;
    while (!path.empty()) {
        const std::size_t open = std::min(path.find('{'), path.size());
        out += path.substr(0, open);
        path.remove_prefix(open);
        if (path.empty()) break;
        out += id;
        path.remove_prefix(path.find('}') + 1);
    }
    return out;
}

bool has_id(const tenon::service::route& route) {
    return route.path().find("{id}") != std::string_view::npos;
}

class isolation : public service_test {};

}  // namespace

TEST_P(resource_test, is_out_of_reach_for_another_{{tenant.name.snake}}) {
    const answer mine = create();
    const std::string path = r().at(mine.at("/id"));
    tenant elsewhere;
    for (const access& who : r().roles) {
        client& stranger = elsewhere.as(who.role);
        EXPECT_EQ(stranger.get(path).status, who.read == may::none ? 403 : 404) << who.role;
        EXPECT_EQ(stranger.patch(path, "{}").status, who.update == may::none ? 403 : 404) << who.role;
        EXPECT_EQ(stranger.remove(path).status, who.remove == may::none ? 403 : 404) << who.role;
        if (r().soft_delete) {
            EXPECT_EQ(stranger.post(path + "/restore").status, who.remove == may::none ? 403 : 404) << who.role;
        }
        EXPECT_EQ(stranger.get(r().path).body.find(mine.at("/id")), std::string::npos) << who.role;
    }
    EXPECT_EQ(actor().get(path).body, mine.body) << "somebody else changed it";
}

TEST_F(isolation, no_route_answers_to_the_id_of_another_{{tenant.name.snake}}) {
    tenant mine, theirs;
    for (const tenon::service::route& route : app::product().routes) {
        if (!has_id(route) || !route.path().starts_with("{{tenant.route}}/")) continue;
        const std::string path = filled(route.path(), theirs.id());
        const std::string method(tenon::http::name_of(route.verb()));
        const answer got = mine.founder().send(method, path, method == "GET" || method == "DELETE" ? "" : "{}");
        EXPECT_EQ(got.status, 404) << method << " " << path << " " << got.body;
    }
}

TEST_F(isolation, every_route_asks_who_is_there) {
    client nobody = service().anonymous();
    client forger = nobody;
    forger.use_token("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30.");
    for (const tenon::service::route& route : app::product().routes) {
        if (std::holds_alternative<tenon::service::open_handler>(route.handler())) continue;
        const std::string path = filled(route.path(), unknown_id);
        const std::string method(tenon::http::name_of(route.verb()));
        EXPECT_EQ(nobody.send(method, path).status, 401) << method << " " << path;
        EXPECT_EQ(forger.send(method, path).status, 401) << method << " " << path;
    }
}

TEST_F(isolation, every_record_route_answers_404_to_an_unknown_id) {
    tenant mine;
    for (const tenon::service::route& route : app::product().routes) {
        const bool by_id = has_id(route) && std::holds_alternative<tenon::service::tenant_handler>(route.handler());
        if (!by_id) continue;
        for (const std::string_view id : {unknown_id, std::string_view("not-an-id")}) {
            const std::string method(tenon::http::name_of(route.verb()));
            const answer got = mine.founder().send(method, filled(route.path(), id), method == "PATCH" ? "{}" : "");
            EXPECT_TRUE(got.status == 404 || got.status == 403) << method << " " << route.path() << " " << got.body;
        }
    }
}

}  // namespace {{service.space}}::tests
