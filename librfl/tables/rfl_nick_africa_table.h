
/*
 * Copyright (C) The RFL authors
 *
 * rfl_nick_africa_table.h: more groups for rfl_name_nick.c, as those of
 * rfl_nick_table.h are: what people of Africa, Kurds and Persians are called
 * at home.  Common knowledge; own writing.
 */


static const char *const  rfl_nick_africa[] = {

    /*
     * Nigeria: of a sentence its beginning or its end, as it is called at
     * home.
     */

    "chukwuemeka emeka", "nnaemeka emeka", "chukwuebuka ebuka",
    "chukwudi chudi", "chukwuma chuma", "chukwudum dumdum",
    "chukwunonso nonso", "chukwuka chuka", "chukwukadibia kadibia",
    "kenechukwu kene", "kelechukwu kele kelechi", "ifeanyichukwu ifeanyi ify",
    "ifeanyi ify", "ifeoma ify", "ngozichukwu ngozi", "ngozika ngozi",
    "tobechukwu tobe", "tochukwu tochi", "kosisochukwu kosi kosiso",
    "somtochukwu somto", "kamsiyochukwu kamsi", "chimamanda amanda",
    "arinzechukwu arinze", "ikechukwu ike ikem iyke", "uchechukwu uche",
    "uchenna uche", "uchendu uche", "obinna obi", "obiageli oby oge",
    "obianuju uju", "adaobi ada", "adaeze ada", "adanna ada", "adaora ada",
    "chidinma chidi dinma", "chidiebere ebere chidi", "chidera dera",
    "chinyere chi nyere", "chioma oma", "nkechinyere nkechi",
    "nkiruka nkiru kiki", "nneka nne", "nnenna nenna nne", "nnamdi namdi",
    "ebelechukwu ebele", "ogechukwu oge", "ogechi oge",
    "onyinyechi onyinye onyi", "onyinyechukwu onyinye onyi", "onyekachi kachi",
    "onyekachukwu onyeka", "ugochukwu ugo", "ugonna ugo", "udochukwu udo",
    "chigozie gozie", "chibuzor buzor", "chibueze bueze", "chijioke jioke",
    "olachukwu ola", "amarachi amara", "amarachukwu amara", "munachimso muna",

    "oluwaseun seun", "oluseun seun", "oluwaseyi seyi", "oluseyi seyi",
    "oluwatobi tobi", "oluwatobiloba tobi tobiloba", "oluwatosin tosin",
    "oluwafemi femi", "olufemi femi", "olufunke funke",
    "olufunmilayo funmilayo funmi", "oluwafunmilayo funmilayo funmi",
    "oluwakemi kemi", "olukemi kemi", "oluwadamilola damilola dami",
    "oluwadamilare damilare dare dami", "damilola dami", "oluwasegun segun",
    "olusegun segun", "oluwole wole", "oluwagbemiga gbemiga gbenga",
    "olugbenga gbenga", "oluwabukola bukola", "olubukola bukola bukky",
    "bukola bukky", "oluwayemisi yemisi yemi", "olayemi yemi", "adeyemi yemi",
    "opeyemi ope yemi", "oluyemisi yemisi", "oluwakayode kayode",
    "olukayode kayode", "olumide mide", "oluwamide mide", "ayodele dele ayo",
    "ayodeji deji ayo", "ayomide ayo mide", "oladele dele",
    "bamidele dele bami", "akindele dele", "oladeji deji", "adedeji deji",
    "adebayo bayo", "adewale wale", "olawale wale", "adetokunbo tokunbo",
    "olatokunbo tokunbo", "babatunde tunde", "olatunde tunde", "babajide jide",
    "olajide jide", "akinjide jide", "babafemi femi", "olanrewaju lanre",
    "olarenwaju lanre", "olusola sola", "adesola sola", "olushola shola",
    "adeshola shola", "oluwatoyin toyin", "olutoyin toyin",
    "folashade shade sade", "folasade sade", "temitope tope temi",
    "temitayo tayo temi", "omotayo tayo", "omotola tola", "omolola lola",
    "titilayo titi", "titilope titi tope", "ifeoluwa ife",
    "ibukunoluwa ibukun", "boluwatife bolu tife", "moyosore moyo",
    "morenike renike nike", "adenike nike", "olaniyi niyi", "adeniyi niyi",
    "adekunle kunle", "olakunle kunle", "adeola ola", "adebola bola",
    "omobolanle bolanle bola", "bolanle bola", "abimbola bimbola bimbo",
    "abidemi demi", "taiwo taye", "kehinde kenny", "ebunoluwa ebun",
    "eniola eni", "oluwadare dare", "oladapo dapo", "adedapo dapo",
    "oladipo dipo", "oladipupo dipo ladipo", "olubunmi bunmi",
    "oluwabunmi bunmi", "adebukola bukola", "olusanya sanya",

    /* Muslim names of West and East Africa as they are spoken there */

    "ishaq isaac isiaka issiaka ishaku isyaku", "yaqub jacob yakubu yacouba",
    "yusuf yusufu isuhu issouf",
    "sulaiman sulaimanu sule souleymane sulemana solomana",
    "harun haruna aruna", "yunus yunusa younoussa",
    "zakariya zakari zakariyau", "ilyas iliyasu eliasu eliassou",
    "ibrahim ibrahimu iro", "muhammadu muhammad mamman", "abdullahi audu",
    "aishatu aisha indo", "maryam maryamu mairo", "hadiza hadizatu dije",
    "mustapha tapha", "alhassan lansana alassane",
    "alhousseyni alseny alhousseny",

    /* Senegal, Guinea, Mali */

    "fatoumata fatou fatim", "khadidiatou khady", "khadidja khady",
    "kadiatou kadi kadia", "ramatoulaye rama", "mariama mari",
    "aïssatou aïssa astou", "aminata ami mina", "souleymane soulé solo",
    "moustapha tapha", "djibril djiby", "boubacar bouba boub",
    "abdoulaye laye ablaye ablo", "ablaye laye", "ibrahima ibou iba",
    "mamadou modou doudou", "mouhamadou modou", "ousmane ouzin",
    "cheikhou sékou", "sidiki sidi", "alassane lass", "bineta binta",

    /* the Great Lakes and the Congo, of French given names */

    "déogratias déo", "dieudonné dieudo dodo", "espérance espé",
    "béatrice béa", "emmanuel emma manu", "consolata conso", "théogène théo",
    "théophile théo",

    /* Kurdish */

    "abdullah evdo abdo evdila", "abdulrahman evdirehman evdo rehmo",
    "hesen heso hesso hesko", "hisên hiso", "mihemed hemo hemê hama heme miho",
    "محەمەد حەمە", "محمد حمە", "mistefa misto", "silêman silo sileman",
    "îbrahîm biro bira", "xelîl xelo", "xidir xido", "elî elo",
    "ehmed ehmo ahmo", "ferhad fero", "osman oso", "fatma fatê fate",
    "xecîce xecê xece", "zeyneb zeyno zeynê", "cemîl cemo", "cemal cemo",

    /* Persian as it is spoken */

    "abolfazl abol", "abolghasem abol", "esmail esi", "ebrahim ebi",
    "fereydoun feri fereydun", "fereshteh feri", "farideh feri",
    "parvaneh pari", "parvin pari", "mohammad mamad mammad",
    "manouchehr manouch", "shahrzad shahri", "masoumeh masi", "kambiz kami",
    "kamran kami",

    /* the Maghreb */

    "abdelkader kader kada kaddour kouider", "abdelaziz aziz azouz azzouz",
    "abderrahmane rahmane", "mustapha stouf", "belkacem kaci kacem",
    "abdelhamid hamid hamidou", "abdelkrim krimo karim", "abdelmajid majid",
    "abdelhafid hafid", "abdelwahab wahab", "abdelhak hakou",
    "abdellatif latif", "abdelmalek malek", "abdennour nour",
    "idris driss", "ilyas lyes", "noureddine nordine", "azzedine azzou",

    /* the long ones of Nigeria are two people however alike they are */

    "=chukwuemeka", "=chukwuebuka", "=chukwudi", "=chukwuma", "=chukwunonso",
    "=chukwuka", "=kenechukwu", "=kelechukwu", "=tobechukwu", "=tochukwu",
    "=ikechukwu", "=uchechukwu", "=ugochukwu", "=obinna", "=obiageli",
    "=obianuju", "=adaobi", "=adaeze", "=adanna", "=adaora", "=chidinma",
    "=chidiebere", "=chidera", "=ngozi", "=nkechi", "=chinedu", "=chibuike",
    "=chibuzor", "=chijioke", "=onyekachi", "=onyinyechi",
    "=oluwaseun oluseun", "=oluwaseyi oluseyi", "=oluwatobi", "=oluwatosin",
    "=oluwafemi olufemi", "=oluwakemi olukemi", "=oluwadamilola",
    "=oluwadamilare", "=oluwasegun olusegun", "=oluwakayode olukayode",
    "=olufunke", "=oluwabunmi olubunmi", "=oluwabukola olubukola", "=olumide",
    "=adebayo", "=adewale", "=adekunle", "=adebola", "=adeola", "=adeniyi",
    "=adenike", "=adeyemi", "=adedapo", "=adedeji", "=olakunle", "=olawale",
    "=oladele", "=oladipo", "=oladapo", "=babatunde", "=babajide", "=ayodele",
    "=ayodeji", "=ayomide", "=temitope", "=temitayo"
};
