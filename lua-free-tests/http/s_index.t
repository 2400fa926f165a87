#!/usr/bin/perl

# Copyright (C) The RFL authors

# What a dump of the index tells to somebody who knows how common each name
# is.  S-41: ranking whatever can be counted in it by size names nobody; the
# same attack names people where there is a set for each name.  S-44: of two
# dumps of different epochs nothing tells which entry came between.  S-10: what
# was withdrawn is in no dump and no file of index Redis, and what a Redis
# may still have in memory that it has freed opens to nobody.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Digest::SHA qw(hmac_sha256);
use List::Util qw(shuffle sum);

use Test::RFL;


my $t = Test::RFL->new(memory => 1);

# 600 people, a quarter of whom have one of four names

my @names = map { Test::RFL::Stack::entry($_)->{names}[0]{full} } 0 .. 99;
my @lines = map { { id => "n$_", names => [ $names[zipf()] ],
                    birth_year => 1940 + $_ % 60 } } 1 .. 600;

sub zipf { my $n = int(100 ** rand()) - 1; $n > 99 ? 99 : $n }

my $rfl = $t->desk_up(policy => { cap => 256 });
my $index = $rfl->{index};
my $dir = $t->testdir();

$rfl->publish(\@lines);
$rfl->ctl_ok('rotate');

my %common;
$common{$_->{names}[0]}++ for @lines;


# what an attacker is not told: of which name each label is

sub attack { $t->python('attacker.py', @_) }

my @rank = sort { $common{$b} <=> $common{$a} || $a cmp $b } keys %common;
my $dump = $index->dump();
my ($people, %of);

# of the most common names: who cannot name these names nobody

for my $name (@rank[0 .. 14]) {
    my $open = attack(op => 'open', keyd => $rfl->{keyd_query}, name => $name,
        index => $index->{sock}, user => $index->{user},
        password => $index->{pass});

    $people += $common{$name};
    $of{pack 'H*', $_->{label}} = $name for @{$open->{elements}};
}

cmp_ok(scalar keys %of, '>=', $people, "S-41 labels of $people people");


# The attack: the largest group has the most common name, and so on.  How many
# it names, and how many it would if labels were dealt out anew: chance.

sub named {
    my ($groups, $of) = @_;

    my @left = @rank;
    my $hits = 0;

    for my $group (sort { @$b <=> @$a } @$groups) {
        my $name = shift @left // last;
        $hits += grep { ($of->{$_} // '') eq $name } @$group;
    }

    return $hits;
}

sub beyond_chance {
    my ($groups, $of) = @_;

    my @labels = map { @$_ } @$groups;
    my $hits = named($groups, $of);

    my @chance = map {
        my %dealt;
        @dealt{@labels} = @{$of}{shuffle @labels};
        named($groups, \%dealt)
    } 1 .. 12;

    my $mean = sum(@chance) / @chance;
    my $deviation = sqrt(sum(map { ($_ - $mean) ** 2 } @chance) / @chance);

    return $hits > $mean + 6 * $deviation + 2
           ? sprintf('%d of %d, by chance %.1f', $hits, scalar @labels, $mean)
           : '';
}

# labels that have something in common

sub groups {
    my ($what, $all) = @_;

    my %group;
    push @{$group{$what->($_)}}, $_ for keys %$all;

    return [ values %group ];
}

# those of which the attacker may hope that they come one after the other

sub runs {
    my @labels = @_;

    my @sizes = sort { $b <=> $a } values %common;

    return [ map { [ splice @labels, 0, $_ ] } @sizes ];
}

my %look = (
    'the same value' => groups(sub { $dump->{$_[0]} }, $dump),
    'the same length' => groups(sub { length $dump->{$_[0]} }, $dump),
    'the same beginning' => groups(sub { substr $dump->{$_[0]}, 0, 2 }, $dump),
    'the same end' => groups(sub { substr $dump->{$_[0]}, -2 }, $dump),
    'labels that begin alike' => groups(sub { substr $_[0], 0, 1 }, $dump),
    'labels that end alike' => groups(sub { substr $_[0], -1 }, $dump),
    'one after the other, sorted' => runs(sort keys %$dump),
    'one after the other, as stored' => runs(stored()),
);

sub stored {
    my $cursor = 0;
    my @labels;

    do {
        my $reply = $index->cmd('HSCAN', $index->hash(), $cursor, 'COUNT', 100);
        my @pairs = @{$reply->[1]};

        $cursor = $reply->[0];
        push @labels, map { $pairs[2 * $_] } 0 .. $#pairs / 2;

    } while ($cursor ne '0');

    return @labels;
}

is(beyond_chance($look{$_}, \%of), '', "S-41 nobody is named by $_")
    for sort keys %look;

# control: a blind index, a set of sealed records for each name

my (%set, %member);

for my $line (@lines) {
    my $id = join '', map { chr int rand 256 } 1 .. 16;

    $member{$id} = $line->{names}[0];
    push @{$set{hmac_sha256($line->{names}[0], 'a secret')}}, $id;
}

like(beyond_chance([ values %set ], \%member), qr/^\d+ of 600/,
    'S-41 control: the same attack on a set for each name');
cmp_ok(named([ values %set ], \%member), '>', 60,
    'S-41 control: it names more than a tenth');


# S-44

sub differ {
    my ($before, $after) = @_;

    return scalar grep {
        !exists $before->{$_} || $before->{$_} ne $after->{$_}
    } keys %$after;
}

sub sizes {
    my $dump = shift;

    my %size;
    $size{length $_}++ for values %$dump;

    return join ' ', map { "$_:$size{$_}" } sort keys %size;
}

$rfl->publish([ { id => 'one', names => [ 'Zarquela Vostrikane' ],
                  birth_year => 1970 } ]);

my $within = $index->dump();
my $keys = keys %$within;

cmp_ok(differ($dump, $within), '<', 100,
    'S-44 control: within an epoch few labels change');
cmp_ok(differ($dump, $within), '>', 0, 'S-44 control: which are seen');

$rfl->ctl_ok('rotate');

my $after = $index->dump();

is(differ($dump, $after), scalar keys %$after,
    'S-44 in the next epoch every label has changed');
is(scalar(grep { exists $dump->{$_} } keys %$after), 0,
    'S-44 and none is left');

my %value = map { $_ => 1 } values %$dump;
is(scalar(grep { $value{$_} } values %$after), 0, 'S-44 nor any value');
is(sizes($after), sizes($dump), 'S-44 and there are as many');


# S-10

my $ref = $rfl->{refs}{one};
my @old = map { $after->{$_} } do {
    my $found = attack(op => 'open', name => 'Zarquela Vostrikane', dump => {
        map { unpack('H*', $_) => unpack('H*', $after->{$_}) } keys %$after },
        keyd => $rfl->{keyd_query});

    map { pack 'H*', $_ } map { ($_->{label}, @{$_->{blocks}}) }
        @{$found->{elements}};
};

cmp_ok(scalar @old, '>', 1, 'S-10 what is sealed of one person');

# how many of these are somewhere in a dump, or in files of index Redis

sub left {
    my @places = (values %{$index->dump()});

    $index->cmd('SAVE');

    my @files = grep { -f } glob "$rfl->{run}/* $rfl->{dir}/redis/index/*";

    push @places, map { slurp($_) } @files;
    unlink grep { /\.rdb$/ } @files;

    return scalar grep {
        my $value = $_;
        grep { index($_, $value) >= 0 } @places;
    } @old;
}

is(left(), scalar @old, 'S-10 control: in the dump and in its file');

$rfl->ctl_ok('withdraw', $ref);
is(left(), 0, 'S-10 withdrawn: it is in neither');

$rfl->ctl_ok('rotate');
is(left(), 0, 'S-10 nor after the next rotation');

# with all that rfl-keyd now answers with, put back where it was

my $opened = attack(op => 'open', keyd => $rfl->{keyd_query},
    name => 'Zarquela Vostrikane',
    dump => { map { unpack('H*', $_) => unpack('H*', $after->{$_}) }
              keys %$after });

is_deeply($opened->{elements}, [],
    'S-10 what was copied, or was freed, opens no more');

$t->done();
