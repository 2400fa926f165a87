#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-31 at the desk: what was signed by an unknown key, by moderators of another
# society, with a key that was revoked since, or by one moderator only, is
# published neither by rflctl nor by an import, whatever signatures it brings;
# the worker of the public site refuses it again (s_forge.t).  S-120: a field
# that is not published is refused on the same ways in.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();

use Test::RFL;
use Test::RFL::Desk;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new(memory => 1);

# carla brings the third key

my $desk = Test::RFL::Desk->up($t, people => [ qw(amina boris carla) ]);
my $rfl = $desk->{rfl};
my $dir = $t->testdir();

my $next = 0;


# a signed line: keys that sign it, while all of them are trusted

sub signed {
    my ($change, @keys) = @_;

    my $n = $next++;
    my $file = $t->write_file('draft', $json->encode($rfl->complete({
        id => "p$n", names => [ given_name($n) . ' Abendroth' ], birth_year => 1970,
        %$change })) . "\n");

    for my $key (@keys) {
        $rfl->ctl_ok('sign', '--key', $rfl->key($key), '-o', "$dir/signed.$key",
                     $file);
        $file = "$dir/signed.$key";
    }

    return $json->decode($t->read_file($file));
}

sub entries {
    return $json->decode(($rfl->ctl('status', '--json'))[1])
        ->{register}{entries};
}

sub publish {
    my $line = shift;

    return $rfl->ctl('publish', $t->write_file('publish',
                                               $json->encode($line) . "\n"));
}


# the ways in: rflctl, and the spool of the case system

my $imports = 0;

sub refused {
    my ($what, $line, %opt) = @_;

    my $before = entries();
    my ($rc, $out) = publish($line);

    is($rc, 1, "$what: rflctl refuses it");
    like($out, $opt{why}, '... and says why') if $opt{why};
    is(entries(), $before, '... nothing of it is in the register');

    my $name = $line->{names}[0];

    is($desk->found($name), 0, '... and nobody finds it');

    # as a draft it may be read, if only its signatures are wrong

    my $in = "$desk->{dir}/spool/in/" . $imports++ . '.ndjson';

    $t->write_file($in, $json->encode($line) . "\n");
    my %there = map { $_ => 1 } $desk->queue('carla', 'new');

    $desk->post('carla', '/en/spool', { act => 'import' });

    my @new = grep { !$there{$_} } $desk->queue('carla', 'new');

    is(scalar @new, $opt{draft} // 1, '... an import: '
       . ($opt{draft} // 1 ? 'a draft' : 'no draft'));
    is($desk->state('carla', $_), 'new', '... that waits for two people')
        for @new;
    is(entries(), $before, '... and is not published');
    unlink $in, "$in.done";
}


$desk->unlock(qw(amina boris carla));
mkdir "$desk->{dir}/spool";
mkdir "$desk->{dir}/spool/in";

my $good = signed({}, 1, 2);
my ($rc, $out) = publish($good);

is($rc, 0, 'S-31 control: two moderators of the society') or diag($out);
is($desk->found($good->{names}[0]), 1, 'S-31 control: it is found');

# an import of one that has all it needs is a draft as well

my $whole = signed({}, 1, 2);
my $in = "$desk->{dir}/spool/in/whole.ndjson";

$t->write_file($in, $json->encode($whole) . "\n");
my $p = $desk->post('carla', '/en/spool', { act => 'import' });
my @drafts = $desk->queue('carla', 'new');
is(scalar @drafts, 1, 'S-31 an import is a draft, though two have signed it')
    or diag("$p->{status} " . ($p->{refused} // ''));
is($desk->found($whole->{names}[0]), 0, '... and is not found');

$desk->act('amina', $drafts[0], act => 'approve');
is($desk->state('amina', $drafts[0]), 'second',
    '... nor do its signatures count as the second approval');

refused('S-31 nobody', signed({}));
refused('S-31 one moderator only', signed({}, 1));

my $twice = signed({}, 1);
push @{$twice->{approvals}}, $twice->{approvals}[0];
refused('S-31 one moderator, twice', $twice);

my $mixed = signed({}, 1, 2);
$mixed->{approvals}[1] = $good->{approvals}[1];
refused('S-31 a signature of something else', $mixed);

# signed with a key that was trusted then

my $with_third = signed({}, 1, 3);
my $by_third = signed({}, 1, 3);
my $of_others = signed({}, 1, 3);

my $trust = $json->decode($rfl->{trust});
my ($third) = pop @{$trust->{societies}[0]{keys}};

$rfl->trust(sub { pop @{$_[0]{societies}[0]{keys}} });
refused('S-31 an unknown key', $with_third);

$rfl->trust(sub { $_[0]{societies}[0]{keys}[-1]{revoked} = JSON::PP::true() });
refused('S-31 a key that was revoked', $by_third, why => qr/revoked/);

$rfl->trust(sub {
    my $others = $json->decode($json->encode($_[0]{societies}[0]));

    $others->{id} = 'southland';
    $others->{keys} = [ pop @{$_[0]{societies}[0]{keys}} ];
    push @{$_[0]{societies}}, $others;
});
refused('S-31 a moderator of another society', $of_others);

$rfl->trust();
is((publish($of_others))[0], 0,
    'S-31 control: it was the trust file that kept it out');


# S-120

my $more = signed({}, 1, 2);

for my $field (qw(phone location health notes photo)) {
    refused("S-120 $field", { %$more, $field => 'x' }, draft => 0,
        why => qr/$field/);
}

is((publish($more))[0], 0, 'S-120 control: without them it is published');
is(($desk->verify())[0], 0, 'index and register agree');

$t->done();
