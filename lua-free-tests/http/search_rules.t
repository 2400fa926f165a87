#!/usr/bin/perl

# Copyright (C) The RFL authors

# What a search may show: events that ask for a second fact, closed events,
# kinds, names that too many share (S-75), one name alone; and that a
# rotation under way changes nothing of it.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use FakeRESP;
use Test::RFL;
use Test::RFL::Visitors;
use Time::HiRes qw(sleep time);


binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $t = Test::RFL->new();

sub event {
    my ($id, %members) = @_;

    return { id => $id, names => { en => "Event $id" }, max_days => 365,
             %members };
}


my @many = map { {
    id => "many$_",
    names => [ { full => 'Ahmad Haddad' } ],
    birth_year => 1950 + $_,
    father => $_ == 1 ? 'Yaqub' : 'Omar',
} } 1 .. 12;

# the consonants of Yusuf Sharif, in more spellings than one list holds

my @spelled = map { {
    id => "spelled$_",
    names => [ { full => "Y${_}s${_}f Sh${_}r${_}f" } ],
    birth_year => 1980,
} } qw(a e i ae ai ea ei ia ie);

my $rfl = $t->rfl_up(
    http => 'rfl_timeout 8s; rfl_deadline 15s;',
    policy => {
        cap => 8,
        events => [ event('open'), event('gated', gate => 'fact') ],
    },
    lines => [
        @many,
        @spelled,
        { id => 'latin', names => [ { full => 'Yusuf Sharif' } ] },
        { id => 'arabic', names => [ { full => 'يوسف شريف' } ] },
        { id => 'russian', names => [ { full => 'Юсуф Шариф' } ] },
        { id => 'dateless', names => [ { full => 'Ahmad Haddad' } ],
          mother => 'Nadia' },
        { id => 'three', names => [ { full => 'Ahmad Haddad Zeitouni' } ],
          birth_year => 1999 },
        { id => 'rosa', names => [ { full => 'Rosa Weiler' } ],
          event => 'gated', birth_year => 1987, father => 'Anton' },
        { id => 'vera', names => [ { full => 'Vera Novak' } ],
          kind => 'looking', birth_year => 1990 },
        { id => 'unsure', names => [ { full => 'Hugo Lamarck' } ],
          event => 'gated' },
    ],
);


# the names found, or what was answered instead

sub names {
    my ($status, $json) = api(@_);

    return "status $status" if $status != 200;
    return 'refine' if $json->{refine};

    return join ', ', sort map { $_->{names}[0] } @{$json->{results}};
}


# S-75

is(names(name => 'Ahmad Haddad'), 'refine', 'a name of 12 people: refine');
is(names(name => 'Haddad Ahmad'), 'refine', 'in the other order');
is(names(name => 'Ahmed Hadad'), 'refine', 'in another spelling');

my (undef, $json) = api(name => 'Ahmad Haddad');

is_deeply($json->{results}, [], 'no entry is shown');
is(join(' ', sort keys %$json), 'birth_year index_as_of refine results',
    'and no count');

is(names(name => 'Ahmad Haddad', father => 'Yaqub'), 'Ahmad Haddad',
    'with the father: found');
is(names(name => 'Ahmad Haddad', birth_year => 1955) =~ /Ahmad Haddad/, 1,
    'with the year: found');
is(names(name => 'Ahmad Haddad', birth_year => 1930), 'Ahmad Haddad',
    'with a year of nobody: only who told none');
is(names(name => 'Ahmad Haddad', mother => 'Nadia'), 'Ahmad Haddad',
    'with the mother: found');
is(names(name => 'Ahmad Haddad', mother => 'Ludmila'), 'refine',
    'with a mother that no entry names: another detail may help');
is(names(name => 'Ahmad Haddad Zeitouni'), 'Ahmad Haddad Zeitouni',
    'with a third name: found');


# one name alone

is(names(name => 'Vera'), 'refine', 'one name alone: refine');
is(names(name => 'Ahmad'), 'refine', 'that many share: refine');
like(names(name => 'Vera', birth_year => 1990), qr/^Vera Novak$/,
    'one name and a fact: found');


# gates

is(names(name => 'Rosa Weiler'), '', 'an event with a gate: a name is not '
    . 'enough');
is(names(name => 'Rosa Weiler', birth_year => 1987), 'Rosa Weiler',
    'the right year opens it');
is(names(name => 'Rosa Weiler', father => 'Anton'), 'Rosa Weiler',
    'the right father opens it');
is(names(name => 'Rosa Weiler', birth_year => 1960), '',
    'a wrong year does not');
is(names(name => 'Rosa Weiler', father => 'Omar'), '',
    'a wrong father does not');
is(names(name => 'Rosa Weiler', country => 'SY'), '',
    'a country that was not given does not');
is(names(name => 'Hugo Lamarck', birth_year => 1987), '',
    'who has no second fact cannot be found there');

my $policy = $rfl->{policy};

$policy->{events}[1]{gate} = 'closed';
$t->write_file("$rfl->{dir}/policy.json",
    JSON::PP->new->utf8->encode($policy));
$t->reload();

is(names(name => 'Rosa Weiler', birth_year => 1987), '',
    'a closed event shows nothing');
is(names(name => 'Vera Novak'), 'Vera Novak', 'the other one does');


# kind and event

is(names(name => 'Vera Novak', kind => 'looking'), 'Vera Novak', 'her kind');
is(names(name => 'Vera Novak', kind => 'alive'), '', 'another kind');
is(names(name => 'Vera Novak', event => 'open'), 'Vera Novak', 'her event');
is(names(name => 'Vera Novak', event => 'gated'), '', 'another event');


# rotations under traffic: everybody is answered, all the time

my $visitors = Test::RFL::Visitors->new($t, 2,
    sub { names(name => 'Vera Novak') });

for (1 .. 3) {
    $rfl->ctl_ok('rotate');
    sleep 0.3;
}

my $seen = $visitors->leave(20);

is(join("\n", keys %$seen), 'Vera Novak',
    '3 rotations: every search has found her');
cmp_ok($seen->{'Vera Novak'} // 0, '>=', 20, 'and there were many');

is(names(name => 'Vera Novak'), 'Vera Novak', 'and so it stays');


# finer keys are asked for when a list overflows, and only then

my $counted = keyd_counters();

is(names(name => 'Vera Novak'), 'Vera Novak', 'a rare pair');
is(names(name => 'Vera Novka'), 'Vera Novak', 'and in a wide question');
is(keyd_counters()->{finer}, $counted->{finer}, 'need no finer keys');

$counted = keyd_counters();

is(names(name => 'Ahmad Haddad Zeitouni'), 'Ahmad Haddad Zeitouni',
    'a pair that many have');
is(keyd_counters()->{finer} - $counted->{finer}, 1, 'needs them');
is(keyd_counters()->{answered} - $counted->{answered}, 1,
    'and is one question');


# namesakes in another script have finer keys of other sounds

$counted = keyd_counters();

is(names(name => 'Yusuf Sharif'), 'Yusuf Sharif, Юсуф Шариф, يوسف شريف',
    'a pair that many have: namesakes in other scripts are found');
is(keyd_counters()->{answered} - $counted->{answered}, 1,
    '... by one question');
is(names(name => 'شريف يوسف'), 'Юсуф Шариф, يوسف شريف',
    'but not in a script of which there are too many');

sub keyd_counters {
    return JSON::PP->new->decode($rfl->keyd_admin('STATUS'))->{counters};
}

my $fake = FakeRESP->new($t, $rfl->{keyd_query}, edit => sub {
    my ($does, $answer, @command) = @_;

    return $answer if $command[0] ne 'FINER';
    return $does->{with} if defined $does->{with};

    # no ticket of this question

    substr my $other = FakeRESP::value($answer), $does->{at}, 8,
        pack 'Q<', 999_999;

    return FakeRESP::bulk($other);
});

$t->reload();

my $asked = sub { $fake->told(qr/^FINER/) };

$fake->forget();
is(names(name => 'Ahmad Haddad Zeitouni'), 'Ahmad Haddad Zeitouni',
    'through the proxy');
is($asked->(), 1, '... with finer keys');

$fake->does('edit', with => "-STALE no\r\n", times => 2);
$fake->forget();
is(names(name => 'Ahmad Haddad Zeitouni'), 'Ahmad Haddad Zeitouni',
    'the epoch was replaced before they were asked for: found');
is($asked->(), 2, '... in a second go');

$fake->does('edit', with => "-STALE no\r\n");
is(names(name => 'Ahmad Haddad Zeitouni'), 'status 503',
    'and again, and again: 503');

for my $error (qw(ERR NOEPOCH BUDGET)) {
    $fake->does('edit', with => "-$error no\r\n");
    is(names(name => 'Ahmad Haddad Zeitouni'), 'status 503',
        "finer keys refused by $error: 503, never \"no result\"");
}

$fake->does('edit', at => 4);
is(names(name => 'Ahmad Haddad Zeitouni'), 'status 503',
    'finer keys of another epoch: 503');

$fake->does('pass');
is(names(name => 'Ahmad Haddad Zeitouni'), 'Ahmad Haddad Zeitouni',
    'and found again');

$t->done();
