#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-81 for rfl-keyd: what its process may still ask of the kernel, tried from
# inside it.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use POSIX qw(EPERM);
use Time::HiRes qw(sleep);

use Test::RFL;
use Test::RFL::Keyd;
use Test::RFL::Preload;


my $t = Test::RFL->new()->needs('keyd')->has_command('gcc');

$t->skip_all('numbers of system calls are those of x86_64')
    if (POSIX::uname())[4] ne 'x86_64';
$t->skip_all('no seccomp under ASan') if $t->build() eq 'asan';

my $preload = Test::RFL::Preload->new($t, 'syscall');
my $file = $preload->{file};

$preload->tell("\0" x 256);
$preload->into_daemons();

my $k = Test::RFL::Keyd->new($t, 'keyd');
push @{$t->{daemons}}, $k;
$k->start();


# the result of a system call, "killed", or undef if it was not made

sub attempt {
    my ($number, @args) = @_;

    my $path = ref $args[0] ? ${shift @args} : '';

    push @args, 0 while @args < 6;

    open my $f, '+<', $file or die "$file: $!\n";
    binmode $f;
    # what is wanted comes last

    sysseek $f, 8, 0;
    syswrite $f, pack 'q<8Z64', $number, @args, 99999, $path;
    sysseek $f, 0, 0;
    syswrite $f, pack 'q<', 1;

    # a command makes the daemon look at its clock

    eval { $k->connect()->cmd('KEYS', 'fine', 'Amina Halabi') };

    my $gone;
    for (1 .. 1000) {
        last if $gone = waitpid($k->{pid}, POSIX::WNOHANG) == $k->{pid};
        sysseek $f, 0, 0;
        sysread $f, my $now, 8;
        last if unpack('q<', $now) == 0
            && do { sysseek $f, 64, 0; sysread $f, $now, 8;
                    unpack('q<', $now) != 99999 };
        sleep 0.02;
    }

    if ($gone) {
        my $signal = $? & 127;
        delete $k->{pid};
        $k->start();

        return $signal == 31 ? 'killed' : "signal $signal";
    }

    sysseek $f, 64, 0;
    sysread $f, my $result, 8;
    $result = unpack 'q<', $result;

    return $result == 99999 ? undef : $result;
}


is(attempt(39), $k->pid(), 'control: getpid() is made, and answers');

# what takes a machine over

for (
    [ 'execve', 59, \'/bin/sh', -1, 0, 0 ],
    [ 'execveat', 322, \'/bin/sh', -100, -1, 0, 0, 0 ],
    [ 'socket(AF_INET)', 41, 2, 1, 0 ],
    [ 'socket(AF_UNIX)', 41, 1, 1, 0 ],
    [ 'socket(AF_PACKET)', 41, 17, 3, 0 ],
    [ 'connect', 42, 7, 0, 0 ],
    [ 'fork', 57 ],
    [ 'vfork', 58 ],
    [ 'clone', 56, 17 ],
    [ 'clone3', 435 ],
    [ 'ptrace', 101, 0, 1 ],
    [ 'process_vm_readv', 310, 1 ],
    [ 'mount', 165, 0, 0, 0, 0, 0 ],
    [ 'bpf', 321, 0, 0, 0 ],
) {
    my ($what, @call) = @$_;

    is(attempt(@call), 'killed', "$what kills");
}

# what is merely not needed

for (
    [ 'open to read', 257, \'/etc/passwd', -100, -1, 0 ],
    [ 'open to read and write', 257, \'/tmp/x', -100, -1, 2 ],
    [ 'the old open', 2, \'/etc/passwd', -1, 0 ],
    [ 'memory to execute', 9, 0, 4096, 7, 0x22, -1, 0 ],
    [ 'making memory executable', 10, 0, 4096, 5 ],
    [ 'listen', 50, 5, 1 ],
    [ 'bind', 49, 5, 0, 0 ],
    [ 'kill', 62, 1, 0 ],
    [ 'tgkill', 234, 1, 1, 0 ],
    [ 'setuid', 105, 0 ],
    [ 'prctl', 157, 4, 1 ],
    [ 'sendmsg', 46, 5, 0, 0 ],
    [ 'chmod', 90, \'/tmp', -1, 0777 ],
    [ 'rename', 82, \'/tmp', -1, -1 ],
    [ 'symlink', 88, \'/tmp', -1, -1 ],
    [ 'perf_event_open', 298 ],
    [ 'io_uring_setup', 425, 1 ],
    [ 'keyctl', 250 ],
    [ 'userfaultfd', 323 ],
    [ 'setrlimit', 160, 4 ],
) {
    my ($what, @call) = @$_;

    is(attempt(@call), -EPERM, "$what is refused");
}

ok($k->answers(), 'and the daemon goes on');

$t->done();

