// SPDX-License-Identifier: Apache-2.0
// Trains the weights of the resolve stage's links on GUM's coreference:
//   train_resolve --train train.jsonl --models models --out models/resolve-links.model
// The input comes from tools/resolve/gum_coreference.py. See models/resolve.md.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <random>

#include "stages/resolve/antecedent_model.h"
#include "stages/resolve/appositions.h"
#include "stages/resolve/linker.h"
#include "stages/resolve/speakers.h"
#include "tools/resolve/documents.h"

namespace {

using namespace copydesk;
using namespace copydesk::resolve;

struct Settings {
  int epochs = 6;
  unsigned runs = 9;  ///< over differently shuffled documents, whose mean is the model
  float rate = 0.05F;
  float l2 = 1e-2F;
  float unnamed_weight = 0.5F;
  float blind_weight = 0.2F;
  double predicted = 0.3;  ///< share of choices that are the model's own, not gold, from the second epoch on
};

/// Index of the gold mention that a candidate is, where some of the names and one pronoun are marked: the one it
/// overlaps; -1 = none.
std::vector<int> match_partial(const tool::Document& document, const std::vector<Candidate>& candidates) {
  std::vector<int> gold_of(candidates.size(), -1);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].kind == resolve::MentionKind::kNominal) continue;
    const Span span = document.tokens.span_of(candidates[i].tokens);
    for (std::size_t g = 0; g < document.gold.size(); ++g) {
      const Span gold = document.gold[g].span;
      const bool pronoun = g == 0;
      if (pronoun != (candidates[i].kind == resolve::MentionKind::kPronoun)) continue;
      if (span.begin < gold.end && gold.begin < span.end) gold_of[i] = static_cast<int>(g);
    }
  }
  return gold_of;
}

/// Index of the gold mention that a candidate is: the tightest that holds it and whose head it covers; -1 = none.
std::vector<int> match(const tool::Document& document, const std::vector<Candidate>& candidates) {
  std::vector<int> gold_of(candidates.size(), -1);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Span span = document.tokens.span_of(candidates[i].tokens);
    std::uint32_t tightest = 0xFFFFFFFF;
    for (std::size_t g = 0; g < document.gold.size(); ++g) {
      const tool::GoldMention& gold = document.gold[g];
      if (!gold.span.contains(span) || gold.span.size() >= tightest) continue;
      if (std::any_of(gold.heads.begin(), gold.heads.end(), [&](Span head) { return span.contains(head); })) {
        tightest = gold.span.size();
        gold_of[i] = static_cast<int>(g);
      }
    }
  }
  return gold_of;
}

/// What a name says of who bears it.
enum class Sex : std::uint8_t { kUnknown, kMan, kWoman, kNobody };

Sex sex_of(const resolve::Referent& referent) {
  if (referent.type != EntityType::kPerson) return Sex::kNobody;
  Candidate pronoun;
  pronoun.gender = resolve::Gender::kMale;
  if (resolve::agrees_surely(pronoun, referent)) return Sex::kMan;
  pronoun.gender = resolve::Gender::kFemale;
  return resolve::agrees_surely(pronoun, referent) ? Sex::kWoman : Sex::kUnknown;
}

struct Example {
  std::unique_ptr<tool::Document> document;
  std::vector<Candidate> candidates;
  std::vector<resolve::MentionContext> contexts;
  resolve::NameGroups names;
  std::vector<std::uint32_t> sources;
  std::vector<std::string> cluster_of;        ///< per candidate; empty = none
  std::vector<std::string> cluster_of_group;  ///< of the group's names
  std::map<std::string, bool> counts;
  std::vector<Sex> sex_of_group;  ///< of blind documents
};

void prepare(Example& example, const resolve::WordLexicon& lexicon, const resolve::PlaceTable& places) {
  const resolve::View view = example.document->view();
  resolve::find_candidates(view, example.candidates);
  resolve::mark_appositions(view, lexicon, example.candidates);
  example.names.build(view, lexicon, example.candidates, places);
  resolve::find_contexts(view, example.document->quotes, lexicon, example.candidates, example.contexts);
  for (const quotes::Quote& quote : example.document->quotes.items) {
    example.sources.push_back(resolve::find_source(view, example.candidates, example.contexts, quote));
  }
  if (example.document->blind) {
    resolve::Discourse discourse;
    discourse.start(view, lexicon, example.candidates, example.names.groups());
    for (const resolve::Referent& referent : discourse.referents()) example.sex_of_group.push_back(sex_of(referent));
  }
  const std::vector<int> gold_of = example.document->partial ? match_partial(*example.document, example.candidates)
                                                             : match(*example.document, example.candidates);
  std::vector<std::map<std::string, int>> votes(example.names.groups().size());
  for (std::size_t i = 0; i < example.candidates.size(); ++i) {
    example.cluster_of.emplace_back();
    if (gold_of[i] < 0) continue;
    const tool::GoldMention& gold = example.document->gold[static_cast<std::size_t>(gold_of[i])];
    example.cluster_of.back() = gold.cluster;
    example.counts[gold.cluster] = gold.counts;
    const std::uint32_t group = example.names.group_of()[i];
    if (group != resolve::kNone) ++votes[group][gold.cluster];
  }
  for (const auto& group : votes) {
    const auto most =
        std::max_element(group.begin(), group.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    example.cluster_of_group.push_back(most == group.end() ? std::string() : most->first);
  }
}

class Trainer {
 public:
  Trainer(const Settings& settings, unsigned seed)
      : settings_(settings),
        random_(seed),
        weights_(resolve::kWeights),
        squares_(resolve::kWeights, 1e-6F),
        sums_(resolve::kWeights) {}

  void epoch(std::vector<std::unique_ptr<Example>>& examples, const resolve::WordLexicon& lexicon, int number) {
    std::shuffle(examples.begin(), examples.end(), random_);
    right_ = asked_ = 0;
    loss_ = 0;
    blind_right_ = blind_asked_ = 0;
    blind_loss_ = 0;
    for (auto& example : examples) {
      linker_.hide_genders(example->document->blind);
      linker_.link(example->document->view(), lexicon, example->candidates, example->contexts, example->names,
                   example->sources, example->document->quotes,
                   [&](const resolve::Scene& scene, std::uint32_t index, const std::vector<resolve::Option>& options) {
                     return resolve::Choice{example->document->blind ? step_blind(*example, scene, index, options)
                                                                     : step(*example, scene, index, options, number),
                                            1};
                   });
      for (std::size_t i = 0; i < resolve::kWeights; ++i) sums_[i] += static_cast<double>(weights_[i]);
      ++summed_;
    }
    std::fprintf(
        stderr, "epoch %d: loss %.4f, right %.2f %%; by names' sex: %zu, loss %.4f, right %.2f %%\n", number,
        loss_ / static_cast<double>(asked_), 100.0 * static_cast<double>(right_) / static_cast<double>(asked_),
        blind_asked_, blind_loss_ / static_cast<double>(std::max<std::size_t>(blind_asked_, 1)),
        100.0 * static_cast<double>(blind_right_) / static_cast<double>(std::max<std::size_t>(blind_asked_, 1)));
  }
  /// The mean over all steps, which generalises better than the last step's weights.
  [[nodiscard]] std::vector<float> weights() const {
    std::vector<float> mean(resolve::kWeights);
    for (std::size_t i = 0; i < resolve::kWeights; ++i) mean[i] = static_cast<float>(sums_[i] / summed_);
    return mean;
  }

 private:
  std::size_t step(const Example& example, const resolve::Scene& scene, std::uint32_t index,
                   const std::vector<resolve::Option>& options, int epoch) {
    const std::string& cluster = example.cluster_of[index];
    std::vector<std::vector<std::uint32_t>> features(options.size());
    std::vector<double> score(options.size());
    std::vector<bool> good(options.size());
    bool any = false;
    const bool partial = example.document->partial;
    const bool known =
        !partial || (!cluster.empty() && example.candidates[index].kind == resolve::MentionKind::kPronoun);
    std::vector<bool> other_known(options.size());  // surely not meant
    for (std::size_t o = 0; o < options.size(); ++o) {
      resolve::antecedent_features(scene, index, options[o], features[o]);
      for (const std::uint32_t feature : features[o]) score[o] += static_cast<double>(weights_[feature]);
      if (o == 0 || cluster.empty()) continue;
      const std::uint32_t referent = options[o].referent;
      const std::string& other = referent < example.cluster_of_group.size()
                                     ? example.cluster_of_group[referent]
                                     : example.cluster_of[scene.discourse.referents()[referent].first];
      good[o] = other == cluster;
      other_known[o] = !other.empty() && !good[o];
      any = any || good[o];
    }
    if (!known) return static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
    for (std::size_t o = 0; !any && partial && o < options.size(); ++o) good[o] = !other_known[o];
    if (!any) good[0] = true;
    const double most = *std::max_element(score.begin(), score.end());
    double all = 0;
    double wanted = 0;
    for (std::size_t o = 0; o < options.size(); ++o) {
      const double e = std::exp(score[o] - most);
      all += e;
      if (good[o]) wanted += e;
    }
    loss_ -= std::log(wanted / all);
    ++asked_;
    const auto best = static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
    if (good[best]) ++right_;
    const bool counts = !cluster.empty() && example.counts.at(cluster);
    const double weight = counts ? 1.0 : static_cast<double>(settings_.unnamed_weight);
    for (std::size_t o = 0; o < options.size(); ++o) {
      const double e = std::exp(score[o] - most);
      descend(features[o], weight * (e / all - (good[o] ? e / wanted : 0)));
    }
    if (epoch > 0 && std::uniform_real_distribution<>(0, 1)(random_) < settings_.predicted) return best;
    std::size_t answer = 0;
    for (std::size_t o = 0; o < options.size(); ++o) {
      if (good[o] && (!good[answer] || score[o] > score[answer])) answer = o;
    }
    return answer;
  }

  /// A document without answers. Learns from "he" and "she" that may mean men and women who are named, of whom the
  /// wrong sex is wrong; everything else is answered as the model does so far.
  std::size_t step_blind(const Example& example, const resolve::Scene& scene, std::uint32_t index,
                         const std::vector<resolve::Option>& options) {
    std::vector<std::vector<std::uint32_t>> features(options.size());
    std::vector<double> score(options.size());
    for (std::size_t o = 0; o < options.size(); ++o) {
      resolve::antecedent_features(scene, index, options[o], features[o]);
      for (const std::uint32_t feature : features[o]) score[o] += static_cast<double>(weights_[feature]);
    }
    const auto best = static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
    const resolve::Gender gender = example.candidates[index].gender;
    if (example.candidates[index].kind != resolve::MentionKind::kPronoun ||
        scene.contexts[index].quote != resolve::kNone)
      return best;
    if (gender != resolve::Gender::kMale && gender != resolve::Gender::kFemale) return best;
    const Sex wanted_sex = gender == resolve::Gender::kMale ? Sex::kMan : Sex::kWoman;
    std::vector<bool> good(options.size());
    std::vector<bool> open(options.size());  // an unnamed one, who may be anybody
    bool right = false;
    bool wrong = false;
    for (std::size_t o = 1; o < options.size(); ++o) {
      const std::uint32_t referent = options[o].referent;
      if (referent >= example.sex_of_group.size()) {
        open[o] = true;
        continue;
      }
      const Sex sex = example.sex_of_group[referent];
      if (sex == Sex::kUnknown) return best;
      good[o] = sex == wanted_sex;
      right = right || good[o];
      wrong = wrong || !good[o];
    }
    if (!right || !wrong) return best;
    double all = 0;
    double wanted = 0;
    const double most = *std::max_element(score.begin(), score.end());
    std::size_t answer = 0;
    for (std::size_t o = 0; o < options.size(); ++o) {
      if (open[o]) continue;
      const double e = std::exp(score[o] - most);
      all += e;
      if (good[o]) wanted += e;
      if (good[o] && (!good[answer] || score[o] > score[answer])) answer = o;
    }
    blind_loss_ -= std::log(wanted / all);
    ++blind_asked_;
    if (good[best]) ++blind_right_;
    for (std::size_t o = 0; o < options.size(); ++o) {
      if (open[o]) continue;
      const double e = std::exp(score[o] - most);
      descend(features[o], static_cast<double>(settings_.blind_weight) * (e / all - (good[o] ? e / wanted : 0)));
    }
    return answer;
  }

  void descend(const std::vector<std::uint32_t>& features, double gradient) {
    if (std::abs(gradient) < 1e-6) return;
    for (const std::uint32_t feature : features) {
      const float g = static_cast<float>(gradient) + settings_.l2 * weights_[feature];
      squares_[feature] += g * g;
      weights_[feature] -= settings_.rate * g / std::sqrt(squares_[feature]);
    }
  }

  Settings settings_;
  std::mt19937 random_;
  std::vector<float> weights_;
  std::vector<float> squares_;
  std::vector<double> sums_;
  double summed_ = 0;
  resolve::Linker linker_;
  std::size_t right_ = 0;
  std::size_t asked_ = 0;
  double loss_ = 0;
  std::size_t blind_right_ = 0;
  std::size_t blind_asked_ = 0;
  double blind_loss_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  std::vector<std::string> train;
  std::string models = "models";
  std::string out;
  CLI::App app{"Trains how the resolve stage links pronouns and descriptions."};
  app.add_option("--train", train, "Documents with gold mentions, from gum_coreference.py and gap_pronouns.py")
      ->required();
  app.add_option("--models", models, "Folder of the other stages' models")->capture_default_str();
  app.add_option("--out", out, "File to write")->required();
  app.add_option("--epochs", settings.epochs)->capture_default_str();
  app.add_option("--runs", settings.runs)->capture_default_str();
  app.add_option("--rate", settings.rate)->capture_default_str();
  app.add_option("--l2", settings.l2)->capture_default_str();
  app.add_option("--unnamed-weight", settings.unnamed_weight)->capture_default_str();
  app.add_option("--blind-weight", settings.blind_weight)->capture_default_str();
  app.add_option("--predicted", settings.predicted)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    ChunkPool pool;
    const resolve::WordLexicon lexicon(models + "/resolve-lexicon.model");
    const resolve::PlaceTable places(models + "/places.model");
    std::vector<std::unique_ptr<Example>> examples;
    for (const std::string& path : train) {
      for (auto& document : tool::read_documents(path, models, pool)) {
        examples.push_back(std::make_unique<Example>());
        examples.back()->document = std::move(document);
        prepare(*examples.back(), lexicon, places);
      }
    }
    std::vector<float> weights(resolve::kWeights);
    for (unsigned run = 0; run < settings.runs; ++run) {
      Trainer trainer(settings, run);
      for (int epoch = 0; epoch < settings.epochs; ++epoch) trainer.epoch(examples, lexicon, epoch);
      const std::vector<float> mean = trainer.weights();
      for (std::size_t i = 0; i < resolve::kWeights; ++i) weights[i] += mean[i] / static_cast<float>(settings.runs);
    }
    const std::vector<ModelSection> sections{model_section("weights", weights)};
    write_model_file(out, resolve::AntecedentModel::kKind, resolve::AntecedentModel::kVersion, sections);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "train_resolve: %s\n", error.what());
    return 1;
  }
  return 0;
}
