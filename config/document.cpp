// SPDX-License-Identifier: Apache-2.0
#include "config/document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <set>
#include <sstream>
#include <unordered_map>
#include <utility>

namespace copydesk::config {
namespace {

/// Thrown by the builder through yaml-cpp, which leaves no other way to stop it.
struct Refused {
  int line;
  std::string message;
};

int line_of(const YAML::Mark& mark) {
  return mark.line < 0 ? 0 : mark.line + 1;
}

/// Builds the nodes from yaml-cpp's events (its own Node type is not used: it has no limits, and builds
/// maps in quadratic time).
class Builder final : public YAML::EventHandler {
 public:
  Builder(YamlDocument& document, const std::string& source, ConfigErrors& errors)
      : document_(&document), source_(&source), errors_(&errors) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (started_) throw Refused{line_of(mark), "a second YAML document starts here; a settings file is one document"};
    started_ = true;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (expects_key()) throw Refused{line_of(mark), "a key is missing before this “:”"};
    place(make(YamlNode::Kind::kNull, mark, anchor));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (expects_key()) throw Refused{line_of(mark), "an alias cannot be a key"};
    if (++aliases_ > YamlLimits::kAliases) throw Refused{line_of(mark), "too many aliases (more than 1000)"};
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw Refused{line_of(mark), "this alias has no anchor"};
    place(*found->second);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    last_quoted_ = tag == "!" ? mark : YAML::Mark::null_mark();
    if (value.size() > YamlLimits::kScalarBytes) throw Refused{line_of(mark), "this text is longer than 64 KiB"};
    if (expects_key()) {
      if (value.size() > YamlLimits::kKeyBytes) throw Refused{line_of(mark), "this key is longer than 200 bytes"};
      Frame& frame = frames_.back();
      frame.key = {value, line_of(mark), nullptr};
      frame.has_key = true;
      return;
    }
    YamlNode& node = make(YamlNode::Kind::kScalar, mark, anchor);
    node.text = value;
    place(node);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(YamlNode::Kind::kList, mark, anchor);
  }
  void OnSequenceEnd() override { frames_.pop_back(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(YamlNode::Kind::kMap, mark, anchor);
  }
  void OnMapEnd() override { frames_.pop_back(); }

  /// Where the document's last scalar starts, if it is in quotation marks; else a null mark.
  [[nodiscard]] const YAML::Mark& last_quoted() const { return last_quoted_; }

 private:
  struct Frame {
    YamlNode* node = nullptr;
    bool has_key = false;
    YamlNode::Entry key;
    std::unordered_map<std::string, int> lines;  // of the keys seen
  };

  [[nodiscard]] bool expects_key() const {
    return !frames_.empty() && frames_.back().node->kind == YamlNode::Kind::kMap && !frames_.back().has_key;
  }

  YamlNode& make(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    YamlNode& node = document_->nodes.emplace_back();
    node.kind = kind;
    node.line = line_of(mark);
    if (anchor != 0) anchors_[anchor] = &node;
    return node;
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (expects_key())
      throw Refused{line_of(mark), "a key must be plain text, not a list or map (is a value in { } unquoted?)"};
    if (frames_.size() >= YamlLimits::kDepth) throw Refused{line_of(mark), "nested too deep (more than 32 levels)"};
    YamlNode& node = make(kind, mark, anchor);
    place(node);
    frames_.push_back({&node, false, {}, {}});
  }

  void place(YamlNode& node) {
    if (frames_.empty()) {
      document_->root = &node;
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node->kind == YamlNode::Kind::kList) {
      frame.node->items.push_back(&node);
      return;
    }
    frame.has_key = false;
    frame.key.value = &node;
    const auto [seen, is_new] = frame.lines.emplace(frame.key.key, frame.key.line);
    if (is_new) {
      frame.node->entries.push_back(std::move(frame.key));
    } else {
      errors_->push_back({*source_, frame.key.line, frame.key.key,
                          "is given twice; line " + std::to_string(seen->second) + " has it already"});
    }
  }

  YamlDocument* document_;
  const std::string* source_;
  ConfigErrors* errors_;
  bool started_ = false;
  YAML::Mark last_quoted_ = YAML::Mark::null_mark();
  std::size_t aliases_ = 0;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, YamlNode*> anchors_;
};

/// Length of the UTF-8 character at the front of `text`, or 0 where there is none (RFC 3629, table in section 4).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

/// Throws Refused where the text holds what YAML forbids and yaml-cpp would take for the end of the file or worse.
void require_text(std::string_view text) {
  if (text.size() > YamlLimits::kFileBytes) throw Refused{0, "is larger than 1 MiB; is it a settings file?"};
  int line = 1;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n') ++line;
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
      throw Refused{line, "holds a control character (code " + std::to_string(c) + "); is it a text file?"};
    }
    const std::size_t length = utf8_length(text.substr(i));
    if (length == 0) throw Refused{line, "is not UTF-8 here; save the file as UTF-8"};
    i += length;
  }
}

/// yaml-cpp takes the end of the file for the closing mark of a quoted text, which then has swallowed the keys below
/// it. Such a text is the last one, so looking at that is enough.
void require_closed(std::string_view text, const YAML::Mark& start) {
  if (start.is_null()) return;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // not counted by yaml-cpp
  std::size_t at = text.find_first_of("\"'", static_cast<std::size_t>(start.pos));
  if (at == std::string_view::npos) return;
  const char mark = text[at];
  for (++at; at < text.size(); ++at) {
    const bool doubled = mark == '\'' && text.substr(at, 2) == "''";
    if (doubled || (mark == '"' && text[at] == '\\')) {
      ++at;
    } else if (text[at] == mark) {
      return;
    }
  }
  throw Refused{line_of(start), "a text starts with a quotation mark here and never ends"};
}

std::string_view line_text(std::string_view text, int line) {
  for (int at = 1; at < line; ++at) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return text.substr(0, text.find('\n'));
}

}  // namespace

YamlDocument parse_yaml(std::string_view text, const std::string& source, ConfigErrors& errors) {
  YamlDocument document;
  const std::size_t errors_before = errors.size();
  const auto fail = [&](int line, std::string message) {
    errors.resize(errors_before);
    errors.push_back({source, line, {}, std::move(message)});
    document = {};
  };
  try {
    require_text(text);
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder(document, source, errors);
    while (parser.HandleNextDocument(builder)) {
    }
    require_closed(text, builder.last_quoted());
  } catch (const Refused& refused) {
    fail(refused.line, refused.message);
  } catch (const YAML::Exception& error) {
    const int line = line_of(error.mark);
    // yaml-cpp 0.8 adds the name, which is a secret where somebody's password begins with an asterisk.
    constexpr std::string_view kNoAnchor = "the referenced anchor is not defined";
    std::string message = "is not YAML: " + std::string(error.msg.starts_with(kNoAnchor) ? kNoAnchor : error.msg);
    if (line_text(text, line).find("${") != std::string_view::npos) {
      message += " (inside [ ] and { } a ${…} needs quotation marks)";
    }
    fail(line, std::move(message));
  } catch (const std::exception& error) {
    fail(0, std::string("cannot be read: ") + error.what());
  }
  return document;
}

}  // namespace copydesk::config
