#!/usr/bin/perl

# Copyright (C) The RFL authors

# Who may open the moderators' desk (S-85): certificates that are good, over,
# not valid yet, revoked, another society's, made by oneself with the right
# name, and none; what the door tells; every page in each language; and what
# the two modules have in common (S-89).

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new();
my $desk = Test::RFL::Desk->up($t, public => 0, people => [ qw(amina) ],
                                 quick => 0);
my $rfl = $desk->{rfl};
my ($p, $id);


# certificates that look like hers

my $name = 'Amina Haddad';
my $ca = $desk->{ca};
my $other = $desk->authority('other');

$desk->certificate('over', name => $name, days => [ -10, -1 ]);
$desk->certificate('early', name => $name, days => [ 1, 10 ]);
$desk->certificate('revoked', name => $name);
$desk->certificate('stranger', name => $name);
$desk->certificate('self', name => $name, self => 1);
$desk->certificate('amina', name => $name, ca => $other);
$desk->certificate('late', name => $name);
$desk->certificate('server2', name => $name, ext => 'server');

# each is hers by the file in its turn, so that TLS alone has to tell

my $staff = $t->read_file("$desk->{dir}/staff.json");
my %print;

for my $file (map({ "$ca/$_" } qw(over early revoked self late server2)),
              "$other/amina")
{
    my (undef, $out) = $t->command('openssl', 'x509', '-in', "$file.pem",
        '-noout', '-fingerprint', '-sha256');
    ($print{$file}) = $out =~ /=([0-9A-F:]+)/;
}

my ($her) = $staff =~ /"certificates": \[\s*("[0-9a-f]+")/;


# one certificate of the file at a time

sub known {
    my ($file, %opt) = @_;

    my $text = $staff;
    my $list = join ', ', $her, $file ? qq("$print{$file}") : ();

    $text =~ s/("certificates": \[)[^\]]*\]/$1 $list ]/;
    $text =~ s/("revoked": \[)[^\]]*\]/$1 "$print{$opt{revoked}}" ]/
        if $opt{revoked};
    $text =~ s/("not_after": ")[^"]*/$1$opt{until}/ if $opt{until};
    $text =~ s/("not_before": ")[^"]*/$1$opt{from}/ if $opt{from};

    $t->write_file("$desk->{dir}/staff.json", $text);
    $desk->reload();
}

$desk->revoke('revoked');

is($desk->get('amina', '/en/')->{status}, 200, 'her own opens the desk');

known("$ca/late");
is($desk->get('late', '/en/')->{status}, 200,
    'so does a second one, while one replaces the other');

for my $case ([ 'over', "$ca/over", 'over' ],
              [ 'not valid yet', "$ca/early", 'early' ],
              [ 'revoked', "$ca/revoked", 'revoked' ],
              [ 'made by herself', "$ca/self", 'self' ],
              [ 'of a server', "$ca/server2", 'server2' ],
              [ "of another society's authority", "$other/amina", 'amina',
                ca => $other ])
{
    my ($what, $file, $who, %opt) = @$case;

    known($file);
    $p = $desk->get($who, '/en/', %opt);
    isnt($p->{status}, 200, "$what: opens nothing");
    isnt($p->{status}, 303, "$what: leads nowhere");
    unlike($p->{body}, qr/Amina|unlock/, "$what: is told nothing");
    $p = $desk->get($who, '/en/journal', %opt);
    unlike($p->{body}, qr/history|<table/, "$what: no journal either");
}

# also where nginx was told to let pass what it could not prove

my $conf = $t->read_file('desk.conf');

$t->write_file("desk.conf",
               $conf =~ s/(ssl_verify_client optional);/${1}_no_ca;/r);
$desk->reload();
known("$ca/self");
isnt($desk->get('self', '/en/')->{status}, 200,
    'made by herself, and not refused by nginx: opens nothing');
known();
is($desk->get('amina', '/en/')->{status}, 200,
    '... control: her own does');
$t->write_file('desk.conf', $conf);
$desk->reload();

known();

for my $case ([ 'none', undef ], [ 'one that nobody knows', 'stranger' ]) {
    my ($what, $who) = @$case;

    for my $uri (qw(/ /en/ /en/queue/new /en/journal /ar/find /en/spool
                    /nowhere), '/en/item/' . 'ab' x 16)
    {
        $p = $desk->get($who, $uri);
        is($p->{status}, 403, "$what: $uri is closed");
        unlike($p->{body}, qr/Amina|Haddad|csrf|unlock/, '... and tells nothing');
    }

    $p = $desk->request($who, 'POST', '/en/unlock', { csrf => 'A' x 43,
                        passphrase => $desk->passphrase('amina') });
    is($p->{status}, 403, "$what: the passphrase alone is of no use");
    like($desk->get($who, '/en/')->{text}, qr/[Cc]oordinator/,
        "$what: is told whom to ask");
}

my $css;
($css) = $desk->get(undef, '/en/')->{body} =~ /href="([^"]+\.css)"/;
$p = $desk->get(undef, $css);
is($p->{status}, 200, 'the door has its stylesheet');
like($p->{headers}{'content-type'}, qr{^text/css}, '... of the right type');

known(undef, revoked => "$ca/late");
known("$ca/late", revoked => "$ca/late");
is($desk->get('late', '/en/')->{status}, 403,
    'revoked in the file alone: closed');

known(undef, until => '2020-12-31', from => '2020-01-01');
$p = $desk->get('amina', '/en/');
is($p->{status}, 403, 'a person whose time is over: closed');

known();


# headers

$p = $desk->get('amina', '/en/');

my %want = (
    'cache-control' => qr/^no-store$/,
    'content-security-policy' => qr/^default-src 'none';/,
    'cross-origin-opener-policy' => qr/^same-origin$/,
    'cross-origin-resource-policy' => qr/^same-origin$/,
    'permissions-policy' => qr/\bgeolocation=\(\)/,
    'referrer-policy' => qr/^no-referrer$/,
    'strict-transport-security' => qr/^max-age=\d+$/,
    'x-content-type-options' => qr/^nosniff$/,
    'x-frame-options' => qr/^DENY$/,
    'x-robots-tag' => qr/\bnoindex\b/,
);

like($p->{headers}{$_}, $want{$_}, "S-60 desk: $_") for sort keys %want;
ok(!exists $p->{headers}{'set-cookie'}, 'no cookie');


# every page in each language

$desk->unlock('amina');

($id) = $desk->send(
    $desk->alive('Amalia Abendroth'),
    { form => 'message', ref => '00' x 10, answers => {
        message => 'I am well.', sender => 'Boris', phone => '+00 1' } },
    { form => 'report', ref => '00' x 10, answers => { why => 'danger' } },
    { form => 'withdraw', answers => { name => 'X Y', wish => 'hide' } });

my @queues = qw(withdraw new second changes messages reports ending kept
                published done);
my @items = map { $desk->queue('amina', $_) } qw(new messages reports withdraw);

is(scalar @items, 4, 'items of four kinds');

for my $lang (qw(en fr ar es)) {
    for my $uri ('', (map { "queue/$_" } @queues), qw(find journal spool),
                 map { "item/$_" } @items)
    {
        $p = $desk->get('amina', "/$lang/$uri");
        is($p->{status}, 200, "/$lang/$uri");
        is(() = $p->{body} =~ /<html lang="$lang" dir="(?:ltr|rtl)"/g, 1,
            '... in its language');

        # a key that has no words shows itself

        unlike($p->{text}, qr/\b(?:queue|item|act|reject|reason|close|guard
                               |refused|done|edit|role|find|spool|journal)
                              \.[a-z_]+\b/x, '... and all words are there');
    }

    is($desk->get('amina', "/$lang/nothing")->{status}, 404,
        "/$lang/nothing is not there");
    $p = $desk->post('amina', "/$lang/find", { find => 'Amalia Abendroth' });
    is($p->{status}, 200, "/$lang/find answers");
    like($p->{html}, qr/value="Amalia Abendroth"/, '... what was asked');
}

for my $uri ('/xx/', '/en/item/zz', '/en/item/' . 'ab' x 16, '/en/queue/none',
             '/en/item/' . 'ab' x 16 . '/more', '/en/entry/1')
{
    is($desk->get('amina', $uri)->{status}, 404, "$uri is not there");
}

is($desk->request('amina', 'PUT', '/en/', 'x')->{status}, 405,
    'PUT is not for us');
is($desk->request('amina', 'POST', '/en/find', 'x' x (129 * 1024))->{status},
    413, 'a body that is too large');
is($desk->request('amina', 'HEAD', '/en/')->{body}, '', 'HEAD has no body');


# "staff add" makes a signing key and lets it be trusted, or says what to do

sub add {
    my ($id, @more) = @_;

    my $file = $t->write_file("$id.words", "words of $id\n");

    chmod 0600, $file;
    $desk->certificate($id);

    return $desk->{rfl}->ctl_ok('staff', 'add', $id, '--name', $id, '--role',
        'moderator', '--certificate', "$desk->{ca}/$id.pem",
        '--passphrase-file', $file, '--society', 'northland', @more);
}

my $trust = "$desk->{dir}/trust.json";
my $before = $t->read_file($trust);
my $mode = (stat $trust)[2];

like(add('nadia', '--print'), qr/^\{"public": "[^"]+", .*\}$/m,
    'staff add --print prints what belongs into the trust file');
is($t->read_file($trust), $before, '... and leaves that as it is');
like(($desk->{rfl}->ctl('staff', 'list'))[1],
    qr/^nadia .*signing key is not trusted/m, '... as staff list says');

my $said = add('omar');

unlike($said, qr/"public"/, 'staff add prints nothing to be copied');
like(($desk->{rfl}->ctl('staff', 'list'))[1],
    qr/^omar (?!.*not trusted)/m, '... the key is trusted');
is((stat $trust)[2], $mode, '... the file may be read by whom it could');

my ($line) = $t->read_file($trust) =~ /(\s*,\s*\{[^{}]*\})(?=\s*\])/;

is($t->read_file($trust) =~ s/\Q$line\E//r, $before,
    '... and everything else in it is as it was');


# two shared objects that share no handler (S-89)

SKIP: {
    skip 'linked statically', 5 if $t->{module} eq 'static';
    skip 'functions that are inline have names', 5 if $t->build() eq 'coverage';

    my ($public, $private) = ($t->{module},
        $t->{module} =~ s/rfl_module/rfl_desk_module/r);

    my %symbols = map {
        my (undef, $out) = $t->command('nm', '--defined-only', $_);
        $_ => { map { $_ => 1 } $out =~ / [tTdDbBrR] (\w+)$/mg };
    } $public, $private;

    my @ours = grep { /^ngx_http_rfl_/ } keys %{$symbols{$private}};
    my @theirs = grep { /^ngx_(?:http_)?rfl_/ } keys %{$symbols{$public}};

    cmp_ok(scalar @ours, '>', 10, 'symbols of the desk can be seen');
    cmp_ok(scalar @theirs, '>', 50, 'and those of the public module');
    is(join(' ', grep { $symbols{$public}{$_} } @ours), '',
        'none is in both');
    is(join(' ', grep { /^rfl_(?:web|item|review|session|vault|staff|journal
                              |store|desk|spool|keyfile|publish|change)_/x }
            keys %{$symbols{$public}}), '',
        'the public one has nothing of the desk');
    is(join(' ', grep { /^ngx_http_rfl_(?!desk)/ } keys %{$symbols{$private}}),
        '', 'the desk has no public handler');
}

$t->done();
