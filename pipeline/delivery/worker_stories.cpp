// What the worker writes into a record of its article's place among others.
#include "pipeline/delivery/in_flight.h"
#include "stages/encode/story_marks.h"

namespace copydesk::delivery {

/// Says in the record what the article is to those that left before it. False while that cannot be told yet.
bool Worker::settle_story(InFlight& article) {
  story::StoryTracker* const stories = options_.stories;
  if (stories == nullptr || article.story_settled) return true;
  if (!stories->ready(article.input.origin)) return false;
  article.story_settled = true;
  if (!article.input.value) {
    if (article.input.key) stories->forget(*article.input.key);
  } else if (article.facts && !article.error) {
    const encode::StoryMarks marks = stories->see(*article.facts, article.input);
    article.superseded = marks.superseded;
    if (marks.any() && article.marks_at != 0) {
      article.output = encode::with_marks(*article.output, article.marks_at, marks);
    } else if (marks.any()) {
      article.marked_headers = article.input.headers;
      if (marks.superseded) article.marked_headers.push_back({"copydesk.superseded", "true"});
      if (!marks.duplicate_of.empty()) article.marked_headers.push_back({"copydesk.duplicate_of", marks.duplicate_of});
    }
  }
  article.facts.reset();
  return true;
}

}  // namespace copydesk::delivery
