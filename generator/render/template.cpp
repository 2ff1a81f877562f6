// Rendering compiled templates: one pass over the nodes, names looked up through the scopes.
#include "generator/render/template.hpp"

#include <array>

namespace tenon::gen {

namespace {

using node = compiled_template::node;
using kind = compiled_template::kind;

class renderer {
  public:
    renderer(const std::string& file, const std::vector<node>& nodes, std::vector<const view*> scopes, std::string& out,
             render_trace* trace)
        : file_(file), nodes_(nodes), scopes_(std::move(scopes)), out_(out), trace_(trace) {}

    result<void, template_error> render(std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end;) {
            const node& current = nodes_[i];
            if (current.type == kind::text) {
                if (trace_) note(current);
                out_ += current.text;
                ++i;
                continue;
            }
            const view* value = find(current);
            if (!value) return wrong(current, "nothing is called");
            if (current.type == kind::variable) {
                if (!value->text()) return wrong(current, "there is no text called");
                if (trace_) note(current);
                out_ += *value->text();
                ++i;
                continue;
            }
            TRY(section(i, *value));
            i = current.end;
        }
        return {};
    }

  private:
    result<void, template_error> section(std::size_t at, const view& value) {
        const node& current = nodes_[at];
        if (current.type == kind::inverted) {
            return value.truthy() ? result<void, template_error>() : render(at + 1, current.end);
        }
        if (!value.truthy()) return {};
        if (!value.is_list()) return within(value, at + 1, current.end);
        const auto& items = value.items();
        for (std::size_t i = 0; i < items.size(); ++i) {
            scopes_.push_back(&position_of(i == 0, i + 1 == items.size()));
            auto done = within(items[i], at + 1, current.end);
            scopes_.pop_back();
            TRY(std::move(done));
        }
        return {};
    }

    result<void, template_error> within(const view& scope, std::size_t begin, std::size_t end) {
        scopes_.push_back(&scope);
        auto done = render(begin, end);
        scopes_.pop_back();
        return done;
    }

    /// The scope that says where in its list an item stands: one of four, made once.
    static const view& position_of(bool first, bool last) {
        static const std::array<view, 4> positions{position(false, false), position(false, true), position(true, false),
                                                   position(true, true)};
        return positions[static_cast<std::size_t>(first) * 2 + static_cast<std::size_t>(last)];
    }
    static view position(bool first, bool last) {
        view made;
        made.set("first", first).set("last", last);
        return made;
    }

    void note(const node& current) {
        static const view_key place = key_of("spec_at");
        trace_piece piece{out_.size(), current.offset, current.type == kind::text, {}};
        for (std::size_t i = scopes_.size(); i-- > 0 && !piece.spec;) {
            const view* at = scopes_[i]->find(place);
            if (at && at->text()) piece.spec = std::stoull(*at->text());
        }
        trace_->push_back(piece);
    }

    const view* find(const node& wanted) const {
        if (wanted.path.empty()) return scopes_.back();
        for (std::size_t i = scopes_.size(); i-- > 0;) {
            const view* found = scopes_[i]->find(wanted.path.front());
            for (std::size_t part = 1; found && part < wanted.path.size(); ++part)
                found = found->find(wanted.path[part]);
            if (found) return found;
        }
        return nullptr;
    }

    template_error wrong(const node& at, const char* what) const {
        return template_error{file_, at.line, std::string(what) + " '" + at.text + "' here"};
    }

    const std::string& file_;
    const std::vector<node>& nodes_;
    std::vector<const view*> scopes_;
    std::string& out_;
    render_trace* trace_;
};

}  // namespace

result<void, template_error> compiled_template::render(const std::vector<const view*>& scopes, std::string& out,
                                                       render_trace* trace) const {
    return renderer(file_, nodes_, scopes, out, trace).render(0, nodes_.size());
}

}  // namespace tenon::gen
