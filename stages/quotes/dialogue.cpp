// SPDX-License-Identifier: Apache-2.0
#include "stages/quotes/dialogue.h"

namespace copydesk::quotes {

Dialogue::Attribution Dialogue::speaker_alone(bool opens_paragraph, bool answers) const {
  if (!opens_paragraph || narration_.colon || (narration_.spoke && last_.unit + 1 != unit_)) {
    // She shook her head. "No." But "A," said Lee. He shook his head. "B.": the name is the better source.
    const bool name = narration_.kind == SourceKind::kPronoun && last_.named() && last_.paragraph == paragraph_;
    if (name) return {last_.source, last_.kind, SourceReason::kContinued};
    if (narration_.subject.empty()) return {};
    return {narration_.subject, narration_.kind, SourceReason::kSentenceBefore};
  }
  if (!last_.known() || last_.paragraph + 1 != paragraph_) return {};
  if (answers && before_last_.named()) return {before_last_.source, before_last_.kind, SourceReason::kAlternates};
  if (last_.source.empty()) return {};
  return {last_.source, last_.kind, SourceReason::kContinued};
}

}  // namespace copydesk::quotes
