#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-125: whoever has taken the public host over answers the desk as he likes.
# The desk is held up by none of it for long, its memory and its disk are not
# filled, nothing of it acts on a terminal; and it goes on when the right
# servers answer again.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();
use POSIX qw(strftime);

use FakeRESP;
use Test::RFL;


# seconds; whatever is held up is not held up for so long

use constant { LONG => 150, KILLED => 137 };


my $json = JSON::PP->new->utf8;

my $t = Test::RFL->new()->has_command('timeout');
my $rfl = $t->rfl_up(entries => 1);
my $list = 'in:northland:' . strftime('%Y%m%d', gmtime);

my ($does, @big);


# what a server says instead: a sub of the command, undef is what it would say

my $liar = sub {
    my ($how, $answer, @command) = @_;

    my $with = $how->{with}{$command[0]} or return $answer;

    return $with if $with ne 'boxes';

    return FakeRESP::array(map {
        FakeRESP::bulk(pack 'QC/a*', rand 2 ** 60, $command[2])
    } 1 .. 32);
};

my %fake = map {
    $_ => FakeRESP->new($t, $rfl->{$_}{sock}, edit => $liar)
} qw(inbox index);

$fake{keyd} = FakeRESP->new($t, $rfl->{keyd_socket},
    edit => $liar);


# rflctl, killed when it is held up

sub ctl {
    return $t->command('timeout', '-s', 'KILL', LONG, $t->out() . '/rflctl',
        @_, '--state', $rfl->{dir});
}

sub fine {
    my ($what) = @_;

    $_->does('pass') for values %fake;

    is((ctl('status'))[0], 0, "$what: all is well behind it");
}

fine('nothing happened');


# what is refused is told, and does nothing to a terminal

my $escape = "\e]0;owned\a\e[2J\x9b2J\xc2\x9b2J";

for my $who (qw(inbox index keyd)) {

    $fake{$who}->does('reply', bytes => "-ERR no, ${escape}never\n1\r\n");

    my ($rc, $out) = ctl($who eq 'inbox' ? qw(inbox pull) : qw(status));

    isnt($rc, 0, "$who refuses all: that is no success");
    like($out, qr/never/, '... what it says is told');
    unlike($out, qr/[^\n -~]/, '... and does nothing');
    unlike($out, qr/^1/m, '... nor begins a line');
}

fine('words');


# no end: of names, of boxes, of the same box, of codes

my %ends = (
    'names without an end' => {
        SCAN => FakeRESP::array(FakeRESP::bulk('7'), FakeRESP::array(
            map { FakeRESP::bulk("in:hide:2026010$_") } 1 .. 8)),
    },
    'boxes without an end' => { LRANGE => 'boxes' },
    'one box without an end' => {
        LRANGE => FakeRESP::array((FakeRESP::bulk('a box')) x 32),
    },
);

$rfl->{inbox}->cmd('RPUSH', $list, 'no box');

for my $what (sort keys %ends) {

    $fake{inbox}->does('edit', with => $ends{$what});

    my ($rc, $out) = ctl(qw(inbox pull));

    isnt($rc, KILLED, "$what: the desk comes to an end");
    isnt($rc, 0, '... and not as if all were well');
    like($out, qr/inbox Redis (has more|came to no end)/, '... and says why');
}

cmp_ok($rfl->{desk}->cmd('HLEN', 'box'), '<', 66_000, 'desk Redis is not filled');
cmp_ok($rfl->{desk}->cmd('HLEN', 'box'), '>', 60_000, '... but would be');

$rfl->{desk}->cmd('DEL', 'box');
fine('no end');


# one reply without an end, and one that comes drop by drop

$fake{inbox}->does('endless', only => 'LRANGE');

my ($rc, $out) = ctl(qw(inbox pull));

isnt($rc, KILLED, 'a reply without an end is not waited for');
like($out, qr/larger than any of ours/, '... and told');

$fake{keyd}->does('split', size => 64, delay => 0.01);
is((ctl('status'))[0], 0, 'a reply in pieces is one');

$fake{keyd}->does('split', size => 1, delay => 1);

($rc, $out) = ctl('status');

isnt($rc, KILLED, 'a reply drop by drop is not waited for');
like($out, qr/rfl-keyd has not answered for/, '... and told');

fine('no whole reply');

$t->done();
