package Test::RFL::Visitors;

# Copyright (C) The RFL authors

# Visitors who do the same again and again while a test does something else
# beside.
#
#     my $visitors = Test::RFL::Visitors->new($t, $n, sub { ... });
#     my $seen = $visitors->leave($times);
#
# The sub returns what a visitor saw, one line.  They leave when all of them
# together have done it $times times or more: a hash of how often they saw what.

use strict;
use warnings;

my $groups = 0;


sub new {
    my ($class, $t, $n, $code) = @_;

    my $path = $t->testdir() . '/visitors-' . ++$groups;

    my $self = bless { t => $t, stop => "$path.stop",
                       files => [ map { "$path.$_" } 1 .. $n ] }, $class;

    $self->{daemons} = [ map {
        my $file = $_;

        $t->run_daemon(sub {
            open my $log, '>:utf8', $file or die "cannot create $file: $!\n";
            $log->autoflush(1);

            while (!-e $self->{stop}) {
                print $log $code->() . "\n";
            }
        });
    } @{$self->{files}} ];

    return $self;
}


sub leave {
    my ($self, $times) = @_;

    $self->{t}->wait_for(sub { $self->_lines() >= $times }, 120);
    $self->{t}->write_file($self->{stop}, '');
    $_->finish(60) or die "a visitor does not leave\n"
        for @{$self->{daemons}};

    my %seen;
    $seen{$_}++ for $self->_lines();

    return \%seen;
}


sub _lines {
    my $self = shift;

    return map { split /\n/, $self->{t}->read_file($_) } @{$self->{files}};
}


1;
