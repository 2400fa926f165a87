#!/usr/bin/perl

# Copyright (C) The RFL authors

# Namesakes.  A name typed with slips: once somebody is found who was meant, the
# others of his name are asked for by the name he has, in whatever script or
# spelling theirs is; and what is shown if that question is not answered.  And a
# name that many have: whoever is called what was typed is shown.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use FakeRESP;
use Test::RFL;


binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $slips = 'Roheeg Jooshi';
my $right = 'Roheet Joshi';

# eight of one name, in a list that is not read at once

my @eight = map { {
    id => "eight$_", names => [ 'Yusuf Sharif' ], birth_year => 1960 + $_,
} } 1 .. 8;

my @vowels = qw(a e i ae ai ea ei ia ie);

my @others = map { my $first = $_; map { {
    id => "other-$first-$_", names => [ "Y${first}s${first}f Sh${_}r${_}f" ],
} } @vowels } @vowels;

# last known in one country; who is from there only their records tell

my @from_there = map { {
    id => "there$_", names => [ 'Tariq Qabbani' ], country => 'SY',
    origin => 'SY',
} } 1 .. 5;

my @from_elsewhere = map { {
    id => "elsewhere$_", names => [ 'Tariq Nasser' ], country => 'SY',
    origin => 'LY',
} } 1 .. 40;

my $t = Test::RFL->new();

my $rfl = $t->rfl_up(
    lines => [
        { id => 'latin', kind => 'looking', names => [ $right ],
          birth_year => 1981 },
        { id => 'native', kind => 'alive', names => [ 'रोहित जोशी' ],
          birth_year => 1964 },
        { id => 'longer', kind => 'alive', names => [ 'मनोज रोहित जोशी' ],
          birth_year => 1949 },
        { id => 'sister', kind => 'alive', names => [ 'Rohini Joshi' ] },
        { id => 'twin1', names => [ 'Khalid Barakzai' ] },
        { id => 'twin2', names => [ 'Khalid Barakzai' ] },
        @eight,
        @others,
        @from_there,
        @from_elsewhere,
    ],
);

my $fake = FakeRESP->new($t, $rfl->{keyd_query}, edit => sub {
    my ($does, $answer, $verb, $ask, $name) = @_;

    return $answer if $verb ne 'KEYS' || $name ne $right;
    return $does->{with} if defined $does->{with};

    # keys of another epoch

    substr my $other = FakeRESP::value($answer), 4, 8, pack 'Q<', 999_999;

    return FakeRESP::bulk($other);
});

$t->reload();


# the names found, best first, or what was answered instead

sub names {
    my ($status, $json) = api(@_);

    return "status $status" if $status != 200;
    return 'refine' if $json->{refine};

    return join ', ', map { $_->{names}[0] } @{$json->{results}};
}

# how many questions a search was

sub questions {
    $fake->forget();
    names(@_);

    return $fake->told(qr/^KEYS/);
}


# found

my $all = "$right, रोहित जोशी, मनोज रोहित जोशी";

is(names(name => $right), $all, 'typed right: he and his namesakes');
is(names(name => $slips), $all, 'with two slips: the same');
is(names(name => $slips, kind => 'alive'), '',
    'without him, who was typed, they are too far away');
is(names(name => $slips, birth_year => 1981), $right,
    'another year of birth is somebody else');
is(names(name => 'Khaid Braakzai'), 'Khalid Barakzai, Khalid Barakzai',
    'and two of one name are found by slips alone');

is(questions(name => $right), 1, 'typed right: one question');
is(questions(name => $slips), 3, 'with slips: fine, wide, and by his name');

# capitals tell which letters were meant to be first

my $capitals = 'oRheet oJshi';

is(names(name => $capitals), $all, 'letters swapped, told by capitals: the same');
is(questions(name => $capitals), 1, '... and in one question');
is(questions(name => 'Qarzuela Vostrikane'), 2, 'nobody is found: two');
is(questions(name => 'Khaid Braakzai'), 2, 'two fit as well: two');

is(names(name => 'Yusuf Sharif'), join(', ', ('Yusuf Sharif') x 8),
    'all eight of a name, wherever in a list of 89 they are');
is(names(name => 'Yusuf Shaqrif'), join(', ', ('Yusuf Sharif') x 8),
    '... and with a slip');

like(names(name => 'Tariq', country => 'SY'),
    qr/^Tariq Qabbani(, Tariq Qabbani){4}/,
    'of one part and a country all five of it, wherever among 45');

my (undef, $json) = api(name => $slips);
my @match = map { $_->{match} } @{$json->{results}};

cmp_ok($match[0]{score}, '>', $match[1]{score}, 'he comes first');
is(join(' ', @{$match[0]{reasons}}), 'spelling', '... and why');
is(join(' ', @{$match[1]{reasons}}), 'spelling other_script',
    'his namesake was typed as wrongly');


# the last question is not answered

for my $error (qw(BUDGET REFINE BADNAME)) {
    $fake->does('edit', with => "-$error no\r\n");
    is(names(name => $slips), $right,
        "$error: who was found before is shown");
}

for my $error (qw(ERR NOEPOCH)) {
    $fake->does('edit', with => "-$error no\r\n");
    is(names(name => $slips), 'status 503', "$error: 503");
}

$fake->does('edit', with => "-STALE no\r\n", times => 3);
is(names(name => $slips), $all,
    'the epoch was replaced: everything is asked once more');

$fake->does('edit');
is(names(name => $slips), 'status 503', 'keys of another epoch: 503');

$fake->does('pass');
is(names(name => $slips), $all, 'and found again');


# withdrawn

$rfl->ctl_ok('withdraw', $rfl->{refs}{latin});
$t->wait_for(sub { names(name => $right) !~ /$right/ }, 10);

is(names(name => $slips), '', 'who is withdrawn leads to nobody');

$t->done();
