// SPDX-License-Identifier: Apache-2.0
// Prints records of random articles, one per line, for check_records.py: an independent reader of the format.
#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "tests/encode/encoded.h"

namespace copydesk {
namespace {

/// Random Unicode text and layers over it that keep every contract.
class RandomArticle : public Layers {
 public:
  explicit RandomArticle(std::mt19937& random) : random_(random) {
    static constexpr std::array<std::string_view, 12> kAlphabet{"a",    "B", " ", "\n", "\"", "\\",
                                                                "\x01", "é", "“", "ﷺ",  "😀", "\xCC\x81"};
    const std::uint32_t size = below(400);
    const std::uint32_t kinds = 1 + below(kAlphabet.size());
    for (std::uint32_t i = 0; i < size; ++i) {
      boundaries_.push_back(static_cast<std::uint32_t>(text_.size()));
      text_ += kAlphabet[below(kinds)];
    }
    boundaries_.push_back(static_cast<std::uint32_t>(text_.size()));
    article.text = text_;
    article.id = "random";
    article.language = "en";
    if (!text_.empty()) segments_.push_back({"body", {0, boundaries_.back()}});
    article.segments = segments_;
    if (below(3) == 0) payload.received_ms = 1772442900000 + below(1000);
    if (size > 2) fill();
  }

 private:
  std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  Span span() {
    const std::uint32_t from = below(boundaries_.size() - 1);
    return {boundaries_[from], boundaries_[from + 1 + below(boundaries_.size() - 1 - from)]};
  }

  void fill() {
    for (std::uint32_t i = 0; i + 1 < boundaries_.size(); ++i) words_.push_back({boundaries_[i], boundaries_[i + 1]});
    sentences_.push_back({0, static_cast<std::uint32_t>(words_.size())});
    tokens.spans = words_;
    tokens.sentences = sentences_;
    for (std::uint32_t i = 0; i < 1 + below(4); ++i) {
      entities_.push_back(
          {static_cast<EntityType>(below(11)), "Name", below(2) == 0 ? "role" : "",
           below(2) == 0 ? std::span<const std::string_view>(kAliases) : std::span<const std::string_view>(), below(9),
           below(9), below(2) == 0, link()});
    }
    for (std::uint32_t i = 0; i < below(20); ++i) {
      mentions_.push_back({span(), static_cast<EntityType>(below(11)), static_cast<resolve::MentionKind>(below(3)),
                           below(3) == 0 ? resolve::kNoEntity : below(entities_.size())});
    }
    for (std::uint32_t i = 0; i < below(6); ++i) value(i);
    for (std::uint32_t i = 0; i < below(6); ++i) quote();
    values.items = values_;
    quotes.items = quotes_;
    resolution = {entities_, mentions_, speakers_};
  }

  resolve::Link link() {
    switch (below(4)) {
      case 0: return {"XX", 0, 0, 0, {}};
      case 1: return {"XX", 1 + below(1000000), -12.345F, 170.1F, {}};
      case 2: return {{}, 0, 0, 0, "https://desk.example/1"};
      default: return {};
    }
  }
  void value(std::uint32_t i) {
    const auto meaning = static_cast<values::Value::Meaning>(below(5));
    const bool money = meaning == values::Value::Meaning::kMoney;
    values_.push_back({{i, i + 1},
                       money ? EntityType::kMoney : EntityType::kDate,
                       meaning,
                       1.2e9 / (1 + below(7)),
                       4.5,
                       "2026-02",
                       money ? "USD" : ""});
  }
  void quote() {
    const Span extent = span();
    spans_.push_back({extent});
    quotes::Quote made;
    made.type = static_cast<quotes::QuoteType>(below(3));
    made.extent = extent;
    made.source_kind = below(2) == 0 ? quotes::SourceKind::kPronoun : quotes::SourceKind::kNone;
    made.source = span();
    if (below(2) == 0) made.cue = span();
    made.cue_lemma = "say";
    made.confidence = static_cast<float>(below(101)) / 100;
    quotes_.push_back(made);
    for (std::size_t q = 0; q < quotes_.size(); ++q) quotes_[q].spans = spans_[q];
    speakers_.push_back(below(2) == 0 ? resolve::kNoEntity : below(entities_.size()));
  }

  static constexpr std::array<std::string_view, 2> kAliases{"Alias", "Älias"};
  std::mt19937& random_;
  std::string text_;
  std::vector<std::uint32_t> boundaries_;
  std::vector<parse::Segment> segments_;
  std::vector<Span> words_;
  std::vector<TokenRange> sentences_;
  std::vector<resolve::Entity> entities_;
  std::vector<resolve::Mention> mentions_;
  std::vector<values::Value> values_;
  std::vector<std::vector<Span>> spans_;
  std::vector<quotes::Quote> quotes_;
  std::vector<std::uint32_t> speakers_;
};

}  // namespace
}  // namespace copydesk

int main() {
  std::mt19937 random(20260302);
  for (int round = 0; round < 500; ++round) {
    const copydesk::RandomArticle article(random);
    const std::string record = article.encode({.tokens = round % 2 == 0, .pipeline = "copydesk 1", .model = "en-1"});
    std::puts(record.c_str());
  }
  return 0;
}
