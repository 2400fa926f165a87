
/*
 * Copyright (C) The RFL authors
 *
 * rfl_rule_table.h: the rules of rfl_name_rule.c, which alone includes it.
 * What they say is common knowledge of the orthographies concerned.
 *
 * A rule is "from:to", a space between two.  "^" before it: at the start of
 * the word; "$" after it: at the end; "[abc]": beside one of these letters,
 * which it does not take; "[^abc$]": beside no such letter, nor the end; "-":
 * at the end of a longer word.  Where several fit, the first counts, so the
 * longest come first.
 *
 * In "from" letters stand for themselves with any mark, but for capitals: a
 * is A with a tail and N with a tilde, c is C with a cedilla, e is E with a
 * tail, o is O with two dots, r is R with a hacek.
 */


typedef struct {
    rfl_rules_e  table;
    uint32_t     what;
    const char  *rules;
} rfl_rule_list_t;


static const rfl_rule_list_t  rfl_rule_lists[] = {

    /*
     * What letters are heard as, whatever language wrote them: phones.  An h
     * at the start is of Burmese ht, hl and hp and of Chinese hs; a y beside
     * a vowel is half a vowel; the j of Tatjana, Worobjow and Gjorgji is no
     * English one.
     */

    { RFL_RULES_LATIN, RFL_RULE_ABROAD, "[eiou]x[^h]:ks" },

    { RFL_RULES_LATIN, RFL_RULE_ALL,
      "^alj[aei]:alj aa:a ae:e ah$:a aw:aw ay:ay ai:ay au:aw a:a "
      "^benh[aou]:benh bh:b b:b "
      "chtch:SC chh:C ch:Q cz:C ck:k cv:cv cch[ao]:cx cc[eiy]:C cc:k "
      "c[eiy]:c c:k "
      "dsch:J ^dsh[aeiou]:J dzh:J dZ:J dj:J dh:D dg[eiy]:J dgs:Js dgw:Jw dt:t "
      "d:d "
      "eau:o ee:i eh$:e ey:ey ei:ey e:e "
      "f:f gh:G gu[eiy]:g g:g "
      "^hs[iu]:S ^h[^aeiouyw'h$]: h:h "
      "ight:ayt ie:ie ii:i iy:i i:i "
      "jh:J [tbvwmpskgl]j[aeiou]:y j:j kh:x k:k lija$:liya l:l m:m "
      "ng[^aeiouyhr]:N nija$:niya n:n "
      "oo:u ou:u ow:ow oh$:o o:o "
      "ph:P p:p qu:k q:q rh:r rija$:riya r:r "
      "schtsch:SC shch:SC stsch:SC sch:S sh:S sz:S s:s "
      "tsch:C tsj:C tch:C tsz:c th:T ts:c tz:c t:t "
      "uu:u uh$:u u:u v:v w:w xh:J x:X [aeiou]y:y y[aeiou]:y y:i "
      "zh:Z zj:Z z:z 2:' 3:' 5:x 6:t 7:h 8:G 9:q ':'" },

    /* spellings that are read in another way as well, one by one: letters */

    { RFL_RULES_SECOND, RFL_RULE_EACH,
      "^xe:kse "                   /* Xenia */
      "No$:an CNo$:san "           /* Portuguese */
      "rz:ž E:en A:on "            /* Polish */
      "^jiR:irž R:rž "             /* Czech */
      "^gO:yo ^kn:n ugh$:u "
      "ngh:ng'h ngy:ng'y "         /* Kyung-hee, Fang-yao */
      "^mg$:maung "                /* as Burma abbreviates it */
      "ax[eiw]:aks [mf]ax$:aks axt[eo]:akst "      /* Saxe, Max, Paxton */
      "Ca:sa Co:so "               /* French c with a cedilla */
      "ic$:ić "                    /* Petrovic, without the mark */
      "9:s "                       /* q in Cairo, s in Beirut: 9abri */
      "^nge:ŋe gj:ǰ "              /* Nget of Cambodia, Gjergj of Albania */
      "^thi[aeiou]:ch "            /* French in Senegal: Thiam is Cham */
      "^dia:ja ^dio:jo "           /* and Diop Joop */
      "^ndia:nja ^ndio:njo" },

    /*
     * Courtesies that a family writes or leaves out: Jayaben and Ramanbhai of
     * Gujarat, Tarabai of Maharashtra, Nodirjon and Dilbarxon of Uzbekistan.
     * Ruben, Nixon and Gjon have none.  Tajikistan writes Nazarzoda for
     * Nazarov.  The ts that Polish writes c and German z: Cukier and Zucker.
     */

    { RFL_RULES_POLITE, RFL_RULE_ALL,
      "[bcdfghjklmnprstvwxyz]aben$:a [bcdfghjklmnprstvwxyz]iben$:i -bhai$: "
      "[dhjklmnprstvy]abai$:a [dhjklmnprstvy]ibai$:i "
      "[bdfhklmnqrstvxz]jon$: [bdfhklmnqrstvxz]xon$: "
      "[bdfhklmnqrstvxz]khon$: -zoda$:ov "
      "^cuk:tsuk cw:tsw ^zuck:tsuk ^zw:tsw [lnr]zw:tsw" },

    /*
     * As the language pronounces it that the whole name looks like.  A clerk
     * who writes Cyrillic, Arabic or Hebrew writes what is heard: of Jacques
     * Dupont neither the s nor the t, of Lajos a sh.  A j with a hacek is the
     * sound of John, a t with a cedilla is ts.
     */

    { RFL_RULES_HEARD, RFL_PART_FRENCH,
      "cques$:k ques$:k que$:k eaux$:o eault$:o eau:o ault$:o aud$:o aut$:o "
      "aux$:o aume$:om au:o oix$:ua ois$:ua oit$:ua oy$:ua oi:ua oux$:u "
      "aint:ent ain$:en eux$:e ot$:o et$:e ert$:er ard$:ar ort$:or ont$:on "
      "ond$:on ent$:an ant$:an and$:an anc$:an amp$:an ier$:ie er$:e bv:v "
      "uill:iy gn:ny geo:žo ges$:ž es$: is$:i as$:a ^h: ch:š" },

    { RFL_RULES_HEARD, RFL_PART_HUNGARIAN,
      "zs:ž sz:s cs:č gy:dy ly:y s:š j:y c:ţ" },

    /* what Latvia and Lithuania add to every man's name */

    { RFL_RULES_HEARD, RFL_PART_BALTIC, "as$: us$: s$: c:ţ j:y" },

    /* without its marks */

    { RFL_RULES_HEARD, RFL_PART_BELARUS,
      "shch:shch ^yau:yev ^ya:e ch:ch sh:sh zh:zh kh:kh ts[ie]:t dz[ie]:d "
      "ts$:t h:g ouski$:ovski auski$:ovski euski$:evski ouskaya$:ovskaya "
      "auskaya$:ovskaya euskaya$:evskaya ou$:ov au$:ov eu$:ev" },

    { RFL_RULES_HEARD, RFL_PART_SERBIAN,
      "dz:ǰ dj:ǰ ^do:ǰo ^du:ǰu rd:rǰ cv:ţv ch:ch c:č z:ž" },

    /* Germans and Poles: a German sch may be zh, and an s before a vowel z */

    { RFL_RULES_HEARD, RFL_RULE_VOICED,
      "schtsch:schtsch scht:scht tsch:tsch sch:ž ^s[aeiou]:z" },

    { RFL_RULES_HEARD, RFL_PART_SLAVIC, "j:y w:v" },

    /* as Indonesia spells since 1972; its c is read as any other is */

    { RFL_RULES_HEARD, RFL_PART_MALAY,
      "tj:c dj:j nj:ny sj:sy oe:u ch:kh j:y" },

    /* Tuzi is Tsuji: what the rest of the world spells otherwise */

    { RFL_RULES_HEARD, RFL_PART_KUNREI,
      "si:shi sy:sh ti:chi ty:ch tu:tsu zi:ji zy:j hu:fu" },

    /* c is j in Turkish and Kurdish; in Somali it is ayn, and x is h */

    { RFL_RULES_HEARD, RFL_PART_TURKISH, "ch:ch ck:ck c:j" },
    { RFL_RULES_HEARD, RFL_PART_KURDISH, "ch:ch c:j e:a j:ž xw:kh x:kh" },
    { RFL_RULES_HEARD, RFL_PART_SOMALI, "ch:ch ck:ck ^c: c:' x:h" },

    /* x and q of Oromo are t and k, spoken harder */

    { RFL_RULES_HEARD, RFL_PART_OROMO, "x:t q:k" },

    /*
     * Hmong as it is spelled elsewhere: a consonant at the end is a tone, two
     * vowels alike end in ng.  Of the families some are written as the Green
     * Hmong say them.
     */

    { RFL_RULES_HEARD, RFL_RULE_GREEN, "^tsab$:čang ^lauj$:lo au:o" },

    { RFL_RULES_HEARD, RFL_PART_HMONG,
      "^yaj$:yang ^vaj$:vang ^faj$:fang ^ham$:hang ^khab$:khang ^lauj$:lor "
      "^ntsh:č ^ntxh:s ^nts:j ^ntx:y ^nkh:kh ^nk:g ^nqh:kh ^nq:g ^nplh:pl "
      "^npl:bl ^nph:ph ^np:b ^nth:th ^nt:d ^nch:č ^nc:j ^tsh:č ^ts:č "
      "^txh:s ^tx:č ^xy:xi ^x:s ^sh:sh ^s:sh ^ch:č ^c:č ^qh:kh ^q:k ^hm:m "
      "^hn:n ^hl:l ^dl:d "
      "[aeiouw]b$: [aeiouw]j$: [aeiouw]v$: [aeiouw]s$: [aeiouw]g$: "
      "[aeiouw]m$: [aeiouw]d$: "
      "aa:ang au:ao aw:er ai:ai ee:eng ia:ia i:ee oo:ong o:ao ua:oua u:ou "
      "w:ue" },

    /*
     * Haitian as French is written: no letter is silent, an r before o and u
     * is a w, and one at the end of a syllable is not heard.  E and O have a
     * grave.
     */

    { RFL_RULES_HEARD, RFL_RULE_CODA,
      "je:ge jE:ge ji:gi Er:er E[bcdfgjklmnpstvz]:er E$:er Or:or "
      "O[bcdfgjklmpstvz]:or O$:or" },
    { RFL_RULES_HEARD, RFL_PART_HAITIAN,
      "^jan[bcfjklmp]:jean ^sen[bcfgjklmprv]:saint batis$:baptist lwi$:louis "
      "pyE:pier pye:pier wo:ro wO:ro E:e O:o" },

    /*
     * French as East Asia hears it, who writes Dupont with a vowel of the
     * nose and no t: phones.
     */

    { RFL_RULES_FRENCH, RFL_FRENCH_ER, "[hgly]er$:e" },

    { RFL_RULES_FRENCH, RFL_RULE_ALL,
      "ain[^aeiouyhn]:aN aim[^aeiouyhnm]:aN ein[^aeiouyhn]:aN "
      "eim[^aeiouyhnm]:aN ien[^aeiouyhn]:iaN iem[^aeiouyhnm]:iaN "
      "an[^aeiouyhn]:aN am[^aeiouyhnm]:aN en[^aeiouyhn]:aN "
      "em[^aeiouyhnm]:aN in[^aeiouyhn]:aN im[^aeiouyhnm]:aN "
      "un[^aeiouyhn]:aN um[^aeiouyhnm]:aN yn[^aeiouyhn]:aN "
      "ym[^aeiouyhnm]:aN on[^aeiouyhn]:oN om[^aeiouyhnm]:oN "
      "que$:ke [^aeiou$]es$: [^i$]e$: ier$:ie ez$:e ault$:o "
      "[aeiounrlts]ts$: [aeiounrlts]t$: [aeiounrlts]d$: [aeiounrlts]s$: "
      "[aeiounrlts]x$: [aeiounrlts]p$: "
      "eau:o au:o oeu:@ eu:@ ou:u oi:wa oy:way ai:e ay:e ei:e ey:e ebv:ev "
      "aill:ay eill:ey uill:wiy ill:iy ch:S C:s cc[eiy]:ks c[eiy]:s c:k "
      "gn:ny gea:Za geo:Zo gu[eiy]:g g[eiy]:Z j:Z ph:f qu:k q:k th:t h: "
      "x:ks y:i" },

    /* the same of Haitian, so that what France leaves silent is no loss */

    { RFL_RULES_HAITIAN, RFL_RULE_ALL,
      "an[^aeiouynEO]:aN en[^aeiouynEO]:aN on[^aeiouynEO]:oN "
      "a$:a% i$:i% E$:e% O$:o% E:e O:o oi:wa ou:u "
      "ch:S C:s c:k gn:ny j:Z wou:ru wo:ro wO:ro h:" },

    /*
     * Endings that few names but French ones have.  A part of them is silent,
     * or it is the vowels before it that tell.  Boucher and Boulanger are
     * French, but neither Berger nor Fischer.
     */

    { RFL_RULES_FRENCH_SIGN, RFL_FRENCH_SURE,
      "-eau -ault -aut -aud -aux -oux -ois -oix -oit -oy -ont -ond -and -ard "
      "-art -ert -ot -et -at -ier -iers -ieu -eux -eul -ques -que -gnes -gny "
      "-lles -ille -ette -ain -ent -ence -ins -ons -ens -mas -das -ouis -nis "
      "-ges -ves -ches -che -gues -elle -eur -euve -ne -erin -elin -oulin "
      "-evre -bvre -ez C" },

    { RFL_RULES_FRENCH_SIGN, RFL_FRENCH_ROUND, "ou oi aill eill" },
    { RFL_RULES_FRENCH_SIGN, RFL_FRENCH_ER, "[hgly]er$" },

    /*
     * What one language spells so.  Slavic: endings that only German and
     * Polish write.
     */

    { RFL_RULES_LOOK, RFL_PART_SLAVIC,
      "-jow -jew -owa -ewa -owna -ewna -owski -ewski -owskij -ewskij -owska "
      "-ewska -owskaja -ewskaja -owitsch -ewitsch -owicz -ewicz -schenko "
      "-tschuk -schnikow -tnikow -medow -radow -chanow" },

    { RFL_RULES_LOOK, RFL_PART_SERBIAN,
      "-vic -cic -sic -nic -zic -lic -ric -tic -kic -pic -mic -bic -dic "
      "-gic -jic -hic -fic ^dzem[ai] ^dzen[ae] ^dzev ^dzaf ^dzan ^dzam ^dzej" },

    /* Belarus writes what it hears, and Russia beside it as Russia does */

    { RFL_RULES_LOOK, RFL_PART_BELARUS,
      "-ouski -auski -euski -ouskaya -auskaya -euskaya ^siarh ^dzmi ^yauh "
      "^uladz ^mikal ^volha ^katsi ^tatsi ^aliaks ^alyaks ^viach ^zmits "
      "^ryhor ^aleh$ ^ihar$ ^sviatl ^natall ^valiants ^vasil$ ^hanna$ "
      "^mikita$ ^palina$ ^maksim$ ^henadz ^siamion ^tsim -hei -kou" },

    { RFL_RULES_LOOK, RFL_PART_BALTIC,
      "-ovs -evs -ijs -ejs -skis -ckis -ovas -evas -skas -ckas -ijus -ejus "
      "-enas -onis -aitis" },

    { RFL_RULES_LOOK, RFL_PART_FRENCH,
      "eau uill cque bvre gnan ieux -ault -aud -oit -ois -oix -ques -ette "
      "-elle -iere -ouis -aume -ierre -ierry -oine -oux -eux -pont -mont "
      "-aurent -ienne -eddine ^saint" },

    /* Tjahjo, Tjoet, Koentjoro, Soedjono: not Tjaden, Tjeerd, Boer */

    { RFL_RULES_LOOK, RFL_PART_MALAY,
      "^tja[hknr] ^tjo[eka] ^tji ^tju oetj oedj entj antj soe[dkmbhrtw] djoj "
      "adj[aeio] sja[hfmr]" },

    /* Kurdish without its hats; Turkish without its marks */

    { RFL_RULES_LOOK, RFL_PART_KURDISH,
      "^xw rxw exw ^mihem ^ehmed ^mistef exil exr exn exm exz exti ^xel ^xez "
      "^xid ^xeb ^xem ^xec ^xoc ^xosn ^xox ^xali[dlq] ^ciwa ^ciger ^cegerx "
      "^dijw ^welat ^newroz ^rojd ^rojh ^hesen ^hisen ^ebdul ^silem "
      "^evdi[lrs]" },

    { RFL_RULES_LOOK, RFL_PART_TURKISH,
      "^cema ^cemi[lh] ^celal ^celil ^cevd ^ceva[th] ^ceng[ie] ^ceyl ^ceyh "
      "^cihan ^cahi[td] ^cafer ^cuma ^cuneyt ^cumh" },

    /* a long vowel at the end, where Somali has a short one */

    { RFL_RULES_LOOK, RFL_PART_OROMO, "-aa -uu -ee" },

    /* the families, and clusters that nobody else writes */

    { RFL_RULES_LOOK, RFL_PART_HMONG,
      "^yaj$ ^vaj$ ^faj$ ^phaj$ ^khab$ ^hawj$ ^thoj$ ^lauj$ ^muas$ ^tsab$ "
      "^vwj$ ^kwm$ ^tswb$ ^tsheej$ ^xyooj$ ^ntxa ^ntxo ^ntxh ^ntsu ^txoo "
      "^txaw -ooj -eej ^foom$" },

    { RFL_RULES_LOOK, RFL_PART_HAITIAN,
      "^wozl ^wozm ^wozn ^wob[ei] ^womi$ ^wola ^wodl ^wodn ^wodr ^wodo "
      "nswa$ ^fransik ^lwi$ ^lwiz ^lwis ^pye$ ^edwa$ ^jankl ^janmari "
      "^janpol ^janjak ^janba ^janlw ^janfr ^janpy ^pyelw ^senlw ^senfl" },

    { RFL_RULES_LOOK, RFL_PART_HUNGARIAN,
      "zs gyor gyOr -agy -szabo -aszlo -ovacs -akacs -uhasz -stvan -anos "
      "-ajos -ihaly -aros" }
};
