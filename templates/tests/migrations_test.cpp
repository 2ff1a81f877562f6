// The migrations of this project, taken back and run again with rows in the tables.
#include <tenon/testing/migrations.hpp>

#include "app/product.hpp"
#include "support/resources.hpp"

namespace {{service.space}}::tests {

namespace {

class migrations : public service_test {
  protected:
    static void make_one_of_each(tenant& home) {
        maker make(home);
        for (const resource* kind : all_resources()) {
            if (kind->can_be_made) make.make(*kind, make.full(*kind));
        }
    }
};

}  // namespace

TEST_F(migrations, lead_back_and_forth) {
    tenant home;
    make_one_of_each(home);
    tenon::testing::database_copy copy(service(), app::product());
    const std::string shape = copy.shape();
    const auto rows = copy.rows();
    for (std::size_t steps = 1; steps <= copy.steps(); ++steps) {
        SCOPED_TRACE("the last " + std::to_string(steps));
        // A migration may be declared irreversible, or rows may have what there was not before it: then nothing is
        // lost.
        const std::string refused = copy.down(steps);
        for (const auto& [table, count] : copy.rows()) {
            const auto before = rows.find(table);
            if (before != rows.end()) {
                EXPECT_EQ(count, before->second) << "rows of " << table << ", back";
            }
        }
        const auto halfway = copy.rows();
        ASSERT_EQ(copy.up(), "");
        EXPECT_EQ(copy.shape(), shape);
        for (const auto& [table, count] : copy.rows()) {
            if (halfway.contains(table)) {
                EXPECT_EQ(count, halfway.at(table)) << "rows of " << table << ", forth";
            }
        }
        if (!refused.empty()) break;
    }
}

}  // namespace {{service.space}}::tests
