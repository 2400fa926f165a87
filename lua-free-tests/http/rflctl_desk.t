#!/usr/bin/perl

# Copyright (C) The RFL authors

# rflctl, as somebody at the desk uses it: init, keygen, check, sign,
# publish, renew, withdraw, list, show, status; what it refuses, with which
# exit status, and that it changes nothing then.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode_utf8);
use Fcntl qw(:flock);
use JSON::PP ();
use POSIX qw(strftime);

use FakeRESP;
use Test::RFL;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new(memory => 1);
my $rfl = $t->desk_up();
my $dir = $t->testdir();
my $rflctl = $t->out() . '/rflctl';


sub mode { sprintf '%03o', (stat $_[0])[2] & 0777 }

sub day { strftime '%Y-%m-%d', gmtime time() + $_[0] * 86400 }

sub draft {
    my ($id, $name, %more) = @_;

    return $rfl->complete({ id => $id, names => [ $name ],
                            birth_year => 1980, %more });
}

sub file {
    my ($name, @lines) = @_;

    return $t->write_file($name, join '',
                          map { (ref $_ ? $json->encode($_) : $_) . "\n" }
                          @lines);
}

sub lines { return map { $json->decode($_) } split /\n/, $t->read_file($_[0]) }

# signs a file with these keys: the path of the result

sub sign {
    my ($name, $file, @keys) = @_;

    for my $key (@keys) {
        $rfl->ctl_ok('sign', '--key', $rfl->key($key), '-o',
                     "$dir/$name.$key", $file);
        $file = "$dir/$name.$key";
    }

    return $file;
}

sub refs {
    return map { split /\t/ } split /\n/, $t->read_file($_[0]);
}

sub register { $json->decode(($rfl->ctl('status', '--json'))[1])->{register} }


# init

is(mode("$dir/desk/$_"), '600', "$_ is for its owner only")
    for qw(desk.key rflctl.conf redis/index.acl secrets/desk
           secrets/pub-search secrets/moderator-1.key);
is(-s "$dir/desk/desk.key", 32, 'the desk key has 32 bytes');

is(index($t->read_file('desk/redis/index.acl'),
         $t->read_file('desk/secrets/pub-search')), -1,
    'the access list has the hash of a password only');
isnt($t->read_file('desk/secrets/pub-search'),
    $t->read_file('desk/secrets/index-desk'), 'each user has its own');

my ($rc, $out) = $rfl->ctl('init', "$dir/desk");
is($rc, 73, 'a folder that is there is left alone');
like($out, qr/there already: nothing was changed/, 'and is said to be');

($rc) = $rfl->ctl('init', "$dir/no/such/place");
is($rc, 73, 'no folder in a place that is not there');

($rc, $out) = $rfl->ctl('init', '--name', 'A "quoted" \\ name', '--society',
    'southland', '--phone', '+00 9 87', "$dir/other");
is($rc, 0, 'a second desk');
is(mode("$dir/other"), '700', 'whose folder is for its owner only');
is($json->decode($t->read_file('other/trust.json'))->{societies}[0]{names}{en},
    'A "quoted" \\ name', 'text is escaped in JSON');
is_deeply($json->decode($t->read_file('other/trust.json'))->{societies}[0]
    {keys}, [], 'and has no keys unless asked for');
is_deeply([ glob "$dir/*.tmp" ], [], 'nothing is left lying about');

($rc) = $rfl->ctl('init', '--society', 'South Land', "$dir/third");
is($rc, 2, 'a society id of capitals and a space is wrong usage');
ok(!-e "$dir/third", 'and makes nothing');

# usage

for (['nothing'], ['no-such-command'], ['status', '--refs=x'],
     ['publish'], ['status', 'operand'], ['--no-such-option'],
     ['sign', $0], ['withdraw'])
{
    my ($rc, $out) = $t->command($rflctl, grep { $_ ne 'nothing' } @$_);
    is($rc, 2, "wrong usage: @$_");
    like($out, qr/\Arflctl: /, 'is explained');
}

($rc, $out) = $t->command($rflctl, 'inbox', 'read');
is($rc, 2, 'half a command');
like($out, qr/one of: pull open stats export$/m, 'is told the other half');

($rc, $out) = $t->command($rflctl, '--help');
is($rc, 0, 'help is no fault');
like($out, qr/^  withdraw .*\n.*Exit status/ms, 'and lists commands');

($rc, $out) = $t->command($rflctl, 'publish', '--help');
like($out, qr/--skip-faulty/, 'of a command: its options');

($rc, $out) = $t->command($rflctl, 'status', '--state', "$dir/nowhere");
isnt($rc, 0, 'no desk');
like($out, qr/rflctl init/, 'and what to do');

# keygen

$t->write_file('pass', "five random words do well\n");
$t->write_file('wrong', "five random words do badly\n");
chmod 0600, "$dir/pass", "$dir/wrong";

($rc, $out) = $rfl->ctl('keygen', '--passphrase-file', "$dir/pass",
    "$dir/mod.key");
is($rc, 0, 'a key is made');
like($out, qr/^\{"public": "[\w+\/]{43}=", "not_before": "\d{4}-/m,
    'its trust entry is printed');
is(mode("$dir/mod.key"), '600', 'its file is for its owner only');
unlike($t->read_file('mod.key'), qr/secret/, 'and sealed');
like($t->read_file('mod.key'), qr/"opslimit": 3, "memlimit": 268435456\b/,
    'so that each guess at the passphrase takes 256 MB and long');

my ($entry) = $out =~ /^(\{"public.*\})$/m;

($rc) = $rfl->ctl('keygen', '--no-passphrase', "$dir/mod.key");
is($rc, 73, 'a key is never written over');

($rc, $out) = $rfl->ctl('keygen', '--passphrase-file', "$dir/refs",
    "$dir/short.key");
is($rc, 77, 'no passphrase, no key');

# check

my $good = file('good', draft('a1', 'Amalia Abendroth'),
                draft('a2', 'Boris Bekele', kind => 'looking'));

($rc, $out) = $rfl->ctl('check', $good);
is($rc, 0, 'entries without a fault');
like($out, qr/^2 entries: 2 without a fault \(2 of them still/, 'are counted');

my $bad = file('bad',
    draft('b1', 'Chiara Castellano', phone => '123'),
    draft('b2', 'Dmitri Dragomir', age_class => 'minor'),
    '', '{"id":',
    draft('b3', 'Esperanza Eriksson', not_after => day(500) . 'T00:00:00Z'),
    draft('b4', 'Fatima Farouki'));

($rc, $out) = $rfl->ctl('check', $bad);
is($rc, 1, 'entries with faults');
like($out, qr/^\Q$bad\E:1: .*phone/m, 'an unknown member, by line');
like($out, qr/^\Q$bad\E:2: .*minor.*keep it at the desk/m, 'a minor');
like($out, qr/^\Q$bad\E:4: /m, 'broken JSON, empty lines counted');
like($out, qr/^\Q$bad\E:5: /m, 'an end too far away');
unlike($out, qr/:6:/, 'and nothing of the good one');
unlike($out, qr/Castellano|Dragomir|Eriksson/, 'no name is repeated');

($rc, $out) = $rfl->ctl('check', '--json', $bad);
is($rc, 1, 'the same in JSON');
my $report = $json->decode($out);
is($report->{faulty}, 4, 'counted');
is_deeply([ map { $_->{line} } @{$report->{faults}} ], [ 1, 2, 4, 5 ],
    'by line');

($rc, $out) = $rfl->ctl('check', '-', \$t->read_file('good'));
is($rc, 0, 'standard input');

# sign

($rc) = $rfl->ctl('sign', '--key', $rfl->key(1), '-o', "$dir/x", $bad);
is($rc, 1, 'entries with faults are not signed');
ok(!-e "$dir/x", 'nothing is written');

my $once = sign('once', $good, 1);
my @once = lines('once.1');
like($once[0]{ref}, qr/^[\dA-Z]{4}(-[\dA-Z]{4}){3}$/, 'a reference is given');
isnt($once[0]{ref}, $once[1]{ref}, 'each its own');
is(scalar @{$once[0]{approvals}}, 1, 'one signature');

($rc, $out) = $rfl->ctl('sign', '--key', $rfl->key(1), $once);
is($rc, 1, 'nobody signs twice');
like($out, qr/:2: .*another moderator/, 'and is told so');

($rc, $out) = $rfl->ctl('sign', '--key', "$dir/mod.key",
    '--passphrase-file', "$dir/wrong", $once);
is($rc, 77, 'a wrong passphrase opens nothing');

($rc, $out) = $rfl->ctl('sign', '--key', "$dir/mod.key",
    '--passphrase-file', "$dir/pass", $once);
is($rc, 1, 'a key that is not trusted does not sign');
like($out, qr/trust file/, 'and is told why');

$rfl->trust(sub { push @{$_[0]{societies}[0]{keys}}, $json->decode($entry) });

($rc, $out) = $rfl->ctl('sign', '--key', "$dir/mod.key", '-q',
    '--passphrase-file', "$dir/pass", $once);
is($rc, 0, 'with its entry in the trust file it does');
is(scalar split(/\n/, $out), 2, 'two lines on standard output');

chmod 0644, "$dir/mod.key";
($rc) = $rfl->ctl('sign', '--key', "$dir/mod.key", '--passphrase-file',
    "$dir/pass", $once);
is($rc, 77, 'a key that others can read is refused');
$rfl->trust();

my @twice = lines((sign('twice', $once, 2) =~ s/.*\///r));
is($twice[0]{ref}, $once[0]{ref}, 'the second signature keeps the reference');

$twice[0]{names} = [ 'Amalia Altered' ];
($rc, $out) = $rfl->ctl('sign', '--key', $rfl->key(2),
    file('altered', { %{$once[0]}, names => [ 'Amalia Altered' ] }));
is($rc, 1, 'a changed entry is not signed a second time');
like($out, qr/signature 1 does not fit/, 'because of the first');

# publish refuses

my $state = register();
is($state->{entries}, 0, 'nothing is published yet');

($rc, $out) = $rfl->ctl('publish', $once);
is($rc, 1, 'one signature is not enough');
like($out, qr/nothing was published: 2 entries/, 'for either of them');

my %refused = (
    'without consent' => { consent => { class => 'match_only',
                           date => day(-1), policy => 1 } },
    'a minor' => { age_class => 'minor' },
    'of unknown age' => { age_class => 'unknown' },
    'young by year' => { birth_year => substr(day(0), 0, 4) - 15 },
    'without an end' => { not_after => undef },
);

for my $why (sort keys %refused) {
    my $line = { %{$twice[1]}, %{$refused{$why}} };

    delete $line->{$_} for grep { !defined $line->{$_} } keys %$line;

    ($rc, $out) = $rfl->ctl('publish', file('refused', $line));
    is($rc, 1, "not published: $why");
    like($out, qr/refused:1: /, 'with the reason');
}

($rc, $out) = $rfl->ctl('publish', file('forged', $twice[0]));
is($rc, 1, 'not published: altered after signing');

($rc, $out) = $rfl->ctl('publish', file('both', $twice[0], $twice[1]));
is($rc, 1, 'one faulty line keeps the whole file out');
is(register()->{entries}, 0, 'and nothing of it is in the register');

# publish

my $signed = "$dir/twice.2";

($rc, $out) = $rfl->ctl('publish', '--dry-run', $signed);
is($rc, 0, 'a rehearsal');
like($out, qr/would be published: 2 new/, 'says what would be');
is(register()->{entries}, 0, 'and does nothing');

($rc, $out) = $rfl->ctl('publish', '--refs', "$dir/refs", $signed);
is($rc, 0, 'published');
like($out, qr/2 new, 0 replaced, 0 unchanged, 0 stay out/, 'both');
my %refs = refs('refs');
is($refs{a1}, $once[0]{ref}, 'source id and public reference in a file');
is(mode("$dir/refs"), '600', 'that is for its owner only');

($rc, $out) = $rfl->ctl('verify');
is($rc, 0, 'the index is what the register says') or diag($out);

($rc, $out) = $rfl->ctl('publish', '--json', $signed);
is($json->decode($out)->{unchanged}, 2, 'the same again is unchanged');

($rc, $out) = $rfl->ctl('publish', '--skip-faulty', file('mixed', '{}',
    lines((sign('fresh', file('f', draft('a3', 'Chiara Castellano')), 1, 2)
           =~ s/.*\///r))));
is($rc, 1, 'with --skip-faulty there is a fault all the same');
is(register()->{entries}, 3, 'but the good line is published');

($rc, $out) = $rfl->ctl('publish', file('same', lines('fresh.2'),
                                        lines('fresh.2')));
is($rc, 1, 'one source twice in a file is a fault');

# the same source with other content

my $corrected = sign('corrected',
    file('c', draft('a1', 'Amalia Abendrot')), 1, 2);
($rc, $out) = $rfl->ctl('publish', '--refs', "$dir/refs2", $corrected);
like($out, qr/1 replaced/, 'a corrected entry replaces the old one');
my %refs2 = refs('refs2');
isnt($refs2{a1}, $refs{a1}, 'under another reference');
($rc) = $rfl->ctl('show', $refs{a1});
is($rc, 1, 'the old one is not in the register');
is(($rfl->ctl('verify'))[0], 0, 'nor in the index');

($rc, $out) = $rfl->ctl('publish', $signed);
like($out, qr/twice\.2:1: replaced by a later publication on .*stays out/,
    'the file with the old one does not bring it back');
is(register()->{entries}, 3, 'and changes nothing');

($rc, $out) = $rfl->ctl('publish', file('stolen',
    { %{(lines('fresh.2'))[0]}, id => 'a9' }));
is($rc, 1, 'a reference does not go to another source');
like($out, qr/another entry has this public reference/, 'and it is said');

# list and show

($rc, $out) = $rfl->ctl('list');
is(scalar split(/\n/, $out), 3, 'the register is listed');
($rc, $out) = $rfl->ctl('show', lc $refs{a2});
is($json->decode($out)->{id}, 'a2', 'one entry, reference in small letters');
is(($rfl->ctl('show', '0000-0000-0000-0000'))[0], 1, 'none such');
is(($rfl->ctl('show', 'nonsense'))[0], 2, 'no reference');

# renew

my $later = $json->decode($out);
delete @$later{qw(approvals not_before)};
$later->{not_after} = day(90) . 'T00:00:00Z';

my $renewal = sign('renewal', file('r', $later), 1, 2);
($rc, $out) = $rfl->ctl('renew', $refs{a2}, $renewal);
is($rc, 1, 'a renewal needs fresh consent');
like($out, qr/ask the person again/, 'and says so');

$later->{consent}{date} = day(0);
$renewal = sign('renewal', file('r', $later), 1, 2);

($rc, $out) = $rfl->ctl('publish', $renewal);
is($rc, 1, 'which publish does not accept');
like($out, qr/rflctl renew/, 'but names the command');

is(($rfl->ctl('renew', $refs2{a1}, $renewal))[0], 1, 'of another reference');

($rc, $out) = $rfl->ctl('renew', $refs{a2}, \$t->read_file('renewal.2'));
is($rc, 0, 'renewed, from standard input') or diag($out);
is($json->decode(($rfl->ctl('show', $refs{a2}))[1])->{not_after},
    day(90) . 'T00:00:00Z', 'with the later end');
is(($rfl->ctl('verify'))[0], 0, 'also in the index');

($rc) = $rfl->ctl('renew', $refs{a2}, $renewal);
is($rc, 1, 'not twice');

$later->{names} = [ 'Boris Changed' ];
$later->{not_after} = day(100) . 'T00:00:00Z';
delete $later->{approvals};
is(($rfl->ctl('renew', $refs{a2}, sign('renewal2', file('r', $later), 1, 2))
    )[0], 1, 'no other name under the same reference');

# withdraw

($rc, $out) = $rfl->ctl('withdraw', '--dry-run', $refs{a2});
like($out, qr/would be withdrawn/, 'a rehearsal of withdrawal');
is(register()->{entries}, 3, 'does nothing');

is(($rfl->ctl('withdraw', '--reason', 'whim', $refs{a2}))[0], 2,
    'a reason that is none');

($rc, $out) = $rfl->ctl('withdraw', '--reason', 'found', $refs{a2});
is($rc, 0, 'withdrawn');
like($out, qr/withdrawn; \d+ lists and its record were read again/,
    'with proof');
is(($rfl->ctl('verify'))[0], 0, 'the index follows');
is(($rfl->ctl('show', $refs{a2}))[0], 1, 'the register has it no more');

($rc, $out) = $rfl->ctl('withdraw', $refs{a2});
is($rc, 0, 'a second time');
like($out, qr/withdrawn before/, 'is no fault');

is(($rfl->ctl('withdraw', '0000-0000-0000-0000'))[0], 1, 'an unknown one is');

for my $file ($signed, $renewal) {
    ($rc, $out) = $rfl->ctl('publish', $file);
    is($rc, 0, 'import of a file with a withdrawn entry');
    like($out, qr/: withdrawn on \d{4}-\d\d-\d\d, stays out/, 'it stays out');
}

my $again = sign('again', file('g', draft('a2', 'Boris Bekele')), 1, 2);
($rc, $out) = $rfl->ctl('publish', '--json', '-q', $again);
is($json->decode($out)->{stay_out}, 1,
    'its source stays out under a new reference too');
is(($rfl->ctl('verify'))[0], 0, 'and is not in the index');

($rc, $out) = $rfl->ctl('withdraw', '--source', file('ids', 'a3', 'never'));
is($rc, 0, 'by source ids from a file');
like($out, qr/^line 1: withdrawn;.*^line 2: was not published; it will be/ms,
    'also ones that never came');
unlike($out, qr/a3|never\b/, 'which are not repeated');

($rc, $out) = $rfl->ctl('publish',
    sign('never', file('n', draft('never', 'Gustav Grigoryan')), 1, 2));
like($out, qr/1 stay out/, 'and do not come later');

# what is not there, what is in use

open my $lock, '>>', "$dir/desk/rflctl.lock" or die;
flock $lock, LOCK_EX or die;
($rc, $out) = $rfl->ctl('publish', $signed);
is($rc, 75, 'one writer at a time');
is(($rfl->ctl('status'))[0], 0, 'looking is always possible');
close $lock;

$rfl->{keyd}->stop();
($rc, $out) = $rfl->ctl('rotate');
is($rc, 69, 'no rotation without rfl-keyd');
($rc, $out) = $rfl->ctl('status');
is($rc, 1, 'status sees it');
like($out, qr/rfl-keyd.*rflctl handover/, 'and says what to do');

my $one = sign('one', file('o', draft('w1', 'Hanna Haidari')), 1, 2);
$rfl->ctl_ok('publish', '--refs', "$dir/refs3", $one);
my %refs3 = refs('refs3');
is(($rfl->ctl('withdraw', $refs3{w1}))[0], 0,
    'publishing and withdrawing go on');

unlink $rfl->{keyd_socket}, $rfl->{keyd_query};
$rfl->{keyd}->start();
is(($rfl->ctl('status'))[0], 1, 'an empty rfl-keyd is a problem');
($rc, $out) = $rfl->ctl('handover');
is($rc, 0, 'the epoch is handed over again');
is(($rfl->ctl('status'))[0], 0, 'and all is well');
like(($rfl->ctl('handover'))[1], qr/has and uses/, 'twice does no harm');

$rfl->{index}->stop();
is(($rfl->ctl('publish', sign('two', file('p', draft('w2', 'Ibrahim Ivanenko')),
    1, 2)))[0], 69, 'no index');
is(register()->{entries}, 1, 'then nothing is taken into the register');
$rfl->{index}->start();

like(($rfl->ctl('status'))[1], qr/index is empty.*rflctl rotate/,
    'an index that was restarted');
is(($rfl->ctl('verify'))[0], 1, 'is not what the register says');
($rc, $out) = $rfl->ctl('rotate', '--resume');
is($rc, 0, 'and is filled again');
is(($rfl->ctl('verify'))[0], 0, 'whole');
like(($rfl->ctl('rotate', '--resume'))[1], qr/not rotated/,
    'a second time there is nothing to do');

# transactions that Redis has not folded into its file yet: it reads them back
# with the rights of the default user, who may not even log in

$rfl->ctl_ok('publish', sign('late', file('l', draft('w3', 'Late Lindqvist')),
                             1, 2));
my $entries = register()->{entries};

$rfl->{desk}->stop();
is(($rfl->ctl('status'))[0], 69, 'no desk Redis');
$rfl->{desk}->start();
is(register()->{entries}, $entries, 'what was published last is there too');
($rc, $out) = $rfl->ctl('verify');
is($rc, 0, 'after its restart the register is there') or diag($out);

# a server that has just been started reads its file for a while

my $fake = FakeRESP->new($t, $rfl->{desk}{sock});
$fake->does('reply', only => 'PING', times => 3,
    bytes => "-LOADING Redis is loading the dataset in memory\r\n");
($rc, $out) = $rfl->ctl('status');
is($rc, 0, 'desk Redis is waited for while it loads') or diag($out);
cmp_ok($fake->told(qr/^PING/), '>', 3, 'control: it did');
$fake->end();

my $password = $t->read_file('desk/secrets/desk');
$t->write_file('desk/secrets/desk', 'x' x 64);
is(($rfl->ctl('status'))[0], 77, 'a wrong password');
$t->write_file('desk/secrets/desk', $password);

my $key = $t->read_file('desk/desk.key');
$t->write_file('desk/desk.key', 'x' x 32);
($rc, $out) = $rfl->ctl('status');
is($rc, 70, 'a wrong desk key');
like($out, qr/does not open: wrong desk key/, 'is said to be');
$t->write_file('desk/desk.key', $key);
($rc, $out) = $rfl->ctl('verify');
is($rc, 0, 'nothing was damaged by that') or diag($out);

# an answer that cannot be written

for my $command ('list', 'status') {
    ($rc, $out) = $t->command('sh', '-c', "stdbuf -o0 \Q$rflctl\E $command"
        . " --json --state \Q$rfl->{dir}\E >/dev/full");
    is($rc, 73, "$command --json to a full disk");
    like($out, qr/cannot write to standard output/, '... says so');
}

$t->done();
