#!/usr/bin/perl

# Copyright (C) The RFL authors

# How long answers to a search are (S-42, S-43): ten notices of the kind that
# takes most room, in every language, have the size of a miss and of an error,
# with room left for names that are longer still.  So have the errors that nginx
# finds before a search is one of ours.  And a year of birth that is
# written into the field of the name: understood, shown, and taken back.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(decode_utf8 encode_utf8);

use Test::RFL;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl');

# four names of the father's line in two scripts, and what the mother calls her

my @father = qw(عبدالرحمن عبدالكريم مصطفى إبراهيم صلاح الدين);
my @latin = qw(Abdulrahman Abdulkarim Mustafa Ibrahim Salaheddin);

my @lines = map { {
    id => "p$_", kind => 'looking',
    names => [ "خديجة $father[$_ % 5] $father[($_ + 1) % 5] الهمذاني",
               "Khadija $latin[$_ % 5] $latin[($_ + 1) % 5] Al-Hamadani",
               "أم عبدالله خديجة $father[$_ % 5] الهمذاني" ],
    age_band => '30-39', sex => 'f', origin => 'BA',
    relation => 'other_relative', birth_year => 1990,
} } 0 .. 9;

# as long as names may be

push @lines, map { {
    id => "long$_", kind => 'alive', birth_year => 1970,
    names => [ map { join ' ', "Zarquela $_", ('Vostrikane') x 20 } 1 .. 6 ]
} } 0 .. 9;

push @lines, { id => 'layla', names => [ 'Layla Quintanilla' ],
               birth_year => 1990 };

# a site whose forms are long, and that nothing is handed in to

my $many = join ' ', qw(
    AD AE AF AG AI AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR
    BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM
    DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GM GN GQ GR GT GW GY HN
    HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ
    LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU
    MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW
    PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ
    TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS
    YE ZA ZM ZW
);

# all that the package has

my @langs = qw(en fr ar es uk ru fa);

my $rfl = $t->rfl_up(lines => \@lines, policy => { cap => 16 },
    http => "rfl_languages @langs; "
        . 'limit_req_zone $server_name zone=few:1m rate=1r/m; '
        . 'large_client_header_buffers 2 4k; lingering_timeout 100ms; '
        . 'rfl_timeout 8s; rfl_deadline 15s;',
    conf => 'location /few/ { rfl_site; limit_req zone=few; '
        . 'limit_req_status 429; } '
        . "location /many/ { rfl_site; rfl_inbox off; rfl_hide off; "
        . "rfl_countries $many; }");


# the answer, and the bytes of it that are no padding

sub page {
    my ($lang, %fields) = @_;

    my $a = parse(search(%fields, lang => $lang));

    $a->{text} = decode_utf8($a->{body});
    $a->{bytes} = length($a->{body} =~ s/\s+\z//r);

    return $a;
}


my $size = length page('en', name => 'Qarzuela Vostrikane')->{body};

# for a longer name here and there, and for a theme

my $room = 1024;

for my $lang (@langs) {
    my $a = page($lang, name => 'خديجة الهمذاني');

    is(scalar(() = $a->{text} =~ /<li>\s*<h2[^>]*>/g), 10, "$lang: ten notices");
    is(length $a->{body}, $size, '... are as long as a miss');
    cmp_ok($a->{bytes} + $room, '<=', $size, "... with $room bytes left");
    note("$lang: $a->{bytes} of $size");

    $a = page($lang, name => 'خديجة الهمذاني', birth_year => 1990,
              mother => 'x' x 200);
    is(length $a->{body}, $size, '... and with all that was asked');

    is(length page($lang, name => '')->{body}, $size, '... as a fault');
    is(length page($lang, name => 'Khadija')->{body}, $size,
        '... as a question for more');
}


my $long = page('en', name => 'Zarquela Vostrikane');

is(length $long->{body}, $size, 'names of 200 letters: no longer than others');
cmp_ok(scalar(() = $long->{text} =~ /<li>\s*<h2[^>]*>/g), '>', 5,
    '... and the best are shown');
like($long->{text}, qr/<\/html>\s*\z/, '... on a whole page');


for my $name ('خديجة الهمذاني', 'Zarquela Vostrikane', 'Qarzuela') {
    my ($status, $answer, $raw) = api(name => $name);
    note(length parse($raw)->{body} =~ s/\s+\z//r);
    is(length parse($raw)->{body}, 8192, 'API: one size');
}


# what nginx itself refuses, where somebody searches or hands something in

my $close = "Host: localhost\r\nConnection: close\r\n";
my $form = "Content-Type: application/x-www-form-urlencoded\r\n";
my $long_line = 'a' x 5000;

http_get('/few/en/') for 1 .. 2;

my @refused = (
    [ 400, 'no host', 'POST % HTTP/1.1', '' ],
    [ 400, 'a length that is none', 'POST % HTTP/1.1',
      "${close}Content-Length: x\r\n" ],
    [ 400, 'a broken chunk', 'POST % HTTP/1.1',
      "$close${form}Transfer-Encoding: chunked\r\n" ],
    [ 400, '494, a header that is too long', 'POST % HTTP/1.1',
      "${close}X: $long_line\r\n" ],
    [ 400, '494, too many headers', 'POST % HTTP/1.1',
      $close . join '', map { 'X: ' . 'a' x 3000 . "\r\n" } 1 .. 9 ],
    [ 405, 'PUT', 'PUT % HTTP/1.1', $close ],
    [ 405, 'DELETE', 'DELETE %?name=Qarzuela HTTP/1.1', $close ],
    [ 405, 'OPTIONS', 'OPTIONS % HTTP/1.1', $close ],
    [ 405, 'TRACE', 'TRACE % HTTP/1.1', $close ],
    [ 413, 'a body beyond the limit of nginx', 'POST % HTTP/1.1',
      "$close${form}Content-Length: 99999\r\n" ],
    [ 413, '... with a query', 'POST %?name=Qarzuela HTTP/1.1',
      "$close${form}Content-Length: 99999\r\n" ],
    [ 414, 'a line that is too long', "POST %?name=$long_line HTTP/1.1",
      $close ],
    [ 415, 'a body of another type', 'POST % HTTP/1.1',
      "${close}Content-Type: text/plain\r\nContent-Length: 0\r\n" ],
    [ 429, 'too many requests', 'POST /few% HTTP/1.1',
      "$close${form}Content-Length: 0\r\n" ],
    [ 429, '... with a query', 'POST /few%?name=Qarzuela HTTP/1.1',
      "$close${form}Content-Length: 0\r\n" ],
    [ 501, 'an unknown encoding', 'POST % HTTP/1.1',
      "$close${form}Transfer-Encoding: x\r\n" ],
    [ 505, 'HTTP of the future', 'POST % HTTP/9.1', $close ],
);

for my $route ('/en/search', '/ar/alive', '/fr/message') {
    my $form_size = 12288;

    for my $case (@refused) {
        my ($status, $what, $line, $headers) = @$case;

        $line =~ s/%/$route/;

        # a line that could not be read may have been anybody's

        my $expected = $route =~ /search/ || $status =~ /^(?:414|505)$/
                       ? $size : $form_size;

        my $a = parse(http("$line\r\n$headers\r\nzz\r\n"));

        is("$a->{status} " . length $a->{body}, "$status $expected",
            "S-42 $route: $status, $what");
        unlike($a->{body}, qr/Qarzuela|aaaa/, '... without what was asked');
    }
}

is(parse(http_get('/few/en/search'))->{status}, 429,
    'S-42 control: the limit is that of nginx');
cmp_ok(length parse(http_get('/en/nowhere'))->{body}, '<', 4096,
    'S-42 control: an address where nobody searches is not filled up');


# forms that are longer than results

my %long = map {
    my ($name, $birth_year) = @$_;
    my $a = parse(http_post('/many/ar/search',
        { name => $name, birth_year => $birth_year }));

    (length($a->{body}) => length $a->{body} =~ s/\s+\z//r)
} [ 'Layla Quintanilla', '' ], [ 'Qarzuela Vostrikane', '' ],
  [ 'Qarzuela Vostrikane', 1990 ], [ 'Layla', '' ], [ '', '' ];

is(keys %long, 1, 'S-42 a long form: found, not found and refused in one size');
cmp_ok((keys %long)[0], '>', 12288, '... which is not the usual one');


# what a browser or a cache asks beside

for my $header ('If-Match: "x"', 'If-None-Match: *', 'Range: bytes=0-9',
                'If-Unmodified-Since: Sat, 29 Oct 1994 19:43:31 GMT')
{
    my ($name, $value) = split /: /, $header;

    my $a = parse(http_post('/en/search', { name => 'Layla Quintanilla' },
        $name => $value));

    is("$a->{status} " . length $a->{body}, "200 $size", "S-42 $header");
    ok($a->{headers}{'content-security-policy'}, '... with all headers');
}


# the year

my $a = page('en', name => 'Layla Quintanilla (born 1990)');
like($a->{text}, qr/<h2[^>]*><bdi>Layla Quintanilla/, 'a year behind the name');
like($a->{text}, qr/Year of birth: <strong><bdi[^>]*>1990</, '... is shown');
like($a->{text}, qr/name="name" value="Layla Quintanilla">/,
    '... and no part of the name');

like(page('en', name => 'Layla Quintanilla, 1990, Aleppo')->{text},
    qr/<h2[^>]*><bdi>Layla Quintanilla/, 'a place beside it does no harm');

$a = page('en', name => 'Layla Quintanilla 1950');
unlike($a->{text}, qr/<h2[^>]*><bdi>Layla/, 'another year is another person');
like($a->{text}, qr/<button[^>]* name="go" value="anyyear">/,
    '... and may be taken back');

$a = page('en', name => 'Layla Quintanilla', birth_year => 1950,
          go => 'anyyear');
like($a->{text}, qr/<h2[^>]*><bdi>Layla Quintanilla/, '... then she is found');
unlike($a->{text}, qr/1950|Year of birth: /, '... and no year is shown');

my ($status, $answer) = api(name => 'Layla Quintanilla (born 1990)');
is(scalar @{$answer->{results}}, 1, 'API: a year behind the name');
is($answer->{birth_year}, 1990, '... is said to be understood');
($status, $answer) = api(name => 'Layla Quintanilla (born 1950)');
is(scalar @{$answer->{results}}, 0, 'API: another year');
($status, $answer) = api(name => 'Layla Quintanilla');
is($answer->{birth_year}, undef, 'API: no year');


$rfl->{index}->stop();

is(length page($_, name => 'خديجة الهمذاني')->{body}, $size,
    "$_: an error is as long") for qw(en ar);

$t->done();
