
/*
 * Copyright (C) The RFL authors
 *
 * rfl_nick_more_table.h: more groups for rfl_name_nick.c, as those of
 * rfl_nick_table.h are: names one letter apart, families of China, Bengal and
 * Vietnam, short forms of Greece, Georgia and Armenia, of Central Europe what
 * clerks of one language made of the names of another, and Jewish names as
 * registers and Hebrew have them.  Common knowledge; own writing.
 */


static const char *const  rfl_nick_second_half[] = {

    /* names one letter from another that are two people */

    "=amina ameena amiina أمينة امینه амина আমিনা आमिना", "=amira ameera أميرة "
    "амира", "=amin ameen أمين امین", "=amir aamir ameer amer أمير عامر امیر",
    "=ammar عمار", "=karim kareem كريم کریم карим", "=karam كرم",
    "=karima كريمة", "=rahim raheem رحيم رحیم", "=rashid rasheed رشيد рашид",
    "=rami رامي", "=rahma rehma رحمة", "=rania رانيا", "=rana رنا",
    "=rima ريما रीमा",
    "=fadi فادي", "=fadia فادية", "=said saeed saciid سعيد سعید",
    "=saad sacad سعد", "=ali əli علي علی али",
    "=aliya əliyə عالية алия", "=samir سمير سمیر", "=samira سميرة",
    "=hamad حمد", "=حماد", "=رشاد", "=راشد", "=حسان", "=نصر", "=ناصر",
    "=نصار", "=جبر", "=جابر", "=جبار", "=سمر", "=أنس انس", "=أنيس انیس",
    "=باسم", "=بسام", "=هاشم", "=هشام", "=عاصم", "=عصام", "=فارس", "=فراس",
    "=كامل کامل", "=كمال کمال", "=سالم", "=سلام", "=ساجد", "=سجاد", "=غانم",
    "=غنام", "=حازم", "=حزام", "=ناظم", "=نظام",
    "=shira שירה", "=dina דינה", "=dana דנה", "=uri אורי", "=ari ארי",
    "=hamid hameed حامد حميد حمید", "=nadia نادية надия", "=nadir nader نادر",
    "=huda hoda هدى", "=hind هند", "=yunus younes younis يونس",
    "=layla leila laila ليلى", "=lina لينا", "=halima حليمة حلیمه হালিমা",
    "=rahima رحيمة রহিমা", "=jawad javad جواد", "=murad morad مراد",
    "=shirin شيرين شیرین", "=nasrin نسرين نسرین",
    "=pejman pezhman پژمان", "=peyman payman paiman پیمان",
    "=golnar gulnar گلنار", "=golnaz gulnaz گلناز", "=reza رضا", "=roya رویا",
    "=abdulkarim عبدالكريم عبدالکریم", "=abdulrahim عبدالرحيم عبدالرحیم",
    "=abdulrahman abdurrahman عبدالرحمن", "=abdulrashid عبدالرشيد عبدالرشید",
    "=abdulqadir عبدالقادر", "=abdulaziz عبدالعزيز عبدالعزیز",
    "=abdulhamid عبدالحميد عبدالحمید", "=abdulmajid عبدالمجيد عبدالمجید",
    "=abduljalil عبدالجليل عبدالجلیل", "=abdulhalim عبدالحليم عبدالحلیم",
    "=abdulhakim عبدالحكيم عبدالحکیم", "=abdulwahid عبدالواحد",
    "=habibullah habibollah حبيبالله حبیبالله", "=hamidullah حمیدالله",
    "=shamsuddin شمسالدين", "=saifuddin سيفالدين", "=menashe מנשה",
    "=mamadou mamadu muhammad", "=achieng", "=akinyi", "=tamar თამარ",
    "=tamaz თამაზ",

    "=ivanka иванка іванка", "=ivana ивана", "=mario марио ماريو マリオ",
    "=marina марина مارينا マリナ", "=julio", "=julia julie юлия юлія",
    "=julian julián", "=juana", "=luis luiz luís", "=luisa luiza luísa",
    "=carlos", "=carla karla", "=diogo diego", "=tiago thiago santiago",
    "=antonia", "=antonina антонина антоніна", "=daniela даниела",
    "=fernando", "=fernanda", "=francisco", "=francisca", "=robert roberto "
    "роберт", "=roberta", "=alberto albert", "=alberta", "=claudio", "=claudia",
    "=silvio", "=silvia", "=paula paola", "=mauricio", "=patricio", "=patricia",
    "=emilio", "=emilia", "=victor viktor виктор віктор", "=victoria viktoria "
    "виктория вікторія", "=angel ángel", "=angela ángela", "=gabriela",
    "=rafaela", "=manuel", "=manuela", "=marcelo", "=marcela", "=mariano",
    "=mariana", "=luciano", "=luciana", "=lucio", "=lucia lucía", "=adriano "
    "adrian", "=adriana", "=cristiano cristian christian", "=cristina "
    "christina христина", "=hristo christo христо", "=alejandra alexandra "
    "aleksandra александра олександра", "=valentin валентин",
    "=valentina валентина", "=evgenia yevheniia евгения євгенія",
    "=danila данила daniel daniil", "=oleg олег", "=erik eric эрик",
    "=erika erica", "=zaneta żaneta", "=zanna żanna жанна",

    "=ram राम রাম", "=rama रमा রমা", "=sita सीता সীতা", "=gita geeta गीता গীতা",
    "=rita रीता রীতা", "=mita मीता মিতা", "=nita neeta नीता", "=kamal कमल",
    "=kamala कमला", "=vimal bimal विमल", "=vimala bimala विमला",
    "=mina meena मीना", "=maina मैना", "=ramesh रमेश", "=rajesh राजेश",
    "=mahesh महेश", "=suresh सुरेश", "=naresh नरेश", "=dinesh दिनेश",
    "=ganesh गणेश", "=sunil सुनील", "=sunita सुनीता", "=anil अनिल",
    "=anita अनिता", "=shafiqul শফিকুল", "=rafiqul রফিকুল", "=rokeya রোকেয়া",
    "=rabeya রাবেয়া", "=gurmeet ਗੁਰਮੀਤ", "=gurpreet ਗੁਰਪ੍ਰੀਤ",
    "=harpreet ਹਰਪ੍ਰੀਤ", "=manpreet ਮਨਪ੍ਰੀਤ", "=mali มาลี", "=mani มานี",

    "=naoki なおき", "=naoko なおこ", "=naoto なおと", "=yuki ゆき",
    "=yuko ゆうこ", "=yuka ゆか", "=akira あきら", "=akiko あきこ",
    "=hiroshi ひろし", "=hiroko ひろこ", "=hiroki ひろき", "=kenji けんじ",
    "=kenta けんた",

    /* Chinese families: Mandarin, Cantonese, Hokkien as they are written */

    "=chen chan tan", "=zhang chang cheung teo tiong",
    "=wang wong ong", "=huang wong ooi wee",
    "=lin lam lim", "=wu ng goh",
    "=liu lau lew", "=yang yeung yeo",
    "=xu hsu hui khoo", "=zheng cheng tay cheang",
    "=xie hsieh tse chia cheah", "=guo kuo kwok quek",
    "=hong hung ang", "=zeng tseng tsang",
    "=cai tsai choi chua", "=pan poon phua",
    "=du tu toh", "=luo lo law loh",
    "=ye yeh yip yap", "=zhou chou chow chew",
    "=zhao chao chiu", "=zhu chu choo",
    "=gao kao ko koh", "=liang leung leong neo",
    "=feng fung", "=dong tung",
    "=xiao hsiao siu siew", "=cheng ching thia",
    "=lei lui looi", "=shen sum sim",
    "=fang fong png", "=shi sze see",
    "=xue hsueh sit", "=jiang chiang cheung",
    "=deng teng tang", "=yao yiu yeo",
    "=sun suen soon", "=cao tsao tso", "=he ho hor", "=han hon", "=su soh",
    "=lu loo low", "=jia chia ka", "=wei ngai", "=yu yue yee", "=dai tai tay",
    "=tian tien tin", "=jiang keung kiang", "=shi shih shek seah",
    "=liao leow liew", "=meng mang beng", "=hou hau how", "=bai pai pak peh",
    "=long lung leng", "=wan man", "=qian chien chin", "=tan tam tham",
    "=ouyang auyeung auyong", "=zhuge chuko", "=fu foo poh", "=gu koo",
    "=qiu yau khoo", "=zhong chung cheong", "=guan kwan kuan",
    "=duan tuan tuen", "=zou chau", "=xiong hsiung hung",

    /* Greek */

    "κωνσταντίνος κώστας ντίνος konstantinos kostas costas dinos",
    "γεώργιος γιώργος γιώργης georgios giorgos yiorgos",
    "ιωάννης γιάννης ioannis giannis yannis",
    "παναγιώτης πάνος τάκης panagiotis panos takis",
    "ευάγγελος βαγγέλης evangelos vangelis",
    "χαράλαμπος μπάμπης λάμπης charalambos charalampos haralambos babis "
    "lambis",
    "δημήτριος δημήτρης μήτσος μίμης dimitrios dimitris mitsos mimis",
    "νικόλαος νίκος nikolaos nikos",
    "αθανάσιος θανάσης νάσος athanasios thanasis nasos",
    "σπυρίδων σπύρος spyridon spyros",
    "εμμανουήλ μανώλης μάνος emmanouil manolis manos",
    "αλέξανδρος αλέκος alexandros alekos", "απόστολος τόλης apostolos tolis",
    "αναστάσιος τάσος anastasios tasos", "στυλιανός στέλιος stylianos stelios",
    "θεόδωρος θοδωρής theodoros thodoris",
    "ελευθέριος λευτέρης eleftherios lefteris",
    "ευστάθιος στάθης efstathios stathis",
    "ευστράτιος στρατής efstratios stratis", "σωκράτης σώκος sokratis",
    "αριστείδης άρης aristidis aris",
    "αικατερίνη κατερίνα καίτη aikaterini katerina kaiti",
    "βασιλική βάσω βίκυ vasiliki vasso", "ελένη λένα νίτσα eleni lena",
    "ευαγγελία λίτσα βαγγελιώ evangelia litsa",
    "παναγιώτα γιώτα panagiota giota yiota", "σταυρούλα ρούλα stavroula roula",
    "γεωργία γωγώ georgia gogo", "αναστασία τασούλα νατάσα anastasia tasoula",
    "κωνσταντίνα ντίνα konstantina dina", "αγγελική κική angeliki kiki",
    "χρυσούλα σούλα chrysoula soula", "αλεξάνδρα αλέκα alexandra aleka",
    "θεοδώρα δώρα theodora dora", "ευθυμία έφη efthymia efi",

    /* Georgian and Armenian */

    "ქეთევან ქეთი ქეთო ketevan keti keto",
    "ეკატერინე ეკა კატო ekaterine eka kato",
    "თეიმურაზ თემურ თემური теймураз teimuraz temur temuri темур",
    "გიორგი გია გოგი giorgi gia gogi",
    "ალექსანდრე სანდრო ალეკო aleksandre sandro aleko",
    "დავით დათო დათა davit dato data", "ნიკოლოზ ნიკა კოკა nikoloz nika",
    "თამარ თამუნა თამრიკო თაკო tamar tamuna tamriko tako",
    "ვლადიმერ ლადო vladimer lado", "ზურაბ ზურა zurab zura",
    "ვახტანგ ვახო vakhtang vakho", "ელისაბედ ელისო ლიზი elisabed eliso lizi",
    "მარიამ მარიკა მაკა mariam marika maka", "სოფიო სოფო sopio sopo",
    "თინათინ თინა თიკო tinatin tina tiko", "კონსტანტინე კოტე konstantine kote",
    "ივანე ვანო ivane vano", "იოსებ სოსო ioseb soso",
    "ავთანდილ ავთო avtandil avto", "რევაზ რეზო revaz rezo",
    "მიხეილ მიხო mikheil mikho", "ვასილ ვასო vasil vaso",
    "გულნარა გულო gulnara gulo",
    "հովհաննես օհան hovhannes ohan", "սարգիս սաքո sargis sako",
    "մկրտիչ մկո mkrtich mko", "հարություն արութ harutyun harut artin",
    "կարապետ կարո karapet karo garo", "գուրգեն գուգո gurgen gugo",
    "հռիփսիմե հռիփո hripsime hripo", "մարգարիտ մարո margarit maro",
    "եղիսաբեթ եղսո yeghisabet yeghso",

    /* Bengali families: Sanskrit, and as English heard the Prakrit */

    "=banerjee bandyopadhyay bandopadhyay বন্দ্যোপাধ্যায় ব্যানার্জী "
    "बंद्योपाध्याय बनर्जी banerji",
    "=mukherjee mukhopadhyay মুখোপাধ্যায় মুখার্জী मुखोपाध्याय मुखर्जी "
    "mukherji mukerjee",
    "=chatterjee chattopadhyay চট্টোপাধ্যায় চ্যাটার্জী चट्टोपाध्याय चटर्जी "
    "chatterji",
    "=ganguly gangopadhyay গঙ্গোপাধ্যায় গাঙ্গুলী गंगोपाध्याय गांगुली ganguli",
    "=bhattacharya bhattacharjee ভট্টাচার্য ভট্টাচার্জী भट्टाचार्य",
    "=thakur tagore ঠাকুর ठाकुर",

    /* Vietnam: names of kings that the South could not say */

    "=hoàng huỳnh hoang huynh", "=vũ võ vu vo", "=phúc phước phuc phuoc",
    "=nhân nhơn nhan nhon", "=chu châu chu chau", "=phùng phòng phung phong",

    /* Central Europe: clerks of one language wrote the names of another */

    "~karl karol karel károly kārlis",
    "~franz franciszek ferenc františek pranas francisc",
    "~heinrich henryk henrik jindřich indriķis",
    "~friedrich fryderyk frigyes bedřich fricis",
    "~wilhelm vilmos vilém vilis", "~ludwig ludwik lajos ludvík",
    "~adalbert wojciech béla vojtěch", "~wenzel wacław václav",
    "~ladislaus władysław lászló ladislav vladas", "~hedwig jadwiga hedvika",
    "~margarete małgorzata margit markéta", "~agnes agnieszka ágnes anežka",
    "~eugen eugene jenő eugeniusz evžen", "~julius gyula juliusz iuliu",
    "~emmerich imre imrich emeric", "~desider dezső",
    "~lorenz wawrzyniec vavřinec lőrinc",
    "~stanislaus stanisław stasys stanislav", "~kasimir kazimierz kazys",
    "~witold vytautas", "~helene helena ilona elena",
    "~susanne zsuzsanna zuzanna zuzana", "~martin mārtiņš marcin márton",
    "~christian krišjānis", "~anna ona onutė", "~moritz mór", "~leopold lipót",
    "~johann john jan jános jānis jonas ioan",
    "~jakob jakub jakab jokūbas jēkabs", "~josef joseph józef józsef juozas",
    "~georg george jerzy jiří györgy juris jurgis",
    "~peter piotr péter pēteris petras", "~paul paweł pál pavel povilas",
    "~matthias maciej mateusz matěj máté motiejus",
    "~michael mihai michał mihály mykolas miķelis",
    "~stefan stephan szczepan istván štěpán steponas",
    "~katharina katarzyna katalin kotryna kateřina", "~alexander sándor",
    "~nikolaus mikołaj miklós nicolae",
    "~andreas andrzej ondřej andrás andrius",
    "~anton antoni antanas antal antonín",
    "~elisabeth elżbieta erzsébet alžběta elizabeth",

    /* Jewish names: Hebrew, and what Yiddish says beside it */

    "~wolf volf zeev welwel זאב וואלף",
    "~hersz hirsch hersh tzvi herszel צבי הירש הערש",
    "~lejb leib leyb aryeh אריה לייב", "~ber berek berl dov דב בער",
    "~menachem mendel מנחם מענדל", "~yehuda juda idel judel יהודה יידל",
    "~mordechai mordka mordko motel מרדכי מאטל",
    "~eliezer lejzor lejzer leyzer אליעזר לייזער", "~pinchas pinkus פנחס",
    "~israel izrael srul yisroel ישראל",
    "~zipora cypora feiga fajga fejga צפורה פייגע",
    "~gitla gitel tova toba טובה גיטל",
    "~rojza rajzla reizel shoshana שושנה רייזל",
    "~isaac yitzhak icek icchok ajzyk izaak יצחק",
    "~yaakov jacob jankiel yankel jankel יעקב יענקל",
    "~yosef josek yosl josel יוסף", "~avraham abraham abram avrum awrum אברהם",
    "~moshe moses moszek mosze moishe mojsze mojżesz משה מוישע",
    "~shlomo solomon szlama szlomo salomon שלמה", "~shmuel samuel szmul שמואל",
    "~hannah chana hania חנה", "~sarah sura שרה",
    "~rivka rebecca rywka riwka ryfka רבקה",
    "~rachel ruchla rochla rukhl רחל ראכל רוחל", "~leah laja leja לאה",
    "~esther estera אסתר"
};
