// The tests that every kind of record passes; each kind takes part with an INSTANTIATE_TEST_SUITE_P in its own file.
#pragma once

#include "support/resource.hpp"

namespace {{service.space}}::tests {

class resource_test : public service_test, public testing::WithParamInterface<const resource*> {
  protected:
    void SetUp() override;

    const resource& r() const { return *GetParam(); }
    /// A member with the role that may do most with these records.
    client& actor() { return home.as(r().actor); }
    const access& actors_rights() const { return r().of(r().actor); }
    bool may_update() const { return actors_rights().update != may::none; }
    bool may_remove() const { return actors_rights().remove != may::none; }

    /// Creates a record with every field, and gets it.
    answer create() { return actor().get(r().at(make.make(r(), make.full(r())))); }
    /// The ids on all pages of a list, in order; `query` begins with '&' unless it is empty.
    std::vector<std::string> ids(const std::string& query = "", std::size_t limit = 100);

    tenant home;
    maker make{home};
};

/// Names the instances of the suite after the records.
inline std::string name_of(const testing::TestParamInfo<const resource*>& info) {
    return std::string(info.param->name);
}

}  // namespace {{service.space}}::tests
