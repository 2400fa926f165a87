#!/usr/bin/perl

# Copyright (C) The RFL authors

# The shipped limits.  S-72: two hundred searches a minute from one address, a
# whole camp behind one connection, are served.  S-71: somebody who guesses
# names from as many addresses as he likes gets the day's budget and nothing
# beyond, and whoever looks after the site is told.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use IO::Socket::INET;
use JSON::PP ();
use Time::HiRes qw(sleep time);

use Test::RFL;
use Test::RFL::Sample;


my $t = Test::RFL->new(memory => 1)->has('http_ssl')->has_command('openssl');

my $rfl = $t->rfl_up(entries => 30);
my @there = map { $_->{names}[0]{full} } @{$rfl->{entries}};

sample_up($t, $rfl, sub {
    s/(listen 127\.0\.0\.1:8443 ssl http2;)/$1\n    listen 127.0.0.1:8080;/;
});


# a search begun from an address of 127.0.0.0/8

sub ask {
    my ($address, $name) = @_;

    my $s = IO::Socket::INET->new(LocalAddr => $address, Timeout => 30,
        PeerAddr => '127.0.0.1:' . port(8080)) or die "$address: $!\n";

    return search(name => $name, socket => $s, start => 1);
}

sub statuses {
    my %status;
    $status{parse($_)->{status}}++ for @_;

    return \%status;
}


# S-72, for six seconds; a fifth of a minute's people come at once

my @camp = map { ask('127.1.1.1', $there[$_ % @there]) } 1 .. 30;
my @answers = map { http_end($_) } @camp;

for (1 .. 20) {
    my $start = time();

    push @answers, http_end(ask('127.1.1.1', $there[$_]));

    my $left = $start + 0.3 - time();
    sleep $left if $left > 0;
}

is_deeply(statuses(@answers), { 200 => 50 },
    'S-72 from one address all are served');

my @many = map { ask('127.1.1.2', $there[$_ % @there]) } 1 .. 150;
my $status = statuses(map { http_end($_) } @many);

cmp_ok($status->{429} // 0, '>', 0,
    'S-72 control: one that asks without end is stopped');
cmp_ok($status->{200}, '>=', 40, 'S-72 ... after a while');
is(parse(http_end(ask('127.1.1.3', $there[0])))->{status}, 200,
    'S-72 ... and its neighbours are not');


# S-71: rfl-keyd once more, with a budget for a quiet day

my $budget = 60;

sub keyd { JSON::PP->new->decode($rfl->keyd_admin('STATUS')) }

sub daily {
    my $daily = shift;

    $rfl->{keyd}->stop();
    s/^--daily=.*/--daily=$daily/ for @{$rfl->{keyd}{command}};
    $rfl->{keyd}->start();
    $rfl->ctl_ok('handover');

    $t->wait_for(sub {
        parse(http_end(ask('127.1.1.4', $there[0])))->{status} == 200;
    }, 30) or die "rfl-keyd is not asked again\n";
}

daily($budget);

# one guess from each address; every fourth would be right

my @guesses = map { $_ % 4 ? "Guess$_ Nobodyson" : $there[$_ % @there] }
    1 .. 240;

my (@got, @open);
my $host = 0;

while (@guesses) {
    push @open, ask('127.2.' . int($host / 250) . '.' . ($host++ % 250 + 1),
                    $_) for splice @guesses, 0, 20;
    push @got, map { parse(http_end($_)) } splice @open;
}

my $answered = grep { $_->{status} == 200 } @got;
my $keyd = keyd();

is($keyd->{budget}{used_today}, $budget,
    'S-71 240 addresses have used the budget, and nothing beyond');
cmp_ok($answered, '>', 10, "S-71 control: $answered guesses were answered");
cmp_ok($answered, '<=', $budget, 'S-71 each is one question at least');
is(scalar(grep { $_->{status} != 503 } @got[120 .. 239]), 0,
    'S-71 whoever came later was told to try again');
is(scalar(grep { my $p = $_; $p->{status} == 503
                 && grep { index($p->{body}, $_) >= 0 && $_ } map {
                     "<bdi>$_" } @there } @got), 0,
    'S-71 and was shown nobody');
is(scalar(grep { $_->{status} == 429 } @got), 0,
    'S-71 control: no limit of an address has helped');

# nor does it begin anew with new workers, or for another page

$t->reload();

is(parse(http_end(ask('127.3.1.1', $there[1])))->{status}, 503,
    'S-71 nor by new workers');
is(api_status(name => $there[2]), 503, 'S-71 nor by the API');
is(keyd()->{budget}{used_today}, $budget, 'S-71 nothing was counted for it');

like($t->read_file('logs/keyd.log'), qr/the budget is used up/,
    'S-71 rfl-keyd says so');
cmp_ok(JSON::PP->new->decode(parse(http_get('/status', port => 8089))
       ->{body})->{requests}{search}{budget}, '>', 100,
    'S-71 and so does the status of the site');

daily(100000);
is(parse(http_end(ask('127.3.1.1', $there[1])))->{status}, 200,
    'S-71 control: with a budget the same is answered');

$t->done();
