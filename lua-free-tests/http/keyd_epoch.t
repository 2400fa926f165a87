#!/usr/bin/perl

# Copyright (C) The RFL authors

# rfl-keyd: which epochs it takes, uses and lets go, with the clock set back
# and forward (S-34), and the budget of questions.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use IO::Select;
use Time::HiRes qw(clock_gettime CLOCK_BOOTTIME);

use Test::RFL;
use Test::RFL::Keyd;
use Test::RFL::Preload;


my $t = Test::RFL->new()->needs('keyd')->has_command('gcc');


my $preload = Test::RFL::Preload->new($t, 'clock');


# moves the wall clock, and the clocks since boot, which may stand still

my $still = 0;

sub clock {
    my ($wall, $boot) = @_;

    $preload->tell(pack 'q<3', $wall, $boot // 0, $still);
}


clock(0);
$preload->into_daemons();

sub keyd {
    my ($name, %opt) = @_;

    my $k = Test::RFL::Keyd->new($t, $name, %opt);
    push @{$t->{daemons}}, $k;

    return $k->start();
}

my $k = keyd('epochs');
my $admin = $k->connect('admin');
my $query = $k->connect();

my $now = time;
my $day = 86400;

sub add {
    my ($id, $start, $end, $secret) = @_;

    return $admin->cmd('EPOCH.ADD', $id, $now + $start, $now + $end,
                       $secret // chr($id % 256) x 32);
}

sub ask { return $query->cmd('KEYS', 'fine', 'Amina Halabi') }

# the epoch of the answer, or the error

sub answered {
    my $answer = ask();

    return ref $answer ? "$answer" : unpack 'x4 Q<', $answer;
}


# what is no epoch

for (
    [ 'id 0', 0, 0, $day ],
    [ 'over', 5, -$day, -1 ],
    [ 'over just now', 5, -$day, 0 ],
    [ 'of no length', 5, 0, 0 ],
    [ 'its end before its start', 5, 100, 50 ],
    [ 'longer than 7 days', 5, 0, 7 * $day + 1 ],
    [ 'too far ahead', 5, 2 * $day, 3 * $day ],
    [ 'a short secret', 5, 0, $day, 'x' x 31 ],
    [ 'a long secret', 5, 0, $day, 'x' x 33 ],
) {
    my ($what, @args) = @$_;

    like(add(@args), qr/^ERR /, "not added: $what");
}

for ([ 'words', 'one', $now, $now + $day ], [ 'minus', -1, $now, $now + $day ],
     [ 'beyond 64 bits', '99999999999999999999', $now, $now + $day ],
     [ 'nothing', '', $now, $now + $day ])
{
    my ($what, @args) = @$_;

    like($admin->cmd('EPOCH.ADD', @args, 'x' x 32), qr/^ERR /,
        "not an id: $what");
}

is(scalar @{$k->status()->{epochs}}, 0, 'none of them is held');
like(answered(), qr/^NOEPOCH/, 'none of them answers');


# add, use, drop

is(add(5, 0, $day), 'OK', 'epoch 5 is added');
like(answered(), qr/^NOEPOCH/, 'but not in use yet');
is($admin->cmd('EPOCH.USE', 5), 'OK', 'it is used');
is(answered(), 5, 'questions are answered with it');
my $five = ask();

is(add(5, 0, $day), 'OK', 'the very same again');
like(add(5, 0, $day, 'y' x 32), qr/^ERR another/, 'the same id, another secret');
like(add(5, 0, $day - 1), qr/^ERR another/, 'the same id, another end');
like(add(4, 0, $day), qr/^ERR .* must be 6/, 'an older one');
like(add(7, 0, $day), qr/^ERR .* must be 6/, 'n + 2');
like($admin->cmd('EPOCH.USE', 6), qr/^ERR .*not held/, 'one not held: unused');
like($admin->cmd('EPOCH.DROP', 6), qr/^ERR .*not held/, 'nor dropped');

is(add(6, 0, $day), 'OK', 'epoch 6 beside it');
is(answered(), 5, 'epoch 5 is in use still');
is(ask(), $five, 'and gives the same keys');
like(add(7, 0, $day), qr/^ERR 2 epochs/, 'not a third');
is($admin->cmd('EPOCH.USE', 6), 'OK', 'the switch');
is(answered(), 6, 'epoch 6 answers');
isnt(substr(ask(), 28), substr($five, 28), 'with other keys');
like($admin->cmd('EPOCH.USE', 5), qr/^ERR .*older/, 'no way back to 5');

my $status = $k->status();
is_deeply([ map { [ $_->{id}, !!$_->{in_use}, !!$_->{usable} ] }
            @{$status->{epochs}} ],
    [ [ 5, '', '' ], [ 6, 1, 1 ] ], 'the status says so');

is($admin->cmd('EPOCH.DROP', 5), 'OK', 'epoch 5 is dropped');
like(add(5, 0, $day), qr/^ERR .* must be 7/, 'and does not come back');
is($admin->cmd('EPOCH.DROP', 6), 'OK', 'the one in use may be dropped');
like(answered(), qr/^NOEPOCH/, 'then nothing is answered');


# the clock

is(add(7, 0, 3600), 'OK', 'an epoch of one hour');
is($admin->cmd('EPOCH.USE', 7), 'OK', 'in use');

for ([ 0, 7 ], [ 3500, 7 ], [ 3700, 'NOEPOCH' ], [ -30, 7 ],
     [ -120, 'NOEPOCH' ], [ -3650 * $day, 'NOEPOCH' ],
     [ 3650 * $day, 'NOEPOCH' ], [ 0, 7 ])
{
    my ($offset, $expected) = @$_;

    clock($offset);
    like(answered(), qr/^$expected/, "the clock off by $offset s: $expected");
}

like($k->status()->{epochs}[0]{id}, qr/^7$/, 'a wrong clock destroys nothing');

clock(-3650 * $day);
like(add(8, 0, $day), qr/^ERR .*clocks/, 'clock back: no new epoch');
clock(0);

# an hour later by the clock since boot, while the wall clock is held back

clock(10, 3700);
like(answered(), qr/^NOEPOCH/, 'its life is over, whatever the wall says');

ok($t->wait_for(sub { !@{$k->status()->{epochs}} }, 60),
    'and it is wiped soon');
like(slurp($k->{log}), qr/epoch 7 is over: wiped/, 'the log says so');
clock(0, 3700);

# handed over before its start

is(add(8, 600, $day), 'OK', 'an epoch of the next hour is taken');
like($admin->cmd('EPOCH.USE', 8), qr/^ERR .*not begun/, 'not used before');
clock(590, 4300);
is($admin->cmd('EPOCH.USE', 8), 'OK', 'used when it begins');
is(answered(), 8, 'and answers');

$k->stop();


# the budget, which grows by half a second: time stands still

$still = int clock_gettime(CLOCK_BOOTTIME);
clock(0);
$k = keyd('bucket', rate => '2/s', burst => 5, daily => 1000);
$k->epoch(1);
$query = $k->connect();

sub burst {
    my $n = 0;

    $n++ while $n < 100 && !ref ask();

    return $n;
}

is(burst(), 5, 'five questions at once');
like(ask(), qr/^BUDGET 1 /, 'then wait for a second');
like($query->cmd('KEYS', 'fine', 'Wang'), qr/^BUDGET/,
    'a question without an answer is one too');
is($query->cmd('PING'), 'PONG', 'PING is free');

clock(0, 1);
is(burst(), 2, 'two more after a second');
clock(0, 1000);
is(burst(), 5, 'never more than the burst');

clock(-500, 1000);
is(burst(), 0, 'the wall clock buys nothing');
clock(0, 2000);

like($query->cmd('KEYS', 'fine', 'Wang'), qr/^REFINE/, 'a REFINE');
is(burst(), 4, 'costs one');

clock(0, 2500);
my $ticket = substr ask(), 28, 16;
my @finer = ('FINER', $ticket, "\xff", 'fine', 'Amina Halabi');
ok(!ref $query->cmd(@finer), 'finer keys of a question that was counted');
is(burst(), 4, 'cost nothing');
ok(!ref $query->cmd(@finer), 'nor without a budget');
like($query->cmd('FINER', 'x' x 16, "\xff", 'fine', 'Amina Halabi'),
    qr/^STALE/, 'but not without its ticket');
clock(0, 3000);
like($query->cmd('KEYS', 'fine', '...'), qr/^BADNAME/, 'a BADNAME');
like($query->cmd('KEYS', 'fine'), qr/^ERR/, 'an ERR');
is(burst(), 5, 'cost nothing');

# S-71: the names of dozens of people in one question are not one

my $later = 3000;
my @people = map { ("Ami$_", "Hala$_") } map { chr(97 + $_) } 0 .. 19;

sub costs {
    clock(0, $later += 100);

    my $answer = $query->cmd('KEYS', 'fine', @_);
    die "no answer: $answer\n" if $answer =~ /^[A-Z]+ /;

    return 5 - burst();
}

is(costs('Ana Maria Garcia Lopez Perez'), 1, 'S-71 control: a long name is one');
is(costs('Ana M. J. K. Garcia Lopez Perez'), 2, 'S-71 seven parts are two');
is(costs("@people[0 .. 7]"), 3, 'S-71 eight are three');
is(costs('Amina Halabi', 'father', "@people[0 .. 7]"), 3,
    'S-71 those of a father as well');

costs("@people");
clock(0, $later + 4);
is(burst(), 0, 'S-71 forty are paid for later');

clock(0, $later + 100);
is(burst(), 5, 'S-71 and then it is as before');

is($k->connect()->cmd('KEYS', 'fine', 'Amina Halabi') =~ /^BUDGET/, 1,
    'the budget is that of all clients together');

my @lines = slurp($k->{log}) =~ /budget is used up/g;
cmp_ok(scalar @lines, '<=', 12, 'the log says it once each time');
cmp_ok(scalar @lines, '>=', 1, 'the log says it');
$k->stop();

$k = keyd('daily', rate => '1000/s', burst => 1000, daily => 20);
$k->epoch(1, end => time + 7 * $day);
$query = $k->connect();

is(burst(), 20, 'twenty questions a day');

my ($wait) = ask() =~ /^BUDGET (\d+) /;
my $left = $day - time % $day;
cmp_ok(abs($wait - $left), '<=', 20, 'wait until midnight, UTC');
is($k->status()->{budget}{used_today}, 20, 'the status counts them');

clock(0, 3000);
is(burst(), 0, 'the bucket is full again, the day is not');
clock($left + 5, 3000);
is(burst(), 20, 'the next day');
clock(0, 3000);
is(burst(), 0, 'the clock back a day: no new budget');
clock($left + 5, 3000);
is(burst(), 0, 'nor by going there again');

$t->done();
