#!/usr/bin/perl

# Copyright (C) The RFL authors
#
# gen.pl: synthetic entries and searches for the benchmarks, the same for
# the same seed.  Names are put together from short lists of our own with a
# Zipf skew (the most common given name is some hundred times as frequent as
# the median one) and a long tail of family names built from syllables, so
# that lists of common pairs grow with the index as they do in life.
#
#   gen.pl --n 10000 --entries E.ndjson --searches S.ndjson --names N.tsv
#          [--queries 20000] [--seed 1] [--flat] [--event ID] [--society ID]
#
# --flat draws all names with equal probability.  N.tsv holds id, name and
# year for the peers.  Searches are a mixture: as stored, parts swapped, one
# letter wrong, another script, with the year, and people who are not there.

use strict;
use warnings;
use utf8;

use Getopt::Long;
use JSON::PP;
use POSIX qw(strftime);

my %opt = (n => 10000, queries => 20000, seed => 1,
    event => 'river-flood', society => 'northland');

GetOptions(\%opt, 'n=i', 'queries=i', 'seed=i', 'flat', 'event=s',
    'society=s', 'entries=s', 'searches=s', 'names=s')
    && $opt{entries} && $opt{searches} && $opt{names}
    or die "usage: see the head of $0\n";

srand($opt{seed});

# culture: weight, country, given names (m), given (f), family names, and the
# syllables of further family names

my @cultures = (
    [22, 'SY', 'latin-ar',
        [qw(Mohammad Ahmad Mahmoud Ali Omar Khaled Hassan Hussein Yousef
            Ibrahim Mustafa Abdullah Samir Tariq Bilal Nabil Walid Ziad Fadi
            Rami Imad Adel Basel Ghassan Hamza Jamal Karim Majid Nasser Qasem
            Rashid Salim Taher Wael Yaser Anas Ayman Firas Haitham Jihad)],
        [qw(Fatima Aisha Mariam Zainab Khadija Amina Huda Rana Layla Salma
            Noor Hanan Iman Samira Nadia Rasha Dina Lina Maha Suad Widad Abeer
            Ghada Hala Jamila Karima Lubna Manal Nahla Rima)],
        [qw(Haddad Khalil Hamdan Saleh Darwish Nasser Awad Mansour Qasim
            Shaheen Barakat Najjar Sabbagh Rifai Zaydan Masri Halabi Hariri
            Jabari Kurdi Tamimi Atassi Bitar Dabbagh Fakhoury Ghanem)],
        [qw(Ba Da Fa Gha Ha Ja Ka Ma Na Ra Sa Sha Ta Wa Za)],
        [qw(b d f h j k l m n r s t wi ri li mi)],
        [qw(an ar ash at ani awi il im in oun oud our)]],
    [10, 'AF', 'latin-fa',
        [qw(Mohammad Ahmad Ali Reza Hamid Farid Jawad Karim Nawid Omid Rahim
            Said Wahid Zabi Habib Ismail Latif Mirwais Najib Qader)],
        [qw(Maryam Zahra Fatema Shirin Parwin Laila Nasrin Roya Soraya
            Zarghuna Farida Golnar Homa Malalai Nargis Palwasha Shabnam)],
        [qw(Ahmadi Hosseini Karimi Rahimi Noori Mohammadi Haidari Sadat
            Azizi Faizi Hakimi Jafari Nazari Popal Stanikzai Wardak)],
        [qw(Az Bah Dar Far Gul Ham Kar Mir Nas Par Rah Sam Shah Tai Yus)],
        [qw(a i o u am im ur)], [qw(i zai pur yar khel wal dad)]],
    [14, 'UA', 'cyrillic',
        [qw(Олександр Сергій Андрій Володимир Микола Іван Дмитро Юрій Василь
            Петро Богдан Тарас Роман Олег Ігор Віктор Михайло Павло Максим
            Ярослав)],
        [qw(Олена Ірина Наталія Оксана Тетяна Марія Людмила Галина Світлана
            Катерина Юлія Анна Вікторія Надія Любов Ганна Дарина Софія)],
        [qw(Шевченко Коваленко Бондаренко Ткаченко Кравченко Мельник Бойко
            Коваль Савченко Марченко Лисенко Руденко Петренко Мороз Гончар
            Павленко Кузьменко Поліщук)],
        [qw(Бай Вор Гор Дуб Жур Зал Кар Лев Мак Нос Овч Пер Рад Сол Тим Фед
            Хар Чор Шап)],
        [qw(а о и у е)], [qw(ненко рчук вський ленко мчук тюк вич ренко)]],
    [10, 'ET', 'latin-et',
        [qw(Abebe Bekele Tesfaye Haile Girma Kebede Mulugeta Dawit Yonas
            Solomon Berhanu Tadesse Alemu Getachew Desta Worku)],
        [qw(Almaz Tigist Hana Selam Meseret Aster Genet Hiwot Kidist Liya
            Marta Netsanet Rahel Senait Tsion Yordanos)],
        [qw(Abebe Bekele Tesfaye Haile Girma Kebede Mulugeta Dawit Yonas
            Tadesse Alemu Getachew Desta Worku Assefa Demissie Eshetu)],
        [qw(Ab Be Da Ge Ha Ke Le Me Ne Se Ta We Ye Ze)],
        [qw(be de ge ka la ma ne re)], [qw(be chew du gn la mu rga sa tu w)]],
    [10, 'MX', 'latin-es',
        [qw(José Juan Luis Carlos Jorge Miguel Pedro Francisco Jesús Manuel
            Antonio Rafael Fernando Ricardo Diego Andrés Ramón Héctor)],
        [qw(María Guadalupe Juana Margarita Rosa Carmen Ana Lucía Teresa
            Elena Patricia Claudia Verónica Sofía Isabel)],
        [qw(Hernández García Martínez López González Pérez Rodríguez Sánchez
            Ramírez Cruz Flores Gómez Morales Vázquez Jiménez Reyes Díaz
            Torres Gutiérrez Ruiz)],
        [qw(Al Bar Cas Del Es Fer Gal Her Lar Mon Nav Or Pal Quin Ri Sal Tor
            Vil Za)],
        [qw(a e i o u an en ol)], [qw(da do ga guez les llo nes ra rez ta)]],
    [10, 'SO', 'latin-so',
        [qw(Maxamed Cabdi Xasan Cali Axmed Ibraahim Yuusuf Cumar Faarax
            Jaamac Ismaaciil Nuur Warsame Guuleed Saciid Aadan)],
        [qw(Faadumo Xaliimo Caasha Maryan Khadra Sahra Hodan Ifrax Ladan
            Nimco Sucaad Xaawo Ayaan Deeqa)],
        [qw(Maxamed Cabdi Xasan Cali Axmed Ibraahim Yuusuf Cumar Faarax
            Jaamac Nuur Warsame Guuleed Saciid Aadan Geedi Rooble)],
        [qw(Bar Dir Fa Gu Ha Ja Ka Lii Ma Rab Sa War)],
        [qw(a i oo aa ee)], [qw(le re san dir gal be nde)]],
    [8, 'MM', 'latin-my',
        [qw(Aung Kyaw Min Zaw Htun Myo Naing Soe Thant Win Ko Htet Ye)],
        [qw(Aye Khin Mya Nwe San Su Thandar Wai Yin Hnin Ei)],
        [qw(Aung Kyaw Lin Oo Htay Maung Myint Naing Nyunt Soe Thein Tun Win
            Zin Khaing Hlaing)],
        [qw(Aung Hla Khin Kyi Mya Nay Ohn Pyae Sein Tin Zaw)],
        [qw(Htet Lin Min Myo Phyo Thu Wai)], [qw( Aung Htut Ko Oo Win Zin)]],
    [8, 'CN', 'hanzi',
        [qw(伟 强 磊 军 洋 勇 杰 涛 明 超 建国 志强 建华 文博 浩然 子轩)],
        [qw(芳 娜 敏 静 丽 艳 娟 霞 秀英 桂英 玉兰 婷婷 雪梅 雨欣)],
        [qw(王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗)],
        [qw(宋 唐 许 韩 冯 邓 曹 彭 曾 萧 田 董 潘 袁 蔡 蒋 余 于 杜 叶)],
        [''], ['']],
    [8, 'CD', 'latin-fr',
        [qw(Jean Pierre Joseph Emmanuel Patrick Daniel Pascal Dieudonné
            Innocent Célestin Faustin Gervais Olivier Serge)],
        [qw(Marie Chantal Jeanne Espérance Béatrice Claudine Solange Odette
            Vestine Immaculée Grâce Divine)],
        [qw(Mukendi Kabila Ilunga Tshibanda Mbuyi Ngoy Kalala Kasongo
            Mutombo Mwamba Lukusa Ntumba)],
        [qw(Bah Ham Hak Ka Lu Ma Mu Nda Ngo Nya Nzi Tshi)],
        [qw(bi ga ki la mi ra si ta zi)], [qw(mana ngu ra sha ba ye zi nda)]],
);

my @pick;
push @pick, ($_) x $_->[0] for @cultures;

my %zipf;

binmode(STDERR, ':utf8');

open(my $entries, '>', $opt{entries}) or die "$opt{entries}: $!\n";
open(my $searches, '>', $opt{searches}) or die "$opt{searches}: $!\n";
open(my $names, '>:utf8', $opt{names}) or die "$opt{names}: $!\n";

my $json = JSON::PP->new->utf8->canonical;
my $now = time();
my $sampled = 1 + int($opt{n} / $opt{queries});

my %base = (
    event => $opt{event},
    society => $opt{society},
    age_class => 'adult',
    confirmed_on => day(-3),
    not_before => day(-2) . 'T00:00:00Z',
    not_after => day(80) . 'T00:00:00Z',
    consent => { class => 'searchable', date => day(-3), policy => 1 },
);

my @known;

for my $i (0 .. $opt{n} - 1) {
    my $p = person();
    my $id = sprintf('b%07d', $i);

    my %entry = (
        %base,
        id => $id,
        kind => rand() < 0.5 ? 'looking' : 'alive',
        names => [$p->{name}],
    );

    $entry{sex} = $p->{sex} if rand() < 0.95;
    $entry{birth_year} = $p->{year} if rand() < 0.93;

    # a name that is read as one part needs a fact to be found by

    $entry{country} = $p->{country}
        if rand() < 0.9 || !exists $entry{birth_year};

    $entry{father} = $p->{father} if rand() < 0.3;

    print $entries $json->encode(\%entry), "\n";
    print $names join("\t", $id, $p->{name}, $p->{year}), "\n";

    push @known, $p if $i % $sampled == 0;
}

for my $i (1 .. $opt{queries}) {
    my $p = $known[int(rand(@known))];
    my @parts = split / /, $p->{name};
    my $dice = rand();
    my %q;

    if ($dice < 0.35) {
        # as stored

    } elsif ($dice < 0.5) {
        @parts = reverse @parts;

    } elsif ($dice < 0.7) {
        my $k = int(rand(@parts));
        $parts[$k] = typo($parts[$k]);

    } elsif ($dice < 0.75) {
        $q{birth_year} = $p->{year};

    } else {
        # most of them nobody
        @parts = split / /, person()->{name};
    }

    $q{name} = join ' ', @parts;
    $q{birth_year} = $p->{year} if rand() < 0.1;

    print $searches $json->encode(\%q), "\n";
}

close($_) or die "cannot write: $!\n" for $entries, $searches, $names;


sub person {
    my $c = $pick[int(rand(@pick))];
    my $sex = rand() < 0.5 ? 'm' : 'f';

    my $given = draw($c->[$sex eq 'm' ? 3 : 4]);
    my $father = draw($c->[3]);
    my $family = rand() < 0.45 ? draw($c->[5]) : tail($c);

    my $name = $c->[2] eq 'hanzi' ? $family . $given
        : rand() < 0.3 ? "$given $father $family"
        : "$given $family";

    return {
        name => $name,
        sex => $sex,
        father => $father,
        country => $c->[1],
        year => 1930 + int(rand(38) + rand(38)),
    };
}


# a rare family name

sub tail {
    my ($c) = @_;
    my $name = any($c->[6]);

    $name .= any($c->[7]) if rand() < 0.85;
    $name .= any($c->[7]) if rand() < 0.3;

    return $name . any($c->[8]);
}


sub any {
    my ($list) = @_;
    return $list->[int(rand(@$list))];
}


# Zipf with exponent 1 over a list

sub draw {
    my ($list) = @_;

    return any($list) if $opt{flat};

    my $sums = $zipf{$list} ||= do {
        my $sum = 0;
        [map { $sum += 1 / $_ } 1 .. @$list];
    };

    my $x = rand() * $sums->[-1];
    my ($lo, $hi) = (0, $#$sums);

    while ($lo < $hi) {
        my $mid = ($lo + $hi) >> 1;
        if ($sums->[$mid] < $x) { $lo = $mid + 1 } else { $hi = $mid }
    }

    return $list->[$lo];
}


sub typo {
    my ($word) = @_;
    my $n = length($word);

    return $word if $n < 4;

    my $i = 1 + int(rand($n - 2));
    my $dice = rand();

    if ($dice < 0.4) {
        substr($word, $i, 1) = '';
    } elsif ($dice < 0.7) {
        substr($word, $i, 2) = reverse substr($word, $i, 2);
    } else {
        substr($word, $i, 0) = substr($word, $i, 1);
    }

    return $word;
}


sub day {
    my ($offset) = @_;
    return strftime('%Y-%m-%d', gmtime($now + $offset * 86400));
}
