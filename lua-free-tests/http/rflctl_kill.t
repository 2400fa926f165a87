#!/usr/bin/perl

# Copyright (C) The RFL authors

# A command of rflctl that writes files is killed before each change of a file
# or a folder.  Whatever is there afterwards is whole, and the same command once
# more succeeds, or says that it was done.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use JSON::PP ();

use Test::RFL;
use Test::RFL::Preload;


my $json = JSON::PP->new->utf8->canonical;

my $t = Test::RFL->new(memory => 1)->has_command('gcc');
my $rfl = $t->desk_up();
my $dir = $t->testdir();
my $so = Test::RFL::Preload->new($t, 'die')->{so};
my $rflctl = $t->out() . '/rflctl';


# in a copy of the desk, without its servers

my $desk = "$dir/copy";

sub ctl {
    my @command = @_;

    return $t->command($rflctl, @command,
                       $command[0] =~ /^(?:init|keygen)$/ ? ()
                                                          : ('--state', $desk));
}

sub copy {
    my ($from, $to) = @_;

    $t->command('rm', '-rf', $to);
    $t->command('cp', '-a', $from, $to);
}

sub month {
    my ($m, $y) = (gmtime)[4, 5];
    my $n = $m + $_[0];

    return sprintf '%04d-%02d', $y + 1900 + int $n / 12, $n % 12 + 1;
}

# the inbox keys, one a line, and what is said of them; 1: something is to do

sub listed {
    my ($rc, $out) = ctl('keys', 'list');

    die "keys list: $rc $out" if $rc > 1;

    return grep { /^[0-9a-f]{16} / } split /\n/, $out;
}

my $entries = $t->write_file('entries', join '', map { $json->encode(
    $rfl->complete({ id => "k$_", names => [ "Kilda Signova $_" ] })) . "\n" }
    1 .. 40);

sub signed {
    my @lines = map { eval { $json->decode($_) } // {} }
        split /\n/, $t->read_file("$dir/signed");

    return scalar grep { @{$_->{approvals} // []} == 1 } @lines;
}


my @cases = (
    { what => 'keys new',
      command => [ 'keys', 'new', month(2) ],
      done => sub { listed() == 2 },
      undone => sub { listed() == 1 },
      said => qr/there is a key of \S+ already/ },

    { what => 'keys publish',
      before => [ 'keys', 'new', month(2) ],
      command => [ 'keys', 'publish' ],
      done => sub { 2 == grep { /, published/ } listed() },
      undone => sub { 1 == grep { /, published/ } listed() } },

    { what => 'keys retire',
      command => sub { [ 'keys', 'retire', (listed())[0] =~ /^(\w+)/ ] },
      done => sub { 1 == grep { /retired/ } listed() },
      undone => sub { listed() == 1 && !grep { /retired/ } listed() } },

    { what => 'sign -o',
      command => [ 'sign', '--key', $rfl->key(1), '-o', "$dir/signed",
                   $entries ],
      clean => sub { unlink "$dir/signed" },
      done => sub { signed() == 40 },
      undone => sub { !-e "$dir/signed" } },

    { what => 'sign -o over an older file',
      command => [ 'sign', '--key', $rfl->key(1), '-o', "$dir/signed",
                   $entries ],
      clean => sub { $t->write_file('signed', "older\n") },
      done => sub { signed() == 40 },
      undone => sub { $t->read_file('signed') eq "older\n" } },

    { what => 'keygen',
      command => [ 'keygen', '--no-passphrase', "$dir/new.key" ],
      clean => sub { unlink "$dir/new.key" },
      done => sub { (ctl('sign', '--key', "$dir/new.key", $entries))[1]
                    =~ /not one of "northland"/ },
      undone => sub { !-e "$dir/new.key" },
      said => qr/exists/ },

    { what => 'keys init',
      command => [ 'keys', 'init', '--no-passphrase' ],
      clean => sub {
          $t->command('rm', '-rf', map { "$desk/$_" } qw(vault root.key
                                                         root.pub inbox)) },
      done => sub { ctl('keys', 'new', month(3));
                    1 == grep { /later/ } listed() },
      undone => sub { !-d "$desk/vault" || !-e "$desk/root.pub" },
      said => qr/are there already/ },

    { what => 'init',
      command => [ 'init', '--sample-keys', '--society', 'northland',
                   '--name', 'Northland', '--phone', '+00 1', '--event',
                   'river-flood', "$dir/begun" ],
      clean => sub { $t->command('rm', '-rf', "$dir/begun") },
      done => sub { (ctl('check', '--state', "$dir/begun", $entries))[0] == 0 },
      undone => sub { !-e "$dir/begun" },
      said => qr/exists|there already/ },
);

copy($rfl->{dir}, $desk);

for my $case (@cases) {

    my ($rc, $out, @broken, %seen);
    my $point;

    copy($desk, "$dir/before");
    ctl(@{$case->{before}}) if $case->{before};
    copy($desk, "$dir/ready");

    for ($point = 1; $point < 200; $point++) {

        copy("$dir/ready", $desk);
        $case->{clean}->() if $case->{clean};

        my @command = @{ref $case->{command} eq 'CODE' ? $case->{command}->()
                                                       : $case->{command}};

        {
            local @ENV{qw(LD_PRELOAD DIE_AT DIE_FILES)} = ($so, $point, 1);
            ($rc, $out) = ctl(@command);
            delete @ENV{qw(LD_PRELOAD DIE_AT DIE_FILES)};
        }

        my $killed = ($rc == 128 + 9);
        my $done = $case->{undone}->() ? 0 : 1;

        # what is not as it was is as it should be

        if ($done && !$case->{done}->()) {
            push @broken, "$point: by half";
        }

        last if !$killed;

        $seen{$done}++;

        ($rc, $out) = ctl(@command);

        push @broken, "$point: $rc $out"
            if $rc != 0 && !($done && $case->{said} && $out =~ $case->{said});
        push @broken, "$point: not done in the end" if !$case->{done}->();
    }

    is($rc, 0, "$case->{what}: not killed, it succeeds") or diag($out);
    cmp_ok($point, '>', 4, '... killed at ' . ($point - 1) . ' points');
    ok($seen{0}, '... before it was done');
    is("@broken", '', '... whole at each, and done when it is repeated');

    copy("$dir/before", $desk);
}


# what was killed had the number that this process has now, as in a container

unlink "$dir/signed";

my ($rc, $out) = $t->command('sh', '-c', 'echo half > "$0.$$.tmp"; exec "$@"',
    "$dir/signed", $rflctl, 'sign', '--state', $desk, '--key', $rfl->key(1),
    '-o', "$dir/signed", $entries);

is($rc, 0, 'what a process of the same number left is no hindrance')
    or diag($out);
is(signed(), 40, '... and not what is taken');

$t->done();
