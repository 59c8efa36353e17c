// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "stages/resolve/pronouns.h"

namespace copydesk::resolve {

/// A form of address before a person's name.
struct Title {
  bool is_title = false;
  Gender gender = Gender::kUnknown;  ///< "Mrs.", "Sir"
};

/// By `hash_lower()`: "Mr.", "Dr", "President", "Senator" …: words that belong to the role, not to the name.
[[nodiscard]] Title find_title(std::uint64_t lower_hash) noexcept;

/// What a title is short for ("sen.": "senator"), what another word for it is ("lawyer": "attorney"), or the word
/// itself. By `hash_lower()`.
[[nodiscard]] std::uint64_t full_title(std::uint64_t lower_hash) noexcept;

/// "Jr.", "Sr", "III", "MP", "PhD": after a name, not part of a surname.
[[nodiscard]] bool is_name_suffix(std::uint64_t lower_hash) noexcept;

/// "Inc.", "Ltd", "GmbH", "Corp": the legal form after a company's name.
[[nodiscard]] bool is_legal_form(std::uint64_t lower_hash) noexcept;

/// "van", "de", "bin", "al": opens a surname of several words.
[[nodiscard]] bool is_surname_particle(std::uint64_t lower_hash) noexcept;

/// The particles that are first names, too: "Al", "Van".
[[nodiscard]] bool is_particle_or_first_name(std::uint64_t lower_hash) noexcept;

/// What a first name is short for ("bill": "william"), or the name itself. By `hash_lower()`.
[[nodiscard]] std::uint64_t formal_first_name(std::uint64_t lower_hash) noexcept;

/// "of", "the", "and", "for", "de", "&": left out of acronyms.
[[nodiscard]] bool is_name_particle(std::uint64_t lower_hash) noexcept;

}  // namespace copydesk::resolve
