// SPDX-License-Identifier: Apache-2.0
// Trains the model of the `entities` stage. See docs/entities.md and models/names.md.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <numeric>

#include "stages/entities/name_model.h"
#include "stages/entities/name_tagger.h"
#include "tools/train_names/corpus.h"
#include "tools/train_names/dev_scores.h"
#include "tools/train_names/feature_selection.h"
#include "tools/train_names/lexicon_builder.h"
#include "tools/train_names/mixture.h"
#include "tools/train_names/templates.h"
#include "tools/train_names/trained_model.h"

namespace copydesk::entities::training {
namespace {

struct Settings {
  std::filesystem::path shared;
  std::filesystem::path out = "names.model";
  std::size_t silver_tokens = 25'000'000;
  float silver_weight = 0.2F;
  std::size_t rows = 400'000;
  int epochs = 3;
  double minutes = 1e9;
  std::uint32_t seed = 1;
  std::uint32_t counted_documents = 0;
  double counted_share = 0.8;
  std::filesystem::path start;
  std::filesystem::path own_labels;
  double own_share = 0.5;
  float rate = 1;
  bool overrule_gmb = false;
  bool no_gold = false;
  bool evaluate = false;
  bool remix = false;
  bool try_mixtures = false;
  std::vector<float> mixture{0.5F, 0.5F};
  std::vector<std::string> left_out;
  std::filesystem::path templates = COPYDESK_SOURCE_DIR "/tools/train_names/templates.txt";
  std::size_t template_documents = 6000;
  float template_weight = 0.3F;
  TrainingOptions options;
};

/// How much each gold corpus counts: news and edited text more, tweets less, and less where names were derived from
/// other annotation (GUM) or hold pronouns and whole phrases (re3d).
const std::map<std::string, float> kGoldWeights{
    {"gmb", 0.8F},
    {"re3d", 0.2F},
    {"gum_open", 0.6F},
    {"redocred", 0.7F},
    {"uner_ewt", 0.7F},
    {"btc", 0.3F},
    {"wnut17", 0.3F},
    {"crossner_politics", 0.7F},
    {"crossner_ai", 0.4F},
    {"crossner_music", 0.4F},
    {"crossner_science", 0.4F},
    {"crossner_literature", 0.4F},
};

constexpr std::uint8_t kSilverSource = 0;
constexpr std::uint8_t kTemplateSource = 6;

/// News, encyclopaedia, CrossNER, mixed genres, tweets: rows of kSourceRows.
std::uint8_t source_of(const std::string& corpus) {
  if (corpus == "gmb") return 1;
  if (corpus == "redocred") return 2;
  if (corpus.starts_with("crossner")) return 3;
  return corpus == "btc" || corpus == "wnut17" ? 5 : 4;
}

double seconds() {
  static const auto start = std::chrono::steady_clock::now();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Example make_example(ExampleMaker& maker, const LabelledDocument& document, float weight, Rewrite rewrite,
                     bool headline, std::mt19937& random, std::uint8_t source = 0) {
  Example example;
  example.source = source;
  example.weight = weight;
  if (headline) {  // some sentence again, as a headline would print it
    maker.add_sentence(document[random() % document.size()], random() % 2 == 0 ? Rewrite::kUpper : Rewrite::kTitle,
                       example);
  }
  for (const LabelledSentence& sentence : document) maker.add_sentence(sentence, rewrite, example);
  return example;
}

/// The document, and now and then a copy in capitals or lower case at half the weight.
void add_document(ExampleMaker& maker, const LabelledDocument& document, float weight, std::uint8_t source,
                  std::mt19937& random, std::vector<Example>& examples) {
  examples.push_back(make_example(maker, document, weight, Rewrite::kNone, random() % 4 == 0, random, source));
  const auto draw = random() % 100;
  if (draw < 6)
    examples.push_back(make_example(maker, document, weight / 2, Rewrite::kUpper, false, random, source));
  else if (draw < 12)
    examples.push_back(make_example(maker, document, weight / 2, Rewrite::kLower, false, random, source));
}

/// Gives a silver document and its copies the names that a finished model finds in it, and a gold corpus for a source.
void label_again(const NameModel& model, NameTagger& tagger, std::span<Example> examples, std::mt19937& random) {
  const auto source = static_cast<std::uint8_t>(1 + random() % 4);
  const Example& plain = examples[0];
  const auto found = tagger.tag(model, plain.text, plain.tokens(), {0, static_cast<std::uint32_t>(plain.spans.size())},
                                plain.sentences);
  const std::vector<std::uint8_t> labels(found.begin(), found.end());
  const std::vector<std::uint64_t> words = plain.lower_hashes;
  for (Example& example : examples) {
    // A copy may lack the headline at the beginning; one that is split otherwise keeps its labels.
    const std::size_t count = example.labels.size();
    if (count > words.size()) continue;
    const auto skipped = static_cast<std::ptrdiff_t>(words.size() - count);
    if (!std::equal(example.lower_hashes.begin(), example.lower_hashes.end(), words.begin() + skipped)) continue;
    std::copy(labels.begin() + skipped, labels.end(), example.labels.begin());
    example.source = source;
  }
}

template <class Visit>
void for_each_token(const Lexicon& lexicon, FactFinder& finder, const Example& example, Visit&& visit) {
  const auto facts = finder.find(lexicon, example.text, example.tokens(),
                                 {0, static_cast<std::uint32_t>(example.spans.size())}, example.sentences);
  std::vector<TokenFacts> padded;
  for (const TokenRange sentence : example.sentences) {
    padded.assign(sentence.size() + 4, TokenFacts{});
    std::copy(facts.begin() + sentence.begin, facts.begin() + sentence.end, padded.begin() + 2);
    for (std::uint32_t i = 0; i < sentence.size(); ++i) visit(padded.data(), i + 2, sentence.begin + i);
  }
}

std::vector<float> read_vectors(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw std::runtime_error(path.string() + ": cannot be read");
  std::vector<float> values(static_cast<std::size_t>(file.tellg()) / sizeof(float));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
  return values;
}

void train(const Settings& settings) {
  const std::filesystem::path data = settings.shared / "data";
  std::mt19937 random(settings.seed);
  LexiconBuilder builder;
  builder.read_gazetteers(data / "gazetteers");

  TemplateWriter writer(settings.templates, data / "gazetteers");
  ExampleMaker maker;
  std::vector<Example> examples;
  DevSets dev;
  std::size_t silver = 0;
  std::size_t documents = 0;
  static constexpr std::array kSilver{"enwiki_2018plus", "enwiki_core", "simplewiki"};
  if (settings.counted_documents > 0 ||
      settings.overrule_gmb) {  // of all the silver text, however little of it is learnt from
    std::size_t document_number = 0;
    for (const char* name : kSilver) {
      read_conll(data / "silver" / (std::string(name) + ".conll.gz"), [&](LabelledDocument&& document) {
        if (++document_number % 100 != 0) builder.count_names(document);
        return true;
      });
    }
  }
  std::unique_ptr<NameModel> own_labels;
  if (!settings.own_labels.empty()) own_labels = std::make_unique<NameModel>(settings.own_labels);
  NameTagger tagger;
  for (const char* name : kSilver) {
    const std::size_t limit = silver + settings.silver_tokens *
                                           (name[0] == 's'                     ? 5
                                            : name[6] == '_' && name[7] == 'c' ? 6
                                                                               : 9) /
                                           20;
    read_conll(data / "silver" / (std::string(name) + ".conll.gz"), [&](LabelledDocument&& document) {
      if (silver >= limit || silver >= settings.silver_tokens) return false;
      for (const LabelledSentence& sentence : document) silver += sentence.words.size();
      if (++documents % 100 == 0) {
        dev["silver"].push_back(make_example(maker, document, 1, Rewrite::kNone, false, random));
      } else {
        writer.learn(document);
        const std::size_t first = examples.size();
        add_document(maker, document, settings.silver_weight, kSilverSource, random, examples);
        if (own_labels != nullptr && std::bernoulli_distribution(settings.own_share)(random)) {
          label_again(*own_labels, tagger, std::span(examples).subspan(first), random);
        }
      }
      return true;
    });
  }
  std::size_t gold = 0;
  for (const auto& [name, weight] : kGoldWeights) {
    const bool left_out = std::count(settings.left_out.begin(), settings.left_out.end(), name) > 0;
    const std::string label = left_out ? "*" + name : name;
    read_conll(data / "ner" / "train_merged" / (name + ".conll"), [&](LabelledDocument&& document) {
      for (const LabelledSentence& sentence : document) gold += sentence.words.size();
      if (left_out)
        dev[label].push_back(make_example(maker, document, 1, Rewrite::kNone, false, random));
      else if (!settings.no_gold) {
        // GMB's labels are bronze: half made by machines, with "Russia" for an organisation and "Maduro" for a place.
        if (settings.overrule_gmb && name == "gmb") builder.overrule(document, 10, 0.85);
        add_document(maker, document, weight, source_of(name), random, examples);
      }
      return true;
    });
    read_conll(data / "ner" / "dev_merged" / (name + ".conll"), [&](LabelledDocument&& document) {
      dev[label].push_back(make_example(maker, document, 1, Rewrite::kNone, false, random));
      return true;
    });
  }
  for (std::size_t i = 0; i < settings.template_documents; ++i) {
    const LabelledDocument document = writer.write(random);
    examples.push_back(
        make_example(maker, document, settings.template_weight, Rewrite::kNone, false, random, kTemplateSource));
  }
  for (std::size_t i = 0; i < 200; ++i) {
    dev["templates"].push_back(make_example(maker, writer.write(random), 1, Rewrite::kNone, false, random));
  }
  if (settings.evaluate) {
    if (settings.remix) mix_again(settings.out, settings.mixture);
    evaluate(settings.out, dev);
    return;
  }
  // A document that is learnt from must not know its names from itself alone: where the model will find a name that n
  // other documents have, the training text asks for n + 1.
  if (settings.counted_documents > 0) builder.add_counted(settings.counted_documents + 1, settings.counted_share);
  const std::vector<WordFacts> training_words = builder.word_slots();
  const std::vector<PhraseFacts> training_phrases = builder.phrase_slots();
  const Lexicon lexicon{HashTable<WordFacts>(training_words), HashTable<PhraseFacts>(training_phrases)};
  if (settings.counted_documents > 0) builder.add_counted(settings.counted_documents, settings.counted_share);
  const std::vector<WordFacts> words = builder.word_slots();
  const std::vector<PhraseFacts> phrases = builder.phrase_slots();
  std::printf("%.0f s: %zu silver tokens, %zu gold tokens, %zu documents; lexicon %zu words, %zu phrases\n", seconds(),
              silver, gold, examples.size(), builder.words(), builder.phrases());
  std::fflush(stdout);

  FactFinder finder;
  std::vector<std::uint16_t> fingerprints;
  if (!settings.start.empty()) {
    const ModelFile start(settings.start, kModelKind, kModelVersion);
    const auto known = start.array<std::uint16_t>("sparse.fingerprints");
    fingerprints.assign(known.begin(), known.end());
  } else {
    FeatureSelection selection;
    const std::size_t stride = std::max<std::size_t>(1, silver / 2'000'000);
    const auto chosen = [&](std::size_t index) {
      return examples[index].weight > settings.silver_weight || index % stride == 0;
    };
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (!chosen(i)) continue;
      for_each_token(lexicon, finder, examples[i], [&](const TokenFacts* sentence, std::size_t at, std::size_t) {
        visit_sparse(sentence, at, [&](std::uint64_t feature) { selection.count(feature); });
      });
    }
    for (std::size_t i = 0; i < examples.size(); ++i) {
      if (!chosen(i)) continue;
      const float weight = examples[i].weight;
      for_each_token(lexicon, finder, examples[i], [&](const TokenFacts* sentence, std::size_t at, std::size_t token) {
        const std::size_t type = type_of(examples[i].labels[token]);
        visit_sparse(sentence, at, [&](std::uint64_t feature) { selection.count(feature, type, weight, 4); });
      });
    }
    fingerprints = selection.choose(settings.rows);
  }
  std::printf("%.0f s: features chosen\n", seconds());
  std::fflush(stdout);

  TrainingSet set;
  const std::vector<std::int8_t> no_rows(fingerprints.size() * kLabels);
  const SparseTable table(fingerprints, no_rows);
  for (Example& example : examples) {
    const std::size_t first = set.labels.size();
    for_each_token(lexicon, finder, example, [&](const TokenFacts* sentence, std::size_t at, std::size_t) {
      visit_sparse(sentence, at, [&](std::uint64_t feature) {
        const std::int8_t* row = table.row(table.bucket(feature), feature);
        if (row != nullptr)
          set.sparse.push_back(
              static_cast<std::uint32_t>((row - no_rows.data()) / static_cast<std::ptrdiff_t>(kLabels)));
      });
      visit_dense(sentence[at], [&](std::uint32_t row) { set.dense.push_back(row); });
      set.sparse_begin.push_back(set.sparse.size());
      set.dense_begin.push_back(set.dense.size());
    });
    set.labels.insert(set.labels.end(), example.labels.begin(), example.labels.end());
    for (const TokenRange sentence : example.sentences) {
      if (sentence.size() > 0 && sentence.size() <= 200)
        set.sentences.push_back({first + sentence.begin, sentence.size(), example.weight, example.source});
    }
    example = Example{};
  }
  examples.clear();
  std::printf("%.0f s: %zu tokens, %.1f sparse and %.1f dense features per token\n", seconds(), set.labels.size(),
              static_cast<double>(set.sparse.size()) / static_cast<double>(set.labels.size()),
              static_cast<double>(set.dense.size()) / static_cast<double>(set.labels.size()));
  std::fflush(stdout);

  TrainedModel model(fingerprints.size(), read_vectors(data / "gazetteers" / "word_vectors_pca128.bin"), 128,
                     settings.seed);
  if (!settings.start.empty()) model.read(settings.start);
  std::vector<std::uint32_t> order(set.sentences.size());
  std::iota(order.begin(), order.end(), 0U);
  const double total = static_cast<double>(order.size()) * settings.epochs;
  std::size_t done = 0;
  const double started = seconds();
  for (int epoch = 0; epoch < settings.epochs && seconds() - started < 60 * settings.minutes; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    double loss = 0;
    for (const std::uint32_t index : order) {
      const double progress =
          std::max(static_cast<double>(done++) / total, (seconds() - started) / (60 * settings.minutes));
      if (progress >= 1) break;
      const auto rate = settings.rate * static_cast<float>(1.0 - 0.97 * progress);
      loss += model.learn(set, set.sentences[index], settings.options, rate);
      if (done % (order.size() / 4 + 1) == 0) {
        std::printf("%.0f s: %.0f %% of epoch %d, loss %.4f\n", seconds(),
                    100.0 * static_cast<double>(done % order.size()) / static_cast<double>(order.size()), epoch + 1,
                    loss / static_cast<double>(done - static_cast<std::size_t>(epoch) * order.size()));
        std::fflush(stdout);
      }
    }
    std::printf("%.0f s: epoch %d, loss per sentence %.4f\n", seconds(), epoch + 1,
                loss / static_cast<double>(order.size()));
    const auto try_mixture = [&](const char* label, const std::vector<float>& shares) {
      std::printf("  %s", label);
      model.mix_sources(shares);
      model.write(settings.out, words, phrases, fingerprints);
      evaluate(settings.out, dev);
    };
    if (settings.try_mixtures && (epoch + 1 == settings.epochs || seconds() - started >= 60 * settings.minutes)) {
      try_mixture("none", {});
      try_mixture("silver", {1});
      try_mixture("gmb", {0, 1});
      try_mixture("half silver, half gmb", {0.5F, 0.5F});
      try_mixture("templates", {0, 0, 0, 0, 0, 0, 1});
      try_mixture("all", {0.2F, 0.2F, 0.2F, 0.1F, 0.2F, 0, 0.1F});
    }
    try_mixture("as set", settings.mixture);
  }
}

}  // namespace
}  // namespace copydesk::entities::training

int main(int argc, char** argv) {
  copydesk::entities::training::Settings settings;
  CLI::App app{"Trains the names model from the folder of shared data."};
  app.add_option("shared", settings.shared, "Folder with data/ner, data/silver and data/gazetteers")->required();
  app.add_option("--out", settings.out, "Model to write")->capture_default_str();
  app.add_option("--silver-tokens", settings.silver_tokens, "Tokens of machine-labelled text to use")
      ->capture_default_str();
  app.add_option("--silver-weight", settings.silver_weight, "Weight of machine-labelled text")->capture_default_str();
  app.add_option("--rows", settings.rows, "Sparse features to keep")->capture_default_str();
  app.add_option("--epochs", settings.epochs, "Passes over the data")->capture_default_str();
  app.add_option("--minutes", settings.minutes, "Stop learning after this time, with rates that fall accordingly");
  app.add_option("--seed", settings.seed, "Random seed")->capture_default_str();
  app.add_option("--counted-documents", settings.counted_documents,
                 "Names in this many silver documents join the phrase lists; 0 = none")
      ->capture_default_str();
  app.add_option("--counted-share", settings.counted_share, "... as each kind that they are in this share of them")
      ->capture_default_str();
  app.add_flag("--overrule-gmb", settings.overrule_gmb, "Correct labels of GMB by those of the silver text");
  app.add_option("--start", settings.start, "Go on from this model, with its sparse features");
  app.add_option("--own-labels", settings.own_labels,
                 "A finished model, whose names replace those of some silver documents");
  app.add_option("--own-share", settings.own_share, "The share of those documents")->capture_default_str();
  app.add_option("--rate", settings.rate, "Learning rates at the start, as a share of the usual ones")
      ->capture_default_str();
  app.add_option("--sparse-rate", settings.options.sparse_rate, "Learning rate of sparse features")
      ->capture_default_str();
  app.add_option("--dense-rate", settings.options.dense_rate, "Learning rate of embeddings")->capture_default_str();
  app.add_option("--network-rate", settings.options.network_rate, "Learning rate of the network")
      ->capture_default_str();
  app.add_option("--sparse-dropout", settings.options.sparse_dropout, "Share of sparse features left out")
      ->capture_default_str();
  app.add_option("--dense-dropout", settings.options.dense_dropout, "Share of dense features left out")
      ->capture_default_str();
  app.add_option("--word-dropout", settings.options.word_dropout, "Share of words made unknown")->capture_default_str();
  app.add_option("--templates", settings.templates, "Templates of made-up text")->capture_default_str();
  app.add_option("--template-documents", settings.template_documents, "Documents to make of them")
      ->capture_default_str();
  app.add_option("--template-weight", settings.template_weight, "Weight of made-up text")->capture_default_str();
  app.add_option("--leave-out", settings.left_out, "Gold corpora to measure on instead of learning from");
  app.add_flag("--remix", settings.remix, "With --evaluate: first give that model the sources of --mixture");
  app.add_flag("--evaluate", settings.evaluate, "Only measure the model named by --out on the dev parts");
  app.add_option(
         "--mixture", settings.mixture,
         "Share of each source in what the runtime assumes: silver, GMB, Re-DocRED, CrossNER, mixed, tweets, templates")
      ->capture_default_str();
  app.add_flag("--try-mixtures", settings.try_mixtures, "Measure several mixtures after the last epoch");
  app.add_flag("--no-gold", settings.no_gold, "Leave out the human-labelled corpora");
  app.add_option("--hidden-dropout", settings.options.hidden_dropout, "Share of hidden units left out")
      ->capture_default_str();
  app.add_flag("!--no-sparse", settings.options.use_sparse, "Leave out the sparse features");
  app.add_flag("!--no-network", settings.options.use_network, "Leave out the network");
  CLI11_PARSE(app, argc, argv);
  try {
    copydesk::entities::training::train(settings);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "train_names: %s\n", error.what());
    return 1;
  }
  return 0;
}
