#!/usr/bin/perl

# Copyright (C) The RFL authors

# docs.pl: do the documents say what the sources say?  Each directive of both
# modules has its place in the reference, with the context and the default of
# the code, and each in the reference exists; so have variables, with their
# values.  Each link between the documents leads somewhere, each source that
# they name is there, and the list of security checks has what tests speak of.
# Prints "file: what is wrong", exits with 1 if anything is.

use strict;
use warnings;

use File::Basename qw(basename dirname);
use File::Find qw(find);


chdir dirname($0) . '/..' or die "docs: $!\n";

my @modules = (
    { docs => 'docs/directives.md', dir => 'ngx_rfl_module/public',
      file => 'ngx_http_rfl_module.c', vars => 'ngx_http_rfl_vars.c' },
    { docs => 'docs/desk.md', dir => 'ngx_rfl_module/desk',
      file => 'ngx_http_rfl_desk_module.c' },
);

# in the order of the reference
my @contexts = ([ NGX_HTTP_MAIN_CONF => 'http' ],
                [ NGX_HTTP_SRV_CONF => 'server' ],
                [ NGX_HTTP_LOC_CONF => 'location' ]);

# what a number of the reference is to the function that sets it

my %units = (
    msec => { ms => 1, s => 1000, m => 60000, h => 3600000 },
    sec => { s => 1, m => 60, h => 3600 },
    size => { '' => 1, k => 1024, m => 1024 * 1024 },
);

my $rc = 0;


sub wrong {
    print "@_\n";
    $rc = 1;
}


sub slurp {
    my $name = shift;

    open my $f, '<', $name or die "docs: $name: $!\n";
    local $/;

    return scalar <$f>;
}


# what the code gives a member that is not set: a number or a string

sub default_of {
    my ($code, $member, $macro) = @_;

    return if $code !~ /\bngx_conf_(?:merge|init)_\w+\(\s*\w+->\Q$member\E,
                        \s*(?:prev->\Q$member\E,\s*)?([^;]+?)\);/x;
    my $value = $1;

    $value =~ s/\b([A-Z]\w+)\b/$macro->{$1} \/\/ $1/ge;

    return eval $value if $value =~ /^[\d\s*]+$/;    # 65536 * 16

    return $value eq 'NULL' ? '' : $value =~ s/^"(.*)"$/$1/r;
}


# the default of the reference, in the unit of the code

sub documented {
    my ($value, $set) = @_;

    return $1 * $units{$set}{$2}
        if $value =~ /^(\d+)([a-z]*)$/ && defined $units{$set}{$2};

    return $value eq 'off' ? '' : $value;
}


for my $m (@modules) {
    my $docs = slurp($m->{docs});
    my $code = slurp("$m->{dir}/$m->{file}");
    my %macro = join('', map { slurp($_) } glob "$m->{dir}/*.[ch]")
                =~ /^#define (\w+) +("[^"]*"|\d+)$/mg;
    my (%section, %known);

    $section{$1} = $2 while $docs =~ /^### (rfl_\w+)\n(.*?)(?=^##|\z)/gms;

    $code =~ s/\bNGX_HTTP_RFL_ANY\b/join '|', map { $_->[0] } @contexts/ge;

    while ($code =~ /^\ {4}\{\ ngx_string\("(\w+)"\),\s*([^,]+),\s*(\w+),
                     \s*\w+,\s*(?:offsetof\(\w+,\s*([\w.]+)\)|\w+),/gmx)
    {
        my ($name, $flags, $set, $member) = ($1, $2, $3, $4);
        my $text = delete $section{$name};

        if (!defined $text) {
            wrong("$m->{docs}: $name is missing");
            next;
        }

        my $context = join ', ', map { $_->[1] }
                      grep { $flags =~ /\b$_->[0]\b/ } @contexts;

        wrong("$m->{docs}: $name: the context is $context")
            if $text !~ /^\| \*\*Context:\*\* \| \Q$context\E \|$/m;
        wrong("$m->{docs}: $name: no syntax")
            if $text !~ /^\| \*\*Syntax:\*\* \| `$name\b[^`]*;` \|$/m;

        my $default = defined $member ? default_of($code, $member, \%macro)
                                      : undef;
        my ($said) = $text =~ /^\| \*\*Default:\*\* \| `$name (.*);` \|$/m;

        $known{$name} = 1;
        $set = $set =~ /^ngx_conf_set_(\w+)_slot$/ ? $1 : '';

        wrong("$m->{docs}: $name: the default is \"$default\"")
            if defined $default
               && $default ne (defined $said ? documented($said, $set) : '');
    }

    wrong("$m->{docs}: there is no directive in $m->{file}") if !%known;
    wrong("$m->{docs}: there is no $_") for sort keys %section;

    next if !defined $m->{vars};

    # variables, and the words that they may have

    my $vars = slurp("$m->{dir}/$m->{vars}");
    my %row = $docs =~ /^\| `\$(rfl_\w+)` \| (.*) \|$/mg;

    for my $name ($vars =~ /^ {4}\{ ngx_string\("(\w+)"\)/mg) {
        wrong("$m->{docs}: \$$name is missing") if !delete $row{$name};
    }

    wrong("$m->{docs}: there is no \$$_") for sort keys %row;

    while ($vars =~ /^const ngx_str_t\s+\w+\[\w+\] = \{(.*?)^\}/gms) {
        my @words = $1 =~ /ngx_string\("(\w+)"\)/g;

        wrong("$m->{docs}: the value $_ is missing")
            for grep { $docs !~ /^\| `\$rfl_\w+` \| .*`$_`/m } @words;
    }
}


# links from one document to another and to its headings; names of sources

my (%anchors, %text);

for my $file ('README.md', 'CHANGES.md', 'SECURITY.md', 'docs', 'schema') {
    for my $name (-d $file ? glob "$file/*.md" : $file) {
        $text{$name} = slurp($name) =~ s/^```.*?^```//gmsr;
        $anchors{$name}{lc(s/[^\w\- ]//gr =~ s/ /-/gr)} = 1
            for $text{$name} =~ /^#+ (.*)$/mg;
    }
}

for my $name (sort keys %text) {
    for my $link ($text{$name} =~ /\]\(([^)\s]+)\)/g) {
        next if $link =~ /^https?:/;

        my ($file, $anchor) = split /#/, $link;
        my $path = length $file ? dirname($name) . "/$file" : $name;

        $path =~ s{^\./}{};
        $path =~ s{\w+/\.\./}{};

        wrong("$name: there is no $path") if !-e $path;
        wrong("$name: $path has no heading for #$anchor")
            if defined $anchor && $anchors{$path} && !$anchors{$path}{$anchor};
    }
}

my %source;

find({ no_chdir => 1, wanted => sub {
    $File::Find::prune = 1 if m{/(?:build|node_modules|\.git|\.rfl)$};
    $source{basename($_)} = 1 if -f;
} }, '.');

for my $name (sort keys %text) {
    for my $said ($text{$name} =~ /`([\w*.\/-]+\.(?:[cht]|js))`/g) {
        next if $said =~ m{^build/};

        my $pattern = quotemeta(basename($said)) =~ s/\\\*/.*/gr;

        $pattern = ".*$pattern" if $said =~ /^_/;    # `rfl_a.c`, `_b.c`

        wrong("$name: there is no $said")
            if !grep { /^$pattern$/ } keys %source;
    }
}

# the checks of the threat model, and the tests that bear their numbers

my %check = $text{'docs/checks.md'} =~ /^\| (S-\d+) \| (.*) \|$/mg;
my %tested;

for my $path (map { glob "lua-free-tests/$_" } qw(http/*.t unit/*.c unit/*.py
              browser/*.js browser/lib/*.js schema/*.py))
{
    $tested{$_}{basename($path)} = 1 for slurp($path) =~ /\b(S-\d+)\b/g;
}

wrong("docs/checks.md: $_ is missing")
    for grep { !$check{$_} } sort keys %tested;

for my $id (sort keys %check) {
    my $any = $tested{$id};

    wrong("docs/checks.md: $id is in no test that it names")
        if $any && !grep { $check{$id} =~ /`$_`/ } keys %$any;
}

print "docs: ", scalar keys %text, " files\n" if !$rc;

exit $rc;
