// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/joined_phrases.h"

namespace copydesk::syntax {
namespace {

bool is_phrase(const Unit& unit, std::uint32_t chunk) {
  return unit.is(chunk, ChunkKind::kNoun) && !unit[chunk].has(kTimePhrase);
}

std::uint32_t past_prepositions(const Unit& unit, std::uint32_t chunk) {
  constexpr std::uint32_t kPhrase = 8;
  const std::uint32_t limit = chunk + kPhrase;
  while (chunk < limit && unit.is(chunk, ChunkKind::kPrep) && unit.is(chunk + 1, ChunkKind::kNoun)) chunk += 2;
  return chunk;
}

/// "| b, c and d", "| b or c" after the comma at `comma`: a list goes on.
bool goes_on_as_list(const Unit& unit, std::uint32_t comma) {
  constexpr int kItems = 8;
  std::uint32_t at = comma;
  for (int item = 0; item < kItems && unit.is(at, ChunkKind::kComma); ++item) {
    if (unit.is(at + 1, ChunkKind::kConjunction)) return unit.is(at + 2, ChunkKind::kNoun);
    if (!unit.is(at + 1, ChunkKind::kNoun)) return false;
    at = past_prepositions(unit, at + 2);
    if (unit.is(at, ChunkKind::kConjunction)) return unit.is(at + 1, ChunkKind::kNoun);
  }
  return false;
}

/// "Ann Lee, a farmer", "the mayor, Ann Lee", "Oss, Norway": by names and articles.
bool renames(const Unit& unit, std::uint32_t first, std::uint32_t second) {
  const Chunk& one = unit[first];
  const Chunk& two = unit[second];
  if (one.has(kPronoun) || two.has(kPronoun) || two.has(kPossessiveEnd)) return false;
  const tag::Tag opens = unit.words[two.begin].tag;
  if (unit.words[two.head].tag == tag::Tag::kCD && unit.words[one.head].tag != tag::Tag::kNNP) return false;
  return one.has(kName) || two.has(kName) || opens == tag::Tag::kDT;
}

/// Reads what a conjunction joins.
void read_conjunction(const Unit& unit, std::uint32_t at, JoinedPhrases& found) {
  std::uint32_t left = at;
  if (left > 0 && unit.is(left - 1, ChunkKind::kComma)) --left;
  std::uint32_t right = at + 1;
  while (unit.is(right, ChunkKind::kAdverb)) ++right;
  if (unit.is(right, ChunkKind::kPrep)) ++right;  // "of mice and of men"
  if (left == 0 || !unit.is(left - 1, ChunkKind::kNoun) || !unit.is(right, ChunkKind::kNoun)) return;
  if (!found.subjects[right]) found.coordinations.push_back({left - 1, right});
}

void read_comma(const Unit& unit, std::uint32_t at, JoinedPhrases& found) {
  if (at == 0 || !is_phrase(unit, at - 1) || !is_phrase(unit, at + 1) || found.subjects[at + 1]) return;
  if (goes_on_as_list(unit, at)) {
    found.coordinations.push_back({at - 1, at + 1});
  } else if (renames(unit, at - 1, at + 1)) {
    found.appositions.push_back({at - 1, at + 1});
  }
}

}  // namespace

void join_phrases(const Unit& unit, JoinedPhrases& found) {
  found.appositions.clear();
  found.coordinations.clear();
  found.subjects.assign(unit.size(), false);
  for (const Clause& clause : unit.clauses) {
    if (clause.subject != kNoIndex && !clause.shared_subject && clause.subject < clause.verb) {
      found.subjects[clause.subject] = true;
    }
  }
  for (std::uint32_t at = 0; at < unit.size(); ++at) {
    switch (unit[at].kind) {
      case ChunkKind::kConjunction: read_conjunction(unit, at, found); break;
      case ChunkKind::kComma: read_comma(unit, at, found); break;
      case ChunkKind::kOpenParen:
        if (at > 0 && is_phrase(unit, at - 1) && is_phrase(unit, at + 1) && unit.is(at + 2, ChunkKind::kCloseParen) &&
            unit.words[unit[at + 1].head].tag != tag::Tag::kCD) {
          found.appositions.push_back({at - 1, at + 1});
        }
        break;
      default: break;
    }
  }
}

}  // namespace copydesk::syntax
