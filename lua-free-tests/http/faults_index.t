#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-104.  Index Redis answers badly: each time the visitor gets a clear 503, the
# worker lives, nothing leaks, and all is well again without a reload.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use List::Util qw(min);

use FakeRESP;
use Test::RFL;
use Time::HiRes qw(sleep time);


my $t = Test::RFL->new();

my $rfl = $t->rfl_up(entries => 3);

my $name = $rfl->{entries}[0]{names}[0]{full};


# spoils one element: of the answer with labels, or of that with blocks

my $fake = FakeRESP->new($t, $rfl->{index}{sock}, edit => sub {
    my ($does, $answer, @command) = @_;

    my @elements = FakeRESP::elements($answer);
    my $what = grep({ 504 == length(FakeRESP::value($_) // '') } @elements)
               ? 'block' : 'element';

    return $answer if $does->{of} ne $what;

    for my $i (@{$does->{at}}) {
        $elements[$i] = $does->{with} if $i < @elements;
    }

    return FakeRESP::array(@elements);
});

$t->reload();


sub status { api_status(name => $name) }
sub found { api_found(name => $name) }


sub recovers {
    my $what = shift;

    $fake->does('pass');
    ok($t->wait_for(sub { found() eq 1 }, 20), "$what: found again");
}


sub count { scalar(() = $t->read_file('logs/error.log') =~ /$_[0]/g) }


is(found(), 1, 'found when nothing is spoiled');

my ($worker) = $t->workers();
my $fds = fds($worker);

sub whole {
    ok($t->wait_for(sub { fds($worker) <= $fds }, 20),
        'no descriptor has leaked');
    is(join(' ', $t->workers()), $worker, 'it was one worker all the time');
}


# errors: the connection stays, a line in the log, and only one

for my $prefix (qw(LOADING BUSY MASTERDOWN CLUSTERDOWN TRYAGAIN OOM MISCONF
                   NOAUTH NOPERM READONLY MOVED ASK CROSSSLOT EXECABORT
                   WRONGTYPE WRONGPASS))
{
    my $lines = count("refused HMGET: $prefix,");

    $fake->forget();
    $fake->does('reply', bytes => "-$prefix some words $name\r\n",
        only => 'HMGET');

    is(status(), 503, "-$prefix: 503");
    is(status(), 503, "-$prefix: 503 again");

    is(count("refused HMGET: $prefix,"), $lines + 1, "-$prefix: logged once");

    $fake->does('pass');
    is(found(), 1, "-$prefix: found at once when it is over");
    is($fake->told(qr/accept/), 0, "-$prefix: the connection stays");
}

$fake->does('reply', bytes => "-FROBNICATED $name\r\n", only => 'HMGET');
is(status(), 503, 'an unknown error: 503');
recovers('an unknown error');

unlike($t->read_file('logs/error.log'), qr/\Q$name\E/,
    'the words of an error are not logged');


# what is not RESP, or not what was asked for

my %garbage = (
    'no RESP' => "!garbage\r\n",
    'HTTP' => "HTTP/1.1 400 Bad Request\r\n\r\n",
    'zeros' => "\0" x 64,
    'an empty line' => "\r\n",
    'a RESP3 map' => "%1\r\n+a\r\n+b\r\n",
    'a RESP3 set' => "~1\r\n+a\r\n",
    'a RESP3 push' => ">2\r\n+message\r\n+a\r\n",
    'a RESP3 null' => "_\r\n",
    'a RESP3 double' => ",1.5\r\n",
    'a RESP3 boolean' => "#t\r\n",
    'a RESP3 number' => "(12345678901234567890\r\n",
    'a RESP3 verbatim string' => "=7\r\ntxt:abc\r\n",
    'an integer' => ":1\r\n",
    'a status' => "+OK\r\n",
    'a string' => "\$5\r\nhello\r\n",
    'nil' => "\$-1\r\n",
    'a nil array' => "*-1\r\n",
    'an empty array' => "*0\r\n",
    'a short array' => "*1\r\n:1\r\n",
    'a long array' => "*1000000000\r\n",
    'an array of impossible length' => "*-7\r\n",
    'an array of more than 64 bits' => "*99999999999999999999999\r\n",
    'a string of impossible length' => "\$-7\r\n",
    'a string of more than 64 bits' => "\$99999999999999999999999\r\n",
    'arrays in arrays' => "*2\r\n*2\r\n:1\r\n:1\r\n:1\r\n",
    'deep arrays' => "*1\r\n" x 1000,
    'no length' => "\$\r\n",
    'a long string in an element' =>
        "*2\r\n\$2000\r\n" . 'a' x 2000 . "\r\n\$-1\r\n",
);

for my $what (sort keys %garbage) {
    $fake->does('reply', bytes => $garbage{$what}, only => 'HMGET');

    is(status(), 503, "$what: 503");
    recovers($what);
}

is(join(' ', $t->workers()), $worker, 'no worker has died of that');


# pieces, too much, too little

$fake->does('split', size => 1, delay => 0.0001);
is(found(), 1, 'byte by byte: found');

$fake->does('split', size => 101, delay => 0.001);
is(found(), 1, 'in odd pieces: found');

$fake->does('slow', delay => 0.1);
is(found(), 1, 'slow: found');

$fake->does('twice', only => 'HMGET');
status();
recovers('an answer given twice');
is(join(' ', $t->workers()), $worker, 'the worker lives');

for my $bytes ("+HELLO\r\n", "-ERR go away\r\n", ":1\r\n", "\$3\r\nabc\r\n",
               "*1\r\n\$3\r\nabc\r\n")
{
    my ($what) = $bytes =~ /(.*)\r\n\z/s;
    $what =~ s/\r\n/ /g;

    $fake->does('more', bytes => $bytes, only => 'HMGET', times => 1);
    status();
    recovers("an answer nobody asked for, $what");
}

$fake->does('greet', bytes => "+HELLO\r\n");
$rfl->{index}->cmd('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
status() for 1 .. 3;
recovers('a greeting');

is(join(' ', $t->workers()), $worker, 'the worker lives');

$fake->does('half', only => 'HMGET');
is(status(), 503, 'half an answer: 503');
recovers('half an answer');

$fake->does('reply', bytes => "*2\r\n\$124\r\nabc", only => 'HMGET');
is(status(), 503, 'an answer that does not end: 503');
$fake->does('pass');
status();
recovers('an answer that does not end');

$fake->does('close', only => 'HMGET');
is(status(), 503, 'closed: 503');
recovers('closed');

my $rss = rss($worker);

$fake->does('huge', size => 100_000_000, only => 'HMGET');
is(status(), 503, 'a bulk string of 100 MB: 503');
recovers('a bulk string of 100 MB');

$fake->does('endless', only => 'HMGET');
is(status(), 503, 'a line without an end: 503');
recovers('a line without an end');

cmp_ok(rss($worker) - $rss, '<', $t->build() eq 'asan' ? 60_000 : 4000,
    'memory stays flat, kB');


# a single value that is not what it should be is as if it were not there

my %element = (
    'nil' => "\$-1\r\n",
    'an integer' => ":1\r\n",
    'an error' => "-ERR no\r\n",
    'a status' => "+OK\r\n",
    'an empty string' => "\$0\r\n\r\n",
    'a short string' => FakeRESP::bulk('x' x 107),
    'a longer string' => FakeRESP::bulk('x' x 109),
    'random bytes' => FakeRESP::bulk('x' x 124),
);

for my $what (sort keys %element) {

    $fake->does('edit', only => 'HMGET', of => 'element',
        with => $element{$what}, at => [ 1 .. 2000 ]);
    is(found(), 0, "$what for all elements: nobody is found");

    $fake->does('edit', only => 'HMGET', of => 'element',
        with => $element{$what}, at => [ 0 ]);
    is(status(), 503, "$what for the manifest: 503");

    $fake->does('edit', only => 'HMGET', of => 'block',
        with => $element{$what}, at => [ 0 .. 2000 ]);
    is(found(), 0, "$what for all blocks: nobody is found");
}

recovers('spoiled values');


# silence

whole();
$rfl->waits(2, 5);
$t->reload();
recovers('a reload');

($worker) = $t->workers();
$fds = fds($worker);

$fake->does('silent', only => 'HMGET');

my $start = time();
is(status(), 503, 'silence: 503');
cmp_ok(time() - $start, '<', 15, 'silence: after the timeout');

recovers('silence');

$rfl->{index}->pause();
is(status(), 503, 'a stopped Redis: 503');
is(status(), 503, 'a stopped Redis: 503 again');
$rfl->{index}->cont();
ok($t->wait_for(sub { found() eq 1 }, 20), 'it goes on: found again');


# refusing, vanishing

my $asked = $fake->told(qr/accept/);

$fake->does('slam');
$rfl->{index}->cmd('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
$t->wait_for(sub { $fake->told(qr/accept/) > $asked }, 20);
is(status(), 503, 'connections are closed at once: 503');

$fake->forget();
sleep 1.5;
cmp_ok($fake->told(qr/accept/), '<', 10, 'no hurry to connect again');
recovers('connections closed at once');

$fake->stop();

my @took = map {
    $start = time();
    is(status(), 503, 'nobody listens: 503');
    time() - $start;
} 1 .. 6;

# the quickest of them: this computer may do other things beside

cmp_ok(min(@took), '<', 1.5, 'nobody listens: at once');


# by each connection of a worker: rfl_index has one, rfl_hide another

my %away;
my $lines = $t->read_file('logs/error.log');
$away{$1}++ while $lines =~ /\] (\d+)#\d+: [^\n]*is away: cannot connect/g;

is(scalar(grep { $_ > 2 } values %away), 0, 'logged once');

$fake->start();
recovers('nobody listens');
whole();

unlike($t->read_file('logs/error.log'), qr/\Q$name\E/, 'no name in the log');


# a password that is refused

$fake->does('reply', bytes => "-WRONGPASS no such user $name\r\n",
    only => 'AUTH');
$t->reload();

is(status(), 503, 'a wrong password: 503');
ok($t->wait_for_log(qr/refused AUTH: WRONGPASS/, 5),
    'a wrong password is logged');

recovers('a wrong password');

# each user has a connection of its own; a worker that ends may try once more

my $log = $t->read_file('logs/error.log');
my %said;
$said{"$1 $2"}++
    while $log =~ /\] (\d+)#\d+: [^\n]*user "(\w+)", refused AUTH: WRONGPASS/g;

ok((grep { /pub_search/ } keys %said), 'the log names the user');
is(scalar(grep { $_ > 1 } values %said), 0, 'once by each connection');

$t->done();
