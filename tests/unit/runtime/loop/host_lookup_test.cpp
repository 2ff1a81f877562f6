// Looking names up never holds the loop, nor its end.
#include "loop/host_lookup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <thread>

#include "fake_names.hpp"

#include "tests/wait_until.hpp"

namespace tenon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using addresses = std::vector<std::string>;

class host_lookup_test : public testing::Test {
  protected:
    void TearDown() override {
        names.release();
        end_loop();
    }
    void end_loop() {
        loop->stop();
        if (thread.joinable()) thread.join();
    }
    std::future<addresses> look_up(const std::string& host) {
        auto told = std::make_shared<std::promise<addresses>>();
        loop->post([this, host, told] {
            look_up_host(*loop, host, [told](addresses found) { told->set_value(std::move(found)); });
        });
        return told->get_future();
    }

    test::fake_names names;
    std::unique_ptr<asio_event_loop> loop = std::make_unique<asio_event_loop>();
    std::thread thread{[this] { loop->run(); }};
};

TEST_F(host_lookup_test, gives_all_addresses_of_a_name_and_none_of_an_unknown_one) {
    names.know("two.test", {"127.0.0.7", "::1"});
    EXPECT_THAT(look_up("two.test").get(), ElementsAre("127.0.0.7", "::1"));
    EXPECT_THAT(look_up("unknown.test").get(), IsEmpty());
    EXPECT_THAT(look_up("192.0.2.1").get(), ElementsAre("192.0.2.1"));
    EXPECT_EQ(names.asked(), 2U);
}

TEST_F(host_lookup_test, asks_once_for_all_who_wait_for_a_name_and_holds_up_no_other) {
    names.know("slow.test", {"127.0.0.7"});
    names.hold();
    auto first = look_up("slow.test");
    test::wait_until([&] { return names.asked() == 1; });
    auto second = look_up("slow.test");
    EXPECT_THAT(look_up("localhost").get(), testing::Contains(testing::AnyOf("127.0.0.1", "::1")));
    names.release();
    EXPECT_THAT(first.get(), ElementsAre("127.0.0.7"));
    EXPECT_THAT(second.get(), ElementsAre("127.0.0.7"));
    EXPECT_EQ(names.asked(), 1U);
}

TEST_F(host_lookup_test, a_loop_ends_while_a_name_is_looked_up) {
    names.hold();
    auto never = look_up("slow.test");
    test::wait_until([&] { return names.asked() == 1; });
    const auto begun = std::chrono::steady_clock::now();
    end_loop();
    auto gone = std::make_unique<asio_event_loop>();
    loop.swap(gone);
    gone.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30)) << "a held look-up takes a minute";
}

}  // namespace
}  // namespace tenon
