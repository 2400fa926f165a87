#!/usr/bin/perl

# Copyright (C) The RFL authors

# Processes come and go: servers that are absent or die, reloads, a new
# binary, quitting with searches under way, visitors who leave.  No request
# that could be answered is lost.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use FakeRESP;
use Test::RFL;
use Test::RFL::Visitors;
use Time::HiRes qw(sleep time);


my $t = Test::RFL->new();

my $rfl = $t->rfl_up(entries => 3);

my $name = $rfl->{entries}[0]{names}[0]{full};


sub status { api_status(name => $name) }
sub found { api_found(name => $name) }


# visitors who search all the time

sub visitors { Test::RFL::Visitors->new($t, 2, \&status) }


is(found(), 1, 'found');


# reloads under traffic

my $visitors = visitors();

for (1 .. 8) {
    $t->reload();
    sleep 0.1;
}

my $seen = $visitors->leave(20);

is(join(' ', keys %$seen), '200', '8 reloads: every search was answered');
cmp_ok($seen->{200} // 0, '>=', 20, 'and there were some');


# a new binary under traffic

$visitors = visitors();
$t->upgrade();
$seen = $visitors->leave(20);

is(join(' ', keys %$seen), '200', 'a new binary: every search was answered');
is(found(), 1, 'and it finds');


# an index that is slow, so that searches are under way when it matters

my $fake = FakeRESP->new($t, $rfl->{index}{sock});
$t->reload();
is(found(), 1, 'found through the proxy');

# somebody searches, and index Redis was asked

sub under_way {
    my $asked = $fake->told(qr/^HMGET/);
    my $socket = api(name => $name, start => 1);

    $t->wait_for(sub { $fake->told(qr/^HMGET/) > $asked }, 20)
        or die "index Redis is not asked\n";

    return $socket;
}

$fake->does('slow', delay => 0.3, only => 'HMGET');

my $socket = under_way();
$t->reload();
like(http_end($socket), qr/ 200 /, 'a reload waits for a search under way');

$socket = under_way();
$t->stop();
like(http_end($socket), qr/ 200 /, 'so does the end of nginx');

# an answer that never comes does not keep nginx for ever

$rfl->waits(2, 5);
$t->run();
$fake->does('silent', only => 'HMGET');
$socket = under_way();

my $start = time();
kill 'QUIT', $t->master();
like(http_end($socket), qr/ 503 /, 'no answer comes: 503 while it quits');
close $socket;
$t->stop();
cmp_ok(time() - $start, '<', 25, 'and it quits soon');

$fake->does('pass');

# worker_shutdown_timeout, much shorter than that of a search

$rfl->{opt}{main} = "worker_shutdown_timeout 200ms;\n";
$rfl->waits(60, 60);
$t->run();

$fake->does('silent', only => 'HMGET');
$socket = under_way();
$start = time();
kill 'QUIT', $t->master();
http_end($socket);
close $socket;
$t->stop();
cmp_ok(time() - $start, '<', 25, 'worker_shutdown_timeout');

$fake->does('pass');
delete $rfl->{opt}{main};
$rfl->waits(8, 15);
$t->run();
is(found(), 1, 'found after that');


# TERM in the middle of a search

$fake->does('silent', only => 'HMGET');
$socket = under_way();

my $master = $t->master();
kill 'TERM', $master;
ok($t->wait_for(sub { !kill 0, $master }, 10), 'TERM ends it');
http_end($socket);
delete $t->{nginx};

$fake->does('pass');
$t->run();
is(found(), 1, 'found after that');


# visitors who leave

my ($worker) = $t->workers();
my $fds = fds($worker);

$fake->pause();

for (1 .. 20) {
    $socket = api(name => $name, start => 1);
    sleep 0.01;
    close $socket;
}

sleep 0.2;
$fake->cont();

ok($t->wait_for(sub { found() eq 1 }, 20), '20 visitors left: found again');
is(join(' ', $t->workers()), $worker, 'the worker lives');
ok($t->wait_for(sub { fds($worker) <= $fds }, 20), 'no descriptor is left');


# keep-alive, two requests at once, HEAD

my $body = '{"name":"' . $name . '"}';
utf8::encode($body) if utf8::is_utf8($body);

my $post = "POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\n"
    . "Content-Type: application/json\r\nContent-Length: " . length($body)
    . "\r\n";

my $answer = http("$post\r\n$body" . "${post}Connection: close\r\n\r\n$body");

is(scalar(() = $answer =~ /HTTP\/1\.1 200/g), 2,
    'two searches in one packet');

like(http("HEAD /api/v1/search HTTP/1.0\r\nHost: localhost\r\n\r\n"),
    qr/^HTTP\/1\.\d 405/, 'HEAD is not a search');


# index Redis dies with answers outstanding, again and again

$fake->end();
$t->reload();
ok($t->wait_for(sub { found() eq 1 }, 20), 'found without the proxy');

($worker) = $t->workers();
$fds = fds($worker);

for (1 .. 5) {
    $rfl->{index}->pause();
    $socket = api(name => $name, start => 1);
    sleep 0.05;
    $rfl->{index}->kill();

    like(http_end($socket), qr/ 503 /, 'Redis is killed: 503');
    is(status(), 503, 'and again');

    # it comes back empty: not ready, but nothing is "absent"

    $rfl->{index}->start();
    is(status(), 503, 'it is back without the index: 503');
}

ok($t->wait_for(sub { fds($worker) <= $fds }, 20), 'no descriptor has leaked');
is(join(' ', $t->workers()), $worker, 'the worker lives');


# both absent when nginx starts

$t->stop();
$rfl->{index}->kill();
$rfl->{keyd}->kill();

$t->run();

is(status(), 503, 'both absent at the start: 503');

$rfl->{index}->start();
is(status(), 503, 'rfl-keyd is absent: 503');

$rfl->{keyd}->start();
$t->wait_for(sub { eval { $rfl->keyd_admin('PING') } }, 10);
is(status(), 503, 'both are there, the index is empty: 503');

$rfl->ctl_ok('rotate');

ok($t->wait_for(sub { found() eq 1 }, 20),
    'the desk rotates: found without a reload');

$t->done();
