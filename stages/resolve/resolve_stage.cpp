#include "stages/resolve/resolve_stage.h"

#include <vector>

#include "stages/resolve/entity_list.h"
#include "stages/resolve/mention_list.h"
#include "stages/resolve/name_groups.h"
#include "stages/resolve/nearest.h"
#include "stages/resolve/speakers.h"

namespace copydesk {

struct ResolveStage::Scratch::Buffers {
  std::vector<who::Candidate> candidates;
  who::NameGroups names;
  std::vector<who::NameGroup> groups;
  std::vector<std::uint32_t> group_of;
  std::vector<std::uint32_t> speaker_of;
  who::EntityList entities;
};

ResolveStage::Scratch::Scratch() : buffers_(std::make_unique<Buffers>()) {}
ResolveStage::Scratch::~Scratch() = default;
ResolveStage::Scratch::Scratch(Scratch&&) noexcept = default;
ResolveStage::Scratch& ResolveStage::Scratch::operator=(Scratch&&) noexcept = default;

Result<Resolution> ResolveStage::run(const Input& input, Scratch& scratch, const StageContext& context) const {
  const auto& article = input.get<Article>();
  if (article.analysis != Analysis::kFull) return Resolution{};
  const who::View view{article.text, input.get<Tokens>(), input.get<Tags>(), input.get<Names>()};
  auto& work = *scratch.buffers_;
  who::find_candidates(view, work.candidates);
  if (context.expired()) return Error{ErrorCode::kDeadline, "took longer than `limits.article_deadline` allows"};
  work.names.build(view, work.candidates);
  work.groups.assign(work.names.groups().begin(), work.names.groups().end());
  work.group_of.assign(work.names.group_of().begin(), work.names.group_of().end());
  who::link_pronouns(view, work.candidates, work.groups, work.group_of);
  work.speaker_of.clear();
  for (const Quote& quote : input.get<Quotes>().items) {
    const std::uint32_t source = who::find_source(view, work.candidates, quote);
    // A source that nothing else refers to is an entity of its own: "a senior official".
    if (source != who::kNone && work.group_of[source] == who::kNone &&
        work.candidates[source].kind == MentionKind::kNominal) {
      work.group_of[source] = static_cast<std::uint32_t>(work.groups.size());
      work.groups.emplace_back();
    }
    work.speaker_of.push_back(source);
  }
  return work.entities.build(view, work.candidates, work.groups, work.group_of, work.speaker_of, context.arena());
}

}  // namespace copydesk
