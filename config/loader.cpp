// SPDX-License-Identifier: Apache-2.0
#include "config/loader.h"

#include <algorithm>
#include <fstream>
#include <utility>
#include <vector>

#include "config/document.h"
#include "config/path_check.h"
#include "config/suggest.h"

namespace copydesk::config {
namespace {

constexpr std::size_t kMostErrors = 1'000;     // beyond that it is not a settings file
constexpr std::size_t kMostSuggestions = 100;  // each compares a key with all known ones
constexpr std::size_t kLongestQuotation = 60;  // bytes of a user's text in a message

std::string join(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

/// A user's text for a message: quoted, in one line, cut where long.
std::string in_quotes(std::string_view text) {
  const bool cut = text.size() > kLongestQuotation;
  std::size_t length = cut ? kLongestQuotation : text.size();
  while (cut && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  std::string result = "“";
  for (const char c : text.substr(0, length)) result.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  return result + (cut ? "…”" : "”");
}

std::string_view kind_name(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::kNull: return "empty";
    case YamlNode::Kind::kScalar: return "a single value";
    case YamlNode::Kind::kList: return "a list";
    case YamlNode::Kind::kMap: return "a map";
  }
  return "";
}

std::vector<std::string> known_keys(const Section& section) {
  std::vector<std::string> keys;
  for (const Field& field : section.fields()) keys.push_back(field.name);
  for (const Section& child : section.sections()) keys.push_back(child.name());
  return keys;
}

/// Every place in the tree where a key of this name is declared.
void find_key(const Section& section, const std::string& path, std::string_view key, std::vector<std::string>& found) {
  for (const Field& field : section.fields()) {
    if (field.name == key) found.push_back(join(path, key));
  }
  for (const Section& child : section.sections()) {
    if (child.name() == key) found.push_back(join(path, key));
    find_key(child, join(path, child.name()), key, found);
  }
}

template <class Named>
const Named* find_named(const std::vector<Named>& all, std::string_view name) {
  for (const Named& one : all) {
    if constexpr (requires { one.name(); }) {
      if (one.name() == name) return &one;
    } else {
      if (one.name == name) return &one;
    }
  }
  return nullptr;
}

}  // namespace

std::string to_string(const ConfigError& error) {
  std::string text = error.source;
  if (error.line > 0) text += ":" + std::to_string(error.line);
  text += ": ";
  if (!error.path.empty()) text += error.path + ": ";
  return text + error.message;
}

void Loader::refuse(int line, const std::string& path, std::string message) {
  refused_.insert(path);
  errors_.push_back({source_, line, path, std::move(message)});
}

void Loader::file(const std::filesystem::path& path, const Environment& environment) {
  source_ = path.string();
  if (const auto problem = file_problem(path)) return refuse(0, {}, std::string(*problem));
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return refuse(0, {}, "cannot be opened; may this user read it?");
  // One byte above the limit is enough to tell, and keeps endless devices out of memory.
  std::string content(YamlLimits::kFileBytes + 1, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (stream.bad()) return refuse(0, {}, "cannot be read to its end");
  content.resize(static_cast<std::size_t>(stream.gcount()));
  text(content, source_, environment);
}

void Loader::text(std::string_view yaml, const std::string& source, const Environment& environment) {
  source_ = source;
  environment_ = environment;
  const YamlDocument document = parse_yaml(yaml, source, errors_);
  if (document.root == nullptr || document.root->kind == YamlNode::Kind::kNull) return;
  if (document.root->kind != YamlNode::Kind::kMap) {
    return refuse(document.root->line, {},
                  "is " + std::string(kind_name(document.root->kind)) + " where “section:” lines are expected");
  }
  load_section(root_, *document.root, {});
}

void Loader::load_section(const Section& section, const YamlNode& node, const std::string& path) {
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string child_path = join(path, entry.key);
    if (const Field* field = find_named(section.fields(), entry.key)) {
      load_field(*field, *entry.value, entry.line, child_path);
    } else if (const Section* child = find_named(section.sections(), entry.key)) {
      if (entry.value->kind == YamlNode::Kind::kMap) {
        load_section(*child, *entry.value, child_path);
      } else if (entry.value->kind != YamlNode::Kind::kNull) {
        refuse(entry.line, child_path,
               "is " + std::string(kind_name(entry.value->kind)) + "; it is a section: its keys go below it, indented");
      }
    } else {
      unknown_key(section, path, entry.key, entry.line);
    }
  }
}

void Loader::unknown_key(const Section& section, const std::string& path, const std::string& key, int line) {
  std::string message = "is not a known key";
  if (errors_.size() < kMostSuggestions) {
    const std::vector<std::string> known = known_keys(section);
    std::vector<std::string> elsewhere;
    find_key(root_, {}, key, elsewhere);
    if (const std::string_view near = closest(key, known); !near.empty()) {
      message += "; did you mean “" + std::string(near) + "”?";
    } else if (elsewhere.size() == 1) {
      message += " here; did you mean “" + elsewhere.front() + "”?";
    } else {
      message += "; known here are: ";
      for (std::size_t i = 0; i < known.size(); ++i) message += (i == 0 ? "" : ", ") + known[i];
    }
  }
  const std::string shown = in_quotes(key);
  constexpr std::size_t kMarks = std::string_view("“”").size();
  errors_.push_back({source_, line, join(path, shown.substr(kMarks / 2, shown.size() - kMarks)), std::move(message)});
}

std::optional<std::string> Loader::expand(const YamlNode& node, const std::string& path) {
  Interpolated result = interpolate(node.text, environment_);
  if (result.problem.empty()) return std::move(result.text);
  refuse(node.line, path, std::move(result.problem));
  return std::nullopt;
}

void Loader::load_field(const Field& field, const YamlNode& node, int line, const std::string& path) {
  places_[path] = {source_, line, node.text};
  auto* const* map = std::get_if<std::map<std::string, std::string>*>(&field.slot);
  const bool is_list = std::holds_alternative<std::vector<std::string>*>(field.slot);
  if (node.kind == YamlNode::Kind::kNull) {
    // "consumer:" with all its lines commented out is no mistake; "group:" is one.
    if (map != nullptr || std::holds_alternative<std::optional<std::string>*>(field.slot)) return;
    return refuse(line, path, "has no value; give one, or remove the line for the default");
  }
  if (map != nullptr) {
    if (node.kind == YamlNode::Kind::kMap) return load_map(**map, node, path);
    return refuse(line, path, "is " + std::string(kind_name(node.kind)) + "; it is a map: “key: value” lines below it");
  }
  if (is_list && node.kind == YamlNode::Kind::kList) return load_list(field, node, path);
  if (node.kind != YamlNode::Kind::kScalar) {
    return refuse(line, path,
                  "is " + std::string(kind_name(node.kind)) + "; it takes " + (is_list ? "a list" : "a single value"));
  }
  const std::optional<std::string> text = expand(node, path);
  if (!text) return;
  if (auto problem = assign(field, *text)) {
    // The text as it stands in the file: what a variable holds may be secret. A key that is declared is one where its
    // type says so; only names that are passed through must be judged by themselves.
    const bool hide = std::holds_alternative<Secret*>(field.slot);
    refuse(node.line, path, (hide ? std::string("the secret") : in_quotes(node.text)) + " " + *problem);
  }
}

void Loader::load_list(const Field& field, const YamlNode& node, const std::string& path) {
  std::vector<std::string> items;
  bool good = true;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const YamlNode& item = *node.items[i];
    const std::string item_path = path + "[" + std::to_string(i) + "]";
    places_[item_path] = {source_, item.line, item.text};
    if (item.kind != YamlNode::Kind::kScalar) {
      refuse(item.line, item_path, "is " + std::string(kind_name(item.kind)) + "; each item is a single value");
      good = false;
      continue;
    }
    std::optional<std::string> text = expand(item, item_path);
    if (!text) {
      good = false;
      continue;
    }
    if (field.options.accepts != nullptr && !field.options.accepts(*text)) {
      refuse(item.line, item_path, in_quotes(item.text) + " has not the right form; allowed: " + allowed(field));
      good = false;
    }
    items.push_back(std::move(*text));
  }
  if (!good) return;
  std::size_t bad_item = 0;
  if (auto problem = assign_list(field, std::move(items), bad_item)) {
    const bool whole = node.items.empty();
    refuse(whole ? node.line : node.items[bad_item]->line, whole ? path : path + "[" + std::to_string(bad_item) + "]",
           std::move(*problem));
  }
}

void Loader::load_map(std::map<std::string, std::string>& map, const YamlNode& node, const std::string& path) {
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string entry_path = join(path, entry.key);
    places_[entry_path] = {source_, entry.line, entry.value->text};
    if (entry.value->kind == YamlNode::Kind::kNull) {
      refuse(entry.line, entry_path, "has no value; give one, or remove the line");
    } else if (entry.value->kind != YamlNode::Kind::kScalar) {
      refuse(entry.line, entry_path,
             "is " + std::string(kind_name(entry.value->kind)) +
                 "; it takes a single value (names with dots are written in one: “" + entry.key + ".…: value”)");
    } else if (std::optional<std::string> text = expand(*entry.value, entry_path)) {
      map[entry.key] = std::move(*text);
    }
  }
}

void Loader::set(std::string_view path, std::string_view value, const std::string& origin) {
  source_ = origin;
  const std::string full(path);
  forget_items(full);
  places_[full] = {origin, 0, std::string(value)};
  const Section* section = &root_;
  std::string_view rest = path;
  while (true) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const std::string_view key = rest.substr(0, dot);
    const std::string_view below = rest.substr(std::min(dot + 1, rest.size()));
    if (const Field* field = find_named(section->fields(), key)) {
      if (auto* const* map = std::get_if<std::map<std::string, std::string>*>(&field->slot);
          map != nullptr && !below.empty()) {
        (**map)[std::string(below)] = std::string(value);
        return;
      }
      if (below.empty()) {
        // What the file said of this key no longer matters for the rules between keys.
        refused_.erase(full);
        if (auto problem = assign(*field, value)) {
          const bool hide = std::holds_alternative<Secret*>(field->slot);
          refuse(0, full, (hide ? std::string("the secret") : in_quotes(value)) + " " + *problem);
        }
        return;
      }
    }
    const Section* child = find_named(section->sections(), key);
    if (child == nullptr || below.empty()) break;
    section = child;
    rest = below;
  }
  refuse(0, full, "is not a known key");
}

/// What the file said of a list's items, where the command line gives the list anew.
void Loader::forget_items(const std::string& path) {
  std::erase_if(places_, [&](const auto& place) { return place.first.starts_with(path + "["); });
}

/// An item of a list that was given as one text has the place of the list.
const Loader::Place* Loader::place_of(const std::string& path) const {
  auto place = places_.find(path);
  if (place == places_.end() && path.ends_with(']')) place = places_.find(path.substr(0, path.rfind('[')));
  return place == places_.end() ? nullptr : &place->second;
}

void Loader::blame(const std::string& path, std::string message) {
  const Place* const place = place_of(path);
  errors_.push_back(
      {place == nullptr ? source_ : place->source, place == nullptr ? 0 : place->line, path, std::move(message)});
}

std::string Loader::as_written(const std::string& path) const {
  if (const auto place = places_.find(path); place != places_.end()) return in_quotes(place->second.text);
  const Place* const list = place_of(path);
  return list != nullptr && list->text.find("${") != std::string::npos ? in_quotes(list->text) : std::string();
}

void Loader::run_checks(const Section& section, const std::string& path) {
  for (const Section& child : section.sections()) run_checks(child, join(path, child.name()));
  // A value that was refused left its default behind: rules that need it would only mislead.
  const auto refused = path.empty() ? refused_.begin() : refused_.lower_bound(path);
  if (refused != refused_.end() && refused->compare(0, path.size(), path) == 0) return;
  const Problems problems = section.check();
  for (const Problems::Problem& problem : problems.found()) {
    const std::string key = problem.key.empty() ? path : join(path, problem.key);
    blame(key, problem.message);
  }
}

ConfigErrors Loader::finish() {
  run_checks(root_, {});
  std::multimap<std::pair<std::string, int>, const ConfigError*> by_line;  // keeps the order of equals
  for (const ConfigError& error : errors_) by_line.emplace(std::pair(error.source, error.line), &error);
  ConfigErrors sorted;
  for (const auto& [place, error] : by_line) {
    if (sorted.size() == kMostErrors) {
      sorted.push_back({place.first, 0, {}, "and " + std::to_string(errors_.size() - kMostErrors) + " more errors"});
      break;
    }
    sorted.push_back(*error);
  }
  return sorted;
}

}  // namespace copydesk::config
