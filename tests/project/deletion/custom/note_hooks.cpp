// In place of the hooks that the project was made with: "tag ID" as a text gives the note that tag, or
// another word of the setting TAG_WORD.
#include "hooks/note_hooks.hpp"

#include <string>
#include <string_view>

#include "custom/hooks.hpp"

namespace library::custom {

namespace {

void set_tag(std::string_view prefix, std::string_view text, auto& tag) {
    if (!text.starts_with(prefix)) return;
    const auto id = tenon::uuid::parse(text.substr(prefix.size()));
    if (!id) return;
    tenon::id<domain::tag> named;
    named.value = *id;
    tag = std::optional(named);
}

class note_hooks : public hooks::note_hooks {
  public:
    explicit note_hooks(std::string prefix) : prefix_(std::move(prefix)) {}

    tenon::task<tenon::result<void>> before_create(const tenon::operation::context&, tenon::db::tenant_transaction&,
                                                   domain::new_note& input) override {
        set_tag(prefix_, input.text, input.tag_id);
        co_return tenon::result<void>();
    }
    tenon::task<tenon::result<void>> before_update(const tenon::operation::context&, tenon::db::tenant_transaction&,
                                                   const domain::note&, domain::note_changes& changes) override {
        if (changes.text.present()) set_tag(prefix_, changes.text.value(), changes.tag_id);
        co_return tenon::result<void>();
    }

  private:
    const std::string prefix_;
};

}  // namespace

std::unique_ptr<hooks::note_hooks> make_note_hooks(parts& shared) {
    return std::make_unique<hooks::note_hooks_in_use<note_hooks>>(shared.tag_prefix);
}

}  // namespace library::custom
