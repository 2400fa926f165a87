#!/usr/bin/perl

# Copyright (C) The RFL authors

# Visitors who leave: after any byte of a request, and at any moment of the
# search that it has begun, politely or not, while rfl-keyd or the index is
# slow or silent, and on whatever way nginx came to the search.  Nothing is
# used after it is gone, and nothing stays behind.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER);
use Time::HiRes qw(sleep);

use FakeRESP;
use Test::RFL;


my $t = Test::RFL->new();

my $rfl = $t->rfl_up(entries => 3, conf => <<'EOF');

        location /told/ {
            rfl_site;
            mirror /en/search;
        }

        location /passed/ {
            mirror /en/search;
            proxy_pass http://127.0.0.1:8080/;
        }

        location /tried/ {
            try_files /nothing /en/search;
        }
EOF

my $name = $rfl->{entries}[0]{names}[0]{full};
my $form = 'name=' . urlencode($name);

utf8::encode($name) if utf8::is_utf8($name);


sub post {
    my ($uri, $more) = @_;

    return "POST $uri HTTP/1.1\r\nHost: localhost\r\n"
        . "Content-Type: application/x-www-form-urlencoded\r\n"
        . ($more // 'Content-Length: ' . length($form)) . "\r\n\r\n";
}

sub leave {
    my ($bytes, $after, $rudely) = @_;

    my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1:' . port(8080))
        or die "cannot connect: $!\n";

    syswrite $s, $bytes;
    sleep $after if $after;
    setsockopt($s, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0) if $rudely;
    close $s;
}

sub found {
    my $answer = http(post('/en/search', "Connection: close\r\n"
        . 'Content-Length: ' . length($form)) . $form);

    return index($answer, $name) >= 0;
}


ok(found(), 'found');

my ($worker) = $t->workers();
my $fds = fds($worker);


# after any byte: a search, one in chunks behind it, and a page

my $chunks = join '', map { "1\r\n$_\r\n" } split //, $form;
my $bytes = post('/en/search') . $form
    . post('/en/search', 'Transfer-Encoding: chunked') . "${chunks}0\r\n\r\n"
    . "GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n";

for (my $n = 1; $n < length $bytes; $n += 7) {
    leave(substr($bytes, 0, $n), 0, $n & 1);
}

ok($t->wait_for(\&found, 20), 'visitors left after any byte: found');
is(join(' ', $t->workers()), $worker, 'the worker lives');
ok($t->wait_for(sub { fds($worker) <= $fds }, 20), 'no descriptor is left');


# at any moment of a search

my %socket = (keyd => $rfl->{keyd_query}, index => $rfl->{index}{sock});

for my $server (sort keys %socket) {
    my $fake = FakeRESP->new($t, $socket{$server});
    $t->reload();

    ok($t->wait_for(\&found, 20), "$server: found through the proxy");

    ($worker) = $t->workers();
    $fds = fds($worker);

    for my $how ([ 'slow', delay => 0.03 ], [ 'silent' ]) {
        $fake->does(@$how);

        for my $uri (qw(/en /told/en /passed/en /tried)) {
            my $search = post("$uri/search") . $form;

            for my $after (0, 0.01, 0.04, 0.1) {
                leave($search, $after, $after == 0.04);
            }

            leave($search x 3, 0.05);
        }
    }

    $fake->does('pass');

    ok($t->wait_for(\&found, 30), "$server: visitors left: found");
    is(join(' ', $t->workers()), $worker, "$server: the worker lives");
    ok($t->wait_for(sub { fds($worker) <= $fds }, 30),
        "$server: no descriptor is left");

    $fake->end();
    $t->reload();
}

ok($t->wait_for(\&found, 20), 'found without the proxies');

$t->done();
