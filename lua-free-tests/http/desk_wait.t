#!/usr/bin/perl

# Copyright (C) The RFL authors

# Another command holds the register for a while: a rotation of a large one, or
# one that waits for a silent server.  Who takes an entry down meanwhile waits
# for it; nobody else does, no keys are asked for twice and nothing that was
# typed is lost; and what was confirmed is done, whoever went away.

use strict;
use warnings;
use utf8;

use Fcntl qw(:flock);
use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new();
my $desk = Test::RFL::Desk->up($t, lines => [
    { id => 'bare', kind => 'alive', names => [ 'Ruta Bareskova' ] } ]);
my $rfl = $desk->{rfl};
my ($p, $lock);

$desk->unlock(qw(amina boris));

# the other command

sub busy {
    open $lock, '>>', "$rfl->{dir}/rflctl.lock" or die;
    flock $lock, LOCK_EX|LOCK_NB or die "the lock is held\n";
}

sub answered {
    my $s = shift;

    $s->blocking(0);
    my $n = $s->peek(my $byte, 1);
    $s->blocking(1);

    return $n ? 1 : 0;
}

sub answer {
    my $s = shift;

    local $/;
    my $p = parse(<$s> // '');
    close $s;

    return $p;
}

# takes it down, and waits

sub down {
    my $id = shift;

    return $desk->post('amina', "/en/item/$id",
        { act => 'withdraw', reason => 'request', queue => 'new',
          version => $desk->get('amina', "/en/item/$id")->{version} },
        start => 1);
}

# decided, and not done yet

sub waits {
    my $id = shift;

    return $t->wait_for(sub {
        $desk->state('boris', $id) eq 'Being taken down'
    }, 20);
}


my @ids = $desk->send(map { $desk->alive($_) } 'Silvana Waitova',
                      'Tacita Goneska', 'Lena Nextova', 'Mira Keptova',
                      'Olena Undecidova');

for my $id (@ids[0, 1]) {
    $desk->act($_, $id, act => 'approve') for qw(amina boris);
}

is($desk->found($_), 1, "control: $_ is public")
    for 'Silvana Waitova', 'Tacita Goneska', 'Ruta Bareskova';


# an item's

busy();
my $s = down($ids[0]);
ok(waits($ids[0]), 'somebody takes an entry down, and waits');

for my $uri ('', 'queue/new', "item/$ids[2]", 'find', 'journal') {
    is($desk->get('boris', "/en/$uri")->{status}, 200,
        "others have /en/$uri meanwhile");
}

is($desk->act('boris', $ids[2], act => 'approve')->{status}, 303,
    '... and decide');
is($desk->state('boris', $ids[2]), 'second', '... about what is theirs');

# keys that were locked meanwhile, and a form that was typed

$p = $desk->get('boris', "/en/item/$ids[3]");
$desk->post('boris', '/en/lock', {});
$p = $desk->post('boris', "/en/item/$ids[3]",
    { act => 'approve', note => 'typed before', queue => 'new',
      version => $p->{version} });
is($p->{status}, 403, 'their keys are locked: the passphrase is asked for');

my ($form) = $p->{html} =~ m{name="form" value="([^"]*)"};
$form =~ s/&quot;/"/g, $form =~ s/&amp;/&/g;
$p = $desk->post('boris', '/en/unlock',
    { passphrase => $desk->passphrase('boris'), path => "/en/item/$ids[3]",
      form => $form });
is($p->{status}, 303, '... is taken');
is($desk->state('boris', $ids[3]), 'second', '... and what was typed is done');

is(answered($s), 0, 'control: the first one waits all the time');
is($desk->found('Silvana Waitova'), 1, 'control: nothing was taken down');
is($desk->state('boris', $ids[0]), 'Being taken down', '... yet');

close $lock;
$p = answer($s);
is($p->{status}, 303, 'the other command ends: the answer is there');
like($p->{headers}{location}, qr/done=withdraw&at=\d+/,
    '... that visitors do not see it');
is($desk->state('boris', $ids[0]), 'withdrawn', '... it is taken down');
is($desk->found('Silvana Waitova'), 0, '... for visitors, too');


# an approval waits as well, and what is decided meanwhile stands

$desk->act('amina', $_, act => 'approve') for $ids[4];

busy();
$s = $desk->post('boris', "/en/item/$ids[4]",
    { act => 'approve', queue => 'second',
      version => $desk->get('boris', "/en/item/$ids[4]")->{version} },
    start => 1);
ok($t->wait_for(sub {
    $desk->state('amina', $ids[4]) eq 'Approved, being published';
}, 20), 'somebody approves, and waits');

my $down = down($ids[4]);
ok(waits($ids[4]), '... somebody else takes it down, and waits');

close $lock;
is(answer($down)->{status}, 303, 'the other command ends: it is taken down');
like(answer($s)->{status}, qr/303|409|503/, '... the approval is answered');
is($desk->state('boris', $ids[4]), 'withdrawn', '... the item says so');
is($desk->found('Olena Undecidova'), 0, '... and visitors do not see it');


# one that no item is of

my ($ref) = $desk->post('boris', '/en/find', { find => 'Ruta Bareskova' })
    ->{html} =~ m{href="/en/entry/([^"?]+)};

$p = $desk->get('amina', "/en/entry/$ref");
like($p->{html}, qr{<a href="#decide" autofocus>.*<section id="decide">}s,
    'its page opens at the way to the decision, which Enter alone does not do');
is(scalar(() = $p->{html} =~ /autofocus/g), 1, '... and nowhere else');

busy();
$s = $desk->post('amina', "/en/entry/$ref",
                 { act => 'withdraw', reason => 'safety' }, start => 1);
ok($t->wait_for(sub {
    $desk->get('boris', '/en/journal')->{text} =~ /$ref/;
}, 20), 'somebody takes down what rflctl published, and waits');
is($desk->get('boris', "/en/item/$ids[2]")->{status}, 200, 'others do not');
is(answered($s), 0, 'control: that one does');

close $lock;
is(answer($s)->{status}, 303, 'the other command ends: it is done');
is($desk->found('Ruta Bareskova'), 0, '... for visitors, too');


# who does not wait for the answer

busy();
$s = down($ids[1]);
ok(waits($ids[1]), 'somebody takes an entry down');
close $s;
is($desk->get('boris', '/en/queue/new')->{status}, 200, '... and goes away');

close $lock;
ok($t->wait_for(sub { $desk->state('boris', $ids[1]) eq 'withdrawn' }, 20),
    'it is taken down all the same');
is($desk->found('Tacita Goneska'), 0, '... for visitors, too');


my ($rc, $out) = $desk->verify();
is($rc, 0, 'index and register agree') or diag($out);
($rc, $out) = $rfl->ctl('journal', 'verify');
is($rc, 0, 'the journal is whole') or diag($out);

$t->done();
