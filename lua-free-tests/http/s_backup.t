#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-12: the backup of the desk, made by the very command of docs/desk.md: its
# list of paths is the allow-list, it has no file of index or inbox Redis, and
# nothing that opens it; whoever steals it learns no name.  And it is enough:
# put back on a fresh host as that page says, the register is whole.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Desk;


my $t = Test::RFL->new()->has_command('tar', 'zcat');

my $desk = Test::RFL::Desk->up($t, quick => 0);
my $rfl = $desk->{rfl};
my $dir = $t->testdir();
my $name = 'Zxqvortha Canarysson';

# two are published, one waits, one was handed over, one is still in the inbox

$desk->unlock(qw(amina boris));

my ($id, $second, undef, $handed) = $desk->send(map { $desk->alive($_) }
    $name, 'Wanjiru Canarysson', 'Kwame Canarysson', 'Petra Canarysson');

for my $one ($id, $second) {
    $desk->act('amina', $one, act => 'approve');
    $desk->act('boris', $one, act => 'approve');
}

$desk->act('amina', $handed, act => 'hand');
$desk->put($desk->alive('Yusuf Canarysson'));

is($desk->state('amina', $id), 'published', 'control: published');


# the command of the page

my ($command) = $t->read_file($t->top() . '/docs/desk.md')
    =~ m{^    cd /var/lib/rfl\n(    tar .*?[^\\])\n}ms;

ok($command, 'the page has a command');

$command =~ s/\\\n//g;
$command =~ s{/mnt/backup/\S*\$\(date \+%F\)\S*}{$dir/backup.tar.gz}
    or die "not the command that was expected: $command\n";

$rfl->{desk}->stop();

my ($rc, $out) = $t->command('sh', '-c', "cd $rfl->{dir} && $command");
is($rc, 0, 'it makes the backup') or diag($out);


# S-12: its paths

sub paths {
    my ($rc, $out) = $t->command('tar', '-tzf', $_[0]);

    return grep { !m{/$} } split /\n/, $out;
}

my @allowed = (
    qr{^(?:rflctl\.conf|policy\.json|trust\.json|staff\.json)$},
    qr{^(?:root\.pub|journal\.pub|journal\.ndjson(?:\.[\w:-]+)?)$},
    qr{^vault/[a-z0-9-]+\.key$}, qr{^inbox/[0-9a-f]{16}\.key$},
    qr{^redis/desk/appendonlydir/appendonly\.aof\.[\w.]+$},
);

sub others {
    return grep { my $path = $_; !grep { $path =~ $_ } @allowed } @_;
}

my @paths = paths("$dir/backup.tar.gz");

is(join(' ', others(@paths)), '', 'S-12 exactly the allow-list');

for my $allowed (@allowed) {
    isnt(scalar(grep { $_ =~ $allowed } @paths), 0, "S-12 and all: $allowed");
}

is(join(' ', grep { m{redis/(?:index|inbox)|\.rdb$} && !m{^redis/desk/} }
        @paths), '', 'S-12 no file of index or inbox Redis');
is(join(' ', grep { m{\.(?:acl|conf)$} && $_ ne 'rflctl.conf' } @paths), '',
    'S-12 no access list');

($rc, $out) = $t->command('tar', '-czf', "$dir/all.tar.gz", '-C', $rfl->{dir},
                          '.');

my @all = map { s{^\./}{}r } paths("$dir/all.tar.gz");
my @others = others(@all);

for my $what (qr{^redis/inbox/}, qr{^desk\.key$}, qr{^secrets/},
              qr{^spool/out/}, qr{^redis/index\.acl$})
{
    isnt(scalar(grep { $_ =~ $what } @others), 0,
        "S-12 control: of a copy of all, this is told: $what");
}


# what is in it

sub bytes {
    my (undef, $out) = $t->command('zcat', $_[0]);

    return $out;
}

my $bytes = bytes("$dir/backup.tar.gz");
my $more = bytes("$dir/all.tar.gz");

for my $file ('desk.key', 'journal.key', 'root.key',
              map { "secrets/$_" } qw(desk index-desk inbox-desk pub-search))
{
    my $secret = Test::RFL::slurp("$rfl->{dir}/$file");

    is(index($bytes, $secret), -1, "S-12 nothing of $file is in it");
    isnt(index($more, $secret), -1, '... control: in a copy of all it is');
}

unlike($bytes, qr/Canarysson|555 01 99/, 'S-12 no name, no number');
like($more, qr/Canarysson/, 'S-12 control: in a copy of all there is');


# it is enough, with the keys of the safe

my $new = "$dir/new";

$t->command($t->out() . '/rflctl', 'init', '--run', $rfl->{run}, $new);
$t->command('tar', '-xzf', "$dir/backup.tar.gz", '-C', $new);

sub ctl { $t->command($t->out() . '/rflctl', @_, '--state', $new) }

$rfl->{$_}->stop() for qw(index inbox);

for my $redis (qw(desk index inbox)) {
    my $acl = "$new/redis/$redis.acl";

    $t->write_file($acl, Test::RFL::slurp($acl)
                   . "user tester on >tester ~* &* +\@all\n");
    $t->redis("new-$redis", conf => "$new/redis/$redis.conf",
              sock => "$rfl->{run}/$redis.sock", user => 'tester',
              pass => 'tester',
              args => [ '--dir', $redis eq 'index' ? $rfl->{run}
                                 : $redis eq 'inbox' ? "$rfl->{dir}/redis/inbox"
                                 : "$new/redis/desk" ]);
}

isnt((ctl('list'))[0], 0, 'without the key of the safe it stays closed');

for my $key (qw(desk journal root)) {
    chmod 0600, $t->write_file("$new/$key.key",
                               Test::RFL::slurp("$rfl->{dir}/$key.key"));
}

($rc, $out) = ctl('list');
is($rc, 0, 'put back, the register opens') or diag($out);

my ($ref, @more) = $out =~ /^([\dA-Z]{4}(?:-[\dA-Z]{4}){3})/mg;
is(scalar @more, 1, '... with both entries');

($rc, $out) = ctl('journal', 'verify');
is($rc, 0, 'and the journal is whole') or diag($out);

# somebody was withdrawn since

($rc, $out) = ctl('withdraw', $ref);
is($rc, 0, 'withdrawn again before the first rotation') or diag($out);
($rc, $out) = ctl('rotate');
is($rc, 0, 'which publishes the register') or diag($out);
($rc, $out) = ctl('verify');
is($rc, 0, '... and no more') or diag($out);
is((ctl('show', $ref))[0], 1, '... not who was withdrawn');

$t->done();
