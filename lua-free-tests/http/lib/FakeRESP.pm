package FakeRESP;

# Copyright (C) The RFL authors

=head1 NAME

FakeRESP - a server that speaks RESP badly, on purpose

=head1 SYNOPSIS

    use FakeRESP;

    my $fake = FakeRESP->new($t, "$dir/index.sock");

    $fake->does('reply', bytes => "-LOADING\r\n", only => 'HMGET');
    $fake->does('pass');

It listens on a Unix socket.  If something listens there already, that
server is moved aside and becomes the upstream: commands are passed to it,
and its answers are spoiled.  So nothing but the faults is fake.

=head1 METHODS

    new($t, $path, %opt)      upstream => path (none: +OK to everything),
                              backlog => n
    does($what, %how)         from the next command or connection on
    told(), told(qr/re/)      what happened: lines "accept", "gone" and the
                              names of commands; with re, how many match
    forget()                  starts told() anew
    stop(), start()           the socket disappears, and is there again
    pause(), cont()           SIGSTOP, SIGCONT: nobody accepts or answers
    end()                     stops, and gives the path back to the upstream

=head1 WHAT IT DOES

    pass                      answers as the upstream does
    split    size, delay      writes so many bytes at a time
    slow     delay            waits before each answer
    silent                    reads and never answers
    reply    bytes            answers with these bytes
    twice                     answers everything twice
    more     bytes            sends these bytes after the answer
    greet    bytes            sends these bytes to whoever connects
    half                      half of the answer, then closes
    stall                     half of the answer, then nothing
    close                     closes instead of answering
    slam                      closes every new connection
    huge     size             a bulk string of that size, zeros
    endless                   an answer without an end
    edit                      answers what the sub given to new() returns:
                              new($t, $path, edit => sub { ... }) gets the
                              members of does(), the answer, the command

All but greet and slam take only => 'HMGET' (others pass) and times => n (then
pass).

=head1 FUNCTIONS

    elements($answer)         the replies in an array, as they were sent
    array(@replies)           an array of them
    bulk($bytes)              a bulk string
    value($reply)             what is in one; undef if it is none

=cut


use strict;
use warnings;

use IO::Select;
use IO::Socket::UNIX;
use JSON::PP ();
use POSIX ();
use Time::HiRes qw(sleep time);


my $json = JSON::PP->new->latin1->canonical;


sub new {
    my ($class, $t, $path, %opt) = @_;

    my $self = bless {
        t => $t,
        path => $path,
        upstream => $opt{upstream},
        backlog => $opt{backlog} || 64,
        edit => $opt{edit},
    }, $class;

    if (!$self->{upstream} && -S $path) {
        $self->{upstream} = $self->{moved} = "$path.real";
        rename $path, $self->{moved} or die "cannot rename $path: $!\n";
    }

    $self->does('pass');
    $self->forget();
    $self->start();

    return $self;
}


sub does {
    my ($self, $what, %how) = @_;

    $how{what} = $what;
    $how{serial} = ++$self->{serial};

    my $tmp = "$self->{path}.new";

    open my $f, '>:raw', $tmp or die "cannot create $tmp: $!\n";
    print $f $json->encode(\%how);
    close $f;

    rename $tmp, "$self->{path}.does" or die "cannot rename $tmp: $!\n";

    return $self;
}


sub told {
    my ($self, $re) = @_;

    open my $f, '<', "$self->{path}.told" or return $re ? 0 : ();
    my @lines = map { chomp; $_ } <$f>;

    return $re ? scalar grep { $_ =~ $re } @lines : @lines;
}


sub forget {
    my $self = shift;

    open my $f, '>', "$self->{path}.told" or die "cannot write: $!\n";

    return $self;
}


sub start {
    my $self = shift;

    return $self if $self->{daemon};

    unlink $self->{path};

    my $listen = IO::Socket::UNIX->new(Local => $self->{path},
        Listen => $self->{backlog}) or die "cannot listen: $!\n";

    chmod 0777, $self->{path};

    $self->{daemon} = $self->{t}->run_daemon(sub { $self->_serve($listen) });

    return $self;
}


sub stop {
    my $self = shift;

    my $daemon = delete $self->{daemon} or return $self;

    $daemon->cont();
    $daemon->kill();
    unlink $self->{path};

    return $self;
}


sub end {
    my $self = shift;

    $self->stop();

    if ($self->{moved}) {
        rename $self->{moved}, $self->{path};
    }

    return $self;
}


sub pause { $_[0]{daemon}->pause(); $_[0] }
sub cont { $_[0]{daemon}->cont(); $_[0] }


# in the forked process

sub _serve {
    my ($self, $listen) = @_;

    # what the test has open is not ours

    for my $fd (3 .. 4095) {
        POSIX::close($fd) if $fd != fileno $listen;
    }

    my $select = IO::Select->new($listen);
    my %client;

    $SIG{PIPE} = 'IGNORE';

    while (1) {

        for my $s ($select->can_read()) {

            if ($s == $listen) {
                my $c = $listen->accept() or next;

                my $client = $self->_accept($c) or next;

                $client{$c} = $client;
                $select->add($c);
                next;
            }

            my $client = $client{$s};

            my $n = sysread $s, $client->{in}, 65536, length $client->{in};

            next if $n && $self->_commands($client);

            $select->remove($s);
            delete $client{$s};
            close $s;
            $self->_tell('gone');
        }
    }
}


sub _accept {
    my ($self, $c) = @_;

    my $does = $self->_does();

    $self->_tell('accept');

    return undef if $does->{what} eq 'slam';

    binmode $c;
    $c->autoflush(1);
    $c->syswrite($does->{bytes}) if $does->{what} eq 'greet';

    my $up;

    if ($self->{upstream}) {
        $up = IO::Socket::UNIX->new(Peer => $self->{upstream});
        binmode $up if $up;
    }

    return { s => $c, up => $up, in => '', out => '' };
}


sub _does {
    my $self = shift;

    open my $f, '<:raw', "$self->{path}.does" or return { what => 'pass' };
    local $/;

    return $json->decode(<$f>);
}


sub _tell {
    my ($self, $line) = @_;

    open my $f, '>>', "$self->{path}.told" or return;
    syswrite $f, "$line\n";
}


# false: the connection is to be closed

sub _commands {
    my ($self, $client) = @_;

    while (my ($size, @args) = _parse($client->{in})) {

        my $raw = substr $client->{in}, 0, $size, '';

        $self->_tell($args[0]);

        my $answer = "+OK\r\n";

        if ($client->{up}) {
            $client->{up}->syswrite($raw);
            $answer = _answer($client);
            return 0 if !defined $answer;
        }

        return 0 if !$self->_spoil($client->{s}, $answer, @args);
    }

    return 1;
}


# a command, an array of bulk strings: (its size, its arguments)

sub _parse {
    my $in = $_[0];

    my ($n) = $in =~ /^\*(\d+)\r\n/ or return;
    my $at = $+[0];
    my @args;

    for (1 .. $n) {
        pos($in) = $at;
        $in =~ /\G\$(\d+)\r\n/g or return;
        $at = pos($in) + $1 + 2;
        return if length $in < $at;
        push @args, substr $in, pos($in), $1;
    }

    return ($at, @args);
}


# one whole answer of the upstream

sub _answer {
    my $client = shift;

    while (1) {
        my $size = reply_size($client->{out}, 0);

        return substr $client->{out}, 0, $size, '' if $size;

        sysread $client->{up}, $client->{out}, 65536, length $client->{out}
            or return undef;
    }
}


# where the reply that begins at $at ends; 0: not all of it is there

sub reply_size {
    my ($in, $at) = @_;

    pos($in) = $at;
    $in =~ /\G([-+:\$*])([^\r]*)\r\n/g or return 0;

    my ($type, $value) = ($1, $2);
    $at = pos $in;

    if ($type eq '$' && $value >= 0) {
        $at += $value + 2;
        return length $in >= $at ? $at : 0;
    }

    if ($type eq '*') {
        for (1 .. $value) {
            $at = reply_size($in, $at) or return 0;
        }
    }

    return $at;
}


sub elements {
    my $answer = shift;

    my ($n) = $answer =~ /^\*(\d+)\r\n/ or return;
    my $at = $+[0];
    my @elements;

    for (1 .. $n) {
        my $end = reply_size($answer, $at);
        push @elements, substr $answer, $at, $end - $at;
        $at = $end;
    }

    return @elements;
}


sub array { '*' . @_ . "\r\n" . join '', @_ }
sub bulk { '$' . length($_[0]) . "\r\n$_[0]\r\n" }
sub value { $_[0] =~ /^\$\d+\r\n(.*)\r\n\z/s ? $1 : undef }


my %spoil = (

    pass => sub { _write($_[0], $_[2]) },

    split => sub {
        my ($s, $does, $answer) = @_;

        while (length $answer) {
            _write($s, substr $answer, 0, $does->{size} || 1, '') or return 0;
            sleep($does->{delay} || 0.001);
        }

        return 1;
    },

    slow => sub {
        my ($s, $does, $answer) = @_;

        sleep $does->{delay};

        return _write($s, $answer);
    },

    silent => sub { 1 },
    reply => sub { _write($_[0], $_[1]{bytes}) },
    twice => sub { _write($_[0], $_[2] . $_[2]) },
    more => sub { _write($_[0], $_[2] . $_[1]{bytes}) },

    half => sub {
        my ($s, $does, $answer) = @_;

        _write($s, substr $answer, 0, length($answer) / 2);

        return 0;
    },

    stall => sub { _write($_[0], substr $_[2], 0, length($_[2]) / 2) },

    close => sub { 0 },

    huge => sub {
        my ($s, $does) = @_;

        _write($s, "\$$does->{size}\r\n") or return 0;

        for (1 .. $does->{size} / 65536 + 1) {
            _write($s, "\0" x 65536) or return 0;
        }

        return 1;
    },

    endless => sub {
        my ($s) = @_;

        _write($s, '+') or return 0;

        for (1 .. 10000) {
            _write($s, 'a' x 65536) or return 0;
        }

        return 0;
    },
);

$spoil{greet} = $spoil{slam} = $spoil{pass};


sub _spoil {
    my ($self, $s, $answer, @args) = @_;

    my $does = $self->_does();

    if ($does->{serial} != ($self->{seen} || 0)) {
        $self->{seen} = $does->{serial};
        $self->{times} = 0;
    }

    if (($does->{only} && $does->{only} ne $args[0])
        || ($does->{times} && $self->{times} >= $does->{times}))
    {
        return _write($s, $answer);
    }

    $self->{times}++;

    if ($does->{what} eq 'edit') {
        return _write($s, $self->{edit}->($does, $answer, @args));
    }

    return $spoil{$does->{what}}->($s, $does, $answer);
}


sub _write {
    my ($s, $bytes) = @_;

    my $at = 0;

    while ($at < length $bytes) {
        my $n = syswrite $s, $bytes, length($bytes) - $at, $at;
        return 0 if !$n;
        $at += $n;
    }

    return 1;
}


1;
