// Random specs from a fixed seed; TENON_SPEC_SEED and TENON_SPEC_COUNT choose others. What fails is shrunk and printed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>

#include "checks.hpp"
#include "openapi_check.hpp"
#include "shrink.hpp"
#include "spec_maker.hpp"

namespace tenon::gen {
namespace {

std::uint64_t number_from(const char* name, std::uint64_t fallback) {
    const char* text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : fallback;
}

bool is_valid(const spec_node& made) {
    return refusal_of(made).empty();
}

std::string kind_of(const std::string& fault) {
    return fault.substr(0, fault.find(':'));
}

using fault_finder = std::function<std::string(const spec_node&)>;

/// The faults of many specs, one of a kind, each with the smallest spec that has it.
class fault_list {
  public:
    void look(const spec_node& made, std::uint64_t seed, const fault_finder& finder) {
        const std::string fault = finder(made);
        if (fault.empty() || !seen_.emplace(kind_of(fault)).second) return;
        std::cout << "seed " << seed << ": " << fault << "; looking for the smallest spec that has it" << std::endl;
        const auto again = [&](const spec_node& one) {
            return is_valid(one) && kind_of(finder(one)) == kind_of(fault);
        };
        const spec_node small = shrink(made, again, 600);
        ADD_FAILURE() << "TENON_SPEC_SEED=" << seed << " TENON_SPEC_COUNT=1\n"
                      << finder(small) << "\n"
                      << to_yaml(small);
    }

  private:
    std::set<std::string> seen_;
};

class random_specs : public testing::Test {
  protected:
    const std::uint64_t first = number_from("TENON_SPEC_SEED", 1);
    const std::uint64_t count = number_from("TENON_SPEC_COUNT", 100);

    /// A spec of each seed, and what it becomes; both are valid.
    template <class Do>
    void for_each(Do what) {
        for (std::uint64_t seed = first; seed < first + count; ++seed) {
            const spec_node made = make_spec(seed);
            if (is_valid(made)) what(seed, made, evolve(made, seed, is_valid));
        }
    }

    void migrate_all(sample::proof_database& database) {
        fault_list faults;
        for_each([&](std::uint64_t seed, const spec_node& made, const spec_node& grown) {
            faults.look(made, seed, [&](const spec_node& one) {
                return fault_of_change(one, evolve(one, seed, is_valid), database);
            });
            if (seed % 4 != 0) return;
            const spec_node next = make_spec(seed + 1);
            if (!is_valid(next)) return;
            faults.look(grown, seed, [&](const spec_node& one) { return fault_of_change(one, next, database); });
        });
    }
};

TEST(openapi_fault, is_found) {
    const std::string head =
        "openapi: 3.1.0\ninfo: {}\ncomponents: {schemas: {A: {required: [x], properties: {x: {}}}}}\npaths:\n  "
        "/a/{id}:\n";
    const auto path = [&](const std::string& parameters, const std::string& rest = "") {
        return openapi_fault(head + "    get: {operationId: a, responses: {}, parameters: [" + parameters + "]}\n" +
                             rest);
    };
    const std::string id = "{name: id, in: path}";
    EXPECT_EQ(path(id), "");
    EXPECT_NE(path(""), "");
    EXPECT_NE(path(id + ", {name: other, in: path}"), "");
    EXPECT_NE(path(id + ", " + id), "");
    EXPECT_NE(path(id + ", {name: on, in: query}"), "");
    EXPECT_EQ(path(id + ", {name: \"on\", in: query}"), "");
    EXPECT_NE(path(id, "  /b:\n    get: {operationId: a, responses: {}}\n"), "");
    EXPECT_NE(path(id, "  /b:\n    get: {operationId: b, responses: {'200': {$ref: '#/components/schemas/B'}}}\n"), "");
    EXPECT_NE(path(id, "  /b:\n    get: {operationId: b, responses: {}, x: {required: [y], properties: {x: {}}}}\n"),
              "");
    EXPECT_NE(path(id, "x: {no: 1}\n"), "");
    EXPECT_NE(path(id, "x: {a: 1, a: 2}\n"), "");
}

TEST_F(random_specs, are_valid) {
    std::map<std::string, int> refused;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const spec_node made = make_spec(seed);
        const std::string refusal = refusal_of(made);
        if (refusal.empty() || ++refused[refusal.substr(0, 4)] > 1) continue;
        const auto again = [&](const spec_node& one) { return refusal_of(one).substr(0, 20) == refusal.substr(0, 20); };
        const spec_node small = shrink(made, again, 600);
        std::cout << "seed " << seed << ": " << refusal_of(small) << "\n" << to_yaml(small);
    }
    // Names that come to the same by other ways than the maker knows.
    for (const auto& [code, times] : refused) {
        EXPECT_TRUE(code == "E034" && times * 20 < static_cast<int>(count) + 20) << code << " " << times << " times";
    }
}

TEST_F(random_specs, give_files_that_can_be_read) {
    fault_list faults;
    for_each([&](std::uint64_t seed, const spec_node& made, const spec_node& grown) {
        faults.look(made, seed, fault_of_files);
        faults.look(grown, seed, fault_of_files);
    });
}

TEST_F(random_specs, migrate_from_one_to_the_next_on_sqlite) {
    migrate_all(*sample::sqlite_proof());
}

TEST_F(random_specs, migrate_from_one_to_the_next_on_postgres) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    if (cluster == nullptr) GTEST_SKIP() << why;
    migrate_all(*sample::postgres_proof(*cluster));
}

}  // namespace
}  // namespace tenon::gen
