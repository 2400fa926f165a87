#!/usr/bin/perl

# Copyright (C) The RFL authors

# Forms of moderators that come a second time: pressed twice, from an old page,
# from a second tab, after the item was decided by somebody else, after a
# withdrawal, with a colleague's certificate, and out of a page that asked for
# a passphrase.  What was decided once is done once, and what was taken down
# stays down.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new(memory => 1);
my $desk = Test::RFL::Desk->up($t);

$desk->unlock(qw(amina boris));

my $name = 'Replayed Umarova';
my ($id) = $desk->send($desk->alive($name));
my $uri = "/en/item/$id";


# a form as it is in the page that somebody has open now

sub held {
    my ($who, %fields) = @_;

    my $page = $desk->get($who, $uri);

    return { csrf => $desk->token($who), version => $page->{version},
             queue => 'new', %fields };
}

sub press { $desk->post($_[0], $uri, { %{$_[1]} })->{status} }
sub found { $desk->found($name) }
sub lines { scalar(() = $desk->{rfl}->ctl_ok('journal', 'list') =~ /\n/g) }

my %down = (act => 'withdraw', reason => 'request');

my $first = held('amina', act => 'approve');
my $tab = held('amina', act => 'reject', reason => 'duplicate');

is(press('amina', $first), 303, 'approved');
is(press('amina', $first), 409, 'the same form once more: refused');
is(press('amina', $tab), 409, 'a second tab, opened before: refused');
is($desk->state('amina', $id), 'second', 'one approval');

my $second = held('boris', act => 'approve');
my $late = held('boris', act => 'reject', reason => 'duplicate');

isnt(press('boris', $first), 303, "a colleague's form: refused");
isnt(press('amina', $second), 303, 'and the other way round');
is($desk->state('amina', $id), 'second', 'still one approval');
is(found(), 0, 'not public');

is(press('boris', $second), 303, 'control: his own form publishes');
is(press('boris', $second), 409, 'once more: refused');
is(press('boris', $late), 409, 'the other tab: refused');
is(press('amina', $first), 409, 'the first approval, replayed: refused');
is($desk->state('amina', $id), 'published', 'published');
is(found(), 1, 'once');

my $down = held('amina', %down);
my $also = held('boris', %down);

is(press('amina', $down), 303, 'taken down');
is(found(), 0, 'gone');

my $old = 'replayed after the withdrawal';

for my $case ([ 'amina', $first ], [ 'boris', $second ], [ 'amina', $down ],
              [ 'boris', $also ], [ 'amina', $tab ], [ 'boris', $late ])
{
    my ($who, $form) = @$case;

    is(press($who, $form), 409, "$form->{act} of $who, $old: refused");

    # nor if the version is guessed that it has now

    isnt(press($who, { %$form, version => $_ }), 303, "... as version $_, too")
        for 2 .. 6;
}

is(found(), 0, 'it stays down');
is($desk->state('amina', $id), 'withdrawn', '... and withdrawn');


# a form that was kept in the page that asks for a passphrase

($id) = $desk->send($desk->alive('Kept Umarova'));
$uri = "/en/item/$id";

my $kept = held('amina', act => 'approve');

$desk->reload();

my $page = $desk->post('amina', $uri, $kept);
is($page->{status}, 403, 'keys are locked: asked for a passphrase')
    or diag($page->{text});

sub hidden {
    my %fields = map { $_ => '' } qw(path form csrf);

    for my $name (keys %fields) {
        ($fields{$name}) = $_[0]{html} =~ /name="$name" value="([^"]*)"/;
        $fields{$name} =~ s/&quot;/"/g;
        $fields{$name} =~ s/&amp;/&/g;
    }

    return %fields;
}

sub unlock {
    my ($who, %fields) = @_;

    return $desk->post($who, '/en/unlock',
        { %fields, passphrase => $desk->passphrase($who) });
}

my %hidden = hidden($page);

isnt($hidden{form}, undef, '... with the form');

# from the reload on, tokens are others

delete $desk->{csrf};

isnt(unlock('boris', %hidden, csrf => $desk->token('boris'))->{status}, 303,
    "a colleague sends it on: refused");

$desk->unlock('boris');
is($desk->state('boris', $id), 'new', '... and nothing is done');

is(unlock('amina', %hidden)->{status}, 303, 'control: she herself sends it');
is($desk->state('boris', $id), 'second', '... it is done');

unlock('amina', %hidden);
is($desk->state('boris', $id), 'second', 'once more: it is not done again');


# a page of before, after the certificate was shut out

my $seen = $desk->get('amina', $uri);
like($seen->{headers}{'cache-control'}, qr/\bno-store\b/, 'no page is kept');

$desk->{rfl}->ctl_ok('staff', 'revoke', 'amina');
$desk->reload();

for my $header ('Accept: */*', 'If-None-Match: *', 'If-None-Match: "x"',
                'If-Modified-Since: Wed, 01 Jan 2031 00:00:00 GMT')
{
    $page = parse($desk->http('amina', "GET $uri HTTP/1.1\r\nHost: localhost"
        . "\r\nConnection: close\r\n$header\r\n\r\n"));
    is($page->{status}, 403, "revoked, $header: closed");
    unlike($page->{body}, qr/Kept|csrf/, '... and nothing is told');
}

$desk->unlock('boris');
isnt(press('amina', held('boris', act => 'approve')), 303,
    'nor is a form taken');
is($desk->state('boris', $id), 'second', '... which nothing came of');

is(($desk->verify())[0], 0, 'index and register agree');
is(($desk->{rfl}->ctl('journal', 'verify'))[0], 0, 'the journal is whole');

$t->done();
