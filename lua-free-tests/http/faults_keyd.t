#!/usr/bin/perl

# Copyright (C) The RFL authors

# rfl-keyd is away, stopped, slow, or answers badly: a clear 503 at once, and
# no other way to the index (S-55).

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use List::Util qw(min);

use FakeRESP;
use Test::RFL;
use Time::HiRes qw(sleep time);


my $t = Test::RFL->new();

my $rfl = $t->rfl_up(entries => 3);

my $name = $rfl->{entries}[0]{names}[0]{full};


sub status { api_status(name => $name) }
sub found { api_found(name => $name) }


sub recovers {
    my $what = shift;

    ok($t->wait_for(sub { found() eq 1 }, 20), "$what: found again");
}


sub count { scalar(() = $t->read_file('logs/error.log') =~ /$_[0]/g) }


is(found(), 1, 'found');

my ($worker) = $t->workers();
my $fds = fds($worker);


# S-55

$rfl->{keyd}->kill();

my @took = map {
    my $start = time();
    is(status(), 503, 'rfl-keyd is killed: 503');
    time() - $start;
} 1 .. 3;

# the quickest of them: this computer may do other things beside

cmp_ok(min(@took), '<', 1.5, '... at once');

ok($t->wait_for_log(qr/keyd.* is away/), 'logged');
sleep 0.3;
is(count('keyd.* is away'), 1, 'once');

$rfl->{keyd}->start();

ok($t->wait_for(sub { eval { $rfl->keyd_admin('PING') } }, 10),
    'rfl-keyd starts anew');
is(status(), 503, 'it knows no epoch: 503');

$rfl->ctl_ok('rotate');
recovers('the desk hands it an epoch');


# stopped: the timeout of an operation

$rfl->waits(2, 5);
$t->reload();
$rfl->{keyd}->pause();

my $start = time();
is(status(), 503, 'rfl-keyd is stopped: 503');
cmp_ok(time() - $start, '<', 15, 'after the timeout');

$rfl->{keyd}->cont();
recovers('rfl-keyd goes on');
$rfl->waits(8, 15);


# answers are spoiled

my $fake = FakeRESP->new($t, $rfl->{keyd_query},
    edit => sub {
        my ($does, $answer, @command) = @_;

        if ($does->{wide}) {
            return $command[1] eq 'wide' ? $does->{wide} : $answer;
        }

        my $value = FakeRESP::value($answer) // return $answer;

        substr $value, $does->{at}, length $does->{with}, $does->{with};

        return FakeRESP::bulk($value . ($does->{tail} // ''));
    });

$t->reload();
is(found(), 1, 'found through the proxy');

($worker) = $t->workers();
$fds = fds($worker);


# its own refusals

my %refusal = (
    BUDGET => [503, qr/budget/],
    NOEPOCH => [503, qr/./],
    REFINE => [200, qr/refine/],
);

for my $prefix (sort keys %refusal) {
    my ($expected, $re) = @{$refusal{$prefix}};

    $fake->does('reply', bytes => "-$prefix for $name\r\n");

    my ($status, undef, $raw) = api(name => $name);

    is($status, $expected, "-$prefix: $expected");
    like($raw, $re, "-$prefix: and it says so");
}

$fake->does('reply', bytes => "-BADNAME no\r\n");
isnt(status(), 500, '-BADNAME: not a 500');
isnt(status(), 503, '-BADNAME: not a 503');

for my $prefix (qw(ERR LOADING NOAUTH NOPERM OOM BUSY NONSENSE)) {
    $fake->does('reply', bytes => "-$prefix for $name\r\n");
    is(status(), 503, "-$prefix: 503");
}

$fake->does('pass');
is(found(), 1, 'found at once after that');


# answers that are RESP, but not an answer

my %answer = (
    'nil' => "\$-1\r\n",
    'an integer' => ":7\r\n",
    'a status' => "+OK\r\n",
    'an empty string' => "\$0\r\n\r\n",
    'a short string' => FakeRESP::bulk("\2" x 107),
    'zeros' => FakeRESP::bulk("\0" x 173),
    'another size' => FakeRESP::bulk("\2\0\2\0" . "\0" x 169),
    'an array' => "*1\r\n\$1\r\na\r\n",
    'RESP3' => "%1\r\n+a\r\n+b\r\n",
    'more than any answer has' => FakeRESP::bulk('x' x 70_000),
);

for my $what (sort keys %answer) {
    $fake->does('reply', bytes => $answer{$what});
    is(status(), 503, "$what: 503");

    $fake->does('pass');
    recovers($what);
}

# version, flags, number of keys, epoch, times, a key of no class

for my $spoil ([0, "\1"], [1, "\1"], [2, "\xff\xff"], [4, "\0" x 8],
               [12, "\xff" x 8], [20, "\0" x 8], [108, 'X'])
{
    $fake->does('edit', at => $spoil->[0], with => $spoil->[1]);
    is(status(), 503, "spoiled from byte $spoil->[0]: 503");
}

$fake->does('edit', at => 0, with => "\2", tail => 'x');
is(status(), 503, 'a byte too many: 503');

# labels and keys that are none of ours: the manifest does not open

$fake->does('edit', at => 44, with => 'x' x 64);
is(status(), 503, 'another secret: 503');

$fake->does('edit', at => 4, with => pack('Q<', 999_999));
is(status(), 503, 'another epoch: 503');

for my $what (qw(split twice half close silent)) {
    $fake->does($what, size => 50);
    status();
    $fake->does('pass');
    recovers($what);
}

$fake->does('more', bytes => "+HELLO\r\n", times => 1);
status();
recovers('an answer nobody asked for');

my $budget = $fake->told(qr/KEYS/);
cmp_ok($budget, '>', 10, 'it was the proxy that was asked');


# the second question is refused: nobody may be called absent then

$fake->does('edit', wide => "-BUDGET no\r\n");
is(found(), 1, 'found by the first question');

my ($status) = api(name => 'Quendolina Nobodyhere');
is($status, 503, 'not found by the first, no budget for the second: 503');

$fake->does('edit', wide => "-NOEPOCH no\r\n");
is((api(name => 'Quendolina Nobodyhere'))[0], 503, 'no epoch: 503');

$fake->does('pass');
is((api(name => 'Quendolina Nobodyhere'))[0], 200, 'absent: 200');

unlike($t->read_file('logs/error.log'), qr/\Q$name\E/, 'no name in the log');

ok($t->wait_for(sub { fds($worker) <= $fds }, 20),
    'no descriptor has leaked');
is(join(' ', $t->workers()), $worker, 'it was one worker all the time');

$t->done();
