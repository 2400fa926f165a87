#!/usr/bin/perl

# Copyright (C) The RFL authors

# The desk under a clock that the test moves: a claim is released ten minutes
# after the last act of who has it, and not before; what was decided while the
# index was away is carried out a minute later by whoever looks; and keys of
# somebody who went away are locked after a quarter of an hour.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Desk;
use Test::RFL::Preload;


my $t = Test::RFL->new()->has_command('gcc');


my $clock = Test::RFL::Preload->new($t, 'clock');
# it stands, and is moved by hand

my $now = time();

sub later {
    $clock->tell(pack 'q<4', 0, 0, 0, $now += shift);
}

later(0);
$clock->into_nginx();

my $desk = Test::RFL::Desk->up($t);
my $rfl = $desk->{rfl};

$desk->unlock(qw(amina boris));

# nginx takes the time once per turn of its loop: a first request brings it

sub wait_for {
    later(shift);
    $desk->get($_, '/en/') for qw(amina boris);
}


# a claim

my $id = $desk->send($desk->alive('Fatima Grigoryan'));

is($desk->act('amina', $id, act => 'claim')->{status}, 303, 'claimed');

my $p = $desk->act('boris', $id, act => 'approve');
is($p->{status}, 409, 'then somebody else cannot act');
like($desk->get('boris', "/en/item/$id")->{text}, qr/Amina Haddad/,
    '... and sees who is at it');

wait_for(590);
is($desk->act('boris', $id, act => 'approve')->{status}, 409,
    'nor ten seconds before it ends');
is($desk->state('boris', $id), 'new', '... and nothing has changed');

wait_for(11);
is($desk->act('boris', $id, act => 'claim')->{status}, 303,
    'after ten minutes it is released');
is($desk->act('amina', $id, act => 'approve')->{status}, 409,
    '... and now it is theirs');
is($desk->act('boris', $id, act => 'approve')->{status}, 303,
    'who approves it');


# the index away at the second approval

my $sock = $rfl->{index}{sock};

$desk->act('boris', $id, act => 'release');
wait_for(601);
rename $sock, "$sock.away" or die "rename: $!\n";
$desk->act('amina', $id, act => 'approve');
is($desk->state('amina', $id), 'Approved, being published',
    'without the index it is decided, and waits');

rename "$sock.away", $sock or die "rename: $!\n";
$desk->get('boris', '/en/');
wait_for(61);
is($desk->state('boris', $id), 'published',
    'a minute later it is carried out, whoever looks');
is($desk->found('Fatima Grigoryan'), 1, '... and found');
is(($desk->verify())[0], 0, 'index and register agree');


# somebody went away

later(890);
is($desk->get('boris', '/en/queue/new')->{status}, 200,
    'keys are open for a quarter of an hour');
later(20);
is($desk->get('amina', '/en/queue/new')->{status}, 403,
    'those of somebody who did nothing are locked then');
is($desk->get('boris', '/en/queue/new')->{status}, 200,
    'control: of who worked they are not');

$t->done();
