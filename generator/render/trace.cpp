// Renders one file with a trace, and turns the trace's pieces into lines.
#include "generator/render/trace.hpp"

#include <algorithm>

#include "generator/render/model_view.hpp"
#include "generator/render/template_file.hpp"

namespace tenon::gen {

namespace {

/// Where the lines of a text begin; one more entry for its end.
std::vector<std::size_t> line_starts(std::string_view text) {
    std::vector<std::size_t> out{0};
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) out.push_back(at + 1);
    if (out.back() != text.size()) out.push_back(text.size());
    return out;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

/// The one place that the pieces of a line agree on beside that of its surroundings; else that of the surroundings.
std::optional<std::size_t> place_of(const render_trace& pieces, std::size_t first, std::size_t end,
                                    std::optional<std::size_t> around) {
    std::optional<std::size_t> inner;
    for (std::size_t i = first; i < pieces.size() && pieces[i].output < end; ++i) {
        if (!pieces[i].spec || pieces[i].spec == around) continue;
        if (inner && inner != pieces[i].spec) return around;
        inner = pieces[i].spec;
    }
    return inner ? inner : around;
}

/// The lines of the rendered text, which may have got a header since: then the first `added` lines are not in `pieces`.
std::vector<line_origin> lines_of(const render_trace& pieces, std::string_view body,
                                  std::string_view text_of_template) {
    std::vector<line_origin> out;
    const std::vector<std::size_t> starts = line_starts(body);
    std::size_t at = 0;
    for (std::size_t line = 0; line + 1 < starts.size(); ++line) {
        const std::size_t begin = std::min(body.find_first_not_of(" \t", starts[line]), starts[line + 1] - 1);
        while (at + 1 < pieces.size() && pieces[at + 1].output <= begin) ++at;
        if (pieces.empty()) break;
        const trace_piece& piece = pieces[at];
        const std::size_t into = piece.is_text ? begin - piece.output : 0;
        out.push_back(
            {line_at(text_of_template, piece.template_ + into), place_of(pieces, at, starts[line + 1], piece.spec)});
    }
    return out;
}

result<std::optional<traced_file>, template_error> trace_one(const template_file& file, std::string_view whole,
                                                             const std::vector<const view*>& scopes,
                                                             std::string_view path) {
    render_trace pieces;
    TRY_ASSIGN(auto made, render_one(file, scopes, path, &pieces));
    if (!made) return std::optional<traced_file>();
    traced_file out;
    std::string body;
    if (file.says.verbatim) {
        body = std::string(file.raw);
        pieces.push_back({0, static_cast<std::size_t>(file.raw.data() - whole.data()), true, {}});
    } else {
        TRY(file.body.render(scopes, body));
    }
    out.file = std::move(*made);
    out.lines = lines_of(pieces, body, whole);
    const std::size_t all = line_starts(out.file.content).size() - 1;
    if (all > out.lines.size()) {
        const bool script = body.starts_with("#!");
        out.lines.insert(out.lines.begin() + (script ? 1 : 0), all - out.lines.size(), line_origin{});
    }
    return std::optional<traced_file>(std::move(out));
}

}  // namespace

result<std::optional<traced_file>, template_error> trace(const model& product, const render_input& input,
                                                         std::string_view path) {
    std::optional<view> root;
    for (const auto& [name, text] : input.templates) {
        const std::string& pattern = name;  // clang 14 lets no lambda see a structured binding
        const bool per_entity = pattern.find("{{entity}}") != std::string::npos;
        if (!per_entity && pattern != path) continue;
        const auto owner = std::find_if(product.entities.begin(), product.entities.end(), [&](const entity_model& one) {
            return per_entity && output_path(pattern, one.name.snake) == path;
        });
        if (per_entity && owner == product.entities.end()) continue;
        TRY_ASSIGN(const auto file, compile_template_file(pattern, text));
        if (!root) {
            TRY_ASSIGN(root, product_view(product, input.fragments));
        }
        std::vector<const view*> scopes{&*root};
        std::optional<view> entity;
        if (per_entity) scopes.push_back(&entity.emplace(entity_view(product, *owner)));
        TRY_ASSIGN(auto traced, trace_one(file, text, scopes, path));
        if (traced) return traced;
    }
    return std::optional<traced_file>();
}

}  // namespace tenon::gen
