#!/usr/bin/perl

# Copyright (C) The RFL authors

# Every page in every language, with nothing behind nginx: routes, headers
# (S-60), methods (S-61), no compression (S-63), errors that nginx finds by
# itself, what a theme and a message change, variables, and the status page.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();

use Test::RFL;
use Test::RFL::Site;


# all that the package has

my @langs = qw(en fr ar es uk ru fa);

my $t = Test::RFL->new()->has('http_ssl', 'http_v2')->has_command('openssl');

my $dir = $t->testdir();

mkdir "$dir/theme";
$t->write_file('theme/brand.html', '<b id="mine">{{site_name}}</b>');
$t->write_file('theme/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
$t->write_file('theme/custom.css', "#mine { color: #123456 }\n");
mkdir "$dir/po";
$t->write_file('po/fr.po', "msgctxt \"form.go\"\nmsgid \"Search\"\n"
    . "msgstr \"Chercher encore\"\n");

system("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
    . "-keyout $dir/key.pem -out $dir/cert.pem >/dev/null 2>&1");

site_up($t, set => { rfl_countries => 'SY UA',
                   rfl_languages => "@langs" }, http => '
    gzip on;
    gzip_types *;
    gzip_min_length 0;
    limit_req_zone $server_port zone=busy:64k rate=1r/m;
    limit_req_log_level info;
    log_format rfl "rfl $status $rfl_route $rfl_lang $rfl_dir $rfl_outcome '
        . '$rfl_results end";
', server => '
        listen 127.0.0.1:8081 ssl;
        listen 127.0.0.1:8082 ssl http2;
        ssl_certificate %%TESTDIR%%/cert.pem;
        ssl_certificate_key %%TESTDIR%%/key.pem;
', locations => '
        access_log %%TESTDIR%%/logs/rfl.log rfl;

        location / { rfl_site; }
        location /api/v1/ { rfl_api; }
        location = /status { rfl_status; }

        location /theirs/ {
            rfl_site;
            rfl_site_name "A & B <Links>";
            rfl_theme %%TESTDIR%%/theme;
            rfl_po %%TESTDIR%%/po;
            rfl_accent "#7a1f1f";
            rfl_default_language fr;
            rfl_languages en fr;
        }

        location /busy/ {
            rfl_site;
            limit_req zone=busy;
            limit_req_status 429;
        }

        location /small/ {
            rfl_site;
            client_max_body_size 10;
            error_page 404 /own404;
        }

        location /shut/ {
            rfl_site;
            deny all;
        }

        location /busyapi/ { rfl_api; limit_req zone=busy; }

        location = /own404 { return 200 "own"; }
');


my $csp = "default-src 'none'; style-src 'self'; img-src 'self'; "
    . "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

my @pages = ('', 'search', 'looking', 'alive', 'privacy');


# what any answer of ours has; returns it

sub ours {
    my ($raw, $status, $name, %opt) = @_;

    my $a = parse($raw);
    my $h = $a->{headers};
    my @wrong;

    push @wrong, "status $a->{status}" if $a->{status} != $status;

    my %want = (
        'content-security-policy' => $csp,
        'referrer-policy' => 'no-referrer',
        'x-content-type-options' => 'nosniff',
        'cross-origin-opener-policy' => 'same-origin',
        'cross-origin-resource-policy' => 'same-origin',
        'cache-control' => $opt{cache} // 'no-store',
        'server' => 'nginx',
    );

    for my $header (sort keys %want) {
        push @wrong, "$header: " . ($h->{$header} // 'none')
            if ($h->{$header} // '') ne $want{$header};
    }

    push @wrong, 'no permissions-policy'
        if ($h->{'permissions-policy'} // '') !~ /geolocation=\(\)/;
    push @wrong, 'x-robots-tag'
        if (($h->{'x-robots-tag'} // '') =~ /noindex/) == !!$opt{index};

    for my $header (qw(set-cookie etag last-modified content-encoding
                       accept-ranges transfer-encoding x-powered-by))
    {
        push @wrong, "$header: $h->{$header}" if defined $h->{$header};
    }

    push @wrong, "length $h->{'content-length'}"
        if !$opt{head} && $h->{'content-length'} != length $a->{body};

    is("@wrong", '', "$name, status and headers");

    return $a;
}


for my $lang (@langs) {
    my $rtl = $lang =~ /^(?:ar|fa)$/ ? 'rtl' : 'ltr';

    for my $page (@pages) {
        my $uri = "/$lang/$page";
        my $a = ours(http_get($uri, 'Accept-Encoding' => 'gzip, br'), 200,
            $uri, index => $page eq '');
        my $body = $a->{body};

        is($a->{headers}{'content-language'}, $lang, "$uri, its language");
        is($a->{headers}{'content-type'}, 'text/html; charset=utf-8',
            "$uri, its type");
        like($body, qr/<html lang="$lang" dir="$rtl">/, "$uri, its direction");
        like($body, qr/<\/html>\s*\z/, "$uri, whole");
        cmp_ok(length $body, '<', 12288, "$uri, small");
        like($body, qr/Northland|Nordland/, "$uri, whom to ask");
        like($body, qr{href="/$_/$page"[^>]* lang="$_"},
            "$uri, to the same in $_") for @langs;
        unlike($body, qr/<script|<style|javascript:|https?:\/\/(?!northland)/i,
            "$uri, nothing from elsewhere");

        my $head = ours(http_head($uri), 200, "HEAD $uri", head => 1,
            index => $page eq '');

        is($head->{headers}{'content-length'}, length $body,
            "HEAD $uri, the same length");
        is($head->{body}, '', "HEAD $uri, no body");
    }

    # the same with a query string, which nobody looks at

    is(parse(http_get("/$lang/search?name=Zarquela&x=<b>"))->{body},
        parse(http_get("/$lang/search"))->{body},
        "/$lang/search, a query string changes nothing");

    for my $case (
        [ 404, "GET /$lang/nothing" ],
        [ 404, "GET /$lang/search/" ],
        [ 404, "POST /$lang/nothing" ],
        [ 405, "POST /$lang/" ],
        [ 405, "PUT /$lang/search" ],
        [ 405, "DELETE /$lang/privacy" ],
        [ 405, "OPTIONS /$lang/search" ],
        [ 405, "TRACE /$lang/search" ],
        [ 405, "PROPFIND /$lang/search" ],
    ) {
        my ($status, $line) = @$case;

        my $a = ours(http("$line HTTP/1.1\r\nHost: localhost\r\n"
            . "Connection: close\r\n\r\n"), $status, $line);

        like($a->{body}, qr/<html lang="$lang".*Northland|Nordland/s,
            "$line, in the site's words");

        if ($status == 405 && $line !~ /^TRACE/) {
            is($a->{headers}{allow},
                $line =~ /search/ ? 'GET, HEAD, POST' : 'GET, HEAD',
                "$line, what is allowed");
        }
    }

    my $a = ours(http_post("/$lang/search", { name => 'Zarquela Vostrikane' }),
        503, "/$lang/search without Redis");

    is(length $a->{body}, 12288, "/$lang/search without Redis, its length");
    is($a->{headers}{'retry-after'}, 120, "... when to try again");
    like($a->{body}, qr/<html lang="$lang"/, '... in the language');
    unlike($a->{body}, qr/Zarquela/, '... without the name');

    $a = ours(http_post("/$lang/search", { name => 'Zarquela <b>"x',
        birth_year => 'long ago', kind => 'alive' }), 200,
        "/$lang/search with a bad year");

    is(length $a->{body}, 12288, '... its length');
    like($a->{body}, qr/value="Zarquela &lt;b&gt;&quot;x"/,
        '... shows the name again, escaped');
    like($a->{body}, qr/value="long ago"[^>]*aria-invalid="true"/,
        '... and the year, marked');
    like($a->{body}, qr/<details open>/, '... which can be seen');
    like($a->{body}, qr/value="alive" checked/, '... and the kind');
}


# the first page

for my $case (
    [ undef, 'en' ], [ 'fr', 'fr' ], [ 'ar-SY,en;q=0.5', 'ar' ],
    [ 'de, fr;q=0.2', 'fr' ], [ 'tlh', 'en' ], [ ';;;q=', 'en' ],
    [ 'uk-UA,uk;q=0.9,ru;q=0.8', 'uk' ], [ 'ru-UA', 'ru' ],
    [ 'fa-IR,fa;q=0.9', 'fa' ], [ 'fa-AF,ps;q=0.9', 'fa' ], [ 'prs', 'fa' ],
    [ 'x' x 3000, 'en' ],
) {
    my ($accept, $lang) = @$case;

    my $a = ours(http_get('/', 'Accept-Language' => $accept), 302,
        '/ for ' . substr($accept // 'nothing', 0, 20), index => 1);

    is($a->{headers}{location}, "/$lang/", "... goes to $lang");
    is($a->{headers}{vary}, 'Accept-Language', '... by what');
}

is(parse(http_get('/fr'))->{headers}{location}, '/fr/', 'a missing slash');
is(parse(http_get('/', 'Host' => 'evil.example'))->{headers}{location},
    '/en/', 'the host of a request is not repeated');
like(parse(http_get('/nothing', 'Accept-Language' => 'ar'))->{body},
    qr/<html lang="ar"/, '404 without a language speaks the visitor\'s');


# stylesheet, logo, robots.txt

my ($css) = parse(http_get('/en/'))->{body}
    =~ m{href="(/rfl-[0-9a-f]{16}\.css)"};

my $a = parse(http_get($css));

is("$a->{status} $a->{headers}{'content-type'}",
    '200 text/css; charset=utf-8', 'the stylesheet');
is($a->{headers}{'cache-control'}, 'public, max-age=31536000, immutable',
    '... may be kept');
is(parse(http_get('/rfl-0000000000000000.css'))->{status}, 404,
    '... under its own name only');
is(parse(http_post($css, 'x'))->{status}, 405, '... and only be read');

$a = ours(http_get('/robots.txt'), 200, '/robots.txt',
    cache => 'public, max-age=3600');
is($a->{body}, "User-agent: *\nDisallow: /\nAllow: /\$\n"
    . join('', map "Allow: /$_/\$\n", @langs),
    '... lets in to the first pages');


# a site below a path, with a theme

$a = ours(http_get('/theirs/'), 302, '/theirs/', index => 1);
is($a->{headers}{location}, '/theirs/fr/', '... its own default language');

$a = ours(http_get('/theirs/fr/search'), 200, '/theirs/fr/search');
like($a->{body}, qr{<b id="mine">A &amp; B &lt;Links&gt;</b>},
    '... a partial of the theme, and the name');
like($a->{body}, qr/Chercher encore/, '... an own sentence');
like($a->{body}, qr{action="/theirs/fr/search"}, '... its own path');
unlike($a->{body}, qr{href="/(?!theirs/)}, '... and no other');
unlike($a->{body}, qr{lang="ar"}, '... not in Arabic');

($css) = $a->{body} =~ m{href="(/theirs/rfl-[0-9a-f]{16}\.css)"};
like(parse(http_get($css))->{body},
    qr/:root\{--rfl-accent:#7a1f1f;.*#mine \{ color: #123456 \}/s,
    '... colours of directive and theme');

unlike(parse(http_get($css))->{body}, qr/prefers-color-scheme/,
    '... not at night, for which they were not written');

my ($logo) = map { m{src="(/[^"]*\.svg)"} } $a->{body};
is($logo, undef, '... the logo goes with the partial');
is(parse(http_get('/theirs/en/search'))->{body} =~ /Chercher/, '',
    '... English is as it was');


# errors that nginx finds

http_get('/busy/en/');
$a = ours(http_get('/busy/fr/'), 429, 'limit_req');
like($a->{body}, qr/<html lang="fr"/, '... in the language asked for');
is($a->{headers}{'retry-after'}, 60, '... when to try again');

$a = ours(http_post('/busy/ar/search', { name => 'Zarquela' }), 429,
    'limit_req on a search');
is(length $a->{body}, 12288, '... its length');
like($a->{body}, qr/<html lang="ar"/, '... its language');

$a = ours(http_post('/small/fr/search', { name => 'Zarquela Vostrikane' }),
    413, 'client_max_body_size');
like($a->{body}, qr/<html lang="fr"/, '... in the language asked for');
unlike($a->{body}, qr/Zarquela/, '... without the name');

# each of them in each language, in its words

for my $lang (@langs) {
    my %title = slurp($t->top() . "/pages/po/$lang.po")
        =~ /^msgctxt "e(4\d\d)\.title"\nmsgid "(?:[^"]*)"\nmsgstr "([^"]*)"/mg;

    my %answer = (
        400 => http("POST /$lang/search HTTP/1.1\r\nHost: localhost\r\n"
            . "Connection: close\r\nContent-Length: x\r\n\r\n"),
        404 => http_get("/$lang/nothing"),
        405 => http_post("/$lang/privacy", {}),
        413 => http_post("/small/$lang/search", { name => 'Zarquela Vo' }),
        429 => http_get("/busy/$lang/"),
    );

    for my $status (sort keys %answer) {
        my $a = ours($answer{$status}, $status, "/$lang/, $status");
        my $title = $title{$status} // 'no title';

        like($a->{body}, qr{<html lang="$lang" .*<h1>\Q$title\E</h1>}s,
            '... in its words') if $lang ne 'en';
    }
}

$a = parse(http_get('/small/fr/nothing'));
like($a->{body}, qr/<html lang="fr"/,
    'what our handler answers is not replaced by error_page');

$a = parse(http_get('/shut/fr/'));
is($a->{status}, 403, 'denied');

for my $case (
    [ 400, "GET /fr/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 'two hosts' ],
    [ 400, "GET /fr/ HTTP/1.1\r\n\r\n", 'no host' ],
    [ 400, "GET /fr/%00 HTTP/1.1\r\nHost: a\r\n\r\n", 'a NUL' ],
    [ 414, 'GET /' . 'x' x 40000 . " HTTP/1.1\r\nHost: a\r\n\r\n",
      'a long line' ],
    [ 400, "GET / HTTP/1.1\r\nHost: a\r\nX: " . 'x' x 40000 . "\r\n\r\n",
      'a long header' ],
    [ 400, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      'CONNECT' ],
) {
    my ($status, $request, $name) = @$case;

    $a = parse(http($request));
    is($a->{status}, $status, "$name, refused");
    like($a->{body}, qr/Northland|Nordland/, "$name, in the site's words")
        if $name ne 'CONNECT';
    unlike($a->{body} . ($a->{headers}{server} // ''), qr{nginx/\d},
        "$name, no version");
}


# the API, whose errors are problems

for my $case (
    [ 404, 'not-found', http_get('/api/v1/nothing') ],
    [ 404, 'not-found', http_get('/api/v1/') ],
    [ 405, 'method-not-allowed', http_get('/api/v1/search') ],
    [ 503, 'unavailable', (api(name => 'Zarquela Vostrikane'))[2] ],
    [ 503, 'unavailable', http_get('/busyapi/search') ],
) {
    my ($status, $type, $raw) = @$case;

    my $a = ours($raw, $status, "API, $type");

    is(length $a->{body}, 8192, "API, $type, its length");
    is($a->{headers}{'content-type'}, 'application/problem+json',
        "API, $type, a problem");

    my $problem = eval { JSON::PP::decode_json($a->{body}) } || {};

    is("$problem->{type} $problem->{status}", "/problems/$type $status",
        "API, $type, its type");
    ok(length $problem->{title} && length $problem->{detail},
        "API, $type, says what to do");
}


# TLS

my $tls = `printf 'GET /en/ HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet \\
    -connect 127.0.0.1:@{[$t->port(8081)]} -servername localhost 2>/dev/null`;

$a = parse($tls);
is($a->{headers}{'strict-transport-security'},
    'max-age=63072000; includeSubDomains', 'HSTS over TLS');
is(parse(http_get('/en/'))->{headers}{'strict-transport-security'}, undef,
    'and not without');


# HTTP/2: pages, bodies in one piece and refused, many at once

SKIP: {
    skip 'no curl', 4 if !-x '/usr/bin/curl';

    my $base = 'https://127.0.0.1:' . $t->port(8082);
    my $curl = 'curl -sk --http2 --max-time 20 --compressed';

    my $out = `$curl -i $base/ar/ 2>&1`;
    like($out, qr/^HTTP\/2 200.*content-language: ar.*<html lang="ar"/s,
        'HTTP/2, a page');

    $out = `$curl -w '%{http_code} %{size_download}' -o /dev/null \\
        -d 'name=Zarquela&birth_year=x' $base/en/search 2>&1`;
    is($out, '200 12288', 'HTTP/2, a form shown again');

    $out = `$curl -w '%{http_code} %{size_download}' -o /dev/null \\
        -d name=Zarquela -H 'Content-Type: text/plain' $base/en/search 2>&1`;
    is($out, '415 12288', 'HTTP/2, a body refused');

    my $urls = join ' ', map { "-o /dev/null $base/en/search" } 1 .. 50;
    $out = `$curl -Z -w '%{http_code} ' -d 'name=Zarquela&birth_year=x' \\
        $urls 2>/dev/null`;
    is($out, '200 ' x 50, 'HTTP/2, fifty at once');
}


# the status page

$a = parse(http_get('/status'));
my $status = eval { JSON::PP::decode_json($a->{body}) };

is($a->{headers}{'content-type'}, 'application/json', 'status');
# one in each language, and one more

my $away = @langs + 1;

cmp_ok($status->{requests}{search}{away}, '==', @langs,
    '... searches unanswered');
cmp_ok($status->{requests}{search}{fault}, '>=', 3, '... and faults');
cmp_ok($status->{requests}{home}{page}, '>', 6, '... home pages');
cmp_ok($status->{languages}{ar}, '>', 10, '... pages in Arabic');
cmp_ok($status->{searches}{away}, '==', $away, '... searches');
is(scalar @{$status->{servers}}, 2, '... both servers');
unlike($a->{body}, qr/Zarquela/, '... no name');

$a = parse(http_get('/status?format=prometheus'));

is($a->{headers}{'content-type'}, 'text/plain; version=0.0.4',
    'status for Prometheus');
like($a->{body}, qr/^nginx_rfl_searches_total\{outcome="away"\} $away$/m,
    '... searches');

my (%type, @bad);

for my $line (split /\n/, $a->{body}) {

    if ($line =~ /^# TYPE (nginx_rfl_\w+) (counter|gauge|histogram)$/) {
        push @bad, "$line, twice" if $type{$1};
        $type{$1} = $2;
        next;
    }

    next if $line =~ /^# HELP nginx_rfl_\w+ \S/;

    my ($metric) = $line
        =~ /^(nginx_rfl_\w+)(?:\{(?:\w+="[^"]*",?)+\})? [\d.e+-]+$/;

    push @bad, $line if !$metric || !grep { $type{$metric =~ s/$_$//r} }
        '', '_bucket', '_sum', '_count';
    push @bad, "$line, its name" if $metric && ($type{$metric} // '')
        eq 'counter' && $metric !~ /_total$/;
}

is("@bad", '', '... well-formed');
is(parse(http_post('/status', 'x'))->{status}, 405, '... is only read');

$t->reload();
like(parse(http_get('/status?format=prometheus'))->{body},
    qr/^nginx_rfl_searches_total\{outcome="away"\} $away$/m,
    'counters outlive a reload');


# what may be logged

my @log = grep { s/^rfl (.*) end$/$1/ } split /\n/,
    $t->read_file('logs/rfl.log');

ok(scalar(grep { $_ eq '200 home en ltr page -' } @log), 'log, a page');
ok(scalar(grep { $_ eq '503 search ar rtl away 0' } @log), 'log, a search');
ok(scalar(grep { $_ eq '429 search ar rtl error -' } @log), 'log, an error');
ok(scalar(grep { $_ eq '503 api - - away 0' } @log), 'log, the API');
ok(scalar(grep { $_ eq '200 - - - - -' } @log), 'log, not ours');
unlike($t->read_file('logs/rfl.log'), qr/Zarquela/, 'log, no name');

$t->done();
