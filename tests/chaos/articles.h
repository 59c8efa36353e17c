// SPDX-License-Identifier: Apache-2.0
#pragma once

// The articles that a run feeds: plain ones, bad ones, and those that a topic refuses.

#include <cstdint>
#include <string_view>

#include "tests/chaos/ledger.h"
#include "tests/delivery/kafka_client.h"

namespace copydesk::chaos {

/// What the wire carries now. "Every N" means one article in N; 0 is none.
struct Menu {
  int bad_every = 40;         ///< no JSON: must come out as a dead letter
  bool random_words = false;  ///< texts that hardly compress
  int large_every = 0;        ///< of 60 kB that hardly compress, for a topic that takes less
  int shifted_every = 0;      ///< with a timestamp that is off by `shift_ms`
  std::int64_t shift_ms = 0;
  int keyless_every = 0;    ///< without a Kafka key
  int tombstone_every = 0;  ///< neither key nor value
};

/// Names the article also where it has neither key nor value.
inline constexpr std::string_view kArticleHeader = "chaos-article";

struct FedArticle {
  delivery::Record record;
  Fate fate = Fate::kPublished;
};

/// `count` is how many were made before: it decides what this one is.
FedArticle make_article(ArticleNumber article, std::int64_t count, const Menu& menu);

}  // namespace copydesk::chaos
