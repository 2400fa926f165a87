package Test::RFL::Preload;

# Copyright (C) The RFL authors

# A library to be preloaded into what is tested, compiled from the file in C
# beside the tests, and the file by which a test tells it what to do.
#
#     my $clock = Test::RFL::Preload->new($t, 'clock');      # clock.c
#     $clock->tell(pack 'q<2', 60, 0);   # whoever has mapped its file sees it
#     $clock->into_nginx();              # from its next start on
#     $clock->into_daemons();            # Redis, rfl-keyd, and nginx
#
#     $clock->{so}                       # for LD_PRELOAD of a single program
#     $clock->{file}

use strict;
use warnings;


sub new {
    my ($class, $t, $name) = @_;

    my $self = bless {
        t => $t,
        so => "$t->{testdir}/$name.so",
        file => "$t->{testdir}/$name",
    }, $class;

    my ($rc, $out) = $t->command('gcc', '-shared', '-fPIC', '-O1',
        '-o', $self->{so}, $t->top() . "/lua-free-tests/http/$name.c", '-ldl');

    die "$name.c does not compile:\n$out" if $rc != 0;

    $t->{env}{'RFL_TEST_' . uc $name} = $self->{file};

    return $self;
}


# in place, since it is mapped; workers of nginx may read it

sub tell {
    my ($self, $bytes) = @_;

    my $new = !-e $self->{file};

    open my $f, $new ? '>:raw' : '+<:raw', $self->{file}
        or die "$self->{file}: $!\n";
    syswrite $f, $bytes;
    close $f;

    chmod 0644, $self->{file} if $new;
}


sub into_nginx {
    my $self = shift;

    $self->{t}{preload} = $self->{so};
}


sub into_daemons {
    my $self = shift;

    $self->{t}{env}{LD_PRELOAD} = $self->{so};
}


1;
