package Test::RFL::Stack;

# Copyright (C) The RFL authors

# The whole stack of a test: both Redis instances, rfl-keyd, nginx, and
# published entries.

use strict;
use warnings;
use utf8;


sub up {
    my ($class, $t, %opt) = @_;

    $t->needs('rflctl', 'keyd', 'module');

    die "not yet\n";
}


1;
