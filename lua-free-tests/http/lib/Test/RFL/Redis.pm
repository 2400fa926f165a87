package Test::RFL::Redis;

# Copyright (C) The RFL authors

# A Redis of a test, on a Unix socket, and a small RESP client.

use strict;
use warnings;

use base 'Test::RFL::Daemon';

use IO::Socket::UNIX;


# opt: conf => path of a configuration file (its socket: sock => path),
# else an empty instance with the options in args; group => group of the
# socket, when root starts it; user, pass: who cmd() is

sub new {
    my ($class, $t, $name, %opt) = @_;

    my $dir = $t->testdir();
    my $sock = $opt{sock} || "$dir/$name.sock";

    my @command = $opt{conf}
        ? ('/usr/bin/redis-server', $opt{conf}, @{$opt{args} || []})
        : ('/usr/bin/redis-server', '--port', 0, '--unixsocket', $sock,
           '--unixsocketperm', 777, '--dir', $dir, '--save', '',
           '--appendonly', 'no', '--dbfilename', "$name.rdb",
           @{$opt{args} || []});

    if ($opt{group} && $> == 0) {
        unshift @command, '/usr/bin/setpriv', "--regid=$opt{group}",
            '--clear-groups';
    }

    my $self = bless {
        t => $t,
        name => $name,
        sock => $sock,
        user => $opt{user},
        pass => $opt{pass},
        command => \@command,
    }, $class;

    $self->{ready} = sub {
        my $c = eval { $self->connect() } or return 0;
        return $c->cmd('PING') !~ /^LOADING/;
    };

    return $self;
}


sub connect {
    my ($self, %opt) = @_;

    my $s = IO::Socket::UNIX->new(Peer => $self->{sock})
        or die "cannot connect to $self->{sock}: $!\n";

    my $c = bless { s => $s, buf => '' }, 'Test::RFL::Redis::Client';

    my ($user, $pass) = exists $opt{user} ? @opt{qw(user pass)}
                                          : @{$self}{qw(user pass)};

    if (defined $user) {
        my $reply = $c->cmd('AUTH', $user, $pass);
        die "$user: $reply\n" if ref $reply;
    }

    return $c;
}


sub start {
    my $self = shift;

    delete $self->{client};

    return $self->SUPER::start();
}


sub cmd {
    my ($self, @args) = @_;

    $self->{client} ||= $self->connect();

    my $reply = eval { $self->{client}->cmd(@args) };

    if ($@) {
        $self->{client} = $self->connect();
        $reply = $self->{client}->cmd(@args);
    }

    return $reply;
}


# The index is a hash of each epoch: the newest one's name; that of the last
# that was there, if none is.

sub hash {
    my $self = shift;

    my ($newest) = sort { $b <=> $a } map { /^e:(\d+)\z/ ? $1 : () }
        @{$self->cmd('KEYS', 'e:*')};

    $self->{hash} = "e:$newest" if defined $newest;

    return $self->{hash} // die "there is no index\n";
}


# labels of it, and what they hold

sub label { my ($self, $label) = @_; $self->cmd('HGET', $self->hash(), $label) }

sub put {
    my ($self, @pairs) = @_;

    my $hash = $self->hash();

    while (my @some = splice @pairs, 0, 1000) {
        my $reply = $self->cmd('HSET', $hash, @some);
        die "HSET: $reply\n" if ref $reply;
    }
}

sub drop { my ($self, @labels) = @_; $self->cmd('HDEL', $self->hash(), @labels) }


# What a thief of the memory would get: every label with its value, of all
# epochs, and every key that is not an epoch's.

sub dump {
    my $self = shift;

    my %all;

    eval { $self->hash() };

    for my $key (@{$self->cmd('KEYS', '*')}) {
        my $value = $self->cmd('GET', $key);

        if (!ref $value) {
            $all{$key} = $value;
            next;
        }

        my $cursor = 0;

        do {
            my $reply = $self->cmd('HSCAN', $key, $cursor, 'COUNT', 1000);
            die "HSCAN: $reply\n" if ref $reply ne 'ARRAY';

            $cursor = $reply->[0];
            my %some = @{$reply->[1]};
            @all{keys %some} = values %some;

        } while ($cursor ne '0');
    }

    return \%all;
}


# in the place of the index that is there

sub restore {
    my ($self, $all) = @_;

    $self->hash();
    $self->cmd('FLUSHALL');

    $self->put(map { $_ => $all->{$_} } grep { length == 16 } keys %$all);

    for (grep { length != 16 } keys %$all) {
        my $reply = $self->cmd('SET', $_, $all->{$_});
        die "SET: $reply\n" if ref $reply;
    }
}


package Test::RFL::Redis::Error;

use overload '""' => sub { $_[0]{text} }, fallback => 1;


package Test::RFL::Redis::Client;


sub cmd {
    my ($self, @args) = @_;

    $self->send(@args);

    return $self->reply();
}


sub send {
    my ($self, @args) = @_;

    my $bytes = '*' . @args . "\r\n";

    for my $arg (@args) {
        my $copy = $arg;
        utf8::encode($copy) if utf8::is_utf8($copy);
        $bytes .= '$' . length($copy) . "\r\n$copy\r\n";
    }

    while (length $bytes) {
        my $n = syswrite $self->{s}, $bytes;
        die "write to Redis: $!\n" if !defined $n;
        substr $bytes, 0, $n, '';
    }
}


sub reply {
    my $self = shift;

    my $line = $self->_line();
    my ($type, $rest) = (substr($line, 0, 1), substr $line, 1);

    return $rest if $type eq '+' || $type eq ':';
    return bless { text => $rest }, 'Test::RFL::Redis::Error' if $type eq '-';

    return undef if $rest < 0;

    if ($type eq '$') {
        $self->_fill($rest + 2);
        return substr substr($self->{buf}, 0, $rest + 2, ''), 0, $rest;
    }

    die "not RESP: $line\n" if $type ne '*';

    return [ map { $self->reply() } 1 .. $rest ];
}


sub _line {
    my $self = shift;

    while (1) {
        my $i = index $self->{buf}, "\r\n";

        if ($i >= 0) {
            return substr substr($self->{buf}, 0, $i + 2, ''), 0, $i;
        }

        $self->_fill(length($self->{buf}) + 1);
    }
}


sub _fill {
    my ($self, $n) = @_;

    while (length $self->{buf} < $n) {
        my $got = sysread $self->{s}, $self->{buf}, 65536,
            length $self->{buf};
        die "Redis closed the connection\n" if !$got;
    }
}


1;
