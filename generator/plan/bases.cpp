// Reading and writing .tenon/bases. Its lines are only looked at where they are asked for.
#include "generator/plan/bases.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "generator/plan/conflict_markers.hpp"

namespace tenon::gen {
namespace {

constexpr std::string_view head =
    "# What each file was last generated as: by it Tenon merges your edits with what is generated. Between \"file "
    "PATH\"\n"
    "# and \"end PATH\" each line is behind a space. Where git cannot merge this, leave it: `tenon generate` and\n"
    "# `apply-plan --apply` write it anew.\n";
constexpr std::string_view no_line_end = "\\ no line end";

std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

/// Calls `each` with the pieces that a section's text consists of, until it refuses one.
template <class Each>
bool walk(std::string_view lines, const Each& each) {
    while (!lines.empty() && lines.front() != no_line_end.front()) {
        const auto end = std::min(lines.find('\n'), lines.size() - 1);
        const bool ends = end + 1 == lines.size() || lines[end + 1] != no_line_end.front();
        // An empty line has no space: editors and hooks would take it away.
        const std::size_t from = end == 0 ? 0 : 1;
        if (!each(lines.substr(from, (ends ? end + 1 : end) - from))) return false;
        lines.remove_prefix(end + 1);
    }
    return true;
}

std::string text_of(std::string_view lines) {
    std::string text;
    text.reserve(lines.size());
    walk(lines, [&](std::string_view piece) {
        text += piece;
        return true;
    });
    return text;
}

bool is_text(std::string_view lines, std::string_view text) {
    const bool same = walk(lines, [&](std::string_view piece) {
        if (!text.starts_with(piece)) return false;
        text.remove_prefix(piece.size());
        return true;
    });
    return same && text.empty();
}

failure not_understood(std::string_view text, std::string_view rest) {
    const auto line = std::count(text.begin(), text.end() - static_cast<std::ptrdiff_t>(rest.size()), '\n') + 1;
    return {failure_kind::malformed,
            std::string(bases_path) + ":" + std::to_string(line) + " is not as Tenon writes it",
            "take either side of a merge, or the file of the last commit: git checkout HEAD -- " +
                std::string(bases_path) + "; then run `tenon generate`"};
}

/// Files that two branches add are mostly neighbours by path; not so in this order. Git would take neighbours for one
/// change, in which it cannot merge.
std::uint64_t place_of(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

void append_section(std::string& out, std::string_view name, std::string_view text) {
    out.append("file ").append(name).append("\n");
    while (!text.empty()) {
        const bool ends = text.find('\n') != std::string_view::npos;
        const std::string_view line = take_line(text);
        out.append(line.empty() ? "" : " ").append(line).append("\n");
        if (!ends) out.append(no_line_end).append("\n");
    }
    out.append("end ").append(name).append("\n");
}

}  // namespace

std::string waiting_name(std::string_view path) {
    return std::string(path) + ".new";
}

std::optional<std::string> base_texts::find(std::string_view name) const {
    std::vector<std::string> texts = all(name);
    return texts.size() == 1 ? std::optional(std::move(texts.front())) : std::nullopt;
}

std::vector<std::string> base_texts::all(std::string_view name) const {
    std::vector<std::string> texts;
    const auto found = kept_.find(name);
    if (found == kept_.end()) return texts;
    for (const section& one : found->second) {
        std::string text = one.is_written ? text_of(one.lines) : std::string(one.lines);
        if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
    }
    return texts;
}

bool base_texts::is_just(std::string_view name, std::string_view text) const {
    const auto found = kept_.find(name);
    return found != kept_.end() && std::all_of(found->second.begin(), found->second.end(), [&](const section& one) {
               return one.is_written ? is_text(one.lines, text) : one.lines == text;
           });
}

std::map<std::string, std::string> base_texts::texts() const {
    std::map<std::string, std::string> out;
    for (const auto& [name, sections] : kept_) {
        const section& one = sections.front();
        out.emplace_hint(out.end(), name, one.is_written ? text_of(one.lines) : std::string(one.lines));
    }
    return out;
}

std::string_view base_texts::hold(std::string text) {
    held_.push_back(std::make_shared<const std::string>(std::move(text)));
    return *held_.back();
}

void base_texts::add(std::string_view name, section one) {
    kept_.try_emplace(kept_.end(), std::string(name))->second.push_back(one);
}

outcome<void> base_texts::add_sections(std::string_view text) {
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string_view start = rest;
        const std::string_view line = take_line(rest);
        if (line.empty() || line.front() == '#') continue;
        if (!line.starts_with("file ")) return not_understood(text, start);
        const std::string_view name = line.substr(5);
        // Nothing else begins in the first column: this finds the end without looking at each line.
        const std::string end = "\nend " + std::string(name) + "\n";
        const std::string_view from = start.substr(line.size());
        const auto at = from.find("\nend ");
        if (at == std::string_view::npos || !from.substr(at).starts_with(end)) return not_understood(text, start);
        add(name, {from.substr(1, at), true});
        rest = from.substr(at + end.size());
    }
    return {};
}

outcome<void> base_texts::add_written(std::string text) {
    const auto sides = sides_of(text);
    if (!sides) return add_sections(hold(std::move(text)));
    TRY(add_sections(hold(sides->ours)));
    TRY(add_sections(hold(sides->theirs)));
    for (const auto& [name, sections] : kept_) {
        if (sections.size() == 1) of_one_side_.insert(name);
    }
    return {};
}

void base_texts::add_former_text(const std::string& name, std::string text) {
    const auto sides = sides_of(text);
    if (!sides) return add(name, {hold(std::move(text)), false});
    add(name, {hold(sides->ours), false});
    add(name, {hold(sides->theirs), false});
}

outcome<void> base_texts::add_former(filesystem& project, const std::string& folder) {
    TRY_ASSIGN(const auto entries, project.list(folder));
    for (const directory_entry& entry : entries) {
        const std::string path = folder + "/" + entry.name;
        if (entry.kind == node_kind::directory) TRY(add_former(project, path));
        if (entry.kind != node_kind::file) continue;
        TRY_ASSIGN(auto file, project.read(path, max_file_bytes));
        if (!file) continue;
        add_former_text(path.substr(former_base_directory.size()), std::move(file->content));
        former_files_.push_back(path);
    }
    return {};
}

outcome<base_texts> load_bases(filesystem& project) {
    base_texts out;
    TRY_ASSIGN(auto file, project.read(bases_path, max_file_bytes));
    if (file) TRY(out.add_written(std::move(file->content)));
    const std::string former(former_base_directory.substr(0, former_base_directory.size() - 1));
    TRY_ASSIGN(const node_info there, project.inspect(former));
    if (there.kind == node_kind::directory) TRY(out.add_former(project, former));
    return out;
}

outcome<base_texts> read_bases(std::string text) {
    base_texts out;
    TRY(out.add_written(std::move(text)));
    return out;
}

std::string write_bases(const std::map<std::string, std::string>& texts) {
    return write_bases(std::map<std::string, std::string_view>(texts.begin(), texts.end()));
}

std::string write_bases(const std::map<std::string, std::string_view>& texts) {
    std::string out(head);
    std::size_t size = out.size();
    std::map<std::pair<std::uint64_t, std::string_view>, std::string_view> placed;
    for (const auto& [name, text] : texts) {
        size += text.size() + text.size() / 16 + 2 * name.size() + 32;
        placed.emplace(std::pair(place_of(name), std::string_view(name)), text);
    }
    out.reserve(size);
    for (const auto& [place, text] : placed) append_section(out, place.second, text);
    return out;
}

}  // namespace tenon::gen
