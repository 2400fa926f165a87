#!/usr/bin/perl

# Copyright (C) The RFL authors

# What a page gives to somebody who looks for a hole in it.
# S-60 headers, S-61 methods and query strings, S-62 names as markup,
# S-63 no compression, S-74 names that are no names, S-75 too broad,
# S-76 bodies that are too much.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode_utf8 decode_utf8);
use Unicode::Normalize qw(NFC);

use Test::RFL;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl');


# S-62: five hundred strings that were markup, script, a URL, an attribute or
# an attack on the reader's eyes somewhere

my @payloads = (
    '<script>alert(1)</script>', '<ScRiPt src=//x.example></sCrIpT>',
    '<img src=x onerror=alert(1)>', '<svg/onload=alert(1)>',
    '"><script>alert(1)</script>', "'><script>alert(1)</script>",
    '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='",
    '</bdi><h1>x</h1>', '</title><b>', '</textarea><a href=x>',
    '--><script>alert(1)</script><!--', '<!--', ']]><x>', '<![CDATA[<x>]]>',
    '&lt;script&gt;', '&#60;script&#62;', '&#x3c;x&#x3e;', '&amp;lt;b&gt;',
    '&', '<', '>', '"', "'", '`', '\\', '</', '<>', '</script', '<a', '<!',
    'javascript:alert(1)', 'data:text/html,<b>x', '{{name}}', '{{#t}}',
    '{{>header}}', '}}<b>{{', '${7*7}', '#{7*7}', '<%= 7 %>', '%3Cb%3E',
    '%253Cb%253E', '\u003cb\u003e', '\x3cb\x3e', '+ADw-b+AD4-',
    '<iframe srcdoc="&lt;b&gt;">', '<style>a{b:url(//x)}</style>',
    '<link rel=stylesheet href=//x>', '<meta http-equiv=refresh content=0>',
    '<base href=//x>', '<form action=//x><input name=y>', '<math><mi//xlink',
    '<a href="jav&#x09;ascript:alert(1)">x</a>', '＜script＞', 'ˮonload=ˮ',
    "x\x{2028}y", '<b>%s%n%x</b>', "'; DROP TABLE x; --", '$(id)', '|id',
);

my @frames = (
    sub { $_[0] },
    sub { "محمد $_[0]" },
    sub { "$_[0] Иванов" },
    sub { "ቮስትሪ$_[0]ካነ" },
    sub { "\x{202e}$_[0]\x{202c}" },
    sub { "\x{2066}$_[0]" },
    sub { "x\x{0301}\x{0301}$_[0]\x{0301}" },
    sub { "\x{200d}$_[0]\x{200c}x" },
    sub { "\x{1f468}\x{200d}\x{1f469} $_[0]" },
);

my @names;

for my $frame (@frames) {
    push @names, map { $frame->($_) } @payloads;
}

# each has a first name of its own, to be searched by

my @lines;

for my $i (0 .. $#names) {
    my $family = family_name($i / 24);

    push @lines, {
        id => "x$i",
        names => [ given_name($i) . " $family", "$family $names[$i]" ],
    };
}

# a list longer than the cap, for S-75, and one entry like any other

push @lines, map { { id => "b$_", names => [ 'Xochitl Yamamoto' ],
                     birth_year => 1950 + $_ % 40 } } 1 .. 80;
push @lines, { id => 'plain', names => [ 'Zarquela Vostrikane' ] };

my $rfl = $t->rfl_up(lines => \@lines, policy => { cap => 64 });


# the elements of a page, each with the names of its attributes

sub elements {
    my $html = shift;

    my %seen;

    while ($html =~ /<(?!\!doctype\b)([^<>]*)>/gi) {
        my ($inside, %names) = ($1);

        $inside =~ s/"[^"]*"/""/g;
        $inside =~ s{^(/?[^\s/>]*)}{};

        my $element = lc $1;

        $seen{join ' ', $element, sort map { lc } $inside =~ /([^\s=\/"]+)/g}++;
    }

    return \%seen;
}


sub escaped {
    my $text = shift;

    my %entity = ('&' => '&amp;', '<' => '&lt;', '>' => '&gt;',
                  '"' => '&quot;', "'" => '&#39;');

    return $text =~ s/([&<>"'])/$entity{$1}/gr;
}


# what the desk made of the name when it was read: spaces and bidi controls

sub cleaned {
    my $text = shift;

    $text =~ s/[\x{200e}\x{200f}\x{061c}\x{202a}-\x{202e}\x{2066}-\x{2069}]//g;
    $text =~ s/[\x{feff}\x{ad}]//g;
    $text =~ s/\s+/ /g;

    return $text =~ s/^ | $//gr;
}


my $plain = parse(search(name => 'Zarquela Vostrikane'))->{body};

like($plain, qr/Zarquela Vostrikane/, 'S-62 control: a plain name is shown');

my $known = elements($plain);
my (@unseen, @strange, @unescaped, @other_json);
my $tried = 0;

for my $i (0 .. $#names) {
    my $name = $lines[$i]{names}[0];
    my $answer = parse(search(name => $name));
    my $html = decode_utf8($answer->{body});
    my $shown = cleaned($lines[$i]{names}[1]);

    $tried++;

    # other entries may be found beside it; this one must be there

    push @unseen, $i if index(NFC($html), NFC(escaped($shown))) < 0;
    push @unescaped, $i if $shown =~ /[<>]/ && index($html, $shown) >= 0;

    my $elements = elements($html);
    push @strange, map { "$i: <$_>" } grep { !$known->{$_} } keys %$elements;

    next if $i % 5;

    my ($status, $json) = api(name => $name);
    push @other_json, $i if !grep { NFC($_) eq NFC($shown) }
        map { ref $_ ? $_->{full} : $_ } map { @{$_->{names}} }
        @{$json->{results} || []};
}

cmp_ok($tried, '>=', 500, "S-62 $tried names were published and searched");
is("@unseen", '', 'S-62 each is shown, escaped');
is("@unescaped", '', 'S-62 none is shown as it is');
is(join("\n", @strange), '', 'S-62 none makes an element or attribute');
is("@other_json", '', 'S-62 the API gives the same names');

# the control of the last but one: the look does see a new element

ok(grep({ !$known->{$_} } keys %{elements("$plain<img src=\"x\" onerror=x>")}),
    'S-62 control: an element more is noticed');

# the same strings in the question, which the page repeats

(@strange, @unescaped) = ();

$known = { %$known, map { %{elements(parse(search(@$_))->{body})} }
    [ name => 'Nobody Hasthisname' ], [ name => '' ],
    [ name => 'Nobody Hasthisname', father => 'Abel Hasthisname' ],
    [ name => 'Nobody', father => 'Abel' ], [ name => 'Nobody' ],
    [ name => 'Zarquela Vostrikane', father => 'Abel' ],
    [ name => 'x', father => 'x' ], [ name => '12', father => '12' ] };

for my $name (@names) {
    my $html = decode_utf8(parse(search(name => $name,
                                        father => $name))->{body});
    my $elements = elements($html);

    push @strange, map { "$name: <$_>" } grep { !$known->{$_} }
        keys %$elements;
    push @unescaped, $name if cleaned($name) =~ /[<>].*[<>]/
        && index($html, cleaned($name)) >= 0;
}

is(encode_utf8(join "\n", @strange), '',
    'S-62 a question makes no element or attribute');
is(encode_utf8(join "\n", @unescaped), '', 'S-62 nor is it repeated as it is');

# bytes that are not UTF-8, and NUL

for my $bytes ("\xc0\xbcscript\xc0\xbe", "\xff\xfe", "Zarquela\0Vostrikane",
               "\xed\xa0\x80x", "\xf8\x88\x80\x80\x80", "\xe2\x80",
               "Zarquela Vostrikane\xc3")
{
    my $form = 'name=' . join '', map { sprintf '%%%02X', ord } split //, $bytes;
    my $answer = parse(http_post('/en/search', $form,
        'Content-Type' => 'application/x-www-form-urlencoded'));

    ok($answer->{status} < 500 && $answer->{status} >= 200
           && $answer->{body} !~ /[\0\xc0\xff]/,
        'S-62 bytes ' . unpack('H*', $bytes) . " ($answer->{status})");
}


# S-60: headers of every page and every error

my %want = (
    'content-security-policy' => qr/^default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    'referrer-policy' => qr/^no-referrer$/,
    'x-content-type-options' => qr/^nosniff$/,
    'cross-origin-opener-policy' => qr/^same-origin$/,
    'cross-origin-resource-policy' => qr/^same-origin$/,
    'x-frame-options' => qr/^DENY$/,
    'permissions-policy' => qr/\bgeolocation=\(\)/,
);

my %pages = (
    'home' => [ 200, http_get('/en/') ],
    'search form' => [ 200, http_get('/en/search') ],
    'privacy' => [ 200, http_get('/en/privacy') ],
    'results' => [ 200, search(name => 'Zarquela Vostrikane') ],
    'no result' => [ 200, search(name => 'Nobody Hasthisname') ],
    'too broad' => [ 200, search(name => 'Xochitl Yamamoto') ],
    'API' => [ 200, (api(name => 'Zarquela Vostrikane'))[2] ],
    'API error' => [ 400, http_post('/api/v1/search', '{',
                                    'Content-Type' => 'application/json') ],
    'not found' => [ 404, http_get('/en/nothing-here') ],
    'method' => [ 405, http("DELETE /en/ HTTP/1.0\r\nHost: x\r\n\r\n") ],
    'too large' => [ 413, http_post('/en/search', 'name=' . 'x' x 200000,
                   'Content-Type' => 'application/x-www-form-urlencoded') ],
);

for my $page (sort keys %pages) {
    my ($status, $raw) = @{$pages{$page}};
    my $answer = parse($raw);
    my $h = $answer->{headers};

    is($answer->{status}, $status, "S-60 $page: $status");

    my @wrong = grep { ($h->{$_} // '') !~ $want{$_} } sort keys %want;

    push @wrong, 'cache-control'
        if ($h->{'cache-control'} // '') !~ /\bno-store\b/
           && $page =~ /result|broad|API|method|too large/;
    push @wrong, 'x-robots-tag'
        if ($h->{'x-robots-tag'} // '') !~ /\bnoindex\b/
           && $page =~ /result|broad/;
    push @wrong, grep { defined $h->{$_} }
        qw(set-cookie etag strict-transport-security x-powered-by);
    push @wrong, 'server' if ($h->{server} // '') =~ /\d/;

    is("@wrong", '', "S-60 $page: headers");
}


# S-61

for my $method (qw(PUT DELETE TRACE OPTIONS PATCH)) {
    my $answer = parse(http("$method /en/search HTTP/1.1\r\nHost: x\r\n"
                            . "Connection: close\r\n\r\n"));

    is($answer->{status}, 405, "S-61 $method on search");

    next if $method eq 'TRACE';
    like($answer->{headers}{allow} // '', qr/\bPOST\b/, "S-61 $method: Allow");
}

for my $method (qw(GET HEAD PUT OPTIONS)) {
    is(parse(http("$method /api/v1/search HTTP/1.1\r\nHost: x\r\n"
                  . "Connection: close\r\n\r\n"))->{status},
        405, "S-61 $method on the API");
}

for my $uri ('/en/', '/en/search', '/en/privacy', '/en/nothing', '/') {
    my $raw = http_get("$uri?name=Zarquela+Vostrikane&q=%3Cb%3E");

    unlike($raw, qr/Zarquela|Vostrikane|%3Cb|<b>/i,
        "S-61 $uri does not look at a query string");
}

unlike(search(name => 'Zarquela Vostrikane') . http_get('/en/'),
    qr/href="[^"]*\?[^"]*=/, 'S-61 no link has one');


# S-63

for my $coding ('gzip', 'br', 'deflate', 'gzip, br, zstd') {
    my $h = parse(http_post('/en/search', { name => 'Zarquela Vostrikane' },
        'Accept-Encoding' => $coding))->{headers};

    is($h->{'content-encoding'}, undef, "S-63 Accept-Encoding: $coding");
}


# S-74: refused with words that help, and never a list

my %small = (
    'empty' => '', 'spaces' => "  \t ", 'one letter' => 'A',
    'one name part' => 'Vostrikane', 'wildcard' => 'Zarq* Vos*',
    'per cent' => '% %', 'question marks' => '??? ???', 'dots' => '. .',
    '10,000 characters' => 'Za ' x 3334, 'thirty parts' => 'Zaba ' x 30,
    'digits' => '12345 67890', 'asterisks' => '* *',
);

for my $what (sort keys %small) {
    my $answer = parse(search(name => $small{$what}));

    cmp_ok($answer->{status}, '<', 500, "S-74 $what: $answer->{status}");
    unlike($answer->{body}, qr/Vostrikane.*Zarquela|Zarquela Vostrikane/s,
        "S-74 $what: no entry");
}


# S-75

my $broad = parse(search(name => 'Xochitl Yamamoto'));

unlike($broad->{body}, qr/<bdi[^>]*>Xochitl Yamamoto.*<bdi[^>]*>Xochitl/s,
    'S-75 no list');
unlike($broad->{body}, qr/\b(?:64|65|80|81)\b/, 'S-75 no count');
like($broad->{body}, qr/name="birth_year"/, 'S-75 a second fact is asked for');

my ($status, $json) = api(name => 'Xochitl Yamamoto');

is(scalar @{$json->{results}}, 0, 'S-75 API: no entry');
ok(grep({ $_ eq 'birth_year' } @{$json->{refine} || []}),
    'S-75 API: what to add');

($status, $json) = api(name => 'Xochitl Yamamoto', birth_year => 1951);

cmp_ok(scalar @{$json->{results}}, '>', 0,
    'S-75 control: with the year they are found');


# S-76

my $form = 'application/x-www-form-urlencoded';

my @bodies = (
    [ 'body over the limit', [ 413 ], 'name=' . 'x' x 1000000, $form ],
    [ '10,000 fields', [ 400, 413 ], join('&', map { "f$_=1" } 1 .. 10000),
      $form ],
    [ 'a field twice', [ 400 ], 'name=Zarquela+Vostrikane&name=Other+Name',
      $form ],
    [ 'no form at all', [ 400, 415 ], 'name=Zarquela+Vostrikane',
      'text/plain' ],
    [ 'another charset', [ 400, 415 ], 'name=Zarquela+Vostrikane',
      "$form; charset=utf-16" ],
    [ 'multipart', [ 400, 413, 415 ],
      "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n" x 2000,
      'multipart/form-data; boundary=x' ],
);

for my $case (@bodies) {
    my ($what, $statuses, $body, $type) = @$case;

    my $answer = parse(http_post('/en/search', $body,
                                 'Content-Type' => $type));

    ok(grep({ $_ == $answer->{status} } @$statuses),
        "S-76 $what: $answer->{status}");
    unlike($answer->{body}, qr/Zarquela/, "S-76 $what: nothing is searched");
}

my $deep = '{"name":' . '[' x 1500 . ']' x 1500 . '}';

is(parse(http_post('/api/v1/search', $deep,
                   'Content-Type' => 'application/json'))->{status}, 400,
    'S-76 deeply nested JSON');

is(join(' ', glob $t->testdir() . '/tmp_client_body/*'), '',
    'S-76 no temporary file');
like(search(name => 'Zarquela Vostrikane'), qr/Zarquela Vostrikane/,
    'S-76 control: and an honest search goes on');

$t->done();
