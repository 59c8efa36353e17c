// SPDX-License-Identifier: Apache-2.0
#include "stages/entities/desk_names.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <system_error>

#include "stages/tokenize/hash.h"

namespace copydesk::entities {
namespace {

/// Added names that share their first word; more than this are not tried at one place.
constexpr std::size_t kMaxPerFirstWord = 64;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
char upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 32) : c;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The part before the next tab; `rest` keeps what follows it.
std::string_view next_field(std::string_view& rest) {
  const auto tab = rest.find('\t');
  const std::string_view field = trimmed(rest.substr(0, tab));
  rest = tab == std::string_view::npos ? std::string_view{} : rest.substr(tab + 1);
  return field;
}

std::optional<EntityType> type_named(std::string_view name) {
  for (std::size_t i = 0; i < kEntityTypeNames.size(); ++i) {
    const auto type = static_cast<EntityType>(i);
    if (kEntityTypeNames[i] == name && is_name(type)) return type;
  }
  return std::nullopt;
}

std::string_view first_word(std::string_view name) {
  std::size_t end = 0;
  const auto is_word = [](char c) {
    return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  };
  while (end < name.size() && is_word(name[end])) ++end;
  return name.substr(0, std::max<std::size_t>(end, 1));
}

/// The next line of `rest`, which keeps what follows it.
std::string_view next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return line;
}

/// The whole file, or one byte more than is allowed of it; nothing where it cannot be read.
std::optional<std::string> content_of(const std::filesystem::path& path) {
  std::error_code ignored;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, ignored)) return std::nullopt;
  std::string content;
  std::array<char, 65536> chunk;
  while (content.size() <= DeskNames::kMaxFileBytes) {
    file.read(chunk.data(), chunk.size());
    if (file.gcount() == 0) break;
    content.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return std::nullopt;
  return content;
}

Error error_at(const std::filesystem::path& path, std::size_t line, const std::string& what) {
  return {ErrorCode::kInternal, path.string() + ":" + std::to_string(line) + ": " + what};
}

}  // namespace

Result<DeskNames> DeskNames::read(std::span<const std::filesystem::path> add,
                                  std::span<const std::filesystem::path> block) {
  DeskNames made;
  for (const auto& path : add) {
    if (auto result = made.read_file(path, true); !result) return result.error();
  }
  for (const auto& path : block) {
    if (auto result = made.read_file(path, false); !result) return result.error();
  }
  made.index();
  return made;
}

Result<std::size_t> DeskNames::read_file(const std::filesystem::path& path, bool add) {
  const std::optional<std::string> content = content_of(path);
  if (!content) return Error{ErrorCode::kInternal, path.string() + ": cannot be read; check the path in the settings"};
  if (content->size() > kMaxFileBytes) {
    return Error{ErrorCode::kInternal, path.string() + ": is larger than 64 MiB; is it a file of names?"};
  }
  std::string_view all = *content;
  if (all.starts_with("\xEF\xBB\xBF")) all.remove_prefix(3);
  std::size_t number = 0;
  while (!all.empty()) {
    const std::string_view line = next_line(all);
    ++number;
    if (line.size() > kMaxLineBytes) return error_at(path, number, "is longer than 4096 bytes; one name a line");
    if (trimmed(line).empty() || line.front() == '#') continue;
    if (size() == kMaxNames) return error_at(path, number, "there are more than 1000000 names; leave some out");
    std::string_view rest = line;
    Entry entry;
    const std::string_view first = next_field(rest);
    const std::string_view second = next_field(rest);
    const std::string_view type = add ? first : second;
    entry.name = add ? second : first;
    entry.any_type = !add && type.empty();
    if (entry.name.empty()) return error_at(path, number, add ? "no name; write TYPE, a tab, the name" : "no name");
    if (!entry.any_type) {
      const std::optional<EntityType> known = type_named(type);
      if (!known) {
        return error_at(path, number,
                        "'" + std::string(type) +
                            "' is no type of names; use PERSON, NORP, FAC, ORG, GPE, LOC, PRODUCT, EVENT, "
                            "WORK_OF_ART, LAW or LANGUAGE");
      }
      entry.value.type = *known;
    }
    if (add) entry.value.link = std::string(next_field(rest));
    entry.any_case = std::none_of(entry.name.begin(), entry.name.end(), is_upper);
    (add ? added_ : blocked_).push_back(std::move(entry));
  }
  return number;
}

void DeskNames::index() {
  for (std::uint32_t i = 0; i < added_.size(); ++i) {
    // The tokenizer keeps "AT&T" whole and cuts "Holt's": both ways to begin are looked up.
    const std::string_view name = added_[i].name;
    const std::uint64_t cut = tokenize::hash_lower(first_word(name));
    const std::uint64_t whole = tokenize::hash_lower(name.substr(0, name.find(' ')));
    added_by_first_word_[cut].push_back(i);
    if (whole != cut) added_by_first_word_[whole].push_back(i);
    added_by_name_[tokenize::hash_lower(added_[i].name)].push_back(i);
  }
  for (auto& [word, entries] : added_by_first_word_) {
    std::sort(entries.begin(), entries.end(), [this](std::uint32_t a, std::uint32_t b) {
      const std::size_t left = added_[a].name.size();
      const std::size_t right = added_[b].name.size();
      return left != right ? left > right : a < b;
    });
    if (entries.size() > kMaxPerFirstWord) entries.resize(kMaxPerFirstWord);
  }
  for (std::uint32_t i = 0; i < blocked_.size(); ++i) {
    blocked_by_name_[tokenize::hash_lower(blocked_[i].name)].push_back(i);
  }
}

bool DeskNames::same(const Entry& entry, std::string_view text) noexcept {
  if (entry.name.size() != text.size()) return false;
  if (entry.any_case) return tokenize::hash_lower(entry.name) == tokenize::hash_lower(text);
  return entry.name == text || std::equal(text.begin(), text.end(), entry.name.begin(),
                                          [](char written, char wanted) { return written == upper(wanted); });
}

const DeskName* DeskNames::find(std::string_view name) const {
  if (added_.empty()) return nullptr;
  const auto at = added_by_name_.find(tokenize::hash_lower(name));
  if (at == added_by_name_.end()) return nullptr;
  for (const std::uint32_t i : at->second) {
    if (same(added_[i], name)) return &added_[i].value;
  }
  return nullptr;
}

bool DeskNames::is_blocked(std::string_view text, EntityType type) const {
  const auto at = blocked_by_name_.find(tokenize::hash_lower(text));
  return at != blocked_by_name_.end() && std::any_of(at->second.begin(), at->second.end(), [&](std::uint32_t i) {
           return same(blocked_[i], text) && (blocked_[i].any_type || blocked_[i].value.type == type);
         });
}

void DeskNames::apply(std::string_view text, const tokenize::Tokens& tokens, std::vector<Name>& names) const {
  if (!blocked_.empty()) {
    std::erase_if(names, [&](const Name& name) { return is_blocked(tokens.span_of(name.tokens).of(text), name.type); });
  }
  if (added_.empty()) return;
  std::vector<Name> merged;
  merged.reserve(names.size());
  std::size_t next = 0;
  for (std::uint32_t token = 0; token < tokens.size(); ++token) {
    const auto at = added_by_first_word_.find(tokens.lower_hashes[token]);
    if (at == added_by_first_word_.end()) continue;
    for (const std::uint32_t i : at->second) {
      const std::uint32_t begin = tokens.spans[token].begin;
      const auto end = static_cast<std::uint32_t>(begin + added_[i].name.size());
      if (end > text.size() || !same(added_[i], text.substr(begin, end - begin))) continue;
      std::uint32_t last = token;
      while (last + 1 < tokens.size() && tokens.spans[last].end < end) ++last;
      if (tokens.spans[last].end != end) continue;  // it would end inside a word
      while (next < names.size() && names[next].tokens.end <= token) merged.push_back(names[next++]);
      while (next < names.size() && names[next].tokens.begin <= last) ++next;
      merged.push_back({{token, last + 1}, added_[i].value.type, 1.0F});
      token = last;
      break;
    }
  }
  while (next < names.size()) merged.push_back(names[next++]);
  names = std::move(merged);
}

Result<std::size_t> DeskNamesFile::reload() {
  auto read = DeskNames::read(add_, block_);
  if (!read) return read.error();
  auto fresh = std::make_shared<const DeskNames>(*std::move(read));
  const std::size_t size = fresh->size();
  const std::lock_guard lock(mutex_);
  current_ = std::move(fresh);
  return size;
}

std::shared_ptr<const DeskNames> DeskNamesFile::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

}  // namespace copydesk::entities
