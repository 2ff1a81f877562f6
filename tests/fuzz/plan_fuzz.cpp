// Fuzzes the readers of plan.json, the manifest, the bases, the journal and the undo record: what is accepted names
// only paths that Tenon would write, and reads the same when it is written again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "generator/apply/journal.hpp"
#include "generator/apply/undo.hpp"
#include "generator/plan/bases.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/plan.hpp"

namespace {

using namespace tenon::gen;

void require(bool holds) {
    if (!holds) std::abort();
}

/// Nothing that leads out of the project, or into version control.
bool is_harmless(std::string_view path) {
    const std::string all = "/" + std::string(path) + "/";
    return !path.empty() && path.front() != '/' && all.find("/../") == all.npos && all.find("/./") == all.npos &&
           all.find("//") == all.npos && all.find("/.git/") == all.npos && all.find('\0') == all.npos &&
           all.find('\\') == all.npos;
}

void check_plan(std::string_view text) {
    const auto read = read_plan(text);
    if (!read) {
        require(!read.error().message.empty());
        return;
    }
    std::string last;
    for (const plan_entry& e : read->entries) {
        require(is_harmless(e.path) && (last.empty() || last < e.path));
        if (e.beside) require(is_harmless(e.beside->path));
        if (e.from) require(is_harmless(e.from->path));
        last = e.path;
    }
    const std::string once = write_plan(*read);
    const auto again = read_plan(once);
    require(again.has_value() && write_plan(*again) == once);
    (void)write_conflicts(read->entries);
}

void check_manifest(std::string_view text) {
    const auto read = read_manifest(text);
    if (!read) return;
    for (const auto& [path, entry] : read->files) require(is_harmless(path));
    const std::string once = write_manifest(*read);
    const auto again = read_manifest(once);
    require(again.has_value() && write_manifest(*again) == once);
    // A union merge leaves lines twice, in any order: the same manifest comes of it.
    const auto body = once.find('\n') + 1;
    (void)read_manifest(once.substr(0, body) + once.substr(body));
}

void check_bases(std::string_view text) {
    const auto read = read_bases(std::string(text));
    if (!read) return;
    const auto texts = read->texts();
    const auto again = read_bases(write_bases(texts));
    require(again.has_value() && again->texts() == texts);
    for (const auto& [name, kept] : texts) require(again->is_just(name, kept));
}

void check_journal(std::string_view text) {
    const auto read = read_journal(text);
    if (!read) return;
    for (const change& c : read->changes) require(is_harmless(c.path));
    for (const std::string& directory : read->new_directories) require(is_harmless(directory));
    const std::string once = write_journal(*read);
    const auto again = read_journal(once);
    require(again.has_value() && write_journal(*again) == once);
}

void check_undo(std::string_view text) {
    const auto read = read_undo_record(text);
    if (!read) return;
    for (const undo_step& s : read->steps) require(is_harmless(s.path));
    require(read_undo_record(write_undo_record(*read)).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_plan(text);
    check_bases(text);
    check_manifest(text);
    check_journal(text);
    check_undo(text);
    return 0;
}
