#!/usr/bin/perl

# Copyright (C) The RFL authors

# The desk's nginx is killed while an entry is published or withdrawn: nothing
# is lost, nothing is there twice, index and register agree afterwards.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Time::HiRes qw(sleep time);

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new(memory => 1);
$t->expect(qr/exited on signal 9/);

my $desk = Test::RFL::Desk->up($t);
my @people = qw(amina boris);

$desk->unlock(@people);


# a button is pressed, and the worker dies so many seconds later; at once: it
# reads not a byte

sub killed {
    my ($who, $id, $seconds, %fields) = @_;

    my $page = $desk->get($who, "/en/item/$id");
    my $old = $desk->worker();
    my $s = $desk->request($who, 'POST', "/en/item/$id",
        { csrf => $desk->token($who), version => $page->{version},
          queue => 'new', %fields },
        start => 1, halted => $seconds == 0 && $old);

    sleep $seconds;
    kill 'KILL', $old;
    close $s;

    $t->wait_for(sub {
        my $new = $desk->worker();
        return $new && $new != $old && $desk->get($who, '/en/')->{status};
    }, 60) or die "no new worker\n";

    $desk->unlock(@people);
}


# how long each takes when nobody dies: the moments of death are spread over it

my $n = 0;

sub approved_once {
    my $name = 'Killed Umarova' . join '', map { chr ord('a') + $_ }
        int($n / 26), $n++ % 26;
    my ($id) = $desk->send($desk->alive($name));

    $desk->act('amina', $id, act => 'approve');

    return ($id, $name);
}

sub took {
    my @act = @_;

    my $page = $desk->get($act[0], "/en/item/$act[1]");
    my $from = time;

    $desk->post($act[0], "/en/item/$act[1]",
        { version => $page->{version}, queue => 'new', @act[2 .. $#act] });

    return time - $from;
}

my @down = (act => 'withdraw', reason => 'request');
my ($whole) = approved_once();
my $publishing = took('boris', $whole, act => 'approve');
my $removing = took('amina', $whole, @down);

is($desk->state('amina', $whole), 'withdrawn', 'control: nobody died');


# before the first byte is read, up to after the answer

my $moments = 8;
my %cut = (approve => 0, withdraw => 0);

for my $k (0 .. $moments) {
    my $at = sprintf 'moment %d of %d', $k, $moments;
    my ($id, $name) = approved_once();
    my @wrong;

    killed('boris', $id, 1.2 * $publishing * $k / $moments, act => 'approve');

    my $state = $desk->state('boris', $id);
    push @wrong, "is $state"
        if $state !~ /^(?:second|published|Approved, being published)$/;

    if ($state eq 'second') {
        $cut{approve}++;
        $desk->act('boris', $id, act => 'approve');
    }

    $state = $desk->state('boris', $id);
    push @wrong, "ends as $state" if $state ne 'published';

    my $found = $desk->found($name);
    push @wrong, "found $found times" if $found ne 1;

    killed('amina', $id, 1.2 * $removing * $k / $moments, @down);

    if ($desk->state('amina', $id) eq 'published') {
        $cut{withdraw}++;
        $desk->act('amina', $id, @down);
    }

    $found = $desk->found($name);
    push @wrong, "found $found times after its withdrawal" if $found ne 0;

    is("@wrong", '', "$at: public once, and then not at all");
}

for my $act (sort keys %cut) {
    cmp_ok($cut{$act}, '>', 0, "$act: was cut short at $cut{$act}");
    cmp_ok($cut{$act}, '<=', $moments, "$act: and went through at others");
}

my ($rc, $out) = $desk->verify();
is($rc, 0, 'index and register agree') or diag($out);

($rc, $out) = $desk->{rfl}->ctl('journal', 'verify');
is($rc, 0, 'the journal is whole') or diag($out);

$t->done();
