#!/usr/bin/perl

# Copyright (C) The RFL authors

# "make start", "make stop" and "make run", as somebody meets them who looks
# at the project for the first time: what they say, what they leave behind,
# two instances beside each other, and servers that are killed.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(decode_utf8);
use IO::Socket::INET;
use POSIX qw(:sys_wait_h);

use Test::RFL;


my $t = Test::RFL->new();

$t->skip_all('the script runs the release build only')
    if $t->build() ne 'release' || $ENV{TEST_RFL_RELOAD};

$t->needs('module', 'keyd', 'rflctl');

my $script = $t->top() . '/dist/run.sh';
my $dir = $t->testdir();

my ($state, $other) = ("$dir/one", "$dir/two");
my ($rc, $out);


sub script {
    my ($state, $verb, @env) = @_;

    return $t->command('env', "STATE=$state", 'PORT=' . $t->port(8080),
                       'DESK_PORT=' . $t->port(8443), @env,
                       $script, $verb);
}

sub listens {
    my ($port) = @_;

    return IO::Socket::INET->new('127.0.0.1:' . $t->port($port)) ? 1 : 0;
}

# how many entries are found; -1: nobody searches

sub found {
    my $port = shift || 8080;

    return -1 if !listens($port);

    my ($status, $answer) = api(name => 'Layla Hadad', port => $port);

    return $status && $status == 200 ? scalar @{$answer->{results}} : -1;
}

sub pid { (split ' ', $t->read_file("one/$_[0].pid"))[0] }

END {
    if ($$ == ($t ? $t->{pid} : 0)) {
        script($_, 'stop') for grep { defined } $state, $other;
    }
}


# make help

my ($phony) = slurp($t->top() . '/Makefile')
              =~ /^\.PHONY: ((?:.*\\\n)*.*\n)/m;
(undef, my $help) = $t->command('make', '-C', $t->top(), 'help');
is(join(' ', grep { $help !~ /^  \Q$_\E +\S/m } $phony =~ /[\w-]+/g), '',
    'make help lists every target');


# what cannot be is said before anything is started

my $bad = $t->write_file('bad.ndjson', <<'EOF');
{"id":"x1","names":["Hanna Lind"],"phone":"123"}

nonsense
EOF

($rc, $out) = script($state, 'start', "SAMPLE=$bad");
isnt($rc, 0, 'samples with faults');
like($out, qr/^\Q$bad\E:1: has a member "phone"/m, 'are told by line');
like($out, qr/^\Q$bad\E:3: not JSON/m, 'each of them');
ok(!-e "$state/run/desk.sock", 'and nothing is started');

($rc, $out) = script($state, 'start', "SAMPLE=$dir/none.ndjson");
like($out, qr/cannot read SAMPLE=/, 'samples that are not there');

($rc, $out) = script($state, 'start', 'PORT=http');
like($out, qr/PORT=http is not a number/, 'a port that is none');
($rc, $out) = script($state, 'start', 'PORT=99999');
like($out, qr/PORT=99999 is no port/, 'nor is this');
($rc, $out) = script($state, 'start', 'PORT=' . $t->port(8443));
like($out, qr/PORT and DESK_PORT are the same/, 'one port for both');


# the first start, and what it shows

($rc, $out) = script($state, 'start');
is($rc, 0, 'it starts') or diag($out);
like($out, qr{http://127\.0\.0\.1:@{[$t->port(8080)]}/}, 'and says where');

is(found(), 1, 'a name that it says is found is found')
    if $out =~ /Layla Hadad +finds/ or fail('it says what to try');

like(decode_utf8(http_get('/fr/')), qr/Société des liens familiaux du Nordland.*rue du Phare/s,
    'the sample society speaks French');
like(decode_utf8(http_get('/ar/')), qr/شارع المنارة/, 'and Arabic');
like(decode_utf8(http_get('/uk/')), qr/родинних зв’язків.*вул\. Маякова/s,
    'and Ukrainian');
like(decode_utf8(http_get('/ru/')), qr/семейных связей.*ул\. Маячная/s,
    'and Russian');
like(decode_utf8(http_get('/fa/')), qr/پیوندهای خانوادگی.*خیابان فانوس/s,
    'and Persian');
like(http_get('/status'), qr/"found":/, 'there are counters');

($rc, $out) = script($state, 'start');
isnt($rc, 0, 'not twice from one folder');
like($out, qr/runs already/, 'which is said');

($rc, $out) = script($other, 'start', 'SAMPLE=none');
like($out, qr/port \d+ is in use: choose another/, 'nor twice on one port');


# a second one beside it

($rc, $out) = script($other, 'start', 'SAMPLE=none',
                     'PORT=' . $t->port(8081),
                     'DESK_PORT=' . $t->port(8444));
is($rc, 0, 'a second instance') or diag($out);
is(found(8081), 0, 'with an index of its own');
is(found(), 1, 'the first goes on');
($rc, $out) = script($other, 'stop');
is($rc, 0, 'the second is stopped');
is(found(), 1, 'the first is not');


# servers that are killed come back, with what was in them

for my $part (qw(index keyd desk nginx)) {
    my $pid = pid($part);

    kill 'KILL', $pid;

    ok($t->wait_for(sub { (pid($part) // $pid) != $pid && found() == 1 }, 60),
        "$part was killed, and is back");
}

my $log = $t->read_file('one/log/run.log');
is(() = $log =~ /has ended; starting it again/g, 4, 'each was started once')
    or diag($log);

($rc, $out) = script($state, 'status');
is($rc, 0, 'all is well') or diag($out);
like($out, qr/^register +\d\d+ entries/m, 'the desk says what there is');


# stop, and the second start

($rc, $out) = script($state, 'stop');
is($rc, 0, 'it stops');
is(join(' ', grep { kill 0, $_ } map { /^(\d+)/ ? $1 : () }
        split /\n/, `pgrep -f '^\\S+ .*\Q$state\E'`), '', 'all of it');
ok(!listens(8080), 'nobody listens');
is((script($state, 'stop'))[0], 0, 'stopping twice is no fault');

my $start = time();
($rc, $out) = script($state, 'start');
my $took = time() - $start;
is($rc, 0, 'it starts again') or diag($out);
unlike($out, qr/making keys|publishing/, 'with what is there');
is(found(), 1, 'and finds the same');
script($state, 'stop');

# a machine that has much else to do may be quicker the next time

for (1 .. 3) {
    last if $took <= 5;

    $start = time();
    script($state, 'start');
    $took = time() - $start;
    script($state, 'stop');
}

cmp_ok($took, '<=', 5, 'at once');


# in the foreground, until Ctrl-C, which reaches all in the foreground

my $pid = fork() // die "cannot fork: $!\n";

if (!$pid) {
    setpgrp;
    open STDOUT, '>', "$dir/logs/make.log";
    open STDERR, '>&', \*STDOUT;
    exec 'make', '-C', $t->top(), 'run', "STATE=$state",
         'PORT=' . $t->port(8080), 'DESK_PORT=' . $t->port(8443)
        or POSIX::_exit(127);
}

ok($t->wait_for(sub { found() == 1 }, 300), 'make run');
kill 'INT', -$pid;
ok($t->wait_for(sub { waitpid($pid, WNOHANG) == $pid }, 60), 'ends at Ctrl-C');
ok(!listens(8080), 'and leaves nothing behind');
is(join(' ', glob "$state/*.pid"), '', 'not even a pid file');

$t->done();
