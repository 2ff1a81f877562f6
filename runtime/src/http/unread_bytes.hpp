// What a connection has received and not used yet.
#pragma once

#include <string>
#include <string_view>

namespace tenon::http {

/// A view of the loop's read buffer while nobody else can use that one, a copy of its own from then on.
class unread_bytes {
  public:
    bool empty() const { return view_.empty(); }
    /// To take from its front.
    std::string_view& view() { return view_; }
    /// Requires: empty.
    void set(std::string_view piece) {
        std::string().swap(kept_);
        view_ = piece;
    }
    /// Keeps what is left while others use the loop's buffer.
    void keep() {
        if (view_.empty() || is_kept()) return;
        kept_.assign(view_);
        view_ = kept_;
    }
    void drop() { view_ = {}; }
    /// Lets go of the memory of what has been used. Cheap.
    void shrink() {
        if (view_.empty() && !kept_.empty()) std::string().swap(kept_);
    }
    std::size_t kept_bytes() const { return view_.empty() ? 0 : kept_.size(); }

  private:
    bool is_kept() const { return view_.data() >= kept_.data() && view_.data() < kept_.data() + kept_.size(); }

    std::string_view view_;
    std::string kept_;
};

}  // namespace tenon::http
