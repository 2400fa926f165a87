#!/usr/bin/perl

# Copyright (C) The RFL authors

# The sample configuration is a good one, and one for an nginx that has other
# sites: what is outside of its servers is of no meaning to theirs, their error
# logs least of all.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;
use Test::RFL::Site;


my $t = Test::RFL->new();

$t->needs('module');
$t->{pages} = $t->top() . '/pages';

my $dir = $t->testdir();

my $sample = slurp($t->top() . '/dist/nginx/rfl.conf');

system("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
    . "-keyout $dir/key.pem -out $dir/fullchain.pem >/dev/null 2>&1");

$sample =~ s{/etc/(rfl|ssl/rfl)/}{$dir/}g;
$sample =~ s{index\.password}{password};
$sample =~ s{/var/log/nginx}{$dir/logs}g;
$sample =~ s{listen (\S*)\b(?:443|80|8089)\b}{listen unix:$dir/s$+[0]}g;
$sample = "rfl_pages $t->{pages};\n$sample";

site_files($t);
$t->write_file('sample.conf', $sample);

my ($rc, $out) = $t->nginx_test("%%TEST_GLOBALS%%\nevents { }\nhttp {\n"
    . "%%TEST_GLOBALS_HTTP%%\ninclude $dir/sample.conf;\n}\n");

is($rc, 0, 'dist/nginx/rfl.conf') or diag($out);

my @outside = $sample =~ /^([a-z]\w*)/mg;

cmp_ok(@outside, '>', 10, 'the sample says a lot for all of http');
is("@{[grep { !/^(?:rfl_\w+|log_format|limit_\w+_zone|map|server)$/ } @outside]}",
    '', 'and nothing of it to other sites');

my @servers = split /^(?=server \{)/m, $sample;

is(scalar(grep { /listen / && !/error_log\s+\S+ crit;|rfl_status;/ } @servers), 0,
    'servers of visitors log no address');

$t->done();
