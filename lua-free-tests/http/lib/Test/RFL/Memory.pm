package Test::RFL::Memory;

# Copyright (C) The RFL authors

# What a process has in memory, region by region, as its owner or root sees it.
#
#     regions($pid, qr/^\S+ rw/, sub { my ($line, $bytes) = @_; ... });
#     # each region whose line of /proc/PID/maps matches

use strict;
use warnings;

no warnings 'portable';

use parent 'Exporter';

use Test::RFL ();

our @EXPORT = qw(regions);


sub regions {
    my ($pid, $which, $see) = @_;

    open my $mem, '<:raw', "/proc/$pid/mem" or die "cannot read: $!\n";

    for my $line (split /\n/, Test::RFL::slurp("/proc/$pid/maps")) {
        my ($from, $to) = $line =~ /^([0-9a-f]+)-([0-9a-f]+) / or next;

        next if $line !~ $which;

        sysseek $mem, hex $from, 0 or next;
        my $left = hex($to) - hex $from;
        my $bytes = '';

        while ($left > 0) {
            my $n = sysread $mem, $bytes, $left, length $bytes;
            last if !$n;
            $left -= $n;
        }

        $see->($line, $bytes);
    }
}


1;
