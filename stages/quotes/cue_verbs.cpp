#include "stages/quotes/cue_verbs.h"

namespace copydesk::quotes {

const std::string_view kCueVerbs = R"(
speech: accuse acknowledge add admit advise affirm agree allege announce argue ask assert attack bash blast boast
  call caution chant cite claim clarify comment complain concede conclude condemn confirm contend continue counter
  criticize declare defend demand denounce deny deride describe disagree disclose dismiss emphasize estimate exclaim
  explain hail insist joke lament maintain mention mock note object observe pledge post praise predict proclaim
  promise propose question quip quote recall recommend reiterate reject remark repeat reply report request respond
  retort reveal ridicule rip say shout slam state stress suggest tell testify tout tweet urge vow warn write yell
that: accept accuse acknowledge add admit advise advocate affirm agree allege announce anticipate appear argue ask
  assert assume attack bash believe bemoan blast boast brag calculate call caution chant cite claim clarify comment
  complain concede conclude condemn confide confirm consider contend continue convey convince counter criticize
  declare defend demand demonstrate denounce deny deride describe determine disagree disclose discover dismiss
  dispute doubt emphasize establish estimate exclaim expect explain fear feel figure find forecast forget gather
  grasp grouse guarantee guess hail hear hint hope illustrate imagine imply indicate insist joke judge know lament
  learn maintain mention mock muse note notice object observe order pledge point posit post praise pray predict
  presume pretend proclaim project promise propose protest question quip quote realize recall recognize recommend
  reiterate reject remark remember repeat reply report request require respond retort reveal ridicule rip rule say
  sense shout show signal slam speculate state stress suggest suspect swear teach tell testify think tout tweet
  underscore understand urge verify vow warn worry write yell
clause: accept accuse acknowledge add admit advocate agree allege announce answer argue ask assert assure believe
  brag calculate call caution cite claim comment concede conclude confirm consider contend declare decry demand
  describe disclose discover document doubt echo email emphasize estimate expect explain express fear feel forget
  hear hint hope hypothesize imagine imply indicate insist learn love note notice observe order plead post predict
  project promise propose protest prove quote realize recall recognize reiterate remember remind report request
  respond reveal rule say see sense show signal speculate state suggest suspect tell testify think tweet understand
  urge warn wish worry write yell
wh: account acknowledge address adopt air alter analyze appreciate ask begin believe boo break build call care
  cement change cheer clap compare complain condemn consider continue contradict counter criticize debate decide
  define deliver demonstrate denounce deplore describe determine dictate discuss dislike display drive eliminate
  embrace end enjoy exaggerate explain fail fall favor feel find focus follow go govern grow hear illustrate imagine
  indicate introduce investigate know lament lay leave make map measure note point predict prove put question recall
  recite reconsider reject remember resign reveal roll say scream select share shed showcase speak spend support
  take talk tell think tout turn understand visit want weigh win wonder worry write
told: address announce ask assure attack attend avoid believe block buy call cite confront convince create defend
  describe devote discuss dismiss echo emphasize expand express file find float frame highlight identify increase
  inform issue join kill know launch lay limit make mention name note offer pass pick point post press promise
  promote propose reach read reassure recall recount reference reinforce reiterate reject remain remind renew repeat
  report say see send share show stress tell throw tweet veto want write
paren: acknowledge add agree announce argue believe challenge cite claim compare conclude confirm decline demur
  descend echo endorse explain indicate insist note point predict rail react recall remove report respond reveal
  roll say show sound suffer suggest surprise tell warn write
quote: accuse acknowledge act add address admit adopt advise affirm agree allege allow announce answer apologize
  apply appoint approach argue ask assert assure attack bark bash become begin believe blame blast boast break bring
  call caution celebrate chant charge chide circle cite claim clarify come comment complain concede conclude condemn
  confess confirm contend continue counter criticize cry decide declare dedicate defend deliver demand demur
  denounce deny deride describe direct disagree disclose dismiss draw dream dub echo educate elaborate emphasize
  encourage end enter estimate examine exclaim exhibit explain fear feed feel file fume give gloat go grow hail hang
  happen hear heckle help hit imply include increase insist inspire insult interject issue joke keep kill know
  lament laugh launch lead learn list live look maintain make mean mention mock note object observe offer opine
  oppose opt owe pass pay play pledge point poll post postpone praise predict proclaim produce promise propose
  protest publish put question quip quit quote range react read recall recommend recount refer reference reiterate
  reject remark remember repeat reply report represent reprise request resist respond retire retort return reveal
  ridicule rip run say scream see send serve share shoot shout show sing slam spend stand start state stop
  strengthen stress suggest surmise surprise take talk tell testify thank think tout tweet understand urge use vow
  want warn welcome whisper win wonder work write yell
object: accept acknowledge admire admit announce applaud attack blame blast boycott cite compare congratulate
  consider counter criticize decry defend demand denounce deny describe discuss dismiss dispute distance emphasize
  endorse express fear hail hate learn list love mention mock note oppose praise predict prefer propose question
  rebut recite recognize reject remind restrict reveal show slam slash support threaten tout want welcome
called: call consider declare deny describe feel find grant hold list offer praise release show support use
obj-as: announce cast characterize choose cite criticize defend denounce describe dismiss distinguish frame hail
  identify list mention mock name offer paint pitch portray praise present savage see sign slam support treat view
obj-of: accuse acknowledge adopt announce answer blame call challenge cite conduct consider criticize decry defend
  deliver denounce discuss display drop emphasize endorse expect exploit fear feel ignore lament lay list mention
  mock name note order persuade post praise project propose question recognize release remain remember remind report
  repudiate retweet see share support tout tweet underscore urge want
obj-for: affirm announce attack back blame blast call cast chide condemn congratulate consider continue credit
  criticize discuss draft endorse explain express hire hit include increase jab lay mock nominate offer praise
  reiterate renew return share signal slam support thank want
them-to: advise allow announce ask block challenge cite come condemn consider defend develop empower encourage
  expand expect explain express feel go include instruct introduce lack meet nominate offer order own pay persuade
  pledge press pressure promise push reject represent require say see send show support tell tout urge vow wage want
  warn welcome
to-do: act agree aim call claim decide decline design expect fit forget got hope intend know like love offer plan
  pledge prefer promise push qualify refuse seek sign speak stand threaten volunteer vote vow want
doing: bring consider endorse oppose propose recall regret remember report rule say suggest support
about: ask believe boast brag care comment complain decide emerge feel fight find imply joke learn muse open press
  question rail regret report say speak speculate talk think vent wonder worry write
on: agree call comment talk touch
for: advocate apologize argue ask call hope push resign vote
to: promise refer vow
against: argue come push rail vote warn
of: accuse boast speak talk think warn
with: agree disagree
as: describe
in: believe
at: hint
passive-to: allow ask expect intend know mean need permit require say show tell
passive-that: achieve ask assume cast commit convince disband draw forget govern haunt influence know learn neglect
  overturn press raise report reveal save say surprise tell warn
passive-by: report share
passive: mention
seem: appear seem
forms: make made; go went gone; take took taken; become became become; see saw seen; find found; come came;
  give gave given; think thought; know knew known; say said; win won; keep kept; show shown; write wrote
  written; run ran; grow grew grown; leave left; mean meant; tell told; speak spoke spoken; hold held; build
  built; fight fought; learn learnt; meet met; pay paid; lead led; bring brought; feel felt; understand
  understood; buy bought; break broke broken; begin began begun; send sent; stand stood; choose chose chosen;
  sing sang sung; fall fell fallen; teach taught; hear heard; spend spent; seek sought; drive drove driven;
  draw drew drawn; shoot shot; throw threw thrown; lay laid; forget forgot forgotten; swear swore sworn; plead
  pled; dream dreamt
)";

const std::string_view kCueNominals = R"(
that: advice aware belief call claim comment complaint concern concerned confident contention convinced criticism
  debate evidence fear hope notion perception plea report speculation statement suggestion supporter warning worried
clause: clear
wh: debate idea shocked surprised
to-do: agreement answer attack call case claim commitment decision desire eager hope inclination intention plan
  promise proposal proud refusal request right supporter surprised willing wrong
about: angry answer anxiety argument comment concern concerned conversation criticism doubt fear joke language
  nervous point question report response speech statement talk warning worried
on: consensus opinion
for: apology call criticism idea praise proposal support supporter sympathy
to: committed open opposition plan
against: attack speech
of: assessment claim critic critical critique defense favor perception promise proud right supportive understanding
with: concerned
as: opponent plan
in: confident interest
)";

}  // namespace copydesk::quotes
