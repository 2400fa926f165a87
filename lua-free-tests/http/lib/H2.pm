package H2;

# Copyright (C) The RFL authors

=head1 NAME

H2 - an HTTP/2 client that sends what it likes, frame by frame

=head1 SYNOPSIS

    use H2;

    my $h2 = H2->new(port(8082), window => 0);

    $h2->headers(1, 'POST', '/en/search', length $body);
    $h2->data(1, $body);
    $h2->reset(1);

    $h2->read(sub { $h2->done(1) }, 20);
    print $h2->body(1);

=head1 METHODS

    new($port, %opt)          says hello; window => n: the first window of a
                              stream, as the server sees it
    headers($id, $method, $path, $length, %opt)
                              end => 1: there is no body
    data($id, $bytes, %opt)   end => 0: there is more to come
    reset($id)                RST_STREAM
    window($id, $n)           WINDOW_UPDATE; stream 0: of the connection
    goaway()                  GOAWAY
    send()                    sends what the verbs above have gathered
    half(), leave($rudely)    ends what we send; closes, perhaps by RST
    read($until, $seconds)    reads until the sub is true, or it is over
    body($id), done($id)      what came as data; whether its end came
    gone($id)                 whether the server reset it

No header is compressed, nor read: an answer is known by its body.

=cut


use strict;
use warnings;

use IO::Select;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER);
use Time::HiRes qw(time);


# types of frames, and flags

use constant {
    DATA => 0, HEADERS => 1, RST_STREAM => 3, SETTINGS => 4, PING => 6,
    GOAWAY => 7, WINDOW_UPDATE => 8,
    END_STREAM => 1, ACK => 1, END_HEADERS => 4,
    CANCEL => 8,
};


sub new {
    my ($class, $port, %opt) = @_;

    my $self = bless { out => '', in => '', body => {}, done => {},
                       gone => {} }, $class;

    $self->{socket} = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port")
        or die "cannot connect: $!\n";

    $self->{out} = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    # 2: no push; 4: the first window

    my $settings = pack 'nN', 2, 0;
    $settings .= pack 'nN', 4, $opt{window} if defined $opt{window};

    $self->_frame(SETTINGS, 0, 0, $settings);

    return $self;
}


sub _frame {
    my ($self, $type, $flags, $id, $payload) = @_;

    my $size = length $payload;

    $self->{out} .= pack 'CnCCN', $size >> 16, $size & 0xffff, $type, $flags,
                                  $id;
    $self->{out} .= $payload;
}


# names by their places in the static table of RFC 7541, values as they are

sub headers {
    my ($self, $id, $method, $path, $length, %opt) = @_;

    my $block = ($method eq 'POST' ? "\x83" : "\x82") . "\x86"
        . "\x04" . pack('C/a*', $path)
        . "\x01" . pack('C/a*', 'localhost')
        . "\x0f\x10" . pack('C/a*', 'application/x-www-form-urlencoded');

    $block .= "\x0f\x0d" . pack('C/a*', $length) if defined $length;

    $self->_frame(HEADERS, END_HEADERS | ($opt{end} ? END_STREAM : 0), $id,
                  $block);
}


sub data {
    my ($self, $id, $bytes, %opt) = @_;

    $self->_frame(DATA, ($opt{end} // 1) ? END_STREAM : 0, $id, $bytes);
}


sub reset  { $_[0]->_frame(RST_STREAM, 0, $_[1], pack 'N', CANCEL) }
sub window { $_[0]->_frame(WINDOW_UPDATE, 0, $_[1], pack 'N', $_[2]) }
sub goaway { $_[0]->_frame(GOAWAY, 0, 0, pack 'NN', 0, 0) }


# the server may have closed it

sub send {
    my $self = shift;

    local $SIG{PIPE} = 'IGNORE';

    my $s = $self->{socket};

    while (length $self->{out}) {
        my $n = syswrite $s, $self->{out};
        return 0 if !$n;
        substr $self->{out}, 0, $n, '';
    }

    return 1;
}


sub half { $_[0]->send(); shutdown $_[0]{socket}, 1 }


sub leave {
    my ($self, $rudely) = @_;

    $self->send();

    setsockopt $self->{socket}, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0
        if $rudely;

    close $self->{socket};
}


sub read {
    my ($self, $until, $seconds) = @_;

    my $end = time() + $seconds;
    my $select = IO::Select->new($self->{socket});

    $self->send();

    while (!$until->()) {
        my $left = $end - time();
        return 0 if $left <= 0 || !$select->can_read($left);

        return 0 if !sysread $self->{socket}, $self->{in}, 65536,
                             length $self->{in};

        $self->_take() while length $self->{in} >= 9
            && length $self->{in} >= 9 + _size($self->{in});

        $self->send();
    }

    return 1;
}


sub _size {
    my ($high, $low) = unpack 'Cn', $_[0];

    return $high << 16 | $low;
}


sub _take {
    my $self = shift;

    my $size = _size($self->{in});
    my ($type, $flags, $id) = unpack 'x3CCN', $self->{in};
    my $payload = substr $self->{in}, 9, $size;

    substr $self->{in}, 0, 9 + $size, '';

    if ($type == DATA) {
        $self->{body}{$id} .= $payload;
        $self->window(0, $size) if $size;
    }

    $self->{done}{$id} = 1
        if ($type == DATA || $type == HEADERS) && $flags & END_STREAM;
    $self->{gone}{$id} = 1 if $type == RST_STREAM;

    $self->_frame(SETTINGS, ACK, 0, '')
        if $type == SETTINGS && !($flags & ACK);
    $self->_frame(PING, ACK, 0, $payload) if $type == PING && !($flags & ACK);
}


sub body { $_[0]{body}{$_[1]} // '' }
sub done { $_[0]{done}{$_[1]} }
sub gone { $_[0]{gone}{$_[1]} }


1;
