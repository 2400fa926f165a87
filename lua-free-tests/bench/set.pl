#!/usr/bin/perl

# Copyright (C) The RFL authors
#
# set.pl: between a set of names and the product, for "bench/names":
#
#     set.pl entries     entries of a set as drafts for the desk
#     set.pl names       their names for the peers, one a line
#     set.pl queries     its queries, with years of birth that fit
#     set.pl bodies      these queries, as they are sent
#     set.pl refs FILE   answers with public references, back to ids of the
#                        set; FILE is what "rflctl publish --refs" wrote

use strict;
use warnings;

use Encode qw(encode_utf8);
use JSON::PP;
use POSIX qw(strftime);

# no child is published: all years are moved back, see "names"

use constant YEARS_BACK => 20;

my ($what, $file) = @ARGV;

my %does = (entries => \&entry, names => \&names, queries => \&query, bodies => \&body,
            refs => \&refs);
my $do = $does{$what || ''} or die "usage: see the head of $0\n";

my $json = JSON::PP->new->utf8->canonical;
my $now = time();
my %id;

if ($what eq 'refs') {
    open(my $f, '<', $file) or die "$file: $!\n";
    while (<$f>) {
        my ($source, $ref) = split /[\t\n]/;
        $id{$ref} = $source;
    }
}

while (<STDIN>) {
    my $line = $do->($json->decode($_));
    print ref $line ? $json->encode($line) . "\n" : $line;
}


sub entry {
    my ($e) = @_;

    my %draft = (
        id => $e->{id},
        kind => $e->{kind} // 'looking',
        names => [map { name($_) } @{$e->{names}}],
        event => 'river-flood',
        society => 'northland',
        age_class => 'adult',
        confirmed_on => day(-3),
        not_after => day(80) . 'T00:00:00Z',
        consent => { class => 'searchable', date => day(-3), policy => 1 },
    );

    $draft{birth_year} = $e->{birth_year} - YEARS_BACK if $e->{birth_year};

    for my $field (qw(sex country father mother)) {
        $draft{$field} = $e->{$field} if defined $e->{$field};
    }

    return \%draft;
}


sub name {
    my ($n) = @_;
    my %name = (full => $n->{full});

    for my $part (qw(given family)) {
        $name{$part} = $n->{$part} if length($n->{$part} // '');
    }

    return \%name;
}


sub names {
    my ($e) = @_;
    my $n = 0;
    return encode_utf8(join '',
        map { $e->{id} . '_' . $n++ . "\t$_->{full}\n" } @{$e->{names}});
}


sub query {
    my ($q) = @_;
    $q->{birth_year} -= YEARS_BACK if $q->{birth_year};
    return $q;
}


sub body {
    my ($q) = @_;
    return { map { defined $q->{$_} ? ($_ => $q->{$_}) : () }
                 qw(name birth_year country) };
}


sub refs {
    my ($answer) = @_;
    $answer->{ids} = [map { $id{$_} // "unknown $_" } @{$answer->{ids}}];
    return $answer;
}


sub day {
    my ($offset) = @_;
    return strftime('%Y-%m-%d', gmtime($now + $offset * 86400));
}
