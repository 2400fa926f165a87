#!/usr/bin/perl

# Copyright (C) The RFL authors

# What rfl-open, which parses what strangers wrote, may still ask of the
# kernel, tried from inside it.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use IPC::Open2;

use Test::RFL;
use Test::RFL::Preload;


my $t = Test::RFL->new()->needs('rflctl')->has_command('gcc');

$t->skip_all('numbers of system calls are those of x86_64')
    if (POSIX::uname())[4] ne 'x86_64';
$t->skip_all('no seccomp under ASan') if $t->build() eq 'asan';

my $so = Test::RFL::Preload->new($t, 'open_syscall')->{so};
my $open = $t->out() . '/rfl-open';


# no key, and one box that is none: what it answers, and the signal it died of

sub run {
    my ($call, $early) = @_;

    local %ENV = (%ENV, LD_PRELOAD => $so);
    $ENV{RFL_TEST_CALL} = $call if defined $call;
    $ENV{RFL_TEST_EARLY} = 1 if $early;
    local $SIG{PIPE} = 'IGNORE';

    my $pid = open2(my $from, my $to, $open);
    binmode $_ for $from, $to;
    print {$to} "RFLO\1" . pack('V', 0) . pack('V', 5) . 'hello';
    close $to;

    local $/;
    my $answer = <$from>;
    waitpid $pid, 0;

    return ($answer // '', $? & 127, $? >> 8);
}

my $right = 'R' . pack('V', 1) . "\1";

my ($answer, $signal, $status) = run();
is($answer, $right, 'control: it starts, and says that this is no box');
is("$signal $status", '0 0', 'and ends well');

($answer, $signal) = run('318 0 0 0');
is($answer, $right, 'control: a call that is allowed, made from inside');

for (
    [ 'socket(AF_INET)', '41 2 1 0' ],
    [ 'socket(AF_UNIX)', '41 1 1 0' ],
    [ 'open to read', '2 -1 0 0' ],
    [ 'openat to read', '257 -100 -1 0' ],
    [ 'execve', '59 -1 0 0' ],
    [ 'fork', '57 0 0 0' ],
    [ 'clone', '56 17 0 0' ],
    [ 'ptrace', '101 0 1 0' ],
    [ 'kill', '62 1 0 0' ],
    [ 'dup', '32 0 0 0' ],
    [ 'reading another descriptor', '0 2 0 0' ],
    [ 'writing another descriptor', '1 2 0 0' ],
    [ 'memory to execute', '9 0 4096 7' ],
    [ 'making memory executable', '10 0 4096 5' ],
    [ 'stat', '4 -1 0 0' ],
    [ 'prctl', '157 4 1 0' ],
    [ 'bpf', '321 0 0 0' ],
    [ 'io_uring_setup', '425 1 0 0' ],
) {
    my ($what, $call) = @$_;

    ($answer, $signal) = run($call);
    is($signal, 31, "$what kills");
    is($answer, '', 'and nothing was answered');
}

# the same calls are harmless where nothing was given up yet

for ('41 2 1 0', '2 -1 0 0') {
    ($answer, $signal) = run($_, 1);
    is($answer, $right, "control: $_ before that");
}

$t->done();
