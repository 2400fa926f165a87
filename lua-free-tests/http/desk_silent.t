#!/usr/bin/perl

# Copyright (C) The RFL authors

# A server that the desk talks to accepts connections and says nothing: its
# host swaps, a firewall drops packets, somebody halted it.  Nobody at the desk
# waits long, nobody waits in vain twice, everybody is told, nothing that was
# typed is lost, and nothing is done twice or by half once it goes on.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Time::HiRes qw(time);

use FakeRESP;
use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new();
my $desk = Test::RFL::Desk->up($t);
my $rfl = $desk->{rfl};
my ($p, $id, $live, %kept);

# seconds of a page: two servers that are silent, one after the other, and a
# machine that is busy with other things; and when it is known already

use constant { FIRST => 12, AGAIN => 2.5 };

$desk->unlock(qw(amina boris));

my $took;

sub timed {
    my $sub = shift;
    my $start = time();
    my $page = $sub->();

    $took = time() - $start;

    return $page;
}

# a form that the page has kept, as the browser sends it once more

sub again {
    my ($who, $page) = @_;

    my %fields = map { $_ => '' } qw(path form csrf);

    ($fields{$_}) = $page->{html} =~ m{name="$_" value="([^"]*)"}
        for keys %fields;
    $fields{$_} =~ s/&quot;/"/g, $fields{$_} =~ s/&amp;/&/g for keys %fields;

    return $desk->post($who, '/en/again', \%fields);
}


# desk Redis: nothing can be read

($id, $live) = $desk->send($desk->alive('Silvana Hushova'),
                           $desk->alive('Tacita Quiet'));

my $version = $desk->get('amina', "/en/item/$id")->{version};
my %approve = (act => 'approve', version => $version, queue => 'new',
               note => 'typed & <kept>');

$rfl->{desk}->pause();

$p = timed(sub { $desk->get('amina', "/en/queue/new?lang=en") });
is($p->{status}, 503, 'desk Redis is silent: a page says so');
cmp_ok($took, '<', FIRST, '... soon');
like($p->{text}, qr/Nothing is lost/, '... in words for people');
like($p->{html}, qr{class="go" href="/en/queue/new\?lang=en"},
    '... with a link to try again');

$p = timed(sub { $desk->get('boris', "/en/item/$id") });
is($p->{status}, 503, 'the next one is told');
cmp_ok($took, '<', AGAIN, '... at once');

$p = timed(sub { $desk->post('amina', "/en/item/$id", { %approve }) });
is($p->{status}, 503, 'who presses a button is told');
cmp_ok($took, '<', FIRST, '... soon');
like($p->{text}, qr/kept in this page/, '... that it is kept');

my $sent = $p;

$p = $desk->post('amina', '/en/unlock', { passphrase => 'not to be shown' });
is($p->{status}, 503, 'a passphrase while it is silent');
unlike($p->{html}, qr/not to be shown|not%20to|not\+to/, '... is kept nowhere');

is(again('amina', $sent)->{status}, 503, 'too early');

$rfl->{desk}->cont();
ok($t->wait_for(sub { $desk->get('amina', '/en/')->{status} == 200 }, 20),
    'it answers again');
is($desk->state('boris', $id), 'new', 'control: nothing was done');

$p = again('amina', $sent);
is($p->{status}, 303, 'once more, from the page');
is($desk->state('boris', $id), 'second', '... does it');
like($desk->get('boris', "/en/item/$id")->{html}, qr/typed &amp; &lt;kept&gt;/,
    '... with all that was typed');

$p = again('amina', $sent);
isnt($p->{status}, 303, 'and it is not done twice');
is($desk->state('boris', $id), 'second', '... at all');

# keys were locked meanwhile

$desk->post('amina', '/en/lock', {});
$p = again('amina', $sent);
is($p->{status}, 403, 'locked meanwhile: the passphrase is asked for');
like($p->{html}, qr/name="form"/, '... and the form kept on');
$desk->unlock('amina');

# of somebody else, or of another site

($kept{form}) = $sent->{html} =~ m{name="form" value="([^"]*)"};
$p = $desk->post('amina', '/en/again', { path => "/en/item/$id",
    form => 'act=reject&reason=other&version=2', queue => 'new' });
is($p->{status}, 400, 'a form without a token of its own is refused');


# publishing, while a server of the public host is silent

$desk->act('amina', $live, act => 'approve');

for my $part (qw(index keyd)) {
    my $name = "Silent " . ucfirst($part) . 'ova';
    my ($one) = $desk->send($desk->alive($name));

    $desk->act('amina', $one, act => 'approve');

    my $page = $desk->get('boris', "/en/item/$one");

    $rfl->{$part}->pause();

    $p = timed(sub { $desk->post('boris', "/en/item/$one",
        { act => 'approve', version => $page->{version}, queue => 'new' }) });
    cmp_ok($took, '<', FIRST, "$part is silent: the second approval is quick");

    if ($part eq 'index') {
        is($p->{status}, 503, '... what it means is told');
        like($p->{refused}, qr/Your decision is kept/, '... it is kept');

    } else {
        is($p->{status}, 303, '... nothing is missing for it');
    }

    for my $uri ('', 'queue/new', "item/$one", 'find', 'journal') {
        $p = timed(sub { $desk->get('amina', "/en/$uri") });
        is($p->{status}, 200, "$part is silent: /en/$uri is there");
        cmp_ok($took, '<', FIRST, '... soon');
    }

    $rfl->{$part}->cont();

    ok($t->wait_for(sub {
        $desk->unlock('boris');
        return $desk->state('boris', $one) eq 'published';
    }, 40), "$part answers again: it is published");
    is($desk->found($name), 1, '... once');
}

$desk->act('boris', $live, act => 'approve');
is($desk->found('Tacita Quiet'), 1, 'control: public');

my ($rc, $out) = $desk->verify();
is($rc, 0, 'index and register agree') or diag($out);


# taking down

$version = $desk->get('amina', "/en/item/$live")->{version};
$rfl->{index}->pause();
$p = timed(sub { $desk->post('amina', "/en/item/$live",
    { act => 'withdraw', reason => 'request', version => $version,
      queue => 'new' }) });
is($p->{status}, 503, 'index Redis is silent: who takes down is told');
cmp_ok($took, '<', FIRST, '... soon');
like($p->{refused}, qr/Visitors can still see it/, '... that it is there yet');
like($p->{refused}, qr/decision is kept.* danger, call/s, '... and what to do');
$rfl->{index}->cont();

ok($t->wait_for(sub {
    $desk->unlock('amina');
    return $desk->state('amina', $live) eq 'withdrawn';
}, 40), 'it answers again: it is taken down');
is($desk->found('Tacita Quiet'), 0, '... for visitors, too');


# it was just started, and reads its file

my $fake = FakeRESP->new($t, "$rfl->{run}/desk.sock");

$fake->does('reply', bytes => "-LOADING it is\r\n", only => 'PING');
$p = timed(sub { $desk->get('amina', '/en/') });
is($p->{status}, 503, 'desk Redis is loading: a page says so');
cmp_ok($took, '<', FIRST, '... soon');
$fake->end();
is($desk->get('amina', '/en/')->{status}, 200, '... and it is there then');


# the same for who asks what is wrong

for my $part (qw(index keyd desk)) {
    my $what = { index => 'index Redis', keyd => 'rfl-keyd',
                 desk => 'desk Redis' }->{$part};

    $rfl->{$part}->pause();
    $p = timed(sub { [ $rfl->ctl('status') ] });
    isnt($p->[0], 0, "rflctl status, $part is silent: something is wrong");
    like($p->[1], qr/$what (?:has|did) not answer/, '... and what');
    cmp_ok($took, '<', FIRST, '... soon');
    $rfl->{$part}->cont();
}


# what came in waits

$desk->put($desk->alive('Waiting Outside'));
$rfl->{inbox}->pause();
$p = timed(sub { $desk->get('amina', '/en/') });
is($p->{status}, 200, 'inbox Redis is silent: there is work to do');
cmp_ok($took, '<', FIRST, '... soon');
$rfl->{inbox}->cont();


# a desk that is started while its Redis is silent reads the register later

$rfl->{desk}->pause();
$desk->reload();
$p = timed(sub { $desk->get('amina', '/en/') });
is($p->{status}, 503, 'a new worker meets a silent desk Redis');
cmp_ok($took, '<', FIRST, '... and says so soon');
$rfl->{desk}->cont();
$t->wait_for(sub { $desk->get('amina', '/en/')->{status} == 200 }, 20);
$desk->unlock('amina');
ok($t->wait_for(sub {
    $p = $desk->post('amina', '/en/find', { find => 'Silent Keydova' });
    return $p->{html} !~ /register is still being read/
           && $p->{text} =~ /Silent Keydova/;
}, 20), 'and has read the register once it answers');


($rc, $out) = $desk->verify();
is($rc, 0, 'index and register agree') or diag($out);
($rc, $out) = $rfl->ctl('journal', 'verify');
is($rc, 0, 'the journal is whole') or diag($out);

$t->done();
