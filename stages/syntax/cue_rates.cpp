// SPDX-License-Identifier: Apache-2.0
// Printed by tools/quotes/count_cues.py.
#include "stages/syntax/cue_verbs.h"

namespace copydesk::syntax {

const std::string_view kVerbRates = R"(
that: abandon 59 accept 82 accuse 62 achieve 64 acknowledge 90 act 65 add 88 address 69 admit 83 adopt 57 advise 59
  advocate 80 affirm 67 agree 81 aim 56 allege 82 allow 77 announce 95 answer 63 anticipate 70 apologize 58 appear 69
  applaud 77 appoint 72 appreciate 72 approve 70 argue 90 ask 73 assert 89 assume 72 assure 65 attack 75 attempt 62
  attribute 74 back 64 ban 57 bar 74 begin 60 believe 79 blame 83 blast 78 block 74 boast 80 boo 78 boycott 75
  build 63 buy 52 calculate 84 call 75 campaign 54 capitalize 55 carry 54 cast 66 caution 85 challenge 66
  characterize 75 charge 76 cheer 59 choose 61 cite 70 claim 85 clarify 79 close 52 collect 64 comment 88 commit 62
  compare 55 complain 79 concede 92 concern 60 conclude 87 condemn 75 conduct 50 confirm 82 confront 61
  congratulate 78 consider 80 contain 53 contemplate 72 contend 84 continue 75 contradict 77 contrast 70 control 53
  convince 59 cost 55 count 68 counter 78 cover 63 crack 67 create 61 credit 78 criticize 80 curb 71 cut 57 debate 73
  decide 64 declare 84 decline 80 deem 80 defend 76 define 55 deliver 66 demand 65 demonstrate 73 denounce 83 deny 71
  deport 64 describe 63 deserve 73 design 61 detail 75 determine 68 direct 61 disagree 79 disclose 85 discover 66
  discuss 82 dismiss 81 display 71 dispute 80 distance 73 distribute 58 double 73 doubt 82 draft 68 draw 57 drive 63
  drop 52 ease 74 echo 76 elect 57 email 78 embrace 65 emphasize 93 encourage 67 end 57 endorse 81 engage 56 enjoy 63
  establish 74 estimate 85 expand 68 expect 83 explain 93 expose 70 express 87 face 52 fail 57 favor 54 fear 88
  feature 61 feel 68 fight 53 figure 63 file 59 fill 63 find 84 fire 73 focus 75 force 53 forecast 75 forget 62
  frame 65 fund 54 generate 55 give 58 grant 65 guarantee 55 guess 69 hack 69 hail 77 handle 51 happen 62 hear 67
  highlight 75 hire 62 hit 68 hope 85 identify 76 ignore 60 imagine 78 imply 79 impose 68 increase 60 indicate 88
  inform 64 insist 89 instruct 68 insult 75 intend 81 interview 52 introduce 79 invite 52 invoke 68 involve 53
  issue 71 join 54 joke 88 keep 55 knock 67 know 74 label 77 lack 63 lament 82 launch 60 learn 66 leave 62 legalize 66
  lift 59 like 69 link 56 list 63 look 55 love 75 maintain 67 make 64 meet 53 mention 80 mock 79 monitor 67 mount 66
  move 57 name 72 need 55 nominate 69 note 97 notice 78 obtain 54 offer 71 open 60 oppose 82 order 88 outline 75
  overturn 74 own 53 paint 70 pass 50 persuade 56 pick 63 place 61 plan 80 play 56 plead 78 pledge 88 point 90
  portray 69 pose 65 posit 75 position 70 post 67 praise 81 predict 88 prefer 80 present 72 press 72 pressure 65
  prevent 59 produce 54 prohibit 74 project 67 promise 82 promote 68 propose 65 protect 64 protest 72 provide 54
  publish 75 pull 54 pursue 67 push 75 put 55 question 78 quote 67 raise 58 rally 56 reach 58 read 67 reaffirm 81
  realize 85 reassure 70 rebut 83 recall 91 recite 74 recognize 82 recommend 56 reduce 53 refer 91 reference 73
  reflect 61 refuse 78 regard 67 regret 74 reinstate 69 reiterate 86 reject 83 release 69 rely 66 remain 51 remark 82
  remember 59 remind 75 renew 68 repeat 70 reply 63 report 89 represent 57 request 79 require 74 resist 71 respond 82
  restrict 71 result 61 return 51 reveal 82 reverse 63 review 62 roll 69 rule 82 save 59 say 93 seek 73 seize 70
  sell 57 send 64 share 76 shift 62 shoot 63 shout 74 show 82 sign 71 signal 84 sit 60 slam 79 sound 72 speak 51
  speculate 68 spread 61 stand 52 state 82 stay 58 stop 58 stress 79 strike 54 struggle 60 suggest 86 support 72
  surprise 68 suspect 86 suspend 69 take 52 talk 72 tap 51 target 65 tell 73 tend 50 testify 67 thank 78 think 75
  threaten 71 throw 61 tout 78 trade 71 trail 57 treat 65 try 57 tweet 81 undermine 55 underscore 64 understand 64
  unveil 66 urge 80 view 69 violate 66 visit 53 voice 77 vote 59 vow 88 want 57 warn 93 wear 50 weigh 67 welcome 82
  withdraw 64 withhold 68 witness 78 wonder 74 worry 77 write 92
clause: accept 71 accuse 73 acknowledge 80 add 60 address 63 advocate 72 affirm 56 agree 71 allege 67 allow 79
  announce 78 applaud 69 appoint 63 argue 85 ask 75 assert 53 beg 61 believe 75 blast 65 block 75 boast 53 boo 63
  boycott 67 characterize 66 cite 79 claim 68 collect 69 comment 66 complain 68 concede 69 conclude 81 condemn 59
  confirm 75 congratulate 63 contend 51 contradict 61 counter 56 credit 70 criticize 80 declare 56 decline 70 deem 65
  defend 58 demand 62 denounce 59 deny 52 describe 78 detail 76 disagree 65 disclose 68 discover 63 discuss 71
  dismiss 57 doubt 67 draw 64 drop 66 echo 77 email 64 embrace 60 emphasize 68 estimate 68 expand 72 expect 67
  explain 61 express 66 fear 67 go 63 grow 64 hail 69 highlight 73 hope 76 imply 77 impose 66 indicate 73 insist 71
  intend 68 joke 54 label 62 leak 61 like 60 list 64 love 72 mention 65 mock 72 mount 63 note 84 order 76 outline 72
  overturn 66 persuade 67 plan 63 plead 63 point 67 position 61 praise 81 predict 78 probe 63 promise 73 propose 85
  prove 62 publish 74 push 63 question 65 quote 64 realize 62 rebut 70 recall 63 recognize 69 refuse 63 reiterate 54
  reject 60 remark 62 repeat 52 report 77 request 60 respond 66 reveal 68 roll 66 rule 65 say 88 shout 57 show 74
  signal 60 slam 71 speculate 65 state 70 stay 60 stress 53 suggest 86 suspect 62 tell 74 think 68 tick 62 tout 71
  tweet 70 understand 61 urge 81 voice 69 vow 68 want 61 warn 76 withdraw 60 witness 63 worry 73 write 80
wh: acknowledge 54 address 67 ask 77 believe 61 boo 60 break 52 call 61 change 47 cheer 69 complain 52 consider 55
  debate 70 decide 56 define 54 deliver 49 demonstrate 45 describe 84 detail 72 determine 51 discuss 75 display 68
  embrace 48 end 43 explain 77 govern 46 guess 47 happen 43 hear 44 highlight 56 imagine 51 know 59 lament 55 make 43
  mean 46 meet 43 note 71 outline 63 point 56 question 87 recall 82 remember 71 reveal 65 say 71 show 56 talk 50
  tell 46 understand 64 want 53 win 49 wonder 79 write 49
told: advise 58 ask 95 assure 87 challenge 53 convince 74 inform 77 persuade 72 press 91 promise 92 reassure 93
  remind 95 show 60 tell 87 warn 91 write 75
object: abolish 49 acknowledge 59 admire 50 admit 43 affirm 40 announce 49 applaud 69 attack 47 attribute 55 blame 84
  blast 63 bomb 44 boycott 43 brush 42 care 44 charge 45 cheer 42 cite 81 claim 38 compare 57 compensate 47 compile 42
  confirm 46 congratulate 53 contemplate 44 contradict 55 counter 38 credit 62 criticize 67 declare 43 deem 43
  defend 50 denounce 65 deny 42 describe 60 detail 43 devote 45 discuss 55 dismiss 66 dispute 53 disregard 48
  distance 52 downplay 43 ease 45 email 42 emphasize 49 empower 47 endorse 52 express 70 fear 52 foresee 55 hail 53
  highlight 45 identify 51 imagine 44 insult 51 issue 42 label 42 lament 58 learn 53 list 61 mention 63 mock 60
  note 52 oppose 58 order 47 outline 56 persuade 45 praise 75 predict 61 prefer 49 prohibit 53 promise 42 propose 63
  question 65 reaffirm 43 reassure 50 rebut 64 recall 54 recite 50 recognize 53 refer 46 reference 43 refute 48
  reinstate 48 reiterate 41 reject 69 remind 51 repeat 39 replay 48 report 41 resist 50 reveal 51 rule 43 satirize 48
  shelve 48 show 56 slam 81 slash 43 stress 39 suggest 39 thank 53 tout 66 triple 44 underestimate 43 urge 57 veto 54
  voice 44 vow 61 warn 58 welcome 62 withhold 42 witness 54
called: ask 40 believe 59 call 80 cite 70 confront 49 consider 69 declare 49 deem 74 deny 45 describe 47 email 42
  fear 59 find 45 hold 45 ignore 43 label 53 note 51 offer 53 oppose 63 praise 57 prefer 60 say 50 suggest 50
  support 50 thank 47 tout 47 understand 54 witness 61
obj-as: accept 54 acknowledge 54 attack 44 cast 51 characterize 66 choose 57 cite 92 condemn 56 criticize 57 defend 85
  denounce 83 describe 85 dismiss 80 distinguish 50 draft 65 eliminate 44 embrace 43 frame 61 highlight 55 hire 45
  identify 67 increase 43 inflate 62 introduce 50 list 82 mark 49 market 48 mention 79 name 65 offer 68 paint 62
  pass 45 pick 48 pitch 63 pledge 56 portray 63 position 70 praise 87 present 52 promote 43 quote 60 rank 46 read 65
  reference 69 release 58 remember 66 say 47 see 71 sell 49 sign 68 slam 58 support 56 tout 57 treat 56 view 68
  visit 54
obj-of: accept 49 accuse 82 acknowledge 56 advocate 51 announce 77 answer 53 applaud 47 appoint 48 ask 44 assure 43
  attack 50 back 45 begin 43 blame 80 block 62 call 70 cast 45 challenge 59 cite 76 claim 49 condemn 57 confirm 43
  consider 57 contradict 53 criticize 70 curb 61 debate 49 deem 71 defend 48 deliver 54 demand 45 denounce 60
  describe 58 detail 62 disclose 68 discuss 58 display 66 downplay 47 drop 49 echo 46 eliminate 47 embrace 45
  emphasize 68 encourage 44 endanger 46 endorse 51 enjoy 48 expect 60 explain 49 exploit 53 expose 54 fan 43 fear 65
  feel 63 highlight 50 identify 51 ignore 70 impact 49 know 44 lament 64 list 69 mention 62 mock 75 monitor 44
  mourn 44 name 64 note 71 offer 51 oppose 53 order 60 overturn 57 persuade 66 place 43 plan 68 point 58 post 57
  praise 77 present 56 process 45 prohibit 44 propose 74 push 62 question 70 reaffirm 48 recognize 53 reflect 47
  regard 44 reinforce 51 reject 53 release 69 remain 45 remember 61 remind 58 report 74 repudiate 67 request 45
  restrict 47 reveal 49 roll 52 say 74 see 45 seek 58 send 50 share 58 show 47 spur 44 stress 47 suggest 56 support 77
  suspect 62 tick 44 tout 74 tweet 77 underscore 59 unveil 54 urge 66 violate 43 want 65
obj-for: accept 58 add 40 affirm 73 announce 80 applaud 61 attack 79 back 56 blame 74 blast 65 bring 56 call 79
  cast 46 cite 45 claim 51 condemn 68 congratulate 82 consider 49 continue 51 credit 75 criticize 84 declare 62
  defend 70 denounce 56 deserve 51 discuss 66 draft 61 draw 47 eliminate 56 endorse 63 establish 46 explain 67
  express 82 file 62 hammer 43 hire 55 hit 63 ignore 51 issue 49 leave 43 mock 77 nominate 67 offer 66 oppose 71
  praise 77 predict 52 press 43 propose 72 record 44 reiterate 66 reject 48 renew 53 restrict 49 return 51 seek 51
  share 61 show 60 signal 53 slam 84 stress 64 sue 42 support 59 thank 88 voice 79 want 71
them-to: acknowledge 56 advise 52 agree 58 allow 45 announce 87 ask 71 attack 41 block 71 call 56 cast 57 challenge 63
  choose 46 cite 79 claim 56 come 61 compel 45 condemn 77 consider 78 defend 83 demand 52 demonstrate 47 descend 49
  develop 50 direct 51 discuss 76 dismiss 59 earn 52 encourage 66 endorse 76 expand 51 expect 74 explain 72 express 82
  fail 44 feel 52 file 45 fill 48 follow 47 get 45 go 64 grow 42 highlight 73 hire 48 hope 73 impose 46 include 54
  instruct 63 introduce 68 keep 50 lack 61 meet 56 mount 44 nominate 52 offer 65 oppose 79 order 88 outline 59 owe 45
  own 54 pass 47 pay 50 persuade 49 pledge 64 praise 82 prefer 78 prepare 47 press 72 pressure 50 profess 51
  promise 77 provide 43 push 66 put 46 question 66 rally 43 recall 59 reject 83 represent 51 request 43 require 49
  reserve 45 resist 70 say 68 see 67 seek 48 send 46 show 69 sign 70 suggest 55 support 67 tell 40 tout 77 urge 75
  vote 56 vow 80 wage 55 want 65 warn 77 watch 43 welcome 75
to-do: act 54 agree 69 aim 54 appear 44 ask 40 call 62 claim 77 decide 53 decline 77 demand 42 expect 55 fit 46
  forget 53 hope 52 intend 64 know 49 like 46 look 57 love 67 mean 43 plan 60 pledge 75 position 57 prefer 62
  promise 73 propose 43 push 53 qualify 44 refuse 70 seek 53 show 52 sign 65 speak 62 stand 54 strive 43 threaten 58
  volunteer 44 vote 59 vow 85 want 48
doing: advocate 50 bring 53 challenge 59 contemplate 61 continue 39 describe 60 endorse 72 favor 45 love 50 mention 53
  offer 46 oppose 81 propose 77 recall 71 regret 63 remember 51 report 68 resist 47 rule 61 see 45 suggest 43
  support 56 tell 40
about: accept 62 are 44 ask 51 boast 63 complain 78 feel 57 fight 64 joke 82 learn 48 lie 49 open 75 raise 51 say 40
  speak 80 speculate 59 talk 71 think 66 worry 57 write 58
on: agree 60 call 85 comment 70 disagree 49 double 49 expand 44 focus 43 push 54 reflect 52 remark 50 sound 50 talk 57
  touch 44
for: advocate 46 argue 41 ask 56 call 79 hope 44 push 64
to: decline 50 plan 52 pledge 59 point 58 promise 78 propose 41 refer 66 respond 46 seem 48 vow 74
against: argue 64 caution 45 come 44 push 55 rule 48 warn 70
of: boast 61 complain 53 speak 63 talk 64 think 52 warn 55
with: agree 40 disagree 48
as: characterize 49 describe 63 label 51 perceive 45
in: agree 43
passive-to: ask 54 believe 52 expect 78 intend 59 know 64 need 57 permit 45 persuade 49 project 42 require 62 say 75
  show 68 tell 61 tempt 43 think 44 want 44
passive-that: ask 82 convince 79 know 73 note 45 press 71 question 71 raise 50 report 78 say 82 surprise 64 tell 65
  warn 79 write 40
passive-by: claim 48 criticize 39 echo 49 reject 44 report 65 share 47
passive: argue 42 boo 50 mention 41 request 40 support 42
quote: accuse 66 acknowledge 60 act 44 add 64 address 55 admit 64 adopt 42 advise 45 affirm 68 agree 63 allege 56
  allow 51 announce 63 answer 55 apologize 57 apply 42 appoint 58 approach 24 argue 59 ask 58 assert 57 assure 51
  attack 62 bark 48 bash 53 become 34 begin 24 believe 48 blame 67 blast 73 boast 57 break 35 bring 54 call 52
  caution 64 celebrate 44 chant 54 charge 52 chide 48 circle 47 cite 69 claim 60 clarify 51 come 35 comment 70
  complain 57 concede 58 conclude 58 condemn 70 confess 56 confirm 61 contend 55 continue 49 counter 60 criticize 68
  cry 44 decide 56 declare 56 dedicate 48 defend 63 deliver 52 demand 55 demur 48 denounce 67 deny 57 deride 61
  describe 67 direct 46 disagree 68 disclose 64 dismiss 64 draw 42 dream 48 dub 60 echo 71 educate 39 elaborate 45
  emphasize 64 encourage 53 end 54 enter 29 estimate 57 examine 48 exclaim 46 exhibit 40 explain 68 fear 61 feed 48
  feel 53 file 45 fume 48 give 54 gloat 48 go 20 grow 41 hail 65 hang 42 happen 39 hear 36 heckle 48 help 44 hit 56
  imply 65 include 48 increase 45 insist 58 inspire 25 insult 69 interject 48 issue 58 joke 57 keep 32 kill 32 know 53
  lament 60 laugh 49 launch 46 lead 34 learn 50 list 72 live 31 look 60 maintain 42 make 20 mean 34 mention 67 mock 68
  note 61 object 53 observe 47 offer 47 opine 48 oppose 44 opt 43 owe 45 pass 42 pay 18 play 41 pledge 51 point 62
  poll 48 post 53 postpone 47 praise 76 predict 62 proclaim 59 produce 39 promise 66 propose 67 protest 51 publish 55
  put 32 question 67 quip 47 quit 46 quote 53 range 51 react 46 read 62 recall 64 recommend 46 recount 49 refer 71
  reference 60 reiterate 59 reject 67 remark 47 remember 55 repeat 57 reply 53 report 48 represent 42 reprise 50
  request 55 resist 58 respond 61 retire 37 retort 48 return 37 reveal 59 ridicule 43 rip 54 run 45 say 77 scream 47
  see 59 send 40 serve 14 share 57 shoot 41 shout 76 show 42 sing 40 slam 68 spend 40 stand 50 start 33 state 56
  stop 35 strengthen 40 stress 57 suggest 59 surmise 48 surprise 53 take 37 talk 54 tell 58 testify 52 thank 66
  think 66 tout 67 tweet 59 understand 52 urge 50 use 44 vow 71 want 54 warn 62 welcome 72 whisper 48 win 26 wonder 62
  work 38 write 52 yell 66
seem: appear 59 seem 55
)";

const std::string_view kNominalRates = R"(
that: accusation 80 adamant 63 admission 68 advice 75 agreement 54 allegation 51 argument 58 assertion 73
  assumption 65 assurance 72 aware 80 belief 72 call 78 claim 62 clear 52 comment 72 complaint 76 concern 80
  concerned 83 confidence 64 confident 69 contention 78 convinced 84 criticism 86 debate 63 decision 54 doubt 63
  evidence 65 faith 79 fear 79 hope 72 hopeful 76 idea 59 implication 62 insistence 69 notion 71 optimistic 61
  perception 67 phrase 78 plan 65 plea 76 proposal 56 remark 68 report 81 revelation 54 rumor 71 sense 54
  speculation 75 statement 69 suggestion 84 sure 50 understanding 66 view 60 warning 84 worried 83 worry 73
clause: clear 66
wh: debate 59 idea 76 point 45 sure 43 surprised 73 uncertain 69
to-do: agreement 58 answer 61 call 54 careful 53 claim 62 commitment 60 decision 55 desire 60 determined 52 eager 59
  evidence 49 happy 47 hope 60 inclination 70 intention 64 need 45 offer 48 opposition 67 plan 56 pledge 58 promise 66
  proposal 65 proud 59 refusal 45 reluctance 66 reluctant 44 request 66 surprised 66 unwillingness 56 vow 63
  willing 53 wrong 70
about: angry 60 answer 62 argument 56 attitude 54 comment 48 concern 52 concerned 54 doubt 65 fear 57 hopeful 70
  joke 67 nervous 73 note 55 point 47 question 49 report 58 response 52 statement 45 story 52 talk 42 warning 57
  word 67 worried 77
on: advice 44 consensus 62 criticism 47 opinion 56 testimony 43 thought 71
for: apology 56 call 63 criticism 50 hope 49 idea 48 need 53 praise 62 proposal 57 regret 57 responsible 48
  sympathy 54
to: call 43 determination 54 guilty 50 open 50 plan 61
against: protest 48
of: allegation 44 assertion 60 call 54 claim 42 concern 45 critical 64 criticism 48 defense 49 description 59
  determination 57 disclosure 67 estimate 47 hope 48 intention 46 mention 50 opinion 51 perception 54 promise 52
  proud 47 question 43 report 46 skeptical 56 supportive 64 understanding 59 wary 64 willingness 48
with: concerned 50 disagreement 59 pleased 42 satisfied 44 unhappy 62
as: plan 49
in: claim 44 confident 58 guilty 50 request 47
)";

}  // namespace copydesk::syntax
