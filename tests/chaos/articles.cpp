// SPDX-License-Identifier: Apache-2.0
#include "tests/chaos/articles.h"

#include <chrono>
#include <string>

#include "tests/chaos/dice.h"
#include "tests/delivery/pipeline_rig.h"

namespace copydesk::chaos {
namespace {

constexpr std::size_t kUsualText = 1200;
// Its record has about 45 kB when it is compressed.
constexpr std::size_t kLargeText = 60'000;

/// Different remainders, so that one article is seldom two things at once.
bool is_turn(std::int64_t count, int every, int remainder) {
  return every > 0 && count % every == remainder % every;
}

std::string random_sentences(ArticleNumber article, std::size_t size) {
  Dice dice(static_cast<std::uint64_t>(article.partition) << 32U | static_cast<std::uint64_t>(article.number));
  std::string text;
  while (text.size() < size) {
    for (int word = 0; word < 12; ++word) {
      const int letters = 4 + dice.below(6);
      for (int letter = 0; letter < letters; ++letter) {
        const char first = word == 0 && letter == 0 ? 'A' : 'a';
        text += static_cast<char>(first + dice.below(26));
      }
      text += word == 11 ? ". " : " ";
    }
  }
  return text;
}

}  // namespace

FedArticle make_article(ArticleNumber article, std::int64_t count, const Menu& menu) {
  FedArticle fed{.record = delivery::numbered_article(article.partition, article.number)};
  delivery::Record& record = fed.record;
  const std::string id = *record.key;
  record.headers.emplace_back(kArticleHeader, id);
  const bool large = is_turn(count, menu.large_every, 2);
  if (menu.random_words || large) {
    record.value = R"({"id":")" + id + R"(","headline":"Story )" + std::to_string(article.number) + R"(","text":")" +
                   random_sentences(article, large ? kLargeText : kUsualText) + R"("})";
  }
  if (large) fed.fate = Fate::kTooLarge;
  if (!large && is_turn(count, menu.bad_every, -1 + menu.bad_every)) {
    record.value->resize(record.value->size() / 2);
    fed.fate = Fate::kDeadLetter;
  }
  if (is_turn(count, menu.keyless_every, 1)) record.key.reset();
  if (!large && is_turn(count, menu.tombstone_every, 4)) {
    record.key.reset();
    record.value.reset();
    fed.fate = Fate::kTombstone;
  }
  if (is_turn(count, menu.shifted_every, 3)) {
    using namespace std::chrono;
    record.timestamp = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count() + menu.shift_ms;
  }
  return fed;
}

}  // namespace copydesk::chaos
