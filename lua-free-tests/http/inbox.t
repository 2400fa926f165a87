#!/usr/bin/perl

# Copyright (C) The RFL authors

# What visitors sent comes to the desk: nothing is lost and nothing comes
# twice, whoever is killed when; it is shown once, without harm to a terminal;
# what is no submission stops nobody.  S-38, S-50, S-51, S-52 of the desk.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();
use POSIX qw(strftime);

use Test::RFL;
use Test::RFL::Preload;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new()->has_command('gcc');
my $rfl = $t->desk_up();
my $dir = $t->testdir();
my $rflctl = $t->out() . '/rflctl';
my $python = '/usr/bin/python3';

my $trust = $json->decode($rfl->{trust});
my $key = $trust->{societies}[0]{inbox_keys}[0]{public};
my $day = strftime('%Y%m%d', gmtime);
my $list = "in:northland:$day";
my $inbox = $rfl->{inbox};
my $desk = $rfl->{desk};
my $next = 0;


sub boxes {
    my ($n, %opt) = @_;

    my $first = $opt{first} // $next;
    $next += $n unless defined $opt{first};

    my ($rc, $out) = $t->command($python, "$FindBin::Bin/boxes.py",
        $opt{key} // $key, $opt{society} // 'northland', $n, $first, $opt{age} // 0);
    die $out if $rc != 0;

    return map { pack 'H*', $_ } split /\n/, $out;
}

sub push_to { $inbox->cmd('RPUSH', @_) }

sub opened {
    my ($rc, $out) = $rfl->ctl('inbox', 'open', '--json', @_);
    return ($rc, map { $json->decode($_) } grep { /^\{/ } split /\n/, $out);
}

sub stats { $json->decode(($rfl->ctl('inbox', 'stats', '--json'))[1]) }


# an ordinary day

push_to($list, boxes(5));
is(stats()->{waiting}, 5, 'five wait at the public host');

my ($rc, $out) = $rfl->ctl('inbox', 'pull');
is($rc, 0, 'pull') or diag($out);
like($out, qr/^5 new, 0 that/m, 'five are new');
is(stats()->{waiting}, 0, 'none waits any more');
is(join(' ', @{$inbox->cmd('KEYS', '*')}), '', 'and no list is left');

($rc, my @s) = opened();
is($rc, 0, 'they open');
is(scalar @s, 5, 'all of them');
is_deeply([ sort map { $_->{answers}{phone} } @s ],
    [ map { sprintf '+00 555 %04d', $_ } 0 .. 4 ], 'with what was sent');
is($s[0]{society}, 'northland', 'for this society');

($rc, $out) = $rfl->ctl('inbox', 'open');
like($out, qr/^\S{5}-\S{5}  alive  /m, 'for people, with the reference');
like($out, qr/phone +\+00 555 0003$/m, 'and the answers');

# S-51, and nothing readable at rest

my %length = map { length($_) => 1 } boxes(3, first => 500);
is(join(' ', keys %length), 1 + 8 + 8192 + 48, 'S-51: one length for all');

my $aof = '';
for my $file (glob("$dir/desk/redis/desk/*/* $dir/desk/redis/inbox/*/*")) {
    $aof .= Test::RFL::slurp($file);
}
like($aof, qr/$list/, 'control: the list is in the append-only file');
unlike($aof, qr/Canary|555 000/, 'and nothing readable is');

# S-38

my ($one) = boxes(1);
push_to($list, ($one) x 1000);
my $yesterday = 'in:northland:' . strftime('%Y%m%d', gmtime(time - 86400));
push_to($yesterday, ($one) x 3);

# and the same submission sealed once more
push_to($list, boxes(1, first => $next - 1));

$rfl->ctl_ok('inbox', 'pull');
($rc, @s) = opened();
is($rc, 0, 'S-38: a thousand copies are no fault');
is(scalar @s, 6, 'S-38: and one of them is shown');

push_to($list, $one);
$rfl->ctl_ok('inbox', 'pull');
($rc, @s) = opened();
is(scalar @s, 6, 'S-38: a copy that comes later is not shown either');

# what is no submission

my ($stranger) = boxes(1, key => 'Jm9JCLLHnKQ4Ls1nGjD8uJxPFWbSBNCJlhDnjRM3nSA=');
my ($spoilt) = boxes(1);
substr($spoilt, 100, 1) ^= "\1";
my ($astray) = boxes(1, society => 'southland');
my ($good) = boxes(1);

push_to($list, 'nonsense', '', $stranger, $spoilt, $astray,
    "\x02" . substr($good, 1), 'x' x 70000, $good);

($rc, $out) = $rfl->ctl('inbox', 'pull');
is($rc, 1, 'what is too large is told') or diag($out);

($rc, $out) = $rfl->ctl('inbox', 'open');
is($rc, 1, 'what does not open is told');
like($out, qr/sealed to a key that is not here; it is put aside/,
    'another key');
like($out, qr/does not open with the key it names/, 'spoilt');
like($out, qr/is for another society/, 'of another society');
is(scalar(() = $out =~ /not a box of any kind/g), 3, 'not a box');
is(scalar(() = $out =~ /^\S{5}-\S{5}  alive/mg), 7, 'the others are shown');

($rc, @s) = opened();
is($rc, 0, 'the next time they are out of the way');
is(stats()->{aside}, 6, 'and kept');
is((opened('--aside'))[0], 1, 'they can be tried again');

# what is remembered is forgotten year by year, not the day on which it was sent

my $long_ago = strftime('%Y', gmtime) - 2;
my ($late) = boxes(1, first => 900, age => 300);
my @old = boxes(2, first => 901, age => 370);

$desk->cmd('HSET', "box:$_:$long_ago", 'x' x 16, '') for qw(done id);
push_to("in:northland:${long_ago}0101", $late, $old[0]);
push_to($list, $old[1]);
$rfl->ctl_ok('inbox', 'pull');
($rc, $out) = $rfl->ctl('inbox', 'open');
is(scalar(() = $out =~ /nearly a year before it came; it is put aside/g), 2,
    'a copy that is older than what is remembered is put aside, '
    . 'whatever its list is called');
is(scalar(() = $out =~ /^\S{5}-\S{5}  alive/mg), 8,
    'control: a younger one is shown');

my @kept = map { @{$desk->cmd('KEYS', "box:$_:*")} } qw(done id);
is(join(' ', grep { /:$long_ago\z/ } @kept), '',
    'and nothing of long ago is left');
cmp_ok(scalar @kept, '>', 1, 'control: what came today is remembered');

# export

($rc, $out) = $rfl->ctl('inbox', 'export', "$dir/out.ndjson");
is($rc, 0, 'export') or diag($out);
is(scalar(() = $t->read_file('out.ndjson') =~ /\n/g), 8, 'a line for each');
is((stat "$dir/out.ndjson")[2] & 0777, 0600, 'for its owner only');
is(($rfl->ctl('inbox', 'export', "$dir/out.ndjson"))[0], 73,
    'a file that is there stays');

($rc, $out) = $rfl->ctl('inbox', 'export', '--pfif', "$dir/out.xml");
is($rc, 0, 'export of PFIF') or diag($out);
my $xml = $t->read_file('out.xml');
is(scalar(() = $xml =~ /<pfif:person>/g), 8, 'a person for each');
like($xml, qr/<pfif:status>is_note_author</, 'who says so');
unlike($xml, qr/hide/, 'without the code');

$rfl->ctl_ok('inbox', 'export', '--purge', "$dir/last.ndjson");
is(stats()->{desk}, 0, 'purge: nothing is left at the desk');
push_to($list, $good, boxes(1, first => $next - 1));
$rfl->ctl_ok('inbox', 'pull');
($rc, @s) = opened();
is(scalar @s, 0, 'and what was purged does not come back');


# killed before each write to a server, and gone on with on the next day

SKIP: {
    skip 'a process for each step takes minutes under ASan', 2
        if $t->build() eq 'asan';

    my $so = Test::RFL::Preload->new($t, 'die')->{so};
    my $clock = Test::RFL::Preload->new($t, 'clock');

    $clock->tell(pack 'q<4', 86400, 0, 0, 0);

    my ($point, @wrong);
    my $sent = 0;

    for ($point = 1; $point < 60; $point++) {
        push_to($list, boxes(3));
        push_to($yesterday, boxes(1));
        push_to('in:northland:19990101', boxes(1));
        $sent += 5;

        {
            local @ENV{qw(LD_PRELOAD DIE_AT)} = ($so, $point);
            ($rc) = $t->command($rflctl, 'inbox', 'pull', '--state',
                                $rfl->{dir});
        }

        # what comes while a list is half taken is not lost either

        push_to($list, boxes(1));
        $sent++;

        {
            local @ENV{qw(LD_PRELOAD RFL_TEST_CLOCK)} = @$clock{qw(so file)};
            $rfl->ctl('inbox', 'pull');
        }

        my $n = stats();
        push @wrong, "$point: $n->{desk} of $sent"
            if $n->{desk} != $sent || $n->{waiting} != 0;

        last if $rc == 0;
    }

    cmp_ok($point, '>', 10, 'killed at ' . ($point - 1) . ' points');
    is("@wrong", '', 'nothing lost and nothing twice');
}


# either Redis is killed

for my $victim ($inbox, $desk) {
    push_to($list, boxes(40));

    my $before = stats();
    my $pid = fork() // die;

    if (!$pid) {
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', '/dev/null';
        exec $rflctl, 'inbox', 'pull', '--state', $rfl->{dir};
    }

    select undef, undef, undef, 0.012;
    $victim->kill();
    waitpid $pid, 0;
    $victim->start();

    $rfl->ctl_ok('inbox', 'pull');

    my $after = stats();
    is($after->{desk}, $before->{desk} + 40, 'a Redis dies: all come, once');
    is($after->{waiting}, 0, 'and none is left behind');
}


# S-50: whatever is on the public host opens no box

push_to($list, boxes(1));
my ($box) = @{$inbox->cmd('LRANGE', $list, 0, -1)};
my $finder = <<'EOF';
import base64, re, sys
from nacl.public import PrivateKey, SealedBox
box = bytes.fromhex(sys.argv[1])[9:]
n = 0
for path in sys.argv[2:]:
    data = open(path, 'rb').read()
    keys = {data[i:i + 32] for i in range(max(0, min(len(data), 20000) - 31))}
    for m in re.findall(rb'[A-Za-z0-9+/]{43}=', data):
        keys.add(base64.b64decode(m))
    for m in re.findall(rb'[0-9a-fA-F]{64}', data):
        keys.add(bytes.fromhex(m.decode()))
    for k in keys:
        n += 1
        try:
            SealedBox(PrivateKey(k)).decrypt(box)
            print('opened by', path)
        except Exception:
            pass
print('tried', n)
EOF

my @public = ("$dir/desk/trust.json", "$dir/desk/policy.json",
    glob("$dir/desk/secrets/pub-*"), glob("$dir/desk/redis/inbox.*"),
    glob("$dir/desk/redis/index.*"));

($rc, $out) = $t->command($python, '-c', $finder, unpack('H*', $box), @public);
like($out, qr/tried \d{3}/, 'control: keys were tried') or diag($out);
unlike($out, qr/opened/, 'S-50: nothing of the public host opens a box');

($rc, $out) = $t->command($python, '-c', $finder, unpack('H*', $box),
    "$dir/desk/desk.key", glob("$dir/desk/inbox/*"));
unlike($out, qr/opened/, 'nor do desk key and files of inbox keys');


# S-52, at the desk: a key that is not signed by the root is told

my $file = "$dir/desk/trust.json";
my $right = Test::RFL::slurp($file);
(my $wrong = $right) =~ s/("signature": ")(..)/$1 . ($2 eq 'AA' ? 'BB' : 'AA')/e;
$t->write_file($file, $wrong);
($rc, $out) = $rfl->ctl('keys', 'list');
is($rc, 1, 'S-52: a wrong signature is told');
like($out, qr/inbox_keys\[0\] of the trust file, [0-9a-f]{16}, is wrongly/,
    'S-52: with its place and name');
$rfl->ctl_ok('keys', 'publish');
is(Test::RFL::slurp($file), $right, 'and publish mends it, byte for byte');

$t->done();
