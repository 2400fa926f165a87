#!/usr/bin/perl

# Copyright (C) The RFL authors
#
# table.pl: the NDJSON of "bench/run" as tables in Markdown.

use strict;
use warnings;

use JSON::PP;

my @files = sort { size($a) <=> size($b) } @ARGV;

print "| index | sign | publish | rotate | bytes an entry |\n",
    "|---|---|---|---|---|\n";

for my $file (@files) {
    my ($e) = grep { exists $_->{entries} } rows($file);
    next unless $e;

    printf "| %d | %s s | %s s | %s s (%.1f s for 100,000) | %d |\n",
        @$e{qw(entries sign_s publish_s rotate_s)},
        $e->{rotate_s} * 100000 / $e->{entries}, $e->{bytes_per_entry};
}

print "\n| index | who | clients | a second | CPU a search | CPU, p99 | p50 | p99 |\n",
    "|---|---|---|---|---|---|---|---|\n";

for my $file (@files) {
    for my $row (grep { exists $_->{peer} } rows($file)) {
        printf "| %d | %s | %d | %s | %.3f ms | %s | %.2f ms | %.2f ms |\n",
            size($file), @$row{qw(peer clients)},
            $row->{rate} || 'at once', $row->{cpu_ms},
            $row->{cpu_p99_ms} ? sprintf('%.2f ms', $row->{cpu_p99_ms}) : '',
            @$row{qw(p50_ms p99_ms)};
    }
}


sub size {
    my ($file) = @_;
    return $file =~ /(\d+)\.ndjson$/ ? $1 : 0;
}


sub rows {
    my ($file) = @_;
    open(my $f, '<', $file) or die "$file: $!\n";
    return map { decode_json($_) } <$f>;
}
