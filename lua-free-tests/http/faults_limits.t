#!/usr/bin/perl

# Copyright (C) The RFL authors

# Limits: no connection left for the servers, and more searches than can be
# under way.  Those that cannot be answered are told at once; afterwards all
# is as before.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use FakeRESP;
use Test::RFL;
use Time::HiRes qw(sleep time);


my $t = Test::RFL->new();

my $rfl = $t->rfl_up(entries => 3,
    http => 'rfl_timeout 60s; rfl_deadline 60s;');

my $name = $rfl->{entries}[0]{names}[0]{full};
my $conf = $t->read_file('nginx.conf');


sub found { api_found(name => $name) }


sub connections {
    my $n = shift;

    my $text = $conf;

    $text =~ s/events\s*\{[^}]*\}/events { worker_connections $n; }/;
    $t->write_file('nginx.conf', $text);
    $t->reload();
}


is(found(), 1, 'found');


# worker_connections are used up when the server has to be connected to

$t->expect(qr/worker_connections are not enough/);

connections(24);
is(found(), 1, 'found with few connections');

my ($worker) = $t->workers();

my $fake = FakeRESP->new($t, $rfl->{index}{sock});
$rfl->{index}->cmd('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
ok($t->wait_for(sub { found() eq 1 }, 20), 'found through the proxy');

# connections that only wait could be reused: these have begun a request

$fake->stop();

my @slow = map { sleep 0.02; http('GET /', start => 1) } 1 .. 30;

ok($t->wait_for_log(qr/\[alert\].*worker_connections are not enough/, 20),
    'no connection is left');

$fake->forget();
$fake->start();
sleep 3;
is($fake->told(qr/accept/), 0, 'the server cannot be reached');

close $_ for splice @slow;

ok($t->wait_for(sub { found() eq 1 }, 20), 'found when there are some again');
is(join(' ', $t->workers()), $worker, 'the worker lives');


# more searches at once than may be under way

connections(4096);
is(found(), 1, 'found');

($worker) = $t->workers();

$fake->does('silent', only => 'HMGET');

my $body = qq({"name":"$name"});
utf8::encode($body) if utf8::is_utf8($body);

my $request = "POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\n"
    . "Connection: close\r\nContent-Type: application/json\r\n"
    . "Content-Length: " . length($body) . "\r\n\r\n$body";

my $start = time();

my @sockets = map { http($request, start => 1) } 1 .. 1100;

# the first ones wait for the index; the last ones were told at once

my @last = map { http_end($_) } splice @sockets, -60;

my $refused = grep { / 503 / } @last;

cmp_ok($refused, '>=', 40, "too many at once: $refused of the last 60 get "
    . '503');
cmp_ok(time() - $start, '<', 50, 'and before the timeout');

close $_ for @sockets;

$fake->does('pass');

ok($t->wait_for(sub { found() eq 1 }, 30), 'found afterwards');
is(join(' ', $t->workers()), $worker, 'the worker lives');

$t->done();
