#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-42: what somebody sees who listens between nginx and index Redis: labels of
# one size, values of two, and no name.  A question begins the same whether or
# not there is somebody, and is not known again in the next epoch.  How much is
# read after that does differ, as SECURITY.md says: by this the listener's own
# ears are tried.

use strict;
use warnings;
use utf8;

use FindBin;
use lib "$FindBin::Bin/lib";

use IO::Select;
use IO::Socket::UNIX;

use Test::RFL;
use Test::RFL::Redis;


my $t = Test::RFL->new()->needs('module', 'keyd', 'rflctl');

my $dir = $t->testdir();
my $name = 'Zarquela Vostrikane';
my $common = 'Ahmad Haddad';
my $nobody = 'Olgrida Kanareevskaya';


# passes on what it hears, and writes down who said it

sub tap {
    my ($path, $server) = @_;

    my $door = IO::Socket::UNIX->new(Local => $path, Listen => 16)
        or die "$path: $!\n";
    my $select = IO::Select->new($door);
    my %other;

    chmod 0777, $path;
    open my $log, '>', "$path.log" or die "$path.log: $!\n";
    $log->autoflush(1);

    while (1) {
        for my $s ($select->can_read()) {

            if ($s == $door) {
                my $client = $door->accept() or next;
                my $there = IO::Socket::UNIX->new(Peer => $server);

                $select->add($client, $there) if $there;
                @other{$client, $there} = ([ $there, 'C' ], [ $client, 'S' ])
                    if $there;
                next;
            }

            my ($other, $who) = @{$other{$s}};

            if (sysread $s, my $bytes, 65536) {
                print $log "$who " . unpack('H*', $bytes) . "\n";
                syswrite $other, $bytes;

            } else {
                $select->remove($s, $other);
                delete @other{$s, $other};
                close $_ for $s, $other;
            }
        }
    }
}

my $tap = "$dir/tap";

$t->run_daemon(\&tap, $tap, "$dir/run/index.sock");
$t->wait_for(sub { -S $tap });

my $rfl = $t->rfl_up(
    lines => [ { id => 'one', names => [ $name ] },
               map { { id => "many$_", names => [ $common ],
                       birth_year => 1940 + $_ } } 1 .. 12 ],
    policy => { cap => 64 },
    conf => "rfl_index unix:$tap user=pub_search "
        . "password_file=$dir/desk/secrets/pub-search; "
        . "rfl_hide unix:$tap user=pub_hide "
        . "password_file=$dir/desk/secrets/pub-hide;");


# what was said since the last time: commands, and the sizes of what came back

my $heard = 0;

sub listened {
    my %said = (C => '', S => '');
    my (@commands, @sizes);

    my $log = slurp("$tap.log");

    for my $line (split /\n/, substr $log, $heard) {
        my ($who, $hex) = split / /, $line;
        $said{$who} .= pack 'H*', $hex;
    }

    $heard = length $log;

    for ($said{C}) {
        while (/\G\*(\d+)\r\n/gc) {
            push @commands, [ map {
                /\G\$(\d+)\r\n/gc or die "no command\n";
                my $arg = substr $_, pos, $1;
                pos() += $1 + 2;
                $arg
            } ($_) x $1 ];
        }
    }

    for ($said{S}) {
        while (/\G([*\$+])(-?\d+|OK)\r\n/gc) {
            push @sizes, $2 if $1 eq '$';
            pos() += $2 + 2 if $1 eq '$' && $2 > 0;
        }
    }

    return (\@commands, \@sizes);
}

listened();

sub asked {
    my ($who, $results) = @_;

    is(api_found(name => $who), $results, "control: $who, $results results");

    my ($commands, $sizes) = listened();
    my @strange = grep {
        my ($command, $key, @labels) = @$_;

        $command ne 'HMGET' || $key !~ /^e:\d+$/ || !@labels
            || grep { length != 16 } @labels
    } @$commands;

    is(scalar @strange, 0, "S-42 $who: nothing but labels is asked for");

    my $labels = 0;
    $labels += @$_ - 2 for @$commands;
    is(scalar @$sizes, $labels, '... with a value, or none, for each');

    my %sizes = map { $_ => 1 } @$sizes;
    delete @sizes{-1, 124, 504};
    is(join(' ', keys %sizes), '', '... and values have one of two sizes');

    return map { [ @{$_}[2 .. $#$_] ] } @$commands;
}

sub shape { join ' ', map { scalar @$_ } @_ }


my @one = asked($name, 1);
my @many = asked($common, 10);
my @none = asked($nobody, 0);

isnt(shape(@one), shape(@none),
    'control: how much is read tells one from nobody');
isnt(shape(@many), shape(@one), 'control: and many from one');

is_deeply((asked($name, 1))[0], $one[0], 'S-42 control: asked again, the same');

# the same name when there is nobody

$rfl->ctl_ok('withdraw', $rfl->{refs}{one});
listened();

my @gone = asked($name, 0);

is_deeply($gone[0], $one[0],
    'S-42 a question begins as it did when there was somebody');

# in the next epoch no label is known again

$rfl->ctl_ok('rotate');
listened();

my @next = asked($name, 0);
my %known = map { $_ => 1 } map { @$_ } @gone;

is(shape($next[0]), shape($gone[0]), 'S-42 in the next epoch it is as long');
is(scalar(grep { $known{$_} } map { @$_ } @next), 0,
    'S-42 ... and has no label of this one');


# no name was ever said; one that is said is heard

my $list = $t->write_file('canaries', join "\n", $name, $common, $nobody);

sub leaks {
    $t->write_file('heard', join '', map { pack 'H*', (split / /)[1] }
                   split /\n/, slurp("$tap.log"));

    my ($rc, $out) = $t->command($t->top() . '/lua-free-tests/leakgrep',
                                 '-1', '-c', $list, "$dir/heard");

    return $rc;
}

is(leaks(), 0, 'S-42 no name is said to Redis');

my $loud = Test::RFL::Redis->new($t, 'loud', sock => $tap)
    ->connect(user => 'tester', pass => 'tester');

$loud->cmd('EXISTS', $name);
is(leaks(), 1, 'S-42 control: one that is said is heard');

$t->done();
