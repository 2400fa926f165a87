#!/usr/bin/perl

# Copyright (C) The RFL authors

# Desk Redis goes away while something is published or pulled: nothing is lost,
# nothing is there twice, and index and register agree afterwards.  Then the
# journal under a hex editor, the disk of the desk in other hands (S-88), and
# what its worker still knows once a moderator has locked their keys.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Time::HiRes qw(sleep);

use Test::RFL;
use Test::RFL::Desk;
use Test::RFL::Memory;


my $t = Test::RFL->new();

my $desk = Test::RFL::Desk->up($t);
my $rfl = $desk->{rfl};
my ($p, $id, @ids);

$desk->unlock(qw(amina boris));


sub agree {
    my $what = shift;

    my ($rc, $out) = $desk->verify();
    is($rc, 0, "$what: index and register agree") or diag($out);

    ($rc, $out) = $rfl->ctl('journal', 'verify');
    is($rc, 0, "$what: the journal is whole") or diag($out);
}


# kill -9 of desk Redis

($id) = $desk->send($desk->alive('Ulrike Umarov'));
$rfl->{desk}->kill();

for my $uri ('', 'queue/new', "item/$id") {
    $p = $desk->get('amina', "/en/$uri");
    is($p->{status}, 503, "desk Redis away: /en/$uri says so");
    unlike($p->{body}, qr/sock|redis-server|errno/i, '... in words for people');
}

$p = $desk->post('amina', '/en/find', { find => 'Ulrike Umarov' });
unlike($p->{text}, qr/Nothing at this desk/, '... a search is not answered');
like($p->{text}, qr/could not be read|does not answer/, '... and why is said');

$rfl->{desk}->start();
is($desk->get('amina', "/en/item/$id")->{status}, 200,
    'back again, nothing is lost');

# while something is decided

for my $who (qw(amina boris)) {
    my $page = $desk->get($who, "/en/item/$id");
    my $s = $desk->request($who, 'POST', "/en/item/$id",
        { csrf => $desk->token($who), act => 'approve',
          version => $page->{version}, queue => 'new' }, start => 1);

    $rfl->{desk}->kill();
    close $s;
    $rfl->{desk}->start();

    my $state = $desk->state($who, $id);
    like($state, qr/^(?:new|second|published|Approved, being published)$/,
        "$who: the item is there, $state");
    $desk->act($who, $id, act => 'approve')
        if $state eq 'new' || $who eq 'boris' && $state eq 'second';
}

ok($t->wait_for(sub {
    $desk->get('boris', '/en/');
    return $desk->state('boris', $id) eq 'published';
}, 60), 'two approvals publish it, whatever died') 
    or diag($desk->state('boris', $id));
agree('desk Redis killed');


# a pull that is cut short

my @put = $desk->put(map { $desk->alive("Pulled Person$_") } 'a' .. 'l');

for my $i (0 .. 3) {
    my $pid = $t->spawn('pull.log', $t->out() . '/rflctl', 'inbox', 'pull',
                        '--state', $desk->{dir});
    sleep($i * 0.01);
    kill 'KILL', $pid;
    waitpid $pid, 0;
}

$rfl->{desk}->kill();
isnt(($rfl->ctl('inbox', 'pull'))[0], 0, 'a pull without desk Redis fails');
$rfl->{desk}->start();
$rfl->ctl('inbox', 'pull') for 1 .. 2;

my @new = $desk->queue('amina', 'new');
my %seen;
$seen{$_}++ for @new;

is(join(' ', sort grep { $seen{$_} } @put), join(' ', sort @put),
    'everybody is there');
is(join(' ', grep { $seen{$_} > 1 } keys %seen), '', 'and nobody twice');


# journal with a hex editor

my $journal = "$desk->{dir}/journal.ndjson";
my $text = $t->read_file($journal);
my @lines = split /(?<=\n)/, $text;

for my $case (
    [ 'one letter' => sub { my $c = $text; $c =~ s/approve/approvf/; $c } ],
    [ 'a time' => sub { my $c = $text; $c =~ s/(\d\d):(\d\d):(\d)/$1:$2:9/; $c } ],
    [ 'another person' => sub { my $c = $text; $c =~ s/boris/amina/; $c } ],
    [ 'a line cut out' => sub { join '', @lines[0, 2 .. $#lines] } ],
    [ 'the last line cut off' => sub { join '', @lines[0 .. $#lines - 1] } ],
    [ 'two lines exchanged' => sub {
        join '', @lines[0, 2, 1, 3 .. $#lines] } ],
    [ 'a line twice' => sub { join '', @lines[0, 1, 1 .. $#lines] } ],
    [ 'the first line cut off' => sub { join '', @lines[1 .. $#lines] } ])
{
    my ($what, $make) = @$case;
    my $changed = $make->();

    isnt($changed, $text, "$what: it is another file");
    $t->write_file($journal, $changed);
    is(($rfl->ctl('journal', 'verify'))[0], 1, "$what: is told");
}

chmod 0600, $t->write_file($journal, $text);
is(($rfl->ctl('journal', 'verify'))[0], 0, 'control: as it was it is whole');


# the disk of the desk in other hands (S-88): the office's file, which this
# test has not sealed, is kept elsewhere

my $canary = 'Zxqvortha Canarysson';

($id) = $desk->send($desk->alive($canary, phone => '+00 99 777 31 41'));
$desk->put($desk->alive($canary, phone => '+00 99 777 31 41'));
$desk->pull();
is($desk->get('amina', "/en/item/$id")->{status}, 200,
    'control: with the passphrase it is read');
like($desk->get('amina', "/en/item/$id")->{text}, qr/$canary/,
    '... name and all');

rename "$desk->{dir}/vault/office.key", $t->testdir() . '/office.key';

my ($rc, $out) = $t->command('cp', '-a', $desk->{dir}, $t->testdir() . '/stolen');
is($rc, 0, 'a copy of all of it');
($rc, $out) = $t->command('grep', '-raliE', "$canary|Canarysson|777 31 41",
                          $t->testdir() . '/stolen');
is($out, '', 'no name and no number is in it');

my ($seed) = $rfl->seeds();

unlink glob $t->testdir() . '/stolen/secrets/moderator-*.key';
($rc, $out) = $t->command('grep', '-raclF', $id, $t->testdir() . '/stolen');
($rc, $out) = $t->command($t->out() . '/rflctl', 'inbox', 'open', '--state',
                          $t->testdir() . '/stolen');
isnt($rc, 0, 'and nothing opens it');
unlike($out, qr/Canary/, '... at all');


# what a worker knows

SKIP: {
    skip 'memory of others is root\'s', 4 if $> != 0;
    skip 'AddressSanitizer keeps what was freed', 4 if $t->build() eq 'asan';

    my $secret = pack 'H*', $seed;

    ok(memory($desk->worker(), $secret),
        'control: the key of somebody who is at work is in memory');
    $desk->get('amina', "/en/item/$id") for 1 .. 4;
    $desk->post('amina', '/en/lock', {});
    $desk->get('boris', '/en/queue/new');
    ok(!memory($desk->worker(), $secret), 'it is not once they have locked it');
    ok(!memory($desk->worker(), encode($canary)),
        'nor is a name that they read');
    ok(!memory($desk->worker(), $desk->passphrase('amina')),
        'nor the passphrase');
}

sub encode { my $s = shift; utf8::encode($s); $s }

sub memory {
    my ($pid, $what) = @_;

    my $where = '';

    regions($pid, qr/^\S+ rw/, sub {
        my ($line, $bytes) = @_;
        $where ||= $line if index($bytes, $what) >= 0;
    });

    return $where;
}

$t->done();
