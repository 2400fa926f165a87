#!/usr/bin/perl

# Copyright (C) The RFL authors

# Acts of two moderators and of the desk itself in random order, cut short at
# random points, with the index away at times: nothing is public without two
# people, consent and an end, nothing that was hidden is published, and what
# was withdrawn never comes back (S-86, S-121).  RANDOM_SEED=n
# repeats a run.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();
use POSIX qw(strftime);

use Test::RFL;
use Test::RFL::Drive;
use Test::RFL::Preload;


my $steps = $ENV{RANDOM_STEPS} || 250;
my $seed = $ENV{RANDOM_SEED} || 20261122;
my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new(memory => 1)->has_command('gcc');

my $rfl = $t->desk_up();
my $so = Test::RFL::Preload->new($t, 'die')->{so};

$rfl->ctl_ok('rotate');

my $drive = Test::RFL::Drive->up($rfl, boris => 'moderator', preload => $so);

sub ask { $drive->ask(@_) }

sub dice { int rand $_[0] }

srand $seed;


my (@items, %hidden, %ever, @broken, %done);
my $index = 1;

sub item {
    my $id = join '', map { sprintf '%08x', dice(1 << 32) } 1 .. 4;

    ask(qw(desk add), $id, 'alive', 1980, 'Amina Warsame');
    push @items, $id;
    shift @items if @items > 6;
}

item() for 1 .. 4;

# an act of somebody on an item, or of the desk itself

sub any_act {
    my $id = $items[dice(scalar @items)];
    my $who = dice(2) ? 'amina' : 'boris';

    my $act = (('approve') x 24, ('release') x 3, ('resume') x 3,
               ('withdraw') x 2,
               qw(edit keep reject claim hand close catch receipts))[dice(40)];

    return ('desk', 'desk', $act) if $act =~ /^(?:resume|catch|receipts)$/;
    return ($who, 'act', $id, $act, $act =~ /^(?:withdraw|reject|close)$/
                                    ? 1 + dice(3) : 0);
}

sub look {
    my $step = shift;

    for my $id (@items) {
        my ($state, $hidden) = ask('amina', 'show', $id)
            =~ /^(\w+) .*hidden=(\d)/ or next;
        my $there = ask('amina', 'register', $id) eq 'yes';

        $done{$state}++;

        push @broken, "$step: $id was withdrawn, is $state"
            if ($ever{$id} // '') eq 'withdrawn' && $state ne 'withdrawn';
        push @broken, "$step: $id is withdrawn, and in the register"
            if $state eq 'withdrawn' && $there;
        push @broken, "$step: $id is $state, and in the register"
            if $state =~ /^(?:new|second|kept|rejected)$/ && $there;
        push @broken, "$step: $id was hidden before it was published"
            if $there && $hidden{$id} && !$hidden{$id}{there};

        $ever{$id} = $state;
    }
}

for my $step (1 .. $steps) {

    my @act = any_act();

    if (dice(3) == 0) {
        my $said = ask(qw(desk die), 1 + dice(50), 0, @act);
        push @broken, "$step: $said" if $said !~ /^(?:died|lived)$/;
    } else {
        ask(@act);
    }

    # somebody uses the code

    if (dice(40) == 0) {
        my $id = $items[dice(scalar @items)];
        $hidden{$id} ||= { there => ask('amina', 'register', $id) eq 'yes' };
        $rfl->{inbox}->cmd('RPUSH', 'in:hide:' . strftime('%Y%m%d', gmtime),
                           substr pack('H*', $id), 0, 10);
    }

    # the index goes, and comes back empty

    if (dice($index ? 50 : 8) == 0) {
        if ($index) {
            $rfl->{index}->stop();
        } else {
            $rfl->{index}->start();
            $rfl->ctl_ok('rotate');
        }
        $index = !$index;
    }

    item() if dice(6) == 0;

    look($step);
}

if (!$index) {
    $rfl->{index}->start();
    $rfl->ctl_ok('rotate');
}

like(ask(qw(desk desk resume)), qr/^\d/, 'in the end all is ended');
look('end');

is(join("\n", @broken), '', "$steps acts: none breaks a rule (RANDOM_SEED=$seed)");
cmp_ok($done{$_} // 0, '>', 0, "there were items that were $_")
    for qw(published withdrawn second rejected);

# each entry: two people, consent, an end

my @list = map { $json->decode($_) }
    split /\n/, ($rfl->ctl('list', '--json'))[1];
my @bad;

for my $line (@list) {
    my (undef, $shown) = $rfl->ctl('show', $line->{ref});
    my $e = $json->decode($shown);
    my %by = map { $_->{key} => 1 } @{$e->{approvals}};

    push @bad, $shown
        if keys %by < 2 || $e->{consent}{class} ne 'searchable'
           || $e->{not_after} lt strftime('%Y-%m-%d', gmtime);
}

cmp_ok(scalar @list, '>', 0, 'entries are public')
    or diag(explain(\%done), ($rfl->ctl('list', '--json'))[1]);
is("@bad", '', 'of each two people, consent and an end');
is(($rfl->ctl('verify', '--full'))[0], 0,
    'the index is equal to the register, and every signature is right');
like(ask('amina', 'journal'), qr/^rc=0 .*faults=0 cut=0/,
    'the journal is whole');

$drive->stop();
$t->done();
