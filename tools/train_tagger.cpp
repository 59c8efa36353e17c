// SPDX-License-Identifier: Apache-2.0
// Trains the part-of-speech tagger of stages/tag and writes models/tagger.model. See models/tagger.md.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <random>
#include <unordered_map>

#include "stages/tag/punctuation_tag.h"
#include "stages/tag/tagger_features.h"
#include "stages/tag/tagger_model.h"
#include "stages/tokenize/hash.h"
#include "stages/tokenize/token_form.h"
#include "tools/feature_table.h"
#include "tools/tagged_corpus.h"
#include "tools/tagger_lexicon.h"

namespace copydesk::training {
namespace {

using tag::kContext;
using tag::kFeatures;
using tag::kNoTag;
using tag::kStaticFeatures;
using tag::kTags;
using tag::WordView;

struct Options {
  std::filesystem::path gum;
  std::filesystem::path silver;
  std::filesystem::path clusters;
  std::filesystem::path out;
  std::size_t silver_stride = 5;
  std::size_t rows = 110'000;
  std::size_t lexicon = 60'000;
  unsigned epochs = 6;
  unsigned gum_copies = 4;
  float silver_weight = 0.3F;
  std::uint32_t min_count = 4;
};

/// A sentence ready for training: its words with empty ones around, its tags, how much it counts.
struct Example {
  std::vector<tag::WordView> words;
  std::vector<std::uint8_t> tags;
  float weight = 1;
};

std::string in_case(const std::string& word, int form) {
  std::string result = word;
  for (char& c : result) {
    if (form == 1 && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (form == 2 && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return result;
}

Example example(const TaggedSentence& sentence, float weight, int form) {
  Example made;
  made.weight = weight;
  made.words.resize(sentence.size() + 2 * tag::kContext);
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const std::string word = in_case(sentence[i].text, form);
    const tokenize::TokenForm token = tokenize::token_form(word);
    const auto flags = static_cast<std::uint16_t>(token.flags | (i == 0 ? tokenize::kSentenceStart : 0));
    made.words[i + tag::kContext] =
        tag::word_view(word, {0, static_cast<std::uint32_t>(word.size())}, flags, token.lower_hash);
    made.tags.push_back(sentence[i].tag);
  }
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    if ((made.words[i + tag::kContext].flags & tokenize::kPunctuation) == 0) continue;
    const bool between =
        (made.words[i + tag::kContext - 1].flags & made.words[i + tag::kContext + 1].flags & tokenize::kNumeric) != 0;
    made.words[i + tag::kContext].fixed = static_cast<std::uint8_t>(tag::punctuation_tag(sentence[i].text, between));
  }
  return made;
}

/// The sentences, and of some of them copies in capitals and in small letters.
void add_examples(const std::vector<TaggedSentence>& sentences, float weight, unsigned copies, std::mt19937& random,
                  std::vector<Example>& examples) {
  for (const TaggedSentence& sentence : sentences) {
    for (unsigned copy = 0; copy < copies; ++copy) examples.push_back(example(sentence, weight, 0));
    const auto draw = random() % 100;
    if (draw < 8) examples.push_back(example(sentence, weight * 0.5F, 1));
    if (draw >= 8 && draw < 16) examples.push_back(example(sentence, weight * 0.5F, 2));
  }
}

class Perceptron {
 public:
  Perceptron(FeatureTable features, const std::array<std::uint64_t, 256>& classes)
      : features_(std::move(features)), classes_(classes), rows_(features_.size()) {}

  struct Row {
    std::array<float, tag::kTags> weight{};
    std::array<double, tag::kTags> weighted_sum{};
  };

  void train(std::vector<Example>& examples, unsigned epochs, std::mt19937& random) {
    std::vector<std::uint32_t> order(examples.size());
    std::iota(order.begin(), order.end(), 0U);
    for (unsigned epoch = 0; epoch < epochs; ++epoch) {
      std::shuffle(order.begin(), order.end(), random);
      std::size_t wrong = 0;
      std::size_t all = 0;
      for (const std::uint32_t index : order) learn(examples[index], wrong, all);
      std::printf("epoch %u: %.3f %% of %zu scored words wrong\n", epoch + 1,
                  100.0 * static_cast<double>(wrong) / static_cast<double>(all), all);
      std::fflush(stdout);
    }
  }

  [[nodiscard]] std::array<float, tag::kTags> averaged(std::size_t row) const {
    std::array<float, tag::kTags> result{};
    for (std::size_t t = 0; t < tag::kTags; ++t) {
      result[t] = static_cast<float>(rows_[row].weight[t] - rows_[row].weighted_sum[t] / steps_);
    }
    return result;
  }
  [[nodiscard]] const FeatureTable& features() const { return features_; }

 private:
  void learn(const Example& example, std::size_t& wrong, std::size_t& all) {
    std::uint32_t before = tag::kNoTag;
    std::uint32_t before_that = tag::kNoTag;
    std::array<std::uint64_t, tag::kFeatures> hashes;
    std::array<std::uint32_t, tag::kFeatures> active;
    for (std::size_t i = 0; i < example.tags.size(); ++i) {
      const tag::WordView* word = &example.words[i + tag::kContext];
      std::uint32_t tag = word->fixed;
      if (tag == 0xFF) {
        tag::static_features(word, hashes.data());
        tag::dynamic_features(word, before, before_that, hashes.data() + tag::kStaticFeatures);
        for (const std::uint64_t hash : hashes) features_.prefetch(hash);
        std::size_t found = 0;
        for (const std::uint64_t hash : hashes) {
          const std::uint32_t row = features_.find(hash);
          if (row == FeatureTable::kNone) continue;
          active[found++] = row;
          __builtin_prefetch(&rows_[row]);
        }
        std::array<float, tag::kTags> scores{};
        for (std::size_t k = 0; k < found; ++k) {
          for (std::size_t t = 0; t < tag::kTags; ++t) scores[t] += rows_[active[k]].weight[t];
        }
        const std::uint64_t allowed = classes_[word->ambiguity];
        tag = static_cast<std::uint32_t>(std::countr_zero(allowed));
        for (std::uint32_t t = tag + 1; t < tag::kTags; ++t) {
          if ((allowed >> t & 1U) != 0 && scores[t] > scores[tag]) tag = t;
        }
        const std::uint8_t gold = example.tags[i];
        if (gold != kUnknownTag) {
          ++all;
          steps_ += 1;
          if (gold != tag) {
            ++wrong;
            for (std::size_t k = 0; k < found; ++k) {
              Row& row = rows_[active[k]];
              row.weight[gold] += example.weight;
              row.weight[tag] -= example.weight;
              row.weighted_sum[gold] += steps_ * example.weight;
              row.weighted_sum[tag] -= steps_ * example.weight;
            }
          }
        }
      }
      before_that = before;
      before = tag;
    }
  }

  FeatureTable features_;
  std::array<std::uint64_t, 256> classes_;
  std::vector<Row> rows_;
  double steps_ = 1;
};

/// How often each feature of a scored word occurs, with the gold tags before it.
FeatureCounter count_features(const std::vector<Example>& examples) {
  FeatureCounter counter;
  std::array<std::uint64_t, tag::kFeatures> hashes;
  for (const Example& example : examples) {
    std::uint32_t before = tag::kNoTag;
    std::uint32_t before_that = tag::kNoTag;
    for (std::size_t i = 0; i < example.tags.size(); ++i) {
      const tag::WordView* word = &example.words[i + tag::kContext];
      if (word->fixed == 0xFF && example.tags[i] != kUnknownTag) {
        tag::static_features(word, hashes.data());
        tag::dynamic_features(word, before, before_that, hashes.data() + tag::kStaticFeatures);
        for (const std::uint64_t hash : hashes) counter.add(hash);
      }
      before_that = before;
      before = word->fixed != 0xFF ? word->fixed : example.tags[i];
    }
  }
  return counter;
}

/// The `count` features whose weights tell most: by the square of their averaged weights and how often they occur.
std::vector<std::uint64_t> most_telling(const Perceptron& model, const FeatureCounter& counter, std::size_t count) {
  std::vector<std::pair<double, std::uint64_t>> ranked;
  const FeatureTable& features = model.features();
  features.for_each([&](std::uint64_t hash, std::uint32_t row) {
    double squares = 0;
    for (const float weight : model.averaged(row)) squares += double{weight} * weight;
    ranked.emplace_back(squares * std::sqrt(static_cast<double>(counter.count(hash))), hash);
  });
  std::sort(ranked.begin(), ranked.end(), std::greater<>());
  if (ranked.size() > count) ranked.resize(count);
  std::vector<std::uint64_t> chosen;
  chosen.reserve(ranked.size());
  for (const auto& [score, hash] : ranked) chosen.push_back(hash);
  return chosen;
}

void write(const Options& options, const Perceptron& model, const Lexicon& lexicon) {
  const FeatureTable& features = model.features();
  std::vector<float> sizes;
  for (std::size_t row = 0; row < features.size(); ++row) {
    for (const float weight : model.averaged(row)) sizes.push_back(std::abs(weight));
  }
  // A few outliers are clipped, so that the many small weights keep their differences.
  const auto high = sizes.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(sizes.size()) * 0.9998);
  std::nth_element(sizes.begin(), high, sizes.end());
  const float scale = 127.0F / std::max(*high, 1e-6F);
  std::vector<tag::WeightRow> rows(features.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto weights = model.averaged(row);
    for (std::size_t t = 0; t < tag::kTags; ++t) {
      rows[row].of[t] = static_cast<std::int8_t>(std::clamp(std::round(weights[t] * scale), -127.0F, 127.0F));
    }
  }
  std::size_t slots = 2;
  while (slots < features.size() * 2) slots *= 2;
  std::vector<std::uint32_t> index(slots);
  const unsigned shift = 64U - static_cast<unsigned>(std::countr_zero(slots));
  features.for_each([&](std::uint64_t hash, std::uint32_t row) {
    std::size_t slot = hash >> shift;
    while (index[slot] != 0) slot = (slot + 1) & (slots - 1);
    index[slot] = static_cast<std::uint32_t>(hash << tag::kRowBits) | (row + 1);
  });
  const std::vector<std::uint64_t> classes(lexicon.classes().begin(), lexicon.classes().end());
  const std::vector<ModelSection> sections{model_section("lexicon", lexicon.entries()),
                                           model_section("classes", classes), model_section("index", index),
                                           model_section("rows", rows)};
  write_model_file(options.out, tag::kModelKind, tag::kModelVersion, sections);
}

int train(const Options& options) {
  std::mt19937 random(20260101);
  const auto gum = read_conllu(options.gum / "train.conllu.gz");
  std::vector<TaggedSentence> silver;
  if (!options.silver.empty()) {
    for (const char* name : {"enwiki_2018plus.conll.gz", "enwiki_core.conll.gz", "simplewiki.conll.gz"}) {
      for (TaggedSentence& sentence : read_columns(options.silver / name, options.silver_stride)) {
        silver.push_back(std::move(sentence));
      }
    }
  }
  std::vector<Example> examples;
  add_examples(gum, 1, options.gum_copies, random, examples);
  add_examples(silver, options.silver_weight, 1, random, examples);
  std::printf("%zu gold and %zu silver sentences, %zu examples\n", gum.size(), silver.size(), examples.size());
  std::fflush(stdout);

  Lexicon lexicon;
  for (const Example& item : examples) {
    for (std::size_t i = 0; i < item.tags.size(); ++i) {
      const tag::WordView& word = item.words[i + tag::kContext];
      if (word.fixed == 0xFF && item.tags[i] != kUnknownTag) lexicon.count(word, item.tags[i], item.weight >= 0.5F);
    }
  }
  lexicon.build(options.lexicon, options.clusters);
  for (Example& item : examples) {
    for (std::size_t i = 0; i < item.tags.size(); ++i) {
      tag::WordView& word = item.words[i + tag::kContext];
      if (word.fixed == 0xFF) lexicon.look_up(word);
    }
  }
  std::printf("%zu words in the lexicon, %zu with one tag\n", lexicon.size(), lexicon.fixed());
  std::fflush(stdout);

  const FeatureCounter counter = count_features(examples);
  Perceptron first(FeatureTable(counter.at_least(options.min_count)), lexicon.classes());
  std::printf("%zu features, %zu of them at least %u times\n", counter.size(), first.features().size(),
              options.min_count);
  std::fflush(stdout);
  first.train(examples, options.rows < first.features().size() ? 2 : options.epochs, random);
  if (options.rows >= first.features().size()) {
    write(options, first, lexicon);
    return 0;
  }
  Perceptron second(FeatureTable(most_telling(first, counter, options.rows)), lexicon.classes());
  second.train(examples, options.epochs, random);
  write(options, second, lexicon);
  return 0;
}

}  // namespace
}  // namespace copydesk::training

int main(int argc, char** argv) {
  copydesk::training::Options options;
  CLI::App app("Trains the part-of-speech tagger");
  app.add_option("--gum", options.gum, "folder with GUM's train.conllu.gz")->required();
  app.add_option("--silver", options.silver, "folder with machine-tagged articles (word TAB tag)");
  app.add_option("--clusters", options.clusters, "word_clusters.tsv.gz");
  app.add_option("--out", options.out, "the model to write")->required();
  app.add_option("--silver-stride", options.silver_stride, "use every n-th silver article")->capture_default_str();
  app.add_option("--silver-weight", options.silver_weight)->capture_default_str();
  app.add_option("--gum-copies", options.gum_copies)->capture_default_str();
  app.add_option("--rows", options.rows, "features to keep")->capture_default_str();
  app.add_option("--lexicon", options.lexicon, "words to keep")->capture_default_str();
  app.add_option("--epochs", options.epochs)->capture_default_str();
  app.add_option("--min-count", options.min_count, "features rarer than this are not tried")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    return copydesk::training::train(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
