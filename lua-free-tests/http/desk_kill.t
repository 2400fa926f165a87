#!/usr/bin/perl

# Copyright (C) The RFL authors

# The desk's nginx is killed while an entry is published or withdrawn: nothing
# is lost, nothing is there twice, index and register agree afterwards.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Time::HiRes qw(sleep);

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new(memory => 1);
$t->expect(qr/exited on signal 9/);

my $desk = Test::RFL::Desk->up($t);
my @people = qw(amina boris);

$desk->unlock(@people);


# a button is pressed, and the worker dies so many seconds later

sub killed {
    my ($who, $id, $seconds, %fields) = @_;

    my $page = $desk->get($who, "/en/item/$id");
    my $old = $desk->worker();
    my $s = $desk->request($who, 'POST', "/en/item/$id",
        { csrf => $desk->token($who), version => $page->{version},
          queue => 'new', %fields }, start => 1);

    sleep $seconds;
    kill 'KILL', $old;
    close $s;

    $t->wait_for(sub {
        my $new = $desk->worker();
        return $new && $new != $old && $desk->get($who, '/en/')->{status};
    }, 60) or die "no new worker\n";

    $desk->unlock(@people);
}


my %state;

for my $ms (0, 8, 20, 60) {
    my $name = 'Killed Umarova' . chr(ord('a') + keys %state);
    my ($id) = $desk->send($desk->alive($name));

    $desk->act('amina', $id, act => 'approve');
    is($desk->state('amina', $id), 'second', "$ms ms: approved once");

    killed('boris', $id, $ms / 1000, act => 'approve');

    my $state = $desk->state('boris', $id);
    $state{$state}++;
    like($state, qr/^(?:second|published|Approved, being published)$/,
        "$ms ms: $state after the worker was killed");

    $desk->act('boris', $id, act => 'approve') if $state eq 'second';

    is($desk->state('boris', $id), 'published', "$ms ms: published");
    is($desk->found($name), 1, "$ms ms: found, and once");

    killed('amina', $id, $ms / 1000, act => 'withdraw', reason => 'request');
    $desk->act('amina', $id, act => 'withdraw', reason => 'request')
        if $desk->state('amina', $id) eq 'published';

    is($desk->found($name), 0, "$ms ms: withdrawn, and gone");
}

my ($rc, $out) = $desk->verify();
is($rc, 0, 'index and register agree') or diag($out);

($rc, $out) = $desk->{rfl}->ctl('journal', 'verify');
is($rc, 0, 'the journal is whole') or diag($out);

$t->done();
