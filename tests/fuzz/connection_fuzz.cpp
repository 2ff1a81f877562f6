// Fuzzes a connection as a state machine: bytes in pieces, and what a client and the server may do between them. While
// nobody leaves or loses patience, the answers must be those to the same bytes in one piece; and whatever was done,
// all that was counted for the client is given back.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/driven_connection.hpp"

namespace {

using namespace tenon;
using test::driven_connection;

void require(bool holds) {
    if (!holds) std::abort();
}

http::server_options small_bounds() {
    http::server_options out;
    out.max_header_bytes = 1024;
    out.max_headers = 10;
    out.max_open_body_bytes = 256;
    out.max_body_bytes = 1024;
    return out;
}

struct answers {
    std::string heard;
    bool closed = false;
};

// The first bytes of an input are steps, two bytes each: what to do, and how much of the message goes before it.
struct script {
    std::string_view steps;
    std::string_view message;
    bool half_closes = false;
};

script read_script(std::string_view input) {
    script out;
    out.half_closes = (static_cast<unsigned char>(input[0]) & 1U) != 0;
    const std::size_t size = std::min<std::size_t>(2 * (static_cast<unsigned char>(input[0]) / 8), input.size() - 1);
    out.steps = input.substr(1, size - size % 2);
    out.message = input.substr(1 + out.steps.size());
    return out;
}

void end(driven_connection& one, const script& plan, std::string_view rest, answers& out) {
    one.send(rest);
    if (plan.half_closes) one.finish_sending();
    one.read(true);
    one.let_go();
    out.heard = one.heard();
    out.closed = one.closed();
}

// False when a step was one after which other answers may be right.
bool run_steps(driven_connection& one, const script& plan, std::string_view& rest) {
    bool comparable = true;
    for (std::size_t i = 0; i < plan.steps.size(); i += 2) {
        const auto what = static_cast<unsigned char>(plan.steps[i]);
        const auto count = std::min<std::size_t>(static_cast<unsigned char>(plan.steps[i + 1]), rest.size());
        one.send(rest.substr(0, count));
        rest.remove_prefix(count);
        switch (what % 8) {
            case 0:
                one.let_go();
                break;
            case 1:
                one.read(false);
                break;
            case 2:
                one.read(true);
                break;
            case 3:
                one.expire();
                comparable = false;
                break;
            case 4:
                one.drain();
                comparable = false;
                break;
            default:
                break;  // only a cut
        }
    }
    return comparable;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const script plan = read_script(std::string_view(reinterpret_cast<const char*>(data), size));
    byte_budget memory(16 * 1024 * 1024);
    answers at_once;
    {
        driven_connection one(small_bounds(), memory);
        end(one, plan, plan.message, at_once);
    }
    require(memory.used() == 0);
    answers in_steps;
    bool comparable = true;
    {
        driven_connection one(small_bounds(), memory);
        std::string_view rest = plan.message;
        comparable = run_steps(one, plan, rest);
        end(one, plan, rest, in_steps);
    }
    require(memory.used() == 0);
    if (comparable) require(in_steps.heard == at_once.heard && in_steps.closed == at_once.closed);
    return 0;
}
