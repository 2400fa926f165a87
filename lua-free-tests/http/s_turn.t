#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-53: everything that is ever changed is changed while people search and hand
# in: the secret of the epoch, the key of the inbox, passwords of Redis users,
# the key of TLS.  No request fails, nobody who is there is not found, and what
# was handed in opens.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use IO::Socket::SSL;
use JSON::PP ();
use POSIX qw(strftime);
use Time::HiRes qw(sleep);

use Test::RFL;
use Test::RFL::Forms;
use Test::RFL::Sample;
use Test::RFL::Visitors;


my $t = Test::RFL->new(memory => 1)->has('http_ssl')->has_command('openssl');

my $rfl = $t->rfl_up(entries => 12, policy => { approvals => 2 });
my $dir = $t->testdir();
my @there = map { $_->{names}[0]{full} } @{$rfl->{entries}};

# without its limits, which are another test's, and plain beside TLS

sample_up($t, $rfl, sub {
    s/^\s*limit_(?:req|conn) .*\n//mg;
    s/(listen 127\.0\.0\.1:8443 ssl http2;)/$1\n    listen 127.0.0.1:8080;/;
});

my ($n, $tls) = (0, 0);


# what the visitors do, and "right" if it went as it should

sub searching {
    my $name = $there[$n++ % @there];
    my $found = api_found(name => $name);

    return $found eq '1' ? 'right' : "$name: $found";
}

sub searching_in_vain {
    my $found = api_found(name => 'Zarquela Vostrikane');

    return $found eq '0' ? 'right' : "found nobody: $found";
}

sub visiting {
    my $s = IO::Socket::SSL->new(PeerAddr => '127.0.0.1:' . port(8443),
        SSL_verify_mode => SSL_VERIFY_NONE, Timeout => 20)
        or return "TLS: $SSL_ERROR";

    print $s "GET /en/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    local $/;

    return (<$s> // '') =~ /^HTTP\/1\.1 200 .*<\/html>/s ? 'right'
                                                         : 'half a page';
}

sub handing_in {
    my $p = walk('withdraw', answers('withdraw', name => 'Visitor ' . rand));

    sleep 2.1;

    my $status = form('withdraw', $p, go => 'send')->{status};

    return $status == 200 ? 'right' : "handed in: $status";
}

my @visitors = map { Test::RFL::Visitors->new($t, @$_) }
    [ 1, \&searching ], [ 1, \&searching_in_vain ], [ 1, \&visiting ],
    [ 1, \&handing_in ];


# passwords: the new one is taken beside the old one first

sub password {
    my ($redis, $user, $file) = @_;

    my $old = slurp("$rfl->{dir}/secrets/$file") =~ s/\s+\z//r;
    my $new = unpack 'H*', join '', map { chr int rand 256 } 1 .. 24;

    $redis->cmd('ACL', 'SETUSER', $user, ">$new");
    $t->write_file("$rfl->{dir}/secrets/$file", "$new\n");
    $t->reload();

    # workers of before may have a search under way

    sleep 0.5;

    return $redis->cmd('ACL', 'SETUSER', $user, "<$old");
}

# a new key of the inbox for this month, and the old one retired

sub inbox_key {
    my ($rc, $out) = $rfl->ctl('keys', 'list');
    my ($id) = $out =~ /^([0-9a-f]{16})\b/m;

    $rfl->ctl_ok('keys', 'retire', $id);
    $rfl->ctl_ok('keys', 'new', strftime '%Y-%m', gmtime);
    $rfl->ctl_ok('keys', 'publish');
    $t->reload();
}

# what is sealed to now

sub sealed_to {
    my $trust = JSON::PP->new->decode($t->read_file("$rfl->{dir}/trust.json"));

    return join ' ', map { $_->{public} } grep { !$_->{retired} }
        @{$trust->{societies}[0]{inbox_keys}};
}

sub of_tls {
    return `openssl x509 -noout -fingerprint -in $dir/fullchain.pem`;
}

my $certificate = of_tls();
my $key = sealed_to();

$rfl->ctl_ok('rotate');
is(password($rfl->{index}, 'pub_search', 'pub-search'), 'OK',
    'S-53 another password of index Redis');
inbox_key();
isnt(sealed_to(), $key, 'S-53 another key of the inbox');
$rfl->ctl_ok('rotate');
is(password($rfl->{inbox}, 'pub_inbox', 'pub-inbox'), 'OK',
    'S-53 another of inbox Redis');

sample_key($t);
isnt(of_tls(), $certificate, 'S-53 another key of TLS');
$t->reload();
$rfl->ctl_ok('rotate');

my @seen = map { $_->leave(4) } @visitors;
my %seen;

for my $of (@seen) {
    $seen{$_} += $of->{$_} for keys %$of;
}

my $right = delete $seen{right} // 0;

is(join(', ', map { "$_ ($seen{$_} times)" } sort keys %seen), '',
    "S-53 of $right requests none failed and none was wrong");
cmp_ok($right, '>=', 40, 'S-53 control: there were many');


# all that was handed in, whichever key it was sealed to

my $sent = $seen[3]{right};

$rfl->ctl_ok('inbox', 'pull');

my ($rc, $out) = $rfl->ctl('inbox', 'open', '--json');

is($rc, 0, 'S-53 what was handed in opens') or diag($out);
is(scalar(() = $out =~ /Visitor 0\.\d/g), $sent, "S-53 all $sent of it");


# control: the visitors do see a change that is made without care

my $visitor = Test::RFL::Visitors->new($t, 1, \&searching);

$rfl->{index}->cmd('ACL', 'SETUSER', 'pub_search', 'resetpass', '>other');
$rfl->{index}->cmd('CLIENT', 'KILL', 'USER', 'pub_search');
sleep 0.5;

my $wrong = $visitor->leave(5);
isnt(join(' ', keys %$wrong), 'right',
    'S-53 control: a password changed without care is noticed');

$t->done();
