// Wherever reads end, a connection answers what it answers to the same bytes in one piece, and closes alike.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "http/driven_connection.hpp"
#include "http/request_corpus.hpp"

namespace tenon::http {
namespace {

using test::driven_connection;
using test::sent_bytes;
using testing::HasSubstr;

struct reply {
    std::string heard;
    bool closed;
    bool operator==(const reply&) const = default;
};

// Each piece is read, and answered as far as it goes, before the next one comes.
reply send_in_pieces(std::string_view bytes, std::initializer_list<std::size_t> cuts) {
    byte_budget memory(16 * 1024 * 1024);
    reply out;
    {
        driven_connection one(test::corpus_options(), memory);
        std::size_t begin = 0;
        for (const std::size_t cut : cuts) {
            one.send(bytes.substr(begin, cut - begin));
            begin = cut;
        }
        one.send(bytes.substr(begin));
        one.let_go();
        out = reply{one.heard(), one.closed()};
    }
    EXPECT_EQ(memory.used(), 0U);
    return out;
}

std::vector<sent_bytes> whole_corpus() {
    std::vector<sent_bytes> out = test::short_requests();
    for (sent_bytes& each : test::long_requests()) out.push_back(std::move(each));
    return out;
}

void expect_same(const sent_bytes& sent, std::initializer_list<std::size_t> cuts, const reply& at_once) {
    const reply got = send_in_pieces(sent.bytes, cuts);
    if (got == at_once) return;
    ADD_FAILURE() << sent.name << " cut at " << testing::PrintToString(std::vector<std::size_t>(cuts)) << "\nheard "
                  << got.heard.substr(0, 2000) << (got.closed ? "(closed)" : "(open)") << "\ninstead of "
                  << at_once.heard.substr(0, 2000) << (at_once.closed ? "(closed)" : "(open)");
}

TEST(split_test, the_corpus_reaches_every_answer) {
    std::string all;
    for (const sent_bytes& sent : whole_corpus()) all += send_in_pieces(sent.bytes, {}).heard;
    for (const char* status : {"100", "200", "400", "413", "417", "431", "501", "505"})
        EXPECT_THAT(all, HasSubstr("HTTP/1.1 " + std::string(status)));
    EXPECT_GE(whole_corpus().size(), 60U);
}

TEST(split_test, short_requests_at_every_place) {
    for (const sent_bytes& sent : test::short_requests()) {
        const reply at_once = send_in_pieces(sent.bytes, {});
        for (std::size_t cut = 1; cut < sent.bytes.size(); ++cut) expect_same(sent, {cut}, at_once);
    }
}

// Every place took minutes and found what these find: around each line's end and each edge of a buffer, and some
// others.
std::set<std::size_t> telling_places(std::string_view bytes) {
    std::set<std::size_t> out;
    const auto around = [&](std::size_t place) {
        for (std::size_t cut = place - std::min<std::size_t>(place, 6); cut <= place + 6; ++cut) out.insert(cut);
    };
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) around(at);
    for (std::size_t edge = 4096; edge < bytes.size(); edge += 4096) around(edge);
    for (std::size_t other = 1; other < bytes.size(); other += 211) out.insert(other);
    out.erase(0);
    out.erase(out.lower_bound(bytes.size()), out.end());
    return out;
}

TEST(split_test, long_requests_at_every_telling_place) {
    for (const sent_bytes& sent : test::long_requests()) {
        const reply at_once = send_in_pieces(sent.bytes, {});
        for (const std::size_t cut : telling_places(sent.bytes)) expect_same(sent, {cut}, at_once);
    }
}

TEST(split_test, in_three_pieces) {
    std::mt19937 random(1);
    for (const sent_bytes& sent : whole_corpus()) {
        const reply at_once = send_in_pieces(sent.bytes, {});
        for (int i = 0; i < 40; ++i) {
            const std::size_t first = 1 + random() % sent.bytes.size();
            const std::size_t second = first + random() % (sent.bytes.size() - first + 1);
            expect_same(sent, {first, second}, at_once);
        }
    }
}

TEST(split_test, byte_by_byte) {
    for (const sent_bytes& sent : test::short_requests()) {
        const reply at_once = send_in_pieces(sent.bytes, {});
        byte_budget memory(16 * 1024 * 1024);
        driven_connection one(test::corpus_options(), memory);
        for (const char& c : sent.bytes) one.send(std::string_view(&c, 1));
        one.let_go();
        EXPECT_EQ(one.heard(), at_once.heard) << sent.name;
        EXPECT_EQ(one.closed(), at_once.closed) << sent.name;
    }
}

}  // namespace
}  // namespace tenon::http
