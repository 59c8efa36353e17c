#include "stages/quotes/cue_verbs.h"

namespace copydesk::quotes {

const std::string_view kCueVerbs = R"(
speech: accuse acknowledge add admit advise affirm agree allege announce argue ask assert attack bash blast boast call
  caution chant cite claim clarify comment complain concede conclude condemn confirm contend continue counter
  criticize declare defend demand denounce deny deride describe disagree disclose dismiss emphasize estimate exclaim
  explain hail insist joke lament maintain mention mock note object observe pledge post praise predict proclaim
  promise propose question quip quote recall recommend reiterate reject remark repeat reply report request respond
  retort reveal ridicule rip say shout slam state stress suggest tell testify tout tweet urge vow warn write yell
that: accept acknowledge add admit affirm agree allege allow announce answer anticipate appear argue ask assert assume
  back been believe boast brag bristle calculate call capitalize caution charge cite claim clarify comment complain
  concede conclude confirm consider contend continue convince decide declare demand demonstrate deny determine
  disclose discover distribute doubt emphasize estimate expect explain fear feel find focus forecast forget grouse
  guarantee hint hop hope imply indicate insist introduce joke know lament learn leave look maintain make mention move
  note notice order pledge point posit post predict promise propose push reaffirm realize recall recognize recommend
  refer reflect reiterate remark remember repeat reply report request require respond result reveal rule say show
  signal speak speculate state stress suggest suspect talk tell testify think tweet underscore understand vow warn
  withdraw worry write
that half: bet fight meet take
clause: accept accuse acknowledge add address advocate agree allege allow announce answer argue ask attack beg believe
  blast block brag call cite claim collect complain concede conclude confirm criticize declare decline decry defend
  demand deny describe detail disavow discover discuss dismiss doubt draw echo estimate expand expect explain express
  fear go highlight hint hop hope imply indicate insist leak like list mention mount note order outline plan point
  post praise predict probe promise propose prove publish push question quote realize recall recognize reiterate
  release report reveal roll say send show slam speculate state suggest tell think understand urge warn worry write
wh: acknowledge address ask believe boo call cheer complain debate decide describe detail discuss display explain
  highlight know lament note outline point question recall remember reveal say show tell understand win wonder write
wh half: break change consider define deliver demonstrate determine embrace govern guess happen hear imagine make mean
  meet talk want
told: advise ask assure convince inform press promise reassure remind show tell warn write
told half: challenge persuade
paren: acknowledge add agree announce argue believe challenge cite claim compare conclude confirm decline demur
  descend echo endorse explain indicate insist note point predict rail react recall remove report respond reveal roll
  say show sound suffer suggest surprise tell warn write
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
object: acknowledge admit announce applaud attack bemoan blame blast cite compare confirm credit criticize decry
  defend denounce deny describe dismiss emphasize express foresee hail lament liken list mention mock oppose outline
  praise predict propose question rebut recall reject remind reveal slam tout urge vow warn welcome
object half: abolish admire affirm answer argue attribute bomb boycott brush care charge chide compensate compile
  congratulate contradict counter deem detail devote discuss dispute disregard distance downplay ease empower endorse
  envision fear highlight identify ignore insult issue learn name persuade prefer prohibit promise reaffirm reassure
  recite recognize refer refute reinstate reiterate replay report resist retweet rule satirize sentence shelve show
  slash stress thank triple underestimate voice withhold witness
called: believe call cite consider declare deem deny describe fear note oppose praise prefer suggest tout witness
called half: ask confront find hold ignore label offer say support thank understand
obj-as: acknowledge announce cast characterize choose cite condemn criticize defend denounce describe dismiss frame
  hail highlight identify inflate list mention mock name offer paint pitch pledge portray position praise reference
  release savage see sign slam tout view
obj-as half: accept attack distinguish eliminate introduce mark market pound present rank read support treat visit
obj-of: accuse acknowledge announce attack blame blast block call challenge cite claim condemn consider criticize curb
  decry deem defend denounce describe detail disclose discuss display emphasize endorse expect explain fear feel
  ignore lament list mention mock name note order overturn persuade plan point post praise present propose push
  question reject release remember remind report repudiate request retweet reveal seek share stress suggest support
  suspect tout tweet underscore urge
obj-of half: abandon accept advocate answer applaud appoint assure back begin cast confirm contradict debate deliver
  demand downplay drop echo eliminate encourage endanger enjoy exploit expose fan highlight identify impact know lay
  monitor mourn offer oppose place process prohibit reaffirm recognize reflect regard reinforce remain resist restrict
  rid roll see send show spur violate want
obj-for: accept affirm announce applaud attack blame blast bring call chide claim condemn congratulate continue credit
  criticize declare defend denounce discuss draft eliminate endorse explain express file hit increase jab lay mock
  nominate offer oppose praise predict propose reiterate reject share slam stress support thank voice want
obj-for half: add back cast cite consider deserve doe draw establish hammer hire ignore issue leave press record renew
  restrict return say seek show signal single sue were
them-to: acknowledge advise agree announce ask block call cast challenge cite claim come condemn consider decry defend
  demand discuss dismiss encourage endorse expect explain express go highlight hope instruct introduce lack meet offer
  oppose order outline pledge praise prefer press promise push question recall reject resist say see show sign suggest
  support tout urge vote vow want warn welcome
them-to half: allow attack choose compel demonstrate descend develop direct earn expand feel file fill follow impose
  include keep mount nominate owe own pass pay persuade prepare pressure profess provide put rally rattle represent
  request require reserve seek send spearhead tell wage watch
to-do: agree call claim decline expect hop intend look love plan pledge position prefer promise refuse sign speak vote
  vow
to-do half: act aim ask decide demand doe fit forget hope know like mean offer propose purport push qualify seek show
  stand strive threaten volunteer want
doing: challenge contemplate describe endorse mention oppose propose recall regret report rule support
doing half: advocate bring favor love offer remember resist see suggest tell
about: accept ask boast brag complain feel fight joke open press speak speculate talk think worry write
about half: learn lie raise say were
on: agree call comment disagree remark talk
on half: ask double expand push reflect touch
for: ask call push
for half: advocate argue hop
to: pledge point promise refer vow
to half: decline liken plan propose respond seem
against: argue rail warn
against half: caution come push rule
of: boast complain speak talk warn
of half: think
with: disagree
with half: agree concur
as: describe
as half: characterize perceive
in half: agree
at: lash
at half: ask hint
passive-to: ask expect intend know need say show tell
passive-to half: believe bound permit persuade require think want
passive-that: ask convince know press report say surprise tell warn
passive-that half: bound govern note raise
passive-by: claim report
passive-by half: criticize echo reject share
passive half: argue boo mention request
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

const std::string_view kCueNominals = R"(
that: accusation admission advice american assertion assumption assurance aware belief bill book call claim clinton
  comment committee complaint concern concerned conference confidence confident contention convinced court criticism
  debate document doubt evidence faith fear file friday hope hopeful important insistence interview leader measure
  monday month new night notion october perception phrase plan plea post president press remark report reported
  reporter rumor saturday speculation statement suggestion sunday supporter thursday trump tuesday tweeted twitter
  understanding view wall warning wednesday week weekend worried worry
clause: clear likely
wh: asked cheer debate friday idea immigration legislation month reporter sander shocked surprised wednesday
wh half: agenda congress monday reason show trump voter
to-do: agreement answer case claim desire eager expected himself hope inclination intention known legislation
  opposition plan promise proposal reluctance request said surprised vow vowing
to-do half: american asked attack call careful commitment decision department easy inability judge late leader obama
  party platform pledge program proud reporter saturday supporter tuesday unwillingness wanted willing wrong
about: angry answer asked campaign conversation criticism doubt fear hopeful joke media nervous note report response
  sunday tuesday week word worried
about half: anxiety argument attitude clinton concern concerned language length point question seriou statement story
  trump tweet warning way
on: thought
on half: blame consensus opinion split
for: call criticized known media praise proposal
for half: apology credit criticism hope idea need obama official regret rubio sympathy
to: devoted plan
to half: congress guilty open
against: himself
against half: protest them
of: chant critic critical disclosure secret skeptical supportive trump wary
of half: appointment assertion assured call criticism defense description embrace enamored favor hope link mention
  perception promise sick suspected understanding wednesday
with half: disagreement unhappy
as: known plan
as half: herself himself itself nominated sunday work
in half: confident unanimou
)";

}  // namespace copydesk::quotes
