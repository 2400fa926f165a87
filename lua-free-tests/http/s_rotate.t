#!/usr/bin/perl

# Copyright (C) The RFL authors

# What a rotation mends and what it ends.  S-36: one key in a hundred of the
# index is deleted; verify says how many are missing and whose, visitors miss
# people, and after a rotation all are back.  S-54: the secret of the epoch
# before is then in no memory of rfl-keyd or of the desk's worker, and not even
# sealed on the desk's disk.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();
use List::Util qw(shuffle);

use Test::RFL;
use Test::RFL::Desk;
use Test::RFL::Memory;


my $json = JSON::PP->new->utf8;

my $t = Test::RFL->new(memory => 1);

$t->skip_all('memory of others is root\'s') if $> != 0;

# many enough that a percent of the keys, drawn at random, is surely not made
# of dummies alone: of forty people it was three keys, and sometimes nobody's

my $n = 160;

my $desk = Test::RFL::Desk->up($t, entries => $n);
my $rfl = $desk->{rfl};
my $index = $rfl->{index};


sub verify { $json->decode(($rfl->ctl('verify', '--json'))[1]) }

# how many of the people a visitor finds

sub there {
    return scalar grep {
        my $full = $_->{names}[0]{full};
        my ($status, $answer) = api(name => $full);
        $status == 200 && @{$answer->{results}};
    } @{$rfl->{entries}};
}


# S-36

my $all = $index->dump();
my $lost = int(keys(%$all) / 100);

cmp_ok($lost, '>', 5, "S-36 a percent is $lost keys");
is(($rfl->ctl('verify'))[0], 0, 'S-36 control: the index is whole');
is(there(), $n, 'S-36 control: everybody is found');

$index->drop((shuffle keys %$all)[0 .. $lost - 1]);

my ($rc, $out) = $rfl->ctl('verify');
is($rc, 1, 'S-36 verify fails');
like($out, qr/@{[ keys(%$all) - $lost ]} keys instead of @{[ scalar keys %$all ]}/,
    'S-36 it says how many keys are left');

# and, where it was somebody's, whose

my @whose = @{verify()->{missing}};
my %refs = reverse %{$rfl->{refs}};

cmp_ok(scalar @whose, '>', 0, 'S-36 and who is missing');
is(join(' ', grep { !$refs{$_} } @whose), '',
    'S-36 ... by references of the register');

$rfl->ctl_ok('rotate');
($rc, $out) = $rfl->ctl('verify');
is($rc, 0, 'S-36 after a rotation it is whole') or diag($out);
is(there(), $n, 'S-36 and everybody is found again');


# S-54: the secret of the current epoch is in desk Redis, sealed with the desk
# key; it follows nine numbers of eight bytes

sub sealed { $rfl->{desk}->cmd('GET', 'state') }

sub secret {
    my ($rc, $out) = $t->command('/usr/bin/python3', '-c', <<'EOP',
import sys
from nacl import bindings
from nacl.hash import blake2b
from nacl.encoding import RawEncoder

box = bytes.fromhex(sys.stdin.read())
key = blake2b(b"", digest_size=32, key=open(sys.argv[1], "rb").read(),
              salt=(1).to_bytes(8, "little") + bytes(8),
              person=b"rfl.desk" + bytes(8), encoder=RawEncoder)
plain = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
    box[24:], b"rfl.v1.desk.state", box[:24], key)
print(plain[4 + 9 * 8:][:32].hex())
EOP
        "$rfl->{dir}/desk.key", \unpack('H*', sealed()));

    die "the state does not open: $out" if $rc != 0;

    return pack 'H*', $out =~ s/\s//gr;
}


# where in the memory of a process these bytes are

sub memory {
    my ($pid, $what) = @_;

    my @where;

    regions($pid, qr/^\S+ r..p(?!.*\[v)/, sub {
        my ($line, $bytes) = @_;
        push @where, $line if index($bytes, $what) >= 0;
    });

    return join "\n", @where;
}


sub aof {
    return join '', map { Test::RFL::slurp($_) }
        glob "$rfl->{dir}/redis/desk/appendonlydir/*";
}


SKIP: {
    skip 'AddressSanitizer keeps what was freed', 12 if $t->build() eq 'asan';

    my $keyd = $rfl->{keyd}->pid();
    my $worker = $desk->worker();

    # the worker has used it: two approvals, and a withdrawal

    $desk->unlock(qw(amina boris));

    for my $name ('Wanjiru Shevchenko', 'Tariq Villanueva') {
        my $id = $desk->send($desk->alive($name));
        $desk->act('amina', $id, act => 'approve');
        $desk->act('boris', $id, act => 'approve');
        is($desk->state('amina', $id), 'published',
            'S-54 published at the desk');
        $desk->act('amina', $id, act => 'withdraw', reason => 'request')
            if $name =~ /^Tariq/;
    }

    my $old = secret();
    my $box = sealed();

    isnt(memory($keyd, $old), '',
        'S-54 control: the secret in use is in the memory of rfl-keyd');
    isnt(memory($worker, pack 'H*', ($rfl->seeds())[0]), '',
        'S-54 control: a key in use is in that of the worker');
    isnt(index(aof(), $box), -1, 'S-54 control: sealed, it is on disk');

    $rfl->ctl_ok('rotate');

    my $new = secret();

    isnt($new, $old, 'S-54 a rotation makes another');
    isnt(memory($keyd, $new), '', 'S-54 control: which rfl-keyd has');
    is(memory($keyd, $old), '', 'S-54 the old one is not in rfl-keyd');
    is($desk->worker(), $worker, 'S-54 the worker has lived on');
    is(memory($worker, $old), '', 'S-54 nor in the worker of the desk');
    ok($t->wait_for(sub { index(aof(), $box) == -1 }, 10),
        'S-54 nor, sealed, on the disk of the desk');
    is(($desk->verify())[0], 0, 'S-54 control: and all is well');
}

$t->done();
