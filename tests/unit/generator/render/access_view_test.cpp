// What the templates of handlers and routes are told of an entity's rights.
#include <gtest/gtest.h>

#include "generator/render/model_view.hpp"
#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

/// The view of an entity with these rights, in a product with the roles owner, admin and member.
view view_of(const char* called, access_spec access) {
    spec all = sample::empty_spec();
    all.entities = {sample::entity(called, {sample::field("title", sample::string_type(1, 9))})};
    all.entities[0].access = std::move(access);
    const model product = resolve(all);
    return entity_view(product, product.entities.front());
}

// `permission::member_read` is the built-in right to see who belongs to a tenant, which everybody has.
TEST(access_view, an_entity_that_is_called_like_a_built_in_right_keeps_its_own) {
    const view member = view_of("Member", access_spec());
    EXPECT_EQ(*member.find(key_of("read_permission"))->text(), "member_read_2");
    EXPECT_EQ(*member.find(key_of("create_permission"))->text(), "member_create");
    EXPECT_EQ(*view_of("Note", access_spec()).find(key_of("delete_permission"))->text(), "note_delete");
}

}  // namespace
}  // namespace tenon::gen
