#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-32: whoever can write to index Redis swaps, cuts, extends and replaces
# values.  Nothing that was not published is shown, nothing falls over, and
# what was not touched is found.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;


my $t = Test::RFL->new();

my $rfl = $t->rfl_up(entries => 4,
    http => 'rfl_timeout 8s; rfl_deadline 15s;');

my $index = $rfl->{index};
my $name = $rfl->{entries}[0]{names}[0]{full};
my $other = $rfl->{entries}[1]{names}[0]{full};

my %was = %{$index->dump()};
my @keys = keys %was;

my @elements = grep { length $was{$_} == 124 } @keys;
my @blocks = grep { length $was{$_} == 504 } @keys;


sub names {
    my ($status, $json) = api(name => $_[0]);

    return "status $status" if $status != 200;

    return join ', ', sort map { @{$_->{names}} } @{$json->{results}};
}


sub restore { $index->restore(\%was) }


# nobody but those who were published, and never an error of ours

sub safe {
    my ($what, $expected) = @_;

    my $got = names($name);

    like($got, $expected, "$what: $got");

    my ($worker) = $t->workers();
    is($worker, $main::worker, "$what: the worker lives");

    restore();
}


our ($worker) = $t->workers();

cmp_ok(scalar @elements, '>', 8, 'there are elements');
cmp_ok(scalar @blocks, '>=', 4, 'there are blocks');

my $found = names($name);

ok($found !~ /^status/ && $found ne '', 'found');
ok(names($other) !~ /^status/ && names($other) ne '', 'the other one, too');

my $nobody = qr/^$/;
my $away = qr/^status 503$/;
my $either = qr/^(status 503)?$/;


# records under other ids

for my $i (0 .. $#blocks) {
    $index->put($blocks[$i], $was{$blocks[$i - 1]});
}

safe('all records are those of others', $nobody);

# elements under other labels; the manifest is one of them

for my $i (0 .. $#elements) {
    $index->put($elements[$i], $was{$elements[$i - 1]});
}

safe('all elements are those of others', $either);

# an element for a record, and the reverse

$index->put($_, $was{$elements[0]}) for @blocks;
safe('elements in place of records', $nobody);

$index->put($_, $was{$blocks[0]}) for @elements;
safe('records in place of elements', $away);

# other sizes

for my $size (0, 1, 107, 109, 503, 505, 1023) {

    for my $key (@blocks) {
        $index->put($key, substr($was{$key} . "\0" x 1024, 0, $size));
    }

    safe("records of $size bytes", $nobody);

    for my $key (@elements) {
        $index->put($key, substr($was{$key} . "\0" x 1024, 0, $size));
    }

    safe("elements of $size bytes", $either);
}

# 16 MB in one value, which its configuration would not take

$index->cmd('CONFIG', 'SET', 'proto-max-bulk-len', 64_000_000);

my $before = rss($worker);

for my $key (@blocks) {
    $index->put($key, 'x' x 16_000_000);
}

safe('records of 16 MB', $either);

for my $key (@elements[0 .. 1]) {
    $index->put($key, 'x' x 16_000_000);
}

safe('two elements of 16 MB', qr/^(status 503|\Q$found\E)?$/);

cmp_ok(rss($worker) - $before, '<', $t->build() eq 'asan' ? 60_000 : 4000,
    'memory stays flat, kB');

ok($t->wait_for(sub { names($name) eq $found }, 20), 'found again');

# gone

$index->drop(@blocks);
safe('no records', $nobody);

$index->drop(@elements);
safe('no elements', $away);

$index->cmd('FLUSHALL');
safe('nothing at all', $away);

# of another type

for my $make (sub { $index->cmd('RPUSH', $_[0], 'a') },
              sub { $index->cmd('HSET', $_[0], 'a' x 16, 'b') },
              sub { $index->cmd('SADD', $_[0], 'a') },
              sub { $index->cmd('ZADD', $_[0], 1, 'a') },
              sub { $index->cmd('XADD', $_[0], '*', 'a', 'b') },
              sub { $index->cmd('SET', $_[0], 12345) })
{
    my $hash = $index->hash();

    $index->cmd('FLUSHALL');
    $make->($hash);
    safe('something else in place of the index', $away);
}

# one entry is spoiled: the others are found

my $whole = names($other);

for my $key (@blocks) {
    $index->drop($key);

    my ($first, $second) = (names($name), names($other));

    like($second, qr/^(\Q$whole\E)?$/, 'a record is gone: nobody else comes');
    ok($first eq $found || $second eq $whole,
        'and whoever is left is found');

    restore();
}

is(names($name), $found, 'found in the end');

$t->done();
