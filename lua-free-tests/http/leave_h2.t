#!/usr/bin/perl

# Copyright (C) The RFL authors

# Visitors over HTTP/2 who reset a stream, stop in the middle of it, read
# nothing, say goodbye or are gone, in every phase of a search and of a form:
# before and within the body, while rfl-keyd, the index or the inbox is asked,
# while the answer is written; a hundred at a time.  Others are answered, each
# question is counted once, and nothing stays behind.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use Encode qw(encode_utf8 is_utf8);
use JSON::PP ();
use Time::HiRes qw(sleep time);

use FakeRESP;
use H2;
use Test::RFL;
use Test::RFL::Forms;


my $t = Test::RFL->new()->has('http_v2');

# as many as are sent below: what was not stored does not count

my $forms = 96;

my $rfl = $t->rfl_up(entries => 3,
    http => "rfl_inbox_quota $forms; rfl_timeout 2s; rfl_deadline 2s;\n"
            . 'rfl_body_timeout 2s; send_timeout 2s;',
    conf => "listen 127.0.0.1:8082 http2;\n"
            . "location = /metrics { rfl_status prometheus; }\n");
my $office = office($rfl);

$t->reload();

my $name = $rfl->{entries}[0]{names}[0]{full};
my $search = 'name=' . urlencode($name);

$name = encode_utf8($name) if is_utf8($name);


sub h2 { H2->new(port(8082), @_) }

sub found {
    my $h2 = h2();

    $h2->headers(1, 'POST', '/en/search', length $search);
    $h2->data(1, $search);
    $h2->read(sub { $h2->done(1) }, 20);

    return index($h2->body(1), $name) >= 0;
}

# a counter of the status page, of all servers together

sub counter {
    my $name = shift;

    my $page = http_get('/metrics');
    my @values = $page =~ /^nginx_rfl_$name(?:\{.*\})? (\d+)$/mg
        or die "no $name in:\n$page";
    my $sum = 0;

    $sum += $_ for @values;

    return $sum;
}

sub keyd {
    return JSON::PP->new->decode($rfl->keyd_admin('STATUS'))->{$_[0]};
}

# nothing is left of those who left

my ($worker, $fds);

sub before {
    ok($t->wait_for(\&found, 30), "$_[0]: found");
    ($worker) = $t->workers();
    $fds = fds($worker);
}

sub after {
    my $what = shift;

    ok($t->wait_for(\&found, 30), "$what: found");
    is(join(' ', $t->workers()), $worker, "$what: the worker lives");
    ok($t->wait_for(sub { fds($worker) <= $fds }, 30),
        "$what: no descriptor is left");
    ok($t->wait_for(sub { counter('server_in_flight') == 0 }, 30),
        "$what: no operation is left");
}


# ways to leave a connection with those streams

my %ways = (
    reset => sub {
        my ($h2, @ids) = @_;
        $h2->reset($_) for @ids;
        $h2->send();
        sleep 0.02;
        $h2->leave();
    },
    goodbye => sub {
        my ($h2, @ids) = @_;
        $h2->goaway();
        $h2->half();
        sleep 0.02;
        $h2->leave();
    },
    gone => sub { $_[0]->leave() },
    slammed => sub { $_[0]->leave(1) },
);

# how far the streams came before that: how often DATA, of what

my %phases = (
    'before the body' => sub { },
    'within the body' => sub {
        my ($h2, $id, $body) = @_;
        $h2->data($id, substr($body, 0, 7), end => 0);
    },
    'after the body' => sub {
        my ($h2, $id, $body) = @_;
        $h2->data($id, $body);
    },
);

sub leave {
    my ($uri, $bodies, $phase, $way, $after, %opt) = @_;

    my $h2 = h2(%opt);
    my @ids = map { 2 * $_ + 1 } 0 .. $#$bodies;

    for my $i (0 .. $#ids) {
        $h2->headers($ids[$i], 'POST', $uri, length $bodies->[$i]);
        $phases{$phase}->($h2, $ids[$i], $bodies->[$i]);
    }

    $h2->send();
    sleep $after if $after;
    $ways{$way}->($h2, @ids);
}


# a search, while all servers answer

before('at the beginning');

for my $phase (sort keys %phases) {
    for my $way (sort keys %ways) {
        for my $after (0, 0.003, 0.02) {
            leave('/en/search', [ ($search) x 100 ], $phase, $way, $after);
        }
    }
}

after('a search');


# ... and while one is slow or silent

my %socket = (keyd => $rfl->{keyd_query}, index => $rfl->{index}{sock});

for my $server (sort keys %socket) {
    my $fake = FakeRESP->new($t, $socket{$server});
    $t->reload();
    before("$server, through a proxy");

    for my $how ([ 'slow', delay => 0.01 ], [ 'silent' ]) {
        $fake->does(@$how);

        for my $way (sort keys %ways) {
            for my $after (0, 0.03, 0.1) {
                leave('/en/search', [ ($search) x 100 ], 'after the body',
                      $way, $after);
            }
        }
    }

    $fake->does('pass');
    after($server);
    $fake->end();
    $t->reload();
}


# ... a form while the inbox is: what was sent is stored, or may be sent again

my @states = map {
    form('withdraw', form('withdraw'), name => 'Zarquela', words => "form $_",
         phone => '+41 79 555 01 99')->{state}
} 1 .. $forms;
my @sends = map { "state=$_&go=send" } @states;

my $old = time();
$t->wait_for(sub { time() > $old + 2 }, 10);

{
    my $fake = FakeRESP->new($t, $rfl->{inbox}{sock});
    $t->reload();
    before('inbox, through a proxy');

    my @rest = @sends;

    for my $how ([ 'slow', delay => 0.02 ], [ 'silent' ]) {
        $fake->does(@$how);

        for my $way (sort keys %ways) {
            for my $after (0, 0.03, 0.1) {
                leave('/en/withdraw', [ splice @rest, 0, $forms / 24 ],
                      'after the body', $way, $after);
            }
        }

        # positive control: some did reach it, and are waited for

        cmp_ok($fake->told(qr/^RPUSH/), '>', 0, "inbox $how->[0]: was asked");
        cmp_ok(counter('server_in_flight'), '>', 0,
            "inbox $how->[0]: operations are in flight")
            if $how->[0] eq 'silent';
        $t->wait_for(sub { counter('server_in_flight') == 0 }, 30);
    }

    $fake->does('pass');
    after('inbox');

    # the worker connects anew in its own time

    ok($t->wait_for(sub {
        form('withdraw', { state => $states[-1] },
             go => 'send')->{status} == 200;
    }, 30), 'the inbox answers again');

    my $h2 = h2();
    my @ids = map { 2 * $_ + 1 } 0 .. $#sends;

    for my $i (0 .. $#sends) {
        $h2->headers($ids[$i], 'POST', '/en/withdraw', length $sends[$i]);
        $h2->data($ids[$i], $sends[$i]);
    }

    $h2->read(sub { !grep { !$h2->done($_) } @ids }, 30);

    is(scalar(grep { $h2->body($_) =~ /\b(?:\d{4} ){3}\d{4}\b/ } @ids),
        $forms, 'sent again: all have a reference');

    # an answer that was lost leaves a box that its id tells from another's

    my (%boxes, %ids);

    for my $o ($office->opened()) {
        $boxes{$o->{answers}{words}}++;
        $ids{$o->{answers}{words}}{$o->{id}} = 1;
    }

    is(scalar keys %boxes, $forms, '... all are stored');
    is(scalar(grep { keys %$_ != 1 } values %ids), 0, '... by one id each');
    is(scalar(grep { $boxes{"form $_"} != 1 } 1 .. $forms / 2), 0,
        '... and once, if the inbox was only slow');

    $fake->end();
    $t->reload();
}


# the same stream of searches begun and reset at once, a thousand of them

before('a thousand');

{
    my $h2 = h2();

    for my $i (0 .. 999) {
        $h2->headers(2 * $i + 1, 'POST', '/en/search', length $search);
        $h2->data(2 * $i + 1, $search);
        $h2->reset(2 * $i + 1);
    }

    $h2->send();
    sleep 0.1;
    $h2->leave();
}

after('a thousand');


# whoever reads nothing is sent away in the end, and so is who sends nothing

for my $way (sort keys %ways) {
    leave('/en/search', [ ($search) x 100 ], 'after the body', $way, 0.1,
          window => 0);
    leave('/en/search', [ ($search) x 100 ], 'after the body', $way, 0.1,
          window => 100);
}

{
    my $stalled = h2(window => 0);

    for my $id (1, 3) {
        $stalled->headers($id, 'POST', '/en/search', length $search);
        $stalled->data($id, $search);
    }

    # one opens its window a little

    $stalled->send();
    sleep 0.3;
    $stalled->window(3, 100);

    my $silent = h2();
    $silent->headers(1, 'POST', '/en/search', length $search);
    $silent->headers(3, 'POST', '/en/search', length $search);
    $silent->data(3, substr($search, 0, 5), end => 0);
    $silent->send();

    ok($stalled->read(sub { $stalled->gone(1) && $stalled->gone(3) }, 30),
        'nothing is read: sent away');
    is(length $stalled->body(3), 100, '... with what fitted');
    ok($silent->read(sub { $silent->done(1) && $silent->done(3) }, 30),
        'nothing is sent: told so');
}

after('stalled');

my $counters = keyd('counters');

cmp_ok($counters->{answered}, '>', 100, 'many questions were asked');
is(keyd('budget')->{used_today}, $counters->{answered} + $counters->{refine},
    '... and each was counted once');

$t->done();
