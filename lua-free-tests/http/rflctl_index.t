#!/usr/bin/perl

# Copyright (C) The RFL authors

# What the index holds: verify sees every damage (S-36), dumps of other
# epochs open to nothing (S-33, S-11), a withdrawal leaves nothing (S-35),
# sizes and counts tell nothing (S-40), and the desk's own Redis shows no
# name, no source and no reference.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode_utf8);
use JSON::PP ();
use List::Util qw(sum shuffle);

use Test::RFL;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new(memory => 1);
my $rfl = $t->desk_up(policy => { cap => 8 });
my $dir = $t->testdir();

my $index = $rfl->{index};

sub verify { $json->decode(($rfl->ctl('verify', '--json', '-q'))[1]) }

# value lengths and how many have each

sub histogram {
    my $dump = shift;

    my %h;
    $h{length $_}++ for values %$dump;

    return \%h;
}

# the smallest m * 2^k, m 8..15, k >= 4, not below n

sub step {
    my $n = shift;

    for (my $k = 16; ; $k *= 2) {
        for my $m (8 .. 15) {
            return $m * $k if $m * $k >= $n;
        }
    }
}


# lists longer than the cap of 8, in several steps, one by one and at once

$rfl->publish([ map { { id => "c$_", names => [ 'Mariam Haddad' ],
                        birth_year => 1950 + $_ } } 1 .. 12 ]);

my $report = verify();
ok($report->{equal}, 'a list longer than the cap') or diag(@{$report->{problems}});
is($report->{entries}, 12, 'all are in the index');

$rfl->publish([ { id => 'c13', names => [ 'Mariam Haddad' ],
                  birth_year => 1950 } ]);
ok(verify()->{equal}, 'one more below it');

$rfl->publish([ map { { id => "d$_", names => [ 'Omar Khalil' ],
                        birth_year => 1960 + $_ } } 1 .. 8 ]);
ok(verify()->{equal}, 'a list that is just full');
my $epoch = verify()->{epoch};

$rfl->publish([ { id => 'd9', names => [ 'Omar Khalil' ],
                  birth_year => 1975 } ]);
ok(verify()->{equal}, 'and overflows by one more');
cmp_ok(verify()->{epoch}, '>', $epoch, 'which builds the index anew');

# withdrawals leave the mark of such a list where it is

for my $id (map { "d$_" } 1 .. 9) {
    $rfl->ctl_ok('withdraw', $rfl->{refs}{$id});

    my $now = verify();
    ok($now->{equal}, "without $id")
        or diag(@{$now->{problems}}, @{$now->{missing}});
}

$rfl->publish([ { id => 'd10', names => [ 'Omar Khalil' ],
                  birth_year => 1961 } ]);
ok(verify()->{equal}, 'and one comes under the mark again');
$rfl->ctl_ok('rotate');
ok(verify()->{equal}, 'a rotation removes it');

# a change that must wait for rfl-keyd does not keep a withdrawal waiting

$rfl->publish([ map { { id => "g$_", names => [ 'Leila Nasser' ],
                        birth_year => 1960 + $_ } } 1 .. 8 ]);
my ($first) = $rfl->{refs}{g1};

$rfl->{keyd}->stop();
eval { $rfl->publish([ { id => 'g9', names => [ 'Leila Nasser' ],
                         birth_year => 1970 } ]) };
like($@, qr/exit status 69.*next command brings them/s,
    'a list overflows while rfl-keyd is away');

my ($status, $text) = $rfl->ctl('withdraw', $first);
is($status, 0, 'a withdrawal meanwhile') or diag($text);
like($text, qr/nothing of it is left/, 'with proof');

my %line = map { $_->{id} => $_ } map { $json->decode($_) }
    grep { /^\{/ } split /\n/, ($rfl->ctl('list', '--json'))[1];
ok($line{g9}, 'the register has the one that waits');
is(($rfl->ctl('withdraw', $line{g9}{ref}))[0], 0, 'which goes as well');

unlink $rfl->{keyd_socket}, $rfl->{keyd_query};
$rfl->{keyd}->start();
ok(verify()->{equal}, 'all is well when rfl-keyd is back');
is(($rfl->ctl('show', $line{g9}{ref}))[0], 1, 'and neither came back');
is(($rfl->ctl('show', $first))[0], 1, 'of the two');

# changes keep sizes and counts at a step

my @bulk = map { Test::RFL::Stack::entry($_) } 0 .. 299;
$rfl->publish(\@bulk);

my $h = histogram($index->dump());
is_deeply([ sort { $a <=> $b } keys %$h ], [ 124, 504 ],
    'values of two sizes only');
is($h->{$_}, step($h->{$_}), "$h->{$_} of $_ bytes are at a step")
    for keys %$h;
is(scalar(grep { length != 16 } keys %{$index->dump()}), 0,
    'names of one size only');

$rfl->ctl_ok('withdraw', $rfl->{refs}{n7});
is_deeply(histogram($index->dump()), $h, 'a withdrawal does not show in them');
$rfl->publish([ { id => 'e1', names => [ 'Zenobia Zakaria Umarov' ],
                  birth_year => 1955 } ]);
is_deeply(histogram($index->dump()), $h, 'nor a publication');

# S-35: a withdrawn entry stays gone even if its old keys come back

my $with = $index->dump();
$rfl->ctl_ok('withdraw', $rfl->{refs}{e1});
my $without = $index->dump();
my @gone = grep { !exists $without->{$_} } keys %$with;
cmp_ok(scalar @gone, '>', 1, 'S-35: its keys are gone');
ok(verify()->{equal}, 'S-35: proved by the desk');

$index->put($_, $with->{$_}) for @gone;
ok(!verify()->{equal}, 'S-35: keys that come back are seen');
$rfl->ctl_ok('rotate');
ok(verify()->{equal}, 'S-35: and are gone after a rotation');
my $new = $index->dump();
is(scalar(grep { exists $new->{$_} } keys %$with), 0,
    'S-35: which has not one name of a key in common with before');

# S-33, S-11: dumps of earlier epochs

my $old = $index->dump();
$rfl->ctl_ok('rotate');
my $current = $index->dump();

$index->restore($old);
$report = verify();
ok(!$report->{equal}, 'S-33: the dump of the epoch before');
is($report->{elements}, 0, 'S-33: not one of its elements opens');
is($report->{blocks}, 0, 'S-33: nor a block of a record');

$index->restore($current);
ok(verify()->{equal}, 'S-33: control: the right dump opens');

# canaries

$rfl->publish([ { id => 'k1', names => [ 'Quispe Canary' ],
                  birth_year => 1958 } ], '--canary');
is(verify()->{canaries}, 1, 'a canary is counted');

# S-36: one key in a hundred is deleted, at random

my $all = $index->dump();
my @victims = (shuffle keys %$all)[0 .. int(keys(%$all) / 100)];
$index->drop(@victims);

my ($rc, $out) = $rfl->ctl('verify');
is($rc, 1, 'S-36: a deleted percent is seen');
like($out, qr/keys instead of/, 'S-36: by the number of keys');
cmp_ok(scalar @{verify()->{missing}}, '>', 0, 'S-36: with references');
$index->restore($all);
is(($rfl->ctl('verify'))[0], 0, 'S-36: control: the whole is right');

# each kind of damage

my %damage = (
    'a block is altered' => sub {
        my ($key) = grep { length $all->{$_} == 504 } shuffle keys %$all;
        substr($all->{$key}, 100, 1) ^= "\1";
        $index->put($key, $all->{$key});
    },
    'two values change places' => sub {
        my ($x, $y) = grep { length $all->{$_} == 124 } shuffle keys %$all;
        $index->put($x, $all->{$y}, $y, $all->{$x});
    },
    'a foreign key comes' => sub { $index->cmd('SET', 'x' x 16, 'y' x 124) },
    'a foreign label comes' => sub { $index->put('x' x 16, 'y' x 124) },
    'a key of another kind comes' => sub {
        $index->cmd('RPUSH', 'somebody', 'was here');
    },
    'all is deleted' => sub { $index->cmd('FLUSHALL') },
);

for my $what (sort keys %damage) {
    for (1 .. ($what =~ /altered|places/ ? 4 : 1)) {
        $all = $index->dump();
        my $dummies = verify()->{dummies};
        $damage{$what}->();

        # what hits only dummies may be of no account

        my $seen = ($rfl->ctl('verify'))[0];
        ok($seen == 1 || ($what =~ /altered|places/ && $dummies),
            "seen: $what");

        $index->cmd('FLUSHALL');
        $rfl->ctl_ok('rotate');
    }
}

is(($rfl->ctl('verify'))[0], 0, 'a rotation repairs all of it');

# an epoch is one key; what is in the way of the next one is removed before

sub keys_of { sort @{$index->cmd('KEYS', '*')} }

my ($id) = $index->hash() =~ /(\d+)/;
is_deeply([ keys_of() ], [ "e:$id" ], 'the index is one key');

for my $left (sub { $index->cmd('HSET', $_[0], 'x' x 16, 'y' x 124) },
              sub { $index->cmd('RPUSH', $_[0], 'x') })
{
    $left->($_) for 'e:' . ($id + 1), 'e:' . ($id + 100), 'e:x';
    $rfl->ctl_ok('rotate');

    $id++;
    is_deeply([ keys_of() ], [ "e:$id" ], 'the next epoch is alone');
    ok(verify()->{equal}, 'and has nothing of what was left in its place');
}

# something else in its place

$rfl->publish([ { id => 'm1', names => [ 'Yevhen Misfit' ],
                  birth_year => 1958 } ]);

$index->cmd('DEL', "e:$id");
$index->cmd('RPUSH', "e:$id", 'was here');
($rc, $out) = $rfl->ctl('verify');
is($rc, 1, 'an index of another type is seen');
like($out, qr/no manifest that opens/, 'for what it is');
is(($rfl->ctl('withdraw', $rfl->{refs}{m1}))[0], 0,
    'it does not keep a withdrawal waiting');
ok(verify()->{equal}, 'which writes it anew');

# an altered block of an entry that is known to be one: never overlooked

$all = $index->dump();
my $hits = 0;

for my $key (grep { length $all->{$_} == 504 } keys %$all) {
    my $altered = $all->{$key};
    substr($altered, 10, 1) ^= "\x80";
    $index->put($key, $altered);
}

$report = verify();
is(scalar @{$report->{missing}}, $report->{entries},
    'with every block altered every entry is named');
$index->restore($all);

# S-40: names with a skew and without one

my @flat = map { { id => "f$_", names => [ Test::RFL::Stack::entry($_)
                   ->{names}[0]{full} ], birth_year => 1960 } } 600 .. 1599;
my @skew = map { { id => "s$_", names => [ Test::RFL::Stack::entry(
                   int(600 + 30 * rand() ** 3))->{names}[0]{full} ],
                   birth_year => 1960 } } 600 .. 1599;
my @histograms;

$rfl->ctl_ok('withdraw', values %{$rfl->{refs}});
is(verify()->{entries}, 0, 'everybody is withdrawn');

for my $set (\@flat, \@skew) {
    $rfl->{refs} = {};
    $rfl->publish($set);
    $rfl->ctl_ok('rotate');
    push @histograms, histogram($index->dump());
    $rfl->ctl_ok('withdraw', values %{$rfl->{refs}});
}

is_deeply([ sort keys %{$histograms[0]} ], [ sort keys %{$histograms[1]} ],
    'S-40: the same sizes of values');
is($histograms[0]{504}, $histograms[1]{504}, 'S-40: as many of records');
is($_->{124}, step($_->{124}), 'S-40: elements at a step') for @histograms;

# what the desk keeps is sealed

my $canaries = $t->write_file('canaries', encode_utf8(join "\n",
    'Quispe Canary', 'Mariam Haddad', 'Omar Khalil', 'Zenobia Zakaria Umarov')
    . "\n");
$rfl->{refs} = {};
$rfl->publish([ { id => 'source-id-4711', names => [ 'Mariam Haddad' ],
                  birth_year => 1961 },
                { id => 'source-id-4712', names => [ 'Omar Khalil' ],
                  birth_year => 1962 } ]);
$rfl->ctl_ok('withdraw', $rfl->{refs}{'source-id-4712'});

my $leakgrep = "$FindBin::Bin/../leakgrep";
($rc, $out) = $t->command($leakgrep, '-c', $canaries, "$dir/desk/redis/desk");
is($rc, 0, 'no name in the files of desk Redis') or diag($out);

my $aof = join '', map { Test::RFL::slurp($_) }
    glob "$dir/desk/redis/desk/appendonlydir/*";
cmp_ok(length $aof, '>', 10000, 'control: which are there');
is(index($aof, $_), -1, "no $_ either") for 'source-id-47', '4712',
    map { $_, s/-//gr } values %{$rfl->{refs}};

my $memory = join '', map { $rfl->{desk}->cmd('HKEYS', $_), }
    qw(register source tomb);
is(index($memory, 'source-id'), -1, 'nor among the names of fields');

my %sizes;
$sizes{length $_}++ for @{$rfl->{desk}->cmd('HVALS', 'tomb')};
is(scalar keys %sizes, 1, 'tombstones are all of one size');

my $twins = join '', @{$rfl->{desk}->cmd('HKEYS', 'tomb')};
is(index($twins, pack('H*', '00' x 16)), -1, 'and their names are tokens');

$t->done();
