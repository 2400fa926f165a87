package Test::RFL::Daemon;

# Copyright (C) The RFL authors

# A server process of a test: it is started with a command, or adopted, and
# is stopped when the test ends.

use strict;
use warnings;

use POSIX qw(:sys_wait_h);


# command: program and arguments; ready: true when it can be used

sub new {
    my ($class, $t, %opt) = @_;

    return bless { t => $t, %opt }, $class;
}


sub adopt {
    my ($class, $t, $pid) = @_;

    return bless { t => $t, pid => $pid }, $class;
}


sub pid { $_[0]{pid} }


sub start {
    my $self = shift;

    return $self if $self->{pid};

    my $pid = $self->{t}->spawn("$self->{name}.log", @{$self->{command}});

    $self->{pid} = $pid;

    my $up = $self->{t}->wait_for(sub {
        return -1 if waitpid($pid, WNOHANG) == $pid;
        return $self->{ready}->() ? 1 : 0;
    }, 60);

    if ($up != 1) {
        delete $self->{pid} if $up == -1;
        die "$self->{name} does not start:\n"
            . $self->{t}->read_file("logs/$self->{name}.log");
    }

    return $self;
}


sub alive {
    my $self = shift;

    return $self->{pid} && waitpid($self->{pid}, WNOHANG) == 0;
}


sub stop {
    my $self = shift;

    my $pid = delete $self->{pid} or return $self;

    kill 'CONT', $pid;
    kill 'TERM', $pid;

    if (!$self->{t}->wait_for(sub { waitpid($pid, WNOHANG) != 0 }, 30)) {
        kill 'KILL', $pid;
        waitpid $pid, 0;
    }

    return $self;
}


# one that ends of itself: has it, in so many seconds?

sub finish {
    my ($self, $seconds) = @_;

    my $ended = $self->{t}->wait_for(sub {
        return waitpid($self->{pid}, WNOHANG) != 0;
    }, $seconds);

    delete $self->{pid} if $ended;

    return $ended;
}


sub kill {
    my $self = shift;

    my $pid = delete $self->{pid} or return $self;

    CORE::kill('KILL', $pid);
    waitpid $pid, 0;

    return $self;
}


sub pause {
    my $self = shift;

    CORE::kill('STOP', $self->{pid});

    # the signal has arrived when the kernel says so

    $self->{t}->wait_for(sub {
        my ($state) = $self->{t}->read_file("/proc/$self->{pid}/stat")
                      =~ /\) (\w)/;
        return $state eq 'T';
    }, 30);

    return $self;
}


sub cont {
    my $self = shift;

    CORE::kill('CONT', $self->{pid});

    return $self;
}


1;
