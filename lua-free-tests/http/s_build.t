#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-106: what was built is hardened.  S-89: the module exports what nginx
# looks up and nothing else, and takes hiredis from nobody.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use Test::RFL;


my $t = Test::RFL->new()->has_command('readelf', 'gcc')
    ->needs('keyd', 'rflctl');

$t->skip_all('is about the release build') if $t->build() ne 'release';

my $out = $t->out();
my $module = "$out/ngx_http_rfl_module.so";

$t->skip_all("$module was not built") if !-f $module;


# a list of what is missing

sub missing {
    my $file = shift;

    my $header = `readelf -hW $file`;
    my $dynamic = `readelf -dW $file`;
    my $segments = `readelf -lW $file`;
    my $symbols = `readelf -sW --dyn-syms $file`;

    my %have = (
        'position-independent' => scalar $header =~ /Type:\s+DYN/,
        'relro' => scalar $segments =~ /GNU_RELRO/,
        'bind now' => scalar $dynamic =~ /BIND_NOW|Flags:.*\bNOW\b/,
        'no executable stack' => scalar $segments =~ /GNU_STACK\s.*\sRW\s/,
        'no text relocations' => scalar $dynamic !~ /TEXTREL/,
        'no rpath' => scalar $dynamic !~ /R(?:UN)?PATH/,
        'stack protector' => scalar $symbols =~ /__stack_chk_fail/,
        'fortify' => scalar $symbols =~ /__(?!stack)\w+_chk\b/,
    );

    return join ', ', grep { !$have{$_} } sort keys %have;
}


for my $file ("$out/rfl-keyd", "$out/rflctl", $module) {
    is(missing($file), '', "S-106 " . $file =~ s{.*/}{}r);
}

# control: the same look at a program that has nothing of it

$t->write_file('bare.c', '#include <string.h>
    int main(int c, char **v) { char b[64]; strcpy(b, v[0]); return b[c]; }');

my $dir = $t->testdir();

system("gcc -O0 -no-pie -fno-stack-protector -U_FORTIFY_SOURCE -w "
       . "-z execstack -z norelro -z lazy -o $dir/bare $dir/bare.c") == 0
    or die "gcc failed\n";

is(missing("$dir/bare"), 'bind now, fortify, no executable stack, '
    . 'position-independent, relro, stack protector', 'S-106 control');

# our own objects mark indirect branch targets (the final program is marked
# only when all libraries are, and Debian's are not)

my @objects = grep { -f } glob "$out/obj/librfl/*.o $out/obj/keyd/*.o "
    . "$out/obj/rflctl/*.o $out/nginx/addon/*/*.o";
my @bare = grep { `readelf -nW $_ 2>/dev/null` !~ /IBT, SHSTK/ } @objects;

SKIP: {
    skip 'not x86', 2 if `uname -m` !~ /x86_64/;

    cmp_ok(scalar @objects, '>', 20, 'S-106 there are objects');
    is("@bare", '', 'S-106 control flow marks in ' . @objects . ' objects');
}

my @exported = map { (split ' ')[-1] } `nm -D --defined-only $module`;

is("@exported", 'ngx_module_names ngx_module_order ngx_modules',
    'S-89 exports of the module');

my @foreign = grep { /\b(?:redis|rfl_|cJSON|sds)\w+/ }
    `nm -D --undefined-only $module`;

is("@foreign", '', 'hiredis and librfl are inside');

# control: the same look does find what the module takes from elsewhere

like(join('', `nm -D --undefined-only $module`), qr/\bcrypto_\w+/,
    'control: libsodium is not');

my @desk = grep { /rfl_(?:desk|publish|rotate|prep|approval_sign)/i }
    `nm $module`;

is("@desk", '', 'S-89 nothing of the desk in the module');
like(join('', `nm $out/rflctl`), qr/rfl_(?:desk|publish)/,
    'control: it is in rflctl');

$t->done();
