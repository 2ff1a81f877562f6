// Commands down one hiredis connection, and the answers that come back.
#include "redis/link.hpp"

#include <algorithm>
#include <utility>

#include "redis/redis_errors.hpp"

namespace tenon::redis {
namespace {

constexpr std::size_t under_way_max = 4096;
// An answer that is this late means that nobody is there any more.
constexpr auto silence_max = std::chrono::seconds(1);

result<reply> converted(const redisReply& from) {
    switch (from.type) {
        case REDIS_REPLY_INTEGER:
            return reply(static_cast<std::int64_t>(from.integer));
        case REDIS_REPLY_STRING:
        case REDIS_REPLY_STATUS:
            return reply(std::string(from.str, static_cast<std::size_t>(from.len)));
        case REDIS_REPLY_ERROR:
            return refused(std::string_view(from.str, static_cast<std::size_t>(from.len)));
        case REDIS_REPLY_ARRAY: {
            std::vector<reply> items;
            items.reserve(from.elements);
            for (std::size_t i = 0; i < from.elements; ++i) {
                TRY_ASSIGN(reply each, converted(*from.element[i]));
                items.push_back(std::move(each));
            }
            return reply(std::move(items));
        }
        default:
            return reply();
    }
}

}  // namespace

link::link(asio_event_loop& loop, std::shared_ptr<const address> where) : loop_(loop), where_(std::move(where)) {}

link::~link() {
    close(shutting_down());
}

void link::submit(command_ptr c) {
    const auto now = clock::now();
    if (now >= c->deadline) return finish(c, too_late());
    if (phase_ == phase::idle && now < retry_at_) return finish(c, away());
    if (waiting_.size() + sent_.size() >= under_way_max) return finish(c, queue_full());
    watch_deadline(c->deadline);
    waiting_.push_back(std::move(c));
    if (phase_ == phase::idle) connect();
    if (phase_ == phase::ready) send_waiting();
}

void link::send_waiting() {
    while (phase_ == phase::ready && !waiting_.empty()) {
        const command_ptr next = std::move(waiting_.front());
        waiting_.pop_front();
        if (!next->answered && !send(next)) return;
    }
}

bool link::send(const command_ptr& c) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    texts.reserve(c->words.size());
    sizes.reserve(c->words.size());
    for (const std::string& word : c->words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    sent_.push_back(c);
    const int told =
        redisAsyncCommandArgv(handle_, &on_reply, nullptr, static_cast<int>(texts.size()), texts.data(), sizes.data());
    if (told == REDIS_OK) return true;
    gone("it takes no commands");
    return false;
}

void link::on_reply(redisAsyncContext* context, void* answer, void*) {
    if (answer == nullptr) return;  // the connection ends: `gone` answers then
    link& self = of(context->data);
    if (self.sent_.empty()) return;
    const command_ptr c = std::move(self.sent_.front());
    self.sent_.pop_front();
    if (!c->answered) finish(c, converted(*static_cast<redisReply*>(answer)));
}

void link::want_read() {
    if (std::exchange(reading_, true)) return;
    watch_->when_readable([this] {
        reading_ = false;
        redisAsyncHandleRead(handle_);  // may end the connection
    });
}

/// What is written in one turn of the loop goes out together.
void link::want_write() {
    if (std::exchange(writing_, true)) return;
    if (inside_write_ || phase_ == phase::connecting) return watch_->when_writable([this] { write(); });
    loop_.post([this, same = std::weak_ptr<bool>(connection_)] {
        if (same.lock()) write();
    });
}

void link::write() {
    writing_ = false;
    inside_write_ = true;
    redisAsyncHandleWrite(handle_);  // may end the connection
    inside_write_ = false;
}

void link::watch_deadline(clock::time_point deadline) {
    if (deadline >= watched_until_) return;
    watched_until_ = deadline;
    deadline_timer_ = loop_.at(deadline, [this] { on_deadline(); });
}

void link::on_deadline() {
    const auto now = clock::now();
    auto next = clock::time_point::max();
    const auto overdue = [&](const command_ptr& c) {
        if (!c->answered && c->deadline <= now) finish(c, too_late());
        if (!c->answered) next = std::min(next, c->deadline);
        return c->answered;
    };
    std::erase_if(waiting_, overdue);
    for (const command_ptr& c : sent_) (void)overdue(c);
    watched_until_ = clock::time_point::max();
    if (!sent_.empty() && sent_.front()->answered) {
        const auto patience = sent_.front()->deadline + silence_max;
        if (patience <= now) return gone("it does not answer");
        next = std::min(next, patience);
    }
    if (next != clock::time_point::max()) watch_deadline(next);
}

}  // namespace tenon::redis
