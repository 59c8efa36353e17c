// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "pipeline/engine/stages.h"

namespace copydesk::commands {

/// What `copydesk enrich --explain` prints of an article: sentence by sentence its phrases, clauses with verb, subject
/// and object, and appositions; then each quote with the construction that found it, why it has its speaker, and which
/// mention before it a pronoun or a description stands for. Safe on a terminal. All stages must have run on `slot`.
[[nodiscard]] std::string explanation_of(const engine::ArticleGraph::Slot& slot);

}  // namespace copydesk::commands
