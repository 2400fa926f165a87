#!/usr/bin/perl

# Copyright (C) The RFL authors

# Bodies of searches: what is refused, with which answer, and that none of
# them reaches a file (S-04, S-74, S-76); S-66 requests that two servers would
# read in two ways.  Nothing is behind nginx here: a question that is good
# enough to be asked ends in 503.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Time::HiRes qw(sleep time);

use Test::RFL;
use Test::RFL::Site;


my $t = Test::RFL->new();

site_up($t, set => { rfl_body_timeout => '1s' });

my $form = 'application/x-www-form-urlencoded';
my $json = 'application/json';
my $page = 12288;
my $text = 8192;


# a body as raw bytes, over HTTP/1.1: status, length of the answer, answer

sub post {
    my ($uri, $type, $body, @headers) = @_;

    my $length = length $body;

    return answer(http("POST $uri HTTP/1.1\r\nHost: localhost\r\n"
        . "Connection: close\r\n" . ($type ? "Content-Type: $type\r\n" : '')
        . "Content-Length: $length\r\n"
        . join('', map { "$_\r\n" } @headers) . "\r\n$body"));
}


sub answer {
    my $a = parse($_[0]);

    my $length = length $a->{body};

    $a->{body} =~ s/\s+\z//;

    return ($a->{status}, $length, $a);
}


sub form_is {
    my ($body, $expected, $name, $type) = @_;

    my ($status, $length) = post('/en/search', $type // $form, $body);

    is("$status $length", "$expected $page", "form, $name");
}


sub json_is {
    my ($body, $expected, $name, $type) = @_;

    my ($status, $length, $a) = post('/api/v1/search', $type // $json, $body);

    is("$status $length", "$expected $text", "json, $name");
    like($a->{headers}{'content-type'}, qr{^application/problem\+json},
        "json, $name, is a problem") if $status != 200;

    return $a->{body};
}


# what is good enough to be asked

form_is('name=Ming+Yao', 503, 'a name');
form_is('name=Ming+Yao', 503, 'a charset', "$form; charset=UTF-8");
form_is('name=Ming+Yao', 503, 'type in capitals', uc $form);
form_is('name=Ming+Yao', 415, 'another charset', "$form; charset=utf-16");
form_is('name=%E5%A7%9A%E6%98%8E&kind=any&birth_year=', 503,
    'a Han name, empty fields');

json_is('{"name":"Ming Yao"}', 503, 'a name');
json_is('{"name":"Ming Yao"}', 503, 'a charset', "$json;charset=utf-8");

# what is not: the form again, with a fault beside the field

for my $case (
    [ '', 'nothing' ],
    [ 'kind=any', 'no name' ],
    [ 'name=', 'an empty name' ],
    [ 'name=+++', 'spaces' ],
    [ 'name=' . 'a' x 2000, 'a name of 2000 letters' ],
    [ 'name=Ming+%FF', 'invalid UTF-8' ],
    [ 'name=Ming+%C0%AF', 'overlong UTF-8' ],
    [ 'name=Ming+%ED%A0%80', 'a surrogate' ],
    [ 'name=Ming%00Yao', 'NUL' ],
    [ 'name=Ming%1BYao', 'a control character' ],
    [ 'name=Ming+Yao&birth_year=x', 'a year that is none' ],
    [ 'name=Ming+Yao&birth_year=12', 'a year of two digits' ],
    [ 'name=Ming+Yao&country=XX', 'no such country' ],
    [ 'name=Ming+Yao&kind=dead', 'no such kind' ],
) {
    form_is($case->[0], 200, "$case->[1], the form again");

    my (undef, undef, $a) = post('/en/search', $form, $case->[0]);
    like($a->{body}, qr/<div class="faults"/,
        "form, $case->[1], says what is wrong");
}

# what cannot be a form at all

for my $case (
    [ 'name=%4', 'half an escape' ],
    [ 'name=%zz', 'a bad escape' ],
    [ 'name=a&name=b', 'a field twice' ],
    [ 'name=Ming+Yao&colour=red', 'an unknown field' ],
    [ join('&', map { "f$_=1" } 1 .. 1000), '1000 fields' ],
) {
    form_is($case->[0], 400, $case->[1]);
}

form_is("--x\r\n\r\nname\r\n--x--", 415, 'multipart',
    'multipart/form-data; boundary=x');
form_is('name=Ming+Yao', 415, 'no content type', '');
form_is('name=Ming+Yao', 415, 'a longer content type', "${form}x");
form_is('{"name":"Ming Yao"}', 415, 'JSON to the form', $json);
form_is('name=' . 'a' x 10240, 413, '10 kB');


# JSON

for my $case (
    [ '', 'nothing' ],
    [ '{', 'half an object' ],
    [ '[]', 'a list' ],
    [ '"Ming Yao"', 'a string' ],
    [ '{"name":"a","name":"b"}', 'a member twice' ],
    [ '{"name":"Ming Yao","colour":"red"}', 'an unknown member' ],
    [ '{"name":"Ming Yao"} x', 'something behind it' ],
    [ '[' x 4000, 'deep nesting' ],
    [ "{\"name\":\"Ming \xff\"}", 'invalid UTF-8' ],
    [ '{"name":"Ming\u0000Yao"}', 'NUL' ],
) {
    my $body = json_is($case->[0], 400, $case->[1]);
    like($body, qr{^\{"type":"/problems/invalid-body"},
        "json, $case->[1], its type");
}

for my $case (
    [ '{}', 'name', 'empty', 'no name' ],
    [ '{"name":""}', 'name', 'empty', 'an empty name' ],
    [ '{"name":"' . 'a' x 2000 . '"}', 'name', 'too-long', 'a long name' ],
    [ '{"name":"Ming\u0001"}', 'name', 'bad-characters', 'a control' ],
    [ '{"name":"Ming Yao","birth_year":12}', 'birth_year', 'bad-value',
      'a bad year' ],
    [ '{"name":"Ming Yao","country":"xx"}', 'country', 'bad-value',
      'a bad country' ],
    [ '{"name":"Ming Yao","kind":"dead"}', 'kind', 'bad-value',
      'a bad kind' ],
    [ '{"name":"Ming Yao","event":"NO SUCH"}', 'event', 'bad-value',
      'a bad event' ],
) {
    my $body = json_is($case->[0], 400, $case->[3]);
    like($body, qr{"/problems/invalid-field".*"invalid_params":
                   \[\{"name":"$case->[1]","reason":"$case->[2]"\}\]}x,
        "json, $case->[3], names field and reason");
}

json_is('{"name":"Ming Yao"}', 415, 'as text', 'text/plain');
json_is('{"name":"' . 'a' x 10240 . '"}', 413, '10 kB');


# chunked, in many pieces, and a limit that holds there too

sub chunked {
    my ($body, $size, $extension) = @_;

    my $chunks = '';

    while (length $body) {
        my $piece = substr $body, 0, $size, '';
        $chunks .= sprintf "%x%s\r\n%s\r\n", length $piece, $extension,
            $piece;
    }

    return answer(http("POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
        . "Connection: close\r\nContent-Type: $form\r\n"
        . "Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n"));
}

is((chunked('name=Ming+Yao', 100, ''))[0], 503, 'one chunk');
is((chunked('name=Ming+Yao', 1, ''))[0], 503, 'chunks of one byte');
is((chunked('name=Ming+Yao' . '+' x 8000, 1, ';x=' . 'y' x 60))[0], 503,
    '8000 chunks with extensions');
is((chunked('name=' . 'a' x 9000, 700, ''))[0], 413, 'too large, chunked');

# the same in pieces of the network

for my $case (
    [ 'with a length', "Content-Length: 13\r\n\r\n", "name=", "Ming",
      "+Yao" ],
    [ 'chunked', "Transfer-Encoding: chunked\r\n\r\n", "5\r\nna", "me=\r",
      "\n8\r\nMing+Yao\r\n", "0\r\n\r\n" ],
) {
    my ($name, $headers, @pieces) = @$case;

    my $s = http("POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
        . "Connection: close\r\nContent-Type: $form\r\n$headers", start => 1);

    for my $piece (@pieces) {
        sleep 0.05;
        syswrite $s, $piece;
    }

    is((answer(http_end($s)))[0], 503, "in pieces, $name");
}

# "Expect: 100-continue"

my $s = http("POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
    . "Connection: close\r\nContent-Type: $form\r\nContent-Length: 13\r\n"
    . "Expect: 100-continue\r\n\r\n", start => 1);
sysread $s, my $interim, 1000;
is($interim, "HTTP/1.1 100 Continue\r\n\r\n", 'the body is asked for');
is((answer(http('name=Ming+Yao', socket => $s)))[0], 503, 'and read');

is((answer(http("POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
    . "Connection: close\r\nContent-Type: $form\r\nContent-Length: 99999\r\n"
    . "Expect: 100-continue\r\n\r\n")))[0], 413, 'not if it is too large');


# a drop every now and then does not prolong the deadline

my $start = time();

$s = http("POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
    . "Content-Type: $form\r\nContent-Length: 1000\r\n\r\nname=", start => 1);

for (1 .. 12) {
    sleep 0.2;
    last if !defined syswrite $s, 'a';
    last if IO::Select->new($s)->can_read(0);
}

my ($status, $length, $a) = answer(http_end($s, timeout => 2));

is("$status $length", "408 $page", 'a slow body ends at its deadline');
cmp_ok(time() - $start, '<', 5, 'in time');
is($a->{headers}{'content-language'}, 'en', 'in the language of the page');

# pipelined: the second request is not touched by the wiping of the first

my $one = "POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
    . "Content-Type: $form\r\nContent-Length: 13\r\n";
my @answers = http("$one\r\nname=Ming+Yao$one\r\nname=Ming+Yao"
    . "GET /fr/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    =~ m{^HTTP/1\.1 (\d+)}mg;
is("@answers", '503 503 200', 'pipelined requests');

# the visitor goes away

$s = http("$one\r\nname=", start => 1);
close $s;
is((answer(http_get('/en/')))[0], 200, 'after a visitor who went away');

# smuggling; the control is any other request above


for my $case (
    [ "Content-Length: 5\r\nContent-Length: 6\r\n", 'two lengths' ],
    [ "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
      'a length and chunks' ],
    [ "Transfer-Encoding: gzip\r\n", 'a coding nobody knows' ],
    [ "Content-Length: -1\r\n", 'a negative length' ],
    [ "Content-Length: 99999999999999999999\r\n", 'a huge length' ],
) {
    like((answer(http("POST /en/search HTTP/1.1\r\nHost: localhost\r\n"
        . "Connection: close\r\nContent-Type: $form\r\n$case->[0]\r\n"
        . "name=")))[0], qr/^(400|501)$/, "S-66 $case->[1] are refused");
}


# nothing of it was written to a file; a planted one would be found

my @files = grep { -f } glob $t->testdir() . '/tmp_client_body/*';
is("@files", '', 'no temporary file is left');

my ($rc, $inode) = (stat $t->testdir() . '/tmp_client_body')[9, 1];
my $worker = ($t->workers())[0];
my @open = grep { /tmp_client_body/ } map { readlink $_ // '' }
    glob "/proc/$worker/fd/*";
is("@open", '', 'and none is open');

my $log = $t->read_file('logs/error.log') . $t->read_file('logs/access.log');
unlike($log, qr/Ming/, 'no name in a log');
unlike($log, qr/a client request body is buffered/,
    'no body was buffered to a file');

$t->done();
