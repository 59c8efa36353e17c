// SPDX-License-Identifier: Apache-2.0
#include "stages/resolve/resolve_stage.h"

#include <vector>

#include "stages/resolve/antecedent_model.h"
#include "stages/resolve/appositions.h"
#include "stages/resolve/entity_list.h"
#include "stages/resolve/linker.h"
#include "stages/resolve/mention_context.h"
#include "stages/resolve/mention_list.h"
#include "stages/resolve/name_groups.h"
#include "stages/resolve/speakers.h"

namespace copydesk::resolve {

struct ResolveStage::Scratch::Buffers {
  std::vector<resolve::Candidate> candidates;
  resolve::NameGroups names;
  std::vector<resolve::MentionContext> contexts;
  std::vector<std::uint32_t> sources;
  std::vector<float> confidence;  ///< per quote, of its speaker
  std::vector<std::uint32_t> features;
  resolve::Linker linker;
  std::vector<resolve::NameGroup> groups;
  std::vector<std::uint32_t> group_of;
  resolve::EntityList entities;
};

struct ResolveStage::Models {
  resolve::WordLexicon lexicon;
  resolve::AntecedentModel links;
  resolve::PlaceTable places;
};

ResolveStage::ResolveStage(const ResolveFiles& files, std::shared_ptr<const entities::DeskNamesFile> desk)
    : models_(std::make_shared<const Models>(Models{resolve::WordLexicon(files.lexicon),
                                                    resolve::AntecedentModel(files.links),
                                                    resolve::PlaceTable(files.places)})),
      desk_(std::move(desk)) {}

ResolveStage::Scratch::Scratch() : buffers_(std::make_unique<Buffers>()) {}
ResolveStage::Scratch::~Scratch() = default;
ResolveStage::Scratch::Scratch(Scratch&&) noexcept = default;
ResolveStage::Scratch& ResolveStage::Scratch::operator=(Scratch&&) noexcept = default;

Result<Resolution> ResolveStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const auto& article = input.get<parse::Article>();
  if (article.analysis != parse::Analysis::kFull) return Resolution{};
  const resolve::View view{article.text, input.get<tokenize::Tokens>(), input.get<tag::Tags>(),
                           input.get<entities::Names>()};
  auto& work = *scratch.buffers_;
  resolve::find_candidates(view, work.candidates);
  if (context.expired()) return Error{ErrorCode::kDeadline, "took longer than `limits.article_deadline` allows"};
  resolve::mark_appositions(view, models_->lexicon, work.candidates);
  work.names.build(view, models_->lexicon, work.candidates, models_->places);
  const auto& quotes = input.get<quotes::Quotes>();
  resolve::find_contexts(view, quotes, models_->lexicon, work.candidates, work.contexts);
  work.sources.clear();
  for (const quotes::Quote& quote : quotes.items)
    work.sources.push_back(resolve::find_source(view, work.candidates, work.contexts, quote));
  if (context.expired()) return Error{ErrorCode::kDeadline, "took longer than `limits.article_deadline` allows"};
  work.linker.link(view, models_->lexicon, work.candidates, work.contexts, work.names, work.sources, quotes,
                   [&](const resolve::Scene& scene, std::uint32_t index, const std::vector<resolve::Option>& options) {
                     return models_->links.best(scene, index, options, work.features);
                   });
  work.group_of.assign(work.linker.referent_of().begin(), work.linker.referent_of().end());
  for (std::uint32_t i = 0; i < work.candidates.size(); ++i) {
    const std::uint32_t quote = work.contexts[i].quote;
    if (quote == resolve::kNone || work.sources[quote] == resolve::kNone || work.sources[quote] == i) continue;
    if (!is_first_person(work.candidates[i])) continue;
    work.group_of[i] = work.group_of[work.sources[quote]];
  }
  const auto& referents = work.linker.discourse().referents();
  for (std::uint32_t& group : work.group_of) {
    // "The report said": a thing that speaks is nobody.
    if (group != resolve::kNone && !referents[group].named && resolve::is_thing(referents[group].noun))
      group = resolve::kNone;
  }
  work.groups.assign(work.names.groups().begin(), work.names.groups().end());
  for (std::size_t i = work.groups.size(); i < referents.size(); ++i) {
    resolve::NameGroup unnamed;
    const resolve::NounClass noun = referents[i].noun;
    if (noun.organisation > noun.person && noun.organisation >= noun.place) unnamed.type = EntityType::kOrg;
    work.groups.push_back(unnamed);
  }
  const std::shared_ptr<const entities::DeskNames> desk = desk_ == nullptr ? nullptr : desk_->current();
  work.confidence.clear();
  for (std::size_t quote = 0; quote < work.sources.size(); ++quote) {
    const std::uint32_t source = work.sources[quote];
    const resolve::Evidence evidence =
        source == resolve::kNone ? resolve::Evidence::kNobody : work.linker.evidence()[source];
    work.confidence.push_back(resolve::confidence_of(evidence, quotes.items[quote].type));
  }
  return work.entities.build(view, work.candidates, work.groups, work.group_of, work.sources, work.confidence,
                             models_->places, desk.get(), context.arena());
}

}  // namespace copydesk::resolve
