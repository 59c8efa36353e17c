// SPDX-License-Identifier: Apache-2.0
#include "config/render.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "config/environment.h"

namespace copydesk::config {
namespace {

constexpr std::size_t kCommentWidth = 110;

bool is_number(std::string_view text) {
  return parse_number(text).has_value();
}

/// True where YAML reads `text` back as this very string without quotation marks. Narrower than YAML itself.
bool is_plain(std::string_view text) {
  const auto safe = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/' ||
           c == '.' || c == '-' || c == ':' || c == '+';
  };
  return !text.empty() && (text.front() != '-' || is_number(text)) && text.front() != ':' && text.back() != ':' &&
         text != "null" && text != "Null" && text != "NULL" && std::all_of(text.begin(), text.end(), safe);
}

std::string scalar(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      quoted += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += "\\x";
      quoted += kHex[byte >> 4U];
      quoted += kHex[byte & 0xFU];
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string list(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const std::string& item : items) text += (text.size() == 1 ? "" : ", ") + scalar(escape_interpolation(item));
  return text + "]";
}

void add_comment(std::string& out, const std::string& indent, std::string_view text) {
  while (!text.empty()) {
    const std::size_t room = kCommentWidth - indent.size();
    std::size_t length = text.size();
    if (length > room) {
      length = text.rfind(' ', room);
      if (length == std::string_view::npos) length = std::min(text.find(' '), text.size());
    }
    out += indent + "# " + std::string(text.substr(0, length)) + "\n";
    text.remove_prefix(std::min(length + 1, text.size()));
  }
}

void add_field(std::string& out, const Field& field, const std::string& indent) {
  out += indent + field.name + ":";
  if (auto* const* map = std::get_if<std::map<std::string, std::string>*>(&field.slot)) {
    if ((*map)->empty()) out += " {}";
    for (const auto& [key, value] : **map) {
      out += "\n" + indent + "  " + scalar(key) + ": " +
             scalar(names_a_secret(key) ? std::string(kRedacted) : escape_interpolation(value));
    }
  } else if (auto* const* items = std::get_if<std::vector<std::string>*>(&field.slot)) {
    out += " " + list(**items);
  } else if (std::holds_alternative<Secret*>(field.slot)) {
    out += " " + scalar(value_text(field));
  } else {
    out += " " + scalar(escape_interpolation(value_text(field)));
  }
  out += "\n";
}

void add_comments(std::string& out, const Field& field, const std::string& indent) {
  add_comment(out, indent, field.options.doc);
  const bool plain_to_see = std::holds_alternative<bool*>(field.slot);
  if (const std::string limits = allowed(field); !limits.empty() && !plain_to_see) {
    add_comment(out, indent, "Allowed: " + limits + ".");
  }
  if (!field.options.example.empty()) out += indent + "# Example: " + field.name + ": " + field.options.example + "\n";
}

void add_yaml(std::string& out, const Section& section, const std::string& indent, bool comments) {
  for (const Field& field : section.fields()) {
    if (comments) add_comments(out, field, indent);
    add_field(out, field, indent);
  }
  for (const Section& child : section.sections()) {
    if (comments) {
      if (!out.empty()) out += "\n";
      add_comment(out, indent, child.doc());
    }
    out += indent + child.name() + ":";
    out += child.fields().empty() && child.sections().empty() ? " {}\n" : "\n";
    add_yaml(out, child, indent + "  ", comments);
  }
}

std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string code(const std::string& text) {
  return text.empty() ? "–" : "`" + cell(text) + "`";
}

std::string default_of(const Field& field) {
  if (auto* const* map = std::get_if<std::map<std::string, std::string>*>(&field.slot)) {
    return (*map)->empty() ? code("{}") : "see the commented file";
  }
  if (auto* const* items = std::get_if<std::vector<std::string>*>(&field.slot)) return code(list(**items));
  return code(value_text(field));
}

void add_tables(std::string& out, const Section& section, const std::string& path) {
  if (!path.empty()) out += (out.empty() ? "## `" : "\n## `") + path + "`\n\n" + section.doc() + "\n";
  if (!section.fields().empty()) {
    out += "\n| key | type | default | allowed | meaning |\n|---|---|---|---|---|\n";
    for (const Field& field : section.fields()) {
      out += "| `" + field.name + "` | " + type_name(field) + " | " + default_of(field) + " | ";
      const std::string limits = allowed(field);
      out += (limits.empty() ? "any" : cell(limits)) + " | " + cell(field.options.doc);
      if (!field.options.example.empty()) out += " Example: " + code(field.options.example);
      out += " |\n";
    }
  }
  for (const Section& child : section.sections()) {
    add_tables(out, child, path.empty() ? child.name() : path + "." + child.name());
  }
}

}  // namespace

std::string render_effective(const Section& root) {
  std::string out;
  add_yaml(out, root, {}, false);
  return out;
}

std::string render_commented(const Section& root) {
  std::string out;
  add_yaml(out, root, {}, true);
  return out;
}

std::string render_reference(const Section& root) {
  std::string out;
  add_tables(out, root, {});
  return out;
}

}  // namespace copydesk::config
