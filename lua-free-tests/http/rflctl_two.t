#!/usr/bin/perl

# Copyright (C) The RFL authors

# Two administrators at one desk: the second command waits or is told so,
# publishes nothing twice and brings nothing back; what one changes in
# staff.json or the trust file while the other types a passphrase stays, and
# "staff add" that was killed may be repeated.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Fcntl qw(:flock F_GETFL F_SETFL O_NONBLOCK);
use IPC::Open3 qw(open3);
use JSON::PP ();

use FakeRESP;
use Test::RFL;
use Test::RFL::Desk;
use Test::RFL::Preload;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new(memory => 1)->has_command('gcc', 'openssl');
my $desk = Test::RFL::Desk->up($t);
my $rfl = $desk->{rfl};
my $dir = $t->testdir();
my $rflctl = $t->out() . '/rflctl';


# a command that is running: its input, its output, its process

sub start {
    my @command = @_;

    my $pid = open3(my $in, my $out, undef, $rflctl, @command, '--state',
                    $rfl->{dir});

    return { pid => $pid, in => $in, out => $out };
}

# (status, output)

sub end {
    my $c = shift;

    close $c->{in};
    my $out = do { local $/; readline $c->{out} };
    waitpid $c->{pid}, 0;

    return ($? >> 8, $out);
}


# who publishes waits for an index that is silent for a while, and is at work

sub signed {
    my @lines = map { $rfl->complete({ %{Test::RFL::Stack::entry($_)} }) } @_;
    my $file = $t->write_file('two', join '',
                              map { $json->encode($_) . "\n" } @lines);

    for my $i (1, 2) {
        $rfl->ctl_ok('sign', '--key', $rfl->key($i), '-o', "$dir/two.$i",
                     $file);
        $file = "$dir/two.$i";
    }

    return $t->read_file('two.2');
}

sub locked {
    my $name = shift;

    open my $f, '>>', "$rfl->{dir}/$name" or die "$name: $!\n";

    return !flock $f, LOCK_EX | LOCK_NB;
}

sub at_work {
    $rfl->{index}->pause();

    my $c = start(@_);

    $t->wait_for(sub { locked('rflctl.lock') }, 20)
        or die "nobody is at work\n";

    return $c;
}

sub entries { ($rfl->ctl('list', '--json'))[1] =~ tr/\n// }

my $before = entries();
my $text = signed(1 .. 3);

$t->write_file('again', $text);

my $first = at_work('publish', '--refs', "$dir/refs", "$dir/again");

for my $c ([ 'rotate' ], [ 'publish', "$dir/again" ], [ 'verify' ]) {
    my ($rc, $out) = $rfl->ctl(@$c);

    is($rc, 75, "$c->[0] beside a publication: later");
    like($out, qr/another command is at work .*, try again later/,
        '... and says so');
}

$rfl->{index}->cont();
is((end($first))[0], 0, 'the first one publishes');

my ($rc, $out) = $rfl->ctl('publish', "$dir/again");
is($rc, 0, 'the same file once more, later');
like($out, qr/ 0 new, 0 replaced, 3 unchanged/, '... changes nothing');
is(entries(), $before + 3, 'three more entries');


# a withdrawal waits, and what was published meanwhile does not bring it back

my ($ref) = $t->read_file('refs') =~ /^\S+\t(\S+)$/m;

$t->write_file('more', $text . signed(4));
$first = at_work('publish', "$dir/more");

my $second = start('withdraw', $ref);
my $said = readline $second->{out};

like($said, qr/another command is at work, waiting for it/,
    'a withdrawal beside a publication waits');

$rfl->{index}->cont();
is((end($first))[0], 0, 'which ends');

($rc, $out) = end($second);
is($rc, 0, '... and then withdraws');
like($out, qr/withdrawn; .* nothing of it is left/, '... with proof');

($rc, $out) = $rfl->ctl('publish', "$dir/again");
like($out, qr/ 0 new, 0 replaced, 2 unchanged, 1 stay/,
    'published once more, it stays out');
is(entries(), $before + 3, 'three of four entries');
is(($rfl->ctl('verify'))[0], 0, 'and the index agrees');


# whoever types, or sends entries through a pipe, keeps nobody waiting

sub typing {
    my $c = start(@_);

    # more than a pipe holds: it is being read when all of it is written

    print {$c->{in}} "\n" x 1048576;
    $c->{in}->flush();

    return $c;
}

my @left = map { /\t(\S+)$/ ? $1 : () } split /\n/, $t->read_file('refs');

for my $c ([ $text, 'publish', '-' ],
           [ $text, 'publish', '/dev/stdin' ],
           [ '', 'renew', $left[1] ],
           [ "nothing-of-ours\n", 'withdraw', '--source=-' ])
{
    my ($input, @command) = @$c;
    my $slow = typing(@command);

    my $locked = locked('rflctl.lock');

    ok(!$locked, "$command[0] $command[1]: while it is read");
    is($locked ? 'waits' : ($rfl->ctl('withdraw', $left[1]))[0], 0,
        '... an entry is taken down');

    print {$slow->{in}} $input;
    ($rc, $out) = end($slow);

    if ($command[0] eq 'publish') {
        like($out, qr/ 0 new, 0 replaced, 1 unchanged, 2 stay/,
            '... and stays out');

    } else {
        is($rc, $command[0] eq 'renew' ? 1 : 0, '... and then goes on')
            or diag($out);
    }
}

$first = typing('publish', '-');
kill 'INT', $first->{pid};
waitpid $first->{pid}, 0;
is($? >> 8, 75, 'a signal ends it, whether the pipe does or not');


# a pipe that is full: whoever reads what is said has gone for a coffee

sub full {
    pipe my $out, my $in or die "pipe: $!\n";

    my $flags = fcntl $in, F_GETFL, 0;

    fcntl $in, F_SETFL, $flags | O_NONBLOCK;
    1 while syswrite $in, 'x' x 4096;
    fcntl $in, F_SETFL, $flags;

    return ($out, $in);
}

my ($coffee, $told_to) = full();

$t->write_file('many', signed(10 .. 409));
$rfl->ctl_ok('publish', "$dir/many");
$rfl->{index}->cmd('FLUSHALL');
$rfl->{index}->pause();

open my $nothing, '<', '/dev/null' or die "/dev/null: $!\n";

my $pid = open3('<&' . fileno $nothing, '>&' . fileno $told_to, undef,
                $rflctl, 'verify', '-q', '--json', '--state', $rfl->{dir});

close $told_to;
$t->wait_for(sub { locked('rflctl.lock') }, 20) or die "nobody is at work\n";
$rfl->{index}->cont();

ok($t->wait_for(sub { !locked('rflctl.lock') }, 20),
    'nobody waits for who reads what verify did not find');

my $heard = do { local $/; readline $coffee };

cmp_ok(scalar(() = $heard =~ /"\w{4}-\w{4}-\w{4}-\w{4}"/g), '>=', 400,
    '... which lists all of it when there is room');
waitpid $pid, 0;
is($? >> 8, 1, '... and ends');

$rfl->ctl_ok('rotate');


# a server that stops in the middle of a reply is given up, before who waits for
# the command gives up

my $fake = FakeRESP->new($t, "$rfl->{run}/index.sock");

$fake->does('stall', only => 'HMGET', times => 1);
$first = start('verify');
$t->wait_for(sub { $fake->told(qr/HMGET/) }, 20) or die "nothing is read\n";

$second = start('withdraw', $left[2]);
$said = readline $second->{out};
like($said, qr/waiting for it/, 'a withdrawal beside a silent server waits');

($rc, $out) = end($first);
is($rc, 69, 'the command that asked it ends');
like($out, qr/index Redis has not answered for 20 seconds: see that it runs/,
    '... and says why, and what to do');

($rc, $out) = end($second);
is($rc, 0, '... and what waited goes on');
like($out, qr/withdrawn; .* nothing of it is left/, '... with proof');

$fake->end();
is(($rfl->ctl('verify'))[0], 0, 'the index agrees');


# while a passphrase is typed, others change the files

sub adding {
    my ($id, @more) = @_;

    $desk->certificate($id) if !-f "$desk->{ca}/$id.pem";

    return ('staff', 'add', $id, '--name', $id, '--role', 'moderator',
            '--society', 'northland', '--certificate',
            "$desk->{ca}/$id.pem", '--passphrase-file', @more);
}

sub words {
    my $file = $t->write_file("$_[0].words", "words of $_[0]\n");

    chmod 0600, $file;

    return $file;
}

sub staff {
    return map { $_->{id} => $_ }
        @{$json->decode($t->read_file("$rfl->{dir}/staff.json"))
          ->{moderators}};
}

my @adding = map { [ adding($_, words($_)) ] } qw(carla dina);
my @all = map { start(@$_) } @adding, [ 'staff', 'revoke', 'boris' ];

for my $c (@all) {
    ($rc, $out) = end($c);
    is($rc, 0, 'carla and dina are added while boris is revoked')
        or diag($out);
}

my %staff = staff();

ok($staff{$_}, "... $_ is there") for qw(carla dina);
cmp_ok($staff{boris}{not_after}, 'lt', $staff{amina}{not_before},
    '... and boris is revoked');

my $trust = $t->read_file("$rfl->{dir}/trust.json");

for my $id (qw(carla dina)) {
    like($trust, qr/"public": "\Q$staff{$id}{public}\E"/,
        "the trust file has the key of $id");
}


# the same person twice: one of them, and her passphrase opens

@all = map { start(@$_) } map { [ adding('elsa', words($_)) ] } qw(elsa elke);

my @said = map { [ end($_) ] } @all;
my ($told) = grep { $_->[0] != 0 } @said;

is(scalar(grep { $_->[0] == 0 } @said), 1, 'elsa is added twice: once');
like($told->[1], qr/nothing was changed/, '... and one is told');
unlike(($rfl->ctl('staff', 'list'))[1], qr/^elsa .*no file/m,
    '... her file in the vault is there');


# whoever changes these files is waited for

my $lock;

open $lock, '>>', "$rfl->{dir}/files.lock" or die "files.lock: $!\n";
flock $lock, LOCK_EX or die "flock: $!\n";

for my $c ([ 'staff', 'revoke', 'dina' ],
           [ 'keys', 'publish', '--society', 'northland' ])
{
    my $waiting = start(@$c);

    like(readline $waiting->{out}, qr/another command is at work, waiting/,
        "$c->[0] $c->[1] waits");

    flock $lock, LOCK_UN;
    is((end($waiting))[0], 0, '... and then does it');
    flock $lock, LOCK_EX or die "flock: $!\n";
}

close $lock;


# killed before each write to the disk, and then tried again

my $so = Test::RFL::Preload->new($t, 'die')->{so};
my ($point, @broken);

for ($point = 1; $point < 100; $point++) {

    my $id = "killed-$point";
    my @add = (adding($id, words($id)));

    {
        local @ENV{qw(LD_PRELOAD DIE_AT)} = ($so, $point);
        ($rc) = $t->command($rflctl, @add, '--state', $rfl->{dir});
        delete @ENV{qw(LD_PRELOAD DIE_AT)};
    }

    my $killed = ($rc == 128 + 9);

    if (!{staff()}->{$id}) {
        push @broken, "$point: not there" if !$killed;
        ($rc, $out) = $rfl->ctl(@add);
        push @broken, "$point: $rc $out" if $rc != 0;
    }

    push @broken, "$point: no file in the vault"
        if ($rfl->ctl('staff', 'list'))[1] =~ /^\Q$id\E .*no file/m;

    last if !$killed;
}

cmp_ok($point, '>', 3, 'staff add: killed at ' . ($point - 1) . ' points');
is("@broken", '', '... and there in the end, with a file in the vault');
is(($rfl->ctl('journal', 'verify'))[0], 0, 'the journal is whole');

$t->done();
