package Test::RFL::Keyd;

# Copyright (C) The RFL authors

# rfl-keyd alone, for tests of the daemon itself.
#
#     my $k = Test::RFL::Keyd->new($t, 'keyd', rate => '100/s');
#     $k->start();
#     my $c = $k->connect();             # the query socket
#     my $a = $k->connect('admin');
#     $c->cmd('PING');                   # a client as of Test::RFL::Redis
#     $k->epoch($id, %opt);              # EPOCH.ADD and EPOCH.USE; the secret
#     $k->status();                      # decoded

use strict;
use warnings;

use base 'Test::RFL::Daemon';

use IO::Socket::UNIX;
use JSON::PP ();

use Test::RFL::Redis;


sub new {
    my ($class, $t, $name, %opt) = @_;

    my $dir = "$t->{testdir}/$name";
    mkdir $dir;
    chmod 0755, $dir;

    my $self = $class->SUPER::new($t, name => $name, dir => $dir,
        query => "$dir/query.sock", admin => "$dir/admin.sock",
        log => "$dir/keyd.log");

    my %all = (query => $self->{query}, admin => $self->{admin},
        log => $self->{log}, rate => '100000/s', burst => 100000,
        daily => 1000000, %opt);

    $all{uid} //= 'nobody' if $> == 0;

    $self->{command} = [ "$t->{out}/rfl-keyd",
        map { "--$_=$all{$_}" } grep { defined $all{$_} } sort keys %all ];

    $self->{ready} = sub { -S $self->{query} && $self->answers() };

    return $self;
}


sub answers {
    my $self = shift;

    return eval { $self->connect()->cmd('PING') eq 'PONG' };
}


sub socket {
    my ($self, $which) = @_;

    return IO::Socket::UNIX->new(Peer => $self->{$which || 'query'});
}


sub connect {
    my ($self, $which) = @_;

    my $s = $self->socket($which) or die "cannot connect: $!\n";

    return bless { s => $s, buf => '' }, 'Test::RFL::Redis::Client';
}


sub epoch {
    my ($self, $id, %opt) = @_;

    my $now = time;
    my $secret = $opt{secret} // join '', map { chr int rand 256 } 1 .. 32;

    my $admin = $self->connect('admin');

    for my $reply ($admin->cmd('EPOCH.ADD', $id, $opt{start} // $now,
                               $opt{end} // $now + 86400, $secret),
                   $admin->cmd('EPOCH.USE', $id))
    {
        die "epoch $id: $reply\n" if $reply ne 'OK';
    }

    return $secret;
}


sub status {
    my $self = shift;

    return JSON::PP::decode_json($self->connect('admin')->cmd('STATUS'));
}


1;
