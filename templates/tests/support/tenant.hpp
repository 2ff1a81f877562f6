// A {{tenant.lower_title}} of its own for one test, and the people in it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <tenon/testing/service.hpp>

namespace {{service.space}}::tests {

using tenon::testing::answer;
using tenon::testing::client;
using headers = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::string_view owner_role = {{owner_role_literal}};
inline constexpr std::string_view default_role = {{default_role_literal}};

/// One running service for all tests of a suite. Tests keep apart by making {{tenant.name.plural_lower_title}} of their
/// own.
class service_test : public testing::Test {
  public:
    static tenon::testing::service& service();

  protected:
    static void SetUpTestSuite() { start(tenon::testing::layers::both); }
    static void TearDownTestSuite();
    static void start(tenon::testing::layers working);
};

/// Signs people up when they are first asked for.
class tenant {
  public:
    tenant()
        : founder_(service_test::service().founder()) {}

    client& founder() { return founder_; }
    /// The member with this role, always the same one; for the owner's role, the founder.
    client& as(std::string_view role);
    /// One more member with this role.
    client another(std::string_view role);
    /// The id of a member: the `number`th, counted from 0. Different numbers are different members.
    std::string member_id(std::size_t number);

    std::string id() { return tenon::testing::service::tenant_of(founder_); }
    std::string path() { return "{{tenant.route}}/" + id(); }

  private:
    client founder_;
    std::map<std::string, client, std::less<>> members_;
    std::map<std::size_t, std::string> more_;
};

/// True when the answer is a problem document that blames the field or parameter ("/title", "?limit"), and says `why`
/// somewhere in it.
testing::AssertionResult blames(const answer& got, std::string_view pointer, std::string_view why = {});

/// Headers for a condition on the version of a record.
headers if_match(std::string_view version);
headers if_none_match(std::string_view version);
/// The header with which a POST happens once.
headers idempotency_key(std::string_view key);

/// `text` for a query string, percent-encoded.
std::string encoded(std::string_view text);

/// An id that names nothing.
inline constexpr std::string_view unknown_id = "018f4f7e-7b1c-7c3a-9d2e-00000000dead";

}  // namespace {{service.space}}::tests
