#include "stages/quotes/cue_verbs.h"

namespace copydesk::quotes {

const std::string_view kCueVerbs = R"(
speech: accuse acknowledge add admit advise affirm agree allege announce argue ask assert attack bash blast call
  chant cite claim clarify comment complain conclude condemn confirm contend continue counter criticize declare
  defend demand denounce deny deride describe disagree disclose dismiss emphasize estimate exclaim explain insist
  joke lament maintain mention mock note object observe post praise predict proclaim promise propose question quip
  quote recall recommend reject repeat reply report request respond retort reveal rip say shout slam state suggest
  tell testify tout tweet urge vow warn write yell
that: accept accuse acknowledge add admit advise advocate affirm agree allege announce appear argue ask assert
  assume attack bash believe bemoan blast calculate call chant cite claim clarify comment complain conclude condemn
  confide confirm consider contend continue convey convince counter criticize declare decry defend demand
  demonstrate denounce deny deride describe determine disagree disclose discover dismiss dispute doubt echo
  emphasize ensure establish estimate exclaim expect explain fear feel figure find forecast forget gather grasp
  guarantee guess hear hope illustrate imagine imply indicate insist joke judge know lament learn maintain mention
  mock muse note notice object observe order point posit post praise pray predict pretend proclaim project promise
  propose protest question quip quote realize recall recognize recommend reject remember repeat reply report request
  require respond retort reveal rip rule say see sense shout show signal slam speculate state suggest suspect swear
  tell testify think tout tweet understand urge verify vow warn worry write yell
clause: accept accuse acknowledge add admit advocate agree allege announce answer argue ask assert assume assure
  believe brag calculate call cite claim conclude confirm consider contend counter declare decry demand deny
  describe determine disclose discover dispute doubt echo emphasize estimate expect explain express fear feel forget
  guess hear hope imagine imply indicate inform insist instruct know lament learn love note notice observe order
  point post predict project promise propose protest prove quote read realize recall remind reply report request
  respond reveal rule say see sense show signal speculate state submit suggest suspect swear tell think tweet
  understand urge warn wish worry write
wh: account address adopt air alter amount analyze appreciate ask begin believe boo break build call care cement
  change cheer classify compare complain condemn consider continue contradict counter criticize debate decide define
  deliver demonstrate denounce describe determine dictate discuss dislike display drive eliminate embrace end enjoy
  exaggerate explain fail favor feel figure find focus follow go govern grow guess happen hear hold illustrate
  imagine include indicate introduce investigate jump know lament lay leave look make map measure meet move note
  point predict prove put question recall recite reconsider reject remember resign return reveal roll run say scream
  see select share shed show showcase speculate spend start support take talk tell think tout tweet understand visit
  want weigh win wonder worry write
told: accept address advance advise advocate allow announce approximate ask assure attack attend avert avoid base
  believe betray blame block bother boycott break buy call cast challenge champion change cheer circulate cite claim
  clarify commit compare conceive confront consider contest contradict convince cost create credit criticize darken
  declare defend deny describe deserve devote diminish disclose discuss dismiss divide document dress drive drop
  echo elect emerge emphasize encompass encounter encourage endorse enhance enjoy enrich enter examine exist expand
  express favor fear file fill find fit float follow foresee forge forward frame fuel gain grab grant guess hide
  highlight hit identify ignore include increase inform introduce investigate isolate issue join kill knock know
  launch lay lead leave legalize limit love make mean mention mount name neglect note offer part pass pick point
  pose post postpone press prevent project promise promote propose protect provide punish pursue question rally rank
  rape read recall reference refuse refute reinforce reject release remain remind renew renominate repeat report
  resemble restore restrict return reveal reverse roll run rush save say scare schedule seat see seek send share
  shield show skip slam spark spend split stir stop suggest summon support talk target teach tell throw tie tolerate
  tout trap treat turn tweet understand undo veto violate walk want warn watch welcome witness write
paren: acknowledge add agree allege announce argue ask believe challenge cite claim compare conclude decline descend
  endorse enter explain indicate insist note point predict rail react report respond reveal roll say show sound
  state suffer suggest surprise tell warn write
quote: accuse acknowledge act add address admit adopt advise affirm agree air allege allow announce answer apologize
  apply appoint approach argue ask assert assure attack bark bash begin believe blast break bring buy call celebrate
  chant charge chide circle cite claim clarify come comment complain conclude condemn confess confirm contend
  continue counter criticize cry declare dedicate defend deliver demand denounce deny deride describe destroy direct
  disagree disclose dismiss draw dream dub echo educate elaborate emphasize encourage end estimate examine exclaim
  explain express fear feed feel file find fly follow fume give gloat go grow hang hear heckle help hit hope host
  imply include increase insist inspire insult interject interrupt introduce issue joke keep kill know lament launch
  learn lecture live look love maintain make mean mention mock muse negotiate note object observe offer opine opt
  pass pay play point poll post postpone praise predict proclaim produce promise propose protest publish put
  question quip quit quote raise rally range react read recall recommend refer reference reject release remember
  repeat reply report represent reprise request resist respond restore retaliate retire retort return reveal riff
  rip run say scream see seem send serve share shoot shout show sing slam speak spend stand start state stop
  strengthen suggest surmise surprise take talk tell testify thank think tout tweet understand urge use vow want
  warn wave welcome whisper win wonder work write yell
object: abolish accept accuse acknowledge admire admit announce applaud appreciate attack attribute back blame blast
  boycott brush call care charge chide cite compare compensate condemn confirm congratulate consider contradict
  count counter crack criticize debate decry defend demand denounce deny describe discuss dismiss dispute distance
  emphasize endorse enforce expect explore express facilitate fear foresee hate highlight insult label lambast learn
  list mention mock note oppose overturn praise predict prefer promise propose question reaffirm recite recognize
  reject remind replay report rest restrict retweet reveal risk satirize seek show sink slam slash solicit support
  threaten toss tout trust underestimate vow want welcome witness
called: ask become call consider declare deny describe feel find hold lay list offer see show support
obj-as: cast characterize choose cite criticize defend denounce describe dismiss distinguish frame identify list
  mention mock name offer paint pitch portray praise present see slam support treat view
obj-of: accuse acknowledge adopt allow announce answer back begin blame blast block break call cast challenge cite
  condemn conduct consider criticize decry defend denounce describe discuss drop eliminate emphasize endorse enjoy
  expect exploit fear feel find highlight ignore impact lay list mention mock note offer order overturn persuade
  point post praise project propose push put question recognize release remain remember remind report represent
  retweet reveal roll see seek share show suggest support suspect tout tweet understand urge want write
obj-for: affirm announce attack back blame blast call cast chide condemn congratulate consider continue credit
  criticize demand deserve discuss draft draw endorse explain express face help hire hit include increase jab lay
  leave mock nominate offer praise renew return share signal slam support thank want
them-to: allow announce ask assemble block bring call challenge cite come condemn consider decry defend develop
  direct empower encourage expand expect explain express feel go include instruct introduce invite lack meet miss
  nominate offer order own pay persuade praise press pressure provide push question reject represent require see
  send show support tell urge vow want warn welcome
to-do: act agree aim ask call claim decide decline design expect forget got hope intend know like love mean offer
  opt plan prefer promise propose push refuse seek show sign speak stand threaten volunteer vote vow want
doing: bring consider describe endorse favor love oppose propose recall regret remember report rule say suggest
  support
about: ask believe brag comment complain concern cover decide disclose excite executive feel fight find gush imply
  joke learn muse open press question regret report say speak speculate talk think tweet vent worry write
on: agree call comment focus push talk touch
for: advocate apologize argue ask blame call campaign hope press push resign say speak vote
to: admit look point promise refer
against: argue come push rail vote warn
of: speak talk think warn
with: agree concur disagree identify
as: characterize describe perceive regard see
in: believe
passive-to: allow ask expect intend invite know mean need permit require say show tell
passive-that: achieve ask assume cast commit convince disband draw forget govern haunt influence know learn neglect
  overturn press raise report reveal save say scare shock tell upset warn worry
passive-by: claim echo reject report share support
passive: boo mention
seem: appear seem
forms: make made; go went gone; take took taken; become became become; see saw seen; find found; come came;
  give gave given; think thought; know knew known; say said; win won; keep kept; show shown; write wrote
  written; run ran; grow grew grown; leave left; mean meant; tell told; speak spoke spoken; hold held; build
  built; fight fought; learn learnt; meet met; pay paid; lead led; bring brought; feel felt; understand
  understood; buy bought; break broke broken; begin began begun; send sent; stand stood; choose chose chosen;
  sing sang sung; fly flew; teach taught; hear heard; spend spent; seek sought; drive drove driven; draw drew
  drawn; shoot shot; hide hid; throw threw thrown; lay laid; forget forgot forgotten; swear swore sworn;
  dream dreamt; foresee foresaw foreseen
)";

const std::string_view kCueNominals = R"(
that: admission advice agreement argument attack aware belief call case claim clear comment complaint concern
  concerned confidence confident contention convinced criticism debate decision doubt evidence fear frustration hope
  idea notion perception plan plea position proposal report revelation sense speculation statement story suggestion
  supporter sure threat understanding view warning worried
clause: clear
wh: debate idea point question reason shocked sure surprised
to-do: agreement answer attack bid call case certain claim commitment decision desire eager evidence fed happy hope
  inclination intention plan prepared promise proposal proud ready reason refusal reluctant request right support
  supporter surprised willing willingness wrong
about: angry answer anxiety argument comment concern concerned conversation criticism doubt fear joke language
  message nervous point question report response speech statement story talk warning worried
on: assault attack call comment consensus decision opinion proposal view
for: apology call case criticism enthusiasm hope idea opponent praise proposal respect support supporter sympathy
to: case committed open opposition point support
against: attack speech
of: approval assessment call claim critic critical criticism critique defense description favor intention message
  opinion perception promise proud report right story supportive talk understanding vision
with: concerned message pleased satisfied unhappy
as: opponent plan
in: claim confidence confident interest interested request
at: anger
)";

}  // namespace copydesk::quotes
