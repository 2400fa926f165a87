#!/usr/bin/perl

# Copyright (C) The RFL authors

# rfl-keyd: nothing of a name stays in its memory, nothing of a dropped secret
# (S-54), and nobody reads what is there (S-07, S-81).

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode);

use Test::RFL;
use Test::RFL::Keyd;
use Test::RFL::Memory;


my $t = Test::RFL->new()->needs('keyd');

$t->skip_all('needs root') if $> != 0;
$t->skip_all('AddressSanitizer keeps what is freed') if $t->build() eq 'asan';

my $k = Test::RFL::Keyd->new($t, 'keyd');
push @{$t->{daemons}}, $k;
$k->start();

my $pid = $k->pid();
my $nobody = getpwnam 'nobody';


# all that the process can read and write

sub memory {
    my $all = '';

    # the pages of secrets are read-only

    regions($pid, qr/^\S+ r.-p(?!.*(?:\.so|\[v))/, sub { $all .= $_[1] });

    return $all;
}


# a name as it may be written: parts too, in UTF-8, UTF-16 and UTF-32

sub forms {
    my $name = shift;

    my %form;

    for my $text ($name, grep { length > 4 } split / /, $name) {
        for my $case ($text, lc $text, uc $text) {
            for my $code (qw(UTF-8 UTF-16LE UTF-16BE UTF-32LE)) {
                $form{encode($code, $case)} = "$case in $code";
            }
        }
    }

    return \%form;
}

sub found {
    my ($memory, @names) = @_;

    my @found;

    for my $name (@names) {
        my $forms = forms($name);

        push @found, grep { defined } map {
            index($memory, $_) >= 0 ? $forms->{$_} : undef
        } sort keys %$forms;
    }

    return map { encode('UTF-8', $_) } @found;
}


my @names = canaries();
my $secret = $k->epoch(100);
my $c = $k->connect();


# What was sent before this has been read: each answer is a turn of its loop.
# What is wiped behind an answer is wiped a moment later.

sub wiped {
    my @names = @_;

    $c->cmd('PING') for 1 .. 5;
    $t->wait_for(sub { !found(memory(), @names) }, 20);
}


# the control: a question half sent is there

my $s = $k->socket();
my $bytes = encode('UTF-8', $names[0]);
print $s "*3\r\n\$4\r\nKEYS\r\n\$4\r\nfine\r\n\$" . (length($bytes) + 1)
    . "\r\n$bytes";
$s->flush();
$t->wait_for(sub { found(memory(), $names[0]) }, 20);

isnt(scalar(found(memory(), $names[0])), 0,
    'control: half a question is in memory');
close $s;
wiped($names[0]);

is(join(', ', found(memory(), $names[0])), '', 'and not when it is gone');


# every canary in every place, in whole and in broken requests

my %t_of;

for my $name (@names) {
    for my $ask (qw(fine wide)) {
        for my $fact (undef, qw(father mother grandfather)) {
            my $answer = $c->cmd('KEYS', $ask, $name,
                $fact ? ($fact => $names[rand @names]) : ());
            next if ref $answer;

            next if length $answer < 150;

            $t_of{substr $answer, 108 + 1, 32} = 1;

            $c->cmd('FINER', substr($answer, 28, 16), "\xff" x 128, $ask, $name);
            $c->cmd('FINER', $name, $name, $ask, $name);
        }
    }

    $c->cmd('KEYS', 'other', $name);
    $c->cmd('KEYS', 'fine', $name, 'phone', $name);
    $c->cmd('KEYS', 'fine', 'Amina', 'country', $name);
    $c->cmd($name);
    $k->connect('admin')->cmd('KEYS', 'fine', $name);
    $k->connect('admin')->cmd($name, $name);

    my $raw = encode('UTF-8', $name);

    for ("GET /$raw HTTP/1.0\r\n\r\n", "*2\r\n\$4\r\nKEYS\r\n:$raw\r\n",
         "*17\r\n$raw", "*1\r\n\$9999\r\n$raw",
         "*3\r\n\$4\r\nKEYS\r\n\$4\r\nfine\r\n\$" . length($raw)
         . "\r\n${raw}XX*$raw",
         "*3\r\n\$4\r\nKEYS\r\n\$4\r\nfine\r\n\$3000\r\n" . $raw x 40)
    {
        local $SIG{PIPE} = 'IGNORE';
        my $broken = $k->socket();
        syswrite $broken, $_;
    }

    # a batch

    my $many = $k->connect();
    $many->send('KEYS', 'wide', $name) for 1 .. 50;
    $many->reply() for 1 .. 50;
}

cmp_ok(scalar keys %t_of, '>', 5, 'canaries had keys');
wiped(@names);

my $memory = memory();

cmp_ok(length $memory, '>', 1024 * 1024, 'memory was read');
is(join(', ', found($memory, @names)), '', 'no name is in it');
is(scalar(grep { index($memory, $_) >= 0 } keys %t_of), 0,
    'no key that was given out');


# the secret

isnt(index($memory, $secret), -1, 'control: the secret in use is there');
is(() = $memory =~ /\Q$secret\E/g, 1, 'once');

is($k->connect('admin')->cmd('EPOCH.DROP', 100), 'OK', 'it is dropped');
is(index(memory(), $secret), -1, 'and is nowhere');

# one that was refused, and one in a broken request

my $other = join '', map { chr int rand 256 } 1 .. 32;

$k->connect('admin')->cmd('EPOCH.ADD', 500, 1, 2, $other);
$k->connect('admin')->cmd('EPOCH.ADD', 500, 1, 2, $other, 'x');
{
    my $broken = $k->socket('admin');
    syswrite $broken, "*5\r\n\$9\r\nEPOCH.ADD\r\n\$32\r\n$other\r\n?";
}
$c->cmd('PING') for 1 .. 5;
$t->wait_for(sub { index(memory(), $other) < 0 }, 20);
is(index(memory(), $other), -1, 'nor is one that was refused');


# the log

is(join(', ', found(slurp($k->{log}), @names)), '', 'no name in the log');
is(join(', ', found($t->read_file('logs/keyd.log'), @names)), '',
    'none on standard error');
is(join(', ', found(encode('UTF-8', $k->connect('admin')->cmd('STATUS')),
    @names)), '', 'none in the status');


# what the process may do

my $status = slurp("/proc/$pid/status");

like($status, qr/^Seccomp:\s+2$/m, 'seccomp filters its calls');
like($status, qr/^NoNewPrivs:\s+1$/m, 'no new rights');
like($status, qr/^Uid:\s+$nobody\s+$nobody\s+$nobody\s+$nobody$/m,
    'another user, in all four');
like($status, qr/^Groups:\s*$/m, 'no groups of root');
like($status, qr/^CapEff:\s+0+$/m, 'no capability');
like($status, qr/^CapPrm:\s+0+$/m, 'none to take');
like($status, qr/^VmLck:\s+([1-9]\d*) kB$/m, 'locked memory');
like(slurp("/proc/$pid/limits"), qr/^Max core file size\s+0\s+0\s/m,
    'no core file');


# the same user may not look

sub as_nobody {
    my $code = shift;

    my $child = fork;

    if (!$child) {
        $( = $) = "65534 65534";
        $< = $> = $nobody;
        POSIX::_exit($code->() ? 1 : 0);
    }

    waitpid $child, 0;

    return $? >> 8;
}

sub can_open {
    my $file = shift;

    open my $f, '<', $file or return 0;

    return defined sysread $f, my $byte, 1;
}

{
    my $sleep = fork;

    if (!$sleep) {
        $( = $) = "65534 65534";
        $< = $> = $nobody;
        exec 'sleep', '30';
    }

    $t->wait_for(sub { slurp("/proc/$sleep/cmdline") =~ /^sleep\0/ }, 20);
    is(as_nobody(sub { can_open("/proc/$sleep/maps") }), 1,
        'control: its own program it can read');
    kill 'KILL', $sleep;
    waitpid $sleep, 0;
}

for my $file (qw(mem maps environ auxv)) {
    is(as_nobody(sub { can_open("/proc/$pid/$file") }), 0,
        "the daemon's $file it cannot");
}

is(as_nobody(sub { syscall(101, 16, $pid, 0, 0) == 0 }), 0,
    'nor trace it') if (POSIX::uname())[4] eq 'x86_64';


# the admin socket: by its mode, and by whom the kernel says it is

is(as_nobody(sub { defined $k->socket('admin') }), 0,
    'another user cannot open the admin socket');

chmod 0666, $k->{admin};

is(as_nobody(sub {
    my $admin = eval { $k->connect('admin') } or return 0;
    return eval { $admin->cmd('PING') eq 'PONG' };
}), 0, 'nor when its mode is wrong');
is($k->connect('admin')->cmd('PING'), 'PONG', 'control: root can');
is($k->status()->{counters}{refused}, 1, 'it is counted');
like(slurp($k->{log}), qr/another user on the admin/, 'and logged');

$t->done();
