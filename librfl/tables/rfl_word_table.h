
/*
 * Copyright (C) The RFL authors
 *
 * rfl_word_table.h: the words of rfl_name_word.c, which alone includes it:
 * what identifies nobody in a name, and halves of names.  As typed, folded, in
 * any script, a space between two.  "+": a name too, when it stands first, or
 * when the name would have one part only without it.  Own writing.
 */


static const char  rfl_word_particles[] =
    "ad ag al ar as ash at az el en er es et ez il ud ul ur us uz +an +ben "
    "+bin bint binti binte bn ibn ibnu d +da +dal das +de degli dei del dela "
    "della delos +den +der des +di +do dos +du +e i +la las +le les los +lo "
    "oglu ogly kyzy qizi ould uld walad wald weld a/l a/p s/o d/o anak +te "
    "ten ter und +van vander von vom vande viuda vda y zu zum zur mac +san "
    "santa st af "
    "av +ap +thi "
    "بن ابن بنت ال آل ولد "
    "+בן +בת אל אבן "
    "аль эль ал эл бин ибн оглы кызы";

static const char  rfl_word_titles[] =
    "brother capt captain col daw dr eng engr gen haj haji hajj hajja hajji "
    "hadj +hadji +alhaj +alhaji +alhaja +elhadj "
    "+moulvi +maulvi +moulana +maulana "
    "herr frau hon jr lt maj miss mlle mme monsieur madame mr mrs ms prof rev "
    "sgt +sheikh +shiekh +shaikh +sheik +cheikh +seyh +şeyh shri shrimati sir "
    "sister "
    "smt sr sra srta sri don dona bhai u ustad ustaz mwalimu mzee bwana bibi "
    "ato weizero woizero weyzero +ko +ma +maung +mg +saw +nai +sai +naw "
    "+begum +mst +md +datu +datuk +dato "
    "sayin +bay bayan hanim bey aga agha khanum khanom mullah "
    "mulla mawlawi qari doña +ông +bà "
    "الحاج حاج حاجي حاجى حاجی +حجي +الشيخ +شيخ دكتور الدكتور "
    "+шейх пан г-н "
    "श्री بیبی بيبي بىبى बीबी বিবি "
    "ဦး ဦ ဒေါ် +ကို +မ +မောင် "
    "አቶ ወይዘሮ";


/*
 * Titles that are the other half of a name where one part only is beside them:
 * Asia Bibi, Gul Agha
 */

static const char  rfl_word_called[] =
    "bibi mulla mullah agha aga khanum khanom hanim bey qari ustad ustaz bhai "
    "بیبی بيبي بىبى बीबी বিবি "
    "haji hajji hajj haj حاجي حاجى حاجی حجي";


/* half of Bibi, where it is written as two words */

static const char  rfl_word_bi[] =
    "بی بي بى बी বি";


/* "Abd" and what may stand between it and the name */

static const char  rfl_word_abd[] =
    "abd abdul abdel abdal abdol abdoul abdur abdus abdil cabdul abu abou abo "
    "ebu umm um oum umme "
    "عبد ابو أبو ام أم ذو "
    "абдул абдель абд "
    "अब्दुल "
    "আব্দুল আবদুল "
    "アブドゥル アブドル "
    "압둘 압델 "
    "阿卜杜勒 阿卜杜";

static const char  rfl_word_article[] =
    "al el ul il ar er ur as es us an en un at et ut ad ed ud az ez ash "
    "ال";

static const char  rfl_word_ullah[] =
    "ullah ollah allah ulla olla alla lah oullah "
    "الله لله اله له اللہ للہ";


/*
 * Abdi and Gebre are names of their own, and the first half of another one
 * when an attribute of God, or a saint, follows: Abdi Rahman, Gebre Mariam.
 */

static const char  rfl_word_first[] =
    "abdi abdo abdu abed cabdi cabdo gebre gebra gabre gabra ghebre ghebra "
    "wolde welde walda weldu haile hayle haila hayla tekle tekla kidane habte "
    "tesfa amde berhane birhane sahle fikre "
    "ገብረ ወልደ ኃይለ ሀይለ ሃይለ ኀይለ ተክለ "
    "ኪዳነ ሀብተ ሃብተ ተስፋ አምደ ብርሃነ ሣህለ "
    "ሳህለ ፍቅረ";

static const char  rfl_word_second[] =
    "rahman rahmaan raxman raxmaan rehman rahim rahiim raheem raxim raxiim "
    "rashid rashiid rasheed salam salaam salan aziz aziiz azeez asis asiis "
    "casiis qadir qaadir kadir kader karim kariim kareem latif latiif lateef "
    "fatah fataah fatax fataax fattah malik maalik malek razak razaak rasaq "
    "rasaaq razzaq hakim hakiim xakim xakiim wahab wahaab wahid waahid nasir "
    "naasir nassir wali weli samad semed satar sattar jabar jabaar jabbar "
    "gani ghani qani majid majiid ghafar ghafur halim haliim xalim xaliim "
    "khaliq shakur shakuur basit baasid salah mariam mariame maryam mariyam "
    "michael mikael mikaael micael mikail selassie sellassie selasie selase "
    "silassie giorgis georgis ghiorgis gyorgis haymanot haimanot haymanote "
    "egziabher egziabiher egziabeher egziabhier egziabhear egziabier gziabher "
    "gziabiher ezgiabher igziabher kidan kidane medhin medhn medhen meskel "
    "maskal meskal tsadik tsadiq tsadkan hiwot hiywot amlak kristos christos "
    "krestos yesus iyesus eyesus iyasus tsion sion berhan birhan gabriel "
    "gebriel "
    "ማርያም ሚካኤል ሥላሴ ስላሴ ጊዮርጊስ "
    "ሃይማኖት ሀይማኖት እግዚአብሔር "
    "እግዚአብሄር እግዚኣብሔር ኪዳን መድህን "
    "መድኅን መድሕን መስቀል ጻድቅ ፃድቅ ህይወት "
    "ሕይወት አምላክ ክርስቶስ ኢየሱስ ጽዮን "
    "ፅዮን ገብርኤል";


/* family names of Korea, as they are written in Latin letters */

static const char  rfl_word_korea[] =
    "kim gim lee rhee park pak bak choi choe jung jeong chung kang cho jo "
    "yoon yun jang chang lim im rim han oh seo suh shin kwon hwang ahn song "
    "ryu yoo hong jeon moon yang bae baek heo hur nam noh roh shim koo min "
    "cha joo woo byun chae ryang mun sung gong pyo";


/*
 * No initials, though of two consonants: names, and names cut short, which
 * rfl_nick_table.h knows.  "+": an initial if a full stop follows.
 */

static const char  rfl_word_whole[] =
    "wm jn jh gg gh mc sk fr +ng +nk +kh +sh +th +ch +ph +tr +hj +mh +br +pz "
    "+hz +gz +sz +vz +km +hl +hs +ks +ts +tz +rh +qh +bh +dh";
