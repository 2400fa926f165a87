#!/usr/bin/perl

# Copyright (C) The RFL authors

# Nothing of a name stays in the memory of a worker (S-05), however it came:
# in one piece with the headers, in many, refused, over TLS, over HTTP/2, on
# a connection that stays open.  Control: while a request waits for the rest
# of its body, the name is found.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode_utf8);
use Time::HiRes qw(sleep);

use Test::RFL;
use Test::RFL::Site;
use Test::RFL::Memory;


my $t = Test::RFL->new()->has('http_ssl', 'http_v2')
    ->has_command('openssl', 'curl');

$t->skip_all('reads memory as it is in a release build')
    if $t->build() eq 'asan';
$t->skip_all('needs root, to read the memory of other processes') if $> != 0;

my $dir = $t->testdir();

system("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
    . "-keyout $dir/key.pem -out $dir/cert.pem >/dev/null 2>&1");

site_up($t, server => '
        listen 127.0.0.1:8081 ssl;
        listen 127.0.0.1:8082 ssl http2;
        ssl_certificate %%TESTDIR%%/cert.pem;
        ssl_certificate_key %%TESTDIR%%/key.pem;
');

my $form = 'application/x-www-form-urlencoded';
my ($worker) = $t->workers();


# how often a text stands in writable memory of the worker

sub found {
    my $text = shift;

    $text = encode_utf8($text) if utf8::is_utf8($text);

    my $count = 0;

    regions($worker, qr/^\S+ rw/, sub {
        my ($line, $data) = @_;

        while ($data =~ /\Q$text\E/g) {
            $count++;
            next if !$ENV{TEST_RFL_VERBOSE};
            my $at = $-[0];
            diag($line, ' +', sprintf('%x', $at), ' ',
                substr($data, $at > 80 ? $at - 80 : 0, 240)
                =~ s/[^ -~]/./gr);
        }
    });

    return $count;
}


my $n = 0;

# a name of its own for each case

sub name {
    return 'Qarzuela' . chr(ord('a') + $n++ % 26) . 'x Vostrikane';
}


sub gone {
    my ($name, $what) = @_;

    sleep 0.05;

    my $plus = $name =~ s/ /+/r;

    # over HTTP/2 a body may come after its request was refused

    $t->wait_for(sub { !found($name) && !found($plus) }, 20);

    is(found($name) + found($plus), 0, $what);
}


# control

my $name = name();
my $body = 'name=' . ($name =~ s/ /+/r) . '&birth_year=19';

my $s = http("POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
    . "Content-Type: $form\r\nContent-Length: 1000\r\n\r\n$body", start => 1);

$t->wait_for(sub { found($name =~ s/ /+/r) }, 20);
cmp_ok(found($name =~ s/ /+/r), '>', 0, 'control: a body under way is found');

close $s;
gone($name, 'and is gone when the visitor is');


# plain HTTP: a question that nobody answers, and a form shown again

$name = name();
like(http_post('/en/search', { name => $name }), qr/ 503 /, 'a search');
gone($name, '... is gone');

$name = name();
like(http_post('/en/search', { name => $name, birth_year => 'x' }),
    qr/value="\Q$name\E"/, 'a form shown again');
gone($name, '... is gone');

$name = name();
like((api(name => $name))[2], qr/ 503 /, 'the API');
gone($name, '... is gone');

# in pieces

$name = name();
$s = http("POST /en/search HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    . "Content-Type: $form\r\nContent-Length: "
    . (length($name) + 5 + 13) . "\r\n\r\nname=", start => 1);

for my $piece (substr($name, 0, 9), substr($name, 9) =~ s/ /+/r, '&birth_year=x')
{
    sleep 0.03;
    syswrite $s, $piece;
}

like(http_end($s), qr/value="\Q$name\E"/, 'a body in pieces');
gone($name, '... is gone');

$name = name();
$s = http("POST /en/search HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    . "Content-Type: $form\r\nTransfer-Encoding: chunked\r\n\r\n", start => 1);

for my $piece ('name=', $name, '&birth_year=x') {
    sleep 0.03;
    syswrite $s, sprintf "%x\r\n%s\r\n", length $piece, $piece =~ s/ /+/r;
}

syswrite $s, "0\r\n\r\n";
like(http_end($s), qr/value="\Q$name\E"/, 'a body in chunks');
gone($name, '... is gone');

# a connection that stays open

$name = name();
$body = 'name=' . ($name =~ s/ /+/r) . '&birth_year=x';
$s = http("POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
    . "Content-Type: $form\r\nContent-Length: " . length($body)
    . "\r\n\r\n$body", start => 1);
sysread $s, my $answer, 65536;
gone($name, 'a search on a connection that stays open is gone');
close $s;

# refused

for my $case (
    [ 'another type', '/en/search', 'text/plain' ],
    [ 'another method', '/en/', $form ],
    [ 'another address', '/en/nothing', $form ],
    [ 'JSON that is none', '/api/v1/search', 'application/json' ],
) {
    my ($what, $uri, $type) = @$case;

    $name = name();
    like(http_post($uri, "name=$name", 'Content-Type' => $type), qr/ 4\d\d /,
        $what);
    gone($name, '... is gone');
}

$name = name();
like(http_post('/en/search', "name=$name&x=" . 'y' x 9000,
    'Content-Type' => $form), qr/ 413 /, 'too large');
gone($name, '... is gone');


# TLS and HTTP/2

for my $case (
    [ 'TLS', 8081, '--http1.1' ],
    [ 'HTTP/2', 8082, '--http2' ],
) {
    my ($what, $port, $version) = @$case;

    $port = $t->port($port);
    $name = name();
    $body = 'name=' . ($name =~ s/ /+/r) . '&birth_year=x';

    my $out = `curl -sik $version --max-time 60 -d '$body' \\
        https://127.0.0.1:$port/en/search https://127.0.0.1:$port/en/ 2>&1`;

    like($out, qr/value="\Q$name\E"/, "$what, a form shown again");
    gone($name, '... is gone');

    $name = name();
    $out = `curl -sik $version --max-time 60 -H 'Content-Type: text/plain' \\
        -d 'name=$name' https://127.0.0.1:$port/en/search 2>&1`;

    like($out, qr/^HTTP\/[12.]+ 415/, "$what, another type");
    gone($name, '... is gone');
}

$t->done();
