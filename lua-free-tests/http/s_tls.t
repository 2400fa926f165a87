#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-65: what the shipped configuration offers by TLS: no old protocol, no
# ticket, no early data, no renegotiation.  S-43: and what the network sees of
# an answer to a search, its length, is one and the same.  Each look is also
# taken at a server that has what is looked for.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use IO::Select;
use IO::Socket::INET;

use Test::RFL;
use Test::RFL::Sample;


my $t = Test::RFL->new(memory => 1)->has('http_ssl')->has_command('openssl');

my $rfl = $t->rfl_up(entries => 30, lines => [
    (map { Test::RFL::Stack::entry($_) } 0 .. 29),
    map { { id => "many$_", names => [ 'Ahmad Haddad' ],
            birth_year => 1950 + $_ } } 1 .. 12 ],
    policy => { cap => 8 });

# beside it a server as it should not be: the same client sees all of it there

my $dir = $t->testdir();

sample_up($t, $rfl, sub { $_ .= <<"EOC" });
server {
    listen 127.0.0.1:8444 ssl;
    ssl_certificate $dir/fullchain.pem;
    ssl_certificate_key $dir/key.pem;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_ciphers DEFAULT:\@SECLEVEL=0;
    ssl_early_data on;
    location / { return 200 "here\\n"; }
}
EOC


# all that a client sees of a request

sub client {
    my ($port, @options) = @_;

    my (undef, $out) = $t->command('timeout', 30, 'openssl', 's_client',
        '-connect', "127.0.0.1:$port", '-servername', 'localhost', '-ign_eof',
        '-cipher', 'DEFAULT:@SECLEVEL=0', @options,
        \"GET /robots.txt HTTP/1.0\r\n\r\n");

    return $out;
}

sub speaks { client(@_) =~ /^HTTP\/1\.[01] 200/mi ? 1 : 0 }

my ($good, $bad) = (port(8443), port(8444));

for my $version (qw(tls1 tls1_1 tls1_2 tls1_3)) {
    my $new = $version =~ /_[23]/ ? 1 : 0;

    is(speaks($good, "-$version"), $new,
        'S-65 ' . ($new ? 'speaks' : 'does not speak') . " $version");
    is(speaks($bad, "-$version"), 1, "S-65 control: the client can");
}

# What a server without tickets sends in TLS 1.3 is called a ticket as well:
# a number that it has forgotten already.

sub resumes {
    my ($port, $version) = @_;

    unlink "$dir/session";
    client($port, "-$version", '-sess_out', "$dir/session");

    return client($port, "-$version", '-sess_in', "$dir/session")
           =~ /^(New|Reused), /m ? $1 : 'no connection';
}

for my $version (qw(tls1_2 tls1_3)) {
    is(resumes($good, $version), 'New', "S-65 no ticket is taken, $version");
    is(resumes($bad, $version), 'Reused', 'S-65 control: elsewhere one is');
}

my $early = qr/Max Early Data: [1-9]/;

unlike(client($good, '-tls1_3'), $early, 'S-65 no early data');
like(client($bad, '-tls1_3'), $early, 'S-65 control: seen where it is');


# the client asks for a renegotiation: what it says to the answer

sub renegotiates {
    my $port = shift;

    my $pid = open(my $in, '|-') // die "cannot fork: $!\n";

    if (!$pid) {
        open STDOUT, '>', "$dir/renegotiation";
        open STDERR, '>&', \*STDOUT;
        exec 'timeout', 30, 'openssl', 's_client', '-connect',
            "127.0.0.1:$port", '-tls1_2', '-cipher', 'DEFAULT:@SECLEVEL=0'
            or POSIX::_exit(127);
    }

    $in->autoflush(1);

    $t->wait_for(sub {
        $t->read_file('renegotiation') =~ /Extended master secret/
    }, 20) or return 'no connection';

    my $old = length $t->read_file('renegotiation');
    my $answer;

    print $in "R\n";

    # a second handshake shows the certificate once more

    $t->wait_for(sub {
        my $said = $t->read_file('renegotiation') =~ s/\A.{$old}//sr;

        $answer = $said =~ /no renegotiation/ ? 'refused'
            : $said =~ /verify (?:return|error)/ ? 'done'
            : $said =~ /:error:|closed/ ? 'cut' : '';
    }, 20);

    kill 'TERM', $pid;
    close $in;

    return $answer;
}

# nginx does not at all, so that this control is another server

my $other = port(8446);
my $careless = $t->run_daemon('openssl', 's_server', '-accept',
    "127.0.0.1:$other", '-cert', "$dir/fullchain.pem", '-key', "$dir/key.pem",
    '-client_renegotiation', '-www', '-quiet');

$t->wait_for(sub { IO::Socket::INET->new(PeerAddr => "127.0.0.1:$other") }, 30)
    or die "openssl s_server does not start\n";

like(renegotiates($good), qr/^(?:refused|cut)$/, 'S-65 no renegotiation');
is(renegotiates($other), 'done', 'S-65 control: elsewhere there is');

$careless->stop();


# S-43: somebody on the way, who counts

my $seen = "$dir/seen";
my $relay = port(8445);

$t->run_daemon(sub {
    my $listen = IO::Socket::INET->new(Listen => 64, ReuseAddr => 1,
                                       LocalAddr => "127.0.0.1:$relay");

    while (my $visitor = $listen->accept()) {
        my $site = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$good");
        my $select = IO::Select->new($visitor, $site);
        my %n = ($visitor => 0, $site => 0);

        PASS: while (my @ready = $select->can_read(20)) {
            for my $from (@ready) {
                last PASS if !sysread $from, my $bytes, 65536;

                $n{$from} += length $bytes;
                syswrite $from == $site ? $visitor : $site, $bytes;
            }
        }

        open my $f, '>>', $seen;
        print $f "$n{$visitor} $n{$site}\n";
        close $f;
        close $_ for $visitor, $site;
    }
});

$t->wait_for(sub { IO::Socket::INET->new(PeerAddr => "127.0.0.1:$relay") }, 30)
    or die "the relay does not start\n";

# what went to a visitor, in bytes, for requests of one length

sub counted {
    my ($path, @bodies) = @_;

    my @sizes;

    for my $body (@bodies) {
        my $before = () = $t->read_file('seen') =~ /\n/g;

        my $request = defined $body
            ? "POST $path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              . "Content-Type: application/x-www-form-urlencoded\r\n"
              . 'Content-Length: ' . length($body) . "\r\n\r\n$body"
            : "GET $path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        $t->command('timeout', 30, 'openssl', 's_client', '-connect',
                    "127.0.0.1:$relay", '-tls1_3', '-ign_eof', '-quiet',
                    \$request);
        $t->wait_for(sub {
            (() = $t->read_file('seen') =~ /\n/g) > $before
        }, 30);

        push @sizes, (split ' ', (split /\n/, $t->read_file('seen'))[-1])[1];
    }

    my %size = map { $_ => 1 } @sizes;

    return join ' ', sort keys %size;
}

sub named { map { 'name=' . ($_ =~ tr/ /+/r) } @_ }

my $hits = counted('/en/search',
    named(map { $_->{names}[0]{full} } @{$rfl->{entries}}[0 .. 7]));

like($hits, qr/^\d{5}$/, 'S-43 eight searches that find: one length');
is(counted('/en/search', named('Nobody Atall', 'Zarquela Vostrikane',
                               'Ng To', 'Maximiliane Oberhuberova')), $hits,
    'S-43 four that do not');
is(counted('/en/search', named('Ahmad Haddad')), $hits,
    'S-43 one for whom too many fit');
is(counted('/en/search', named('Amalia')), $hits, 'S-43 one that is refused');
isnt(counted('/en/privacy', undef), $hits, 'S-43 control: another page');

$t->done();
