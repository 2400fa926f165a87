#!/usr/bin/perl

# Copyright (C) The RFL authors

# Inbox Redis is killed, as by a loss of power, in the middle of a storm of
# 2,000 submissions: what a visitor was told is stored is there when it runs
# again, and nothing is there twice.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Time::HiRes qw(sleep);

use Test::RFL;
use Test::RFL::Forms;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl');

my $rfl = $t->rfl_up(entries => 10, http => 'rfl_inbox_quota 100000;');
my $office = office($rfl);

$t->reload();

my $total = 2000;
my $dir = $t->testdir();
my $each = $total / 4;

# as four visitors at a time; each notes what was confirmed

my @pids;

for my $i (1 .. 4) {
    my $pid = fork() // die "fork: $!\n";

    if ($pid) {
        push @pids, $pid;
        next;
    }

    open my $log, '>', "$dir/storm.$i" or POSIX::_exit(1);
    $log->autoflush(1);

    my @forms = map {
        form('withdraw', form('withdraw'), name => 'Zarquela',
             words => "storm $i $_", phone => '+41 79 555 01 99')
    } 1 .. $each;

    print $log "ready\n";
    sleep 0.05 while !-e "$dir/storm.go";

    for my $n (1 .. $each) {
        my $p = form('withdraw', $forms[$n - 1], go => 'send');
        print $log "$p->{status} $i $n\n";
    }

    POSIX::_exit(0);
}

$t->wait_for(sub {
    4 == grep { -s "$dir/storm.$_" } 1 .. 4
}, 300) or die "the visitors are not ready\n";

# old enough to be sent

sleep 2.1;
$t->write_file('storm.go', '');

# in the middle of it

$t->wait_for(sub { -s "$dir/storm.1" > 1500 }, 100);
$rfl->{inbox}->kill();
$t->wait_for(sub {
    grep { $t->read_file("storm.$_") =~ /^503 /m } 1 .. 4;
}, 60);
$rfl->{inbox}->start();

waitpid $_, 0 for @pids;

my (%confirmed, %other);

for my $i (1 .. 4) {
    for (split /\n/, $t->read_file("storm.$i")) {
        next if !/^(\d+) (\d+) (\d+)$/;
        $1 == 200 ? $confirmed{"storm $2 $3"}++ : $other{$1}++;
    }
}

my $confirmed = keys %confirmed;
my $refused = $other{503} // 0;

is($confirmed + $refused, $total, 'all were answered');
is(join(' ', keys %other), '503', 'some were refused');
cmp_ok($confirmed, '>', 200, 'some were confirmed');
note("$confirmed confirmed, $refused refused");

my (%words, %ids);

for my $o ($office->opened()) {
    $words{$o->{answers}{words}}++;
    $ids{$o->{id}}++;
}

is(scalar(grep { !$words{$_} } keys %confirmed), 0,
    'every one that was confirmed is there');
is(scalar(grep { $_ > 1 } values %ids), 0, 'and none twice');
$t->done();
