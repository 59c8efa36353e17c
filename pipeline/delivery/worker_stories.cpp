// SPDX-License-Identifier: Apache-2.0
// The worker marks older versions and near-duplicates in their records.
#include "pipeline/delivery/in_flight.h"
#include "stages/encode/story_marks.h"

namespace copydesk::delivery {

/// Adds `superseded` and `duplicate_of`. False until the partition's history is loaded.
bool Worker::settle_story(InFlight& article) {
  story::StoryTracker* const stories = options_.stories;
  if (stories == nullptr || article.story_settled) return true;
  if (!stories->ready(article.input.origin)) return false;
  article.story_settled = true;
  if (!article.input.value) {
    if (article.input.key) stories->forget(*article.input.key);
  } else if (!article.error) {
    const encode::StoryMarks marks = stories->see(article.digest.story, article.input);
    article.superseded = marks.superseded;
    article.duplicate = !marks.duplicate_of.empty();
    if (marks.any() && article.marks_at != 0) {
      encode::insert_marks(*article.output, article.marks_at, marks);
    } else if (marks.any()) {
      article.marked_headers = article.input.headers;
      if (marks.superseded) article.marked_headers.push_back({"copydesk.superseded", "true"});
      if (!marks.duplicate_of.empty()) article.marked_headers.push_back({"copydesk.duplicate_of", marks.duplicate_of});
    }
  }
  return true;
}

}  // namespace copydesk::delivery
