#!/usr/bin/perl

# Copyright (C) The RFL authors

# The moderators' desk is killed before each of its writes to a server and
# each fsync in turn, desk Redis is killed there instead, and all connections
# are cut there: while it takes over boxes, at the first approval, at the second one that publishes, at a
# withdrawal, at a hand-over and at its receipt.  Afterwards nothing is lost,
# nothing is there twice, the journal is whole, the index is equal to the
# register, and what was begun ends.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();
use POSIX qw(strftime);

use Test::RFL;
use Test::RFL::Drive;
use Test::RFL::Preload;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new(memory => 1)->has_command('gcc');

$t->skip_all('not with a preloaded library under ASan')
    if $t->build() eq 'asan';

my $rfl = $t->desk_up();
my $dir = $rfl->{dir};
my $so = Test::RFL::Preload->new($t, 'die')->{so};

$rfl->ctl_ok('rotate');


# a desk that is there all the time; others, to die, are forked from it

my $drive = Test::RFL::Drive->up($rfl, preload => $so);

sub ask { $drive->ask(@_) }

# an act that is cut short at a point: the desk dies, or a Redis, which is
# started again, or the network for a moment

sub dies {
    my ($point, $victim, @act) = @_;

    my $pid = !$victim ? 0 : ref $victim ? $victim->pid() : -1;
    my $answer = ask(qw(desk die), $point, $pid, @act);

    die "$answer\n" if $answer !~ /^(?:died|lived)$/;
    return 0 if $answer eq 'lived';

    if (ref $victim) {
        $victim->kill();
        $victim->start();
    }

    return 1;
}


my $next = 0;
my @given = qw(Abdi Bile Cawil Dahir Elmi Farah Guled Hersi Idris Jama Kulmiye
    Liban Mire Nuur Osman Qasim Rooble Samatar Tahlil Yusuf);

sub id { sprintf '%032x', 0x7000000 + $_[0] }

# a new item, brought to where it is wanted

sub item {
    my $state = shift;

    my $id = id($next++);

    ask(qw(desk add), $id, 'alive', 1980, "Amina Warsame $given[$next % 20]");
    ask('amina', 'act', $id, 'approve') if $state ne 'new';
    ask('boris', 'act', $id, 'approve') if $state eq 'published';
    ask('amina', 'act', $id, 'hand') if $state eq 'handed';

    return $id;
}

sub state_of { (split / /, ask('boris', 'show', $_[0]))[0] }


# Kills at every point of one act.  prepare: the item; act: what to do to it;
# states: what may have come of it; again: ends it, if it has not; end: what
# it is then; all: looked at after each point.

sub killed {
    my ($name, %opt) = @_;

    my ($point, @wrong);
    my $short = 0;

    for ($point = 1; $point < 200; $point++) {

        my $id = $opt{prepare}->();

        my $dead = dies($point, $opt{victim}, @{$opt{act}->($id)});
        my @faults;

        my $answer = ask('desk', 'desk', 'resume');
        push @faults, "resume: $answer" if $answer !~ /^\d/;

        my $state = state_of($id);
        push @faults, "is $state" if $state !~ /^(?:$opt{states})$/;

        if ($state ne $opt{end}) {
            $short++;
            $answer = ask(@{($opt{again} || $opt{act})->($id)});
            push @faults, "again: $answer" if $answer !~ /^(?:done|\d)/;
            $state = state_of($id);
            push @faults, "ends as $state" if $state ne $opt{end};
        }

        push @faults, $opt{all}->($id) if $opt{all};

        $answer = ask('desk', 'journal');
        push @faults, $answer if $answer !~ /^rc=0 .*faults=0 cut=0 torn=0/;

        push @wrong, "$point: @faults" if @faults;
        last if !$dead;
    }

    cmp_ok($point, '>', 4, "$name: cut off at each of " . ($point - 1)
           . ' points');
    cmp_ok($short, '>', 0, "$name: not done at $short of them");
    cmp_ok($point, '<', 200, "$name: and went through in the end");
    is("@wrong", '', "$name: nothing lost, nothing twice");
}


# a difference between index and register stays: to look now and then is enough

my $looked = 0;

sub index_fits {
    my ($status, $out) = $rfl->ctl('verify');

    return $status == 0 ? () : "verify: $out";
}

sub in_register {
    my ($id, $there) = @_;

    my $answer = ask('boris', 'register', $id);

    return ($answer eq $there ? () : "register: $answer",
            ++$looked % 8 ? () : index_fits());
}


# boxes

my $key = $json->decode($rfl->{trust})->{societies}[0]{inbox_keys}[0]{public};
my (@boxes, $taken);

sub box {
    if (!@boxes) {
        my (undef, $text) = $t->command('/usr/bin/python3', "$FindBin::Bin/boxes.py",
                                        $key, 'northland', 100, $next);
        @boxes = map { pack 'H*', $_ } split /\n/, $text;
        $next += 100;
    }

    return shift @boxes;
}

sub waiting {
    $rfl->{inbox}->cmd('RPUSH', 'in:northland:' . strftime('%Y%m%d', gmtime),
                       map { box() } 1 .. 2);
    $rfl->ctl_ok('inbox', 'pull');
    $taken += 2;
}

sub items { (ask('boris', 'queue', 'new') =~ /^\d+ of (\d+)/)[0] }

for my $victim (undef, $rfl->{desk}, 'network') {

    my $before = items();
    my (@wrong, $point);
    $taken = 0;

    for ($point = 1; $point < 200; $point++) {
        waiting();

        my $dead = dies($point, $victim, qw(desk desk take));
        my $answer = ask(qw(desk desk take));
        my $n = items();

        push @wrong, "$point: $answer, $n of " . ($before + $taken)
            if $n != $before + $taken || $answer !~ /^\d+ wrong=0/;

        last if !$dead;
    }

    my $who = !$victim ? 'the desk' : ref $victim ? 'desk Redis' : $victim;
    cmp_ok($point, '>', 4, "taking boxes: $who cut off at " . ($point - 1)
           . ' points');
    is("@wrong", '', 'taking boxes: an item of each, and one');
}


# acts

for my $victim (undef, $rfl->{desk}, 'network') {

    my @more = (victim => $victim);
    my $who = !$victim ? '' : ref $victim ? ', desk Redis' : ", $victim";

    killed("first approval$who", @more, end => 'second',
        states => 'new|second',
        prepare => sub { item('new') },
        act => sub { [ 'amina', 'act', $_[0], 'approve' ] });

    killed("second approval$who", @more, end => 'published',
        states => 'second|published',
        prepare => sub { item('second') },
        act => sub { [ 'boris', 'act', $_[0], 'approve' ] },
        all => sub { in_register($_[0], 'yes') });

    killed("withdrawal$who", @more, end => 'withdrawn',
        states => 'published|withdrawn',
        prepare => sub { item('published') },
        act => sub { [ 'boris', 'act', $_[0], 'withdraw', 1 ] },
        all => sub { in_register($_[0], 'no') });

    killed("hand-over$who", @more, end => 'handed',
        states => 'new|handed',
        prepare => sub { item('new') },
        act => sub { [ 'amina', 'act', $_[0], 'hand' ] },
        all => sub {
            my $id = shift;
            grep { !-s "$dir/spool/out/$id.$_" } qw(ndjson xml sig)
        });

    killed("receipt$who", @more, end => 'none',
        states => 'handed|closed|none',
        prepare => sub {
            my $id = item('new');
            ask('amina', 'act', $id, 'hand');
            ask('amina', 'receipt', $id);
            return $id;
        },
        act => sub { [ qw(desk desk receipts) ] },
        all => sub {
            my $id = shift;
            ask(qw(desk desk receipts));
            glob("$dir/spool/out/$id.*");
        });
}

$drive->stop();

is(join('', index_fits()), '', 'the index is equal to the register');

my ($rc, $shown) = $rfl->ctl('journal', 'verify');
is($rc, 0, 'rflctl finds the journal whole') or diag($shown);

$t->done();
