// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "stages/syntax/lexicon.h"
#include "stages/syntax/quotation_marks.h"
#include "stages/tag/tags.h"
#include "stages/tokenize/tokens.h"

namespace copydesk::syntax {

inline constexpr std::uint32_t kNoIndex = 0xFFFFFFFF;

/// A word as the rules see it: one token, or the tokens of a compound with hyphens. Quotation marks are not words:
/// `region` says where they stood.
struct Word {
  std::uint32_t token = 0;          ///< the first
  std::uint32_t last = 0;           ///< the last one
  std::uint32_t region = kNoIndex;  ///< index of the quotation it stands in
  tag::Tag tag = tag::Tag::kNN;
  WordClass word_class = WordClass::kNone;
  std::uint16_t cue = 0;  ///< as in Lexicon::Entry
  std::uint16_t nominal = 0;
};

enum class ChunkKind : std::uint8_t {
  kNoun,    ///< base noun phrase, possessives included: "the president's new spokesman"
  kVerb,    ///< verb group with its auxiliaries: "has not yet said", "to leave"
  kPrep,    ///< preposition, particle or subordinator
  kThat,    ///< "that" as a conjunction or relative
  kWh,      ///< who, which, what, how …
  kQuoted,  ///< a whole quotation that reads as a sentence of its own
  kComma,
  kColon,
  kSemicolon,
  kDash,
  kStop,
  kOpenParen,
  kCloseParen,
  kConjunction,
  kAdverb,
  kAdjective,
  kOther,
};

enum ChunkFlag : std::uint16_t {
  kFinite = 1 << 0,
  kToVerb = 1 << 1,  ///< infinitive with "to"
  kGerundVerb = 1 << 2,
  kParticiple = 1 << 3,  ///< a past participle without auxiliary
  kPassive = 1 << 4,
  kNegated = 1 << 5,
  kPronoun = 1 << 6,
  kName = 1 << 7,        ///< holds a proper noun
  kTimePhrase = 1 << 8,  ///< "last Tuesday"
  kModal = 1 << 9,
  kPossessiveEnd = 1 << 10,  ///< ends in 's: its head is missing
  kCopula = 1 << 11,         ///< its head is a form of be
};

/// A run of words, [begin, end) in the unit's words.
struct Chunk {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t head = 0;  ///< the noun, the main verb
  ChunkKind kind = ChunkKind::kOther;
  std::uint16_t flags = 0;
  WordClass word_class = WordClass::kNone;  ///< of the head; of the word, for chunks of one word
  std::uint16_t cue = 0;                    ///< of the head, as in Lexicon::Entry
  std::uint16_t nominal = 0;
  std::uint32_t region = kNoIndex;  ///< of kQuoted: which; else of the first word

  [[nodiscard]] bool has(ChunkFlag flag) const noexcept { return (flags & flag) != 0; }
};

/// Chunks [begin, end) of a unit.
struct ChunkRange {
  std::uint32_t begin = kNoIndex;
  std::uint32_t end = kNoIndex;

  [[nodiscard]] bool found() const noexcept { return begin != kNoIndex; }
};

/// Two noun phrases by their base phrases, the first in the text first.
struct ChunkPair {
  std::uint32_t first = kNoIndex;
  std::uint32_t second = kNoIndex;
};

enum class ClauseKind : std::uint8_t {
  kMain,
  kComplement,  ///< "that it rains", "it rains" after "said", "why it rains"
  kRelative,    ///< "who came", "he met" of "the man he met"
  kAdverbial,   ///< "while it rained", "when it rained"
  kCoordinate,  ///< "and left", "but she stayed"
  kInfinitive,
  kParticiple,  ///< "citing the dam", "asked why", "leaving" of "after leaving"
  kInserted,    ///< in brackets or between dashes
  kParataxis,   ///< a sentence of its own after a comma
};

/// A clause: a verb group with what belongs to it. Phrases are chunks of the unit, by index; kNoIndex where there is
/// none.
struct Clause {
  std::uint32_t verb = kNoIndex;
  std::uint32_t subject = kNoIndex;  ///< base phrase of the subject; of a relative clause also "who", "that"
  std::uint32_t object = kNoIndex;   ///< base phrase of the last object without preposition
  std::uint32_t opener = kNoIndex;   ///< "that", "who", "while"; not a conjunction
  std::uint32_t parent = kNoIndex;   ///< clause of the unit around it; of a coordinate one: the clause before it
  ChunkRange extent;                 ///< with the clauses inside it, without those coordinated with it
  ClauseKind kind = ClauseKind::kMain;
  bool shared_subject = false;  ///< the subject stands in another clause: "came and left", "wants to leave"
};

/// One sentence, or several that a quotation ties together, as words, chunks and clauses.
struct Unit {
  TokenRange tokens;             ///< without a dateline before it
  bool opens_paragraph = false;  ///< the first sentence of its paragraph
  std::span<const Word> words;
  std::span<const Chunk> chunks;
  std::span<const std::uint32_t> quoted;     ///< indices of the kQuoted chunks
  std::span<const Clause> clauses;           ///< in order of their first chunk; a clause comes after its parent
  std::span<const ChunkPair> appositions;    ///< "Ann Lee, the mayor"
  std::span<const ChunkPair> coordinations;  ///< "Ann Lee and Bo Moe"; one for each conjunction

  /// Past the end: a chunk of no words that fits no rule, so that rules may look ahead freely.
  [[nodiscard]] const Chunk& operator[](std::uint32_t chunk) const noexcept {
    static constexpr Chunk kNothing{};
    return chunk < chunks.size() ? chunks[chunk] : kNothing;
  }
  [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(chunks.size()); }
  [[nodiscard]] bool is(std::uint32_t chunk, ChunkKind kind) const noexcept {
    return chunk < chunks.size() && chunks[chunk].kind == kind;
  }
};

/// What the analysis of an article's units has in common.
struct ArticleView {
  std::string_view text;
  const tokenize::Tokens& tokens;
  std::span<const tag::Tag> tags;  ///< one per token
  std::span<const Region> regions;
};

}  // namespace copydesk::syntax
