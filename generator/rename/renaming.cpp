// Lines first, then the tokens of the lines that the user wrote or changed.
#include "generator/rename/renaming.hpp"

#include "generator/merge/common_items.hpp"
#include "generator/rename/declared_names.hpp"
#include "generator/rename/judge_name.hpp"

namespace tenon::gen {
namespace {

/// A line whose names are judged.
struct made_line {
    std::string text;
    std::string other;  ///< With what its undecided names may be; the same text when there are none.
};

template <class Fates>
made_line with_fates(const token_line& line, Fates fate_of) {
    made_line made;
    std::size_t at = 0;
    for (std::size_t t = 0; t < line.tokens.size(); ++t) {
        const token& one = line.tokens[t];
        const auto begin = static_cast<std::size_t>(one.text.data() - line.text.data());
        const name_fate what = fate_of(t);
        const std::string_view gap = line.text.substr(at, begin - at);
        (made.text += gap) += what.text;
        (made.other += gap) += what.other.empty() ? what.text : what.other;
        at = begin + one.text.size();
    }
    made.text += line.text.substr(at);
    made.other += line.text.substr(at);
    return made;
}

class carrying {
  public:
    carrying(const product_names& names, const text_to_carry& file)
        : file_(file),
          lines_(pair_lines(names.forms(), text_kind_of(file.path), file.base.value_or(file.mine), file.theirs)),
          before_(lines_.before),
          judge_(names, evidence_, file.subject, own_) {
        evidence_.learn(names.forms(), lines_);
    }

    carried_text run() {
        find_own();
        for (std::size_t i = 0; i < lines_.before.size(); ++i) {
            const made_line made = now(i);
            if (!file_.base) add_mine(i, lines_.before[i], made);
            if (!file_.base) continue;
            renamed_.push_back(made.text);
            (out_.base += made.text) += lines_.before[i].end;
        }
        if (file_.base) carry_mine();
        return std::move(out_);
    }

  private:
    void find_own() {
        if (text_kind_of(file_.path) != text_kind::cpp) return;
        std::set<std::string, std::less<>> generated;
        std::set<std::string_view> known;
        for (std::size_t i = 0; i < lines_.before.size(); ++i) {
            const bool users = !file_.base && !lines_.became[i];
            if (!users) add_declared(lines_.before[i], generated);
            if (!users) known.insert(lines_.before[i].text);
        }
        const std::vector<token_line> mine = token_lines(text_kind::cpp, file_.mine);
        for (const token_line& line : mine) {
            if (!known.contains(line.text)) add_declared(line, own_.variables);
        }
        for (const std::string& name : generated) own_.variables.erase(name);
        own_.types = types_declared_in(mine, known);
    }

    /// A line of the base (or of a file without one) as it is now.
    made_line now(std::size_t i) const {
        if (const auto place = lines_.became[i]) {
            const std::string text(lines_.after[*place].text);
            return {text, text};
        }
        const token_line& line = lines_.before[i];
        return with_fates(line, [&](std::size_t t) { return judge_.of(before_, {i, t}, !file_.base); });
    }

    void add_mine(std::size_t index, const token_line& line, const made_line& made) {
        if (made.text != made.other) out_.undecided.push_back({index + 1, made.text, made.other});
        (out_.mine += made.text) += line.end;
        (out_.other += made.other) += line.end;
    }

    void carry_mine() {
        const std::vector<token_line> mine = token_lines(text_kind_of(file_.path), file_.mine);
        const judged_text judged(mine);
        std::size_t i = 0;
        std::size_t j = 0;
        for (const auto& [in_base, in_mine] : common_items(texts(lines_.before), texts(mine))) {
            carry_hunk(i, in_base, mine, judged, j, in_mine);
            add_mine(in_mine, mine[in_mine], {renamed_[in_base], renamed_[in_base]});
            i = in_base + 1;
            j = in_mine + 1;
        }
        carry_hunk(i, lines_.before.size(), mine, judged, j, mine.size());
    }

    static std::vector<std::string_view> texts(const std::vector<token_line>& lines) {
        std::vector<std::string_view> out;
        for (const token_line& line : lines) out.push_back(line.text);
        return out;
    }

    /// Lines [j, j_end) that the user has where lines [i, i_end) were generated. What is left of those is known
    /// exactly.
    void carry_hunk(std::size_t i, std::size_t i_end, const std::vector<token_line>& mine, const judged_text& judged,
                    std::size_t j, std::size_t j_end) {
        std::vector<std::string_view> was;
        std::vector<std::string_view> is;
        std::vector<name_fate> generated;
        for (; i < i_end; ++i) {
            for (std::size_t t = 0; t < lines_.before[i].tokens.size(); ++t) {
                was.push_back(lines_.before[i].tokens[t].text);
                generated.push_back(fate_in_base(i, t));
            }
        }
        for (std::size_t k = j; k < j_end; ++k) {
            for (const token& one : mine[k].tokens) is.push_back(one.text);
        }
        std::map<std::size_t, std::size_t> from;
        for (const auto& [in_base, in_mine] : common_items(was, is)) from[in_mine] = in_base;
        std::size_t count = 0;
        for (; j < j_end; ++j) {
            const auto fate_of = [&](std::size_t t) {
                const auto known = from.find(count++);
                return known == from.end() ? judge_.of(judged, {j, t}, true) : generated[known->second];
            };
            add_mine(j, mine[j], with_fates(mine[j], fate_of));
        }
    }

    name_fate fate_in_base(std::size_t i, std::size_t t) const {
        if (lines_.has_same_shape(i)) return {std::string(lines_.after[*lines_.became[i]].tokens[t].text)};
        return {judge_.of(before_, {i, t}, false).text};
    }

    const text_to_carry& file_;
    paired_lines lines_;
    name_evidence evidence_;
    judged_text before_;
    own_names own_;  ///< Variables: declared in lines of the user's, and in none that was generated.
    name_judge judge_;
    std::vector<std::string> renamed_;  ///< The lines of the base, without their ends.
    carried_text out_;
};

}  // namespace

carried_text carry_renames(const product_names& names, const text_to_carry& file) {
    return carrying(names, file).run();
}

}  // namespace tenon::gen
