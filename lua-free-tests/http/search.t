#!/usr/bin/perl

# Copyright (C) The RFL authors

# From entries at the desk to hits on a page and in the API: found by name in
# any order and script, narrowed by second facts, kinds and events; what is
# shown of an entry and what is not; one size for all answers; and every
# answer of the API as schema/openapi.yaml says.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(decode_utf8 encode_utf8);
use JSON::PP ();

use Test::RFL;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl');

my @many = map { { id => "m$_", names => [ 'Mohamed Ahmed' ],
                   birth_year => 1940 + $_, country => 'SY' } } 1 .. 30;

my @ten = map { { id => "t$_", names => [ "Xaviera Quintanilla $_" ] } }
    qw(Abebe Bekele Chala Dawit Elias Fikre Girma Hailu Ibsa Jemal Kebede
       Lemma);

my @lines = (
    { id => 'warsame', kind => 'looking',
      names => [ 'Amina Hassan Warsame', 'أمينة حسن ورسمة' ],
      age_band => '30-39', sex => 'f', origin => 'SO', relation => 'sister',
      birth_year => 1990, country => 'SO', father => 'Yusuf Warsame' },
    { id => 'yao', kind => 'alive', names => [ '姚明', 'Yao Ming' ],
      status => 'safe', birth_year => 1980 },
    { id => 'markup', kind => 'alive',
      names => [ 'Zelda <b>"Ampersand" & \'Co' ] },
    { id => 'libya', names => [ 'Dawood Tarhuni' ], birth_year => 1987,
      country => 'LY', origin => 'LY' },
    { id => 'syria', names => [ 'Dawood Khatib' ], birth_year => 1988,
      country => 'SY', origin => 'SY-HL' },
    @many, @ten,
);

my $rfl = $t->rfl_up(lines => \@lines, policy => { cap => 16 });

my $json = JSON::PP->new->utf8->canonical;
my (@answers, %sizes);


# a search as a form: the answer, its body as characters

sub page {
    my (%fields) = @_;

    my $a = parse(search(%fields));

    $sizes{length $a->{body}}++;
    $a->{text} = decode_utf8($a->{body}) =~ s/\s+\z//r;

    return $a;
}


# the same to the API, remembered for the schema

sub ask {
    my ($status, $answer, $raw) = api(@_);

    my $body = parse($raw)->{body};

    is(length($body) % 8192, 0, 'API, a multiple of 8192 bytes');

    $body =~ s/\s+$//;
    push @answers, "$status\t$body\n";

    return ($status, $answer);
}


# found

my $a = page(name => 'Amina Hassan Warsame');

is($a->{status}, 200, 'a search');
like($a->{text}, qr/<bdi[^>]*>Amina Hassan Warsame<\/bdi>/, 'finds the name');
like($a->{text}, qr/<bdi[^>]*>أمينة حسن ورسمة<\/bdi>/, '... in both scripts');
like($a->{text}, qr/30 to 39/, '... with the age');
like($a->{text}, qr/Somalia/, '... the country');
like($a->{text}, qr/[Ss]ister/, '... the relation');
like($a->{text}, qr/Northland Family Links/, '... whom to ask');
like($a->{text}, qr/[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}/,
    '... a reference');
unlike($a->{text}, qr/Yusuf|1990/, '... and no second fact');
unlike($a->{text}, qr/warsame"|id="?warsame/, '... nor the source id');
like($a->{text}, qr/name="name" value="Amina Hassan Warsame"/,
    '... and the question goes along');
is($a->{headers}{'x-robots-tag'}, 'noindex, nofollow, noarchive',
    '... not for search engines');

for my $case (
    [ 'another order', 'Warsame Amina Hassan' ],
    [ 'another script', 'أمينة حسن ورسمة' ],
    [ 'another spelling', 'Aminah Hasan Warsame' ],
    [ 'capitals', 'AMINA HASSAN WARSAME' ],
    [ 'a part missing', 'Amina Warsame' ],
) {
    my ($what, $name) = @$case;

    like(page(name => $name)->{text}, qr/<bdi[^>]*>Amina Hassan Warsame/,
        "$what finds it");
}

like(page(name => 'Ming Yao')->{text}, qr/姚明/, 'Han, by the other order');
like(page(name => '姚明')->{text}, qr/Yao Ming/, 'and by itself');

$a = page(name => 'Zelda Ampersand');
like($a->{text}, qr/Zelda &lt;b&gt;&quot;Ampersand&quot; &amp; &#39;Co/,
    'a name like markup is shown as it is');

# in each language

for my $case (
    [ 'fr', 'Somalie', 'ltr' ], [ 'ar', 'الصومال', 'rtl' ],
) {
    my ($lang, $country, $dir) = @$case;

    $a = page(name => 'Amina Hassan Warsame', lang => $lang);
    like($a->{text}, qr/<html lang="$lang" dir="$dir">/, "results in $lang");
    like($a->{text}, qr/$country/, "... the country in $lang");
}

# narrowed

for my $case (
    [ 'the kind', kind => 'looking', 1 ],
    [ 'the other kind', kind => 'alive', 0 ],
    [ 'the year', birth_year => 1990, 1 ],
    [ 'a year nearby', birth_year => 1991, 1 ],
    [ 'the father', father => 'Yusuf Warsame', 1 ],
    [ 'the event', event => $rfl->{event}, 1 ],
) {
    my ($what, $field, $value, $found) = @$case;
    my $name = 'Amina Hassan Warsame';

    $a = page(name => $name, $field => $value);
    is(scalar($a->{text} =~ /<h2[^>]*><bdi>$name/) || 0, $found,
        "$what, " . ($found ? 'still' : 'not') . ' found');

    my (undef, $answer) = ask(name => $name, $field => $value);
    is(scalar @{$answer->{results}}, $found, "$what, by the API too");
}

# nothing

$a = page(name => 'Qarzuela Vostrikane');

is($a->{status}, 200, 'nothing is found');
unlike($a->{text}, qr/<bdi[^>]*>(?:Amina|Mohamed)/, '... and nobody listed');
like($a->{text}, qr/name="name" value="Qarzuela Vostrikane"/,
    '... the name can be corrected');
unlike($a->{text}, qr/not found|missing|dead/i, '... in words that do no harm');
unlike($a->{text}, qr/<details open|the name alone/,
    '... nothing of details that were not given');

for my $case (
    [ 'a year', birth_year => 'about 1950' ],
    [ 'a kind', kind => 'alive' ],
    [ 'an event', event => $rfl->{event} ],
) {
    my ($what, $field, $value) = @$case;

    $a = page(name => 'Qarzuela Vostrikane', $field => $value);
    like($a->{text}, qr/Search with the name alone/,
        "nothing is found with $what: without it, perhaps");
    like($a->{text}, qr/<details open>/, '... which is seen');
}

# what is no name

$a = page(name => '+49 170 1234567');
like($a->{text}, qr/Write a name, in letters/,
    'a telephone number: what is searched by');
like($a->{text}, qr/value="\+49 170 1234567"/, '... and it can be mended');

# too many: a second fact

$a = page(name => 'Mohamed Ahmed');
is($a->{status}, 200, 'too many may be meant');
unlike($a->{text}, qr/<bdi[^>]*>Mohamed/, '... nobody is listed');
unlike($a->{text}, qr/\b30\b/, '... nor counted');
like($a->{text}, qr/<details open>/, '... one more fact is asked for');

$a = page(name => 'Mohamed Ahmed', birth_year => 1950);
like($a->{text}, qr/<bdi[^>]*>Mohamed Ahmed/, '... and helps');

like(page(name => 'Mohamed')->{text}, qr/<details open>/,
    'one part of a name alone is too little');

# what was asked goes along to where it is asked for once more

$a = page(name => 'Amina Hassan Warsame', father => 'Yusuf', go => 'edit');
unlike($a->{text}, qr/<bdi[^>]*>Amina/, 'to change the question asks nothing');
like($a->{text}, qr/id="name" name="name" value="Amina Hassan Warsame"/,
    '... and shows what it was');
like($a->{text}, qr/<details open>.*id="father"[^>]+value="Yusuf"/s,
    '... with the details');
like(page(name => '', go => 'edit')->{text}, qr/<title>Search/,
    '... or nothing, without a fault');

# at most ten

$a = page(name => 'Xaviera Quintanilla');
is(scalar(() = $a->{text} =~ /<bdi[^>]*>Xaviera/g), 10, 'at most ten');


# the API

my ($status, $answer) = ask(name => 'Amina Hassan Warsame');

is($status, 200, 'API, found');

my $hit = $answer->{results}[0];

is($hit->{ref}, $rfl->{refs}{warsame}, '... its reference');
is($hit->{kind}, 'looking', '... its kind');
is_deeply($hit->{names}, [ 'Amina Hassan Warsame', 'أمينة حسن ورسمة' ],
    '... its names');
is("@$hit{qw(age_band sex origin relation society event)}",
    "30-39 f SO sister northland $rfl->{event}", '... what may be shown');
is_deeply($hit->{match}, { score => 1, reasons => [ 'same' ] },
    '... why');
is($answer->{refine}, undef, '... nothing to add');
my $as_of = $answer->{index_as_of};
like($as_of, qr/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    '... as of');

($status, $answer) = ask(name => 'Ming Yao');
is($answer->{results}[0]{status}, 'safe', 'API, a preset sentence');
ok(!exists $answer->{results}[0]{$_}, "API, no $_")
    for qw(age_band sex origin relation birth_year father id);
ok(scalar(grep { $_ eq 'order' } @{$answer->{results}[0]{match}{reasons}}),
    'API, a reason');

# what is said of a name that is not quite the same

for my $case (
    [ 'Amina Hassan', 'part_missing', 'The notice has more parts' ],
    [ 'Amina Hassan Warsame Xirsi', 'part_added', 'The notice has fewer' ],
    [ 'Amina Hasan Warsame', 'spelling', 'spelled a little differently' ],
) {
    my ($name, $reason, $words) = @$case;

    ($status, $answer) = ask(name => $name);
    is_deeply($answer->{results}[0]{match}{reasons}, [ $reason ],
        "API, $name: $reason and not \"same\"");

    $a = page(name => $name);
    like($a->{body}, qr/\Q$words\E/, '... in words');
    unlike($a->{body}, qr/The name is the same/, '... and no others');
}

($status, $answer) = ask(name => 'Qarzuela Vostrikane');
is_deeply($answer->{results}, [], 'API, nothing');

($status, $answer) = ask(name => 'Mohamed Ahmed', country => 'SY');
is_deeply($answer->{results}, [], 'API, too many');
is_deeply($answer->{refine}, [ qw(birth_year father mother grandfather) ],
    '... what would help');

($status, $answer) = ask(name => 'Dawood', birth_year => 1987,
                         country => 'SY');
is(join(', ', map { $_->{names}[0] } @{$answer->{results}}),
    'Dawood Khatib, Dawood Tarhuni',
    'API, who is of the country comes before who has the very year');

($status, $answer) = ask(name => 'Mohamed');
is_deeply($answer->{refine},
    [ qw(birth_year country father mother grandfather) ],
    'API, one part of a name');

ask(name => 'Xaviera Quintanilla');
ask(name => '');
ask(name => '...', birth_year => 'x', kind => 'x');
ask(nome => 'x');

is(join(' ', sort keys %sizes), '20480', 'one size for all pages');


# servers away

$rfl->{index}->stop();

$a = page(name => 'Amina Hassan Warsame');
is($a->{status}, 503, 'without Redis');
($status) = ask(name => 'Amina Hassan Warsame');
is($status, 503, 'API without Redis');

is(join(' ', sort keys %sizes), '20480', 'the size is that of any answer');

my $status_page = parse(http_get('/status'))->{body};
unlike(decode_utf8($status_page), qr/Amina|Warsame|Mohamed|姚/,
    'no name in the counters');
like($status_page, qr/"index_as_of":"\Q$as_of\E"/, 'how old the index is');

my ($rc, $out) = $t->command('/usr/bin/python3',
    $t->top() . '/lua-free-tests/schema/openapi.py', 'answers',
    \join '', @answers);

is($out, '', scalar(@answers) . ' answers are as openapi.yaml says');
is($rc, 0, 'all of them');

$t->done();
