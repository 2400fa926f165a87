#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-06: who crashes leaves no copy of its memory, also where the system would
# allow one.  The kernel tells whoever waits for the process whether it wrote
# one; nginx's master notes that in its log.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new();

$t->skip_all('AddressSanitizer handles the signal') if $t->build() eq 'asan';
$t->skip_all('needs root, for limits that are not its own') if $> != 0;

# what is started from here on may, as far as limits go

system('prlimit', "--pid=$$", '--core=unlimited') == 0
    or $t->skip_all('no limit can be changed here');

my $desk = Test::RFL::Desk->up($t, entries => 1, quick => 0);
my $rfl = $desk->{rfl};
my $name = $rfl->{entries}[0]{names}[0]{full};

$t->expect(qr/exited on signal 11/);


# control: in this folder a process without care does

my $cores = $t->testdir() . '/cores';

sub careless {
    my $pid = fork() // die "cannot fork: $!\n";

    if (!$pid) {
        chdir $cores;
        exec 'setpriv', '--reuid=www-data', '--regid=www-data',
            '--clear-groups', 'sh', '-c', 'kill -SEGV $$'
            or POSIX::_exit(127);
    }

    waitpid $pid, 0;

    return $? & 128;
}

SKIP: {
    is(careless(), 128, 'S-06 control: sh leaves its memory') or last SKIP;

    unlink glob "$cores/core*";

    my %worker = (nginx => ($t->workers())[0], desk => $desk->worker());

    for my $who (sort keys %worker) {
        like(slurp("/proc/$worker{$who}/limits"),
            qr/^Max core file size\s+(?:[1-9]|unlimited)/m,
            "S-06 $who: no limit forbids it");

        kill 'SEGV', $worker{$who};

        my $ended = qr/worker process $worker{$who} exited on signal 11(.*)/;
        my $log = '';

        ok($t->wait_for(sub {
            $log = join '', map { $t->read_file($_) }
                glob $t->testdir() . '/logs/*';
            $log =~ $ended;
        }, 30), "S-06 $who: it is gone");

        my ($said) = $log =~ $ended;
        is($said, '', "S-06 $who: and has left nothing");
    }

    my $keyd = $rfl->{keyd}->pid();

    like(slurp("/proc/$keyd/limits"), qr/^Max core file size\s+0\s+0\s/m,
        'S-06 rfl-keyd has forbidden it for itself');

    kill 'SEGV', $keyd;
    waitpid $keyd, 0;

    is($? & 127, 11, 'S-06 rfl-keyd: it is gone');
    is($? & 128, 0, 'S-06 rfl-keyd: and has left nothing');
    delete $rfl->{keyd}{pid};

    is(join(' ', glob "$cores/core*"), '', 'S-06 no file either');

    $rfl->{keyd}->start();
    $rfl->ctl_ok('rotate');

    ok($t->wait_for(sub { api_found(name => $name) eq 1 }, 20),
        'S-06 and searches go on');
}

$t->done();
