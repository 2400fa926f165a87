
/*
 * Copyright (C) The RFL authors
 *
 * rfl_nick_table.h: groups of short forms, for rfl_name_nick.c.  Common
 * knowledge of English, Russian, Ukrainian, Spanish, Portuguese, French,
 * German, Italian, Polish, Arabic, Persian and Turkish; own writing.  The
 * full name comes first.  "=": one name, two languages of one region; who is
 * in another such line only is somebody else.  "~": the same, but says nothing
 * of others.
 */


static const char *const  rfl_nick_first_half[] = {

    /* English */

    "william bill billy will willy willie liam wil",
    "robert rob bob bobby robbie bert",
    "richard dick rick ricky rich richie",
    "james jim jimmy jamie jem",
    "john jack johnny jon johnnie",
    "jonathan jon johnny jonny",
    "charles charlie chuck chas charley",
    "edward ed eddie ted teddy ned",
    "theodore ted teddy theo",
    "edwin ed eddie ned", "edmund ed eddie ned",
    "thomas tom tommy thom",
    "michael mike mick micky mickey mikey",
    "joseph joe joey jo",
    "henry harry hank hal",
    "harold harry hal",
    "george georgie geordie",
    "david dave davy davey",
    "daniel dan danny",
    "samuel sam sammy", "samantha sam sammy",
    "benjamin ben benny benji", "benedict ben benny",
    "alexander alex al sandy xander alec",
    "alexandra alex sandra sandy lexi alexa",
    "alfred alf al fred alfie", "albert al bert bertie",
    "andrew andy drew", "anthony tony ant", "arthur art artie",
    "christopher chris kit topher", "christian chris",
    "christine chris chrissie tina chrissy",
    "christina chris tina chrissie",
    "donald don donny donnie", "douglas doug dougie",
    "francis frank frankie fran", "franklin frank frankie",
    "frederick fred freddie freddy rick", "gerald gerry jerry",
    "gerard gerry ged", "gregory greg gregg", "jeffrey jeff",
    "geoffrey geoff jeff", "jeremy jerry jem", "jerome jerry",
    "kenneth ken kenny", "lawrence larry laurie lars",
    "leonard leo len lenny", "leonardo leo", "leopold leo",
    "louis lou louie", "louise lou", "matthew matt matty",
    "maurice mo moe", "nathan nate nat", "nathaniel nate nat nathan",
    "nicholas nick nicky nico", "nicole nicky nikki", "oliver ollie olly",
    "patrick pat paddy rick", "patricia pat patty tricia trish patsy",
    "peter pete petey", "philip phil pip", "phillip phil",
    "raymond ray", "ronald ron ronnie", "rudolph rudy", "russell russ",
    "stephen steve stevie", "steven steve stevie", "stuart stu",
    "terence terry", "timothy tim timmy", "tobias toby", "victor vic",
    "vincent vince vinny", "walter walt wally", "zachary zach zack",
    "abraham abe bram", "barnabas barney", "bartholomew bart",
    "bernard bernie", "bradley brad", "calvin cal", "cameron cam",
    "clifford cliff", "curtis curt", "dennis denny", "dominic dom",
    "eugene gene", "ferdinand ferdie", "gabriel gabe", "gilbert gil bert",
    "herbert herb bert", "howard howie", "isaac ike zac", "jacob jake",
    "joshua josh", "julian jules", "martin marty", "melvin mel",
    "mitchell mitch", "norman norm", "randolph randy", "randall randy",
    "reginald reg reggie", "roderick rod", "rodney rod", "sebastian seb",
    "sidney sid", "simon si", "solomon sol solly", "spencer spence",
    "stanley stan", "sylvester sly",

    "elizabeth liz lizzie beth betty eliza bess libby lisa betsy lillibet",
    "margaret maggie meg peggy madge marge margie greta rita daisy",
    "katherine kate katie kathy kat kitty", "catherine cathy kate cat katie",
    "kathleen kathy kate katie", "kathryn kathy kate katie",
    "mary molly polly mamie", "anne annie nancy", "anna annie",
    "ann annie nancy", "barbara barb babs barbie", "beatrice bea trixie",
    "caroline carrie caro lina", "carolyn carrie", "charlotte charlie lottie",
    "cynthia cindy", "deborah deb debbie", "debra deb debbie",
    "dorothy dot dotty dolly dora", "eleanor ellie nell nora lena",
    "emily em emmy", "emma em emmy", "esther essie hetty",
    "eva eve evie", "evelyn evie eve", "florence flo flossie",
    "frances fran fanny frankie", "georgina georgie gina",
    "gertrude gertie trudy", "gwendolyn gwen", "helen nell nellie lena",
    "helena lena nell", "henrietta etta hetty", "irene renie",
    "isabella bella izzy isa belle", "isabel izzy bel belle",
    "jacqueline jackie", "jane janie jenny", "janet jan",
    "jennifer jen jenny jenn", "jessica jess jessie", "joanna jo",
    "joanne jo", "josephine jo josie fifi", "judith judy jude",
    "julia julie", "kimberly kim", "laura laurie", "lillian lily lil",
    "lucille lucy", "lucy lu", "madeline maddie", "marilyn mari",
    "martha marty matty", "matilda tilly mattie", "melissa mel missy",
    "michelle shelly mich", "mildred millie", "millicent millie",
    "miriam mimi miri", "nancy nan", "natalie nat nattie",
    "pamela pam", "pauline polly", "penelope penny", "priscilla cilla",
    "rachel rae shelly", "rebecca becky becca", "rosalind roz",
    "rosemary rosie rose", "roseanne rose rosie", "ruth ruthie",
    "sandra sandy", "sarah sally sadie", "susan sue suzie susie suzy",
    "susanna sue suzie", "suzanne sue suzie", "stephanie steph steffi",
    "sophia sophie", "teresa terry tess tessa", "theresa terry tess tessa",
    "valerie val", "veronica ronnie roni", "victoria vicky tori vic",
    "virginia ginny ginger", "vivian viv", "winifred winnie freda",
    "yvonne vonnie", "abigail abby gail", "agnes aggie nessie",
    "alice ally", "amanda mandy", "amelia millie amy", "angela angie",
    "antonia toni", "arabella bella", "bridget biddy", "cassandra cass",
    "cecilia celia cissy", "clementine clem", "constance connie",
    "cordelia delia", "diana di", "edith edie", "felicity fliss",
    "genevieve gen", "gabrielle gabby", "harriet hattie", "hannah nan",
    "imogen immy", "ingrid inga", "jemima mima", "leticia letty",
    "lorraine lori", "marjorie marge", "monica mona", "muriel mu",
    "allan al", "allen al", "alan al", "alvin al", "edgar ed eddie",
    "edward eddy", "abigail abbie", "isabelle belle izzy", "jasmine jas",
    "brittany britt", "vanessa nessa", "angelica angie", "angelina angie",
    "melinda mindy mel", "belinda bel lindy", "rosalie rosie",
    "rosemarie rosie", "madison maddie", "allison ally allie", "alison ally",
    "beverly bev", "candace candy", "diane di", "gillian gill jill",
    "jillian jill", "katrina trina", "kimberley kim", "kristen kris",
    "kristina kris tina", "lucinda lucy cindy", "maureen mo", "natasha tasha",
    "olivia liv livvy", "regina gina", "roberta bobbie", "sylvia syl",
    "tamara tammy", "tiffany tiff", "archibald archie", "augustus gus",
    "august gus", "clement clem", "clinton clint", "desmond des",
    "ernest ernie", "gordon gordie", "hubert bert", "leslie les", "lester les",
    "lewis lew", "malcolm mal", "manuel manny", "emanuel manny",
    "emmanuel manny", "marvin marv", "maxwell max", "montgomery monty",
    "oscar ozzie", "oswald ozzie", "percival percy", "roland rollie",
    "thaddeus thad ted", "trevor trev", "vernon vern", "wallace wally",
    "wesley wes", "wilfred wilf fred",
    "philippa pippa", "prudence pru", "rosamund roz", "tabitha tabby",

    /* Russian and Ukrainian, in Cyrillic and Latin */

    "александр саша шура саня алекс санёк шурик aleksandr sasha shura "
    "sanya alexander",
    "олександр саша сашко олесь лесь шура сашка oleksandr sasha sashko "
    "oles",
    "александра саша шура сашенька aleksandra sasha shura",
    "олександра леся саша олеся шура oleksandra lesia lesya sasha olesia",
    "алексей лёша алёша лёха aleksei alexey lyosha alyosha lesha alesha",
    "олексій льоша олекса oleksii lyosha oleksa",
    "анастасия настя ася стася anastasia nastya asya",
    "анастасія настя стася anastasiia nastya nastia",
    "анатолий толя толик anatoly tolya tolik",
    "анатолій толя толик anatolii tolya",
    "андрей андрюша andrei andryusha", "андрій андрійко andrii andriyko",
    "анна аня анюта нюра нюша anna anya anyuta ania",
    "ганна аня галя ганя ганнуся hanna anya ania hania",
    "антон тоша антоша anton tosha", "антонина тоня antonina tonya",
    "антоніна тоня antonina tonia", "аркадий аркаша arkady arkasha",
    "борис боря boris borya", "вадим вадик вадя vadim vadik vadym",
    "валентин валя валик valentin valya",
    "валентина валя valentina valya", "валерий валера valery valera",
    "валерій валера valerii valera", "валерия лера valeria lera valeriya",
    "валерія лера valeriia lera", "варвара варя varvara varya",
    "василий вася васёк vasily vasya", "василь вася василько vasyl vasya",
    "вера верочка vera verochka", "вероника ника veronika nika",
    "виктор витя victor viktor vitya", "віктор вітя viktor vitia vitya",
    "виктория вика viktoria vika", "вікторія віка viktoriia vika",
    "виталий виталик vitaly vitalik", "віталій віталик vitalii vitalik",
    "владимир вова володя вовка влад vladimir vova volodya",
    "володимир вова володя volodymyr vova volodia",
    "владислав влад владик слава vladislav vlad slava",
    "вячеслав слава vyacheslav slava", "в'ячеслав слава viacheslav slava",
    "галина галя galina galya", "галина галя halyna halia galya",
    "геннадий гена gennady gena", "георгий гоша жора гера georgy gosha zhora",
    "григорий гриша grigory grisha", "григорій гриша hryhorii hrysha",
    "дарья даша dasha darya daria", "дарія даша дарина daria dasha",
    "денис дениска denis", "дмитрий дима митя димка dmitry dima mitya dmitri",
    "дмитро діма митько dmytro dima", "евгений женя yevgeny evgeny zhenya",
    "евгения женя evgenia zhenya", "євген женя yevhen zhenia zhenya",
    "євгенія женя yevheniia zhenia", "екатерина катя ekaterina katya katia "
    "yekaterina",
    "катерина катя катруся kateryna katya katia katerina katrusia",
    "елена лена алёна леночка elena lena yelena alyona lenochka",
    "олена лена оленка olena lena", "елизавета лиза elizaveta liza yelizaveta",
    "єлизавета ліза yelyzaveta liza", "ефим фима yefim fima",
    "зинаида зина zinaida zina", "зоя зойка zoya",
    "иван ваня ivan vanya", "іван ваня івась ivan vania",
    "игорь игорёк igor gosha", "илья илюша ilya ilyusha",
    "инна инночка inna innochka", "ирина ира ирочка irina ira irochka",
    "ірина іра iryna ira", "иосиф ося iosif osya",
    "кирилл кирюша kirill kiryusha", "клавдия клава klavdia klava",
    "константин костя konstantin kostya", "костянтин костя kostiantyn kostia",
    "ксения ксюша оксана xenia ksenia ksyusha",
    "ксенія ксюша оксана kseniia ksiusha",
    "лариса лара larisa lara larysa", "лев лёва lev lyova",
    "леонид лёня leonid lyonya", "леонід льоня leonid lionia",
    "лидия лида lidia lida", "лідія ліда lidiia lida",
    "любовь люба lyubov lyuba", "любов люба liubov liuba",
    "людмила люда мила люся lyudmila lyuda mila liudmyla liuda",
    "маргарита рита margarita rita marharyta", "марина маринка marina",
    "мария маша маруся маня мария maria masha marusya",
    "марія маша маруся марійка mariia masha marusia mariya mariika",
    "михаил миша mikhail misha", "михайло миша мишко mykhailo misha mysha",
    "надежда надя nadezhda nadya", "надія надя nadiia nadia",
    "наталья наташа ната natalia natasha natalya nata",
    "наталія наташа наталка ната nataliia natasha natalka",
    "никита никитка nikita", "николай коля nikolai kolya nikolay",
    "микола коля mykola kolia kolya", "нина нинка nina",
    "оксана ксана оксанка oksana ksana", "олег олежка oleg oleh",
    "ольга оля olga olya olha olia", "павел паша pavel pasha",
    "павло паша павлик pavlo pasha", "петр петя pyotr petya petr",
    "пётр петя", "петро петя петрик petro petia",
    "полина поля polina polya", "раиса рая raisa raya",
    "роман рома roman roma", "ростислав ростик слава rostislav rostik",
    "светлана света svetlana sveta", "світлана світа svitlana svita sveta",
    "семён сеня semyon senya", "семен сеня semen senia",
    "сергей серёжа сережа серый sergei sergey seryozha",
    "сергій сергійко сєрьожа serhii serhiyko seryozha",
    "софия соня sofia sonya", "софія соня sofiia sonia",
    "станислав стас слава stanislav stas", "станіслав стас stanislav stas",
    "степан стёпа stepan styopa", "тамара тома tamara toma",
    "татьяна таня tatiana tanya tatyana", "тетяна таня tetiana tania",
    "тимофей тима timofey tima", "ульяна уля ulyana ulya",
    "фёдор федя fyodor fedya", "федір федя fedir fedia",
    "григорій гриць hryhorii hryhorij hryts", "яків яша yakiv yasha",
    "ілля ілько illia ilko",
    "геннадій гена hennadii hena gena", "вениамин веня veniamin venya",
    "евдокия дуня дуся evdokia dunya dusya",
    "прасковья паша параша praskovya pasha", "пелагея поля pelageya polya",
    "матвей мотя matvey motya", "кузьма кузя kuzma kuzya",
    "прохор проша prokhor prosha", "филипп филя filipp filya",
    "аграфена груня груша agrafena grunya", "марфа марфуша marfa marfusha",
    "ефросинья фрося efrosinya frosya", "лукерья луша lukerya lusha",
    "нинель неля ninel nelya", "эльвира эля elvira elya",
    "аделаида ада adelaida ada", "изабелла белла izabella bella",
    "альбина аля albina alya", "таисия тая taisia taya", "лазарь лазя lazar",
    "савелий сава savely sava", "егор гоша egor gosha",
    "параска парася paraska parasia", "уляна уля uliana ulia",
    "соломія соля solomiia solia", "всеволод сева vsevolod seva",
    "богдан бодя bohdan bodia",
    "эдуард эдик eduard edik", "юлия юля yulia yulya julia",
    "юлія юля yuliia yulia", "юрий юра yuri yura yury",
    "юрій юра юрко yurii yura yurko", "яков яша yakov yasha",
    "яна яночка yana yanochka", "ярослав ярик слава yaroslav yarik",

    "=александр олександр aleksandr oleksandr alexander",
    "=александра олександра аляксандра aleksandra oleksandra alexandra "
    "aliaksandra", "=алексей олексій aleksei oleksii alexey",
    "=анна ганна anna hanna", "=елена олена elena olena",
    "=сергей сергій sergei serhii sergey", "=дмитрий дмитро dmitry dmytro",
    "=николай микола nikolai mykola nikolay mikola",
    "=михаил михайло mikhail mykhailo", "=владимир володимир vladimir "
    "volodymyr", "=павел павло pavel pavlo", "=пётр петро pyotr petro",
    "=петр петро petr petro", "=никита микита nikita mykyta",
    "=фёдор федір fyodor fedir", "=филипп пилип filipp pylyp",
    "=евгений євген evgeny yevhen evgenii yevgeny eugene",
    "=евгения євгенія evgenia yevheniia yevgenia",
    "=екатерина катерина ekaterina kateryna",
    "=татьяна тетяна tatiana tetiana tatyana",
    "=юлия юлія yulia yuliia julia",
    "=наталья наталія наталя natalya nataliia natalia",
    "=ирина ірина irina iryna", "=светлана світлана svetlana svitlana",
    "=иван іван", "=илья ілля ilya illia", "=игорь ігор igor ihor",
    "=кирилл кирило kirill kyrylo", "=даниил данило daniil danylo",
    "=константин костянтин konstantin kostiantyn",
    "=василий василь vasily vasyl", "=григорий григорій grigory hryhorii",
    "=степан степан stepan", "=антонина антоніна", "=марина марина",
    "=яков яків yakov yakiv", "=иосиф йосип iosif yosyp",
    "=матвей матвій matvey matvii", "=тимофей тимофій timofey tymofii",
    "=моисей мойсей", "=прохор прохір", "=прокофий прокіп",
    "=роман роман", "=симон семен semyon semen", "=афанасий панас "
    "afanasy panas", "=онуфрий онуфрій", "=осип йосип восіп osip yosyp vosip",
    "=ульяна уляна "
    "ulyana uliana", "=агафья гафія", "=евдокия явдоха аўдоцця",
    "=ефим юхим яўхім "
    "efim yefim yukhym", "=емельян омелян", "=ерофей єрофій", "=лука лук'ян",
    "=аким яким akim yakym", "=артём артем artyom artem",
    "=виталий віталій vitaly vitalii",
    "=виктор віктор віктар viktor victor viktar",
    "=виктория вікторія viktoria viktoriia victoria",
    "=леонид леонід леанід leonid leanid", "=лидия лідія",
    "=любовь любов", "=надежда надія nadezhda nadiia",
    "=маргарита маргарита", "=ольга вольга olga olha volha",
    "=олег олег oleg oleh", "=галина галина galina halyna",
    "=богдан богдан bogdan bohdan", "=анатолий анатолій",

    /* names of the Bible and the Quran from language to language */

    /* Korean family names, of which one hangul is spelled in many ways */

    "=lee yi rhee ri", "=lim im rim yim", "=park pak bak", "=choi choe choy",
    "=jung jeong chung cheong", "=yoo yu ryu yoo ryoo", "=noh roh no",
    "=yang ryang",

    "=isaac yitzhak itzhak yitzchak izhak isaak יצחק إسحاق اسحق ishaq ishak "
    "исаак ісаак isaque ይስሐቅ yishak",
    "=jacob yaakov yakov jakob yaacov יעקב يعقوب yaqub yakub yacoub яков яків "
    "jacques ያዕቆብ yaqob",
    "=joseph yosef yusuf youssef josef yousef יוסף يوسف юсуф иосиф йосип josé "
    "jose giuseppe ዮሴፍ yoseph józef",
    "=abraham avraham ibrahim אברהם إبراهيم авраам ибрагим ebrahim ibraahim "
    "አብርሃም brahim",
    "=moses moshe musa moussa משה موسى моисей муса mousa moïse muuse ሙሴ",
    "=david dawud daoud daud דוד داود давид давід dawit dawid daawuud ዳዊት",
    "=solomon shlomo sulayman suleiman שלמה سليمان соломон сулейман süleyman "
    "salomon saleebaan solomon ሰሎሞን",
    "=samuel shmuel שמואל صموئيل самуил самуїл ሳሙኤል",
    "=michael mikhail mikael michel מיכאל ميخائيل михаил михайло miguel "
    "mikayel michal ሚካኤል",
    "=john yohannes johannes juan jean giovanni يوحنا иоанн иван іван "
    "hovhannes "
    "ioannis João ዮሐንስ yuhanna johan ivan",
    "=elijah eliyahu elias ilyas אליהו إلياس илья ілля ኤልያስ elia",
    "=miriam maryam mariam maria מרים مريم мария марія мириам ማርያም mary "
    "marie maryan meryem maría",
    "=sarah sara sarai שרה سارة сара ሳራ", "=hannah hanna chana חנה حنة анна "
    "ганна anna ana ሐና",
    "=rebecca rivka רבקה رفقة ревекка", "=rachel rahel רחל راحيل рахиль ራሔል "
    "raquel", "=leah lea לאה ليا лия", "=eve eva chava hawa חוה حواء ева єва "
    "xaawo hawwa", "=esther ester אסתר استير эсфирь эстер",
    "=ruth רות راعوث руфь", "=judith yehudit יהודית юдифь",
    "=deborah dvora devorah דבורה дебора", "=elizabeth elisheva אלישבע "
    "إليزابيث елизавета єлизавета elisabeth isabel",
    "=aaron aharon harun haroun אהרן هارون аарон харун", "=adam אדם آدم адам "
    "aadan", "=noah noach nuh נח نوح ной nuux", "=simon shimon simeon שמעון "
    "سمعان симон семён semyon", "=benjamin binyamin בנימין بنيامين вениамин "
    "веніамін", "=daniel דניאל دانيال даниил данило danilo daniil daniyal",
    "=gabriel gavriel jibril gavril גבריאל جبريل гавриил гаврило gebriel",
    "=raphael rafael רפאל رافائيل рафаил", "=jonathan yonatan יונתן يوناتان "
    "ионафан", "=joshua yehoshua yeshua יהושע يشوع иисус josué",
    "=ezekiel yechezkel יחזקאל حزقيال иезекииль jeheskel", "=jeremiah "
    "yirmiyahu ירמיהו إرميا иеремия", "=isaiah yeshayahu ישעיהו إشعياء исаия",
    "=zechariah zachary zakariya zakaria zacharias zekharya זכריה زكريا захар "
    "захария", "=nathan natan נתן ناثان натан", "=joel yoel יואל يوئيل",
    "=jesus isa issa عيسى иисус иса ciise jesús", "=job ayyub ayoub eyob איוב "
    "أيوب иов", "=ishmael ismail yishmael ישמעאל إسماعيل исмаил ismaaciil "
    "smail smaïl",
    "=george georges giorgos giorgi jerjes جرجس جورج георгий георгій юрий "
    "jorge gevorg gheorghe ጊዮርጊስ giorgis", "=peter petros pierre pedro بطرس "
    "пётр петро pietro piotr ጴጥሮስ", "=paul pavlos pablo boulos بولس павел "
    "павло paolo paulo pavel paweł", "=luke luka lucas louka لوقا лука "
    "ሉቃስ", "=mark marcus marcos مرقس марк marco", "=matthew matthias mateo "
    "متى матвей матвій matteo mateus", "=thomas tomas توما фома хома "
    "tommaso tomás", "=stephen stefan esteban istifan étienne стефан степан "
    "stepan štěpán stefano estevão", "=catherine katerina catalina екатерина "
    "катерина caterina catarina", "=alexander iskander iskandar alejandro "
    "alexandre إسكندر александр олександр alessandro aleksandar",
    "=nicholas nikolaos nicolás نقولا николай микола nicola nicolas nikola",
    "=andrew andreas andrés اندراوس андрей андрій andrea andré",
    "=anthony antonio antoine أنطون антон antonios antony",
    "=muhammad mehmet mohammed محمد мухаммад магомед mamadou mohamed maxamed "
    "muhammed muhammet mihemed magomed магомет мухамед",
    "=ahmad ahmet أحمد ахмед axmed "
    "ehmed ahmadou ahmed amadou",
    "=hussein hüseyin husên حسين hossein xuseen husayn hussain хусейн гусейн "
    "guseyn",
    "=fatima fatma fadumo fatimah فاطمة fadma fatoumata falmata фатима "
    "фатимат патимат patimat",
    "=khadija hatice khadijah خديجة kadidja khadiijo xadiijo xədicə xedîce "
    "hadiza хадижат хадиджат khadizhat",
    "=aisha ayşe aicha عائشة caasha aysha ayesha aïcha айшат aishat",
    "=uthman osman عثمان cismaan othman usman "
    "ousmane", "=umar ömer omar عمر cumar 3omar omer oumar умар омар гумар",
    "=mahmud mehmud mahmut mahmoud mahmood محمود maxamuud mamoudou",
    "=mustafa mostafa مصطفى "
    "moustapha", "=khalid halit خالد khaalid",
    "=hasan hassan حسن xasan hesen lassana хасан гасан gasan",

    "=khalil xelîl xəlil halil خليل", "=abubakar bukar aboubacar boubacar",
    "=ibrahim ibrahima ibraima braima brahim",

    /* West Africa: family names as French and as English writes them */

    "=diallo jallow jalloh djaló", "=ndiaye njie njai n'diaye", "=dieng jeng",
    "=diop jobe", "=diouf joof", "=thiam cham", "=diagne jagne",
    "=diarra jarra", "=cissé ceesay sesay", "=touré touray turay",
    "=ba bâ bah", "=sow sowe", "=guèye gaye", "=sané sanneh", "=diatta jatta",
    "=badji badjie", "=conté conteh", "=kourouma koroma", "=sylla sillah",
    "=dramé drammeh", "=mané manneh", "=seck secka", "=kanté kanteh",
    "=kouyaté kuyateh", "=diabaté jabateh", "=sy sey", "=tidiane tijan",
    "=thierno cherno chernor tierno", "=traoré trawally tarawally",
    "=bangoura bangura",
    "=ouattara watara", "=ouédraogo wedraogo", "=kouassi kwasi", "=kouadio "
    "kwadwo kojo", "=kouamé kwame", "=kouakou kwaku", "=yao yaw yawo",
    "=koffi kofi", "=kodjo kojo kwadwo",

    /* Haiti: Creole beside French */

    "=pierre pyè", "=joseph jozèf", "=louis lwi", "=jacques jak",
    "=françois franswa", "=charles chal", "=étienne etyèn", "=rose wòz",
    "=jude jid", "=luc lik", "=yves iv", "=guy gi", "=jules jil", "=hugues ig",
    "=ernest enès", "=hubert ibè", "=eugène ejèn", "=ulysse ilis",

    /* cut short, as in registers and on headstones */

    "william wm wlm", "charles chas chs", "james jas jms", "george geo",
    "thomas thos thm", "robert robt rbt", "joseph jos jph jsph", "john jn jno",
    "samuel saml", "daniel danl", "benjamin benj", "edward edw", "richard "
    "richd rchd", "henry hy hen", "nathaniel nathl", "patrick patk",
    "alexander alexr", "frederick fredk", "margaret margt", "elizabeth eliz",
    "katherine kath", "catherine cath", "friedrich friedr", "wilhelm wilh",
    "johannes joh", "johann joh", "heinrich heinr", "ludwig ludw", "christian "
    "chr", "matthias matth", "hermann herm", "georg gg", "jean jn", "joseph "
    "jh", "francisco fco", "francisca fca", "fernando fdo", "guadalupe gpe",
    "maría ma", "antonio anto", "manuel mnl", "pedro pdro", "juan jn",
    "gonzález glez gzlez glz", "hernández hdez hdz", "fernández fdez fdz",
    "rodríguez rdguez rguez rdz", "martínez mtnez mtez mtz",
    "gutiérrez gtrez gtz", "domínguez dguez dmz", "lópez lpz",
    "jiménez jmnez jmz", "vázquez vzquez vzq", "vásquez vzquez vsq",
    "méndez mdz", "gómez gmz", "sánchez shez snchz", "pérez prz pz",
    "ramírez rmz", "ghulam gh", "gholam gh", "sheikh sk", "abdul abd",

    /* Armenian, Eastern and Western; Albanian */

    "=hakob hagop jacob", "=grigor krikor gregory", "=karapet garabed",
    "=petros bedros", "=gevorg kevork george", "=tigran dikran",
    "=poghos boghos", "=mkrtich mgrdich", "=hovsep joseph",
    "=gjergj george", "=gjon john", "=skënder iskander",

    /* Belarusian and Polish beside them */

    "=алексей аляксей олексій aleksei alexei aleksey alexey aliaksei "
    "aliaksey oleksii", "=александр аляксандр олександр aleksandr alexander "
    "aliaksandr oleksandr", "=сергей сяргей сергій sergei sergey siarhei "
    "serhii", "=николай мікалай микола nikolai nikolay mikalai "
    "mikalay mykola mikola", "=елена алена олена elena alena olena",
    "=дмитрий дзмітрый зміцер dmitry dzmitry zmitser",
    "=михаил міхаіл михайло mikhail mykhailo",
    "=владимир уладзімір володимир vladimir uladzimir volodymyr",
    "=владислав уладзіслаў vladislav uladzislau", "=евгений яўген євген "
    "evgeny yauhen yevhen", "=евгения яўгенія євгенія", "=екатерина кацярына "
    "катерина ekaterina katsiaryna", "=татьяна таццяна тетяна tatiana "
    "tatsiana", "=наталья наталля natalya natallia", "=григорий рыгор "
    "григорій grigory ryhor", "=иосиф язэп йосип iosif yazep",
    "=тимофей цімафей timofey tsimafei", "=артём арцём artyom artsiom",
    "=геннадий генадзь gennady henadz", "=константин канстанцін "
    "konstantin kanstantsin", "=валентина валянціна valentina valiantsina",
    "=анатолий анатоль anatoly anatol", "=кирилл кірыл kirill kiryl",
    "=иван ян янка ivan yan yanka", "=фёдор фёдар fyodor fiodar",
    "=анна ганна anna hanna", "=антон антось anton",
    "aleksander olek olo", "katarzyna kasia", "małgorzata gosia malgosia",
    "stanisław staszek", "jan janek jas", "tadeusz tadek", "józef józek",
    "andrzej jędrek", "barbara basia", "joanna asia", "krzysztof krzysiek",
    "tomasz tomek",
    "magdalena magda", "agnieszka aga", "elżbieta ela", "jerzy jurek",

    /* Spanish and Portuguese */

    "josé pepe chepe pepito che zé zeca zezé jose",
    "francisco paco pancho curro kiko fran chico xico paquito",
    "ignacio nacho", "manuel manolo manu manel lolo",
    "jesús chuy chucho suso", "antonio toño tony toni tonho toninho",
    "alejandro ale jandro alex", "alejandra ale jandra sandra",
    "enrique quique kike", "eduardo edu lalo dudu", "eduarda duda",
    "fernando nando fer",
    "guillermo guille memo", "rafael rafa", "roberto beto rober",
    "alberto beto", "humberto beto", "gilberto beto gil", "ricardo richi rica",
    "luis lucho luisito", "luiz lula", "miguel miki", "pedro perico pedrinho",
    "santiago santi yago", "sebastián sebas", "sergio checo",
    "vicente chente", "gonzalo gonza", "gregorio goyo", "joaquín quino joaco",
    "jorge coque", "juan juanito juancho", "carlos charly carlitos cali",
    "daniel dani", "david davi", "gabriel gabi gabo", "javier javi",
    "marcos marquitos", "mario mayito", "nicolás nico", "pablo pablito",
    "ramón moncho mon", "salvador chava salva", "tomás tomi",
    "leonardo leo", "armando mando", "arturo turo", "ernesto neto",
    "cristóbal tobal", "federico fede", "felipe pipe", "maximiliano maxi",
    "raimundo mundo", "rodolfo rodo fito", "adolfo fito",

    "maría mari marita maruja", "guadalupe lupe lupita", "dolores lola loli",
    "concepción concha conchita conchi", "rosario charo chayo",
    "consuelo chelo", "francisca paca paquita pancha chica",
    "josefa pepa pepita", "teresa tere teresita", "isabel isa chabela",
    "mercedes merche meche", "pilar pili", "carmen carmela mamen carmencita",
    "ana anita", "elena nena", "beatriz bea bia", "catalina cata",
    "cristina cris tina", "esperanza pera espe", "gabriela gabi gaby",
    "graciela chela", "magdalena magda lena", "manuela manoli manola",
    "margarita marga rita", "patricia patri paty", "rosa rosita",
    "soledad sole chole", "susana susi", "verónica vero", "victoria vicky",
    "yolanda yoli", "inmaculada inma", "encarnación encarna",
    "asunción asun", "milagros mila", "remedios reme", "rocío chio",
    "lourdes lulú", "luisa lucha", "luciana lu", "fernanda fer nanda",
    "daniela dani", "alicia licha", "antonia toña toñi", "leticia lety",
    "joão joca joãozinho", "josefina fina pepa", "raimunda mundinha",
    "sebastião tião", "geraldo gege", "aparecida cida",

    /* French, German, Italian */

    "jean jeannot", "pierre pierrot", "jacques jacquot", "françois fanfan",
    "catherine cathy", "marguerite margot", "gérard gégé",
    "arnaud nono", "élisabeth babette lise", "nathalie nath",
    "frédéric fred", "philippe phil", "stéphane steph", "sébastien seb",
    "christophe chris", "dominique dom", "véronique véro", "valérie val",
    "alexandre alex", "benoît ben", "benjamin ben", "guillaume guigui",
    "antoine toine", "joséphine jo", "madeleine mado",
    "johannes hans hannes johann", "friedrich fritz fred", "heinrich heinz "
    "heiner", "wilhelm willi", "josef sepp jupp", "franz franzl",
    "georg schorsch", "ludwig lutz", "maximilian max", "matthias hias",
    "michael michel", "sebastian basti wastl", "siegfried sigi",
    "thomas tommi", "ulrich uli", "wolfgang wolf wolfi", "andreas andi",
    "alexander alex sascha", "karl kalle", "konrad kurt", "rudolf rudi",
    "stefan steffen", "nikolaus klaus niko", "dietrich dieter",
    "elisabeth lisa liesel elsa else sissi ella lilli",
    "katharina käthe katrin kathi", "margarete grete gretel greta",
    "johanna hanna hanni", "magdalena lena leni", "helene leni lena",
    "susanne susi", "gabriele gabi", "brigitte gitte", "barbara bärbel",
    "angelika geli", "ursula uschi ulla", "christine christl tina",
    "giuseppe beppe peppe pino", "giovanni gianni nanni", "francesco franco "
    "ciccio", "antonio tonino toni", "luigi gigi gino", "salvatore totò turi",
    "domenico mimmo", "vincenzo enzo", "lorenzo enzo renzo",

    /* Arabic, Persian, Turkish, Hebrew, Indian */

    "محمد حمودي حمادة حمودة mohamed hamoudi hamada mohammed hamoudy",
    "أحمد حمودي حمادة ahmed hamada hamoudi", "محمود حودة",
    "مصطفى صطوف درش mustafa mostafa darsh", "إبراهيم هيما برهوم ibrahim hima",
    "عبدالله عبود عبدو abdullah abboud abdo abdou",
    "عبدالرحمن عبود عبدو abdulrahman abboud abdo",
    "يوسف جو يويو yousef jojo",
    "علي علوش علاوي ali alloush allawi",
    "فاطمة فطوم طمطم بطة fatima fatoum fattouma fatma fati batoul",
    "خديجة خدوج khadija khadouj khadouja", "عائشة عيوش aisha ayoush aicha",
    "زينب زنوبة زوزو zainab zanouba zaynab", "مريم مريومة maryam mariouma",
    "خالد خلودي khaled khaloudi", "نورالدين نور noureddine nour",
    "صلاحالدين صلاح salah", "عبدالعزيز عزوز azouz",
    "محمدرضا رضا", "محمدعلی علی", "فاطمه فاطی fatemeh fati",
    "زهرا زری zahra zari", "معصومه معصی", "غلامرضا غلام رضا gholamreza reza",
    "mehmet memo mehmed", "mustafa mıstık musti", "ibrahim ibo ibrahim",
    "fatma fatoş", "hatice hatçe", "ahmet ahmo", "süleyman sülo",
    "hüseyin hüso", "ayşe ayşegül ayşenur", "emine emoş", "osman osmo",
    "yosef yossi", "יוסף יוסי yossi yosef", "אברהם אבי avi avraham",
    "יצחק איציק itzik yitzhak", "שמואל שמוליק shmulik shmuel",
    "דוד דודו דדי dudu david", "יעקב קובי יענקל kobi yaakov",
    "משה מוישה moshe", "רפאל רפי rafi rafael", "שלמה שלומי shlomi shlomo",
    "אליהו אלי eli eliyahu", "ישראל שרוליק srulik", "מנחם מני",
    "mohammad md mohd muhd mhd moh mohamed muhammad mohammed",
    "abdul abdu abdou"
};
