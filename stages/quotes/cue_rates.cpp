// Printed by tools/quotes/count_cues.py.
#include "stages/quotes/cue_verbs.h"

namespace copydesk::quotes {

const std::string_view kVerbRates = R"(
that: accept 82 acknowledge 90 add 88 admit 83 affirm 67 agree 81 allege 82 allow 77 announce 95 answer 64
  anticipate 70 appear 69 argue 90 ask 76 assert 89 assume 70 back 63 believe 79 boast 80 calculate 84 call 71
  capitalize 55 caution 85 charge 76 cite 69 claim 85 clarify 79 comment 87 complain 79 concede 92 conclude 86
  confirm 82 consider 80 contend 84 continue 75 convince 65 decide 63 declare 84 demand 64 demonstrate 73 deny 71
  determine 68 disclose 85 discover 66 distribute 58 doubt 82 emphasize 93 estimate 84 expect 83 explain 92 express 87
  fear 88 feel 67 fight 53 find 84 focus 74 forecast 75 forget 62 guarantee 55 hope 85 imply 79 indicate 84 insist 90
  introduce 79 joke 87 know 74 lament 82 learn 66 leave 61 look 55 maintain 67 make 64 meet 53 mention 80 move 57
  note 97 notice 78 order 88 pledge 88 point 92 posit 75 post 68 predict 88 promise 82 propose 65 push 74 reaffirm 81
  realize 85 recall 90 recognize 82 recommend 56 refer 91 reflect 60 reiterate 86 remark 82 remember 58 repeat 70
  reply 59 report 89 request 79 require 74 respond 80 result 61 reveal 82 rule 82 say 93 show 82 signal 82 speak 51
  speculate 68 state 82 stress 79 suggest 85 suspect 86 take 52 talk 71 tap 51 tell 73 testify 67 think 75 tweet 80
  underscore 64 understand 64 vow 88 warn 93 withdraw 63 worry 76 write 92
clause: accept 71 accuse 73 acknowledge 80 add 55 address 62 advocate 72 agree 71 allege 67 allow 79 announce 76
  argue 85 ask 78 beg 60 believe 73 blast 65 block 75 cite 78 claim 68 collect 66 complain 68 concede 69 conclude 80
  confirm 75 contend 51 criticize 78 cut 67 declare 56 decline 70 defend 58 demand 61 denounce 59 deny 60 describe 77
  detail 76 discover 62 discuss 68 dismiss 57 doubt 67 draw 64 drop 66 echo 77 estimate 63 expand 66 expect 67
  explain 53 express 66 fear 67 grow 67 highlight 73 hope 76 imply 77 impose 66 indicate 73 insist 77 leak 60 like 60
  list 64 mention 65 mount 63 note 84 order 76 outline 72 persuade 66 plan 62 point 67 praise 81 predict 78 probe 63
  promise 73 propose 85 prove 61 publish 74 push 70 question 65 quote 62 realize 62 recall 63 recognize 69
  reiterate 54 release 63 repeat 52 report 75 reveal 68 roll 66 say 87 show 72 slam 70 speculate 64 state 70
  suggest 85 tell 74 think 68 understand 61 urge 81 want 61 warn 75 worry 73 write 80
wh: acknowledge 55 address 67 ask 81 believe 61 boo 60 break 52 call 62 change 46 cheer 69 complain 52 consider 55
  debate 71 decide 56 define 55 deliver 49 demonstrate 46 describe 84 detail 72 determine 51 discuss 75 display 68
  embrace 47 end 43 explain 77 govern 47 guess 47 happen 44 hear 44 highlight 56 imagine 51 investigate 42 know 59
  lament 55 make 44 mean 46 meet 43 note 72 outline 63 point 56 question 88 recall 82 remember 70 reveal 65 say 75
  show 56 talk 50 tell 47 understand 64 want 53 win 59 wonder 79 write 48
told: advise 56 ask 89 assure 85 challenge 52 convince 73 inform 77 persuade 53 press 89 promise 91 reassure 92
  remind 80 show 59 tell 87 warn 89 write 71
object: abolish 48 acknowledge 59 admire 50 admit 47 affirm 40 announce 50 answer 42 applaud 68 attack 46 attribute 55
  blame 78 blast 63 bomb 44 boycott 43 brush 42 care 43 charge 45 cheer 45 cite 77 compare 57 compensate 47 compile 42
  confirm 46 congratulate 53 contradict 47 counter 38 credit 62 criticize 67 deem 43 defend 46 denounce 65 deny 48
  describe 59 detail 43 devote 45 discuss 56 dismiss 65 dispute 53 disregard 47 distance 52 downplay 43 ease 45
  email 42 emphasize 48 empower 47 endorse 53 express 70 fear 52 foresee 55 hail 53 highlight 44 identify 51 insult 50
  issue 44 lament 58 learn 53 list 61 mention 63 mock 55 note 52 oppose 56 outline 56 persuade 45 praise 68 predict 58
  prefer 48 prohibit 53 promise 42 propose 63 question 65 reaffirm 43 reassure 50 rebut 64 recall 49 recite 50
  recognize 53 refer 46 reference 43 refute 47 reinstate 48 reiterate 41 reject 66 remind 50 repeat 38 replay 47
  report 41 resist 49 reveal 50 satirize 47 shelve 47 show 56 slam 80 slash 42 stress 38 suggest 39 thank 45 tout 59
  triple 44 underestimate 42 urge 52 veto 54 voice 44 vow 61 warn 52 welcome 62 withhold 42 witness 53
called: ask 40 believe 58 call 80 cite 64 confront 47 consider 68 declare 49 deem 74 deny 45 describe 47 fear 58
  find 45 hold 45 label 51 note 59 offer 53 oppose 62 praise 66 prefer 60 say 46 suggest 50 support 50 thank 46
  tout 46 understand 53 witness 61
obj-as: accept 54 acknowledge 54 attack 44 cast 51 characterize 70 choose 58 cite 79 condemn 56 criticize 58 defend 85
  denounce 83 describe 85 dismiss 80 distinguish 50 eliminate 45 embrace 43 frame 61 highlight 55 hire 44 identify 73
  increase 44 inflate 63 introduce 51 list 82 mark 49 market 49 mention 79 mock 76 name 65 offer 69 paint 59 pass 45
  pick 47 pitch 64 pledge 57 portray 61 position 70 praise 85 present 52 promote 43 quote 54 rank 46 read 46
  reference 70 release 58 see 71 sign 67 slam 58 support 56 tout 57 treat 56 view 64 visit 54
obj-of: accept 49 accuse 80 acknowledge 56 advocate 51 announce 77 answer 54 applaud 46 appoint 48 assure 42 attack 50
  back 45 begin 42 blame 79 block 61 call 70 cast 45 challenge 60 cite 66 claim 48 condemn 57 confirm 43 consider 56
  contradict 51 criticize 70 curb 61 debate 49 deem 71 defend 43 deliver 54 demand 44 denounce 60 describe 58
  detail 62 disclose 67 discuss 58 display 66 downplay 47 drop 48 echo 46 eliminate 47 emphasize 67 encourage 43
  endanger 46 endorse 58 enjoy 48 expect 60 explain 48 exploit 53 expose 53 fan 42 fear 65 feel 62 highlight 50
  identify 52 ignore 69 impact 49 know 44 lament 64 list 68 mention 62 mock 74 monitor 44 mourn 44 name 64 note 70
  offer 51 oppose 52 order 70 overturn 57 persuade 69 place 43 plan 67 point 57 post 57 praise 76 present 56
  process 44 prohibit 44 propose 74 push 62 question 70 reaffirm 48 recognize 53 reflect 46 regard 44 reinforce 51
  reject 53 release 69 remain 45 remember 60 remind 57 report 74 repudiate 66 request 45 restrict 47 reveal 49 roll 52
  see 45 seek 57 send 50 share 57 show 45 spur 44 stress 47 suggest 55 support 78 suspect 61 tout 73 tweet 76
  underscore 59 urge 66 violate 43 want 54
obj-for: accept 57 add 40 affirm 73 announce 80 applaud 61 attack 79 back 55 blame 74 blast 65 bring 56 call 79
  cast 43 claim 50 condemn 68 congratulate 81 consider 49 continue 51 credit 75 criticize 81 declare 61 defend 68
  denounce 55 deserve 51 discuss 66 draft 56 draw 47 eliminate 56 endorse 63 establish 46 explain 66 express 82
  file 61 hammer 42 hire 54 hit 63 issue 49 leave 43 mock 76 nominate 67 offer 66 oppose 70 praise 77 predict 52
  press 43 propose 55 record 44 reiterate 65 reject 48 renew 53 restrict 49 return 51 say 43 seek 50 share 60 show 50
  signal 52 slam 83 stress 64 support 59 thank 87 voice 79 want 71
them-to: acknowledge 56 advise 53 agree 57 allow 45 announce 87 ask 70 attack 41 block 71 call 48 cast 57 challenge 70
  choose 47 cite 66 claim 56 come 62 compel 45 condemn 77 consider 77 defend 83 demand 51 demonstrate 47 descend 50
  develop 50 direct 51 discuss 76 dismiss 59 earn 53 encourage 66 endorse 76 expand 51 expect 74 explain 71 express 82
  feel 51 file 46 fill 48 follow 47 get 43 go 64 grow 43 highlight 73 hope 73 impose 46 include 54 instruct 63
  introduce 68 keep 51 lack 61 launch 42 meet 56 mount 44 nominate 52 offer 65 oppose 79 order 88 outline 59 owe 45
  own 55 pass 47 pay 54 persuade 48 pledge 64 praise 82 prefer 78 prepare 47 press 73 pressure 50 profess 52
  promise 77 provide 43 push 65 put 46 question 66 rally 43 recall 58 reject 83 represent 52 request 43 require 51
  reserve 49 resist 70 say 66 see 67 seek 48 send 49 show 69 sign 69 suggest 55 support 67 tell 41 tout 76 urge 75
  vote 56 vow 80 wage 55 want 65 warn 77 watch 43 welcome 76
to-do: act 54 agree 66 aim 54 ask 41 call 62 claim 77 decide 53 decline 77 demand 41 expect 55 fit 46 forget 53
  hope 52 intend 64 know 49 like 46 look 56 love 66 mean 43 plan 59 pledge 75 position 57 prefer 62 promise 73
  propose 43 push 53 qualify 44 refuse 71 seek 52 show 52 sign 64 speak 62 stand 53 strive 43 threaten 58 volunteer 43
  vote 59 vow 85 want 48
doing: advocate 50 bring 53 challenge 59 contemplate 59 continue 39 describe 59 endorse 73 favor 45 love 49 mention 53
  offer 46 oppose 81 propose 77 recall 71 regret 63 remember 51 report 68 resist 47 rule 60 see 45 suggest 43
  support 56 tell 41
about: accept 63 are 45 ask 46 boast 63 complain 78 feel 57 fight 65 joke 82 learn 48 lie 49 open 75 press 78 raise 51
  say 40 speak 80 speculate 60 talk 70 think 67 worry 57 write 58
on: agree 61 ask 45 call 81 comment 73 disagree 49 double 49 expand 44 push 54 reflect 52 remark 51 sound 51 talk 57
  touch 44
for: advocate 46 argue 41 ask 56 call 79 hope 45 push 64
to: allude 45 decline 50 plan 52 pledge 59 point 56 promise 78 propose 40 refer 66 respond 45 seem 48 vow 74
against: argue 64 caution 45 come 44 push 54 rule 48 warn 70
of: boast 61 complain 54 speak 64 talk 65 think 52 warn 56
with: agree 40 disagree 48
as: characterize 48 describe 60 perceive 44
in: agree 43
at: ask 39
passive-to: ask 55 believe 52 expect 77 intend 59 know 64 need 57 permit 45 persuade 49 project 42 require 62 say 73
  show 68 tell 62 tempt 43 think 44 want 44
passive-that: ask 81 convince 73 govern 49 know 68 note 40 press 56 raise 46 report 73 say 76 surprise 59 tell 56
  warn 74
passive-by: claim 48 criticize 40 echo 49 reject 44 report 65 share 47
passive: argue 42 boo 50 mention 41 request 40 support 42
quote: accuse 66 acknowledge 61 act 45 add 64 address 56 admit 66 adopt 44 advise 46 affirm 68 agree 63 allege 57
  allow 52 announce 65 answer 58 apologize 58 apply 43 appoint 59 approach 25 argue 60 ask 60 assert 58 assure 52
  attack 63 bark 47 bash 54 become 35 begin 25 believe 48 blame 67 blast 74 boast 58 break 35 bring 55 call 52
  caution 65 celebrate 45 chant 54 charge 53 chide 49 circle 48 cite 68 claim 61 clarify 52 come 36 comment 70
  complain 57 concede 59 conclude 59 condemn 70 confess 57 confirm 63 contend 56 continue 50 counter 61 criticize 69
  cry 43 decide 57 declare 56 dedicate 49 defend 63 deliver 53 demand 54 demur 49 denounce 68 deny 60 deride 62
  describe 67 direct 47 disagree 69 disclose 65 dismiss 65 draw 43 dream 49 dub 61 echo 72 educate 40 elaborate 47
  emphasize 65 encourage 54 end 55 enter 30 estimate 58 examine 48 exclaim 47 exhibit 41 explain 68 fear 62 feed 50
  feel 53 file 46 fume 49 give 55 gloat 49 go 21 grow 43 hail 66 hang 43 happen 42 hear 37 heckle 49 help 46 hit 57
  imply 66 include 49 increase 46 insist 60 inspire 26 insult 70 interject 49 issue 59 joke 58 keep 34 kill 30 know 54
  lament 61 laugh 49 launch 47 lead 35 learn 50 list 73 live 32 look 61 maintain 43 make 20 mean 35 mention 68 mock 68
  note 61 object 54 observe 48 offer 54 opine 49 oppose 52 opt 44 owe 46 pass 42 pay 19 play 42 pledge 52 point 64
  poll 49 post 56 postpone 48 praise 77 predict 63 proclaim 60 produce 44 promise 68 propose 67 protest 52 publish 56
  put 33 question 68 quip 48 quit 47 quote 52 range 51 react 46 read 59 recall 64 recommend 47 recount 50 refer 72
  reference 61 reiterate 60 reject 68 remark 48 remember 54 repeat 58 reply 50 report 49 represent 44 reprise 51
  request 56 resist 59 respond 62 retire 38 retort 49 return 38 reveal 60 ridicule 44 rip 55 run 46 say 77 scream 48
  see 59 send 41 serve 15 share 57 shoot 42 shout 76 show 42 sing 41 slam 69 spend 41 stand 50 start 33 state 57
  stop 36 strengthen 42 stress 58 suggest 60 surmise 49 surprise 56 take 37 talk 55 tell 60 testify 53 thank 66
  think 67 tout 66 tweet 58 understand 53 urge 50 use 44 vow 72 want 55 warn 63 welcome 73 whisper 49 win 27 wonder 62
  work 38 write 51 yell 67
seem: appear 58 seem 55
)";

const std::string_view kNominalRates = R"(
that: accusation 80 adamant 63 admission 68 advice 75 agreement 54 argument 58 assertion 73 assumption 65 assurance 71
  aware 80 belief 71 call 78 claim 62 clear 51 comment 72 complaint 76 concern 80 concerned 83 confidence 64
  confident 69 contention 77 convinced 84 criticism 85 debate 63 decision 54 doubt 63 evidence 65 faith 79 fear 78
  hope 72 hopeful 76 idea 59 implication 62 insistence 69 notion 71 optimistic 61 perception 67 phrase 78 plan 65
  plea 76 proposal 56 remark 68 report 80 revelation 53 rumor 71 sense 54 speculation 74 statement 69 suggestion 84
  understanding 66 view 60 warning 83 worried 83 worry 73
clause: clear 66
wh: debate 59 idea 76 point 45 sure 43 surprised 73 uncertain 69
to-do: agreement 58 answer 61 call 54 careful 54 claim 62 commitment 59 decision 55 desire 60 determined 52 eager 59
  evidence 49 happy 47 hope 60 inclination 70 intention 64 need 45 offer 48 opposition 67 plan 56 pledge 58 promise 66
  proposal 62 proud 59 refusal 45 reluctance 66 reluctant 44 request 66 surprised 66 unwillingness 56 vow 63
  willing 52 wrong 70
about: angry 60 answer 62 argument 56 attitude 54 comment 44 concern 52 concerned 54 criticism 72 doubt 65 fear 56
  hopeful 70 joke 67 nervous 72 note 55 point 47 question 49 report 58 response 54 statement 45 story 52 warning 53
  word 57 worried 77
on: advice 44 consensus 62 opinion 57 testimony 42 thought 71
for: apology 56 call 62 criticism 50 hope 49 idea 48 need 53 praise 62 proposal 57 regret 57 responsible 48
  sympathy 54
to: call 42 determination 53 guilty 49 open 50 plan 61
against: protest 48
of: allegation 43 assertion 60 call 53 claim 42 critical 64 criticism 46 defense 49 description 56 determination 57
  disclosure 67 estimate 47 hope 48 intention 46 mention 50 opinion 51 perception 54 promise 52 proud 47 question 43
  skeptical 68 supportive 64 understanding 59 wary 64 willingness 48
with: concerned 50 disagreement 59 message 42 pleased 43 satisfied 45 unhappy 62
as: plan 49
in: claim 44 confident 58 guilty 50 request 47
)";

}  // namespace copydesk::quotes
