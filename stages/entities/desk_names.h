// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/entities/names.h"
#include "stages/entity_type.h"
#include "stages/result.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::entities {

/// A name that the newsroom taught: what it is, and what it links to.
struct DeskName {
  EntityType type = EntityType::kOrg;
  std::string link;  ///< a URI, or empty
};

/// One reading of the newsroom's own names: files of names to add and of names to block. Immutable.
///
/// Files are UTF-8 text, one name a line; empty lines and lines that start with '#' do not count.
///   add:    TYPE <tab> name [<tab> link]      "ORG	Norland Trade Board	https://desk.example/ntb"
///   block:  name [<tab> TYPE]                 "Summit": no name at all; "Summit	ORG": only not this type
/// A name matches whole tokens. It matches in the case it is written in, and in capitals; a name written in lower case
/// matches in any. The longest match at a place wins. What is added wins over the model's names that it overlaps; what
/// is blocked is taken out of the model's names only.
///
/// More than the bounds below is an Error.
class DeskNames {
 public:
  static constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20U;
  static constexpr std::size_t kMaxLineBytes = 4096;
  static constexpr std::size_t kMaxNames = 1'000'000;  ///< of all files

  /// None at all.
  DeskNames() = default;

  /// Reads the files. An Error names the file, the line and what to write instead.
  [[nodiscard]] static Result<DeskNames> read(std::span<const std::filesystem::path> add,
                                              std::span<const std::filesystem::path> block);

  [[nodiscard]] bool empty() const noexcept { return added_.empty() && blocked_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return added_.size() + blocked_.size(); }

  /// What was added under exactly these words, or nullptr.
  [[nodiscard]] const DeskName* find(std::string_view name) const;

  /// Puts the newsroom's names into the model's, which stand in `names` in text order. Linear in the tokens: a token
  /// that starts no added name costs one look-up.
  void apply(std::string_view text, const tokenize::Tokens& tokens, std::vector<Name>& names) const;

 private:
  struct Entry {
    std::string name;
    DeskName value;
    bool any_case = false;
    bool any_type = true;  ///< of blocked ones
  };
  using Index = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;

  [[nodiscard]] static bool same(const Entry& entry, std::string_view text) noexcept;
  [[nodiscard]] bool is_blocked(std::string_view text, EntityType type) const;
  Result<std::size_t> read_file(const std::filesystem::path& path, bool add);
  void index();

  std::vector<Entry> added_;
  std::vector<Entry> blocked_;
  Index added_by_first_word_;  ///< hash_lower() of the first word
  Index added_by_name_;        ///< of the whole name
  Index blocked_by_name_;
};

/// The reading that is in use. `reload()` puts a new one in its place while articles are on their way: each article
/// keeps the one that it started with. Thread-safe.
class DeskNamesFile {
 public:
  DeskNamesFile(std::vector<std::filesystem::path> add, std::vector<std::filesystem::path> block)
      : add_(std::move(add)), block_(std::move(block)), current_(std::make_shared<const DeskNames>()) {}

  /// Reads the files again. Where one cannot be read, the old names stay in use and the Error says why. Returns how
  /// many names there are now.
  Result<std::size_t> reload();

  [[nodiscard]] std::shared_ptr<const DeskNames> current() const;

 private:
  std::vector<std::filesystem::path> add_;
  std::vector<std::filesystem::path> block_;
  mutable std::mutex mutex_;
  std::shared_ptr<const DeskNames> current_;
};

}  // namespace copydesk::entities
