#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-109: what runs for long stays as it is: memory and descriptors of a worker
# through thousands of searches and forms, those of the master through reloads,
# rfl-keyd and index Redis through both; and nobody gets an error.  Here it is a
# minute of a day: SOAK=86400 is the day, in seconds.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use Time::HiRes qw(sleep time);

use Test::RFL;
use Test::RFL::Forms;
use Test::RFL::Visitors;


my $t = Test::RFL->new(memory => 1)->needs('module', 'keyd', 'rflctl');

$t->skip_all('AddressSanitizer keeps what was freed')
    if $t->build() ne 'release';

my $soak = $ENV{SOAK} || 0;
my $rounds = 4;
my $questions = 1000;
my $reloads = 8;

# 1 % of a worker; pages that the heap has touched for the first time

my $room = 512;

my $rfl = $t->rfl_up(entries => 50, policy => { cap => 16 });
my $office = office($rfl);
my @there = map { $_->{names}[0]{full} } @{$rfl->{entries}};
my $n = 0;

$t->reload();


# by visitors who come and go

sub visit {
    my $who = $n++ % 5;
    my $name = $there[int rand @there];

    my $status = $who == 0 ? parse(search(name => $name))->{status}
        : $who == 1 ? api_status(name => "$name Nobody")
        : $who == 2 ? parse(http_get('/en/withdraw'))->{status}
        : $who == 3 ? parse(http_post('/en/looking', { name => $name }))->{status}
        : api_status(name => $name);

    return $status == 200 ? 'right' : "status $status";
}

sub visited {
    my $times = shift;

    my $seen = Test::RFL::Visitors->new($t, 4, \&visit)->leave($times);
    delete $seen->{right};

    return join ', ', map { "$seen->{$_} times $_" } sort keys %$seen;
}

sub sizes { map { rss($_) } @_ }

# how much the last differs from the first, beyond what may be

sub grown {
    my ($first, @rest) = @_;

    my $more = $rest[-1] - $first;

    return $more > $room && $more > $first / 100 ? "$first kB, then @rest" : '';
}


# one worker; what it needs once it has after the first round

my ($worker) = $t->workers();
my @of = ($worker, map { $_->pid() } $rfl->{keyd}, $rfl->{index});
my $fds = 0;
my $wrong = '';
my @rows;

my $end = time() + $soak;

for (my $round = 0; $round <= $rounds || time() < $end; $round++) {
    $wrong = visited($questions) || $wrong;
    $fds ||= fds($worker);
    push @rows, [ sizes(@of) ];

    note("@{$rows[-1]} kB, ", fds($worker), ' descriptors');
}

is($wrong, '', 'S-109 every visitor is served');
is(($t->workers())[0], $worker, 'S-109 by the same worker');

for my $i (0 .. 2) {
    is(grown(map { $_->[$i] } @rows[1 .. $#rows]), '',
        'S-109 ' . ('the worker', 'rfl-keyd', 'index Redis')[$i]
        . ' has not grown');
}

cmp_ok(fds($worker), '<=', $fds, 'S-109 nor has it more open');


# the master, through reloads under load

my $master = $t->master();
my $visitors = Test::RFL::Visitors->new($t, 2, \&visit);

$t->reload() for 1 .. 3;

my $open = fds($master);
my @kept = rss($master);

# its heap takes a step once, at any of them: what leaks grows both times

for (1 .. 2) {

    for (1 .. $reloads) {
        $t->reload();
        sleep 0.2;
    }

    push @kept, rss($master);
}

my $seen = $visitors->leave(100);

delete $seen->{right};
is(join(', ', %$seen), '', 'S-109 every visitor is served while it reloads');
is(grown(@kept[0, 1]) && grown(@kept[1, 2]), '',
    'S-109 the master has not grown')
    or diag("after each $reloads reloads: @kept kB");
cmp_ok(fds($master), '<=', $open, 'S-109 nor has it more open');
is(scalar $t->workers(), 1, 'S-109 and no worker of before is left');


# what grows is seen: one that keeps a kilobyte of each request

my $leaky = $t->run_daemon(sub {
    my @kept;
    while (1) { push @kept, 'x' x 1024 for 1 .. 100; sleep 0.02 }
});

my @leak = rss($leaky->pid());

$t->wait_for(sub { grown(@leak, rss($leaky->pid())) }, 10);
isnt(grown(@leak, rss($leaky->pid())), '',
    'S-109 control: who keeps a kilobyte a time is seen');

$t->done();
