// Keeping answers for half a second, and letting those who ask the same wait for one question.
#include "tenants/standing_cache.hpp"

#include <algorithm>

namespace tenon::tenants {

std::size_t standing_cache::hash_of::operator()(const user_id& id) const {
    // The last eight bytes of a version 7 id are random.
    std::size_t out = 0;
    for (std::size_t i = 8; i < id.value.bytes.size(); ++i) out = out << 8 | id.value.bytes[i];
    return out;
}

standing_cache::entry* standing_cache::find(shard& in, const standing_key& key) {
    const auto user = in.users.find(key.user);
    if (user == in.users.end()) return nullptr;
    const auto at =
        std::find_if(user->second.begin(), user->second.end(), [&](const entry& each) { return each.key == key; });
    return at == user->second.end() ? nullptr : &*at;
}

template <class Unwanted>
void standing_cache::erase(shard& in, Unwanted unwanted) {
    for (auto user = in.users.begin(); user != in.users.end();) {
        in.entries -= std::erase_if(user->second, unwanted);
        user = user->second.empty() ? in.users.erase(user) : std::next(user);
    }
}

void standing_cache::sweep(shard& in, clock::time_point now) {
    if (in.entries < shard_entries_max) return;
    erase(in, [&](const entry& each) { return !each.question && each.until <= now; });
    // Full of answers that still count: starting anew costs one question each, sweeping at every new one costs more.
    if (in.entries > shard_entries_max / 2) erase(in, [](const entry& each) { return !each.question; });
}

standing_cache::found standing_cache::ask(const standing_key& key, clock::time_point deadline, clock::time_point now) {
    shard& in = shard_of(key.user);
    found out;
    const std::lock_guard lock(in.mutex);
    entry* known = find(in, key);
    if (known && known->answer && now < known->until) {
        out.answer = known->answer;
        return out;
    }
    const bool joins = known && known->question && now < known->question->begun + lifetime &&
                       known->question->deadline <= deadline + joiner_slack;
    out.leads = !joins;
    out.question = joins ? known->question : std::make_shared<flight>(now, deadline);
    if (joins) return out;
    if (!known) {
        sweep(in, now);
        if (in.entries >= shard_entries_max) return out;  // so many questions at once: this one is its asker's alone
        std::vector<entry>& own = in.users[key.user];
        known = &own.emplace_back(key);
        ++in.entries;
    }
    known->answer.reset();
    known->question = out.question;
    return out;
}

void standing_cache::join(const standing_key& key, const flight_ptr& question, const waiting& who) {
    shard& in = shard_of(key.user);
    {
        const std::lock_guard lock(in.mutex);
        if (!question->outcome) {
            question->waiters.push_back(who);
            return;
        }
    }
    who->finish(*question->outcome);  // written once, before
}

void standing_cache::land(const standing_key& key, const flight_ptr& question,
                          const result<operation::standing>& outcome, clock::time_point now) {
    shard& in = shard_of(key.user);
    std::vector<waiting> waiters;
    {
        const std::lock_guard lock(in.mutex);
        question->outcome = outcome;
        waiters.swap(question->waiters);
        entry* const own = find(in, key);
        if (own && own->question == question) {
            own->question.reset();
            own->until = question->begun + lifetime;
            const bool positive = outcome && outcome->role.has_value() == key.tenant.has_value();
            if (positive && now < own->until) own->answer = *outcome;
        }
    }
    for (const waiting& each : waiters) each->finish(outcome);
}

void standing_cache::forget(user_id user) {
    shard& in = shard_of(user);
    const std::lock_guard lock(in.mutex);
    const auto known = in.users.find(user);
    if (known == in.users.end()) return;
    in.entries -= known->second.size();
    in.users.erase(known);
}

std::size_t standing_cache::size() {
    std::size_t out = 0;
    for (shard& each : shards_) {
        const std::lock_guard lock(each.mutex);
        out += each.entries;
    }
    return out;
}

}  // namespace tenon::tenants
