#!/usr/bin/perl

# Copyright (C) The RFL authors

# S-106: what was built is hardened.  S-89: the module exports what nginx
# looks up and nothing else, and takes hiredis from nobody.  S-108: nothing of it
# tells where it was built, so that others can build the same ("make twice"
# builds all of it twice).

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

# S-108: whole paths, and what leads from nginx's sources to them

my $top = $t->top();
my @built = map { "$out/$_" } qw(rfl-keyd rflctl rfl-open),
    map { "ngx_http_rfl_${_}module.so" } '', 'desk_';

is(join(' ', grep { index(slurp($_), $top) >= 0 } @built), '',
    'S-108 nothing tells in which folder it was built');

# control: a file is told, and one as ours are is not; two folders, two times

sub compiled {
    my ($folder, $zone, @options) = @_;

    system('mkdir', '-p', "$dir/$folder");
    system('cp', "$top/librfl/rfl_code.c", "$dir/$folder/x.c");

    my ($rc, $said) = $t->command('env', "TZ=$zone", 'sh', '-c',
        'cd "$0" && gcc "$@" -c -o x.o x.c && gcc "$@" -shared -o x.so x.o',
        "$dir/$folder", '-O2', '-g', '-flto', '-ffat-lto-objects', '-fPIC',
        '-D_GNU_SOURCE', "-I$top/librfl", @options);

    die "gcc: $said" if $rc != 0;

    return slurp("$dir/$folder/x.so");
}

# the options of the build, for another folder

my ($flags) = slurp("$out/flags") =~ s/\Q$top\E/FOLDER/gr;
my %nowhere = map { $_ => 1 }
    $flags =~ /(-f(?:file)-prefix-map=FOLDER=\S+|-Wa,\S+=FOLDER=\S+)/g;

cmp_ok(scalar keys %nowhere, '>=', 2, 'S-108 compilers are told to be silent');

sub ours { map { s/FOLDER/$dir\/$_[0]/r } sort keys %nowhere }

ok(compiled('a', 'UTC', ours('a'), '-frandom-seed=x')
   eq compiled('another/b', 'Asia/Kathmandu', ours('another/b'),
               '-frandom-seed=x'), 'S-108 a file is compiled twice the same');
ok(compiled('a', 'UTC') ne compiled('another/b', 'UTC'),
    'S-108 control: without these options it is not');

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
