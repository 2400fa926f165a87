package Test::RFL::Drive;

# Copyright (C) The RFL authors

# The moderators' desk by hand, without a browser: unit/desk_drive, which
# reads a command a line and answers it in a line.
#
#     my $drive = Test::RFL::Drive->up($rfl);    # of rfl_up() or desk_up()
#     $drive->ask('amina', 'act', $id, 'approve');
#     $drive->restart();                         # all that is in memory goes
#     $drive->stop();
#
# Amina is a moderator, boris a coordinator, and both sign; carla is an
# auditor.  up($rfl, boris => 'moderator') gives another role, and
# up($rfl, preload => $so) preloads a library.

use strict;
use warnings;
use utf8;

use IPC::Open2;
use JSON::PP ();


my $json = JSON::PP->new->utf8->canonical;


sub up {
    my ($class, $rfl, %opt) = @_;

    my $t = $rfl->{t};

    my $self = bless { rfl => $rfl, preload => delete $opt{preload},
                       command => $t->out() . '/unit/desk_drive' }, $class;

    delete local $ENV{MAKEFLAGS};     # of a make that runs these tests

    system('make', '-s', '-C', $t->top(), 'BUILD=' . $t->build(),
           'build/' . $t->build() . '/unit/desk_drive') == 0
        or die "desk_drive does not compile\n";

    $self->staff(%opt);

    return $self->restart();
}


sub staff {
    my ($self, %role) = @_;

    my $rfl = $self->{rfl};
    my $keys = $json->decode($rfl->{trust})->{societies}[0]{keys};
    my $n = 0;

    $rfl->{t}->write_file("$rfl->{dir}/staff.json", $json->encode({
        societies => ['northland'],
        moderators => [ map { {
            id => $_->[0], name => ucfirst $_->[0],
            role => $role{$_->[0]} // $_->[1],
            not_before => '2020-01-01', not_after => '2099-12-31',
            certificates => [ sprintf '%064x', ++$n ],
            $_->[2] ? (public => $_->[2]{public}) : (),
        } } [ 'amina', 'moderator', $keys->[0] ],
            [ 'boris', 'coordinator', $keys->[1] ],
            [ 'carla', 'auditor' ] ],
    }));
}


sub restart {
    my $self = shift;

    $self->stop();

    my $rfl = $self->{rfl};

    local %ENV = (%ENV, %{$rfl->{t}{env}});
    $ENV{LD_PRELOAD} = $self->{preload};
    delete $ENV{LD_PRELOAD} if !$self->{preload};

    $self->{pid} = open2($self->{out}, $self->{in}, $self->{command},
                         $rfl->{dir}, $rfl->key(1), $rfl->key(2));
    binmode $_, ':utf8' for @{$self}{qw(in out)};

    return $self;
}


sub stop {
    my $self = shift;

    my $pid = delete $self->{pid} or return;

    close $_ for delete @{$self}{qw(in out)};
    waitpid $pid, 0;
}


sub ask {
    my ($self, @words) = @_;

    print { $self->{in} } join(' ', map { s/ /_/gr } @words) . "\n";
    $self->{in}->flush();

    my $out = $self->{out};
    my $answer = <$out> // die "the desk died over: @words\n";
    chomp $answer;

    return $answer;
}


1;
