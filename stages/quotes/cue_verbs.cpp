#include "stages/quotes/cue_verbs.h"

namespace copydesk::quotes {

const std::string_view kCueVerbs = R"(
!say said: that clause wh quote paren object passive-to passive-that
!tell told: told quote paren that clause wh
!add: that clause quote paren
!write wrote written: that clause quote paren
!tweet: that clause quote paren
!ask: wh told quote paren them-to
!suggest: that clause quote paren object doing
!argue: that clause quote paren
!note: that clause quote paren object
!announce: that clause quote paren object
!explain: that clause wh quote paren object
!claim: that clause quote paren to-do object
!insist: that clause quote paren on
!warn: that clause quote paren told of against
!reply: that quote paren
!respond: that quote paren
!admit: that clause quote paren object doing
!acknowledge: that clause quote paren object
!declare: that clause quote paren object
!conclude: that clause quote paren
!continue: quote paren
!joke: that clause quote paren
!quip: that quote paren
!predict: that clause quote paren object
!promise: that clause quote paren to-do object
!vow: that clause quote paren to-do
!recall: that clause quote paren object
!call: quote called for on
!describe: obj-as quote
!accuse: obj-of quote
!criticize: object obj-for quote
!urge: them-to quote object
!state: that clause quote paren
!report: that clause quote paren object
!contend: that clause quote paren
!assert: that clause quote paren
!maintain: that clause quote paren
!remark: that quote paren
!observe: that quote paren
!testify: that quote paren
!reiterate: that clause quote paren object
!deny: that clause quote object doing
!pledge: that quote paren to-do
!complain: that quote paren about
!confirm: that clause quote paren object
!shout: quote paren that
!proclaim: quote paren that
!quote: quote
!read: quote paren
!stress: that quote paren object
!emphasize: that quote paren object
!counter: that quote paren
!concede: that clause quote paren
!lament: that quote paren object
!propose: that object to-do quote paren
!mention: that object quote paren
!put: quote paren
!tout: object quote
!blast: object quote
!show shown: that clause wh paren quote
!find found: that clause quote paren
!believe: that clause paren in quote
!think thought: that clause wh paren quote
hope: that clause to-do paren quote
want: to-do object them-to
know known knew: that clause wh
)";

}  // namespace copydesk::quotes
