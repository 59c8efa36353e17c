// SPDX-License-Identifier: Apache-2.0
#include "stages/syntax/cue_verbs.h"

namespace copydesk::syntax {

const std::string_view kCueVerbs = R"(
speech: accuse acknowledge add admit advise affirm agree allege announce argue ask assert attack bash blast boast call
  caution chant cite claim clarify comment complain concede conclude condemn confirm contend continue counter
  criticize declare defend demand denounce deny deride describe disagree disclose dismiss emphasize estimate exclaim
  explain hail insist joke lament maintain mention mock note object observe pledge post praise predict proclaim
  promise propose question quip quote recall recommend reiterate reject remark repeat reply report request respond
  retort reveal ridicule rip say shout slam state stress suggest tell testify tout tweet urge vow warn write yell
paren: acknowledge add agree announce argue believe claim complain conclude confirm demur estimate explain find indicate
  insist learn maintain note observe point predict recall remark report respond reveal say show state suggest surmise
  tell warn write
quote: accuse acknowledge act add address admit adopt advise affirm agree allege allow announce answer apologize apply
  appoint approach argue ask assert assure attack bark bash become begin believe blame blast boast break bring call
  caution celebrate chant charge chide circle cite claim clarify come comment complain concede conclude condemn
  confess confirm contend continue counter criticize cry decide declare dedicate defend deliver demand demur denounce
  deny deride describe direct disagree disclose dismiss draw dream dub echo educate elaborate emphasize encourage end
  enter estimate examine exclaim exhibit explain fear feed feel file fume give gloat go grow hail hang happen hear
  heckle help hit imply include increase insist inspire insult interject issue joke keep kill know lament laugh launch
  lead learn list live look maintain make mean mention mock note object observe offer opine oppose opt owe pass pay
  play pledge point poll post postpone praise predict proclaim produce promise propose protest publish put question
  quip quit quote range react read recall recommend recount refer reference reiterate reject remark remember repeat
  reply report represent reprise request resist respond retire retort return reveal ridicule rip run say scream see
  send serve share shoot shout show sing slam spend stand start state stop strengthen stress suggest surmise surprise
  take talk tell testify thank think tout tweet understand urge use vow want warn welcome whisper win wonder work
  write yell
seem: appear seem
forms: make made; go went gone; take took taken; become became become; see saw seen; find found; come came; give gave
  given; think thought; know knew known; say said; win won; keep kept; show shown; write wrote written; run ran; grow
  grew grown; leave left; mean meant; tell told; speak spoke spoken; hold held; build built; fight fought; learn
  learnt; meet met; pay paid; lead led; bring brought; feel felt; understand understood; buy bought; break broke
  broken; begin began begun; send sent; stand stood; choose chose chosen; sing sang sung; fall fell fallen; teach
  taught; hear heard; spend spent; seek sought; drive drove driven; draw drew drawn; shoot shot; throw threw thrown;
  lay laid; forget forgot forgotten; swear swore sworn; plead pled; dream dreamt; get got gotten; lose lost; rise rose
  risen; strike struck; withdraw withdrew withdrawn; forbid forbade forbidden; foresee foresaw foreseen; rewrite
  rewrote rewritten; retell retold; forgive forgave forgiven; withhold withheld; uphold upheld; sell sold; stick
  stuck; mistake mistook mistaken; overcome overcame; undertake undertook undertaken; rethink rethought; misread;
  foretell foretold; behold beheld; deal dealt; dig dug; feed fed; fly flew flown; freeze froze frozen; hide hid
  hidden; lie lay lain; oversee oversaw overseen; overthrow overthrew overthrown; ride rode ridden; shake shook
  shaken; sit sat; steal stole stolen; swing swung; tear tore torn; wear wore worn
)";

}  // namespace copydesk::syntax
