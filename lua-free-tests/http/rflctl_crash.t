#!/usr/bin/perl

# Copyright (C) The RFL authors

# rflctl is killed before each of its writes to a server in turn, Redis is
# killed while it works, signals arrive: afterwards the index is as it was
# before or as it should be after, never between, and the next command heals.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(sleep);

use Test::RFL;
use Test::RFL::Preload;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new(memory => 1)->has_command('gcc');

$t->skip_all('a process for each step takes minutes under ASan')
    if $t->build() eq 'asan';

my $rfl = $t->desk_up();
my $dir = $t->testdir();
my $rflctl = $t->out() . '/rflctl';
my $so = Test::RFL::Preload->new($t, 'die')->{so};

my $next = 0;


# signed entries of new people, in a file: (path, ids)

sub people {
    my ($n, %more) = @_;

    my @lines = map { $rfl->complete({ %{Test::RFL::Stack::entry($next++)},
                                       %more }) } 1 .. $n;
    my $file = $t->write_file("p.$next", join '',
                              map { $json->encode($_) . "\n" } @lines);

    for my $i (1, 2) {
        $rfl->ctl_ok('sign', '--key', $rfl->key($i), '-o', "$file.$i", $file);
        $file = "$file.$i";
    }

    return ($file, map { $_->{id} } @lines);
}

sub publish {
    my $file = shift;

    $rfl->ctl_ok('publish', '--refs', "$dir/refs", $file);

    return map { (split /\t/)[1] } split /\n/, $t->read_file('refs');
}

sub in_use {
    my $status = $json->decode($rfl->keyd_admin('STATUS'));

    return join ',', map { $_->{id} } grep { $_->{in_use} }
        @{$status->{epochs}};
}

sub same {
    my ($x, $y) = @_;

    return 0 if keys %$x != keys %$y;
    return !grep { !exists $y->{$_} || $x->{$_} ne $y->{$_} } keys %$x;
}

sub entries { ($rfl->ctl('list', '--json'))[1] =~ tr/\n// }


# Kills one command at each of its writes.  prepare gives its arguments;
# rotates: it may make another epoch current; after: what must hold in the end
# whatever point it was killed at.

sub killed {
    my ($name, %opt) = @_;

    my ($point, @broken, @between, @after);

    for ($point = 1; $point < 400; $point++) {

        my @command = $opt{prepare}->();
        my $before = $rfl->{index}->dump();
        my $epoch = in_use();

        local @ENV{qw(LD_PRELOAD DIE_AT)} = ($so, $point);
        my ($rc) = $t->command($rflctl, @command, '--state', $rfl->{dir});
        delete @ENV{qw(LD_PRELOAD DIE_AT)};

        my $now = $rfl->{index}->dump();
        my $changed = !same($before, $now);

        # whatever a visitor can still ask for is as it was

        if ($changed && $opt{rotates} && in_use() eq $epoch) {
            push @between, $point
                if grep { ($now->{$_} // '') ne $before->{$_} } keys %$before;
        }

        my ($healed, $out) = $rfl->ctl('verify');
        push @broken, "$point: $out" if $healed != 0;

        # one transaction: if it took place, healing has nothing to add

        push @between, $point
            if !$opt{rotates} && $changed
               && !same($now, $rfl->{index}->dump());

        push @after, $point if $opt{after} && !$opt{after}->($rc);

        last if $rc != 128 + 9;
    }

    cmp_ok($point, '>', 3, "$name: killed at " . ($point - 1) . ' points');
    cmp_ok($point, '<', 400, "$name: and went through in the end");
    is("@broken", '', "$name: the next command heals");
    is("@between", '', "$name: the index is never between");
    is("@after", '', "$name: and the outcome is one of two");
}


# an index to begin with: the first publication builds it

my ($file) = people(20);

killed('first publication', rotates => 1,
    prepare => sub { ('publish', $file) },
    after => sub { my $n = entries(); $n == 0 || $n == 20 });

my $n = entries();
is($n, 20, 'twenty entries');

killed('publication',
    prepare => sub { ('publish', (people(2))[0]) },
    after => sub { my $was = $n; $n = entries(); $n == $was || $n == $was + 2 });

my @refs;

killed('withdrawal',
    prepare => sub {
        push @refs, publish((people(1))[0]) if !@refs;
        $n = entries();
        ('withdraw', shift @refs)
    },
    after => sub { my $now = entries(); $now == $n || $now == $n - 1 });

killed('rotation', rotates => 1,
    prepare => sub { ('rotate') },
    after => sub { my $was = $n; $n = entries(); $n >= $was - 1 });

# a corrected entry: the old one goes and the new one comes at once

killed('replacement',
    prepare => sub {
        my ($first, @ids) = people(1);
        publish($first);
        ('publish', (people(1, id => $ids[0]))[0])
    });


# signals

my ($rc, $out) = $rfl->ctl('status', '--json');
my $epoch = $json->decode($out)->{epoch}{id};

for my $signal (qw(INT TERM)) {

    my $before = $rfl->{index}->dump();
    my %seen;

    for my $delay (map { $_ * 0.004 } 1 .. 6) {

        # a signal may come before the program does

        local @SIG{qw(INT TERM)} = ('DEFAULT') x 2;

        my $pid = fork() // die;

        if (!$pid) {
            open STDOUT, '>', '/dev/null';
            open STDERR, '>', "$dir/signal";
            exec $rflctl, 'rotate', '--state', $rfl->{dir};
        }

        sleep $delay;
        kill $signal, $pid;
        waitpid $pid, 0;

        my $status = $? >> 8;

        $seen{$status}++;

        if ($status == 75) {
            is(same($before, $rfl->{index}->dump()), 1,
                "SIG$signal: everything is as it was before");
        } else {
            $before = $rfl->{index}->dump();
        }
    }

    is(join(' ', grep { !/^(0|75)$/ } keys %seen), '',
        "SIG$signal: rotated, or put back") or diag($t->read_file('signal'));
    is(($rfl->ctl('verify'))[0], 0, "SIG$signal: nothing is left to heal");
}


# Redis dies under it

for my $victim (qw(index desk)) {
    for my $round (1 .. 4) {

        my @command = $round % 2 ? ('rotate')
                                 : ('publish', (people(30))[0]);
        my $pid = fork() // die;

        if (!$pid) {
            open STDOUT, '>', '/dev/null';
            open STDERR, '>', '/dev/null';
            exec $rflctl, @command, '--state', $rfl->{dir};
        }

        sleep 0.01 * $round;
        $rfl->{$victim}->kill();
        waitpid $pid, 0;

        my $status = $? >> 8;
        ok($status == 69 || $status == 0 || $status == 1,
            "$victim Redis killed during $command[0]: a status that says so")
            or diag($status);

        $rfl->{$victim}->start();
        $rfl->ctl_ok('rotate', '--resume');
        is(($rfl->ctl('verify'))[0], 0, 'and all is well afterwards');
    }
}

# A rotation is cut short, rfl-keyd is away: a withdrawal acts all the same, in
# every epoch that may be in use.

sub keyd_start {
    unlink $rfl->{keyd_socket}, $rfl->{keyd_query};
    $rfl->{keyd}->start();
}

my (@kept, @unproved, @unhealed);

for my $point (map { 2 * $_ } 4 .. 14) {

    my ($ref) = publish((people(1))[0]);

    {
        local @ENV{qw(LD_PRELOAD DIE_AT)} = ($so, $point);
        ($rc) = $t->command($rflctl, 'rotate', '--state', $rfl->{dir});
        delete @ENV{qw(LD_PRELOAD DIE_AT)};
    }

    $rfl->{keyd}->stop();

    my ($status, $out) = $rfl->ctl('withdraw', $ref);
    push @kept, "$point: $status $out" if $status != 0;
    push @unproved, $point if $out !~ /nothing of it is left/;

    keyd_start();
    $rfl->ctl('handover');
    ($status, $out) = $rfl->ctl('verify');
    push @unhealed, "$point: $out" if $status != 0;

    last if $rc == 0;
}

is("@kept", '', 'withdrawn without rfl-keyd in the middle of a rotation');
is("@unproved", '', 'with proof');
is("@unhealed", '', 'and nothing of it is left to heal');

# rfl-keyd is killed and started empty between the two steps of a rotation

$rfl->{keyd}->stop();
keyd_start();
is(($rfl->ctl('rotate'))[0], 0, 'a rotation fills an empty rfl-keyd');
is(($rfl->ctl('status'))[0], 0, 'and nothing is wrong then');

$t->done();
