#!/usr/bin/perl

# Copyright (C) The RFL authors

# The desk dials out: rflctl.conf names sockets that are forwarded to those of
# the public host, as docs/desk.md has it: by socat, where the cut can be told
# to the byte, and by SSH.  A publish, a pull and a withdrawal go through them;
# nothing more listens than these three sockets, for their
# owner only; and what is decided while the forward is cut, or in the middle
# of which it is cut, is kept and carried out once it is back.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();

use Test::RFL;
use Test::RFL::Desk;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new()->has_command('socat', 'setsid', 'ss');

my $desk = Test::RFL::Desk->up($t);
my $rfl = $desk->{rfl};
my $near = $t->testdir() . '/near';
my %far = (index => $rfl->{index}{sock}, inbox => $rfl->{inbox}{sock},
           keyd => $rfl->{keyd_socket});
my @names = sort keys %far;
my %group;

my @left;

mkdir $near, 0700;
END { cut(); kill 'TERM', @left if @left }


# a forward is a group of processes: one that listens, one per connection;
# bytes: what it takes from the desk on a connection before it breaks

sub forward {
    my (%opt) = @_;

    for my $name (@names) {
        my $end = $name eq 'index' && $opt{bytes}
            ? ",readbytes=$opt{bytes}" : '';

        $group{$name} = $t->spawn('forward.log', 'setsid', 'socat', '-t0.1',
            "UNIX-LISTEN:$near/$name.sock,fork,mode=600,unlink-early$end",
            "UNIX-CONNECT:$far{$name}");
    }

    for my $name (@names) {
        $t->wait_for(sub { listening("$near/$name.sock") }, 10)
            or die "no forward of $name\n";
    }
}


sub cut {
    for my $name (keys %group) {
        my $pid = delete $group{$name};

        kill 'KILL', -$pid;
        waitpid $pid, 0;
    }
}


# the Unix sockets of this test that somebody listens on

sub sockets {
    my ($rc, $out) = $t->command('ss', '-Hxl');
    my $dir = $t->testdir();

    die "ss: $out" if $rc != 0;

    return sort $out =~ m{\s(\Q$dir\E/\S+)}g;
}


sub listening {
    my $path = shift;

    return grep { $_ eq $path } sockets();
}


# TCP ports that processes of these groups listen on

sub ports {
    my (undef, $out) = $t->command('ss', '-Htlnp');

    my %ours = map { $_ => 1 } @_;

    return grep {
        my ($pid) = /pid=(\d+)/;
        $pid && $ours{getpgrp $pid};
    } split /\n/, $out;
}


my @before = sockets();

cmp_ok(scalar @before, '>', 3, 'control: the servers listen')
    or diag("@before");

my $conf = $json->decode($t->read_file("$rfl->{dir}/rflctl.conf"));
$conf->{$_}{socket} = "$near/$_.sock" for @names;
$t->write_file("$rfl->{dir}/rflctl.conf", $json->encode($conf));

isnt(($rfl->ctl('status'))[0], 0, 'control: without the forward there is none');

forward();
$desk->reload();
$desk->unlock(qw(amina boris));

is_deeply([ grep { my $path = $_; !grep { $_ eq $path } @before } sockets() ],
    [ map { "$near/$_.sock" } @names ], 'three sockets more, at the desk');
is_deeply([ grep { my $path = $_; !grep { $_ eq $path } sockets() } @before ],
    [], 'and those of the public host as before');
is(scalar ports(values %group), 0, 'the forward listens on no port');
cmp_ok(scalar ports(getpgrp 0), '>', 0, 'control: those of nginx are seen');
is(join(' ', map { sprintf '%o', (stat "$near/$_.sock")[2] & 0777 } @names),
    '600 600 600', 'the three are for their owner only');


# pull, publish, withdraw

my $name = 'Wanjiru Okonkwo';

my ($id) = $desk->send($desk->alive($name));
is($desk->state('amina', $id), 'new', 'pulled');

$desk->act('amina', $id, act => 'approve');
$desk->act('boris', $id, act => 'approve');
is($desk->state('amina', $id), 'published', 'published');
is($desk->found($name), 1, '... a visitor finds it');

my $p = $desk->act('amina', $id, act => 'withdraw', reason => 'request');
is($p->{status}, 303, 'withdrawn');
is($desk->found($name), 0, '... nobody finds it');

$rfl->ctl_ok('rotate');
is(($desk->verify())[0], 0, 'a rotation, and index and register agree');


# the forward is cut after that many bytes of a connection to the index, or is
# not there at all; then it is back

sub back {
    cut();
    forward();
    $desk->unlock('boris');
}

my $kept = 0;

for my $case ([ 0, 'Ibrahim Quispe' ], [ 300, 'Petra Shevchenko' ],
              [ 1500, 'Olufemi Tesfaye' ], [ 4000, 'Rosalind Umarov' ],
              [ 12000, 'Gustav Castellano' ])
{
    my ($bytes, $who) = @$case;

    ($id) = $desk->send($desk->alive($who));
    $desk->act('amina', $id, act => 'approve');

    cut();
    forward(bytes => $bytes) if $bytes;
    $desk->act('boris', $id, act => 'approve');

    my $state = $desk->state('boris', $id);
    my $at = $bytes ? "cut after $bytes bytes" : 'no forward';

    like($state, qr/^(?:Approved, being published|published)$/,
        "$at: the decision stands");
    $kept++ if $state ne 'published';

    back();

    is($desk->state('boris', $id), 'published', "$at, and back: published");
    is($desk->found($who), 1, '... found once');

    my ($rc, $out) = $desk->verify();
    is($rc, 0, '... and index and register agree') or diag($out);
}

cmp_ok($kept, '>', 1, "control: $kept times it had not gone through");


# a withdrawal, a pull

cut();
$desk->act('amina', $id, act => 'withdraw', reason => 'request');
isnt($desk->state('amina', $id), 'published', 'withdrawn without the forward');

my ($waiting) = $desk->put($desk->alive('Zenobia Wolde'));
isnt(($rfl->ctl('inbox', 'pull'))[0], 0, 'a pull without it fails');

back();
is($desk->state('amina', $id), 'withdrawn', 'back: it is withdrawn');
is($desk->found('Gustav Castellano'), 0, '... nobody finds it');
is(($desk->verify())[0], 0, '... and index and register agree');

$desk->pull();
$desk->get('amina', '/en/');
is($desk->state('amina', $waiting), 'new', 'and what waited is pulled');

cut();


# the same by SSH, with the files of dist/: an sshd of our own, on 127.0.0.1

my @sshd = grep { -x } '/usr/sbin/sshd';

SKIP: {
    skip 'no sshd is installed', 21 if !@sshd || !-x '/usr/bin/ssh';

    my $dir = $t->testdir() . '/ssh';
    my $port = $t->port(8522);
    my $user = getpwuid $>;
    my $made = $> == 0 && mkdir '/run/sshd', 0755;

    mkdir $dir, 0700;

    for my $key (qw(host desk)) {
        my ($rc, $out) = $t->command('ssh-keygen', '-q', '-t', 'ed25519',
                                     '-N', '', '-f', "$dir/$key");
        die "ssh-keygen: $out" if $rc != 0;
    }

    my %place = ('/run/rfl-index/index.sock' => $far{index},
                 '/run/rfl-inbox/inbox.sock' => $far{inbox},
                 '/run/rfl-keyd/keyd-admin.sock' => $far{keyd});

    my $match = Test::RFL::slurp($t->top() . '/dist/ssh/rfl.conf')
        =~ s{Match User \Krfl-keyd}{$user}r =~ s{/etc/rfl}{$dir}r;

    $match =~ s{\[\Q$_\E\]}{[$place{$_}]} or die "rfl.conf has no $_\n"
        for keys %place;

    $t->write_file('ssh/known_hosts', "[127.0.0.1]:$port "
        . Test::RFL::slurp("$dir/host.pub"));
    $t->write_file('ssh/sshd.conf', <<"END" . $match);
ListenAddress 127.0.0.1
Port $port
HostKey $dir/host
PidFile none
UsePAM no
StrictModes no
END

    my $sshd = $t->spawn('sshd.log', @sshd, '-D', '-e', '-f',
                         "$dir/sshd.conf");

    @left = ($sshd);

    # the command of the unit, as systemd would read it

    my ($exec) = Test::RFL::slurp($t->top()
            . '/dist/systemd/rfl-forward.service')
        =~ /^ExecStart=((?:.*\\\n)*.*)$/m;
    %place = (%place,
              '/etc/rfl-desk/ssh.key' => "$dir/desk",
              '/etc/rfl-desk/known_hosts' => "$dir/known_hosts",
              '/run/rfl-desk/index.sock' => "$near/index.sock",
              '/run/rfl-desk/inbox.sock' => "$near/inbox.sock",
              '/run/rfl-desk/keyd-admin.sock' => "$near/keyd.sock",
              'rfl-keyd@${PUBLIC_HOST}' => "$user\@127.0.0.1");

    $exec =~ s/\\\n//g;
    $exec =~ s{\Q$_\E}{$place{$_}} or die "the unit has no $_\n"
        for sort { length $b <=> length $a } keys %place;

    my ($program, @args) = split ' ', $exec;
    my @ssh = ($program, '-F', 'none', '-p', $port);
    my $ssh;

    my $connect = sub {
        $ssh = $t->spawn('ssh.log', @ssh, @args);
        @left = ($sshd, $ssh);
        $t->wait_for(sub { @names == grep { listening("$near/$_.sock") }
                                          @names }, 20);
    };

    $t->wait_for(sub { $t->command('ssh-keyscan', '-p', $port, '127.0.0.1')
                       =~ /ed25519/ }, 10);

    ok($connect->(), 'SSH brings the three sockets')
        or diag($t->read_file('logs/ssh.log'), $t->read_file('logs/sshd.log'));
    is(join(' ', map { sprintf '%o', (stat "$near/$_.sock")[2] & 0777 }
                 @names), '600 600 600', '... for their owner only');

    $desk->unlock(qw(amina boris));

    my $who = 'Solveig Castellano';

    ($id) = $desk->send($desk->alive($who));
    is($desk->state('amina', $id), 'new', '... pulled');
    $desk->act($_, $id, act => 'approve') for qw(amina boris);
    is($desk->state('amina', $id), 'published', '... published');
    is($desk->found($who), 1, '... found');

    # the line is cut as lines are: the client is killed

    kill 'KILL', $ssh;
    waitpid $ssh, 0;
    $desk->act('amina', $id, act => 'withdraw', reason => 'request');
    isnt($desk->state('amina', $id), 'withdrawn', 'cut: it is decided only');
    ok($connect->(), '... connected again, over what was left of the sockets');
    $desk->unlock('boris');
    is($desk->state('amina', $id), 'withdrawn', '... and carried out');
    is($desk->found($who), 0, '... nobody finds it');
    is(($desk->verify())[0], 0, '... index and register agree');

    # that key opens the three sockets and nothing else: not a port on which
    # somebody answers, nor another socket of the same folder

    my @key = (@ssh, (map { $_ eq '-NT' ? '-T' : $_ }
                      grep { !/^\Q$near\E/ && $_ ne '-L' } @args));
    my $other = "$dir/other.sock";

    $t->write_file('ssh/greeting', "here\n");
    push @left, $t->spawn('other.log', 'socat', '-U',
                          "UNIX-LISTEN:$other,fork",
                          "OPEN:$dir/greeting,rdonly");
    $t->wait_for(sub { listening($other) }, 10);

    my $through = sub {
        my $far = shift;

        my $pid = $t->spawn('ssh-through.log', @key[0 .. $#key - 1], '-N',
                            '-L', "$dir/through.sock:$far", $key[-1]);

        push @left, $pid;
        $t->wait_for(sub { listening("$dir/through.sock") }, 20)
            or die "no forward to $far\n";

        my (undef, $said) = $t->command('timeout', 10, 'socat', '-t2', '-',
            "UNIX-CONNECT:$dir/through.sock", \"PING\r\n");

        kill 'TERM', pop @left;
        waitpid $pid, 0;
        unlink "$dir/through.sock";
        return $said;
    };

    like($through->($far{index}), qr/^-NOAUTH/, 'control: the index answers');
    like(($t->command('socat', '-t2', '-', "UNIX-CONNECT:$other"))[1],
        qr/^here$/m, 'control: the other socket answers');
    unlike($through->($other), qr/here/, '... but not to that key');
    like(($t->command('socat', '-t2', '-', "TCP:127.0.0.1:$port"))[1],
        qr/^SSH-/m, 'control: a port answers');
    unlike($through->("127.0.0.1:$port"), qr/SSH-/, '... but not to that key');

    my ($rc, $out) = $t->command(@key, 'echo', 'in');

    isnt($rc, 0, 'no command is run for it');
    unlike($out, qr/^in$/m, '... not even this one');

    my $back = $t->spawn('ssh-back.log', @key[0 .. $#key - 1], '-N',
        '-R', "$dir/back.sock:$near/index.sock", $key[-1]);

    waitpid $back, 0;
    isnt($?, 0, 'nor does a socket dial back');
    ok(!-e "$dir/back.sock", '... there is none');

    $back = $t->spawn('ssh-back.log', @key[0 .. $#key - 1], '-N',
        '-R', $t->port(8523) . ":127.0.0.1:$port", $key[-1]);

    waitpid $back, 0;
    isnt($?, 0, 'nor does a port');

    for my $pid ($ssh, $sshd, $left[-1]) {
        kill 'TERM', $pid;
        waitpid $pid, 0;
    }

    @left = ();
    rmdir '/run/sshd' if $made;
    ok(!$made || !-d '/run/sshd', 'tidied up');
}

$t->done();
