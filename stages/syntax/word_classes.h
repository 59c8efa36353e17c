// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace copydesk::syntax {

/// Closed-class words that rules of syntax name.
enum class WordClass : std::uint8_t {
  kNone,
  kThat,
  kWho,
  kWhich,
  kWhat,
  kWhether,
  kWhAdverb,
  kBy,
  kOf,
  kTo,
  kAs,
  kFor,
  kAbout,
  kIn,
  kOn,
  kAt,
  kWith,
  kFrom,
  kAgainst,
  kOver,
  kInto,
  kUpon,
  kAccording,
  kBut,
  kAnd,
  kOr,
  kWhile,
  kBecause,
  kNot,
  kBe,
  kHave,
  kDo,
  kTime,
  kRecipient,
  kThere,
  kBoth,      ///< both, either, neither
  kOccasion,  ///< an interview, a rally: where something is said
  kAnswer,    ///< yes, no, so: what may be said without a verb
  kHyphen,    ///< a dash that is one hyphen or en dash
  kSubordinator,
  kThan,
  kIf,
  kReflexive,
  kQuantifier,
};

/// The words of one class, in lower case, between single spaces.
struct ClassWords {
  WordClass word_class;
  std::string_view words;
};

/// All classes. A word that stands in two has the last one.
[[nodiscard]] std::span<const ClassWords> class_words();

}  // namespace copydesk::syntax
